//! The votes as Polis has them: two matrices, rows and columns by first appearance.

use std::collections::BTreeMap;

use crate::domain::{Moderation, ParticipantNumber, StatementNumber, Tally};
use crate::opinion::votes::input::Votes;

/// Current votes. The raw matrix is `by_row`; in the rating matrix the columns that are
/// `moderated_out` are zero for every row.
#[derive(Clone, Debug)]
pub struct PolisVotes {
    /// The rows' people.
    pub participants: Vec<ParticipantNumber>,
    /// The columns' statements: those with a vote, ascending.
    pub statements: Vec<StatementNumber>,
    /// Rejected and meta columns.
    pub moderated_out: Vec<bool>,
    /// Meta columns.
    pub meta: Vec<bool>,
    /// Each row's votes: column and −1, 0, +1. A column is below the number of statements.
    pub by_row: Vec<Vec<(usize, i8)>>,
    /// The column of each listed statement, by its place in the order of numbers.
    listed: Vec<Option<usize>>,
}

impl PolisVotes {
    /// Reads votes; of several of one person on one statement the last counts.
    pub fn new(votes: &Votes) -> Self {
        let mut listed: BTreeMap<StatementNumber, (bool, bool)> = BTreeMap::new();
        for statement in &votes.statements {
            let out = statement.moderation == Moderation::Rejected || statement.meta;
            listed.entry(statement.number).or_insert((out, statement.meta));
        }
        let mut rows: BTreeMap<ParticipantNumber, BTreeMap<StatementNumber, i8>> = BTreeMap::new();
        for person in &votes.participants {
            let known = person.votes.iter().filter(|(statement, _)| listed.contains_key(statement));
            for (statement, choice) in known {
                rows.entry(person.number).or_default().insert(*statement, choice.value());
            }
        }
        let mut columns: BTreeMap<StatementNumber, usize> = BTreeMap::new();
        rows.values().flat_map(BTreeMap::keys).for_each(|statement| {
            columns.insert(*statement, 0);
        });
        (0..).zip(columns.values_mut()).for_each(|(index, column)| *column = index);
        // Sorted by statement, then person: who votes on the earliest statement comes first.
        let mut order: Vec<_> =
            rows.into_iter().filter_map(|(p, row)| Some((*row.keys().next()?, p, row))).collect();
        order.sort_by_key(|(first, person, _)| (*first, *person));
        let flag = |statement: &StatementNumber| listed.get(statement).copied().unwrap_or_default();
        Self {
            participants: order.iter().map(|(_, person, _)| *person).collect(),
            statements: columns.keys().copied().collect(),
            moderated_out: columns.keys().map(|s| flag(s).0).collect(),
            meta: columns.keys().map(|s| flag(s).1).collect(),
            // In range: every statement of a row got its column above.
            by_row: order
                .iter()
                .map(|(.., row)| row.iter().map(|(statement, vote)| (columns[statement], *vote)).collect())
                .collect(),
            listed: listed.keys().map(|statement| columns.get(statement).copied()).collect(),
        }
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.participants.len()
    }

    /// The column of the statement at this place among all listed, by number.
    pub fn live_column(&self, listed: usize) -> Option<usize> {
        self.listed.get(listed).copied().flatten()
    }

    /// Everybody's votes, column by column.
    pub fn tallies(&self) -> Vec<Tally> {
        let everybody = vec![Some(0); self.rows()];
        self.tallies_by_group(&everybody, 1).swap_remove(0)
    }

    /// Votes of each group, column by column.
    pub fn tallies_by_group(&self, group_of_row: &[Option<usize>], groups: usize) -> Vec<Vec<Tally>> {
        let mut tallies = vec![vec![Tally::default(); self.statements.len()]; groups];
        // In range: there is a tally for each column (see `by_row`).
        for (row, group) in self.by_row.iter().zip(group_of_row) {
            let Some(tallies) = group.and_then(|group| tallies.get_mut(group)) else { continue };
            for (column, vote) in row {
                let tally = &mut tallies[*column];
                match vote {
                    1 => tally.agree += 1,
                    0 => tally.pass += 1,
                    _ => tally.disagree += 1,
                }
            }
        }
        tallies
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::votes::input::Votes;

    #[test]
    fn rows_stand_by_first_appearance_in_votes_sorted_by_statement_whatever_their_order() {
        let mut votes = Votes::drawn(&["..+-", "+...", ".-+.", "....", "0..+"]);
        let expected = [1, 4, 2, 0].map(ParticipantNumber);
        assert_eq!(PolisVotes::new(&votes).participants, expected);
        votes.participants.reverse();
        assert_eq!(PolisVotes::new(&votes).participants, expected);
        votes.statements[1].meta = true;
        votes.statements[2].moderation = Moderation::Rejected;
        let polis = PolisVotes::new(&votes);
        assert_eq!((polis.moderated_out, polis.meta[1]), (vec![false, true, true, false], true));
    }
}
