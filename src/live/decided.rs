//! What moderators decided last: pages that are open hear of it.

use crate::conversation::{ConversationRecord, Decision, Statement};
use crate::domain::{Moderation, ParticipantNumber, Seq, StatementNumber};

/// Decisions that are told. Whoever was away for more finds what is so when they come back.
const MOST: usize = 64;

/// A decision on a statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DecidedStatement {
    /// Its place in the log.
    pub seq: Seq,
    /// The statement.
    pub number: StatementNumber,
    /// What was decided.
    pub moderation: Moderation,
    /// Whether people see it now.
    pub is_shown: bool,
    /// Whether they did before.
    pub was_shown: bool,
    /// Those whose statement it is: they alone hear that it is theirs.
    authors: Vec<ParticipantNumber>,
}

impl DecidedStatement {
    fn of(statement: &Statement, decision: Decision, record: &ConversationRecord) -> Self {
        let seconds = statement.seconds.iter().map(|second| second.participant);
        Self {
            seq: decision.seq,
            was_shown: statement.would_be_shown(record.conversation.settings.moderation, decision.before),
            number: statement.number,
            moderation: statement.moderation,
            is_shown: record.is_shown(statement),
            authors: statement.author.into_iter().chain(seconds).collect(),
        }
    }

    /// Whether it is a statement of theirs.
    pub fn is_of(&self, participant: ParticipantNumber) -> bool {
        self.authors.contains(&participant)
    }

    /// The latest decisions of a record, the earliest of them first.
    pub(super) fn latest(record: &ConversationRecord) -> Vec<Self> {
        let decided = record.statements.values().filter_map(|s| Some((s.decision?, s)));
        let mut decided: Vec<_> = decided.filter(|(_, statement)| !statement.withdrawn).collect();
        decided.sort_unstable_by_key(|(decision, _)| decision.seq);
        let latest = decided.split_off(decided.len().saturating_sub(MOST));
        latest.into_iter().map(|(decision, statement)| Self::of(statement, decision, record)).collect()
    }
}
