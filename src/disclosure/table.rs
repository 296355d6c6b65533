//! The table of results: all that lists and sentences may rest on. PURE.

use super::cells::Cells;
use crate::domain::StatementNumber;

/// A statement that may be shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ListedStatement {
    /// Its number.
    pub number: StatementNumber,
    /// About the person: it stands in the table, and no finding rests on it.
    pub meta: bool,
    /// Another statement that says the same is asked in its place: it stands in the table, and that one in findings.
    pub is_merged: bool,
}

impl ListedStatement {
    /// Whether findings may rest on it.
    pub(super) fn can_be_found(&self) -> bool {
        !self.meta && !self.is_merged
    }
}

/// A group's letter and size.
pub(super) struct GroupHead {
    pub label: String,
    pub size: u32,
    pub percent: u32,
}

/// The table: all that lists and sentences may rest on.
pub(super) struct ResultTable {
    pub heads: Vec<GroupHead>,
    pub hidden_groups: usize,
    pub placed: u32,
    /// By number.
    pub rows: Vec<(ListedStatement, Cells)>,
}

impl ResultTable {
    /// A statement's cells.
    pub fn cells(&self, number: StatementNumber) -> Option<&Cells> {
        let at = self.rows.binary_search_by_key(&number, |(row, _)| row.number).ok()?;
        self.rows.get(at).map(|(_, cells)| cells)
    }
}
