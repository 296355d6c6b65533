//! The votes of a conversation's record, as the opinion core takes them.

use crate::domain::ConversationRecord;

use super::VoteMatrix;
use super::input::{ParticipantVotes, StatementInput, Votes};

impl VoteMatrix {
    /// The same as rows, without a copy of all votes between.
    pub fn of_record(record: &ConversationRecord) -> Self {
        let mut people: Vec<_> =
            record.participants.iter().filter(|(_, own)| !own.votes.is_empty()).collect();
        people.sort_unstable_by_key(|(number, _)| **number);
        let votes = people.iter().map(|(_, own)| own.votes.len()).sum();
        let statements: Vec<StatementInput> = statements(record).collect();
        let mut matrix = Self::of_statements(&statements, people.len(), votes);
        for (number, own) in people {
            matrix.add_person(*number, own.votes.iter().map(|vote| (vote.statement, vote.choice)));
        }
        matrix
    }
}

fn statements(record: &ConversationRecord) -> impl Iterator<Item = StatementInput> {
    let rule = record.conversation.settings.moderation;
    record.statements.values().map(move |s| StatementInput::new(s.number, s.moderation, s.meta, rule))
}

impl Votes {
    /// Current votes of everybody who voted, by participant.
    pub fn of_record(record: &ConversationRecord) -> Self {
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
        Self { statements: statements(record).collect(), participants }
    }
}
