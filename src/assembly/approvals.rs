//! Who supports what: voters and candidates, what a candidate costs, and how much a voter counts.
//!
//! It knows neither votes nor groups nor rules: [`super::ballots`] makes it from votes, in one reading or the other.
//! Invariant: candidates are sorted by number, so that "the first of equals" is the lowest number; and whoever supports
//! no candidate weighs nothing, since no slate can serve them and they would only raise the bar of what counts
//! as a minority.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::bits::BitTable;
use crate::domain::StatementNumber;

/// Voters are numbered 0, 1, 2, … in no particular order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Approvals {
    candidates: Vec<StatementNumber>,
    /// What each takes of the agenda: 1, or its minutes.
    costs: Vec<u32>,
    supports: Arc<BitTable>,
    /// How many people each voter stands for.
    weights: Vec<u32>,
}

impl Approvals {
    /// From who supports which candidate, in the candidates' order; each costs 1.
    pub fn of_table(candidates: Vec<StatementNumber>, supports: BitTable) -> Self {
        let all = supports.union();
        let weights = (0..supports.columns()).map(|voter| u32::from(all.has(0, voter))).collect();
        let costs = vec![1; candidates.len()];
        Self { candidates, costs, supports: Arc::new(supports), weights }
    }

    /// From lists of supported statements, a list a voter.
    pub fn of_lists(
        candidates: impl IntoIterator<Item = StatementNumber>,
        voters: impl IntoIterator<Item = Vec<StatementNumber>>,
    ) -> Self {
        let candidates: Vec<StatementNumber> =
            candidates.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let rows: BTreeMap<StatementNumber, usize> =
            candidates.iter().enumerate().map(|(row, number)| (*number, row)).collect();
        let voters: Vec<Vec<StatementNumber>> = voters.into_iter().collect();
        let mut supports = BitTable::new(candidates.len(), voters.len());
        for (voter, own) in voters.iter().enumerate() {
            own.iter().filter_map(|number| rows.get(number)).for_each(|row| supports.set(*row, voter));
        }
        Self::of_table(candidates, supports)
    }

    /// The same support where each candidate costs what `cost` says, at least 1.
    pub fn at_costs(self, cost: impl Fn(StatementNumber) -> u32) -> Self {
        Self { costs: self.candidates.iter().map(|number| cost(*number).max(1)).collect(), ..self }
    }

    /// The same support by a public in which each voter is there as often as `times` says.
    pub fn resampled(&self, times: impl Fn(usize) -> u32) -> Self {
        let weights = self.weights.iter().enumerate().map(|(voter, weight)| weight * times(voter)).collect();
        Self { weights, ..self.clone() }
    }

    /// The same support where the candidates of each set are one, under the first one's name: whoever supports one of them
    /// supports it. Its costs are the first one's.
    pub fn joined(&self, sets: &[Vec<StatementNumber>]) -> Self {
        let mut supports = BitTable::clone(&self.supports);
        let mut gone = BTreeSet::new();
        for set in sets {
            let rows: Vec<usize> = set.iter().filter_map(|number| self.index(*number)).collect();
            let Some((head, others)) = rows.split_first() else { continue };
            for row in others {
                supports.or_into(*row, *head);
                gone.insert(*row);
            }
        }
        let kept: Vec<usize> = (0..self.candidates.len()).filter(|row| !gone.contains(row)).collect();
        Self {
            candidates: kept.iter().map(|row| self.candidates[*row]).collect(),
            costs: kept.iter().map(|row| self.costs[*row]).collect(),
            supports: Arc::new(supports.of_rows(&kept)),
            weights: self.weights.clone(),
        }
    }

    /// How many people there are.
    pub fn people(&self) -> u64 {
        self.weights.iter().map(|weight| u64::from(*weight)).sum()
    }

    /// How many voters there are, those who weigh nothing included.
    pub fn voters(&self) -> usize {
        self.weights.len()
    }

    /// How many people a voter stands for.
    pub fn weight(&self, voter: usize) -> u32 {
        self.weights.get(voter).copied().unwrap_or(0)
    }

    /// The candidates, by number.
    pub fn candidates(&self) -> &[StatementNumber] {
        &self.candidates
    }

    /// A candidate's index in [`Self::candidates`].
    pub fn index(&self, statement: StatementNumber) -> Option<usize> {
        self.candidates.binary_search(&statement).ok()
    }

    /// What the candidate at this index takes of the agenda.
    pub fn cost(&self, index: usize) -> u32 {
        self.costs.get(index).copied().unwrap_or(1)
    }

    /// What the whole of a slate takes.
    pub fn cost_of(&self, slate: &[StatementNumber]) -> u64 {
        slate.iter().filter_map(|number| self.index(*number)).map(|index| u64::from(self.cost(index))).sum()
    }

    /// The voters who support the candidate at this index, ascending.
    pub fn supporters(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        self.supports.ones(index)
    }

    /// How many people support the candidate at this index.
    pub fn support(&self, index: usize) -> u64 {
        self.supporters(index).map(|voter| u64::from(self.weights[voter])).sum()
    }

    /// How many statements of a slate each voter supports.
    pub fn satisfaction(&self, slate: &[StatementNumber]) -> Vec<u32> {
        self.added_up(slate, |_| 1)
    }

    /// What the statements cost that each voter supports on a slate.
    pub fn served(&self, slate: &[StatementNumber]) -> Vec<u32> {
        self.added_up(slate, |index| self.cost(index))
    }

    fn added_up(&self, slate: &[StatementNumber], worth: impl Fn(usize) -> u32) -> Vec<u32> {
        let mut sums = vec![0; self.voters()];
        let indices: BTreeSet<usize> = slate.iter().filter_map(|number| self.index(*number)).collect();
        for index in indices {
            let worth = worth(index);
            self.supporters(index).for_each(|voter| sums[voter] += worth);
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_support_no_candidate_weigh_nothing() {
        let s = StatementNumber;
        let approvals =
            Approvals::of_lists([s(9), s(2), s(9)], [vec![s(2), s(2), s(7)], vec![s(7)], vec![s(9)]]);
        assert_eq!(approvals.candidates(), [s(2), s(9)]);
        assert_eq!((approvals.people(), approvals.voters()), (2, 3));
        assert_eq!(approvals.supporters(0).collect::<Vec<_>>(), [0]);
        assert_eq!(approvals.satisfaction(&[s(2), s(2), s(7)]), [1, 0, 0]);
        let minutes = approvals.at_costs(|number| number.0 * 5);
        assert_eq!(minutes.served(&[s(2), s(9)]), [10, 0, 45]);
        assert_eq!(minutes.cost_of(&[s(2), s(9), s(7)]), 55);
    }

    #[test]
    fn what_is_joined_is_supported_by_whoever_supports_one_of_it() {
        let s = StatementNumber;
        let voters = [vec![s(1)], vec![s(5)], vec![s(1), s(5)], vec![s(3)]];
        let joined = Approvals::of_lists([s(1), s(3), s(5)], voters).joined(&[vec![s(5), s(1), s(9)]]);
        assert_eq!(joined.candidates(), [s(3), s(5)]);
        assert_eq!((joined.support(0), joined.support(1), joined.people()), (1, 3, 4));
    }

    #[test]
    fn a_resample_counts_people_as_often_as_they_were_drawn() {
        let s = StatementNumber;
        let approvals = Approvals::of_lists([s(1)], [vec![s(1)], vec![s(1)], vec![]]);
        let drawn = approvals.resampled(|voter| if voter == 0 { 3 } else { 0 });
        assert_eq!((drawn.people(), drawn.support(0)), (3, 3));
    }
}
