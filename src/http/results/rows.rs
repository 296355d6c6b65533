//! Statements with their votes, ready to be drawn: the words of the board beside what `disclosure` tells.

use crate::disclosure::{
    ConsensusFinding, ConsensusNumbers, Contrast, ImportantFinding, OneGroupFinding, PublicTally,
    RepresentativeFinding, ResultGroup, Results, StatementResult,
};
use crate::domain::{Choice, StatementNumber};
use crate::live::{Board, Contents};

/// Votes of some people on one statement.
#[derive(Clone)]
pub(in crate::http) struct Bar {
    pub agree: u32,
    pub pass: u32,
    pub disagree: u32,
    pub n: u32,
}

impl Bar {
    /// The share of one answer, in whole percents.
    pub fn share(&self, answer: Choice) -> u32 {
        match answer {
            Choice::Agree => self.agree,
            Choice::Pass => self.pass,
            Choice::Disagree => self.disagree,
        }
    }
}

impl From<PublicTally> for Bar {
    fn from(cell: PublicTally) -> Self {
        let [agree, pass, disagree] = cell.percents();
        Self { agree, pass, disagree, n: cell.n() }
    }
}

/// One group's votes; `None` when they are hidden.
#[derive(Clone)]
pub(in crate::http) struct GroupBar {
    pub label: String,
    pub bar: Option<Bar>,
}

/// A statement with its votes.
#[derive(Clone)]
pub(in crate::http) struct Row {
    pub number: StatementNumber,
    pub text: String,
    /// From the organiser.
    pub seed: bool,
    /// Worded by a moderator.
    pub worded: bool,
    /// Those that it is asked in the place of, since they say the same.
    pub stands_for: Vec<(StatementNumber, String)>,
    /// The answer whose share leads.
    pub answer: Choice,
    /// Everybody's votes; `None` when too few people voted on it.
    pub overall: Option<Bar>,
    pub groups: Vec<GroupBar>,
}

impl Row {
    /// Everybody's share of the answer, in whole percents.
    pub fn share(&self) -> Option<u32> {
        self.overall.as_ref().map(|bar| bar.share(self.answer))
    }

    /// The same of each group, as far as it is shown, with the group's place.
    pub fn shares(&self) -> Vec<GroupShare<'_>> {
        let told = self.groups.iter().enumerate().filter_map(|(place, group)| {
            let percent = group.bar.as_ref()?.share(self.answer);
            Some(GroupShare { place, label: &group.label, percent })
        });
        told.collect()
    }

    /// The lowest and the highest of them.
    pub fn span(&self) -> (u32, u32) {
        let shares = || self.shares().into_iter().map(|share| share.percent);
        (shares().min().unwrap_or_default(), shares().max().unwrap_or_default())
    }
}

/// A group's share of one answer.
pub(in crate::http) struct GroupShare<'a> {
    pub place: usize,
    pub label: &'a str,
    pub percent: u32,
}

impl GroupShare<'_> {
    /// Where its mark stands: each group has a lane of its own.
    pub fn lane(&self) -> usize {
        8 + 10 * (self.place % 2)
    }
}

/// Statements of a list: as many as the page shows, and how many there are.
#[derive(Default)]
pub(in crate::http) struct Listed {
    pub rows: Vec<Row>,
    pub all: usize,
}

/// Statements that matter to many, with the percent of those who voted who marked it at least.
#[derive(Default)]
pub(in crate::http) struct ImportantRows {
    pub rows: Vec<(Row, u32)>,
    pub all: usize,
}

/// How sure it is that people agree on a statement.
pub(in crate::http) struct SureRow {
    pub text: String,
    pub numbers: ConsensusNumbers,
}

/// A statement that is typical of a group.
pub(in crate::http) struct RepresentativeRow {
    pub text: String,
    pub typical: RepresentativeFinding,
}

/// A group with what is typical of it.
pub(in crate::http) struct GroupSection {
    pub label: String,
    pub size: u32,
    pub percent: u32,
    pub typical: Vec<RepresentativeRow>,
}

/// Puts words and results together.
pub(in crate::http) struct ResultRows<'a> {
    contents: &'a Contents,
    results: &'a Results,
}

fn answer(agrees: bool) -> Choice {
    if agrees { Choice::Agree } else { Choice::Disagree }
}

impl<'a> ResultRows<'a> {
    /// These results, with the words of the statements on the board.
    pub fn of(board: &'a Board, results: &'a Results) -> Self {
        Self { contents: &board.contents, results }
    }

    /// A statement with its votes, of which those who give this answer lead.
    pub fn row(&self, result: &StatementResult, answer: Choice) -> Option<Row> {
        let labels = self.results.groups.iter().map(|group| group.label.clone());
        let bars = result.cells.groups.iter().map(|cell| cell.map(Bar::from));
        let statement = self.contents.statement(result.number)?;
        Some(Row {
            number: result.number,
            text: statement.text.to_string(),
            seed: statement.seed,
            worded: statement.is_worded(),
            stands_for: self.contents.standing_for(result.number),
            answer,
            overall: result.cells.overall.map(Bar::from),
            groups: labels.zip(bars).map(|(label, bar)| GroupBar { label, bar }).collect(),
        })
    }

    fn row_of(&self, number: StatementNumber, answer: Choice) -> Option<Row> {
        self.row(self.results.statement(number)?, answer)
    }

    fn listed(&self, all: impl ExactSizeIterator<Item = (StatementNumber, Choice)>, most: usize) -> Listed {
        let count = all.len();
        let rows = all.take(most).filter_map(|(number, answer)| self.row_of(number, answer));
        Listed { rows: rows.collect(), all: count }
    }

    /// What people agree on, or what they disagree with.
    pub fn agreed(&self, agrees: bool, most: usize) -> Listed {
        let side = if agrees { &self.results.agree } else { &self.results.disagree };
        self.listed(side.iter().map(|finding| (finding.number, answer(agrees))), most)
    }

    /// Where groups differ: the answer is the one that their shares are furthest apart in.
    pub fn differing(&self, most: usize) -> Listed {
        let answer_of = |number: &StatementNumber| {
            let gap = self.results.statement(*number).and_then(|row| row.gap.as_ref());
            (*number, answer(gap.is_none_or(|gap| gap.agrees)))
        };
        self.listed(self.results.differ.iter().map(answer_of), most)
    }

    /// What one group needs, without what stands on the page already.
    pub fn of_one_group(&self, most: usize, said: &Listed) -> Listed {
        let all = &self.results.one_group;
        let is_new = |finding: &&OneGroupFinding| !said.rows.iter().any(|row| row.number == finding.number);
        let rows = all.iter().filter(is_new).filter_map(|f| self.row_of(f.number, Choice::Agree)).take(most);
        Listed { rows: rows.collect(), all: all.len() }
    }

    /// What is unclear.
    pub fn unclear(&self, most: usize) -> Listed {
        self.listed(self.results.unclear.iter().map(|number| (*number, Choice::Pass)), most)
    }

    /// What matters to many.
    pub fn important(&self, found: &[ImportantFinding], most: usize) -> ImportantRows {
        let row = |finding: &ImportantFinding| {
            Some((self.row_of(finding.number, Choice::Agree)?, finding.tenths * 10))
        };
        ImportantRows { rows: found.iter().take(most).filter_map(row).collect(), all: found.len() }
    }

    /// How sure it is that people agree on the first statements of both sides.
    pub fn sure(&self, most: [usize; 2]) -> Vec<SureRow> {
        let sides = [&self.results.agree, &self.results.disagree].into_iter().zip(most);
        let listed = sides.flat_map(|(side, most)| side.iter().take(most));
        let row = |finding: &ConsensusFinding| {
            let text = self.contents.statement(finding.number)?.text.to_string();
            Some(SureRow { text, numbers: finding.numbers.clone()? })
        };
        listed.filter_map(row).collect()
    }

    /// The groups with what is typical of them. What stands on one card stands on another only where that has
    /// nothing else to say.
    pub fn sections(&self, most: usize) -> Vec<GroupSection> {
        let mut said = Vec::new();
        self.results.groups.iter().map(|group| self.section(group, most, &mut said)).collect()
    }

    fn section(&self, group: &ResultGroup, most: usize, said: &mut Vec<StatementNumber>) -> GroupSection {
        // Said to be more often said here than elsewhere: so only what is.
        let is_more = |listed: &&RepresentativeFinding| matches!(listed.others, Contrast::Less { .. });
        let mut typical: Vec<&RepresentativeFinding> = group.typical.iter().filter(is_more).collect();
        typical.sort_by_key(|listed| said.contains(&listed.number));
        typical.truncate(most);
        said.extend(typical.iter().map(|listed| listed.number));
        let row = |typical: &RepresentativeFinding| {
            let text = self.contents.statement(typical.number)?.text.to_string();
            Some(RepresentativeRow { text, typical: typical.clone() })
        };
        GroupSection {
            label: group.label.clone(),
            size: group.size,
            percent: group.percent,
            typical: typical.into_iter().filter_map(row).collect(),
        }
    }
}
