//! From votes to a map: cold, or from the map before.

pub mod compute;
pub mod live_map;
pub mod stages;

#[cfg(test)]
mod live_map_tests;
