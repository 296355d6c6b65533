//! What can be wrong with a file of rows, each a sentence for the person who has the file before
//! them. It knows places and problems, not formats.
//!
//! Invariant: what is quoted from a file is short and escaped, for it goes to terminals and logs.

use std::fmt;
use std::io;

use super::limits::{MAX_FIELD_BYTES, MAX_FIELDS, MAX_FILE_BYTES, MAX_ROW_BYTES};

/// Where in a file something is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Location {
    /// The file's name.
    pub file: String,
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

impl fmt::Display for Location {
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
    /// Something that is not a vote.
    #[error("{} is not a vote (1 agree, 0 pass, -1 disagree)", quoted(.0))]
    NotAVote(String),
    /// Something that is not a moderation.
    #[error("{} is not a moderation value (1 accepted, 0 pending, -1 rejected)", quoted(.0))]
    NotAModeration(String),
    /// A yes or no that is neither.
    #[error("{} is neither true nor false", quoted(.0))]
    NotAFlag(String),
    /// Something that is not a number.
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
    /// Two statements with one number.
    #[error("statement {0} is there twice")]
    DuplicateStatement(u32),
    /// Two rows for one participant.
    #[error("participant {0} is there twice")]
    DuplicateParticipant(u32),
    /// A declaration of what the votes' numbers mean that can't be understood.
    #[error("{} does not say what the votes mean (such as agree=+1;disagree=-1;pass=0)", quoted(.0))]
    NotAConvention(String),
    /// Bytes that are not text.
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
    #[error("the field is longer than {MAX_FIELD_BYTES} bytes; is a closing quotation mark missing?")]
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
    #[error(
        "there is text after the closing quotation mark (write a quotation mark inside a text twice: \"\")"
    )]
    TextAfterQuote,
    /// More records than are taken.
    #[error("there are more than {0} records")]
    TooManyRows(usize),
}

/// Why a file can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// More bytes than are taken.
    #[error("{file} is larger than {MAX_FILE_BYTES} bytes")]
    TooBig {
        /// Its name.
        file: String,
    },
    /// The system does not let us read it.
    #[error("{file} can't be read: {source}")]
    Unreadable {
        /// Its name, or that of the directory.
        file: String,
        /// What the system says.
        source: io::Error,
    },
    /// Something in it is wrong.
    #[error("{location}: {problem}")]
    Wrong {
        /// Where.
        location: Location,
        /// What.
        problem: Problem,
    },
}

/// Quotes a piece of a file: at most 40 characters of it, none that would act on a terminal.
pub fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    let start: String = text.chars().take(SHOWN).collect();
    let more = if text.chars().nth(SHOWN).is_some() { "…" } else { "" };
    format!("“{}{more}”", start.escape_debug())
}
