//! What the organiser publishes beside what is computed: a headline, information to read first, results as they
//! stood on a day, and every vote as a row, where that was promised.

use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use super::effects::Effects;
use super::payload::{ApplyResult, Header, Payload, by_staff, words_in};
use super::publications::{Headline, Information, ReleasedRows, Snapshot};
use super::record::ConversationRecord;
use super::settings::{ConversationState, ResultsRule};
use crate::domain::{Field, PersonalText, Rejection, Seq, clean_line};

/// The longest headline, in characters.
pub const MAX_HEADLINE: usize = 140;
/// The longest information, in characters.
pub const MAX_INFORMATION: usize = 6_000;
/// The most results that are kept of one conversation.
const MAX_SNAPSHOTS: usize = 50;

/// What can be published.
#[derive(Clone, Debug)]
pub enum PublishingAct {
    /// Writes the organiser's own line above the results; nothing takes it off.
    Headline(String),
    /// Writes what people should read before they vote; nothing takes it off.
    Information(String),
    /// Keeps the results as they stand.
    Snapshot(Box<SnapshotDocument>),
    /// Releases everybody's votes as rows.
    Rows(Box<RowsDocument>),
}

/// Results as they stood, to be kept.
#[derive(Clone, Debug)]
pub struct SnapshotDocument {
    /// The position in the log that they cover.
    pub version: Seq,
    /// Them, as JSON.
    pub results: String,
    /// Its SHA-256, in hex digits.
    pub sha256: String,
}

/// Votes as rows, to be released.
#[derive(Clone, Debug)]
pub struct RowsDocument {
    /// The last event that they know. Where the log has gone on since, they are not released.
    pub at: Seq,
    /// How many rows.
    pub people: u32,
    /// Them, as CSV.
    pub csv: String,
    /// Its SHA-256, in hex digits.
    pub sha256: String,
}

/// The organiser wrote a line above the results, or took it off.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadlineWritten {
    /// Its words; none where it was taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<PersonalText>,
}

/// The organiser wrote what people should read before they vote, or took it off.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InformationWritten {
    /// The first is 1.
    pub version: u32,
    /// Its words; none where it was taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<PersonalText>,
}

/// Results were kept as they stood.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultsKept {
    /// The first is 1.
    pub number: u32,
    /// The position in the log that they cover.
    pub version: Seq,
    /// The SHA-256 of what is kept, in hex digits.
    pub sha256: String,
}

/// Everybody's votes were released as rows. There is no way back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowsReleased {
    /// How many rows.
    pub people: u32,
    /// The SHA-256 of the file, in hex digits.
    pub sha256: String,
}

/// Words that may have been taken off.
macro_rules! words_if_any {
    () => {
        fn words(&self) -> Vec<&PersonalText> {
            self.text.iter().collect()
        }

        fn words_mut(&mut self) -> Vec<&mut PersonalText> {
            self.text.iter_mut().collect()
        }
    };
}

impl Payload for HeadlineWritten {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, _: &mut Effects) -> ApplyResult {
        let published = &mut record.conversation.published;
        published.headline = self.text.map(|text| Headline { text, at: header.at });
        Ok(())
    }

    words_if_any!();
}

impl Payload for InformationWritten {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, _: &mut Effects) -> ApplyResult {
        let Self { version, text } = self;
        record.conversation.published.information = Some(Information { version, text, at: header.at });
        Ok(())
    }

    words_if_any!();
}

impl Payload for ResultsKept {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, _: &mut Effects) -> ApplyResult {
        let snapshots = &mut record.conversation.published.snapshots;
        snapshots.push(Snapshot { number: self.number, at: header.at });
        Ok(())
    }

    words_in!();
}

impl Payload for RowsReleased {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, _: &mut Effects) -> ApplyResult {
        let Self { people, sha256 } = self;
        record.conversation.published.rows = Some(ReleasedRows { at: header.at, people, sha256 });
        Ok(())
    }

    words_in!();
}

/// Under which name results are kept that stood on a day.
pub fn snapshot_name(number: u32) -> String {
    format!("snapshot-{number}")
}

/// Under which name rows are kept.
pub const ROWS_NAME: &str = "rows";

pub(super) fn decide<B>(
    desk: &Desk,
    actor: &Actor,
    act: &PublishingAct,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection>
where
    B: From<HeadlineWritten> + From<InformationWritten> + From<ResultsKept> + From<RowsReleased>,
{
    let by = actor.in_charge()?;
    let conversation = &desk.record.conversation;
    let published = &conversation.published;
    match act {
        PublishingAct::Headline(text) => {
            let text = within(Field::Headline, clean_line(text), MAX_HEADLINE)?;
            if text == published.headline.as_ref().map_or("", |headline| headline.text.text()) {
                return Ok(Decided::changed(0));
            }
            let text = committed(text, given);
            pending.push(actor, given, by, HeadlineWritten { text })?;
        }
        PublishingAct::Information(text) => {
            let lines: Vec<String> = text.lines().map(clean_line).collect();
            let text = within(Field::Information, lines.join("\n").trim().to_owned(), MAX_INFORMATION)?;
            let before = published.to_read().and_then(|information| information.text.as_ref());
            if text == before.map_or("", PersonalText::text) {
                return Ok(Decided::changed(0));
            }
            let version = published.information.as_ref().map_or(1, |information| information.version + 1);
            let text = committed(text, given);
            pending.push(actor, given, by, InformationWritten { version, text })?;
        }
        PublishingAct::Snapshot(document) => {
            if conversation.state == ConversationState::Draft {
                return Err(Rejection::NotOpen);
            }
            // They are kept as everybody could read them.
            if conversation.settings.results == ResultsRule::AtClose
                && conversation.state == ConversationState::Open
            {
                return Err(Rejection::StillOpen);
            }
            if published.snapshots.len() >= MAX_SNAPSHOTS {
                return Err(Rejection::TooManySnapshots { max: MAX_SNAPSHOTS });
            }
            let number = published.snapshots.last().map_or(1, |last| last.number + 1);
            let SnapshotDocument { version, results, sha256 } = SnapshotDocument::clone(document);
            pending.documents.push((snapshot_name(number), results));
            pending.push(actor, given, by, ResultsKept { number, version, sha256 })?;
        }
        PublishingAct::Rows(document) => {
            desk.check_rows()?;
            if desk.record.seq != document.at {
                return Err(Rejection::ChangedMeanwhile);
            }
            let RowsDocument { people, csv, sha256, .. } = RowsDocument::clone(document);
            pending.documents.push((ROWS_NAME.to_owned(), csv));
            pending.push(actor, given, by, RowsReleased { people, sha256 })?;
        }
    }
    Ok(Decided::changed(1))
}

fn committed(text: String, given: &mut DecisionInputs<'_>) -> Option<PersonalText> {
    (!text.is_empty()).then(|| PersonalText::new(text, (given.salt)()))
}

fn within(field: Field, text: String, max: usize) -> Result<String, Rejection> {
    if text.chars().count() > max { Err(Rejection::TextTooLong { field, max }) } else { Ok(text) }
}

impl Desk {
    /// Whether rows may be released: once, after the end, and only where everybody who voted was told before.
    pub fn check_rows(&self) -> Result<(), Rejection> {
        let conversation = &self.record.conversation;
        if conversation.published.rows.is_some() {
            return Err(Rejection::RowsReleased);
        }
        if !conversation.published.rows_promised {
            return Err(Rejection::RowsNotPromised);
        }
        match conversation.state {
            ConversationState::Closed => Ok(()),
            ConversationState::Open => Err(Rejection::StillOpen),
            ConversationState::Draft | ConversationState::Deleted => Err(Rejection::NotOpen),
        }
    }
}
