//! A row of a small table, and why a table is not read.

use super::problem::Problem;

/// A row, with as many cells as it has fields.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SheetRow {
    /// The line of the file on which it begins, from 1; the row of a workbook.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Why a file is not read. Each is a sentence.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SheetError {
    /// Bytes that are not text in any encoding that is known.
    #[error(
        "This is neither a text file nor an Excel workbook. Save it as “CSV UTF-8” or as .xlsx and send it again."
    )]
    NotText,
    /// An archive or a workbook that can't be read.
    #[error(
        "This file can't be read as an Excel workbook. Save it as .xlsx or as “CSV UTF-8” and send it again."
    )]
    NotAWorkbook,
    /// A workbook that would fill the memory.
    #[error("This workbook is too large. Save the sheet with the list as “CSV UTF-8” and send that.")]
    WorkbookTooLarge,
    /// A row that can't be read.
    #[error("Line {line}: {problem}.")]
    Row {
        /// Where it begins.
        line: u64,
        /// What is wrong.
        problem: Problem,
    },
}

impl SheetRow {
    /// A cell's text; empty beyond the last one.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}
