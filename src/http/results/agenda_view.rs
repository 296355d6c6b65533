//! An agenda, ready to be drawn: what `disclosure` tells of it beside the words of the board.

use std::collections::{BTreeMap, HashMap};

use crate::disclosure::{PublicAgenda, PublicItem, PublicReason, Results};
use crate::domain::agenda::OmissionReason;
use crate::domain::{Agenda, Choice, StatementNumber};
use crate::live::{BoardStatement, Contents};
use crate::texts::Texts;

use super::findings::Whole;
use super::rows::{Bar, GroupBar, Row};
use super::standings::{Standing, standings};

/// An agenda as a page shows it.
pub(in crate::http) struct AgendaView {
    /// What is told of it.
    pub told: PublicAgenda,
    /// Whether votes are shown to this visitor now.
    pub has_numbers: bool,
    pub items: Vec<ItemView>,
    pub left_out: Vec<LeftOut>,
}

pub(in crate::http) struct ItemView {
    /// Its words, and its votes where they are told.
    pub row: Row,
    pub why: String,
    /// How sure it is that people agree.
    pub sure: Option<String>,
    /// Whether its own page is there.
    pub has_page: bool,
    /// How often the organiser moved it up and down.
    pub moved: Option<String>,
}

/// Statements that are not on it for one reason.
pub(in crate::http) struct LeftOut {
    pub why: String,
    /// How many they are.
    pub count: usize,
    /// The first of them; the table of all statements has the others.
    pub listed: Vec<(StatementNumber, String)>,
}

/// Statements of one reason that a page lists.
const MOST_LISTED: usize = 20;

impl AgendaView {
    /// Draws an agenda with the words of its conversation; with its votes for those who may see results
    /// now, which are then given.
    pub fn new(agenda: &Agenda, contents: &Contents, results: Option<&Results>, texts: &Texts) -> Self {
        let has_numbers = results.is_some();
        let told = PublicAgenda::new(agenda, contents.conversation.settings.privacy_min, has_numbers);
        // What a moderator has not accepted, or took back later, is not repeated in public.
        let shown = |number| contents.statement(number).filter(|statement| statement.is_shown);
        let items = told.items.iter().map(|item| ItemView {
            row: row(item, shown(item.number), texts),
            why: why(item, texts),
            sure: sure(item.reason, texts),
            has_page: shown(item.number).is_some(),
            moved: (item.moves > 0).then(|| texts.msg("agenda-moved").num("n", item.moves).to_string()),
        });
        let left_out = left_out(agenda, &told, contents, results, texts);
        Self { has_numbers, items: items.collect(), left_out, told }
    }

    /// How many statements are not on it.
    pub fn left_out_count(&self) -> usize {
        self.left_out.iter().map(|left| left.count).sum()
    }
}

/// What is shown and not on it, by reason: also what came after the draft.
fn left_out(
    agenda: &Agenda,
    told: &PublicAgenda,
    contents: &Contents,
    results: Option<&Results>,
    texts: &Texts,
) -> Vec<LeftOut> {
    let standings = results.map(standings).unwrap_or_default();
    let left_out = told.left_out.iter();
    let drafted: HashMap<StatementNumber, NotOn> =
        left_out.map(|(number, why)| (*number, NotOn::of(*why, standings.get(number)))).collect();
    let mut by_reason: BTreeMap<NotOn, Vec<&BoardStatement>> = BTreeMap::new();
    for statement in contents.shown().filter(|statement| agenda.position(statement.number).is_none()) {
        let why = drafted.get(&statement.number).copied().unwrap_or(NotOn::CameLater);
        by_reason.entry(why).or_default().push(statement);
    }
    let groups =
        results.map_or(Whole::People, |results| Whole::of(results.groups.len(), results.hidden_groups));
    let listed = |statements: &[&BoardStatement]| {
        let first = statements.iter().take(MOST_LISTED);
        first.map(|statement| (statement.number, statement.text.to_string())).collect()
    };
    let part = |(why, statements): (NotOn, Vec<&BoardStatement>)| LeftOut {
        why: why.words(groups, texts),
        count: statements.len(),
        listed: listed(&statements),
    };
    by_reason.into_iter().map(part).collect()
}

fn row(item: &PublicItem, statement: Option<&BoardStatement>, texts: &Texts) -> Row {
    let groups = item.groups.iter();
    Row {
        number: item.number,
        text: statement.map_or_else(|| texts.get("no-longer-shown"), |statement| statement.text.to_string()),
        seed: statement.is_some_and(|statement| statement.seed),
        answer: Choice::Agree,
        overall: item.votes.map(Bar::from),
        groups: groups
            .map(|(label, cell)| GroupBar { label: label.clone(), bar: cell.map(Bar::from) })
            .collect(),
    }
}

fn why(item: &PublicItem, texts: &Texts) -> String {
    // Of everybody: beside “a majority of every group” fewer than half would read like a mistake.
    let percent = item.votes.map(|votes| votes.percents()[0]).filter(|percent| *percent > 50);
    let share = |key: &str, plain: &str| match percent {
        Some(percent) => texts.msg(key).num("percent", percent).to_string(),
        None => texts.get(plain),
    };
    let unserved = |key: &str, unserved: Option<u32>, plain: &str| match unserved {
        Some(unserved) => texts.msg(key).num("unserved", unserved).to_string(),
        None => texts.get(plain),
    };
    match item.reason {
        PublicReason::Bridging(_) => share("why-bridging", "why-bridging-plain"),
        PublicReason::Agreed(_) => share("why-agreed", "why-agreed-plain"),
        PublicReason::Proportional(n) => unserved("why-proportional-unserved", n, "why-proportional"),
        PublicReason::Completion(n) => unserved("why-completion-unserved", n, "why-completion"),
        PublicReason::Chosen => texts.get("why-chosen"),
        PublicReason::Later => texts.get("why-later"),
    }
}

fn sure(reason: PublicReason, texts: &Texts) -> Option<String> {
    let told =
        |key: &str, (percent, n): (u32, u32)| texts.msg(key).num("percent", percent).num("n", n).to_string();
    match reason {
        PublicReason::Bridging(numbers) => Some(told("why-sure", numbers)),
        PublicReason::Agreed(numbers) => Some(told("why-sure-one", numbers)),
        PublicReason::Proportional(_)
        | PublicReason::Completion(_)
        | PublicReason::Chosen
        | PublicReason::Later => None,
    }
}

/// Why a statement is not on it: as it was drafted, and where others were chosen, how it stands in the results.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum NotOn {
    Agreed,
    OneGroup,
    Differs,
    OthersChosen,
    TooFewVotes,
    Meta,
    NotAccepted,
    Rejected,
    Removed,
    CameLater,
}

impl NotOn {
    fn of(why: OmissionReason, standing: Option<&(Standing, Option<u32>)>) -> Self {
        match why {
            OmissionReason::Rejected => Self::Rejected,
            OmissionReason::NotAccepted => Self::NotAccepted,
            OmissionReason::Meta => Self::Meta,
            OmissionReason::TooFewVotes => Self::TooFewVotes,
            OmissionReason::RemovedByHand => Self::Removed,
            OmissionReason::NotChosen | OmissionReason::NoSupport => match standing {
                Some((Standing::Agreed, _)) => Self::Agreed,
                Some((Standing::OneGroup, _)) => Self::OneGroup,
                Some((Standing::Differs, _)) => Self::Differs,
                Some((Standing::Rejected | Standing::Unclear, _)) | None => Self::OthersChosen,
            },
        }
    }

    /// In words; `groups` are those that the results tell apart.
    fn words(self, groups: Whole, texts: &Texts) -> String {
        let of_groups = |key| texts.msg(key).text("who", groups.word()).to_string();
        let key = match self {
            Self::Agreed => return of_groups("left-out-agreed"),
            Self::OneGroup => return of_groups("left-out-one-group"),
            Self::CameLater => "left-out-later",
            Self::Differs => "left-out-differ",
            Self::OthersChosen => "left-out-not-chosen",
            Self::TooFewVotes => "left-out-too-few",
            Self::Meta => "left-out-meta",
            Self::NotAccepted => "left-out-not-accepted",
            Self::Rejected => "left-out-rejected",
            Self::Removed => "left-out-removed",
        };
        texts.get(key)
    }
}
