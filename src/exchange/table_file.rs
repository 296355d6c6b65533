//! A table in a file that somebody names: read whole, and what is wrong is told with its place.

use std::path::Path;

use super::csv::{Sheet, SheetError};

/// Why a table can't be read.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The system does not let us read it, or it is not such a table.
    #[error("{file} can't be read: {problem}")]
    Unreadable {
        /// Its path.
        file: String,
        /// What is wrong.
        problem: String,
    },
    /// A line is wrong.
    #[error("{file}, line {line}: {problem}")]
    Line {
        /// Its path.
        file: String,
        /// Counted from 1.
        line: u64,
        /// What is wrong.
        problem: String,
    },
}

/// A file with a table.
pub(super) struct TableFile {
    file: String,
    /// What is in it.
    pub sheet: Sheet,
}

impl TableFile {
    /// Reads a file of at most so many bytes, whose columns may have such names.
    pub fn read(path: &Path, most: u64, is_known: impl Fn(&str) -> bool) -> Result<Self, TableError> {
        let file = path.display().to_string();
        let unreadable = |problem: String| TableError::Unreadable { file: file.clone(), problem };
        let size = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
        if size > most {
            return Err(unreadable(format!("it is larger than {most} bytes")));
        }
        let bytes = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
        let sheet = Sheet::read(&bytes, is_known).map_err(|error| match error {
            SheetError::Row { line, problem } => {
                TableError::Line { file: file.clone(), line, problem: problem.to_string() }
            }
            error => unreadable(error.to_string()),
        })?;
        Ok(Self { file, sheet })
    }

    /// That it is not such a table.
    pub fn unreadable(&self, problem: String) -> TableError {
        TableError::Unreadable { file: self.file.clone(), problem }
    }

    /// That this line of it is wrong.
    pub fn wrong(&self, line: u64, problem: String) -> TableError {
        TableError::Line { file: self.file.clone(), line, problem }
    }
}
