//! Reading a directory: in which order its files are read, and how they agree.
//!
//! Invariant: votes.csv is the truth where it is there; else participants-votes.csv is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use super::agree_is::AgreeSign;
use super::comments::{self, Comments};
use super::error::ImportError;
use super::files::Files;
use super::matrix::{self, Matrix};
use super::note::Note;
use super::sign::{self, Declaration, Evidence};
use super::summary::{self, Summary};
use super::{ImportedVote, PolisExport, format, moderation, order, votes};
use crate::domain::{Choice, ModerationRule, StatementNumber};
use crate::exchange::csv::ReadProgress;

/// What whoever imports knows better than the files.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct ReadOptions {
    /// Whether statements that nobody accepted or rejected are shown; else it is inferred.
    pub moderation: Option<ModerationRule>,
    /// Which number means agree; else the files say it, or +1 is taken.
    pub agree_is: Option<AgreeSign>,
}

/// Reads a directory that holds a Polis export, old or new, or one of ours.
pub fn read_export(dir: &Path) -> Result<PolisExport, ImportError> {
    read_export_with(dir, ReadOptions::default(), &mut |_, _| {})
}

/// The same, and tells the bytes that were read so far and those in all.
pub fn read_export_with(
    dir: &Path,
    options: ReadOptions,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<PolisExport, ImportError> {
    let files = Files::find(dir)?;
    let mut progress = ReadProgress { read: 0, total: files.bytes, report: progress };
    let mut notes = Vec::new();
    let mut summary = Summary::default();
    if let Some(file) = &files.summary {
        summary = summary::read(dir, file, &mut progress, &mut notes)?;
    }
    if summary.topic.is_empty() {
        summary.topic = dir_name(dir);
        notes.push(Note::NoTopic { assumed: summary.topic.clone() });
    }
    let by_file = declared(dir, &files, summary.agree_is)?;
    let declared = Declaration { by_hand: options.agree_is, by_file };
    let comments = comments::read(dir, &files.comments, &mut progress, &mut notes)?;
    let Matrix { votes, groups, xids, .. } =
        read_votes(dir, &files, &comments, declared, &mut progress, &mut notes)?;
    note_totals(&files.comments, &comments, &votes, &mut notes);
    let moderation = moderation::rule(&comments.statements, &votes, options.moderation, &mut notes);
    if !files.others.is_empty() {
        notes.push(Note::FilesIgnored { names: files.others });
    }
    if !xids.is_empty() {
        notes.push(Note::XidsLeftOut { rows: xids.len() as u64 });
    }
    let statements = comments.statements;
    let mut export = PolisExport { summary, statements, votes, groups, xids, moderation, notes };
    note_views(&mut export);
    Ok(export)
}

/// What the files declare that their votes mean; they must not declare two things.
fn declared(dir: &Path, files: &Files, summary: Option<AgreeSign>) -> Result<Option<AgreeSign>, ImportError> {
    let format = files.format.as_ref().map(|file| format::read(dir, file)).transpose()?.flatten();
    match (summary, format, &files.format) {
        (Some(summary), Some(format), Some(file)) if summary != format => {
            Err(ImportError::TwoConventions { summary, file: file.clone(), format })
        }
        _ => Ok(summary.or(format)),
    }
}

fn dir_name(dir: &Path) -> String {
    let full = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    full.file_name()
        .map_or_else(|| "Imported conversation".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn read_votes(
    dir: &Path,
    files: &Files,
    comments: &Comments,
    declared: Declaration,
    progress: &mut ReadProgress<'_>,
    notes: &mut Vec<Note>,
) -> Result<Matrix, ImportError> {
    let numbers = &comments.numbers;
    let mut matrix = None;
    // What the matrix counts, where its sign is known whatever anybody says.
    let mut by_matrix = None;
    if let Some(file) = &files.matrix {
        let mut found = matrix::read((dir, file), numbers, progress, notes)?;
        // Each person's vote on a statement is there once.
        let counted = totals(&found.votes);
        let counts = found.evidence.or_else(held_against(&comments.totals, &counted));
        by_matrix = counts.says().map(|agree| where_agree_is(agree, counted));
        // Its votes are only compared where there is a log, and the log's sign is told.
        let mut told = Vec::new();
        sign::settle(file, &mut found.votes, declared, counts, &mut told)?;
        notes.extend(if files.votes.is_none() { told } else { Vec::new() });
        matrix = Some(found);
    }
    let mut log = None;
    if let Some(file) = &files.votes {
        let mut votes = votes::read((dir, file), numbers, progress, notes)?;
        let mut counts = evidence(&comments.totals, &votes);
        // Where its own counts settle nothing, it is held against a matrix whose counts do.
        if let (None, Some(said)) = (counts.says(), &by_matrix) {
            counts = evidence(said, &votes);
        }
        sign::settle(file, &mut votes, declared, counts, notes)?;
        log = Some(votes);
    }
    match (log, matrix) {
        (Some(votes), None) => Ok(Matrix { votes, ..Matrix::default() }),
        (Some(votes), Some(matrix)) => {
            note_differences(&votes, &matrix, notes);
            Ok(Matrix { votes, ..matrix })
        }
        (None, matrix) => {
            notes.push(Note::NoVoteLog);
            Ok(matrix.unwrap_or_default())
        }
    }
}

/// Agrees and disagrees by statement.
type Totals = BTreeMap<StatementNumber, (u32, u32)>;

fn totals(votes: &[ImportedVote]) -> Totals {
    let mut totals = Totals::new();
    for vote in votes {
        let total = totals.entry(vote.statement).or_default();
        total.0 += u32::from(vote.choice == Choice::Agree);
        total.1 += u32::from(vote.choice == Choice::Disagree);
    }
    totals
}

/// The same of votes in which this number means agree.
fn where_agree_is(agree: AgreeSign, mut totals: Totals) -> Totals {
    if agree == AgreeSign::Minus {
        totals.values_mut().for_each(|(agrees, disagrees)| std::mem::swap(agrees, disagrees));
    }
    totals
}

/// What counts by statement say of the sign of votes that were counted.
fn held_against(said: &Totals, counted: &Totals) -> Evidence {
    let mut evidence = Evidence::default();
    for (number, said) in said {
        evidence.add(*said, counted.get(number).copied().unwrap_or_default());
    }
    evidence
}

/// The same of a log. Polis counts overwritten votes too.
fn evidence(said: &Totals, log: &[ImportedVote]) -> Evidence {
    let current = held_against(said, &totals(&order::current(log)));
    if current.is_exact() { current } else { current.or(held_against(said, &totals(log))) }
}

/// Compares the current votes of votes.csv with the cells of participants-votes.csv.
fn note_differences(log: &[ImportedVote], matrix: &Matrix, notes: &mut Vec<Note>) {
    let cell = |vote: &ImportedVote| ((vote.participant, vote.statement), vote.choice);
    let mut only_log: HashMap<_, Choice> = order::current(log).iter().map(cell).collect();
    let mut people = BTreeSet::new();
    let mut cells = 0;
    for (key, choice) in matrix.votes.iter().map(cell) {
        if only_log.remove(&key) != Some(choice) {
            cells += 1;
            people.insert(key.0);
        }
    }
    cells += only_log.len() as u64;
    people.extend(only_log.keys().map(|(participant, _)| *participant));
    if cells > 0 {
        notes.push(Note::VotesDiffer { cells, people: people.len() as u64 });
    }
}

/// Compares what comments.csv counts with the current votes, and where they differ with all votes.
fn note_totals(file: &str, comments: &Comments, votes: &[ImportedVote], notes: &mut Vec<Note>) {
    let (current, all) = (totals(&order::current(votes)), totals(votes));
    let of = |counted: &Totals, number| counted.get(number).copied().unwrap_or_default();
    let differ: Vec<_> =
        comments.totals.iter().filter(|(number, said)| of(&current, number) != **said).collect();
    let overwritten = differ.iter().filter(|(number, said)| of(&all, number) == **said).count() as u64;
    let others = differ.len() as u64 - overwritten;
    if overwritten > 0 {
        notes.push(Note::OverwrittenCounted { file: file.to_owned(), statements: overwritten });
    }
    if others > 0 {
        notes.push(Note::TotalsDiffer { file: file.to_owned(), statements: others });
    }
}

/// Views below the people who are known can't be right.
fn note_views(export: &mut PolisExport) {
    let people = u32::try_from(export.participants().len()).unwrap_or(u32::MAX);
    if let Some(views) = export.summary.views.filter(|views| *views < people) {
        export.notes.push(Note::ViewsTooFew { views, people });
    }
}
