//! From public votes to an assembly's agenda. PURE.
//!
//! It knows the domain's words and the opinion map; no clock, no I/O, no randomness but from fixed seeds. Votes on
//! [`candidates`] become [`ballots`], in two readings [`approvals`], from which rules choose a [`slate`]; an
//! [`audit`] says of any slate whom it leaves out. Invariant: every
//! item says which rule put it on the agenda and whom it serves, and everything that is not on it
//! has a reason too. The rules and their sources are in `docs/OPINION.md` and in each module.

pub mod alike;
pub mod approvals;
pub mod audit;
pub mod ballots;
pub mod bench;
pub mod bits;
pub mod budget;
pub mod candidates;
pub mod choose;
pub mod pav;
pub mod slate;

pub use alike::Likeness;
pub use approvals::Approvals;
pub use audit::{Audit, Blocking, GroupServed, Verdict};
pub use ballots::{Ballots, Reading};
pub use bench::{Bench, choosing};
pub use candidates::{Candidate, Candidates};
pub use choose::{Choosing, Rule};
pub use pav::{sequential_pav, top_by_agrees};
pub use slate::{Phase, SlateItem, balanced, equal_shares, statements};

#[cfg(test)]
mod oracle_tests;
