//! The five files of a current Polis, by the rules of the programs that read them.
//!
//! Two readers are strict. One takes a table with exactly the columns it knows; the other turns every
//! row into a typed record. Each rule below is one of theirs: a row that breaks it is refused there.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::conversation::{ConversationText, Source};
use crate::domain::{Choice, ParticipantNumber, PersonalText};
use crate::opinion::{self, CheckedParams, Votes};

const SUMMARY_KEYS: [&str; 8] = [
    "topic",
    "url",
    "voters",
    "voters-in-conv",
    "commenters",
    "comments",
    "groups",
    "conversation-description",
];
const COMMENT_COLUMNS: [&str; 8] =
    ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"];
const VOTE_COLUMNS: [&str; 5] = ["timestamp", "datetime", "comment-id", "voter-id", "vote"];

fn text(words: &str) -> PersonalText {
    PersonalText::new(words, [3; 16])
}

/// A conversation with all that a strict reader may trip over: the organiser's statement without an
/// author, one imported without a time, one about the person, a rejected one, one that nobody voted
/// on, words with line breaks, votes of an unknown time, and changes of mind within a second.
fn conversation() -> Vec<Event> {
    let question = ConversationText::plain("Why?", "Two\nlines", &mut || [1; 16]);
    let mut bodies = vec![created(question, "", 3)];
    bodies.extend((0..12).map(|n| ParticipantJoined::new(ParticipantNumber(n)).into()));
    for (number, author, meta, to) in [
        (0, None, false, Moderation::Accepted),
        (1, Some(4), false, Moderation::Accepted),
        (2, Some(4), true, Moderation::Accepted),
        (3, Some(5), false, Moderation::Rejected),
        (7, None, false, Moderation::Pending),
    ] {
        let statement = StatementNumber(number);
        let author = author.map(ParticipantNumber);
        let text = text("=1+1, \"all\"\r\nof it; yes");
        let source = if number == 7 { Source::ImportUntimed } else { Source::Live };
        let (seed, submitted) = (author.is_none(), StatementSubmitted::new(statement, text));
        bodies.push(StatementSubmitted { author, seed, meta, source, ..submitted }.into());
        bodies.push(StatementModerated { statement, to, rule: None }.into());
    }
    for (at, (participant, statement)) in (0..12).flat_map(|p| (0..4).map(move |s| (p, s))).enumerate() {
        let side = if participant < 6 { Choice::Agree } else { Choice::Disagree };
        let source = [Source::Live, Source::ImportUntimed, Source::ImportAtMs(1_403_054_214_196)][at % 3];
        for choice in [Choice::Pass, side] {
            let vote = VoteCast::new(ParticipantNumber(participant), StatementNumber(statement), choice);
            bodies.push(VoteCast { source, ..vote }.into());
        }
    }
    in_sequence(by_system(bodies))
}

type Rows = Vec<BTreeMap<String, String>>;

/// A file's columns and rows; every row has as many cells as there are columns.
fn table(dir: &Path, file: &str) -> (Vec<String>, Rows) {
    let bytes = std::fs::read(dir.join(file)).unwrap();
    assert!(!bytes.starts_with(b"\xef\xbb\xbf"), "{file}: the mark at the beginning would be part of a name");
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |row: csv::StringRecord| columns.iter().cloned().zip(row.iter().map(str::to_owned)).collect();
    let rows = reader.records().map(|record| row(record.unwrap())).collect();
    (columns, rows)
}

fn is_count(cell: &str) -> bool {
    !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit())
}

#[test]
fn strict_readers_of_polis_files_take_every_row() {
    let events = conversation();
    let record = fold(&events);
    let map = opinion::compute(&Votes::of_record(&record), &CheckedParams::default());
    assert_eq!(map.groups.len(), 2, "the files are tried with groups");
    let dir = tempfile::tempdir().unwrap();
    write_current(dir.path(), &record, &events, &map).unwrap();
    let names: Vec<String> = written(dir.path()).into_iter().map(|(name, _)| name).collect();
    let five = ["comment-groups.csv", "comments.csv", "participant-votes.csv", "summary.csv", "votes.csv"];
    assert_eq!(names, five);

    let summary = std::fs::read(dir.path().join("summary.csv")).unwrap();
    let mut summary = csv::ReaderBuilder::new().has_headers(false).from_reader(summary.as_slice());
    let summary: Vec<(String, String)> = summary.deserialize().map(Result::unwrap).collect();
    assert_eq!(summary.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), SUMMARY_KEYS);
    for (key, value) in &summary[2..7] {
        assert!(is_count(value), "{key}: {value}");
    }

    let (columns, comments) = table(dir.path(), "comments.csv");
    assert_eq!(columns, COMMENT_COLUMNS);
    let mut ids = BTreeSet::new();
    for row in &comments {
        for count in ["timestamp", "comment-id", "author-id", "agrees", "disagrees"] {
            assert!(is_count(&row[count]), "{count}: {row:?}");
        }
        assert!(["-1", "0", "1"].contains(&row["moderated"].as_str()), "{row:?}");
        assert!(row["datetime"].contains("GMT+0000"), "{row:?}");
        assert!(ids.insert(row["comment-id"].clone()), "two rows of one statement: {row:?}");
    }
    assert_eq!(comments.len(), 5);

    let (columns, votes) = table(dir.path(), "votes.csv");
    assert_eq!(columns, VOTE_COLUMNS);
    let mut keys = BTreeSet::new();
    for row in &votes {
        for count in ["timestamp", "comment-id", "voter-id"] {
            assert!(is_count(&row[count]), "{count}: {row:?}");
        }
        assert!(["-1", "0", "1"].contains(&row["vote"].as_str()), "{row:?}");
        assert!(ids.contains(&row["comment-id"]), "a vote on no statement: {row:?}");
        let key = ["voter-id", "comment-id", "timestamp"].map(|column| row[column].clone());
        assert!(keys.insert(key), "two votes of one second: {row:?}");
    }
    assert_eq!(votes.len(), 96);

    let (columns, matrix) = table(dir.path(), "participant-votes.csv");
    assert_eq!(columns[6..], ["0", "1", "2", "3", "7"]);
    assert_eq!(matrix.len(), 12);
    let (_, groups) = table(dir.path(), "comment-groups.csv");
    assert_eq!(groups.len(), map.statements.len());
}

/// The last vote by time is the vote that counts, and its counts are those beside the statements.
#[test]
fn the_last_second_of_a_person_on_a_statement_is_the_vote_that_counts() {
    let events = conversation();
    let record = fold(&events);
    let map = opinion::compute(&Votes::of_record(&record), &CheckedParams::default());
    let dir = tempfile::tempdir().unwrap();
    write_current(dir.path(), &record, &events, &map).unwrap();
    let mut last: BTreeMap<(String, String), (i64, String)> = BTreeMap::new();
    for row in table(dir.path(), "votes.csv").1 {
        let vote = (row["timestamp"].parse().unwrap(), row["vote"].clone());
        let kept = last.entry((row["comment-id"].clone(), row["voter-id"].clone())).or_default();
        *kept = vote.max(kept.clone());
    }
    for row in table(dir.path(), "comments.csv").1 {
        let of = |choice: &str| {
            let on = last.iter().filter(|((statement, _), _)| *statement == row["comment-id"]);
            on.filter(|(_, (_, vote))| vote == choice).count().to_string()
        };
        assert_eq!((of("1"), of("-1")), (row["agrees"].clone(), row["disagrees"].clone()), "{row:?}");
    }
}
