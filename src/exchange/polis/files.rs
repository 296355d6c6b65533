//! Which files of a directory are which part of an export. The report page of Polis gives them names
//! with a date and a number before (`2025-11-11-1704-r6example-comments.csv`).
//!
//! Invariant: one file with an ending is that file; two are an error that names both.

use std::io::ErrorKind;
use std::path::Path;

use super::error::ImportError;
use super::{comments, matrix, summary, votes};
use crate::exchange::csv::{MAX_FILE_BYTES, ReadError};

/// How many entries of a directory are looked at.
const MAX_ENTRIES: usize = 1000;
/// The name of the file that declares what the votes mean.
pub(super) const FORMAT: &str = "format.json";

/// The files of an export by their parts.
pub(super) struct Files {
    pub summary: Option<String>,
    pub comments: String,
    pub votes: Option<String>,
    pub matrix: Option<String>,
    pub format: Option<String>,
    /// Their size in all.
    pub bytes: u64,
    /// CSV files that are no part of it.
    pub others: Vec<String>,
}

impl Files {
    /// The files of an export in a directory.
    pub fn find(dir: &Path) -> Result<Self, ImportError> {
        let there = names(dir)?;
        let summary = one(&there, summary::FILE, &[summary::FILE])?;
        let comments = one(&there, comments::FILE, &[comments::FILE])?;
        let matrix = one(&there, matrix::FILES[0], &matrix::FILES)?;
        // Names of the matrix end like those of the votes.
        let is_matrix = |name: &&String| !matrix::FILES.iter().any(|file| is_called(name, file));
        let rest: Vec<String> = there.iter().filter(is_matrix).cloned().collect();
        let votes = one(&rest, votes::FILE, &[votes::FILE])?;
        let format = one(&there, FORMAT, &[FORMAT])?;
        let Some(comments) = comments else {
            return Err(ImportError::Missing { file: comments::FILE, there });
        };
        if votes.is_none() && matrix.is_none() {
            return Err(ImportError::NoVotes { there });
        }
        let mut bytes = 0;
        for file in [summary.as_ref(), Some(&comments), votes.as_ref(), matrix.as_ref()].into_iter().flatten()
        {
            bytes += size(dir, file)?;
        }
        let read = |name: &String| {
            [summary.as_ref(), Some(&comments), votes.as_ref(), matrix.as_ref()].contains(&Some(name))
        };
        let is_table = |name: &&String| name.to_lowercase().ends_with(".csv") && !read(name);
        let others = there.iter().filter(is_table).cloned().collect();
        Ok(Self { summary, comments, votes, matrix, format, bytes, others })
    }
}

/// The names of what is in a directory, sorted.
fn names(dir: &Path) -> Result<Vec<String>, ImportError> {
    let unreadable =
        |source| ImportError::Read(ReadError::Unreadable { file: dir.display().to_string(), source });
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable)?.take(MAX_ENTRIES) {
        names.push(entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// The one file that has one of these names, or one of them after a dash.
fn one(there: &[String], file: &'static str, names: &[&str]) -> Result<Option<String>, ImportError> {
    let mut found = there.iter().filter(|name| names.iter().any(|wanted| is_called(name, wanted)));
    match (found.next(), found.next()) {
        (Some(first), Some(second)) => {
            Err(ImportError::Ambiguous { file, first: first.clone(), second: second.clone() })
        }
        (first, _) => Ok(first.cloned()),
    }
}

fn is_called(name: &str, wanted: &str) -> bool {
    let name = name.to_lowercase();
    // Systems put files of their own beside others: `._comments.csv`.
    !name.starts_with('.')
        && name
            .strip_suffix(wanted)
            .is_some_and(|before| before.is_empty() || before.ends_with(['-', '_', ' ']))
}

/// A file's size. Only plain files: a pipe could wait for ever.
fn size(dir: &Path, file: &str) -> Result<u64, ImportError> {
    match std::fs::metadata(dir.join(file)) {
        Ok(found) if found.is_file() && found.len() <= MAX_FILE_BYTES => Ok(found.len()),
        Ok(found) if found.is_file() => Err(ReadError::TooBig { file: file.to_owned() }.into()),
        Ok(_) => Err(ImportError::NotAFile { file: file.to_owned() }),
        // A link that leads nowhere.
        Err(source) if source.kind() == ErrorKind::NotFound => {
            Err(ImportError::NotAFile { file: file.to_owned() })
        }
        Err(source) => Err(ReadError::Unreadable { file: file.to_owned(), source }.into()),
    }
}
