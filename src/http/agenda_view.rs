//! An agenda, ready to be drawn: each item with its votes and the reason that put it there.

use crate::conversation::ConversationRecord;
use crate::domain::agenda::WhyLeftOut;
use crate::domain::{Agenda, AgendaItem, ItemReason, StatementNumber, Tally};

use super::Texts;
use super::privacy::{rest_of, shown_cells};
use super::shares;

/// An agenda as a page shows it.
pub(super) struct AgendaView {
    pub version: u32,
    pub map_version: u64,
    /// Whether votes are shown to this visitor now.
    pub has_numbers: bool,
    /// People whose votes counted; `None` where they are too few to say.
    pub voters: Option<u32>,
    /// The fewest people of whom anything is said.
    pub min: u32,
    pub candidates: u32,
    pub places: u32,
    pub items: Vec<ItemView>,
    pub left_out: Vec<LeftOutView>,
}

pub(super) struct ItemView {
    pub number: StatementNumber,
    pub text: String,
    pub why: String,
    /// Its votes; `None` where the results rule hides them still, or too few people voted on it.
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
    pub percent: u32,
    pub seen: u32,
    /// Fewer people than the publication minimum saw it.
    pub hidden: bool,
}

pub(super) struct LeftOutView {
    pub number: StatementNumber,
    pub text: String,
    pub why: String,
}

impl AgendaView {
    /// Draws an agenda with the words of its conversation; with its votes for those who may see results
    /// now.
    pub fn new(agenda: &Agenda, record: &ConversationRecord, has_numbers: bool, texts: &Texts) -> Self {
        let min = record.conversation.settings.privacy_min;
        // What a moderator has not accepted, or took back later, is not repeated in public.
        let shown = |number: &StatementNumber| record.statements.get(number).filter(|s| record.is_shown(s));
        let words = |number: &StatementNumber| match shown(number) {
            Some(statement) => statement.text.text().to_owned(),
            None => texts.get("no-longer-shown"),
        };
        let items = agenda.items.iter().map(|item| ItemView {
            number: item.statement,
            text: words(&item.statement),
            why: if has_numbers { why(item, min, texts) } else { texts.get(plain_why(item)) },
            votes: (has_numbers && item.overall.seen() >= min).then(|| votes(item, min)),
            moved: (!item.changes.is_empty())
                .then(|| texts.msg("agenda-moved").num("n", item.changes.len() as u32).to_string()),
        });
        let left_out = agenda.left_out.iter().filter(|left| shown(&left.statement).is_some());
        let left_out = left_out.map(|left| LeftOutView {
            number: left.statement,
            text: words(&left.statement),
            why: texts.get(why_left_out(left.why, has_numbers)),
        });
        Self {
            version: agenda.version,
            map_version: agenda.map_version.0,
            has_numbers,
            voters: Some(agenda.voters).filter(|voters| *voters >= min),
            min,
            candidates: agenda.candidates,
            places: agenda.places,
            items: items.collect(),
            left_out: left_out.collect(),
        }
    }
}

fn votes(item: &AgendaItem, min: u32) -> ItemVotes {
    let Tally { agree, disagree, pass } = item.overall;
    let [percent, ..] = shares::of_votes(&item.overall);
    ItemVotes { agree, disagree, pass, seen: item.overall.seen(), percent, groups: item_groups(item, min) }
}

fn item_groups(item: &AgendaItem, min: u32) -> Vec<ItemGroup> {
    let groups: Vec<_> = item.groups.iter().filter(|group| group.size >= min).collect();
    let tallies: Vec<Tally> = groups.iter().map(|group| group.tally).collect();
    let cells = groups.iter().zip(shown_cells(&tallies, rest_of(item.overall, &tallies), min));
    cells
        .map(|(group, shown)| ItemGroup {
            label: group.label.clone(),
            percent: shares::of_votes(&group.tally)[0],
            seen: group.tally.seen(),
            hidden: !shown,
        })
        .collect()
}

/// Why an item is there. Its supporters are those that the line with its votes counts, so that a card
/// speaks of one number of people.
fn why(item: &AgendaItem, min: u32, texts: &Texts) -> String {
    match item.reason {
        ItemReason::Bridging { lowest_share_permille } => {
            let tallies: Vec<Tally> = item.groups.iter().map(|group| group.tally).collect();
            // Else it could be reckoned back from these numbers what is hidden beside them.
            let is_all_shown = !shown_cells(&tallies, rest_of(item.overall, &tallies), min).contains(&false);
            let key = match item.groups.len() > 1 {
                _ if !is_all_shown => plain_why(item),
                true => "why-bridging",
                false => "why-agreed",
            };
            let smallest = tallies.iter().map(Tally::seen).min().unwrap_or(0);
            texts.msg(key).num("percent", lowest_share_permille / 10).num("n", smallest).to_string()
        }
        ItemReason::Proportional { unserved, .. } | ItemReason::Completion { unserved, .. } => {
            let key = match item.reason {
                // Of few people nothing is said.
                _ if unserved < min => plain_why(item),
                ItemReason::Proportional { .. } => "why-proportional-unserved",
                _ => "why-completion-unserved",
            };
            texts.msg(key).num("unserved", unserved).to_string()
        }
    }
}

/// The same without any number.
fn plain_why(item: &AgendaItem) -> &'static str {
    match item.reason {
        ItemReason::Bridging { .. } if item.groups.len() > 1 => "why-bridging-plain",
        ItemReason::Bridging { .. } => "why-agreed-plain",
        ItemReason::Proportional { .. } => "why-proportional",
        ItemReason::Completion { .. } => "why-completion",
    }
}

fn why_left_out(why: WhyLeftOut, has_numbers: bool) -> &'static str {
    match why {
        // That nobody agreed is a number too.
        WhyLeftOut::NoSupport if !has_numbers => "left-out-not-chosen",
        WhyLeftOut::Rejected => "left-out-rejected",
        WhyLeftOut::NotAccepted => "left-out-not-accepted",
        WhyLeftOut::Meta => "left-out-meta",
        WhyLeftOut::TooFewVotes => "left-out-too-few",
        WhyLeftOut::NotChosen => "left-out-not-chosen",
        WhyLeftOut::NoSupport => "left-out-no-support",
        WhyLeftOut::RemovedByHand => "left-out-removed",
    }
}
