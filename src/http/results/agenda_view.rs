//! An agenda, ready to be drawn: what `disclosure` tells of it beside the words of the board.

use std::collections::BTreeMap;

use crate::disclosure::{PublicAgenda, PublicItem, PublicReason, Results};
use crate::domain::agenda::OmissionReason;
use crate::domain::{Agenda, Choice, StatementNumber};
use crate::live::{BoardStatement, Contents};
use crate::texts::Texts;

use super::findings::Whole;
use super::rows::{Bar, GroupBar, Row};

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
    pub statements: Vec<(StatementNumber, String)>,
}

/// Statements of one reason that a page lists; the table of all statements has the others.
const MOST_LISTED: usize = 20;

impl LeftOut {
    /// The first of them.
    pub fn listed(&self) -> impl Iterator<Item = &(StatementNumber, String)> {
        self.statements.iter().take(MOST_LISTED)
    }

    /// Whether others follow.
    pub fn has_more(&self) -> bool {
        self.statements.len() > MOST_LISTED
    }
}

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
        let mut left_out: BTreeMap<NotOn, Vec<(StatementNumber, String)>> = BTreeMap::new();
        for (number, why) in &told.left_out {
            let Some(statement) = shown(*number) else { continue };
            let why = NotOn::of(*why, *number, results);
            left_out.entry(why).or_default().push((*number, statement.text.to_string()));
        }
        let drafted = |number| {
            agenda.position(number).is_some() || agenda.left_out.iter().any(|left| left.statement == number)
        };
        for statement in contents.shown().filter(|statement| !drafted(statement.number)) {
            left_out
                .entry(NotOn::CameLater)
                .or_default()
                .push((statement.number, statement.text.to_string()));
        }
        let groups = results.map(|results| Whole::of(results.groups.len(), results.hidden_groups));
        let left_out = left_out
            .into_iter()
            .map(|(why, statements)| LeftOut { why: why.words(groups, texts), statements });
        Self { has_numbers, items: items.collect(), left_out: left_out.collect(), told }
    }

    /// How many statements are not on it.
    pub fn left_out_count(&self) -> usize {
        self.left_out.iter().map(|left| left.statements.len()).sum()
    }
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
    fn of(why: OmissionReason, number: StatementNumber, results: Option<&Results>) -> Self {
        match why {
            OmissionReason::Rejected => Self::Rejected,
            OmissionReason::NotAccepted => Self::NotAccepted,
            OmissionReason::Meta => Self::Meta,
            OmissionReason::TooFewVotes => Self::TooFewVotes,
            OmissionReason::RemovedByHand => Self::Removed,
            OmissionReason::NotChosen | OmissionReason::NoSupport => {
                results.map_or(Self::OthersChosen, |results| Self::by_standing(number, results))
            }
        }
    }

    fn by_standing(number: StatementNumber, results: &Results) -> Self {
        if results.agree.iter().any(|finding| finding.number == number) {
            Self::Agreed
        } else if results.one_group.iter().any(|finding| finding.number == number) {
            Self::OneGroup
        } else if results.differ.contains(&number) {
            Self::Differs
        } else {
            Self::OthersChosen
        }
    }

    /// In words; `groups` are those that the results tell apart.
    fn words(self, groups: Option<Whole>, texts: &Texts) -> String {
        let of_groups = |key| texts.msg(key).text("who", groups.unwrap_or(Whole::People).word()).to_string();
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
