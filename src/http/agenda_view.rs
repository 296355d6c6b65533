//! An agenda, ready to be drawn: each item with its votes and the reason that put it there.

use crate::domain::agenda::WhyLeftOut;
use crate::domain::{Agenda, AgendaItem, ConversationRecord, ItemReason, StatementNumber, Tally};

use super::Texts;
use super::map_view::percent;
use super::privacy::shown_cells;

/// An agenda as a page shows it.
pub(super) struct AgendaView {
    pub version: u32,
    pub map_version: u64,
    pub voters: u32,
    pub candidates: u32,
    pub places: u32,
    pub items: Vec<ItemView>,
    pub left_out: Vec<LeftOutView>,
}

pub(super) struct ItemView {
    pub number: StatementNumber,
    pub text: String,
    pub why: String,
    pub agree: u32,
    pub disagree: u32,
    pub pass: u32,
    pub seen: u32,
    pub percent: u32,
    pub groups: Vec<ItemGroup>,
    /// How often the organiser moved it up and down.
    pub moved: Option<String>,
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
    /// Draws an agenda with the words of its conversation.
    pub fn new(agenda: &Agenda, record: &ConversationRecord, texts: &Texts) -> Self {
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
            why: why(item, agenda.voters, texts),
            agree: item.overall.agree,
            disagree: item.overall.disagree,
            pass: item.overall.pass,
            seen: item.overall.seen(),
            percent: percent(item.overall.agree, item.overall.seen()),
            groups: item_groups(item, min),
            moved: (!item.changes.is_empty())
                .then(|| texts.msg("agenda-moved").num("n", item.changes.len() as u32).to_string()),
        });
        let left_out = agenda.left_out.iter().filter(|left| shown(&left.statement).is_some());
        let left_out = left_out.map(|left| LeftOutView {
            number: left.statement,
            text: words(&left.statement),
            why: texts.get(why_left_out(left.why)),
        });
        Self {
            version: agenda.version,
            map_version: agenda.map_version.0,
            voters: agenda.voters,
            candidates: agenda.candidates,
            places: agenda.places,
            items: items.collect(),
            left_out: left_out.collect(),
        }
    }
}

fn item_groups(item: &AgendaItem, min: u32) -> Vec<ItemGroup> {
    let groups: Vec<_> = item.groups.iter().filter(|group| group.size >= min).collect();
    let tallies: Vec<Tally> = groups.iter().map(|group| group.tally).collect();
    let cells = groups.iter().zip(shown_cells(&tallies, min));
    cells
        .map(|(group, shown)| ItemGroup {
            label: group.label.clone(),
            percent: percent(group.tally.agree, group.tally.seen()),
            seen: group.tally.seen(),
            hidden: !shown,
        })
        .collect()
}

fn why(item: &AgendaItem, voters: u32, texts: &Texts) -> String {
    match item.reason {
        ItemReason::Bridging { lowest_share_permille } => {
            let percent = lowest_share_permille / 10;
            let smallest = item.groups.iter().map(|group| group.tally.seen()).min().unwrap_or(0);
            let key = if item.groups.len() > 1 { "why-bridging" } else { "why-agreed" };
            texts.msg(key).num("percent", percent).num("n", smallest).to_string()
        }
        ItemReason::Proportional { supporters, unserved } => {
            let text = texts.msg("why-proportional").num("voters", voters);
            text.num("supporters", supporters).num("unserved", unserved).to_string()
        }
        ItemReason::Completion { supporters, unserved } => {
            let text = texts.msg("why-completion").num("voters", voters);
            text.num("supporters", supporters).num("unserved", unserved).to_string()
        }
    }
}

fn why_left_out(why: WhyLeftOut) -> &'static str {
    match why {
        WhyLeftOut::Rejected => "left-out-rejected",
        WhyLeftOut::NotAccepted => "left-out-not-accepted",
        WhyLeftOut::Meta => "left-out-meta",
        WhyLeftOut::TooFewVotes => "left-out-too-few",
        WhyLeftOut::NotChosen => "left-out-not-chosen",
        WhyLeftOut::RemovedByHand => "left-out-removed",
    }
}
