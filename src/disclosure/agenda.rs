//! An agenda as everybody may read it. PURE.

use super::cells::{Cells, PublicTally, told_of};
use super::shared_map::letter_index;
use super::withheld::WithheldVotes;
use crate::domain::{
    Agenda, AgendaItem, BackedStatement, Firmness, ItemNumber, ItemReason, OmissionReason, Proposal,
    StatementNumber, Tally,
};
use crate::opinion::OpinionMap;

/// An agenda, each statement on it with the votes and the reason that may be told.
#[derive(Clone, PartialEq, Debug)]
pub struct PublicAgenda {
    /// The log up to which votes were read.
    pub map_version: u64,
    /// People whose votes counted; `None` where they are too few to say.
    pub voters: Option<u32>,
    /// The fewest people of whom anything is told.
    pub min: u32,
    /// Statements that could have been chosen.
    pub candidates: u32,
    /// How many items were asked for.
    pub places: u32,
    /// The items in their order.
    pub items: Vec<PublicItem>,
    /// Statements left out of the draft, with the reason that may be told.
    pub left_out: Vec<(StatementNumber, OmissionReason)>,
}

/// An item of an agenda.
#[derive(Clone, PartialEq, Debug)]
pub struct PublicItem {
    /// Its number.
    pub number: ItemNumber,
    /// Its statements, the one that stands for all of them first; none behind an item that is not from the votes.
    pub statements: Vec<PublicBacked>,
}

/// A statement on an agenda.
#[derive(Clone, PartialEq, Debug)]
pub struct PublicBacked {
    /// Its number.
    pub number: StatementNumber,
    /// Why it is there, as far as that may be told.
    pub reason: PublicReason,
    /// Its votes; `None` where they are not to be shown yet, or are too few.
    pub votes: Option<PublicTally>,
    /// The votes of each group, by letter; `None` where they are hidden. Empty where there are no groups.
    pub groups: Vec<(String, Option<PublicTally>)>,
    /// How firmly it stands; `None` where that is not known, or would tell of votes that are hidden.
    pub firmness: Option<PublicFirmness>,
}

/// How firmly a statement stands on an agenda.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PublicFirmness {
    /// In how many of ten samples of the people it was chosen, at least.
    pub tenths: u32,
    /// The fewest organised newcomers who could end the agreement for which it was chosen.
    pub newcomers: Option<u32>,
}

/// Why an item is on the agenda.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PublicReason {
    /// Every group agrees; with the lowest share for certain, in percent, and the fewest votes of a group.
    Bridging((u32, u32)),
    /// The same where no groups are told apart.
    Agreed((u32, u32)),
    /// Its supporters are enough for a place; with those of them whom no earlier item served.
    Proportional(Option<u32>),
    /// Its supporters came closest to a place; with those of them whom no earlier item served.
    Completion(Option<u32>),
    /// The rule chose it, and more would tell what a hidden group said.
    Chosen,
    /// It says nearly the same as the statement that stands first.
    Alike,
    /// So many people agreed that it came by itself.
    Threshold(u32),
    /// The organiser added it.
    ByHand,
    /// It is told once results are.
    Later,
}

/// Gives statements for an agenda everybody's votes as the results tell them, whatever groups they are counted with: two
/// counts of the same votes would tell what those say who are in one and not in the other.
pub fn tell_as_results_do<'a>(
    backed: impl Iterator<Item = &'a mut BackedStatement>,
    map: &OpinionMap,
    withheld: &WithheldVotes,
    min: u32,
) {
    for item in backed {
        let Some(statement) = map.statement(item.statement) else { continue };
        let (overall, on_map) =
            withheld.taken_from(item.statement, map, statement.tally(), &statement.groups);
        item.overall = told_of(overall, &on_map, min);
    }
}

impl PublicAgenda {
    /// What may be told of an agenda; without any number to those who may not see results yet.
    pub fn new(agenda: &Agenda, proposal: &Proposal, min: u32, has_numbers: bool) -> Self {
        let told = |why: OmissionReason| match why {
            // How many votes a statement has is told with the results.
            OmissionReason::TooFewVotes if !has_numbers => OmissionReason::NotChosen,
            // That nobody agreed is a count too: of those on the map, who are a part of everybody.
            OmissionReason::NoSupport => OmissionReason::NotChosen,
            why => why,
        };
        let item = |item: &AgendaItem| PublicItem {
            number: item.number,
            statements: item.statements.iter().map(|one| public_backed(one, min, has_numbers)).collect(),
        };
        Self {
            map_version: proposal.map_version.0,
            voters: Some(proposal.voters).filter(|voters| *voters >= min),
            min,
            candidates: proposal.candidates,
            places: proposal.places,
            items: agenda.items.iter().map(item).collect(),
            left_out: proposal.left_out.iter().map(|left| (left.statement, told(left.why))).collect(),
        }
    }

    /// The statements on it.
    pub fn statements(&self) -> impl Iterator<Item = &PublicBacked> {
        self.items.iter().flat_map(|item| &item.statements)
    }
}

fn public_backed(item: &BackedStatement, min: u32, has_numbers: bool) -> PublicBacked {
    let mut shown: Vec<_> = item.groups.iter().filter(|group| group.size >= min).collect();
    // In the order of the page: of two groups of which either could be hidden, both hide the same.
    shown.sort_by_key(|group| letter_index(&group.label));
    let tallies: Vec<Tally> = shown.iter().map(|group| group.tally).collect();
    let on_map: Vec<Tally> = item.groups.iter().map(|group| group.tally).collect();
    // Drafted without groups, it was told as the results tell it when it was drafted.
    let overall = if on_map.len() > 1 { told_of(item.overall, &on_map, min) } else { item.overall };
    let cells = Cells::of(overall, &tallies, min);
    // Each reason is of all groups together.
    let is_whole = cells.is_whole() && shown.len() == item.groups.len();
    let is_threshold = matches!(item.reason, ItemReason::Threshold { .. });
    let reason = match (has_numbers, is_whole) {
        // That it is there by hand tells nothing of votes.
        (_, _) if item.reason == ItemReason::ByHand => PublicReason::ByHand,
        (false, _) => PublicReason::Later,
        (true, _) if item.reason == ItemReason::Alike => PublicReason::Alike,
        // That so many agree is told where everybody's votes are.
        (true, _) if cells.overall.is_some() && is_threshold => public_reason(item, &tallies, min),
        (true, true) => public_reason(item, &tallies, min),
        (true, false) => PublicReason::Chosen,
    };
    let labels = shown.iter().map(|group| group.label.clone());
    // One group is none to tell apart, and its letter says nothing.
    let has_groups = has_numbers && shown.len() > 1;
    PublicBacked {
        number: item.statement,
        reason,
        votes: cells.overall.filter(|_| has_numbers),
        groups: if has_groups { labels.zip(cells.groups).collect() } else { Vec::new() },
        firmness: item.firmness.filter(|_| has_numbers && is_whole).map(public_firmness),
    }
}

fn public_firmness(firmness: Firmness) -> PublicFirmness {
    let tenths = 10 * u64::from(firmness.chosen) / u64::from(firmness.samples.max(1));
    PublicFirmness { tenths: u32::try_from(tenths).unwrap_or(10), newcomers: firmness.newcomers }
}

/// Its supporters are those that the line with its votes counts, so that a card speaks of one number of
/// people.
fn public_reason(item: &BackedStatement, groups: &[Tally], min: u32) -> PublicReason {
    let smallest = groups.iter().map(Tally::seen).min().unwrap_or(0);
    // If those who are served, or the others, are few, nothing is told of either.
    let told = |supporters: u32, unserved: u32| {
        let served = supporters.saturating_sub(unserved);
        Some(unserved).filter(|_| unserved >= min && (served == 0 || served >= min))
    };
    match item.reason {
        ItemReason::Bridging { lowest_share_permille } => {
            let numbers = (lowest_share_permille / 10, smallest);
            if groups.len() > 1 { PublicReason::Bridging(numbers) } else { PublicReason::Agreed(numbers) }
        }
        ItemReason::Proportional { supporters, unserved } => {
            PublicReason::Proportional(told(supporters, unserved))
        }
        ItemReason::Completion { supporters, unserved } => {
            PublicReason::Completion(told(supporters, unserved))
        }
        ItemReason::Alike => PublicReason::Alike,
        ItemReason::Threshold { needed } => PublicReason::Threshold(needed),
        ItemReason::ByHand => PublicReason::ByHand,
    }
}
