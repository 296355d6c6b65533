//! Statements with their votes, ready to be drawn: every number with its n, and no cell that the
//! publication minimum hides.

use std::cmp::{Ordering, Reverse};

use crate::domain::{StatementNumber, Tally};
use crate::http::map_view::size_percents;
use crate::http::privacy::{rest_of, shown_cells};
use crate::http::shares;
use crate::live::RoomState;
use crate::opinion::significance;
use crate::opinion::{ConsensusStatement, Direction, Group, RepresentativeStatement};

/// Votes of some people on one statement.
#[derive(Clone)]
pub(super) struct Bar {
    pub agree: u32,
    pub disagree: u32,
    pub pass: u32,
    pub n: u32,
    pub agree_percent: u32,
    pub disagree_percent: u32,
    pub pass_percent: u32,
    /// Where the pass segment starts on a bar that is 100 wide.
    pub pass_from: u32,
}

impl From<Tally> for Bar {
    fn from(tally: Tally) -> Self {
        let [agree_percent, pass_percent, disagree_percent] = shares::of_votes(&tally);
        Self {
            agree: tally.agree,
            disagree: tally.disagree,
            pass: tally.pass,
            n: tally.seen(),
            agree_percent,
            disagree_percent,
            pass_percent,
            pass_from: agree_percent,
        }
    }
}

impl Bar {
    /// The share that agrees or disagrees, in percent.
    fn share(&self, agrees: bool) -> u32 {
        if agrees { self.agree_percent } else { self.disagree_percent }
    }
}

/// One group's votes; `None` when fewer people than the publication minimum saw the statement.
#[derive(Clone)]
pub(super) struct GroupBar {
    pub label: String,
    pub bar: Option<Bar>,
}

/// Two groups that differ: the shares of one answer, and the least difference between them.
#[derive(Clone)]
pub(super) struct Gap {
    pub agrees: bool,
    pub more: String,
    pub less: String,
    pub more_percent: u32,
    pub less_percent: u32,
    /// The lower end of the 90 % interval of the difference, in percentage points.
    pub least: u32,
}

/// A statement with its votes.
#[derive(Clone)]
pub(super) struct Row {
    pub number: StatementNumber,
    pub text: String,
    pub overall: Bar,
    pub groups: Vec<GroupBar>,
    /// Whether so few people voted on it that the counts would show what single people said.
    pub few: bool,
    /// How far the groups are apart, where that is more than chance.
    pub gap: Option<Gap>,
    /// How sure it is, of a consensus statement; `None` where a group's votes are not shown.
    pub consensus: Option<ConsensusNumbers>,
    /// How far it bridges, and whether it is known.
    pub bridging: Option<String>,
}

/// How sure a consensus is, over all groups.
#[derive(Clone)]
pub(super) struct ConsensusNumbers {
    /// The lowest lower bound of a group's share on the listed side, in percent.
    pub lowest_bound: u32,
    /// The fewest votes of any group.
    pub smallest_n: u32,
    /// Organised newcomers that would be needed to end it.
    pub newcomers: u32,
    /// Group-informed consensus, of the listed side.
    pub informed: String,
}

/// A statement that is typical of a group.
pub(super) struct Typical {
    pub row: Row,
    pub agrees: bool,
    pub count: u32,
    pub seen: u32,
    pub percent: u32,
    pub low: u32,
    pub high: u32,
    pub others: Others,
}

/// How the same answer stands in the other groups, as far as they are shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Others {
    /// None of them is shown.
    Unknown,
    /// In none of them is the share as high; in this one it is next.
    Less { label: String, percent: u32 },
    /// In this one it is the same.
    Same { label: String, percent: u32 },
    /// In this one it is higher.
    More { label: String, percent: u32 },
}

impl Others {
    /// Holds a group's share against those beside it, by the percents that are shown.
    fn of(row: &Row, own: &str, agrees: bool) -> Self {
        let others = || row.groups.iter().filter(|group| group.label != own);
        let shown =
            others().filter_map(|group| Some((group.label.clone(), group.bar.as_ref()?.share(agrees))));
        let own = row.groups.iter().find(|group| group.label == own).and_then(|group| group.bar.as_ref());
        // The first of equals: groups stand by their letters.
        let highest = shown.reduce(|best, next| if next.1 > best.1 { next } else { best });
        let (Some(own), Some((label, percent))) = (own.map(|bar| bar.share(agrees)), highest) else {
            return Others::Unknown;
        };
        match percent.cmp(&own) {
            Ordering::Less => Others::Less { label, percent },
            Ordering::Equal => Others::Same { label, percent },
            Ordering::Greater => Others::More { label, percent },
        }
    }
}

/// A group with what is typical of it.
pub(super) struct GroupSection {
    pub label: String,
    pub size: u32,
    pub percent: u32,
    pub typical: Vec<Typical>,
}

impl Row {
    /// The least difference between two groups, in percentage points; 0 where it may be chance.
    pub fn least_gap(&self) -> u32 {
        self.gap.as_ref().map_or(0, |gap| gap.least)
    }
}

/// The pair of groups, and the answer, whose shares differ most for certain. Only groups with
/// enough votes count, and only differences that a 90 % interval keeps above zero.
fn gap(cells: &[(&str, &Tally)]) -> Option<Gap> {
    const ENOUGH_VOTES: u32 = 7;
    const Z: f64 = 1.644_853_6;
    let asked: Vec<_> = cells.iter().filter(|(_, tally)| tally.seen() >= ENOUGH_VOTES).collect();
    let pairs = asked.iter().flat_map(|more| asked.iter().map(move |less| (*more, *less)));
    let gaps = pairs.flat_map(|((more, high), (less, low))| {
        [true, false].map(|agrees| {
            let of = |tally: &Tally| if agrees { tally.agree } else { tally.disagree };
            let bound =
                significance::difference_lower_bound([of(high), of(low)], [high.seen(), low.seen()], Z);
            Gap {
                agrees,
                more: (*more).to_owned(),
                less: (*less).to_owned(),
                more_percent: Bar::from(**high).share(agrees),
                less_percent: Bar::from(**low).share(agrees),
                least: (bound.max(0.0) * 100.0).floor() as u32,
            }
        })
    });
    // The first of equals: the order of groups and answers is fixed.
    gaps.filter(|gap| gap.least > 0).reduce(|best, gap| if gap.least > best.least { gap } else { best })
}

/// Draws rows from one state of a room.
pub(super) struct Rows<'a> {
    state: &'a RoomState,
    privacy_min: u32,
}

impl<'a> Rows<'a> {
    pub fn of(state: &'a RoomState) -> Self {
        Self { state, privacy_min: state.map.settings.privacy_min }
    }

    /// The groups that may be shown, by letter; none when they are no more than chance makes.
    fn groups(&self) -> impl Iterator<Item = &'a Group> {
        let (groups, divided) = (self.state.map.map.groups.iter(), self.state.map.shows_groups());
        let mut groups: Vec<&Group> =
            groups.filter(|group| divided && group.size >= self.privacy_min).collect();
        groups.sort_by(|a, b| a.label.cmp(&b.label));
        groups.into_iter()
    }

    /// A statement's row; `None` for statements that are not shown.
    pub fn row(&self, number: StatementNumber) -> Option<Row> {
        let statement = self.state.map.map.statement(number)?;
        let shown = self.state.shown(number)?;
        let groups: Vec<&Group> = self.groups().collect();
        let tally = |group: &&Group| statement.groups.get(group.id as usize).copied().unwrap_or_default();
        let tallies: Vec<Tally> = groups.iter().map(tally).collect();
        let labels: Vec<String> = groups.iter().map(|group| group.label.clone()).collect();
        let overall = statement.tally();
        let shown_cells = shown_cells(&tallies, rest_of(overall, &tallies), self.privacy_min);
        let cells = groups.iter().zip(&tallies).zip(shown_cells);
        let groups: Vec<GroupBar> = cells
            .map(|((group, tally), shown)| GroupBar {
                label: group.label.clone(),
                bar: shown.then(|| (*tally).into()),
            })
            .collect();
        let cells: Vec<(&str, &Tally)> = labels.iter().map(String::as_str).zip(&tallies).collect();
        let all_shown = groups.iter().all(|group| group.bar.is_some());
        Some(Row {
            number,
            text: shown.text,
            few: overall.seen() < self.privacy_min,
            overall: overall.into(),
            gap: if all_shown { gap(&cells) } else { None },
            groups,
            consensus: None,
            bridging: None,
        })
    }

    /// Consensus statements of one side.
    pub fn consensus(&self, listed: &[ConsensusStatement]) -> Vec<Row> {
        let row = |statement: &ConsensusStatement| {
            let row = self.row(statement.statistics.statement)?;
            let agrees = statement.statistics.direction == Direction::Agree;
            let side = if agrees { row.overall.agree } else { row.overall.disagree };
            // Groups have only those on the map. Where the others outweigh them, people don't agree.
            if 2 * side <= row.overall.n {
                return None;
            }
            let newcomers = statement.margin?.newcomers;
            Some(Row { consensus: self.numbers_of(statement, newcomers), ..row })
        };
        listed.iter().filter_map(row).collect()
    }

    /// How sure a consensus is. Nothing where it could be reckoned back from that what a group said whose
    /// votes are not shown: each number here is of all groups.
    fn numbers_of(&self, listed: &ConsensusStatement, newcomers: u32) -> Option<ConsensusNumbers> {
        let stored = self.state.map.map.statement(listed.statistics.statement)?;
        let rest = rest_of(stored.tally(), &stored.groups);
        if shown_cells(&stored.groups, rest, self.privacy_min).contains(&false) {
            return None;
        }
        let informed = match listed.statistics.direction {
            Direction::Agree => stored.group_informed_consensus,
            Direction::Disagree => stored.group_informed_consensus_disagree,
        };
        Some(ConsensusNumbers {
            lowest_bound: (listed.lowest_group_bound * 100.0).floor() as u32,
            smallest_n: stored.groups.iter().map(Tally::seen).min()?,
            newcomers,
            informed: format!("{informed:.2}"),
        })
    }

    /// What bridges best, whatever the groups; nothing until it is computed.
    pub fn bridging(&self, most: usize) -> Vec<Row> {
        let Some(known) = &self.state.map.afterwork else { return Vec::new() };
        let rows = known.afterwork.bridges(&self.state.map.map).into_iter().filter_map(|score| {
            Some(Row { bridging: Some(format!("{:+.2}", score.bridging)), ..self.row(score.id)? })
        });
        rows.take(most).collect()
    }

    /// The groups with what is typical of them.
    pub fn sections(&self) -> Vec<GroupSection> {
        let groups: Vec<&Group> = self.groups().collect();
        let sizes: Vec<u32> = groups.iter().map(|group| group.size).collect();
        let shares = size_percents(&sizes, self.state.map.map.counts.placed);
        let sections = groups.into_iter().zip(shares);
        sections
            .map(|(group, percent)| GroupSection {
                label: group.label.clone(),
                size: group.size,
                percent,
                typical: group.representative.iter().filter_map(|r| self.typical(&group.label, r)).collect(),
            })
            .collect()
    }

    fn typical(&self, label: &str, representative: &RepresentativeStatement) -> Option<Typical> {
        let statistics = &representative.statistics;
        let row = self.row(statistics.statement)?;
        // What the row beside it hides is not said in words.
        let bar = row.groups.iter().find(|group| group.label == label)?.bar.clone()?;
        let agrees = statistics.direction == Direction::Agree;
        let count = if agrees { statistics.agree } else { statistics.disagree };
        Some(Typical {
            others: Others::of(&row, label, agrees),
            row,
            agrees,
            count,
            seen: statistics.seen,
            percent: bar.share(agrees),
            // Outwards: an interval is never shown narrower than it is.
            low: (statistics.interval[0] * 100.0).floor() as u32,
            high: (statistics.interval[1] * 100.0).ceil() as u32,
        })
    }

    /// Where groups differ for certain, the surest first; nothing when there are no two groups.
    pub fn divisive(&self, most: usize) -> Vec<Row> {
        let mut rows: Vec<Row> = self.all().into_iter().filter(|row| row.gap.is_some()).collect();
        rows.sort_by_key(|row| (Reverse(row.least_gap()), row.number));
        rows.truncate(most);
        rows
    }

    /// Every statement that is shown, by number.
    pub fn all(&self) -> Vec<Row> {
        self.state.map.map.statements.iter().filter_map(|statement| self.row(statement.id)).collect()
    }
}
