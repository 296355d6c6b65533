//! Why an export can't be imported or written, each a sentence for the person who has the files
//! before them.

use std::io;

use super::agree_is::AgreeSign;
use super::sign::Contradiction;
use crate::exchange::csv::{ReadError, quoted};

/// How many names of files a message spells out.
const NAMES_SHOWN: usize = 8;

/// Why an export can't be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file that is needed is not there.
    #[error("{file} is missing: no file in the directory has that name or ends with “-{file}”; {}", listing(.there))]
    Missing {
        /// Its name.
        file: &'static str,
        /// The files that are there.
        there: Vec<String>,
    },
    /// No votes at all.
    #[error("there are no votes: both votes.csv and participants-votes.csv are missing; {}", listing(.there))]
    NoVotes {
        /// The files that are there.
        there: Vec<String>,
    },
    /// Two files that could both be meant.
    #[error("both {} and {} could be {file}; leave one of them in the directory", quoted(.first), quoted(.second))]
    Ambiguous {
        /// The file that is wanted.
        file: &'static str,
        /// One that is there.
        first: String,
        /// Another one.
        second: String,
    },
    /// It is a directory, a pipe or a device.
    #[error("{file} is not a file")]
    NotAFile {
        /// Its name.
        file: String,
    },
    /// A file can't be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// All votes are on statements that are not listed.
    #[error(
        "none of the statements that {file} has votes on is in the list of statements; do the files belong together?"
    )]
    NothingKnown {
        /// The file with the votes.
        file: String,
    },
    /// Two files declare two things of the votes.
    #[error(
        "summary.csv says that {summary} means agree, but {file} says {format}; correct one of them and import again"
    )]
    TwoConventions {
        /// What summary.csv says.
        summary: AgreeSign,
        /// The other file.
        file: String,
        /// What that says.
        format: AgreeSign,
    },
    /// What the file says of its votes is not what its counts say.
    #[error(transparent)]
    Contradiction(#[from] Contradiction),
}

fn listing(there: &[String]) -> String {
    match there.len() {
        0 => "there are no files in the directory".into(),
        n => {
            let shown: Vec<String> = there.iter().take(NAMES_SHOWN).map(|name| quoted(name)).collect();
            let more = if n > NAMES_SHOWN { ", …" } else { "" };
            format!("the directory has {}{more}", shown.join(", "))
        }
    }
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
