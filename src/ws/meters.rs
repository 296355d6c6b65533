//! What the sockets measure of themselves.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

/// Why: a code of the protocol, of which there are few.
#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub(super) struct CodeLabel {
    pub code: String,
}

impl CodeLabel {
    /// The label of a code.
    pub fn of(code: &(impl ToString + ?Sized)) -> Self {
        Self { code: code.to_string() }
    }
}

/// The sockets' meters; cheap to clone.
#[derive(Clone, Debug)]
pub struct SocketMeters {
    pub(super) ack_seconds: Histogram,
    pub(super) sockets: Gauge,
    pub(super) dropped: Counter,
    pub(super) refusals: Family<CodeLabel, Counter>,
    pub(super) closes: Family<CodeLabel, Counter>,
}

impl Default for SocketMeters {
    fn default() -> Self {
        Self {
            ack_seconds: Histogram::new(exponential_buckets(0.0002, 2.0, 16)),
            sockets: Gauge::default(),
            dropped: Counter::default(),
            refusals: Family::default(),
            closes: Family::default(),
        }
    }
}

impl SocketMeters {
    /// Names them.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("ack_seconds", "From a vote's frame to its ack", self.ack_seconds.clone());
        registry.register("sockets", "Open WebSockets", self.sockets.clone());
        registry.register(
            "dropped_frames",
            "Maps and counts that a newer one overtook before they were sent",
            self.dropped.clone(),
        );
        registry.register(
            "refusals",
            "Operations that were refused, by the protocol's code",
            self.refusals.clone(),
        );
        registry.register("closes", "Sockets that the server closed, by close code", self.closes.clone());
    }
}

/// One open socket, counted as long as it is there.
pub(super) struct SocketGauge(Gauge);

impl SocketGauge {
    /// Counts one more socket, until it is dropped.
    pub fn new(meters: &SocketMeters) -> Self {
        meters.sockets.inc();
        Self(meters.sockets.clone())
    }
}

impl Drop for SocketGauge {
    fn drop(&mut self) {
        self.0.dec();
    }
}
