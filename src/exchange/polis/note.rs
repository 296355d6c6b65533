//! What an import left out or assumed, and why: one sentence a kind, with its count.

use std::fmt;

use super::agree_is::AgreeSign;
use crate::domain::ModerationRule;
use crate::exchange::csv::quoted;

/// How many names of columns or files a note spells out.
const NAMES_SHOWN: usize = 8;

/// Something that whoever imports should know. Each is a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the sentences below say what they are")]
pub enum Note {
    /// There is no question, so the directory's name stands for it.
    NoTopic { assumed: String },
    /// An optional column is not there.
    NoColumn { file: String, column: &'static str, assumed: &'static str },
    /// Columns or keys that we don't know.
    ColumnsIgnored { file: String, names: Vec<String> },
    /// Files beside those that are read.
    FilesIgnored { names: Vec<String> },
    /// Times that were seconds.
    Seconds { file: String, rows: u64 },
    /// Times that were empty.
    NoMoment { file: String, rows: u64 },
    /// Unquoted bodies with commas.
    LooseCommas { file: String, rows: u64 },
    /// Unquoted bodies with line breaks.
    LooseLines { file: String, rows: u64 },
    /// There is no votes.csv.
    NoVoteLog,
    /// The two files of votes say different things.
    VotesDiffer { cells: u64, people: u64 },
    /// The counts of statements are those of all votes, overwritten ones included.
    OverwrittenCounted { file: String, statements: u64 },
    /// The counts of statements are neither those of the current votes nor those of all votes.
    TotalsDiffer { file: String, statements: u64 },
    /// The counts of participants are not those of their own cells.
    CountsDiffer { file: String, rows: u64 },
    /// Participants without a vote.
    NoVotesInRow { file: String, rows: u64 },
    /// External ids.
    XidsLeftOut { rows: u64 },
    /// Fewer views than people.
    ViewsTooFew { views: u32, people: u32 },
    /// Votes on statements that are not listed, which are taken as pending.
    StatementsUnknown { statements: u64 },
    /// Votes on statements that are not listed, which are left out.
    VotesUnknown { file: String, votes: u64, statements: u64 },
    /// −1 meant agree.
    VotesMirrored { file: String, by_counts: bool },
    /// Nothing beside the votes shows which number means agree.
    SignUnchecked { file: String, agree: AgreeSign, said: bool },
    /// Whoever imports says something else than the counts.
    SignAgainstCounts { file: String, agree: AgreeSign, counted: AgreeSign },
    /// Marks of importance on votes.
    /// Counts of marks of importance on statements.
    ImportanceLeftOut { file: String },
    /// Statements that are neither accepted nor rejected, and whether they are shown.
    Undecided { rule: ModerationRule, undecided: u64, voted_on: u64, asked: bool },
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl Note {
    fn sentence(&self) -> String {
        match self {
            Note::NoTopic { assumed } => {
                format!(
                    "summary.csv gives no topic: the question is the directory's name, {}.",
                    quoted(assumed)
                )
            }
            Note::NoColumn { file, column, assumed } => {
                format!("{file} has no column “{column}”: {assumed}.")
            }
            Note::ColumnsIgnored { file, names } => format!(
                "{file} has {} that Boule does not know and left out: {}.",
                count(names.len() as u64, "column"),
                listed(names)
            ),
            Note::FilesIgnored { names } => format!(
                "The directory has {} that Boule does not read: {}.",
                count(names.len() as u64, "more file"),
                listed(names)
            ),
            Note::Seconds { file, rows } => {
                format!("{file} gives times in seconds ({}): they are taken as such.", count(*rows, "row"))
            }
            Note::NoMoment { file, rows } => {
                format!("{file} gives no time in {}: it stays unknown.", count(*rows, "row"))
            }
            Note::LooseCommas { file, rows } => format!(
                "{file} has unquoted texts in {}: all to the end of the line is taken as the text.",
                count(*rows, "row")
            ),
            Note::LooseLines { file, rows } => format!(
                "{file} has unquoted texts over several lines in {}: the lines were joined into one text.",
                count(*rows, "row")
            ),
            Note::XidsLeftOut { rows } => {
                format!("The export has external ids for {}: Boule does not store these ids.", people(*rows))
            }
            Note::ViewsTooFew { views, people } => format!(
                "summary.csv counts {}, but {} voted or wrote: its number of views is not used.",
                count(u64::from(*views), "view"),
                self::people(u64::from(*people))
            ),
            Note::ImportanceLeftOut { file } => format!(
                "{file} counts marks of importance: they are left out, for Boule has no place for them yet."
            ),
            Note::Undecided { rule, undecided, voted_on, asked } => {
                undecided_words(*rule, *undecided, *voted_on, *asked)
            }
            votes => votes.of_votes(),
        }
    }

    /// The sentences about votes and their counts.
    fn of_votes(&self) -> String {
        match self {
            Note::NoVoteLog => "votes.csv is missing: the votes are those of participants-votes.csv, without their times and without overwritten ones.".into(),
            Note::VotesDiffer { cells, people: n } => format!(
                "participants-votes.csv differs from votes.csv in {} of {}: votes.csv counts.",
                count(*cells, "vote"),
                people(*n)
            ),
            Note::OverwrittenCounted { file, statements } => format!(
                "For {}, {file} also counts votes that were changed later: Boule uses the current votes.",
                count(*statements, "statement")
            ),
            Note::TotalsDiffer { file, statements } => format!(
                "For {}, the counts in {file} do not match the votes, even with changed votes included: Boule uses the current votes.",
                count(*statements, "statement")
            ),
            Note::CountsDiffer { file, rows } => format!(
                "{file} gives totals in {} that are not those of its votes: the votes count.",
                count(*rows, "row")
            ),
            Note::NoVotesInRow { file, rows } => {
                format!("{file} has {} without a vote: no participants were made from them.", count(*rows, "row"))
            }
            Note::StatementsUnknown { statements } => format!(
                "There are votes on {} that the list of statements does not have; they were taken as pending.",
                count(*statements, "statement")
            ),
            Note::VotesUnknown { file, votes, statements } => format!(
                "{file} has {} on {} that the list of statements does not have: they are left out.",
                count(*votes, "vote"),
                count(*statements, "statement")
            ),
            Note::VotesMirrored { file, by_counts: true } => format!(
                "The counts beside the votes say that -1 means agree in {file}: agree and disagree were swapped."
            ),
            Note::VotesMirrored { file, by_counts: false } => {
                format!("As declared, -1 means agree in {file}: agree and disagree were swapped.")
            }
            Note::SignUnchecked { file, agree, said: true } => {
                format!("In {file}, {agree} is taken to mean agree, as declared; no counts beside the votes show it.")
            }
            Note::SignUnchecked { file, agree, said: false } => format!(
                "In {file}, {agree} is taken to mean agree, as is usual in exports; nothing in the files confirms it. If it is wrong, import again with --agree-is {}.",
                agree.other()
            ),
            Note::SignAgainstCounts { file, agree, counted } => format!(
                "In {file}, {agree} is taken to mean agree, as asked, although the counts beside the votes say {counted}."
            ),
            _ => String::new(),
        }
    }
}

fn undecided_words(rule: ModerationRule, undecided: u64, voted_on: u64, asked: bool) -> String {
    let one = undecided == 1;
    let who = if one {
        "1 statement is neither accepted nor rejected".to_owned()
    } else {
        format!("{undecided} statements are neither accepted nor rejected")
    };
    let waits = rule == ModerationRule::Before;
    let they = match (waits, one) {
        (true, true) => "it waits for a moderator",
        (true, false) => "they wait for a moderator",
        (false, true) => "it is shown",
        (false, false) => "they are shown",
    };
    if asked {
        return format!("{who}: {they}, as asked.");
    }
    let (them, other) = (if one { "it" } else { "them" }, if waits { "after shows" } else { "before hides" });
    let why = match (voted_on, waits) {
        (0, _) => format!("Nobody but the authors voted on {them}"),
        (n, true) => {
            format!("People other than the authors voted on only {n} of {undecided}, fewer than half")
        }
        (n, false) => format!("People other than the authors voted on {n} of {undecided}"),
    };
    format!("{who}. {why}, so {they} (--moderation {other} {them}).")
}

fn people(n: u64) -> String {
    if n == 1 { "1 person".into() } else { format!("{n} people") }
}

fn count(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

fn listed(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(NAMES_SHOWN).map(|name| quoted(name)).collect();
    let more = if names.len() > NAMES_SHOWN { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}
