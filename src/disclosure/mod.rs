//! The only way from a conversation to anybody (I10). PURE.
//!
//! Pages, frames, orders of tables, agendas and files for the public take what they show from here. A count
//! of few people can't be held in these types, and every list and sentence is made of what they hold.
//! A new surface or breakdown has to be added to the attacker in `attacker_tests`.

mod agenda;
mod cells;
mod coverage;
mod crowds;
mod findings;
mod important;
mod kept;
mod left_out;
mod results;
mod rows;
mod shared_map;
mod shares;
mod stability;
mod standing;
mod table;
mod watch;
mod withheld;

pub use agenda::{PublicAgenda, PublicBacked, PublicFirmness, PublicItem, PublicReason, tell_as_results_do};
pub use cells::{Cells, PublicTally};
pub use coverage::{ToldClaim, ToldCoverage, ToldReading};
pub use crowds::Crowd;
pub use findings::{ConsensusFinding, ConsensusNumbers, Contrast, Gap, RepresentativeFinding};
pub use important::{ImportantFinding, important};
pub use kept::{KeptFrom, KeptLeftOut, KeptResults, KeptStatement, KeptStep};
pub use left_out::{LeftOut, LeftOutSet, WithAndWithout};
pub use results::{ResultGroup, ResultSource, Results, StatementResult};
pub use rows::{Uniqueness, VoteRows};
pub use shared_map::{MAP_FROM_PLACED, OwnPlacement, SharedGroup, SharedMap, letter_index};
pub use stability::Stability;
pub use standing::OneGroupFinding;
pub use table::ListedStatement;
pub use watch::{GroupNumbers, SetName, ToldGroup, ToldWatch, WatchNumbers, told_people};
pub use withheld::{LastPlace, WithheldVotes};

#[cfg(test)]
mod attacker_tests;
#[cfg(test)]
mod claims_tests;
#[cfg(test)]
mod left_out_tests;
#[cfg(test)]
mod public_tests;
#[cfg(test)]
pub(crate) use public_tests::{PublicView, SamplePublic};
#[cfg(test)]
mod puzzle_tests;
#[cfg(test)]
mod watch_attacker_tests;
