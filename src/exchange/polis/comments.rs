//! comments.csv: the statements.
//!
//! It does not know the votes; what the file counts of them is kept apart, to be compared.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::ImportedStatement;
use super::note::Note;
use super::table::{Line, Table, whole_number};
use super::times::Times;
use crate::domain::{Moderation, StatementNumber};
use crate::exchange::csv::{Problem, ReadError, ReadProgress};

/// The file's name.
pub(super) const FILE: &str = "comments.csv";
/// The columns that we know: those that are read, and those that are computed from the votes.
pub(super) const COLUMNS: [&str; 12] = [
    "timestamp",
    "datetime",
    "comment-id",
    "author-id",
    "agrees",
    "disagrees",
    "moderated",
    "comment-body",
    "is-meta",
    "is-seed",
    "importance",
    "group-informed-consensus",
];
/// The most statements of a conversation: a row of participants-votes.csv can't have more fields.
const MAX_STATEMENTS: usize = 90_000;

/// What comments.csv says.
pub(super) struct Comments {
    /// By number.
    pub statements: Vec<ImportedStatement>,
    pub numbers: BTreeSet<StatementNumber>,
    /// Agrees and disagrees as the file counts them, where it does.
    pub totals: BTreeMap<StatementNumber, (u32, u32)>,
}

struct Columns {
    number: usize,
    body: usize,
    moderated: usize,
    author: Option<usize>,
    meta: Option<usize>,
    seed: Option<usize>,
    totals: Option<(usize, usize)>,
}

/// Reads comments.csv.
pub(super) fn read(
    dir: &Path,
    file: &str,
    progress: &mut ReadProgress<'_>,
    notes: &mut Vec<Note>,
) -> Result<Comments, ReadError> {
    let mut table = Table::open(dir, file, Some("comment-body"), progress)?;
    let columns = Columns {
        number: table.require("comment-id")?,
        body: table.require("comment-body")?,
        moderated: table.require("moderated")?,
        author: table.column("author-id"),
        meta: table.column("is-meta"),
        seed: table.column("is-seed"),
        totals: table.column("agrees").zip(table.column("disagrees")),
    };
    let mut times = Times::of(&table);
    let mut found: BTreeMap<StatementNumber, ImportedStatement> = BTreeMap::new();
    let mut totals = BTreeMap::new();
    while let Some(line) = table.next_line()? {
        let statement = read_line(&line, &columns, &mut times)?;
        let number = statement.number;
        if let Some((agrees, disagrees)) = columns.totals {
            // A count that is none says nothing.
            let total = |column| whole_number(&line.text(column), u32::MAX.into()).ok();
            let total = |column| u32::try_from(total(column)?).ok();
            totals.extend(total(agrees).zip(total(disagrees)).map(|total| (number, total)));
        }
        if found.insert(number, statement).is_some() {
            return Err(line.wrong(columns.number, Problem::DuplicateStatement(number.0)));
        }
        if found.len() > MAX_STATEMENTS {
            return Err(line.wrong(columns.number, Problem::TooManyRows(MAX_STATEMENTS)));
        }
    }
    table.notes(|name| COLUMNS.contains(&name), notes);
    times.notes(file, notes);
    note_missing(file, &columns, notes);
    if table.column("importance").is_some() {
        notes.push(Note::ImportanceLeftOut { file: file.to_owned() });
    }
    Ok(Comments {
        numbers: found.keys().copied().collect(),
        statements: found.into_values().collect(),
        totals,
    })
}

fn read_line(line: &Line<'_>, columns: &Columns, times: &mut Times) -> Result<ImportedStatement, ReadError> {
    let author = columns.author.filter(|author| !line.text(*author).is_empty());
    Ok(ImportedStatement {
        number: line.statement(columns.number)?,
        author: author.map(|author| line.participant(author)).transpose()?,
        moderation: line.one_of(columns.moderated, Moderation::from_polis, Problem::NotAModeration)?,
        meta: line.flag(columns.meta)?,
        seed: line.flag(columns.seed)?,
        text: line.text(columns.body).into_owned(),
        submitted_at_ms: times.read(line)?,
    })
}

fn note_missing(file: &str, columns: &Columns, notes: &mut Vec<Note>) {
    let optional = [
        (columns.author, "author-id", "the authors stay unknown"),
        (columns.meta, "is-meta", "no statement is taken to be about the person"),
        (columns.seed, "is-seed", "no statement is taken to be the organiser's"),
    ];
    for (found, column, assumed) in optional {
        if found.is_none() {
            notes.push(Note::NoColumn { file: file.to_owned(), column, assumed });
        }
    }
}
