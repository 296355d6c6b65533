//! The opinion room: votes in, an opinion map out. PURE.
//!
//! [`compute()`] is the straight list of steps; each step is one module, in the order of the list
//! below. It knows the domain's words and nothing else: no clock, no I/O, no global randomness.
//! Threads come in as an argument ([`Work`]) and can't show in a result. Invariant (I7): the same
//! votes and parameters give the same map, whatever the order they come in; and it never panics
//! and never yields a number that isn't finite. The formulas and their sources are in
//! `docs/OPINION.md`.

pub mod afterwork;
mod anderson;
mod assignment;
pub mod bootstrap;
pub mod bridging;
pub mod clustering;
pub mod compare;
pub mod compute;
pub mod consensus;
mod continuity;
pub mod covotes;
pub mod eigen;
mod from_record;
pub mod geometry;
pub mod grid;
pub mod grouping;
pub mod input;
pub mod live_map;
pub mod map_participant;
pub mod margin;
pub mod null;
pub mod opinion_map;
pub mod params;
mod pass;
mod placing;
pub mod polis;
pub mod priority;
pub mod projection;
pub mod representative;
mod rows;
mod shuffle;
pub mod significance;
pub mod silhouette;
mod simd;
pub mod synthetic;
pub mod tallies;
pub mod vote_matrix;
pub mod weights;
pub mod work;

pub use afterwork::{Afterwork, Status, afterwork};
pub use compute::{Computed, compute, compute_cold, compute_given, compute_with};
pub use input::{ParticipantVotes, StatementInput, Votes};
pub use live_map::{Change, LiveMap};
pub use map_participant::{MapParticipant, Place};
pub use opinion_map::{
    Consensus, ConsensusStatement, Counts, Direction, Engine, Group, MapNote, MapStatement, OpinionMap,
    PcaSummary, RepresentativeStatement, Selection, StatementStatistics, label,
};
pub use params::{Params, Preset};
pub use vote_matrix::VoteMatrix;
pub use work::{Stopped, Work};

#[cfg(test)]
mod clustering_tests;
#[cfg(test)]
mod degenerate_tests;
#[cfg(test)]
mod live_map_tests;
#[cfg(test)]
mod oracle_tests;
#[cfg(test)]
pub(crate) mod property_tests;
#[cfg(test)]
mod vote_matrix_tests;
