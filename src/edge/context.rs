//! What every handler shares.

use std::ops::Deref;
use std::sync::Arc;

use ipnet::IpNet;
use tokio_util::sync::CancellationToken;

use super::limiter::Limiter;
use crate::access::Tickets;
use crate::clock::Clock;
use crate::live::Rooms;
use crate::store::Store;
use crate::texts::Texts;

/// How the server is reached from outside.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    /// The address that people type.
    pub public_url: Option<String>,
    /// Proxies that are believed about where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
}

impl Outside {
    /// Whether browsers reach it over TLS only.
    pub fn is_secure(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// Shared by all handlers. Each request clones it more than once, so a clone is one reference more.
#[derive(Clone)]
pub struct Context(Arc<Parts>);

/// What they share.
pub struct Parts {
    /// The rooms.
    pub rooms: Rooms,
    /// Role links and sessions, and the list of conversations.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Tickets that are out.
    pub tickets: Tickets,
    /// Rates that participants and networks have.
    pub limiter: Limiter,
    /// Cancelled when the server goes down.
    pub closing: CancellationToken,
    /// How the server is reached.
    pub outside: Outside,
    /// Requests that carry this key are exempt from rates.
    pub operator_key: String,
}

impl Context {
    /// Everything handlers need.
    pub fn new(mut parts: Parts) -> Self {
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
}

impl Deref for Context {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
