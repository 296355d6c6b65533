//! Statements with their votes, ready to be drawn: every number with its n, and no cell that the
//! publication minimum hides.

use std::cmp::Reverse;

use crate::domain::{StatementNumber, Tally};
use crate::http::map_view::percent;
use crate::http::privacy::shown_cells;
use crate::live::RoomState;
use crate::opinion::significance;
use crate::opinion::{ConsensusStatement, Direction, Group, MapStatement, RepresentativeStatement};

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
        let n = tally.seen();
        let (agree_percent, disagree_percent) = (percent(tally.agree, n), percent(tally.disagree, n));
        Self {
            agree: tally.agree,
            disagree: tally.disagree,
            pass: tally.pass,
            n,
            agree_percent,
            disagree_percent,
            pass_percent: percent(tally.pass, n),
            pass_from: agree_percent,
        }
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
    /// The fewest votes of any group.
    pub smallest_n: u32,
    /// The lowest lower bound of a group's share on the listed side, in percent.
    pub lowest_bound: u32,
    /// Organised newcomers that would be needed to end the consensus.
    pub newcomers: u32,
    /// How far it bridges, and whether it is known.
    pub bridging: Option<String>,
    /// Group-informed consensus, of a consensus statement's side.
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
                more_percent: percent(of(high), high.seen()),
                less_percent: percent(of(low), low.seen()),
                least: (bound.max(0.0) * 100.0).floor() as u32,
            }
        })
    });
    // The first of equals: the order of groups and answers is fixed.
    gaps.filter(|gap| gap.least > 0).reduce(|best, gap| if gap.least > best.least { gap } else { best })
}

/// The fewest votes of any group, shown or not.
fn smallest_n(statement: &MapStatement, state: &RoomState) -> u32 {
    let groups = state.map.map.groups.iter();
    let seen = groups.filter_map(|group| Some(statement.groups.get(group.id as usize)?.seen()));
    seen.min().unwrap_or(0)
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
        let shown_cells = shown_cells(&tallies, self.privacy_min);
        let cells = groups.iter().zip(&tallies).zip(shown_cells);
        let groups: Vec<GroupBar> = cells
            .map(|((group, tally), shown)| GroupBar {
                label: group.label.clone(),
                bar: shown.then(|| (*tally).into()),
            })
            .collect();
        let cells: Vec<(&str, &Tally)> = labels.iter().map(String::as_str).zip(&tallies).collect();
        let overall = statement.tally();
        Some(Row {
            number,
            text: shown.text,
            few: overall.seen() < self.privacy_min,
            overall: overall.into(),
            gap: if groups.iter().all(|group| group.bar.is_some()) { gap(&cells) } else { None },
            smallest_n: smallest_n(statement, self.state),
            groups,
            lowest_bound: 0,
            newcomers: 0,
            bridging: None,
            informed: String::new(),
        })
    }

    /// Consensus statements of one side.
    pub fn consensus(&self, listed: &[ConsensusStatement]) -> Vec<Row> {
        listed
            .iter()
            .filter_map(|statement| {
                let number = statement.statistics.statement;
                let row = self.row(number)?;
                let stored = self.state.map.map.statement(number)?;
                let informed = match statement.statistics.direction {
                    Direction::Agree => stored.group_informed_consensus,
                    Direction::Disagree => stored.group_informed_consensus_disagree,
                };
                Some(Row {
                    informed: format!("{informed:.2}"),
                    lowest_bound: (statement.lowest_group_bound * 100.0).floor() as u32,
                    newcomers: statement.margin?.newcomers,
                    ..row
                })
            })
            .collect()
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
        let placed = self.state.map.map.counts.placed;
        self.groups()
            .map(|group| GroupSection {
                label: group.label.clone(),
                size: group.size,
                percent: percent(group.size, placed),
                typical: group.representative.iter().filter_map(|r| self.typical(r)).collect(),
            })
            .collect()
    }

    fn typical(&self, representative: &RepresentativeStatement) -> Option<Typical> {
        let statistics = &representative.statistics;
        if statistics.seen < self.privacy_min {
            return None;
        }
        let agrees = statistics.direction == Direction::Agree;
        let count = if agrees { statistics.agree } else { statistics.disagree };
        Some(Typical {
            row: self.row(statistics.statement)?,
            agrees,
            count,
            seen: statistics.seen,
            percent: percent(count, statistics.seen),
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
