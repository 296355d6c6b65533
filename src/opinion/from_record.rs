//! The current votes of a conversation, as the opinion core takes them.

use crate::domain::VoteSource;

use super::VoteMatrix;
use super::input::{ParticipantVotes, Votes};

impl VoteMatrix {
    /// The same as rows, without a copy of all votes between.
    pub fn of_record(record: &impl VoteSource) -> Self {
        let people = record.voters();
        let votes = people.iter().map(|(_, own)| own.len()).sum();
        let mut matrix = Self::of_statements(&record.statement_inputs(), people.len(), votes);
        for (number, own) in people {
            matrix.add_person(number, own.iter().map(|vote| (vote.statement, vote.choice)));
        }
        matrix
    }
}

impl Votes {
    /// Current votes of everybody who voted, by participant.
    pub fn of_record(record: &impl VoteSource) -> Self {
        let votes = |(number, own): (_, &crate::domain::CurrentVotes)| ParticipantVotes {
            number,
            votes: own.iter().map(|vote| (vote.statement, vote.choice)).collect(),
        };
        let participants = record.voters().into_iter().map(votes).collect();
        Self { statements: record.statement_inputs(), participants }
    }
}
