//! The opinion room: votes in, an opinion map out. PURE.
//!
//! [`compute()`] is the straight list of steps; each step is one module, in the order of the list
//! below. It knows the domain's words and nothing else: no clock, no I/O, no threads, no global
//! randomness. Invariant (I7): the same votes and parameters give the same map, whatever the
//! order they come in; and it never panics and never yields a number that isn't finite.
//! The formulas and their sources are in `docs/OPINION.md`.

pub mod clustering;
pub mod compute;
pub mod consensus;
mod continuity;
pub mod eigen;
mod from_record;
pub mod geometry;
pub mod grouping;
pub mod input;
pub mod opinion_map;
pub mod params;
pub mod picture;
pub mod priority;
pub mod projection;
pub mod representative;
pub mod significance;
pub mod silhouette;
pub mod tallies;
pub mod vote_matrix;

pub use compute::compute;
pub use input::{ParticipantVotes, StatementInput, Votes};
pub use opinion_map::{
    Consensus, ConsensusStatement, Counts, Direction, Engine, Group, MapNote, MapParticipant, MapStatement,
    OpinionMap, PcaSummary, RepresentativeStatement, Selection, StatementStatistics, label,
};
pub use params::{Params, Preset};
pub use picture::{Cell, letter_index, outline, picture};

#[cfg(test)]
mod degenerate_tests;
#[cfg(test)]
mod property_tests;
