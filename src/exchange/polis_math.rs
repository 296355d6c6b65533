//! The votes and statements from which a Polis server computed a result, as JSON: two lists of
//! objects. Field names come in two families (`participant_id`, `statement_id`, `moderated`; `pid`,
//! `tid`, `mod`), numbers may be texts, and times may be numbers, texts or dates.
//!
//! Nothing is guessed without a note. Agree is +1 in such files unless the statements' own counts
//! say otherwise: a raw dump of Polis's database has −1. Where there are no counts, that is told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::polis::{
    self, Evidence, ImportedStatement, ImportedVote, Note, PolisExport, ReadOptions, Summary,
};
use crate::domain::{Choice, Moderation, ParticipantNumber, StatementNumber};

/// The largest file that is read.
const MAX_BYTES: u64 = 1 << 30;

/// Why such files can't be read.
#[derive(Debug, thiserror::Error)]
pub enum MathError {
    /// The system does not let us read it.
    #[error("{file} can't be read: {problem}")]
    Unreadable {
        /// Its path.
        file: String,
        /// What the system says.
        problem: std::io::Error,
    },
    /// More bytes than are taken.
    #[error("{file} is larger than {MAX_BYTES} bytes")]
    TooBig {
        /// Its path.
        file: String,
    },
    /// It is no list of objects with the fields that are needed.
    #[error("{file} is not what was expected: {problem}")]
    NotJson {
        /// Its path.
        file: String,
        /// What the parser says, with line and column.
        problem: serde_json::Error,
    },
    /// Whoever imports says of the votes what their counts deny.
    #[error(transparent)]
    Contradiction(#[from] polis::Contradiction),
    /// A field of one entry.
    #[error("{file}, entry {entry}: {problem}")]
    Entry {
        /// Its path.
        file: String,
        /// Counted from 1.
        entry: usize,
        /// What is wrong.
        problem: String,
    },
}

#[derive(Deserialize)]
struct Vote {
    #[serde(alias = "pid")]
    participant_id: Value,
    #[serde(alias = "tid")]
    statement_id: Value,
    vote: Value,
    #[serde(default, alias = "created", alias = "timestamp")]
    modified: Value,
}

#[derive(Deserialize)]
struct Comment {
    #[serde(alias = "tid")]
    statement_id: Value,
    #[serde(default, alias = "pid")]
    participant_id: Value,
    #[serde(default, alias = "text")]
    txt: String,
    #[serde(alias = "mod")]
    moderated: Value,
    #[serde(default)]
    is_meta: bool,
    #[serde(default)]
    is_seed: bool,
    #[serde(default)]
    created: Value,
    #[serde(default)]
    agree_count: Option<u64>,
    #[serde(default)]
    disagree_count: Option<u64>,
}

/// Reads both files.
pub fn read(votes: &Path, comments: &Path, options: ReadOptions) -> Result<PolisExport, MathError> {
    let mut notes = Vec::new();
    let listed: Vec<Comment> = parse(comments)?;
    let mut statements: BTreeMap<StatementNumber, ImportedStatement> = BTreeMap::new();
    for (index, comment) in listed.iter().enumerate() {
        let statement = statement(comment).map_err(|problem| entry(comments, index, problem))?;
        let number = statement.number;
        if statements.insert(number, statement).is_some() {
            return Err(entry(comments, index, format!("statement {number} is there twice")));
        }
    }
    let lines: Vec<Vote> = parse(votes)?;
    let mut log = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        log.push(vote(line).map_err(|problem| entry(votes, index, problem))?);
    }
    let file = votes.file_name().map_or(String::new(), |name| name.to_string_lossy().into_owned());
    let evidence = evidence(&log, &listed);
    polis::settle(&file, &mut log, options.agree_is, evidence, &mut notes)?;
    let unknown: BTreeSet<StatementNumber> =
        log.iter().map(|vote| vote.statement).filter(|number| !statements.contains_key(number)).collect();
    if !unknown.is_empty() {
        notes.push(Note::StatementsUnknown { statements: unknown.len() as u64 });
    }
    for number in unknown {
        statements.insert(number, unlisted(number));
    }
    let topic =
        votes.parent().and_then(Path::file_name).map_or(String::new(), |n| n.to_string_lossy().into_owned());
    let statements: Vec<ImportedStatement> = statements.into_values().collect();
    let moderation = polis::moderation_rule(&statements, &log, options.moderation, &mut notes);
    Ok(PolisExport {
        summary: Summary { topic, ..Summary::default() },
        statements,
        votes: log,
        groups: BTreeMap::new(),
        xids: BTreeMap::new(),
        moderation,
        notes,
    })
}

fn entry(file: &Path, index: usize, problem: String) -> MathError {
    MathError::Entry { file: file.display().to_string(), entry: index + 1, problem }
}

fn parse<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, MathError> {
    let file = || path.display().to_string();
    let unreadable = |problem| MathError::Unreadable { file: file(), problem };
    if std::fs::metadata(path).map_err(unreadable)?.len() > MAX_BYTES {
        return Err(MathError::TooBig { file: file() });
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    serde_json::from_slice(&bytes).map_err(|problem| MathError::NotJson { file: file(), problem })
}

/// A whole number, also as text or with a fraction of zero.
fn whole(value: &Value, what: &str) -> Result<i64, String> {
    let number = match value {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().and_then(exact)),
        Value::String(text) => text.trim().parse().ok().or_else(|| text.trim().parse().ok().and_then(exact)),
        _ => None,
    };
    number.ok_or_else(|| format!("{what} should be a whole number"))
}

fn exact(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
}

fn id(value: &Value, what: &str) -> Result<u32, String> {
    u32::try_from(whole(value, what)?).map_err(|_| format!("{what} should be between 0 and {}", u32::MAX))
}

/// Milliseconds since 1970, from a number, a number as text, or a date; nothing from nothing.
fn moment(value: &Value) -> Result<Option<i64>, String> {
    let problem = || "the time is neither a number of milliseconds nor a date".to_owned();
    match value {
        Value::Null => Ok(None),
        Value::Number(number) => number.as_f64().and_then(milliseconds).map(Some).ok_or_else(problem),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        Value::String(text) => match text.trim().parse::<f64>() {
            Ok(ms) => milliseconds(ms).map(Some).ok_or_else(problem),
            Err(_) => date(text.trim()).map(Some).ok_or_else(problem),
        },
        _ => Err(problem()),
    }
}

/// A number of milliseconds that is a moment: neither before 1970 nor beyond the year 9999.
fn milliseconds(number: f64) -> Option<i64> {
    (0.0..=253_402_300_799_999.0).contains(&number).then_some(number as i64)
}

/// A date with an offset, or in UTC where there is none.
fn date(text: &str) -> Option<i64> {
    let with_offset = text.parse::<jiff::Timestamp>().or_else(|_| format!("{text}Z").parse());
    with_offset.ok().map(jiff::Timestamp::as_millisecond)
}

fn vote(line: &Vote) -> Result<ImportedVote, String> {
    let value = whole(&line.vote, "vote")?;
    Ok(ImportedVote {
        statement: StatementNumber(id(&line.statement_id, "statement_id")?),
        participant: ParticipantNumber(id(&line.participant_id, "participant_id")?),
        choice: Choice::from_value(value).ok_or_else(|| "vote should be -1, 0 or 1".to_owned())?,
        at_ms: moment(&line.modified)?,
        important: false,
    })
}

fn statement(comment: &Comment) -> Result<ImportedStatement, String> {
    let moderated = whole(&comment.moderated, "moderated")?;
    Ok(ImportedStatement {
        number: StatementNumber(id(&comment.statement_id, "statement_id")?),
        author: id(&comment.participant_id, "participant_id").ok().map(ParticipantNumber),
        moderation: Moderation::from_polis(moderated)
            .ok_or_else(|| "moderated should be -1, 0 or 1".to_owned())?,
        meta: comment.is_meta,
        seed: comment.is_seed,
        text: comment.txt.clone(),
        submitted_at_ms: moment(&comment.created)?,
    })
}

/// A statement of which only votes are known: nobody has decided on it.
fn unlisted(number: StatementNumber) -> ImportedStatement {
    ImportedStatement {
        number,
        author: None,
        moderation: Moderation::Pending,
        meta: false,
        seed: false,
        text: String::new(),
        submitted_at_ms: None,
    }
}

/// What the statements' own counts say of the sign of the votes. Servers count overwritten votes too.
fn evidence(votes: &[ImportedVote], comments: &[Comment]) -> Evidence {
    let against = |votes: &[ImportedVote]| {
        let mut counted: BTreeMap<i64, (u32, u32)> = BTreeMap::new();
        for vote in votes {
            let sides = counted.entry(i64::from(vote.statement.0)).or_default();
            sides.0 += u32::from(vote.choice == Choice::Agree);
            sides.1 += u32::from(vote.choice == Choice::Disagree);
        }
        let mut evidence = Evidence::default();
        for comment in comments {
            let total = |count: Option<u64>| u32::try_from(count?).ok();
            let said = total(comment.agree_count).zip(total(comment.disagree_count));
            let number = whole(&comment.statement_id, "").unwrap_or(-1);
            if let Some(said) = said {
                evidence.add(said, counted.get(&number).copied().unwrap_or_default());
            }
        }
        evidence
    };
    against(&polis::current_votes(votes)).or(against(votes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_texts(votes: &str, comments: &str) -> Result<PolisExport, MathError> {
        let dir = tempfile::tempdir().expect("a directory");
        let (a, b) = (dir.path().join("votes.json"), dir.path().join("comments.json"));
        std::fs::write(&a, votes).expect("it is written");
        std::fs::write(&b, comments).expect("it is written");
        read(&a, &b, ReadOptions::default())
    }

    #[test]
    fn both_families_of_names_and_all_kinds_of_times_are_read() {
        let comments = r#"[{"statement_id": 1, "moderated": 1, "is_meta": true, "txt": "a"},
                           {"tid": "2", "mod": -1, "created": "2020-06-29T20:11:22.421000Z"}]"#;
        let votes = r#"[{"participant_id": 3, "statement_id": 1, "vote": 1, "modified": 1594984322740.0},
                        {"pid": 3, "tid": 1, "vote": -1, "created": "1594984322999"},
                        {"pid": "4", "tid": 2, "vote": "0", "modified": "2020-07-17 11:12:02"},
                        {"pid": 5, "tid": 7, "vote": 1.0}]"#;
        let export = read_texts(votes, comments).expect("it is fine");
        let moments: Vec<Option<i64>> = export.votes.iter().map(|vote| vote.at_ms).collect();
        assert_eq!(moments[..2], [Some(1_594_984_322_740), Some(1_594_984_322_999)]);
        assert_eq!((moments[2], moments[3]), (Some(1_594_984_322_000), None));
        assert_eq!(export.statements[1].moderation, Moderation::Rejected);
        assert_eq!(export.statements[1].submitted_at_ms, Some(1_593_461_482_421));
        assert!(export.statements[0].meta && export.statements[2].number.0 == 7);
        assert!(export.notes.contains(&Note::StatementsUnknown { statements: 1 }));
        assert!(export.notes.iter().any(|note| matches!(note, Note::SignUnchecked { said: false, .. })));
        assert_eq!(export.votes().participants[0].votes, [(StatementNumber(1), Choice::Disagree)]);
    }

    #[test]
    fn a_raw_dump_in_which_minus_one_agrees_is_turned_round_when_the_counts_say_so() {
        let comments = r#"[{"tid": 0, "mod": 0, "agree_count": 2, "disagree_count": 0}]"#;
        let votes = r#"[{"pid": 0, "tid": 0, "vote": -1}, {"pid": 1, "tid": 0, "vote": -1}]"#;
        let export = read_texts(votes, comments).expect("it is fine");
        assert!(export.votes.iter().all(|vote| vote.choice == Choice::Agree));
        assert!(export.notes.iter().any(|note| matches!(note, Note::VotesMirrored { by_counts: true, .. })));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let fine = r#"[{"tid": 0, "mod": 0}]"#;
        for (votes, comments, expected) in [
            ("{", fine, "votes.json is not what was expected"),
            ("[{}]", fine, "missing field `participant_id`"),
            (r#"[{"pid": 0, "tid": 0, "vote": 2}]"#, fine, "votes.json, entry 1: vote should be -1, 0 or 1"),
            (r#"[{"pid": -1, "tid": 0, "vote": 1}]"#, fine, "participant_id should be between 0"),
            (r#"[{"pid": 0.5, "tid": 0, "vote": 1}]"#, fine, "participant_id should be a whole number"),
            (r#"[{"pid": 0, "tid": 0, "vote": 1, "modified": "soon"}]"#, fine, "the time is neither"),
            ("[]", r#"[{"tid": 0, "mod": 5}]"#, "comments.json, entry 1: moderated should be"),
            ("[]", r#"[{"tid": 0, "mod": 0}, {"tid": 0, "mod": 0}]"#, "entry 2: statement 0 is there twice"),
        ] {
            let error = read_texts(votes, comments).expect_err("it is wrong").to_string();
            assert!(error.contains(expected), "{error}");
        }
        assert!(read(Path::new("nowhere.json"), Path::new("nowhere.json"), ReadOptions::default()).is_err());
    }
}
