//! Who was erased, noted outside the data directory: a backup from before does not know of it, and whoever
//! restores one takes this file along, so that erased people stay erased.
//!
//! A line says when, in which conversation, and a hash that only a backup with the link to that person can be
//! held against: it names nobody, and leads to no number.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::domain::{ConversationId, StatementNumber, Timestamp};
use crate::private;

/// One person who was erased, one conversation that was deleted, or one statement that was taken out of what is kept
/// of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// When.
    pub at: Timestamp,
    /// The conversation's id.
    pub conversation: String,
    /// Whose link to their number was destroyed; nothing where it was all links, or the whole conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// Whether it was the links to everybody, and words that were not shown.
    #[serde(default, skip_serializing_if = "is_false")]
    pub links: bool,
    /// The statement that was taken out of what is kept of the conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<StatementNumber>,
}

impl Erasure {
    /// A whole conversation.
    pub fn of_conversation(at: Timestamp, conversation: ConversationId) -> Self {
        Self { at, conversation: conversation.to_string(), who: None, links: false, statement: None }
    }

    /// A statement of what is kept of one.
    pub fn of_kept_statement(
        at: Timestamp,
        conversation: ConversationId,
        statement: StatementNumber,
    ) -> Self {
        Self { statement: Some(statement), ..Self::of_conversation(at, conversation) }
    }
}

fn is_false(value: &bool) -> bool {
    !*value
}

/// The file.
#[derive(Clone, Debug)]
pub struct ErasureRecord(PathBuf);

impl ErasureRecord {
    /// A file that need not be there yet.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// The file beside a data directory: `boule-data.erasures` for `boule-data`.
    pub fn beside(data: &Path) -> Self {
        let mut name = data.file_name().unwrap_or_default().to_owned();
        name.push(".erasures");
        Self(data.with_file_name(name))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Whether it can be written.
    pub fn check(&self) -> io::Result<()> {
        self.open().map(|_| ())
    }

    fn open(&self) -> io::Result<File> {
        private::file_if_missing(&self.0)?;
        File::options().append(true).open(&self.0)
    }

    /// Adds lines; they are on disk when this returns.
    pub(super) fn add(&self, erasures: &[Erasure]) -> io::Result<()> {
        let mut lines = String::new();
        for erasure in erasures {
            lines += &serde_json::to_string(erasure).map_err(io::Error::other)?;
            lines.push('\n');
        }
        let mut file = self.open()?;
        let whole = drop_half_line(&self.0, &file)?;
        if let Err(error) = file.write_all(lines.as_bytes()) {
            // What is half written would spoil the next line.
            let _ = file.set_len(whole);
            return Err(error);
        }
        file.sync_all()
    }

    /// Adds what stands in another note and not in this one.
    pub fn take_over(&self, others: &[Erasure]) -> io::Result<()> {
        let known = match self.read() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            read => read?,
        };
        let new: Vec<Erasure> = others.iter().filter(|other| !known.contains(other)).cloned().collect();
        self.add(&new)
    }

    /// All that were noted. A last line that was cut off by a crash is passed over: nothing was erased then.
    pub fn read(&self) -> io::Result<Vec<Erasure>> {
        let text = std::fs::read_to_string(&self.0)?;
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        let read = |(number, line): (usize, &str)| {
            serde_json::from_str(line)
                .map_err(|error| io::Error::other(format!("line {}: {error}", number + 1)))
        };
        whole.lines().enumerate().filter(|(_, line)| !line.is_empty()).map(read).collect()
    }
}

/// Takes off a last line that was cut off by a crash: nothing was erased then. How long the file is.
fn drop_half_line(path: &Path, file: &File) -> io::Result<u64> {
    let written = std::fs::read(path)?;
    let whole = written.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    if whole < written.len() {
        file.set_len(whole as u64)?;
    }
    Ok(whole as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_noted_is_read_back_and_half_a_line_is_passed_over() {
        let dir = tempfile::tempdir().unwrap();
        let record = ErasureRecord::beside(&dir.path().join("data"));
        assert!(record.path().ends_with("data.erasures") && record.read().is_err());
        let one = Erasure {
            at: Timestamp(1),
            conversation: "c".into(),
            who: Some("h".into()),
            links: false,
            statement: None,
        };
        let all = Erasure { who: None, ..one.clone() };
        record.add(std::slice::from_ref(&one)).unwrap();
        record.add(std::slice::from_ref(&all)).unwrap();
        std::fs::OpenOptions::new().append(true).open(record.path()).unwrap().write_all(b"{\"at\":").unwrap();
        assert_eq!(record.read().unwrap(), [one.clone(), all.clone()]);
        // The next line does not stick to the half one.
        record.add(std::slice::from_ref(&one)).unwrap();
        assert_eq!(record.read().unwrap(), [one.clone(), all, one]);
        std::fs::write(record.path(), "nonsense\n").unwrap();
        assert!(record.read().unwrap_err().to_string().contains("line 1"));
    }
}
