//! What an import left out or assumed, and why: one sentence a kind, with its count.

use std::fmt;

use super::error::quoted;

/// How many names of columns or files a note spells out.
const NAMES_SHOWN: usize = 8;

/// Something that whoever imports should know. Each is a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)] // the sentences below say what they are
pub enum Note {
    /// There is no question, so the directory's name stands for it.
    NoTopic { assumed: String },
    /// An optional column is not there.
    NoColumn { file: &'static str, column: &'static str, assumed: &'static str },
    /// Columns or keys that we don't know.
    ColumnsIgnored { file: &'static str, names: Vec<String> },
    /// Files beside the four that are read.
    FilesIgnored { names: Vec<String> },
    /// Times that were seconds.
    Seconds { file: &'static str, rows: u64 },
    /// Times that were empty.
    NoMoment { file: &'static str, rows: u64 },
    /// Unquoted bodies with commas.
    LooseCommas { file: &'static str, rows: u64 },
    /// There is no votes.csv.
    NoVoteLog,
    /// The two files of votes say different things.
    VotesDiffer { cells: u64, people: u64 },
    /// The counts of comments.csv are not those of the current votes.
    TotalsDiffer { statements: u64 },
    /// The counts of participants-votes.csv are not those of its own cells.
    CountsDiffer { rows: u64 },
    /// Rows of participants-votes.csv without a vote.
    NoVotesInRow { rows: u64 },
    /// External ids.
    XidsLeftOut { rows: u64 },
    /// Fewer views than people.
    ViewsTooFew { views: u32, people: u32 },
    /// Votes on statements that are not listed.
    StatementsUnknown { statements: u64 },
    /// −1 meant agree.
    VotesMirrored,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::NoTopic { assumed } => {
                write!(f, "summary.csv gives no topic: the question is the directory's name, {}.", quoted(assumed))
            }
            Note::StatementsUnknown { statements } => {
                write!(f, "There are votes on {} that the list of statements does not have; they were taken as pending.",
                    count(*statements, "statement"))
            }
            Note::VotesMirrored => {
                f.write_str("The statements' own counts say that -1 means agree in the votes: they were turned round.")
            }
            Note::NoColumn { file, column, assumed } => {
                write!(f, "{file} has no column “{column}”: {assumed}.")
            }
            Note::ColumnsIgnored { file, names } => {
                write!(f, "{file} has {} that Boule does not know and left out: {}.",
                    count(names.len() as u64, "column"), listed(names))
            }
            Note::FilesIgnored { names } => {
                write!(f, "The directory has {} that Boule does not read: {}.",
                    count(names.len() as u64, "more file"), listed(names))
            }
            Note::Seconds { file, rows } => {
                write!(f, "{file} gives times in seconds ({}): they are taken as such.", count(*rows, "row"))
            }
            Note::NoMoment { file, rows } => {
                write!(f, "{file} gives no time in {}: it stays unknown.", count(*rows, "row"))
            }
            Note::LooseCommas { file, rows } => {
                write!(f, "{file} has unquoted texts in {}: all to the end of the line is taken as the text.",
                    count(*rows, "row"))
            }
            Note::NoVoteLog => f.write_str(
                "votes.csv is missing: the votes are those of participants-votes.csv, without their times and without overwritten ones.",
            ),
            Note::VotesDiffer { cells, people } => {
                write!(f, "participants-votes.csv differs from votes.csv in {} of {}: votes.csv counts.",
                    count(*cells, "vote"), if *people == 1 { "1 person".into() } else { format!("{people} people") })
            }
            Note::TotalsDiffer { statements } => {
                write!(f, "comments.csv counts other votes than the current ones for {} (Polis counts overwritten votes too): the current votes count.",
                    count(*statements, "statement"))
            }
            Note::CountsDiffer { rows } => {
                write!(f, "participants-votes.csv gives totals in {} that are not those of its votes: the votes count.",
                    count(*rows, "row"))
            }
            Note::NoVotesInRow { rows } => {
                write!(f, "participants-votes.csv has {} without a vote: nobody is made of them.", count(*rows, "row"))
            }
            Note::XidsLeftOut { rows } => {
                write!(f, "participants-votes.csv has external ids in {}: they are left out.", count(*rows, "row"))
            }
            Note::ViewsTooFew { views, people } => {
                write!(f, "summary.csv counts {}, but {people} people voted or wrote: it is not used.",
                    count(u64::from(*views), "view"))
            }
        }
    }
}

fn count(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

fn listed(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(NAMES_SHOWN).map(|name| quoted(name)).collect();
    let more = if names.len() > NAMES_SHOWN { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
