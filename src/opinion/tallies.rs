//! Votes counted by opinion group. It knows rows and groups, not how groups were found.

use super::vote_matrix::{Rows, tallies};
use crate::domain::Tally;

/// Counts of every statement in every group.
#[derive(Clone, Debug, Default)]
pub struct GroupTallies {
    groups: Vec<Vec<Tally>>,
}

impl GroupTallies {
    /// Counts each column's votes by the group of its row; rows without a group count nowhere.
    pub fn new(rows: &Rows, columns: usize, group_of_row: &[Option<usize>], groups: usize) -> Self {
        let mut counts = vec![vec![0u32; 3 * columns]; groups];
        for (row, group) in rows.iter().zip(group_of_row) {
            let Some(counts) = group.and_then(|group| counts.get_mut(group)) else { continue };
            for &code in row {
                counts[code as usize] += 1;
            }
        }
        Self { groups: counts.iter().map(|counts| tallies(counts)).collect() }
    }

    /// The tallies of one column, group by group.
    pub fn of(&self, column: usize) -> Vec<Tally> {
        self.groups.iter().map(|tallies| tallies[column]).collect()
    }
}

/// The sum of tallies.
pub fn sum<'a>(tallies: impl IntoIterator<Item = &'a Tally>) -> Tally {
    tallies.into_iter().fold(Tally::default(), |mut sum, tally| {
        sum.agree += tally.agree;
        sum.disagree += tally.disagree;
        sum.pass += tally.pass;
        sum
    })
}
