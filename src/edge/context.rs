//! What every handler shares.

use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::Arc;

use ipnet::IpNet;
use tokio_util::sync::CancellationToken;

use super::limiter::Limiter;
use super::sign_in_limits::SignInLimits;
use crate::access::{Passwords, Provider, RightsChanges, Tickets};
use crate::clock::Clock;
use crate::live::Rooms;
use crate::store::Store;
use crate::texts::{Locale, Texts};

/// How the server is reached from outside.
#[derive(Clone, Debug, Default)]
pub struct SiteConfig {
    /// The address that people type.
    pub public_url: Option<String>,
    /// Proxies that are believed about where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
    /// How people reach whoever runs it.
    pub contact: Option<String>,
    /// Whether mail is sent: else pages offer links to copy.
    pub sends_mail: bool,
    /// The language of mail that nobody's act causes.
    pub language: Locale,
    /// Other sites that may show conversations in frames, as `https://news.example`.
    pub frames: Vec<String>,
}

impl SiteConfig {
    /// Whether browsers reach it over TLS only.
    pub fn is_secure(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// Shared by all handlers. Each request clones it more than once, so a clone is one reference more.
#[derive(Clone)]
pub struct Context(Arc<ContextParts>);

/// What they share.
pub struct ContextParts {
    /// The rooms.
    pub rooms: Rooms,
    /// Accounts, roles and sessions, and the list of conversations.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Tickets that are out.
    pub tickets: Tickets,
    /// The provider that signs staff in, where there is one.
    pub provider: Option<Provider>,
    /// What hashes passwords.
    pub passwords: Passwords,
    /// The word that somebody may do more or less than before.
    pub rights_changes: RightsChanges,
    /// Rates that participants and networks have.
    pub limiter: Limiter,
    /// How often somebody may try to sign in.
    pub sign_ins: SignInLimits,
    /// Cancelled when the server goes down.
    pub closing: CancellationToken,
    /// Cancelled before that, when other nodes are to take what this one has.
    pub draining: CancellationToken,
    /// Where it listens.
    pub address: SocketAddr,
    /// How the server is reached.
    pub outside: SiteConfig,
    /// Requests that carry this key are exempt from rates.
    pub operator_key: String,
}

impl Context {
    /// Everything handlers need.
    pub fn new(mut parts: ContextParts) -> Self {
        if let Some(url) = &mut parts.outside.public_url {
            *url = url.trim_end_matches('/').to_owned();
        }
        Self(Arc::new(parts))
    }
}

impl Context {
    /// The words of pages, in the language of whoever is answered.
    pub fn texts(&self) -> &'static Texts {
        Texts::current()
    }

    /// Whether it can be asked: not when it is about to end, or others have struck it off.
    pub async fn is_ready(&self) -> bool {
        let ends = self.closing.is_cancelled() || self.draining.is_cancelled();
        let is_among_others = self.rooms.places().is_none_or(|places| places.view().is_registered());
        !ends && is_among_others && self.store.is_usable().await
    }

    /// The site in mails that nobody's session asks for. What a request says of it is not believed: anybody can have
    /// such a mail sent to anybody.
    pub fn site_in_mail(&self) -> String {
        self.outside.public_url.clone().unwrap_or_else(|| format!("http://{}", self.address))
    }
}

impl Deref for Context {
    type Target = ContextParts;

    fn deref(&self) -> &ContextParts {
        &self.0
    }
}
