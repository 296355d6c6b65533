//! Statements with their votes, ready to be drawn: the words of the board beside what `disclosure` tells.

use std::borrow::Borrow;

use crate::disclosure::{
    Bridge, ConsensusFinding, ConsensusNumbers, Gap, PublicTally, RepresentativeFinding, ResultGroup,
    Results, StatementResult,
};
use crate::domain::StatementNumber;
use crate::live::{Board, Contents};

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
}

impl Bar {
    /// The share of one answer, in whole percents.
    fn share(&self, agrees: bool) -> u32 {
        if agrees { self.agree_percent } else { self.disagree_percent }
    }
}

impl From<PublicTally> for Bar {
    fn from(cell: PublicTally) -> Self {
        let [agree_percent, pass_percent, disagree_percent] = cell.percents();
        let votes = cell.votes();
        Self {
            agree: votes.agree,
            disagree: votes.disagree,
            pass: votes.pass,
            n: cell.n(),
            agree_percent,
            disagree_percent,
            pass_percent,
        }
    }
}

/// One group's votes; `None` when they are hidden.
#[derive(Clone)]
pub(super) struct GroupBar {
    pub label: String,
    pub bar: Option<Bar>,
}

/// A statement with its votes.
#[derive(Clone)]
pub(super) struct Row {
    pub number: StatementNumber,
    pub text: String,
    /// Everybody's votes; `None` when too few people voted on it.
    pub overall: Option<Bar>,
    pub groups: Vec<GroupBar>,
    /// How far the groups are apart, where that is more than chance.
    pub gap: Option<Gap>,
}

impl Row {
    /// Everybody's share of one answer, in whole percents. (Macros of templates hand on values and references.)
    pub fn share(&self, agrees: impl Borrow<bool>) -> Option<u32> {
        self.overall.as_ref().map(|bar| bar.share(*agrees.borrow()))
    }

    /// The same of each group, as far as it is shown, with the group's place.
    pub fn shares(&self, agrees: impl Borrow<bool>) -> Vec<GroupShare<'_>> {
        let agrees = *agrees.borrow();
        let told = self.groups.iter().enumerate().filter_map(|(place, group)| {
            let percent = group.bar.as_ref()?.share(agrees);
            Some(GroupShare { place, label: &group.label, percent })
        });
        told.collect()
    }
}

/// A group's share of one answer.
pub(super) struct GroupShare<'a> {
    pub place: usize,
    pub label: &'a str,
    pub percent: u32,
}

/// A statement that people agree on, or disagree with.
pub(super) struct ConsensusRow {
    pub row: Row,
    /// Everybody's votes on it.
    pub overall: Bar,
    pub numbers: Option<ConsensusNumbers>,
}

impl ConsensusRow {
    /// Group-informed consensus, with two decimals.
    pub fn informed(&self) -> String {
        self.numbers.as_ref().map_or(String::new(), |numbers| format!("{:.2}", numbers.informed))
    }
}

/// A statement that bridges, with its score.
pub(super) struct BridgeRow {
    pub row: Row,
    pub score: String,
}

/// A statement that is typical of a group.
pub(super) struct RepresentativeRow {
    pub row: Row,
    pub typical: RepresentativeFinding,
}

impl RepresentativeRow {
    /// The message that says it.
    pub fn words(&self) -> &'static str {
        if self.typical.agrees { "typical-agree" } else { "typical-disagree" }
    }
}

/// A group with what is typical of it.
pub(super) struct GroupSection {
    pub label: String,
    pub size: u32,
    pub percent: u32,
    pub typical: Vec<RepresentativeRow>,
}

/// Puts words and results together.
pub(super) struct ResultRows<'a> {
    contents: &'a Contents,
    results: &'a Results,
}

impl<'a> ResultRows<'a> {
    /// These results, with the words of the statements on the board.
    pub fn of(board: &'a Board, results: &'a Results) -> Self {
        Self { contents: &board.contents, results }
    }

    fn row(&self, result: &StatementResult) -> Option<Row> {
        let labels = self.results.groups.iter().map(|group| group.label.clone());
        let bars = result.cells.groups.iter().map(|cell| cell.map(Bar::from));
        Some(Row {
            number: result.number,
            text: self.contents.statement(result.number)?.text.to_string(),
            overall: result.cells.overall.map(Bar::from),
            groups: labels.zip(bars).map(|(label, bar)| GroupBar { label, bar }).collect(),
            gap: result.gap.clone(),
        })
    }

    fn row_of(&self, number: StatementNumber) -> Option<Row> {
        self.row(self.results.statement(number)?)
    }

    /// Consensus statements of one side.
    pub fn consensus(&self, listed: &[ConsensusFinding]) -> Vec<ConsensusRow> {
        let row = |listed: &ConsensusFinding| {
            let row = self.row_of(listed.number)?;
            Some(ConsensusRow { overall: row.overall.clone()?, row, numbers: listed.numbers.clone() })
        };
        listed.iter().filter_map(row).collect()
    }

    /// What bridges best, whatever the groups.
    pub fn bridges(&self) -> Vec<BridgeRow> {
        let row = |bridge: &Bridge| {
            Some(BridgeRow { row: self.row_of(bridge.number)?, score: format!("{:+.2}", bridge.score) })
        };
        self.results.bridges.iter().filter_map(row).collect()
    }

    /// The groups with what is typical of them.
    pub fn sections(&self) -> Vec<GroupSection> {
        let section = |group: &ResultGroup| GroupSection {
            label: group.label.clone(),
            size: group.size,
            percent: group.percent,
            typical: group.typical.iter().filter_map(|typical| self.typical(typical)).collect(),
        };
        self.results.groups.iter().map(section).collect()
    }

    fn typical(&self, typical: &RepresentativeFinding) -> Option<RepresentativeRow> {
        Some(RepresentativeRow { row: self.row_of(typical.number)?, typical: typical.clone() })
    }

    /// Where groups differ for certain, the surest first.
    pub fn divisive(&self, most: usize) -> Vec<Row> {
        self.results.divisive(most).into_iter().filter_map(|result| self.row(result)).collect()
    }

    /// These statements, in this order.
    pub fn listed(&self, results: &[&StatementResult]) -> Vec<Row> {
        results.iter().filter_map(|result| self.row(result)).collect()
    }
}
