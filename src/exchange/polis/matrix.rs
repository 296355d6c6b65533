//! participants-votes.csv: one row a participant, one column a statement, current votes in the
//! cells.
//!
//! It does not know votes.csv. Invariant: a participant has one row.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::ImportedVote;
use super::error::ImportError;
use super::note::Note;
use super::sign::Evidence;
use super::table::{Line, Table, whole_number};
use super::votes::{MAX_VOTES, UnlistedVotes};
use crate::domain::{Choice, ParticipantNumber, StatementNumber};
use crate::exchange::csv::{Problem, ReadError, ReadProgress};

/// The file's names: that of old exports and ours, and that of newer ones.
pub(super) const FILES: [&str; 2] = ["participants-votes.csv", "participant-votes.csv"];
const COLUMNS: [&str; 7] =
    ["participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"];

/// What participants-votes.csv says.
#[derive(Default)]
pub(super) struct Matrix {
    /// Its cells, row by row; their moments are unknown.
    pub votes: Vec<ImportedVote>,
    /// Polis's groups.
    pub groups: BTreeMap<ParticipantNumber, u32>,
    /// What other systems call the participants.
    pub xids: BTreeMap<String, ParticipantNumber>,
    /// What the rows' own totals say of the sign of their votes.
    pub evidence: Evidence,
}

struct Columns {
    participant: usize,
    group: Option<usize>,
    xid: Option<usize>,
    /// Votes, agrees and disagrees.
    counts: [Option<usize>; 3],
    statements: Vec<(usize, StatementNumber)>,
    /// Columns of statements that are not listed.
    unknown: Vec<(usize, StatementNumber)>,
}

/// Rows that say something odd.
#[derive(Default)]
struct OddRows {
    counts: u64,
    empty: u64,
}

/// Reads participants-votes.csv.
pub(super) fn read(
    (dir, file): (&Path, &str),
    statements: &BTreeSet<StatementNumber>,
    progress: &mut ReadProgress<'_>,
    notes: &mut Vec<Note>,
) -> Result<Matrix, ImportError> {
    let mut table = Table::open(dir, file, None, progress)?;
    let (known, others): (Vec<_>, Vec<_>) =
        statement_columns(&table)?.into_iter().partition(|(_, number)| statements.contains(number));
    let columns = Columns {
        participant: table.require("participant")?,
        group: table.column("group-id"),
        xid: table.column("xid"),
        counts: ["n-votes", "n-agree", "n-disagree"].map(|name| table.column(name)),
        statements: known,
        unknown: others,
    };
    let mut matrix = Matrix::default();
    let mut odd = OddRows::default();
    let mut unknown = UnlistedVotes::default();
    let mut seen = BTreeSet::new();
    while let Some(line) = table.next_line()? {
        let participant = line.participant(columns.participant)?;
        if !seen.insert(participant) {
            return Err(line.wrong(columns.participant, Problem::DuplicateParticipant(participant.0)).into());
        }
        read_line(&line, participant, &columns, &mut matrix, &mut odd)?;
        for (column, statement) in &columns.unknown {
            if !line.text(*column).is_empty() {
                unknown.add(*statement);
            }
        }
    }
    table.notes(|name| COLUMNS.contains(&name) || looks_like_a_number(name), notes);
    odd.notes(file, notes);
    unknown.note(file, !matrix.votes.is_empty(), notes)?;
    Ok(matrix)
}

/// The columns whose names are numbers of statements.
fn statement_columns(table: &Table<'_>) -> Result<Vec<(usize, StatementNumber)>, ReadError> {
    let mut columns = Vec::new();
    let mut seen = BTreeSet::new();
    let header = table.header();
    for (at, name) in table.names().iter().enumerate() {
        if !looks_like_a_number(name) {
            continue;
        }
        let number = header.statement(at)?;
        // "1" and "01" are two names of one statement.
        if !seen.insert(number) {
            return Err(header.wrong(at, Problem::DuplicateColumn));
        }
        columns.push((at, number));
    }
    Ok(columns)
}

fn looks_like_a_number(name: &str) -> bool {
    name.strip_prefix('-').unwrap_or(name).bytes().next().is_some_and(|byte| byte.is_ascii_digit())
}

fn read_line(
    line: &Line<'_>,
    participant: ParticipantNumber,
    columns: &Columns,
    matrix: &mut Matrix,
    odd: &mut OddRows,
) -> Result<(), ReadError> {
    let before = matrix.votes.len();
    for &(column, statement) in &columns.statements {
        if line.text(column).is_empty() {
            continue;
        }
        if matrix.votes.len() >= MAX_VOTES {
            return Err(line.wrong(column, Problem::TooManyRows(MAX_VOTES)));
        }
        let choice = line.one_of(column, Choice::from_value, Problem::NotAVote)?;
        matrix.votes.push(ImportedVote { statement, participant, choice, at_ms: None, important: false });
    }
    // An empty group is "not placed".
    if let Some(group) = columns.group.filter(|group| !line.text(*group).is_empty()) {
        matrix.groups.insert(participant, line.number(group)?);
    }
    odd.empty += u64::from(matrix.votes.len() == before);
    if let Some(xid) = columns.xid.filter(|xid| !line.text(*xid).is_empty()) {
        matrix.xids.insert(line.text(xid).into_owned(), participant);
    }
    let votes = &matrix.votes[before..];
    odd.counts += u64::from(!counts_agree(line, columns, votes));
    if let [_, Some(agree), Some(disagree)] = columns.counts {
        let total = |column| whole_number(&line.text(column), u32::MAX.into()).ok();
        let total = |column| u32::try_from(total(column)?).ok();
        if let Some(said) = total(agree).zip(total(disagree)) {
            let of = |choice| votes.iter().filter(|vote| vote.choice == choice).count() as u32;
            matrix.evidence.add(said, (of(Choice::Agree), of(Choice::Disagree)));
        }
    }
    Ok(())
}

/// Whether the row's own totals, where it has them, are those of its cells.
fn counts_agree(line: &Line<'_>, columns: &Columns, votes: &[ImportedVote]) -> bool {
    let of = |choice| votes.iter().filter(|vote| vote.choice == choice).count();
    // Mirrored rows are told of as such.
    let [votes, agrees, disagrees] = [votes.len(), of(Choice::Agree), of(Choice::Disagree)];
    let same = |counts: [usize; 3]| {
        columns.counts.into_iter().zip(counts).all(|(column, count)| {
            column.is_none_or(|column| whole_number(&line.text(column), i64::MAX) == Ok(count as i64))
        })
    };
    same([votes, agrees, disagrees]) || same([votes, disagrees, agrees])
}

impl OddRows {
    fn notes(&self, file: &str, notes: &mut Vec<Note>) {
        let file = || file.to_owned();
        if self.counts > 0 {
            notes.push(Note::CountsDiffer { file: file(), rows: self.counts });
        }
        if self.empty > 0 {
            notes.push(Note::NoVotesInRow { file: file(), rows: self.empty });
        }
    }
}
