//! What every handler shares.

use std::sync::Arc;

use ipnet::IpNet;

use crate::store::Store;
use crate::ws::Gateway;

use super::assets::Assets;
use super::texts::Texts;

/// Shared by all handlers; cheap to clone.
#[derive(Clone)]
pub struct Context {
    /// Rooms, tickets, clock.
    pub gateway: Gateway,
    /// Role links and sessions, and the list of conversations.
    pub store: Store,
    /// Words of pages.
    pub texts: &'static Texts,
    /// Style sheets and scripts.
    pub(super) assets: Arc<Assets>,
    /// `scheme://host[:port]` when configured; else taken from each request.
    pub public_url: Option<Arc<str>>,
    /// Proxies that are believed about where a request comes from.
    pub trusted_proxies: Arc<[IpNet]>,
    /// Who shows this is exempt from rate limits.
    pub operator_key: Arc<str>,
}

impl Context {
    /// Everything handlers need, around a gateway and a store.
    pub fn new(
        gateway: Gateway,
        store: Store,
        (public_url, trusted_proxies): (Option<&str>, Vec<IpNet>),
        operator_key: &str,
    ) -> Self {
        Self {
            gateway,
            store,
            texts: Texts::english(),
            assets: Arc::new(Assets::embedded()),
            public_url: public_url.map(|url| url.trim_end_matches('/').into()),
            trusted_proxies: trusted_proxies.into(),
            operator_key: operator_key.into(),
        }
    }
}
