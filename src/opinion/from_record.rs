//! The votes of a conversation's record, as the opinion core takes them.

use crate::domain::ConversationRecord;

use super::input::{ParticipantVotes, StatementInput, Votes};

impl Votes {
    /// Current votes of everybody who voted, by participant.
    pub fn of_record(record: &ConversationRecord) -> Self {
        let statements = record.statements.values().map(|statement| StatementInput {
            number: statement.number,
            moderation: statement.moderation,
            meta: statement.meta,
        });
        let mut participants: Vec<ParticipantVotes> = record
            .participants
            .iter()
            .filter(|(_, participant)| !participant.votes.is_empty())
            .map(|(number, participant)| ParticipantVotes {
                number: *number,
                votes: participant.votes.iter().map(|vote| (vote.statement, vote.choice)).collect(),
            })
            .collect();
        participants.sort_unstable_by_key(|participant| participant.number);
        Self { statements: statements.collect(), participants }
    }
}
