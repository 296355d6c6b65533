//! Leaving people's votes out of what is published, as a moderator decided, with a reason that everybody can read.
//!
//! Nobody's vote changes, and each set of people can be counted again. A set has at least as many people as the publication minimum,
//! and nobody is in two: so what is left out, or counted again, is never the votes of few.

mod decide;
mod events;
pub(super) mod set;

pub(super) use decide::decide;
pub use decide::{ExclusionAct, MAX_EXCLUSION_REASON};
pub use events::{PeopleExcluded, PeopleIncluded};
pub use set::{Exclusion, ExclusionBasis};
