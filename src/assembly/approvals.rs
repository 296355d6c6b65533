//! Who approves of what: voters × candidates, as lists.
//!
//! A voter approves of the statements that they agreed with; what they did not see, they do not
//! approve (the observed reading of ASSEMBLY §1). It knows neither rules nor groups. Invariant:
//! candidates are sorted by number, so that "the first of equals" is the lowest number.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Choice, StatementNumber};
use crate::opinion::{ParticipantVotes, Votes};

/// Approvals of candidates; voters are numbered 0, 1, 2, … in no particular order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Approvals {
    candidates: Vec<StatementNumber>,
    /// Of each candidate: the voters, ascending.
    supporters: Vec<Vec<usize>>,
    /// Of each voter: the candidates' indices, ascending.
    approved: Vec<Vec<usize>>,
}

impl Approvals {
    /// From lists of approved statements. Voters who approve of no candidate are left out: no
    /// slate can serve them, and they would only raise the bar of what counts as a minority.
    pub fn new(
        candidates: impl IntoIterator<Item = StatementNumber>,
        voters: impl IntoIterator<Item = Vec<StatementNumber>>,
    ) -> Self {
        let candidates: Vec<StatementNumber> =
            candidates.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let index_of: BTreeMap<StatementNumber, usize> =
            candidates.iter().enumerate().map(|(index, number)| (*number, index)).collect();
        let mut supporters = vec![Vec::new(); candidates.len()];
        let mut approved = Vec::new();
        for voter in voters {
            let own: BTreeSet<usize> = voter.iter().filter_map(|s| index_of.get(s).copied()).collect();
            if own.is_empty() {
                continue;
            }
            for index in &own {
                supporters[*index].push(approved.len());
            }
            approved.push(own.into_iter().collect());
        }
        Self { candidates, supporters, approved }
    }

    /// From votes: the agreements of the participants that `counts` lets through.
    pub fn observed(
        votes: &Votes,
        candidates: impl IntoIterator<Item = StatementNumber>,
        counts: impl Fn(&ParticipantVotes) -> bool,
    ) -> Self {
        let agreed = |participant: &ParticipantVotes| {
            let agreements = participant.votes.iter().filter(|(_, choice)| *choice == Choice::Agree);
            agreements.map(|(statement, _)| *statement).collect()
        };
        Self::new(candidates, votes.participants.iter().filter(|p| counts(p)).map(agreed))
    }

    /// How many voters there are.
    pub fn voters(&self) -> usize {
        self.approved.len()
    }

    /// The candidates, by number.
    pub fn candidates(&self) -> &[StatementNumber] {
        &self.candidates
    }

    /// A candidate's index in [`Self::candidates`].
    pub fn index(&self, statement: StatementNumber) -> Option<usize> {
        self.candidates.binary_search(&statement).ok()
    }

    /// The voters who approve of the candidate at this index.
    pub fn supporters(&self, index: usize) -> &[usize] {
        self.supporters.get(index).map_or(&[], Vec::as_slice)
    }

    /// The indices of candidates that this voter approves of.
    pub fn approved(&self, voter: usize) -> &[usize] {
        self.approved.get(voter).map_or(&[], Vec::as_slice)
    }

    /// How many statements of a slate each voter approves of.
    pub fn satisfaction(&self, slate: &[StatementNumber]) -> Vec<u32> {
        let mut served = vec![0; self.voters()];
        let indices: BTreeSet<usize> = slate.iter().filter_map(|s| self.index(*s)).collect();
        for voter in indices.iter().flat_map(|index| self.supporters(*index)) {
            served[*voter] += 1;
        }
        served
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_approve_of_no_candidate_are_no_voters() {
        let s = StatementNumber;
        let approvals = Approvals::new([s(9), s(2), s(9)], [vec![s(2), s(2), s(7)], vec![s(7)], vec![s(9)]]);
        assert_eq!(approvals.candidates(), [s(2), s(9)]);
        assert_eq!(approvals.voters(), 2);
        assert_eq!((approvals.supporters(0), approvals.supporters(1)), (&[0][..], &[1][..]));
        assert_eq!(approvals.satisfaction(&[s(2), s(2), s(7)]), [1, 0]);
    }
}
