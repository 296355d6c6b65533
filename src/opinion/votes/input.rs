//! What maps are computed from: statements and current votes. It does not know where they come from.
//!
//! Nothing is assumed of the order. Votes on statements that are not listed are ignored; of
//! several votes of one participant on one statement the last one counts.

use crate::domain::{Choice, ParticipantNumber, StatementNumber};

pub use crate::domain::StatementInput;

/// One participant's current votes, at most one a statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParticipantVotes {
    /// The participant.
    pub number: ParticipantNumber,
    /// The votes, in any order.
    pub votes: Vec<(StatementNumber, Choice)>,
}

/// A conversation as the maths sees it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Votes {
    /// All statements, also those without votes.
    pub statements: Vec<StatementInput>,
    /// All participants who voted.
    pub participants: Vec<ParticipantVotes>,
}
