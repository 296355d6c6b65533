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

impl Votes {
    /// Votes as a drawing shows them: `+` agree, `-` disagree, `0` pass, anything else unseen; one person a row. For
    /// examples and tests.
    pub fn drawn(rows: &[&str]) -> Self {
        let columns = rows.iter().map(|row| row.len()).max().unwrap_or(0) as u32;
        let choice = |c: char| match c {
            '+' => Some(Choice::Agree),
            '-' => Some(Choice::Disagree),
            '0' => Some(Choice::Pass),
            _ => None,
        };
        let votes_of = |row: &str| {
            let cells = (0u32..).zip(row.chars());
            cells.filter_map(|(column, c)| Some((StatementNumber(column), choice(c)?))).collect()
        };
        Self {
            statements: (0..columns)
                .map(|column| StatementInput::accepted(StatementNumber(column)))
                .collect(),
            participants: (0u32..)
                .zip(rows)
                .map(|(number, row)| ParticipantVotes {
                    number: ParticipantNumber(number),
                    votes: votes_of(row),
                })
                .collect(),
        }
    }
}
