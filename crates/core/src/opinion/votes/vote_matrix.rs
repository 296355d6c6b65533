//! The vote matrix: who voted what, as sparse rows of codes that can be changed.
//!
//! Columns are all listed statements by number, rows all people who voted, by number. Which
//! columns shape a map is decided when it is computed, so that a moderation changes one flag and
//! no row. Sums over rows are sums of whole numbers (`pass.rs`): the order of rows, the order of
//! arrival and the number of threads can't show in them (I7).

use crate::domain::{Choice, ParticipantNumber, StatementNumber, Tally};
use crate::opinion::numeric::work::Work;
use crate::opinion::votes::input::{StatementInput, Votes};
use crate::opinion::votes::pass;
use crate::opinion::votes::rows::{Code, CodeRows, NARROW};
pub use crate::opinion::votes::rows::{NO_GROUP, ONE, Weight};

/// Rows of two-byte codes, or of four-byte ones where the columns ask for it.
#[derive(Clone, Debug)]
pub(in crate::opinion) enum Codes {
    Narrow(CodeRows<u16>),
    Wide(CodeRows<u32>),
}

/// Does the same with rows of either width.
macro_rules! each_width {
    ($codes:expr, $rows:ident => $body:expr) => {
        match $codes {
            $crate::opinion::votes::vote_matrix::Codes::Narrow($rows) => $body,
            $crate::opinion::votes::vote_matrix::Codes::Wide($rows) => $body,
        }
    };
}
pub(in crate::opinion) use each_width;

/// The votes of everybody who voted.
#[derive(Clone, Debug)]
pub struct VoteMatrix {
    statements: Vec<StatementInput>,
    participants: Vec<ParticipantNumber>,
    /// A row for each participant; each code is below three times the number of statements.
    pub(in crate::opinion) codes: Codes,
}

/// What a vote changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CellChange {
    /// The row.
    pub row: usize,
    /// The column.
    pub column: usize,
    /// The choice before it.
    pub before: Option<Choice>,
}

impl VoteMatrix {
    /// Columns without any row. Of several entries for one statement the first counts.
    pub fn of_statements(statements: &[StatementInput], people: usize, votes: usize) -> Self {
        let mut statements = statements.to_vec();
        statements.sort_by_key(|statement| statement.number);
        statements.dedup_by_key(|statement| statement.number);
        let codes = if 3 * statements.len() <= NARROW {
            Codes::Narrow(CodeRows::with_capacity(people, votes))
        } else {
            Codes::Wide(CodeRows::with_capacity(people, votes))
        };
        Self { statements, participants: Vec::with_capacity(people), codes }
    }

    /// Reads the votes, once. People without a vote on a listed statement get no row.
    pub fn new(votes: &Votes) -> Self {
        let total = votes.participants.iter().map(|p| p.votes.len()).sum();
        let mut matrix = Self::of_statements(&votes.statements, votes.participants.len(), total);
        // In range: `order` has the places of the participants and no others.
        let mut order: Vec<usize> = (0..votes.participants.len()).collect();
        // A stable sort: of two entries for one person the later one is read later.
        order.sort_by_key(|&index| votes.participants[index].number);
        for index in order {
            let person = &votes.participants[index];
            matrix.add_person(person.number, person.votes.iter().copied());
        }
        matrix
    }

    /// Adds somebody's votes; of several on one statement the last counts, and votes on
    /// statements that are not listed are passed over.
    pub fn add_person(
        &mut self,
        person: ParticipantNumber,
        votes: impl IntoIterator<Item = (StatementNumber, Choice)>,
    ) {
        let votes = votes.into_iter();
        let votes =
            votes.filter_map(|(statement, choice)| Some(code_number(self.column(statement)?, choice)));
        let mut codes: Vec<u32> = votes.collect();
        keep_last(&mut codes);
        if codes.is_empty() {
            return;
        }
        if self.participants.last().is_none_or(|last| *last < person) {
            self.participants.push(person);
            each_width!(&mut self.codes, rows => rows.push(codes.iter().map(|code| Code::new(*code))));
        } else {
            let row = self.row_or_insert(person);
            each_width!(&mut self.codes, rows => codes.iter().for_each(|code| {
                rows.set(row, Code::new(*code));
            }));
        }
    }

    /// Casts or changes a vote; `None` when the statement is not listed.
    pub fn set(
        &mut self,
        person: ParticipantNumber,
        statement: StatementNumber,
        choice: Choice,
    ) -> Option<CellChange> {
        let column = self.column(statement)?;
        let row = self.row_or_insert(person);
        let before = each_width!(&mut self.codes, rows => {
            rows.set(row, Code::new(code_number(column, choice))).map(|code| code.index() % 3)
        });
        let before = before.and_then(|value| Choice::from_value(value as i64 - 1));
        Some(CellChange { row, column, before })
    }

    /// Somebody's row.
    pub fn row_of(&self, person: ParticipantNumber) -> Option<usize> {
        self.participants.binary_search(&person).ok()
    }

    /// Takes a vote back: the row that it stood in and what it was. Whoever has no vote left has no row.
    pub fn unset(&mut self, person: ParticipantNumber, statement: StatementNumber) -> Option<Choice> {
        let column = self.column(statement)?;
        let row = self.participants.binary_search(&person).ok()?;
        let before = each_width!(&mut self.codes, rows => {
            let before = rows.remove(row, column).map(|code| code.index() % 3);
            if before.is_some() && rows.row(row).is_empty() {
                rows.remove_row(row);
                self.participants.remove(row);
            }
            before
        });
        Choice::from_value(before? as i64 - 1)
    }

    fn row_or_insert(&mut self, person: ParticipantNumber) -> usize {
        match self.participants.binary_search(&person) {
            Ok(row) => row,
            Err(row) => {
                self.participants.insert(row, person);
                each_width!(&mut self.codes, rows => rows.insert_row(row));
                row
            }
        }
    }

    /// Changes a listed statement, or lists a new one at the end; false when it would have to
    /// stand between others, which needs a new matrix.
    pub fn set_statement(&mut self, statement: StatementInput) -> bool {
        if let Some(column) = self.column(statement.number) {
            self.statements[column] = statement;
            return true;
        }
        if self.statements.last().is_some_and(|last| last.number > statement.number) {
            return false;
        }
        self.statements.push(statement);
        if 3 * self.statements.len() > NARROW {
            self.widen();
        }
        true
    }

    fn widen(&mut self) {
        if let Codes::Narrow(rows) = &self.codes {
            let mut wide = CodeRows::<u32>::with_capacity(rows.len(), rows.votes());
            (0..rows.len()).for_each(|row| wide.push(rows.row(row).iter().map(|code| u32::from(*code))));
            self.codes = Codes::Wide(wide);
        }
    }

    /// The statements, column by column.
    pub fn statements(&self) -> &[StatementInput] {
        &self.statements
    }

    /// The participants, row by row, ascending.
    pub fn participants(&self) -> &[ParticipantNumber] {
        &self.participants
    }

    /// A statement's column.
    pub fn column(&self, statement: StatementNumber) -> Option<usize> {
        // Numbers are dense in practice: the guess is nearly always right.
        let first = self.statements.first()?.number.0;
        let guess = statement.0.checked_sub(first)? as usize;
        if self.statements.get(guess).is_some_and(|listed| listed.number == statement) {
            return Some(guess);
        }
        self.statements.binary_search_by_key(&statement, |listed| listed.number).ok()
    }

    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.statements.len()
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.participants.len()
    }

    /// All votes.
    pub fn votes(&self) -> usize {
        each_width!(&self.codes, rows => rows.votes())
    }

    /// Bytes of one pass over the codes.
    pub fn bytes(&self) -> usize {
        match &self.codes {
            Codes::Narrow(rows) => 2 * rows.votes(),
            Codes::Wide(rows) => 4 * rows.votes(),
        }
    }

    /// The number of votes in a row.
    pub fn votes_of_row(&self, row: usize) -> usize {
        each_width!(&self.codes, rows => rows.row(row).len())
    }

    /// A row's votes: column and code number, 0 disagree, 1 pass, 2 agree.
    pub fn row(&self, row: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let (narrow, wide) = match &self.codes {
            Codes::Narrow(rows) => (rows.row(row), &[][..]),
            Codes::Wide(rows) => (&[][..], rows.row(row)),
        };
        let codes = narrow.iter().map(|code| code.index()).chain(wide.iter().map(|code| code.index()));
        codes.map(|code| (code / 3, code % 3))
    }

    /// How many people with any weight gave each code.
    pub fn counts(&self, weights: Option<&[Weight]>, work: &Work<'_>) -> Vec<u32> {
        each_width!(&self.codes, rows => pass::counts(rows, self.columns(), weights, work))
    }

    /// The weight of the people who gave each code, in parts of [`ONE`].
    pub fn masses(&self, weights: &[Weight], work: &Work<'_>) -> Vec<u64> {
        each_width!(&self.codes, rows => pass::masses(rows, self.columns(), weights, work))
    }

    /// How many people of each group gave each code; `group_of_row` is [`NO_GROUP`] for others.
    pub fn counts_by_group(&self, group_of_row: &[u8], groups: usize, work: &Work<'_>) -> Vec<Vec<u32>> {
        self.counts_by_group_times(group_of_row, groups, |_| 1, work)
    }

    /// The same where each row counts so many times.
    pub fn counts_by_group_times(
        &self,
        group_of_row: &[u8],
        groups: usize,
        times: impl Fn(usize) -> u32 + Sync,
        work: &Work<'_>,
    ) -> Vec<Vec<u32>> {
        each_width!(&self.codes, rows => {
            pass::counts_by_group(rows, self.columns(), group_of_row, groups, times, work)
        })
    }
}

/// The number of a vote's code.
fn code_number(column: usize, choice: Choice) -> u32 {
    3 * column as u32 + (choice.value() + 1) as u32
}

/// One column's counts as a tally.
pub fn tally(counts: &[u32], column: usize) -> Tally {
    let count = |value: usize| counts.get(3 * column + value).copied().unwrap_or(0);
    Tally { disagree: count(0), pass: count(1), agree: count(2) }
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
