//! votes.csv: every vote event.
//!
//! Invariant: each is on a statement of comments.csv, and they keep the order of the file.

use std::collections::BTreeSet;
use std::path::Path;

use super::ImportedVote;
use super::error::{ImportError, Problem};
use super::note::Note;
use super::rows::Progress;
use super::table::Table;
use super::times::Times;
use crate::domain::{Choice, StatementNumber};

/// The file's name.
pub(super) const FILE: &str = "votes.csv";
const COLUMNS: [&str; 6] = ["timestamp", "datetime", "comment-id", "voter-id", "vote", "important"];
/// The most vote events of an import: they are held in memory, 32 bytes each.
pub(super) const MAX_VOTES: usize = 20_000_000;

/// Reads votes.csv.
pub(super) fn read(
    dir: &Path,
    statements: &BTreeSet<StatementNumber>,
    progress: &mut Progress<'_>,
    notes: &mut Vec<Note>,
) -> Result<Vec<ImportedVote>, ImportError> {
    let mut table = Table::open(dir, FILE, None, progress)?;
    let statement_column = table.require("comment-id")?;
    let voter_column = table.require("voter-id")?;
    let vote_column = table.require("vote")?;
    let mut times = Times::of(&table);
    let mut votes = Vec::new();
    while let Some(line) = table.next_line()? {
        let statement = line.statement(statement_column)?;
        if !statements.contains(&statement) {
            return Err(line.wrong(statement_column, Problem::UnknownStatement(statement.0)));
        }
        if votes.len() >= MAX_VOTES {
            return Err(line.wrong(vote_column, Problem::TooManyRows(MAX_VOTES)));
        }
        votes.push(ImportedVote {
            statement,
            participant: line.participant(voter_column)?,
            choice: line.one_of(vote_column, Choice::from_value, Problem::NotAVote)?,
            at_ms: times.read(&line)?,
        });
    }
    table.notes(|name| COLUMNS.contains(&name), notes);
    times.notes(FILE, notes);
    Ok(votes)
}
