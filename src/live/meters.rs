//! What the rooms measure of themselves. No conversation has a meter of its own: their number has no
//! bound, and their names do not concern those who only watch a server.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

/// The rooms' meters; cheap to clone.
#[derive(Clone, Debug)]
pub struct LiveMeters {
    pub(super) map_seconds: Histogram,
    pub(super) round_commands: Histogram,
    pub(super) late_maps: Counter,
    pub(super) restarts: Counter,
    pub(super) rooms: Gauge,
    pub(super) mailbox: Gauge,
}

impl Default for LiveMeters {
    fn default() -> Self {
        Self {
            map_seconds: Histogram::new(exponential_buckets(0.001, 2.0, 15)),
            round_commands: Histogram::new(exponential_buckets(1.0, 2.0, 11)),
            late_maps: Counter::default(),
            restarts: Counter::default(),
            rooms: Gauge::default(),
            mailbox: Gauge::default(),
        }
    }
}

impl LiveMeters {
    /// Names them.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("map_seconds", "The computation of one map", self.map_seconds.clone());
        registry.register("round_commands", "Commands that a room took at once", self.round_commands.clone());
        registry.register(
            "late_maps",
            "Maps that missed their deadline or were lost",
            self.late_maps.clone(),
        );
        registry.register("room_restarts", "Rooms that ended and were opened again", self.restarts.clone());
        registry.register("rooms", "Open rooms", self.rooms.clone());
        registry.register(
            "mailbox_depth",
            "Commands that wait, in the room with most of them",
            self.mailbox.clone(),
        );
    }
}
