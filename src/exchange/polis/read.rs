//! Reading a directory: which files are there, in which order they are read, and how they agree.
//!
//! Invariant: votes.csv is the truth where it is there; else participants-votes.csv is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::ErrorKind;
use std::path::Path;

use super::comments::{self, Comments};
use super::error::ImportError;
use super::limits::MAX_FILE_BYTES;
use super::matrix::{self, Matrix};
use super::note::Note;
use super::rows::Progress;
use super::summary::{self, Summary};
use super::{ImportedVote, PolisExport, order, votes};
use crate::domain::{Choice, StatementNumber};

/// How many entries of a directory are looked at for files that are not read.
const MAX_ENTRIES: usize = 1000;

/// Reads a directory that holds a Polis export, old or new, or one of ours.
pub fn read_export(dir: &Path) -> Result<PolisExport, ImportError> {
    read_export_with(dir, &mut |_, _| {})
}

/// The same, and tells the bytes that were read so far and those in all.
pub fn read_export_with(dir: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<PolisExport, ImportError> {
    let files = Files::find(dir)?;
    let mut progress = Progress { read: 0, total: files.bytes, report: progress };
    let mut notes = Vec::new();
    let mut summary = Summary::default();
    if files.summary {
        summary = summary::read(dir, &mut progress, &mut notes)?;
    }
    if summary.topic.is_empty() {
        summary.topic = dir_name(dir);
        notes.push(Note::NoTopic { assumed: summary.topic.clone() });
    }
    let comments = comments::read(dir, &mut progress, &mut notes)?;
    let (votes, groups) = read_votes(dir, &files, &comments, &mut progress, &mut notes)?;
    note_totals(&comments, &votes, &mut notes);
    let names = other_files(dir, &files)?;
    if !names.is_empty() {
        notes.push(Note::FilesIgnored { names });
    }
    let mut export = PolisExport { summary, statements: comments.statements, votes, groups, notes };
    note_views(&mut export);
    Ok(export)
}

/// The files that are there and their size in all.
struct Files {
    summary: bool,
    votes: bool,
    matrix: Option<&'static str>,
    bytes: u64,
}

impl Files {
    fn find(dir: &Path) -> Result<Self, ImportError> {
        let summary = size(dir, summary::FILE)?;
        let comments = size(dir, comments::FILE)?.ok_or(ImportError::Missing { file: comments::FILE })?;
        let votes = size(dir, votes::FILE)?;
        let mut matrix = None;
        for file in matrix::FILES {
            if matrix.is_none() {
                matrix = size(dir, file)?.map(|bytes| (file, bytes));
            }
        }
        if votes.is_none() && matrix.is_none() {
            return Err(ImportError::NoVotes);
        }
        let parts = [summary, Some(comments), votes, matrix.map(|(_, bytes)| bytes)];
        Ok(Self {
            summary: summary.is_some(),
            votes: votes.is_some(),
            matrix: matrix.map(|(file, _)| file),
            bytes: parts.into_iter().flatten().sum(),
        })
    }

    fn reads(&self, name: &str) -> bool {
        let known = [summary::FILE, comments::FILE, votes::FILE];
        known.contains(&name) || self.matrix == Some(name)
    }
}

/// A file's size, if it is there.
fn size(dir: &Path, file: &'static str) -> Result<Option<u64>, ImportError> {
    match std::fs::metadata(dir.join(file)) {
        Ok(found) if !found.is_file() => Err(ImportError::NotAFile { file }),
        Ok(found) if found.len() > MAX_FILE_BYTES => Err(ImportError::TooBig { file }),
        Ok(found) => Ok(Some(found.len())),
        Err(source) if source.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ImportError::Unreadable { file: file.to_owned(), source }),
    }
}

fn dir_name(dir: &Path) -> String {
    let full = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
    full.file_name()
        .map_or_else(|| "Imported conversation".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Names of other CSV files beside those that are read, sorted.
fn other_files(dir: &Path, files: &Files) -> Result<Vec<String>, ImportError> {
    let unreadable = |source| ImportError::Unreadable { file: dir.display().to_string(), source };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(unreadable)?.take(MAX_ENTRIES) {
        let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".csv") && !files.reads(&name) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

type VotesAndGroups = (Vec<ImportedVote>, BTreeMap<crate::domain::ParticipantNumber, u32>);

fn read_votes(
    dir: &Path,
    files: &Files,
    comments: &Comments,
    progress: &mut Progress<'_>,
    notes: &mut Vec<Note>,
) -> Result<VotesAndGroups, ImportError> {
    let numbers = &comments.numbers;
    let log = if files.votes { Some(votes::read(dir, numbers, progress, notes)?) } else { None };
    let matrix = match files.matrix {
        Some(file) => Some(matrix::read(dir, file, numbers, progress, notes)?),
        None => None,
    };
    match (log, matrix) {
        (Some(log), None) => Ok((log, BTreeMap::new())),
        (Some(log), Some(matrix)) => {
            note_differences(&log, &matrix, notes);
            Ok((log, matrix.groups))
        }
        (None, matrix) => {
            notes.push(Note::NoVoteLog);
            let Matrix { votes, groups } = matrix.unwrap_or_default();
            Ok((votes, groups))
        }
    }
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

/// Compares what comments.csv counts with the current votes.
fn note_totals(comments: &Comments, votes: &[ImportedVote], notes: &mut Vec<Note>) {
    let mut counted: BTreeMap<StatementNumber, (u32, u32)> = BTreeMap::new();
    for vote in order::current(votes) {
        let total = counted.entry(vote.statement).or_default();
        total.0 += u32::from(vote.choice == Choice::Agree);
        total.1 += u32::from(vote.choice == Choice::Disagree);
    }
    let differs = |(number, total): &(&StatementNumber, &(u32, u32))| {
        counted.get(number).copied().unwrap_or_default() != **total
    };
    let statements = comments.totals.iter().filter(differs).count() as u64;
    if statements > 0 {
        notes.push(Note::TotalsDiffer { statements });
    }
}

/// Views below the people who are known can't be right.
fn note_views(export: &mut PolisExport) {
    let people = u32::try_from(export.participants().len()).unwrap_or(u32::MAX);
    if let Some(views) = export.summary.views.filter(|views| *views < people) {
        export.notes.push(Note::ViewsTooFew { views, people });
    }
}
