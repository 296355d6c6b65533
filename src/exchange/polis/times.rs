//! Moments in exports: milliseconds since 1970, seconds in newer exports, or nothing.
//!
//! Invariant: a moment that we wrote is read as itself, however early.

use jiff::Timestamp;

use super::note::Note;
use super::table::{Line, Table};
use crate::exchange::csv::ReadError;

/// Below this, a time is in seconds: as milliseconds it would be before March 1973.
const SECONDS_BELOW: i64 = 100_000_000_000;
/// The last moment that can be written as a date, at the end of the year 9999.
const LAST_MS: i64 = 253_402_207_200_000;

/// A moment as old exports write it: `Wed Jun 18 08:16:54 UTC 2014`. (Theirs are in the time zone
/// of the machine that exported.) Empty for what is no date.
pub(super) fn datetime(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .map(|moment| moment.strftime("%a %b %d %H:%M:%S UTC %Y").to_string())
        .unwrap_or_default()
}

/// The time columns of one file, and what was found in them.
pub(super) struct Times {
    timestamp: Option<usize>,
    datetime: Option<usize>,
    seconds: u64,
    empty: u64,
}

impl Times {
    /// Which columns say when, and in which unit.
    pub fn of(table: &Table<'_>) -> Self {
        Self {
            timestamp: table.column("timestamp"),
            datetime: table.column("datetime"),
            seconds: 0,
            empty: 0,
        }
    }

    /// A row's moment in milliseconds.
    pub fn read(&mut self, line: &Line<'_>) -> Result<Option<i64>, ReadError> {
        let Some(column) = self.timestamp else { return Ok(None) };
        if line.text(column).is_empty() {
            self.empty += 1;
            return Ok(None);
        }
        let time = line.integer(column, LAST_MS)?;
        if time >= SECONDS_BELOW || self.is_own_date(line, time) {
            return Ok(Some(time));
        }
        self.seconds += 1;
        Ok(Some(time * 1000))
    }

    /// Whether the date beside it says that a small number is milliseconds after all.
    fn is_own_date(&self, line: &Line<'_>, ms: i64) -> bool {
        self.datetime.is_some_and(|column| line.text(column) == datetime(ms))
    }

    /// What to tell of the file's times.
    pub fn notes(&self, file: &str, notes: &mut Vec<Note>) {
        let file = || file.to_owned();
        if self.timestamp.is_none() {
            let assumed = "the times stay unknown";
            notes.push(Note::NoColumn { file: file(), column: "timestamp", assumed });
        }
        if self.seconds > 0 {
            notes.push(Note::Seconds { file: file(), rows: self.seconds });
        }
        if self.empty > 0 {
            notes.push(Note::NoMoment { file: file(), rows: self.empty });
        }
    }
}
