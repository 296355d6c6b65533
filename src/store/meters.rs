//! What the store measures of itself.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

/// The store's meters; cheap to clone.
#[derive(Clone, Debug)]
pub struct StoreMeters {
    pub(super) commit_seconds: Histogram,
    pub(super) commit_events: Histogram,
    pub(super) events: Counter,
    pub(super) failures: Counter,
}

impl Default for StoreMeters {
    fn default() -> Self {
        Self {
            commit_seconds: Histogram::new(exponential_buckets(0.0001, 2.0, 16)),
            commit_events: Histogram::new(exponential_buckets(1.0, 2.0, 14)),
            events: Counter::default(),
            failures: Counter::default(),
        }
    }
}

impl StoreMeters {
    /// Names them.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("commit_seconds", "A transaction, its sync included", self.commit_seconds.clone());
        registry.register("commit_events", "Events in one transaction", self.commit_events.clone());
        registry.register("events", "Events recorded", self.events.clone());
        registry.register(
            "commit_failures",
            "Transactions that failed; nothing of them was saved",
            self.failures.clone(),
        );
    }
}
