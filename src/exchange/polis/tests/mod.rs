//! Tests of the Polis exports: hostile files, newer exports, and there-and-back.

mod current;
mod hostile;
mod order;
mod round_trip;
mod samples;

use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::conversation::{
    ConversationCreated, ConversationRecord, ConversationText, Event, EventBody, NewEvent, ParticipantJoined,
    RecordedActor, Schedule, Settings, StatementModerated, StatementSubmitted, VoteCast,
};
use crate::domain::{ChainHash, ConversationId, Seq, Slug, Timestamp};

/// A directory with these files.
fn directory(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(dir.path().join(name), bytes).unwrap();
    }
    dir
}

/// An import of comments.csv and votes.csv.
fn import(comments: &str, votes: &str) -> PolisExport {
    let files = [("comments.csv", comments.as_bytes()), ("votes.csv", votes.as_bytes())];
    read_export(directory(&files).path()).unwrap()
}

fn created(text: ConversationText, source_url: &str, onlookers: u32) -> EventBody {
    let (slug, schedule, settings) = (Slug::parse("a").unwrap(), Schedule::default(), Settings::default());
    let (format, source_url) = (ConversationCreated::FORMAT, source_url.to_owned());
    ConversationCreated { format, slug, text, schedule, settings, source_url, onlookers }.into()
}

fn by_system(bodies: Vec<EventBody>) -> Vec<NewEvent> {
    bodies.into_iter().map(|body| NewEvent::new(RecordedActor::System, body)).collect()
}

/// Events in their places, one a second, with hashes that nobody checks.
fn in_sequence(events: Vec<NewEvent>) -> Vec<Event> {
    let hash = ChainHash([0; 32]);
    let numbered = |(seq, what)| Event { seq: Seq(seq), at: Timestamp(seq as i64 * 1_000_000), what, hash };
    (1..).zip(events).map(numbered).collect()
}

fn fold(events: &[Event]) -> ConversationRecord {
    let id = ConversationId::from_random([1; 8]);
    ConversationRecord::fold(id, events.iter().cloned()).unwrap().unwrap()
}

fn events_of(export: &PolisExport) -> Vec<Event> {
    in_sequence(to_events(export, &Slug::parse("imported").unwrap(), &mut || [7; 16]))
}

/// The four files of an export, to be compared.
fn written(dir: &Path) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}
