//! What follows from the table of results: agreement, what is typical of a group, where groups differ. PURE.
//!
//! A cell that the table hides counts as nobody's votes: what is said here is said of what is shown.

use std::cmp::Ordering;

use super::cells::{Cells, PublicTally};
use super::table::ResultTable;
use crate::domain::{StatementNumber, Tally};
use crate::opinion::findings::consensus::{consensus as agreement, group_informed};
use crate::opinion::findings::representative::representative;
use crate::opinion::numeric::significance::difference_lower_bound;
use crate::opinion::{CheckedParams, ConsensusStatement, Direction, FindingParams, RepresentativeStatement};

/// A statement that people agree on, or disagree with.
#[derive(Clone, PartialEq, Debug)]
pub struct ConsensusFinding {
    /// The statement.
    pub number: StatementNumber,
    /// How sure it is in every group; `None` where not every group is shown.
    pub numbers: Option<ConsensusNumbers>,
}

/// How sure a consensus is, over all groups.
#[derive(Clone, PartialEq, Debug)]
pub struct ConsensusNumbers {
    /// The lowest lower bound of a group's share on the listed side, in percent.
    pub lowest_bound: u32,
    /// The fewest votes of any group.
    pub smallest_n: u32,
    /// Organised newcomers that would be needed to end it.
    pub newcomers: u32,
    /// Group-informed consensus, of the listed side.
    pub informed: f64,
}

/// What people agree on and what they disagree with, across the groups that are shown; where there are
/// none, among everybody.
pub(super) fn consensus(table: &ResultTable, params: &CheckedParams) -> [Vec<ConsensusFinding>; 2] {
    let is_divided = !table.heads.is_empty();
    let groups_of = |cells: &Cells| match is_divided {
        true => votes(cells),
        false => cells.overall.iter().map(PublicTally::votes).collect(),
    };
    let rows = || table.rows.iter().filter(|(listed, cells)| listed.can_be_found() && cells.is_whole());
    let tallies: Vec<_> = rows().map(|(listed, cells)| (listed.number, groups_of(cells))).collect();
    let sizes = || table.heads.iter().map(|head| head.size).collect();
    let sizes: Vec<u32> = if is_divided { sizes() } else { vec![table.placed] };
    let found = agreement(&tallies, &sizes, params);
    let side = |listed: Vec<ConsensusStatement>| {
        let kept = listed.into_iter().filter_map(|listed| {
            let cells = table.cells(listed.statistics.statement)?;
            consensus_of(&listed, cells, &groups_of(cells), table.hidden_groups == 0)
        });
        kept.collect()
    };
    [side(found.agree), side(found.disagree)]
}

fn consensus_of(
    listed: &ConsensusStatement,
    cells: &Cells,
    groups: &[Tally],
    is_every_group_shown: bool,
) -> Option<ConsensusFinding> {
    let direction = listed.statistics.direction;
    // Groups have only those on the map. Where the others outweigh them, people don't agree.
    let overall = cells.overall?.votes();
    if 2 * direction.of(&overall) <= overall.seen() {
        return None;
    }
    let numbers = ConsensusNumbers {
        lowest_bound: (listed.lowest_group_bound * 100.0).floor() as u32,
        smallest_n: groups.iter().map(Tally::seen).min()?,
        newcomers: listed.margin?.newcomers,
        informed: group_informed(groups, direction),
    };
    Some(ConsensusFinding {
        number: listed.statistics.statement,
        numbers: is_every_group_shown.then_some(numbers),
    })
}

/// A statement that is typical of a group.
#[derive(Clone, PartialEq, Debug)]
pub struct RepresentativeFinding {
    /// The statement.
    pub number: StatementNumber,
    /// Whether the group agrees with it, or disagrees.
    pub agrees: bool,
    /// How many do.
    pub count: u32,
    /// Of how many who voted on it.
    pub seen: u32,
    /// Their share, in whole percents.
    pub percent: u32,
    /// The share's 90 % interval, in percent, rounded outwards.
    pub low: u32,
    /// See `low`.
    pub high: u32,
    /// How the same answer stands in the other groups that are shown.
    pub others: Contrast,
}

/// How the same answer stands in the other groups, as far as they are shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Contrast {
    /// None of them is shown.
    Unknown,
    /// In none of them is the share as high; in this one it is next.
    Less {
        /// The group.
        label: String,
        /// Its share.
        percent: u32,
    },
    /// In this one it is the same.
    Same {
        /// The group.
        label: String,
        /// Its share.
        percent: u32,
    },
    /// In this one it is higher.
    More {
        /// The group.
        label: String,
        /// Its share.
        percent: u32,
    },
}

/// What is typical of each group.
pub(super) fn typical(table: &ResultTable, params: &FindingParams) -> Vec<Vec<RepresentativeFinding>> {
    let rows = table.rows.iter().filter(|(listed, _)| listed.can_be_found());
    let tallies: Vec<_> = rows.map(|(listed, cells)| (listed.number, votes(cells))).collect();
    let found = representative(&tallies, table.heads.len(), params);
    let of_group = |(group, listed): (usize, Vec<RepresentativeStatement>)| {
        listed.iter().filter_map(|listed| typical_of(table, group, listed)).collect()
    };
    found.into_iter().enumerate().map(of_group).collect()
}

fn typical_of(
    table: &ResultTable,
    group: usize,
    listed: &RepresentativeStatement,
) -> Option<RepresentativeFinding> {
    let statistics = &listed.statistics;
    let cells = table.cells(statistics.statement)?;
    let own = cells.groups.get(group).copied().flatten()?;
    let direction = statistics.direction;
    Some(RepresentativeFinding {
        number: statistics.statement,
        agrees: direction == Direction::Agree,
        count: direction.of(&own.votes()),
        seen: own.n(),
        percent: share(&own, direction),
        // Outwards: an interval is never shown narrower than it is.
        low: (statistics.interval[0] * 100.0).floor() as u32,
        high: (statistics.interval[1] * 100.0).ceil() as u32,
        others: others(table, cells, group, direction),
    })
}

/// Holds a group's share against those beside it, by the percents that are shown.
fn others(table: &ResultTable, cells: &Cells, group: usize, direction: Direction) -> Contrast {
    let shown = |at: usize| cells.groups.get(at).copied().flatten().map(|cell| share(&cell, direction));
    let others = table.heads.iter().enumerate().filter(|(at, _)| *at != group);
    let others = others.filter_map(|(at, head)| Some((head.label.clone(), shown(at)?)));
    // The first of equals: groups stand by their letters.
    let highest = others.reduce(|best, next| if next.1 > best.1 { next } else { best });
    let (Some(own), Some((label, percent))) = (shown(group), highest) else { return Contrast::Unknown };
    match percent.cmp(&own) {
        Ordering::Less => Contrast::Less { label, percent },
        Ordering::Equal => Contrast::Same { label, percent },
        Ordering::Greater => Contrast::More { label, percent },
    }
}

/// Two groups that differ: the shares of one answer, and the least difference between them.
#[derive(Clone, PartialEq, Debug)]
pub struct Gap {
    /// The answer: agree, or disagree.
    pub agrees: bool,
    /// The group where more give it.
    pub more: String,
    /// The group where fewer give it.
    pub less: String,
    /// The share there, in whole percents.
    pub more_percent: u32,
    /// See `more_percent`.
    pub less_percent: u32,
    /// The lower end of the 90 % interval of the difference, in percentage points.
    pub least: u32,
}

/// The pair of groups, and the answer, whose shares differ most for certain. Only groups with enough votes
/// count, and only differences that a 90 % interval keeps above zero. Nothing where a group is hidden: it
/// might differ more.
pub(super) fn gap_of(labels: &[&str], cells: &Cells) -> Option<Gap> {
    const ENOUGH_VOTES: u32 = 7;
    const Z: f64 = 1.644_853_6;
    if !cells.is_whole() {
        return None;
    }
    let shown = labels.iter().zip(cells.groups.iter().flatten());
    let asked: Vec<_> = shown.filter(|(_, cell)| cell.n() >= ENOUGH_VOTES).collect();
    let pairs = asked.iter().flat_map(|more| asked.iter().map(move |less| (*more, *less)));
    let gaps = pairs.flat_map(|((more, high), (less, low))| {
        [Direction::Agree, Direction::Disagree].map(|direction| {
            let votes = [high, low].map(|cell| direction.of(&cell.votes()));
            let bound = difference_lower_bound(votes, [high.n(), low.n()], Z);
            Gap {
                agrees: direction == Direction::Agree,
                more: (*more).to_owned(),
                less: (*less).to_owned(),
                more_percent: share(high, direction),
                less_percent: share(low, direction),
                least: (bound.max(0.0) * 100.0).floor() as u32,
            }
        })
    });
    // The first of equals: the order of groups and answers is fixed.
    gaps.filter(|gap| gap.least > 0).reduce(|best, gap| if gap.least > best.least { gap } else { best })
}

fn share(cell: &PublicTally, direction: Direction) -> u32 {
    let [agree, _, disagree] = cell.percents();
    match direction {
        Direction::Agree => agree,
        Direction::Disagree => disagree,
    }
}

/// The groups' votes, those that are hidden as nobody's.
fn votes(cells: &Cells) -> Vec<Tally> {
    cells.groups.iter().map(|cell| cell.map(|cell| cell.votes()).unwrap_or_default()).collect()
}
