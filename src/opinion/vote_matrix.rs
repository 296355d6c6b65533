//! The vote matrix: one code a vote, in sparse rows.
//!
//! A vote on column `c` is the code `3·c + value + 1`. Rows are sorted by their content, then by
//! participant, and columns by statement, so that neither the order of arrival nor the number of
//! threads can show in a sum (I7). Live columns shape the map; votes on rejected and meta
//! statements are kept aside, for the counts.

use std::collections::HashMap;

use super::input::Votes;
use crate::domain::{ParticipantNumber, StatementNumber, Tally};

/// Sparse rows of codes.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    starts: Vec<usize>,
    codes: Vec<u32>,
}

impl Rows {
    fn with_capacity(rows: usize, codes: usize) -> Self {
        let mut starts = Vec::with_capacity(rows + 1);
        starts.push(0);
        Self { starts, codes: Vec::with_capacity(codes) }
    }

    fn push(&mut self, codes: &[u32]) {
        self.codes.extend_from_slice(codes);
        self.starts.push(self.codes.len());
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One row's codes, ascending.
    pub fn row(&self, index: usize) -> &[u32] {
        &self.codes[self.starts[index]..self.starts[index + 1]]
    }

    /// All rows in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.starts.windows(2).map(|pair| &self.codes[pair[0]..pair[1]])
    }

    /// All codes, row after row.
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    fn permuted(&self, order: &[usize]) -> Self {
        let mut out = Self::with_capacity(order.len(), self.codes.len());
        for &index in order {
            out.push(self.row(index));
        }
        out
    }
}

/// The votes of everybody who voted.
#[derive(Clone, Debug, Default)]
pub struct VoteMatrix {
    /// The statement of each live column: live, and with at least one vote. Ascending.
    pub live_statements: Vec<StatementNumber>,
    /// The statement of each column kept aside. Ascending.
    pub aside_statements: Vec<StatementNumber>,
    /// The participant of each row.
    pub participants: Vec<ParticipantNumber>,
    /// Votes on live columns.
    pub live: Rows,
    /// Votes on columns kept aside; same rows.
    pub aside: Rows,
}

impl VoteMatrix {
    /// Reads the votes, once.
    pub fn new(votes: &Votes) -> Self {
        let columns = Columns::new(votes);
        let total = votes.participants.iter().map(|p| p.votes.len()).sum();
        let mut matrix = Self {
            live: Rows::with_capacity(votes.participants.len(), total),
            aside: Rows::with_capacity(votes.participants.len(), 0),
            live_statements: columns.live,
            aside_statements: columns.aside,
            participants: Vec::with_capacity(votes.participants.len()),
        };
        let (mut live, mut aside) = (Vec::new(), Vec::new());
        for participant in &votes.participants {
            live.clear();
            aside.clear();
            for &(statement, choice) in &participant.votes {
                let value = (choice.value() + 1) as u32;
                match columns.of.column(statement) {
                    Some(Column::Live(column)) => live.push(3 * column + value),
                    Some(Column::Aside(column)) => aside.push(3 * column + value),
                    None => {}
                }
            }
            keep_last(&mut live);
            keep_last(&mut aside);
            if !(live.is_empty() && aside.is_empty()) {
                matrix.live.push(&live);
                matrix.aside.push(&aside);
                matrix.participants.push(participant.number);
            }
        }
        matrix.sorted()
    }

    fn sorted(self) -> Self {
        // The first two codes decide nearly always; comparing them first spares the cache.
        let key = |row: &[u32]| {
            let at = |i: usize| row.get(i).map_or(0, |code| u64::from(*code) + 1);
            (at(0) << 32) | at(1)
        };
        let mut order: Vec<(u64, usize)> =
            self.live.iter().enumerate().map(|(index, row)| (key(row), index)).collect();
        order.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0)
                .then_with(|| self.live.row(a.1).cmp(self.live.row(b.1)))
                .then_with(|| self.participants[a.1].cmp(&self.participants[b.1]))
                .then_with(|| self.aside.row(a.1).cmp(self.aside.row(b.1)))
        });
        let order: Vec<usize> = order.into_iter().map(|(_, index)| index).collect();
        Self {
            live: self.live.permuted(&order),
            aside: self.aside.permuted(&order),
            participants: order.iter().map(|&index| self.participants[index]).collect(),
            ..self
        }
    }

    /// The number of live columns: C.
    pub fn columns(&self) -> usize {
        self.live_statements.len()
    }

    /// Current votes on each live column.
    pub fn live_tallies(&self) -> Vec<Tally> {
        count(self.live.codes(), self.live_statements.len())
    }

    /// Current votes on each column kept aside.
    pub fn aside_tallies(&self) -> Vec<Tally> {
        count(self.aside.codes(), self.aside_statements.len())
    }
}

fn count(codes: &[u32], columns: usize) -> Vec<Tally> {
    let mut counts = vec![0u32; 3 * columns];
    for &code in codes {
        counts[code as usize] += 1;
    }
    tallies(&counts)
}

/// Three counts a column, as tallies.
pub(super) fn tallies(counts: &[u32]) -> Vec<Tally> {
    counts.chunks_exact(3).map(|c| Tally { disagree: c[0], pass: c[1], agree: c[2] }).collect()
}

/// Sorts codes by column; of several on one column, the one that came last stays.
fn keep_last(codes: &mut Vec<u32>) {
    if codes.is_sorted_by(|a, b| a / 3 < b / 3) {
        return;
    }
    codes.sort_by_key(|code| code / 3);
    codes.reverse();
    codes.dedup_by_key(|code| *code / 3);
    codes.reverse();
}

#[derive(Clone, Copy)]
enum Column {
    Live(u32),
    Aside(u32),
}

/// Columns of statements that have votes, looked up by number.
struct Columns {
    live: Vec<StatementNumber>,
    aside: Vec<StatementNumber>,
    of: Lookup,
}

impl Columns {
    fn new(votes: &Votes) -> Self {
        let mut listed = votes.statements.clone();
        listed.sort_by_key(|statement| statement.number);
        listed.dedup_by_key(|statement| statement.number);
        // First every listed statement gets a place, then those without votes lose theirs.
        let places = Lookup::new(listed.iter().enumerate().map(|(i, s)| (s.number, Column::Live(i as u32))));
        let mut voted = vec![false; listed.len()];
        for &(statement, _) in votes.participants.iter().flat_map(|p| &p.votes) {
            if let Some(Column::Live(place)) = places.column(statement) {
                voted[place as usize] = true;
            }
        }
        let (mut live, mut aside, mut columns) = (Vec::new(), Vec::new(), Vec::new());
        for (statement, _) in listed.iter().zip(voted).filter(|(_, voted)| *voted) {
            let number = statement.number;
            if statement.is_live() {
                columns.push((number, Column::Live(live.len() as u32)));
                live.push(number);
            } else {
                columns.push((number, Column::Aside(aside.len() as u32)));
                aside.push(number);
            }
        }
        Self { live, aside, of: Lookup::new(columns.into_iter()) }
    }
}

/// Statement numbers are dense in practice, so a table answers; strange numbers go to a map.
struct Lookup {
    table: Vec<Option<Column>>,
    strange: HashMap<StatementNumber, Column>,
}

const TABLE_LIMIT: u32 = 1 << 20;

impl Lookup {
    fn new(columns: impl Iterator<Item = (StatementNumber, Column)>) -> Self {
        let mut lookup = Self { table: Vec::new(), strange: HashMap::new() };
        for (number, column) in columns {
            if number.0 < TABLE_LIMIT {
                let index = number.0 as usize;
                if lookup.table.len() <= index {
                    lookup.table.resize(index + 1, None);
                }
                lookup.table[index] = Some(column);
            } else {
                lookup.strange.insert(number, column);
            }
        }
        lookup
    }

    fn column(&self, number: StatementNumber) -> Option<Column> {
        if number.0 < TABLE_LIMIT {
            self.table.get(number.0 as usize).copied().flatten()
        } else {
            self.strange.get(&number).copied()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Choice, Moderation};
    use crate::opinion::input::{ParticipantVotes, StatementInput};

    fn statement(number: u32, moderation: Moderation, meta: bool) -> StatementInput {
        StatementInput { number: StatementNumber(number), moderation, meta }
    }

    fn person(number: u32, votes: &[(u32, Choice)]) -> ParticipantVotes {
        let votes = votes.iter().map(|&(s, c)| (StatementNumber(s), c)).collect();
        ParticipantVotes { number: ParticipantNumber(number), votes }
    }

    #[test]
    fn rejected_and_meta_statements_are_kept_aside_and_unseen_ones_have_no_column() {
        let votes = Votes {
            statements: vec![
                statement(9, Moderation::Pending, false),
                statement(3, Moderation::Rejected, false),
                statement(4, Moderation::Accepted, true),
                statement(5, Moderation::Accepted, false),
            ],
            participants: vec![
                person(7, &[(9, Choice::Agree), (3, Choice::Pass)]),
                person(2, &[(4, Choice::Disagree)]),
                person(1, &[]),
                person(8, &[(77, Choice::Agree)]),
            ],
        };
        let matrix = VoteMatrix::new(&votes);
        assert_eq!(matrix.live_statements, [StatementNumber(9)]);
        assert_eq!(matrix.aside_statements, [StatementNumber(3), StatementNumber(4)]);
        assert_eq!(matrix.participants, [ParticipantNumber(2), ParticipantNumber(7)]);
        assert_eq!(matrix.live_tallies(), [Tally { agree: 1, disagree: 0, pass: 0 }]);
        let aside = [Tally { agree: 0, disagree: 0, pass: 1 }, Tally { agree: 0, disagree: 1, pass: 0 }];
        assert_eq!(matrix.aside_tallies(), aside);
    }

    #[test]
    fn of_two_votes_on_one_statement_the_last_counts_and_large_numbers_work() {
        let large = u32::MAX;
        let votes = Votes {
            statements: vec![
                statement(large, Moderation::Accepted, false),
                statement(0, Moderation::Accepted, false),
            ],
            participants: vec![person(
                1,
                &[(large, Choice::Agree), (0, Choice::Pass), (large, Choice::Disagree)],
            )],
        };
        let matrix = VoteMatrix::new(&votes);
        assert_eq!(matrix.live.row(0), [1, 3]);
    }
}
