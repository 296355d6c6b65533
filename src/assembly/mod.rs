//! From public votes to an assembly's agenda. PURE.
//!
//! It knows the domain's words and the opinion map; no clock, no I/O, no randomness. Invariant: every
//! item says which rule put it on the agenda and whom it serves, and everything that is not on it
//! has a reason too. The rules and their sources are in `docs/` and in each module.

pub mod agenda;
pub mod approvals;
pub mod audit;
pub mod budget;
pub mod slate;

pub use agenda::draft;
pub use approvals::Approvals;
pub use audit::{Audit, BlockingGroup, audit};
pub use slate::{Phase, SlateItem, balanced, equal_shares, sequential_pav, top_by_agrees};
