//! summary.csv: the conversation's words, as lines of a key and a value.
//!
//! Its counts are not used, but for the views: all others follow from the statements and votes.

use std::collections::BTreeSet;
use std::path::Path;

use super::agree_is::AgreeSign;
use super::note::Note;
use super::table::whole_number;
use crate::domain::ParticipantNumber;
use crate::exchange::csv::{Column, Location, Problem, ReadError, ReadProgress, Row, Rows};

/// The file's name.
pub(super) const FILE: &str = "summary.csv";
/// Counts that old and newer exports have; ours follow from the votes.
const COMPUTED: [&str; 5] = ["voters", "voters-in-conv", "commenters", "comments", "groups"];

/// What summary.csv says of the conversation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// The question; the directory's name where there is none.
    pub topic: String,
    /// The description.
    pub description: String,
    /// The address it came from.
    pub url: String,
    /// Everybody who came, with or without a vote.
    pub views: Option<u32>,
    /// What the export declares that its votes mean.
    pub agree_is: Option<AgreeSign>,
}

/// Reads summary.csv.
pub(super) fn read(
    dir: &Path,
    file: &str,
    progress: &mut ReadProgress<'_>,
    notes: &mut Vec<Note>,
) -> Result<Summary, ReadError> {
    let mut rows = Rows::open(dir, file, progress)?;
    let mut row = Row::default();
    let mut summary = Summary::default();
    let mut seen = BTreeSet::new();
    let mut unknown = Vec::new();
    while rows.next_row(&mut row)? {
        if row.len() < 2 {
            return Err(rows.wrong(row.line, 1, Problem::Ragged { found: row.len(), expected: 2 }));
        }
        if row.broken == Some(0) || (row.broken.is_some() && row.rest(1).contains('\n')) {
            return Err(rows.wrong(row.line, row.broken.unwrap_or_default(), Problem::TextAfterQuote));
        }
        // Newer exports do not quote: commas belong to the value.
        let loose = row.len() > 2 || row.broken.is_some();
        let value = if loose { row.rest(1).to_owned() } else { row.field(1).into_owned() };
        let key = row.field(0).trim().to_lowercase().replace('_', "-");
        if !seen.insert(key.clone()) {
            return Err(wrong(file, &row, &key, Problem::DuplicateColumn));
        }
        match key.as_str() {
            "topic" => summary.topic = value,
            "conversation-description" => summary.description = value,
            "url" => summary.url = value,
            "views" => {
                let views = whole_number(&value, ParticipantNumber::MAX.into());
                let views = views.map_err(|problem| wrong(file, &row, &key, problem))?;
                summary.views = u32::try_from(views).ok();
            }
            "vote-convention" => {
                let problem = Problem::NotAConvention(value.clone());
                let declared = AgreeSign::parse(&value).ok_or_else(|| wrong(file, &row, &key, problem));
                summary.agree_is = Some(declared?);
            }
            key if COMPUTED.contains(&key) => {}
            _ if unknown.len() < 100 => unknown.push(key),
            _ => {}
        }
    }
    if !unknown.is_empty() {
        notes.push(Note::ColumnsIgnored { file: file.to_owned(), names: unknown });
    }
    Ok(summary)
}

fn wrong(file: &str, row: &Row, key: &str, problem: Problem) -> ReadError {
    let location = Location { file: file.to_owned(), line: row.line, column: Column::Named(key.to_owned()) };
    ReadError::Wrong { location, problem }
}
