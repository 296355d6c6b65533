//! What the placed people said to the candidates, and the two ways to read what they did not see.
//!
//! Nobody votes on everything. Read as it stands, what somebody did not see they do not support, and nearly every
//! slate passes an audit, since few people share anything; read with the groups, they support it where more than
//! half of those of their group who saw it agreed (ASSEMBLY §1; Halpern et al. 2023 on representation with
//! incomplete votes). The truth lies between the two, so both are always computed and both are audited.

use std::collections::BTreeMap;

use serde::Serialize;

use super::approvals::Approvals;
use super::bits::BitTable;
use super::candidates::Candidate;
use crate::domain::{Choice, ParticipantNumber, StatementNumber, Tally};
use crate::opinion::Votes;

/// How votes that were not cast are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// What somebody did not see, they do not support.
    Observed,
    /// What somebody did not see, they support where most of their group does.
    Imputed,
}

impl Reading {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Observed, Self::Imputed];
}

/// Votes of voters on candidates.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ballots {
    candidates: Vec<StatementNumber>,
    /// Each voter's group.
    groups: Vec<usize>,
    /// The groups' letters.
    labels: Vec<String>,
    seen: BitTable,
    agreed: BitTable,
}

impl Ballots {
    /// The votes of those whom `group_of` gives a group, by its index in `labels`, on these candidates. Whoever agrees
    /// with one of a candidate's statements agrees with it.
    pub fn new(
        votes: &Votes,
        candidates: &[Candidate],
        labels: Vec<String>,
        group_of: impl Fn(ParticipantNumber) -> Option<usize>,
    ) -> Self {
        let mut sorted: Vec<&Candidate> = candidates.iter().collect();
        sorted.sort_by_key(|candidate| candidate.number());
        let rows: BTreeMap<StatementNumber, usize> = sorted
            .iter()
            .enumerate()
            .flat_map(|(row, candidate)| candidate.statements().iter().map(move |number| (*number, row)))
            .collect();
        let voters: Vec<_> = votes
            .participants
            .iter()
            .filter_map(|participant| Some((participant, group_of(participant.number)?)))
            .collect();
        let empty = BitTable::new(sorted.len(), voters.len());
        let (mut seen, mut agreed) = (empty.clone(), empty);
        for (voter, (participant, _)) in voters.iter().enumerate() {
            for (statement, choice) in &participant.votes {
                let Some(row) = rows.get(statement) else { continue };
                seen.set(*row, voter);
                if *choice == Choice::Agree {
                    agreed.set(*row, voter);
                }
            }
        }
        Self {
            candidates: sorted.iter().map(|candidate| candidate.number()).collect(),
            groups: voters.iter().map(|(_, group)| *group).collect(),
            labels,
            seen,
            agreed,
        }
    }

    /// The groups' letters.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// A voter's group: an index in [`Self::labels`].
    pub fn group(&self, voter: usize) -> usize {
        self.groups.get(voter).copied().unwrap_or(0)
    }

    /// Who supports what, in this reading.
    pub fn approvals(&self, reading: Reading) -> Approvals {
        let supports = match reading {
            Reading::Observed => self.agreed.clone(),
            Reading::Imputed => self.imputed(),
        };
        Approvals::of_table(self.candidates.clone(), supports)
    }

    /// The groups' agreements and votes on the candidate in this row, where each voter is there as often as `times` says.
    /// Passes are counted with the disagreements: only agreement is looked at here.
    pub fn tallies(&self, row: usize, times: impl Fn(usize) -> u32) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); self.labels.len()];
        for voter in self.seen.ones(row) {
            let Some(tally) = tallies.get_mut(self.group(voter)) else { continue };
            if self.agreed.has(row, voter) {
                tally.agree += times(voter);
            } else {
                tally.disagree += times(voter);
            }
        }
        tallies
    }

    /// How many voters have voted on both of two candidates, and how many of them agree with both or with neither.
    pub fn compared(&self, one: StatementNumber, other: StatementNumber) -> (u32, u32) {
        let (Some(one), Some(other)) = (self.row(one), self.row(other)) else { return (0, 0) };
        let seen = self.seen.row(one).iter().zip(self.seen.row(other)).map(|(a, b)| a & b);
        let differ = self.agreed.row(one).iter().zip(self.agreed.row(other)).map(|(a, b)| a ^ b);
        seen.zip(differ).fold((0, 0), |(both, same), (seen, differ)| {
            (both + seen.count_ones(), same + (seen & !differ).count_ones())
        })
    }

    /// A candidate's row.
    pub fn row(&self, candidate: StatementNumber) -> Option<usize> {
        self.candidates.binary_search(&candidate).ok()
    }

    fn imputed(&self) -> BitTable {
        let mut supports = self.agreed.clone();
        let masks = self.group_masks();
        for row in 0..self.candidates.len() {
            let tallies = self.tallies(row, |_| 1);
            let likes = |tally: &Tally| 2 * u64::from(tally.agree) > u64::from(tally.seen());
            let unseen = self.seen.row(row).iter().map(|word| !word);
            let liking: Vec<usize> = (0..tallies.len()).filter(|group| likes(&tallies[*group])).collect();
            for (at, (word, unseen)) in supports.row_mut(row).iter_mut().zip(unseen).enumerate() {
                let members = liking.iter().fold(0, |all, group| all | masks.row(*group)[at]);
                *word |= members & unseen;
            }
        }
        supports
    }

    /// The members of each group.
    fn group_masks(&self) -> BitTable {
        let mut masks = BitTable::new(self.labels.len(), self.groups.len());
        for (voter, group) in self.groups.iter().enumerate() {
            masks.set(*group, voter);
        }
        masks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_did_not_see_they_support_where_most_of_their_group_does() {
        // Group A: two of three who saw statement 1 agree. Group B: one of two does, which is not most of them.
        let votes = Votes::drawn(&["++", "++", "+-", "+.", "-+", "--", "-."]);
        let candidates = [Candidate::alone(StatementNumber(0)), Candidate::alone(StatementNumber(1))];
        let labels = vec!["A".to_owned(), "B".to_owned()];
        let ballots = Ballots::new(&votes, &candidates, labels, |number| Some(usize::from(number.0 >= 4)));
        let supporters = |reading| ballots.approvals(reading).supporters(1).collect::<Vec<_>>();
        assert_eq!(supporters(Reading::Observed), [0, 1, 4]);
        assert_eq!(supporters(Reading::Imputed), [0, 1, 3, 4]);
    }

    #[test]
    fn statements_that_count_as_one_are_supported_by_whoever_agrees_with_one_of_them() {
        let votes = Votes::drawn(&["+.-", "-+.", "--+", "..."]);
        let merged = Candidate::of([StatementNumber(1), StatementNumber(0)]).unwrap();
        let ballots = Ballots::new(&votes, &[merged], vec!["A".to_owned()], |_| Some(0));
        let approvals = ballots.approvals(Reading::Observed);
        assert_eq!(approvals.candidates(), [StatementNumber(0)]);
        assert_eq!(approvals.supporters(0).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(ballots.tallies(0, |_| 1)[0].seen(), 3);
    }
}
