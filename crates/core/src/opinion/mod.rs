//! Votes in, an opinion map out. PURE.
//!
//! [`compute()`] is the straight list of steps: [`votes`] to [`axes`], to [`groups`], to [`findings`]; what it
//! makes is a [`map`], and [`validation`] says how far to believe it. It knows the domain's words and nothing else: no clock, no I/O, no global randomness.
//! Threads come in as an argument ([`Work`]) and can't show in a result. Invariant (I7): the same
//! votes and parameters give the same map, whatever the order they come in; and it never panics
//! and never yields a number that isn't finite. The formulas and their sources are in
//! `docs/OPINION.md`.

pub mod axes;
pub mod findings;
pub mod groups;
pub mod map;
pub mod numeric;
pub mod pipeline;
pub mod polis;
pub mod validation;
pub mod votes;
pub mod watch;

pub use map::checked_params::{CheckedParams, ParamRangeError};
pub use map::direction::Direction;
pub use map::opinion_map::{
    Consensus, ConsensusStatement, Engine, Group, MapCounts, MapNote, MapStatement, OpinionMap, PcaSummary,
    RepresentativeStatement, Selection, StatementStatistics, label,
};
pub use map::params::{
    BridgingParams, FindingParams, GroupingParams, Params, PeopleParams, Preset, ProjectionParams,
    ValidationParams,
};
pub use map::participant::{MapParticipant, Placement};
pub use map::validation::{Status, Validation};
pub use numeric::work::{Stopped, Work};
pub use pipeline::compute::{compute, compute_cold, compute_given, compute_with};
pub use pipeline::live_map::{InputChange, LiveMap};
pub use pipeline::stages::ComputedMap;
pub use validation::validate::validate;
pub use votes::input::{ParticipantVotes, StatementInput, Votes};
pub use votes::vote_matrix::VoteMatrix;

#[cfg(test)]
mod degenerate_tests;
#[cfg(test)]
mod oracle_tests;
#[cfg(test)]
pub(crate) mod property_tests;
