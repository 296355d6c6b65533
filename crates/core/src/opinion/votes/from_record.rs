//! The current votes of a conversation, as the opinion core takes them.

use crate::domain::{Choice, VoteSource};

use crate::opinion::votes::input::{ParticipantVotes, Votes};
use crate::opinion::votes::vote_matrix::VoteMatrix;

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
    /// The votes of a matrix.
    pub fn of_matrix(matrix: &VoteMatrix) -> Self {
        let statements = matrix.statements();
        let choice =
            |code: usize| Choice::ALL.into_iter().find(|choice| (choice.value() + 1) as usize == code);
        let votes = |row: usize| {
            let votes = matrix.row(row);
            votes.filter_map(|(column, code)| Some((statements.get(column)?.number, choice(code)?))).collect()
        };
        let people = matrix.participants().iter().enumerate();
        let participants =
            people.map(|(row, number)| ParticipantVotes { number: *number, votes: votes(row) });
        Self { participants: participants.collect(), statements: statements.to_vec() }
    }

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
