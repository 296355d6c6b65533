//! Writing an export: four files, in the old Polis exporter's columns.
//!
//! It does not know where the votes come from. Texts are written exactly as they are: this is the
//! owner's copy, made to be read by programs and imported again, so a text that a spreadsheet would
//! take for a formula ("=1+1") is not changed. Files that are offered to the public to open in a
//! spreadsheet are not written here.
//!
//! Invariants: `agrees` and `disagrees` count current votes (Polis counts overwritten ones too);
//! the same record gives the same bytes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::error::ExportError;
use super::times::datetime;
use super::{ImportedVote, comments, matrix, order, summary, votes};
use crate::domain::record::Participant;
use crate::domain::{Choice, ConversationRecord, ParticipantNumber, StatementNumber};

const FILES: [&str; 4] = [comments::FILE, votes::FILE, matrix::FILES[0], summary::FILE];

/// Writes comments.csv, votes.csv, participants-votes.csv and summary.csv into a directory, which is
/// made if it is not there and must not hold any of them. `vote_log` is every vote event in the
/// order of the log; `groups` the opinion group of everybody who is placed.
pub fn write_export(
    out: &Path,
    record: &ConversationRecord,
    vote_log: &[ImportedVote],
    groups: &HashMap<ParticipantNumber, u32>,
) -> Result<(), ExportError> {
    let unwritable =
        |path: &Path, source| ExportError::Unwritable { file: path.display().to_string(), source };
    std::fs::create_dir_all(out).map_err(|source| unwritable(out, source))?;
    for file in FILES {
        let path = out.join(file);
        // Also a link that leads nowhere is something that is there.
        if path.symlink_metadata().is_ok() {
            return Err(ExportError::Exists(path.display().to_string()));
        }
    }
    for file in FILES {
        let path = out.join(file);
        let written = File::create_new(&path).and_then(|created| {
            let mut rows = Rows(csv::Writer::from_writer(BufWriter::new(created)));
            match file {
                comments::FILE => write_comments(&mut rows, record),
                votes::FILE => write_votes(&mut rows, vote_log),
                summary::FILE => write_summary(&mut rows, record, groups),
                _ => write_matrix(&mut rows, record, groups),
            }?;
            rows.finish()
        });
        written.map_err(|source| unwritable(&path, source))?;
    }
    Ok(())
}

/// Rows on their way into a file.
struct Rows<W: Write>(csv::Writer<W>);

impl<W: Write> Rows<W> {
    fn write<S: AsRef<[u8]>>(&mut self, fields: impl IntoIterator<Item = S>) -> io::Result<()> {
        self.0.write_record(fields).map_err(io::Error::from)
    }

    fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A moment's two columns, both empty when it is unknown.
fn moment(at_ms: Option<i64>) -> [String; 2] {
    at_ms.map_or_else(Default::default, |ms| [ms.to_string(), datetime(ms)])
}

fn write_comments<W: Write>(rows: &mut Rows<W>, record: &ConversationRecord) -> io::Result<()> {
    // Ours come last, so that programs that count the old columns still find them.
    rows.write([
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
    ])?;
    for statement in record.statements.values() {
        let [timestamp, datetime] = moment(statement.submitted_at_ms);
        rows.write([
            timestamp,
            datetime,
            statement.number.to_string(),
            statement.author.map(|author| author.to_string()).unwrap_or_default(),
            statement.tally.agree.to_string(),
            statement.tally.disagree.to_string(),
            statement.moderation.polis().to_string(),
            statement.text.text().to_owned(),
            statement.meta.to_string(),
            statement.seed.to_string(),
        ])?;
    }
    Ok(())
}

fn write_votes<W: Write>(rows: &mut Rows<W>, vote_log: &[ImportedVote]) -> io::Result<()> {
    rows.write(["timestamp", "datetime", "comment-id", "voter-id", "vote"])?;
    for vote in order::by_cell(vote_log) {
        let [timestamp, datetime] = moment(vote.at_ms);
        let (statement, participant) = (vote.statement.to_string(), vote.participant.to_string());
        rows.write([timestamp, datetime, statement, participant, vote.choice.value().to_string()])?;
    }
    Ok(())
}

/// Everybody who voted, in the order of first appearance in votes.csv: Polis's row order, from which
/// its clustering starts.
fn voters(record: &ConversationRecord) -> Vec<(ParticipantNumber, &Participant)> {
    let mut voters: Vec<(StatementNumber, ParticipantNumber, &Participant)> = record
        .participants
        .iter()
        .filter_map(|(number, participant)| {
            Some((participant.votes.iter().next()?.statement, *number, participant))
        })
        .collect();
    voters.sort_by_key(|(first, number, _)| (*first, *number));
    voters.into_iter().map(|(_, number, participant)| (number, participant)).collect()
}

/// Statements with at least one vote, by number.
fn voted(record: &ConversationRecord) -> Vec<StatementNumber> {
    record.statements.values().filter(|s| s.tally.seen() > 0).map(|s| s.number).collect()
}

fn write_matrix<W: Write>(
    rows: &mut Rows<W>,
    record: &ConversationRecord,
    groups: &HashMap<ParticipantNumber, u32>,
) -> io::Result<()> {
    let statements = voted(record);
    let names = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"];
    rows.write(names.into_iter().map(str::to_owned).chain(statements.iter().map(ToString::to_string)))?;
    let mut authored: BTreeMap<ParticipantNumber, usize> = BTreeMap::new();
    for author in record.statements.values().filter_map(|statement| statement.author) {
        *authored.entry(author).or_default() += 1;
    }
    for (number, participant) in voters(record) {
        let of = |choice| participant.votes.iter().filter(|vote| vote.choice == choice).count();
        let head = [
            number.to_string(),
            groups.get(&number).map(ToString::to_string).unwrap_or_default(),
            authored.get(&number).copied().unwrap_or(0).to_string(),
            participant.votes.len().to_string(),
            of(Choice::Agree).to_string(),
            of(Choice::Disagree).to_string(),
        ];
        let cell = |statement: &StatementNumber| match participant.votes.on(*statement) {
            Some(Choice::Agree) => "1",
            Some(Choice::Pass) => "0",
            Some(Choice::Disagree) => "-1",
            None => "",
        };
        rows.write(head.iter().map(String::as_str).chain(statements.iter().map(cell)))?;
    }
    Ok(())
}

fn write_summary<W: Write>(
    rows: &mut Rows<W>,
    record: &ConversationRecord,
    groups: &HashMap<ParticipantNumber, u32>,
) -> io::Result<()> {
    let conversation = &record.conversation;
    let voters = record.totals().1.to_string();
    // Not more than an import takes.
    let people = record.participants.len() as u64 + u64::from(conversation.onlookers);
    let views = people.min(ParticipantNumber::MAX.into());
    let commenters: BTreeSet<_> = record.statements.values().filter_map(|s| s.author).collect();
    let group_count = groups.values().collect::<HashSet<_>>().len();
    rows.write(["topic", conversation.text.question.text()])?;
    rows.write(["url", conversation.source_url.as_str()])?;
    rows.write(["views", views.to_string().as_str()])?;
    rows.write(["voters", voters.as_str()])?;
    // Old exports say "in-conv" and count every row of the matrix.
    rows.write(["voters-in-conv", voters.as_str()])?;
    rows.write(["commenters", commenters.len().to_string().as_str()])?;
    rows.write(["comments", voted(record).len().to_string().as_str()])?;
    rows.write(["groups", group_count.to_string().as_str()])?;
    rows.write(["conversation-description", conversation.text.description.text()])
}
