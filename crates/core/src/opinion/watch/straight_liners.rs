//! People who give the same answer to everything, where hardly anybody would who reads the statements.

use crate::domain::{ParticipantNumber, StatementInput};
use crate::opinion::votes::vote_matrix::VoteMatrix;

/// From when on answers that are all the same are told.
#[derive(Clone, Copy, Debug)]
pub struct StraightParams {
    /// Votes of the person.
    pub votes: usize,
    /// How improbable it has to be that somebody gives these answers who answers each statement like a random one of those who
    /// voted on it.
    pub chance: f64,
}

impl Default for StraightParams {
    fn default() -> Self {
        Self { votes: 24, chance: 1e-6 }
    }
}

/// Those people, by number. Only statements that are shown and not about the person count.
pub fn straight_liners(matrix: &VoteMatrix, params: StraightParams) -> Vec<ParticipantNumber> {
    let is_live: Vec<bool> = matrix.statements().iter().map(StatementInput::is_live).collect();
    let mut counts = vec![[0_u32; 3]; is_live.len()];
    let live = |row: usize| matrix.row(row).filter(|(column, _)| is_live.get(*column) == Some(&true));
    for (column, answer) in (0..matrix.rows()).flat_map(live) {
        if let Some(count) = counts.get_mut(column).and_then(|count| count.get_mut(answer)) {
            *count += 1;
        }
    }
    let log_chance = |column: usize, answer: usize| {
        let count = counts.get(column).copied().unwrap_or_default();
        let all: u32 = count.iter().sum();
        let same = count.get(answer).copied().unwrap_or_default();
        ((f64::from(same) + 0.5) / (f64::from(all) + 1.5)).ln()
    };
    let is_straight = |row: &usize| {
        let Some((_, first)) = live(*row).next() else { return false };
        let mut votes = 0;
        let mut log = 0.0;
        for (column, answer) in live(*row) {
            if answer != first {
                return false;
            }
            votes += 1;
            log += log_chance(column, answer);
        }
        votes >= params.votes && log < params.chance.ln()
    };
    let rows = (0..matrix.rows()).filter(is_straight);
    rows.filter_map(|row| matrix.participants().get(row).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::votes::input::Votes;

    #[test]
    fn who_agrees_with_what_nearly_all_agree_with_is_none_and_who_agrees_with_opposites_is() {
        let agreed = "+".repeat(24);
        let mixed: [String; 2] = ["+-".repeat(12), "-+".repeat(12)];
        let all: Vec<&str> = std::iter::repeat_n(mixed[0].as_str(), 20)
            .chain(std::iter::repeat_n(mixed[1].as_str(), 20))
            .chain([agreed.as_str()])
            .collect();
        let found = straight_liners(&VoteMatrix::new(&Votes::drawn(&all)), StraightParams::default());
        assert_eq!(found, [ParticipantNumber(40)]);
        let all = vec![agreed.as_str(); 40];
        assert!(straight_liners(&VoteMatrix::new(&Votes::drawn(&all)), StraightParams::default()).is_empty());
    }
}
