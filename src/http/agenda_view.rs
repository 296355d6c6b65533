//! An agenda, ready to be drawn: what `disclosure` tells of it beside the words of the board.

use crate::disclosure::{PublicAgenda, PublicItem, PublicReason};
use crate::domain::agenda::OmissionReason;
use crate::domain::{Agenda, StatementNumber};
use crate::live::{BoardStatement, Contents};

use crate::texts::Texts;

/// An agenda as a page shows it.
pub(super) struct AgendaView {
    /// What is told of it.
    pub told: PublicAgenda,
    /// Whether votes are shown to this visitor now.
    pub has_numbers: bool,
    pub items: Vec<ItemView>,
    pub left_out: Vec<OmissionView>,
}

pub(super) struct ItemView {
    pub number: StatementNumber,
    pub text: String,
    pub why: String,
    /// Its votes; `None` where they are hidden.
    pub votes: Option<ItemVotes>,
    /// How often the organiser moved it up and down.
    pub moved: Option<String>,
}

/// The votes of an item.
pub(super) struct ItemVotes {
    pub agree: u32,
    pub disagree: u32,
    pub pass: u32,
    pub seen: u32,
    pub percent: u32,
    pub groups: Vec<ItemGroup>,
}

pub(super) struct ItemGroup {
    pub label: String,
    /// The share that agrees, in percent, and of how many; `None` where that is hidden.
    pub share: Option<(u32, u32)>,
}

pub(super) struct OmissionView {
    pub number: StatementNumber,
    pub text: String,
    pub why: String,
}

impl AgendaView {
    /// Draws an agenda with the words of its conversation; with its votes for those who may see results
    /// now.
    pub fn new(agenda: &Agenda, contents: &Contents, has_numbers: bool, texts: &Texts) -> Self {
        let told = PublicAgenda::new(agenda, contents.conversation.settings.privacy_min, has_numbers);
        // What a moderator has not accepted, or took back later, is not repeated in public.
        let shown = |number| contents.statement(number).filter(|statement| statement.is_shown);
        let words = |statement: Option<&BoardStatement>| match statement {
            Some(statement) => statement.text.to_string(),
            None => texts.get("no-longer-shown"),
        };
        let items = told.items.iter().map(|item| ItemView {
            number: item.number,
            text: words(shown(item.number)),
            why: why(item.reason, texts),
            votes: votes(item),
            moved: (item.moves > 0).then(|| texts.msg("agenda-moved").num("n", item.moves).to_string()),
        });
        let left_out = told.left_out.iter().filter_map(|(number, why)| {
            let text = shown(*number)?.text.to_string();
            Some(OmissionView { number: *number, text, why: texts.get(why_left_out(*why)) })
        });
        Self { has_numbers, items: items.collect(), left_out: left_out.collect(), told }
    }
}

fn votes(item: &PublicItem) -> Option<ItemVotes> {
    let overall = item.votes?;
    let groups = item.groups.iter().map(|(label, cell)| ItemGroup {
        label: label.clone(),
        share: cell.map(|cell| (cell.percents()[0], cell.n())),
    });
    let votes = overall.votes();
    Some(ItemVotes {
        agree: votes.agree,
        disagree: votes.disagree,
        pass: votes.pass,
        seen: overall.n(),
        percent: overall.percents()[0],
        groups: groups.collect(),
    })
}

fn why(reason: PublicReason, texts: &Texts) -> String {
    let shares = |key: &str, numbers: Option<(u32, u32)>, plain: &str| match numbers {
        Some((percent, n)) => texts.msg(key).num("percent", percent).num("n", n).to_string(),
        None => texts.get(plain),
    };
    let unserved = |key: &str, unserved: Option<u32>, plain: &str| match unserved {
        Some(unserved) => texts.msg(key).num("unserved", unserved).to_string(),
        None => texts.get(plain),
    };
    match reason {
        PublicReason::Bridging(numbers) => shares("why-bridging", numbers, "why-bridging-plain"),
        PublicReason::Agreed(numbers) => shares("why-agreed", numbers, "why-agreed-plain"),
        PublicReason::Proportional(n) => unserved("why-proportional-unserved", n, "why-proportional"),
        PublicReason::Completion(n) => unserved("why-completion-unserved", n, "why-completion"),
        PublicReason::Chosen => texts.get("why-chosen"),
    }
}

fn why_left_out(why: OmissionReason) -> &'static str {
    match why {
        OmissionReason::Rejected => "left-out-rejected",
        OmissionReason::NotAccepted => "left-out-not-accepted",
        OmissionReason::Meta => "left-out-meta",
        OmissionReason::TooFewVotes => "left-out-too-few",
        OmissionReason::NotChosen | OmissionReason::NoSupport => "left-out-not-chosen",
        OmissionReason::RemovedByHand => "left-out-removed",
    }
}
