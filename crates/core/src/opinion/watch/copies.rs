//! People whose votes are the same, one by one.

use std::cmp::Reverse;

use crate::domain::ParticipantNumber;
use crate::opinion::votes::vote_matrix::VoteMatrix;
use crate::opinion::votes::weights::identical_rows;

/// From when on equal rows are told.
#[derive(Clone, Copy, Debug)]
pub struct CopyParams {
    /// Votes that the people have in common, which are all they have.
    pub votes: u32,
    /// People with the same votes.
    pub people: usize,
}

impl Default for CopyParams {
    fn default() -> Self {
        Self { votes: 10, people: 15 }
    }
}

/// Sets of people whose votes on the statements that are shown are the same, the largest set first. Votes on statements about the
/// person make no difference.
pub fn copies(matrix: &VoteMatrix, params: CopyParams) -> Vec<Vec<ParticipantNumber>> {
    let rows = 0..matrix.rows();
    let sets = identical_rows(matrix, rows.collect(), params.votes);
    let people = matrix.participants();
    let mut sets: Vec<Vec<ParticipantNumber>> = sets
        .into_iter()
        .filter(|set| set.len() >= params.people)
        .map(|set| set.into_iter().filter_map(|row| people.get(row).copied()).collect())
        .collect();
    sets.sort_by_key(|set| (Reverse(set.len()), set.first().copied()));
    sets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::votes::input::Votes;

    #[test]
    fn fifteen_with_the_same_ten_votes_are_told_and_fourteen_are_not() {
        let mut rows = vec!["+-+-+-+-+-.."; 15];
        rows.extend(["+-+-+-+-+-+."; 14]);
        rows.extend(["+-+......"; 40]);
        let found = copies(&VoteMatrix::new(&Votes::drawn(&rows)), CopyParams::default());
        assert_eq!(found, [(0..15).map(ParticipantNumber).collect::<Vec<_>>()]);
    }
}
