//! What the room reads: statements and current votes. It does not know where they come from.
//!
//! Nothing is assumed of the order. Votes on statements that are not listed are ignored; of
//! several votes of one participant on one statement the last one counts.

use crate::domain::{Choice, Moderation, ParticipantNumber, StatementNumber};

/// A statement, without its words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StatementInput {
    /// Its number.
    pub number: StatementNumber,
    /// Rejected ones are kept out of the map.
    pub moderation: Moderation,
    /// About the person: kept out of the map.
    pub meta: bool,
}

impl StatementInput {
    /// Whether its votes shape the map. Pending statements that have votes do.
    pub fn is_live(&self) -> bool {
        self.moderation != Moderation::Rejected && !self.meta
    }
}

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
