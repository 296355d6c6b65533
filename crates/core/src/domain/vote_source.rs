//! What the maths reads of a conversation: its statements without their words, and who voted how.

use super::current_votes::CurrentVotes;
use super::id::{ParticipantNumber, StatementNumber};
use super::moderation::{Moderation, ModerationRule};

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
    /// A statement that was accepted and is shown.
    pub fn accepted(number: StatementNumber) -> Self {
        Self { number, moderation: Moderation::Accepted, meta: false, shown: true }
    }
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

/// Something that holds the current votes of a conversation.
pub trait VoteSource {
    /// All statements, by number.
    fn statement_inputs(&self) -> Vec<StatementInput>;

    /// Everybody who voted, by number.
    fn voters(&self) -> Vec<(ParticipantNumber, &CurrentVotes)>;
}
