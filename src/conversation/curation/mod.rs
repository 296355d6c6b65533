//! What moderators do with a statement beside accepting and rejecting it. Nobody's vote moves, and each act can be taken back.

mod acts;
mod decide;
mod events;

pub use acts::CurationAct;
pub use decide::MAX_PARTS;
pub(super) use decide::decide;
pub use events::{AuthorHeld, StatementClassified, StatementMerged, StatementPinned, SubmissionsPaused};
