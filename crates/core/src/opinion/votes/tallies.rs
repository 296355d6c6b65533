//! Votes counted by opinion group. It knows counts by code, not how groups were found.

use crate::domain::Tally;
use crate::opinion::votes::vote_matrix::tally;

/// Counts of every column in every group.
#[derive(Clone, Debug, Default)]
pub struct GroupTallies {
    counts: Vec<Vec<u32>>,
}

impl GroupTallies {
    /// From the counts of each group by code.
    pub fn new(counts: Vec<Vec<u32>>) -> Self {
        Self { counts }
    }

    /// The tallies of one column, group by group.
    pub fn of(&self, column: usize) -> Vec<Tally> {
        self.counts.iter().map(|counts| tally(counts, column)).collect()
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
