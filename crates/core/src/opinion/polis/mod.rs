//! The preset `polis`: what Polis computes, computed cold (OPINION, Part A).
//!
//! People who come from Polis find their map again, and a published Polis result can be held
//! against the votes it came from. The formulas are Polis's, quirks included; the arithmetic is
//! ours. It depends on the order of rows by definition: rows and columns stand by first appearance
//! in the current votes sorted by statement and participant, whatever order they come in.
//! Agree is +1 here, where Polis has −1 inside: its positions are ours mirrored.
//! Not reproduced: what depends on earlier ticks (warm starts, sticky members, the smoother of k),
//! and random mini-batches above 10,000 people.

pub mod clusters;
mod publish;
pub mod repness;
mod result;
mod routing;
pub mod votes;

pub use result::{GroupSource, PolisResult};
