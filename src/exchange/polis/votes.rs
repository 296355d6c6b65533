//! votes.csv: every vote event.
//!
//! Invariant: each is on a statement of comments.csv, and they keep the order of the file. Votes on
//! other statements are left out, and counted.

use std::collections::BTreeSet;
use std::path::Path;

use super::ImportedVote;
use super::error::ImportError;
use super::note::Note;
use super::table::Table;
use super::times::Times;
use crate::domain::{Choice, StatementNumber};
use crate::exchange::csv::{Problem, ReadProgress};

/// The file's name.
pub(super) const FILE: &str = "votes.csv";
const COLUMNS: [&str; 7] =
    ["timestamp", "datetime", "comment-id", "voter-id", "vote", "important", "high-priority"];
/// The columns with marks of importance, by their names in older and newer exports.
const MARKS: [&str; 2] = ["important", "high-priority"];
/// The most vote events of an import: they are held in memory, 32 bytes each.
pub(super) const MAX_VOTES: usize = 20_000_000;

/// Reads votes.csv.
pub(super) fn read(
    (dir, file): (&Path, &str),
    statements: &BTreeSet<StatementNumber>,
    progress: &mut ReadProgress<'_>,
    notes: &mut Vec<Note>,
) -> Result<Vec<ImportedVote>, ImportError> {
    let mut table = Table::open(dir, file, None, progress)?;
    let statement_column = table.require("comment-id")?;
    let voter_column = table.require("voter-id")?;
    let vote_column = table.require("vote")?;
    let mut times = Times::of(&table);
    let marks: Vec<usize> = MARKS.iter().filter_map(|name| table.column(name)).collect();
    let mut votes = Vec::new();
    let mut unknown = UnlistedVotes::default();
    while let Some(line) = table.next_line()? {
        let statement = line.statement(statement_column)?;
        if votes.len() >= MAX_VOTES {
            return Err(line.wrong(vote_column, Problem::TooManyRows(MAX_VOTES)).into());
        }
        let vote = ImportedVote {
            statement,
            participant: line.participant(voter_column)?,
            choice: line.one_of(vote_column, Choice::from_value, Problem::NotAVote)?,
            at_ms: times.read(&line)?,
            important: marks.iter().any(|mark| matches!(line.flag(Some(*mark)), Ok(true))),
        };
        if statements.contains(&statement) {
            votes.push(vote);
        } else {
            unknown.add(statement);
        }
    }
    table.notes(|name| COLUMNS.contains(&name), notes);
    times.notes(file, notes);
    unknown.note(file, !votes.is_empty(), notes)?;
    Ok(votes)
}

/// Votes on statements that are not listed.
#[derive(Default)]
pub(super) struct UnlistedVotes {
    votes: u64,
    statements: BTreeSet<StatementNumber>,
}

impl UnlistedVotes {
    /// Counts one more vote on a statement that the export does not list.
    pub fn add(&mut self, statement: StatementNumber) {
        self.votes += 1;
        self.statements.insert(statement);
    }

    /// Tells of them; where no vote is left, the files do not belong together.
    pub fn note(self, file: &str, any_known: bool, notes: &mut Vec<Note>) -> Result<(), ImportError> {
        let (file, statements) = (file.to_owned(), self.statements.len() as u64);
        match self.votes {
            0 => {}
            _ if !any_known => return Err(ImportError::NothingKnown { file }),
            votes => notes.push(Note::VotesUnknown { file, votes, statements }),
        }
        Ok(())
    }
}
