//! Statements of participants: submitted with their author's own agreement, and taken back or worded
//! anew as long as nobody else has voted on them.
//!
//! Whoever submits the words of a statement that still waits is kept with it: their agreement counts
//! once it is accepted. Nothing that they are told differs from what they would be told of words that
//! nobody has submitted, so that nobody can find out which words wait.

mod decide;
mod events;
mod submission;

pub(super) use decide::{StatementAuthor, decide};
pub use events::*;
pub use submission::{StatementsAct, Submission};
