//! What may be something else than people who each say what they think: copies, answers that are all the same, bursts.
//!
//! Each says what was seen and nothing of why. Nothing follows from it by itself: a class, a leaflet or a newspaper brings many at
//! once, too. The thresholds are so high that nobody with ten browsers learns from them how one other person voted.

pub mod bursts;
pub mod copies;
pub mod straight_liners;

pub use bursts::{Burst, BurstParams, bursts};
pub use copies::{CopyParams, copies};
pub use straight_liners::{StraightParams, straight_liners};
