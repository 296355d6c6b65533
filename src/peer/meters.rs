//! What is passed on between nodes.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// The meters; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct PeerMeters {
    pub(super) requests: Counter,
    pub(super) sockets: Gauge,
    pub(super) failures: Counter,
}

impl PeerMeters {
    /// Names them.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("passed_requests", "Requests passed on to other nodes", self.requests.clone());
        registry.register(
            "passed_sockets",
            "Sockets that are passed on to other nodes",
            self.sockets.clone(),
        );
        registry.register("failed_passes", "Requests that no node could be found for", self.failures.clone());
    }
}
