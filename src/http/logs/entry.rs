//! One entry of a log, as people read it.

use std::collections::HashMap;

use axum::response::Response;

use crate::conversation::RecordedActor;
use crate::domain::{Role, Seq, StaffNumber, Timestamp};
use crate::edge::PageError;
use crate::http::csv_file;
use crate::store::{Store, StoreError};
use crate::texts::Texts;

/// Entries on one page.
pub(super) const ENTRIES_PER_PAGE: usize = 50;
/// Entries in one file.
pub(super) const MOST_IN_A_FILE: usize = 100_000;

/// One entry.
pub(super) struct Entry {
    pub seq: Seq,
    pub at: Timestamp,
    /// When, in words.
    pub when: String,
    pub who: String,
    pub what: String,
    pub why: String,
}

/// Sends entries as a file with this name.
pub(super) fn send(name: &str, entries: &[Entry]) -> Result<Response, PageError> {
    let head = ["seq", "at", "who", "what", "why"].map(str::to_owned);
    let row = |entry: &Entry| {
        let at = jiff::Timestamp::from_microsecond(entry.at.0).unwrap_or_default().to_string();
        vec![entry.seq.to_string(), at, entry.who.clone(), entry.what.clone(), entry.why.clone()]
    };
    csv_file::send(name, &head, entries.iter().map(row))
}

/// The names behind the numbers of staff.
pub(in crate::http) struct Names(HashMap<StaffNumber, String>);

impl Names {
    /// All that there are.
    pub async fn read(store: &Store) -> Result<Self, StoreError> {
        Ok(Self(store.staff_names().await?.into_iter().collect()))
    }

    /// How somebody is named; by their number, where there is no name any more.
    pub fn of(&self, number: StaffNumber, texts: &Texts) -> String {
        match self.0.get(&number) {
            Some(name) => name.clone(),
            None => texts.msg("log-nobody").id("number", number.0).to_string(),
        }
    }

    /// Who did something in a conversation.
    pub fn who(&self, by: RecordedActor, texts: &Texts) -> String {
        match by {
            RecordedActor::Staff(number) => self.of(number, texts),
            RecordedActor::System => texts.get("log-boule"),
            RecordedActor::Import => texts.get("log-import"),
            RecordedActor::Participant(_) => texts.role(&Role::Participant),
        }
    }

    /// These people, by name.
    pub fn of_those(&self, numbers: &[StaffNumber]) -> Vec<(StaffNumber, String)> {
        let mut all = self.all();
        all.retain(|(number, _)| numbers.contains(number));
        all
    }

    /// Everybody who can be looked for, by name.
    pub fn all(&self) -> Vec<(StaffNumber, String)> {
        let mut all: Vec<_> = self.0.iter().map(|(number, name)| (*number, name.clone())).collect();
        all.sort_by(|a, b| a.1.cmp(&b.1));
        all
    }
}
