//! What every handler shares.

use std::ops::Deref;
use std::sync::Arc;

use ipnet::IpNet;

use crate::store::Store;
use crate::ws::Gateway;

use super::assets::Assets;
use super::texts::Texts;

/// Shared by all handlers. Each request clones it more than once, so a clone is one reference more.
#[derive(Clone)]
pub struct Context(Arc<Shared>);

/// What they share.
pub struct Shared {
    /// Rooms, tickets, clock.
    pub gateway: Arc<Gateway>,
    /// Role links and sessions, and the list of conversations.
    pub store: Store,
    /// Words of pages.
    pub texts: &'static Texts,
    /// Style sheets and scripts.
    pub(super) assets: Assets,
    /// `scheme://host[:port]` when configured; else taken from each request.
    pub public_url: Option<String>,
    /// Proxies that are believed about where a request comes from.
    pub trusted_proxies: Vec<IpNet>,
    /// Who shows this is exempt from rate limits.
    pub operator_key: String,
}

impl Context {
    /// Everything handlers need, around a gateway and a store.
    pub fn new(
        gateway: Gateway,
        store: Store,
        (public_url, trusted_proxies): (Option<&str>, Vec<IpNet>),
        operator_key: &str,
    ) -> Self {
        Self(Arc::new(Shared {
            gateway: Arc::new(gateway),
            store,
            texts: Texts::english(),
            assets: Assets::embedded(),
            public_url: public_url.map(|url| url.trim_end_matches('/').into()),
            trusted_proxies,
            operator_key: operator_key.into(),
        }))
    }
}

impl Deref for Context {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
