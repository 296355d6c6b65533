//! What can be wrong with an import or an export, each a sentence for the person who has the
//! files before them. It knows places and problems, not the formats.
//!
//! Invariant: what is quoted from a file is short and escaped, for it goes to terminals and logs.

use std::fmt;
use std::io;

use super::limits::{MAX_FIELD_BYTES, MAX_FIELDS, MAX_FILE_BYTES, MAX_ROW_BYTES};

/// Where in an export something is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The file's name.
    pub file: &'static str,
    /// The line on which the record begins, counted from 1.
    pub line: u64,
    /// The field.
    pub column: Column,
}

/// A field of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Column {
    /// By its name in the header.
    Named(String),
    /// By its place, counted from 1, where it has no name.
    Number(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}, column ", self.file, self.line)?;
        match &self.column {
            Column::Named(name) => f.write_str(&quoted(name)),
            Column::Number(number) => write!(f, "{number}"),
        }
    }
}

/// What is wrong there.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Problem {
    /// The file has no header.
    #[error("the file is empty: not even the names of the columns are there")]
    Empty,
    /// A column that is needed is not there.
    #[error("this column is missing")]
    MissingColumn,
    /// Two columns have the same name.
    #[error("this column is there twice")]
    DuplicateColumn,
    /// The record has more or fewer fields than it should.
    #[error("the line should have {expected} fields, but has {found}")]
    Ragged {
        /// The record's fields.
        found: usize,
        /// The right number of fields.
        expected: usize,
    },
    /// A vote that is none.
    #[error("{} is no vote (1 agree, 0 pass, -1 disagree)", quoted(.0))]
    NotAVote(String),
    /// A moderation that is none.
    #[error("{} is no moderation (1 accepted, 0 pending, -1 rejected)", quoted(.0))]
    NotAModeration(String),
    /// A yes or no that is neither.
    #[error("{} is neither true nor false", quoted(.0))]
    NotAFlag(String),
    /// A number that is none.
    #[error("{} is not a whole number", quoted(.0))]
    NotANumber(String),
    /// A number below zero.
    #[error("{} is negative", quoted(.0))]
    Negative(String),
    /// A number beyond what is taken.
    #[error("{} is larger than {max}", quoted(.found))]
    TooLarge {
        /// The number.
        found: String,
        /// The largest that is taken.
        max: i64,
    },
    /// A vote on a statement that nobody wrote.
    #[error("statement {0} is not in comments.csv")]
    UnknownStatement(u32),
    /// Two statements with one number.
    #[error("statement {0} is there twice")]
    DuplicateStatement(u32),
    /// Two rows for one participant.
    #[error("participant {0} is there twice")]
    DuplicateParticipant(u32),
    /// Bytes that are no text.
    #[error("the text is not UTF-8 at byte {byte} of the file")]
    NotUtf8 {
        /// Counted from 0.
        byte: u64,
    },
    /// A character that no text has and not every database takes.
    #[error("there is a NUL character at byte {byte} of the file")]
    Nul {
        /// Counted from 0.
        byte: u64,
    },
    /// A field without a reasonable end.
    #[error("the field is longer than {MAX_FIELD_BYTES} bytes; is a quotation mark never closed?")]
    FieldTooLong,
    /// A record without a reasonable end.
    #[error("the line is longer than {MAX_ROW_BYTES} bytes")]
    RowTooLong,
    /// A record with too many fields.
    #[error("the line has more than {MAX_FIELDS} fields")]
    TooManyFields,
    /// A quoted field that goes on to the end of the file.
    #[error("a quotation mark is opened here and never closed")]
    QuoteNeverClosed,
    /// A quoted field that goes on after its end.
    #[error("there is text after the closing quotation mark (inside, it must be doubled)")]
    TextAfterQuote,
    /// More records than are taken.
    #[error("there are more than {0} records")]
    TooManyRows(usize),
}

/// Why an export can't be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file that is needed is not there.
    #[error("{file} is missing")]
    Missing {
        /// Its name.
        file: &'static str,
    },
    /// No votes at all.
    #[error("there are no votes: both votes.csv and participants-votes.csv are missing")]
    NoVotes,
    /// It is a directory, a pipe or a device.
    #[error("{file} is not a file")]
    NotAFile {
        /// Its name.
        file: &'static str,
    },
    /// More bytes than are taken.
    #[error("{file} is larger than {MAX_FILE_BYTES} bytes")]
    TooBig {
        /// Its name.
        file: &'static str,
    },
    /// The system does not let us read it.
    #[error("{file} can't be read: {source}")]
    Unreadable {
        /// Its name, or that of the directory.
        file: String,
        /// What the system says.
        source: io::Error,
    },
    /// Something in a file is wrong.
    #[error("{place}: {problem}")]
    Wrong {
        /// Where.
        place: Place,
        /// What.
        problem: Problem,
    },
}

/// Why an export can't be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// An export is never written over another.
    #[error("{0} is there already; choose an empty directory")]
    Exists(String),
    /// The system does not let us write it.
    #[error("{file} can't be written: {source}")]
    Unwritable {
        /// Its path.
        file: String,
        /// What the system says.
        source: io::Error,
    },
}

/// Quotes a piece of a file: at most 40 characters of it, none that would act on a terminal.
pub(super) fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    let start: String = text.chars().take(SHOWN).collect();
    let more = if text.chars().nth(SHOWN).is_some() { "…" } else { "" };
    format!("“{}{more}”", start.escape_debug())
}
