//! The owner's faithful copy: four files, in the old Polis exporter's columns.
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
use crate::conversation::ConversationRecord;
use crate::conversation::Participant;
use crate::domain::{Choice, ParticipantNumber, StatementNumber};
use crate::opinion::map::opinion_map::label;
use crate::opinion::{Group, OpinionMap};
use crate::private;

const README: &str = "README.txt";
const FILES: [&str; 5] = [comments::FILE, votes::FILE, matrix::FILES[0], summary::FILE, README];

/// What each column of the copy is, for whoever opens it.
const WORDS: &str = include_str!("copy-readme.txt");

/// Writes comments.csv, votes.csv, participants-votes.csv and summary.csv into a directory, which is
/// made if it is not there and must not hold any of them, and a README that says what is in them.
/// `vote_log` is every vote event in the order of the log; `groups` the opinion group of everybody who
/// is placed.
pub fn write_export(
    out: &Path,
    record: &ConversationRecord,
    vote_log: &[ImportedVote],
    groups: &HashMap<ParticipantNumber, u32>,
) -> Result<(), ExportError> {
    into_files(out, &FILES, |file, mut created| match file {
        comments::FILE => table(created, |rows| write_comments(rows, record)),
        votes::FILE => table(created, |rows| write_votes(rows, vote_log)),
        summary::FILE => table(created, |rows| write_summary(rows, record, groups)),
        README => created.write_all(WORDS.as_bytes()),
        _ => table(created, |rows| write_matrix(rows, record, groups)),
    })
}

/// Letters that are looked for: more than maps have groups, and letters that came and went.
const MOST_LETTERS: u32 = 26 * 26;

/// The number of everybody's group in files: 0 for the letter A on the pages, 1 for B, and so on, also
/// where a letter between is gone.
pub fn group_ids(map: &OpinionMap) -> HashMap<ParticipantNumber, u32> {
    let id = |group: &Group| Some((group.id, (0..MOST_LETTERS).find(|id| label(*id) == group.label)?));
    let ids: HashMap<u32, u32> = map.groups.iter().filter_map(id).collect();
    map.participants.iter().filter_map(|p| Some((p.id, *ids.get(&p.group()?)?))).collect()
}

/// Writes files into a directory, which is made if it is not there and must not hold any of them. Only
/// their owner can read them.
pub(super) fn into_files(
    out: &Path,
    files: &[&str],
    write: impl Fn(&str, File) -> io::Result<()>,
) -> Result<(), ExportError> {
    let unwritable =
        |path: &Path, source| ExportError::Unwritable { file: path.display().to_string(), source };
    private::dir(out).map_err(|source| unwritable(out, source))?;
    for file in files {
        let path = out.join(file);
        // Also a link that leads nowhere is something that is there.
        if path.symlink_metadata().is_ok() {
            return Err(ExportError::Exists(path.display().to_string()));
        }
    }
    for file in files {
        let path = out.join(file);
        let written = private::file(&path).and_then(|created| write(file, created));
        written.map_err(|source| unwritable(&path, source))?;
    }
    Ok(())
}

/// Writes rows into a file.
pub(super) fn table(
    file: File,
    write: impl FnOnce(&mut RowWriter<BufWriter<File>>) -> io::Result<()>,
) -> io::Result<()> {
    let mut rows = RowWriter(csv::Writer::from_writer(BufWriter::new(file)));
    write(&mut rows)?;
    rows.finish()
}

/// Rows on their way into a file.
pub(super) struct RowWriter<W: Write>(csv::Writer<W>);

impl<W: Write> RowWriter<W> {
    /// Writes one row.
    pub fn write<S: AsRef<[u8]>>(&mut self, fields: impl IntoIterator<Item = S>) -> io::Result<()> {
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

fn write_comments<W: Write>(rows: &mut RowWriter<W>, record: &ConversationRecord) -> io::Result<()> {
    // Ours come last, so that programs that count the old columns still find them.
    rows.write(&comments::COLUMNS[..10])?;
    for statement in record.kept() {
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

fn write_votes<W: Write>(rows: &mut RowWriter<W>, vote_log: &[ImportedVote]) -> io::Result<()> {
    // Readers of Polis's files know this column; nobody is asked to know it where nothing is marked.
    let marks = vote_log.iter().any(|vote| vote.important);
    let header = ["timestamp", "datetime", "comment-id", "voter-id", "vote", "important"];
    rows.write(&header[..header.len() - usize::from(!marks)])?;
    for vote in order::by_cell(vote_log) {
        let [timestamp, datetime] = moment(vote.at_ms);
        let (statement, participant) = (vote.statement.to_string(), vote.participant.to_string());
        let important = u8::from(vote.important).to_string();
        let row = [timestamp, datetime, statement, participant, vote.choice.value().to_string(), important];
        rows.write(&row[..row.len() - usize::from(!marks)])?;
    }
    Ok(())
}

/// Everybody who voted, in the order of first appearance in votes.csv: Polis's row order, from which
/// its clustering starts.
pub(super) fn voters(record: &ConversationRecord) -> Vec<(ParticipantNumber, &Participant)> {
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
    record.kept().filter(|s| s.tally.seen() > 0).map(|s| s.number).collect()
}

fn write_matrix<W: Write>(
    rows: &mut RowWriter<W>,
    record: &ConversationRecord,
    groups: &HashMap<ParticipantNumber, u32>,
) -> io::Result<()> {
    let statements = voted(record);
    let names = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"];
    rows.write(names.into_iter().map(str::to_owned).chain(statements.iter().map(ToString::to_string)))?;
    let mut authored: BTreeMap<ParticipantNumber, usize> = BTreeMap::new();
    for author in record.kept().filter_map(|statement| statement.author) {
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
    rows: &mut RowWriter<W>,
    record: &ConversationRecord,
    groups: &HashMap<ParticipantNumber, u32>,
) -> io::Result<()> {
    let conversation = &record.conversation;
    let voters = record.participants.values().filter(|own| !own.votes.is_empty()).count().to_string();
    // Not more than an import takes.
    let people = record.participants.len() as u64 + u64::from(conversation.onlookers);
    let views = people.min(ParticipantNumber::MAX.into());
    let commenters: BTreeSet<_> = record.kept().filter_map(|s| s.author).collect();
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
