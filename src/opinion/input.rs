//! What the room reads: statements and current votes. It does not know where they come from.
//!
//! Nothing is assumed of the order. Votes on statements that are not listed are ignored; of
//! several votes of one participant on one statement the last one counts.

use crate::domain::{Choice, Moderation, ModerationRule, ParticipantNumber, StatementNumber};

/// A statement, without its words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StatementInput {
    /// Its number.
    pub number: StatementNumber,
    /// What a moderator decided.
    pub moderation: Moderation,
    /// About the person: kept out of the map.
    pub meta: bool,
    /// Whether people are asked to vote on it.
    pub shown: bool,
}

impl StatementInput {
    /// A statement under the rule that says whether it is shown.
    pub fn new(number: StatementNumber, moderation: Moderation, meta: bool, rule: ModerationRule) -> Self {
        Self { number, moderation, meta, shown: rule.shows(moderation) }
    }

    /// Whether its votes shape the map. What nobody is shown shapes nothing (OPINION B1).
    pub fn is_live(&self) -> bool {
        self.shown && self.moderation != Moderation::Rejected && !self.meta
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
