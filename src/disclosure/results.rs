//! What everybody may read of the results: a table without small cells, and what follows from it. PURE.
//!
//! The table is made first. Every list, order and sentence is computed from the table alone, with the
//! formulas of the opinion core: so none of them can tell anything that the table hides.

use super::cells::{Cells, told_of};
use super::findings::{self, ConsensusFinding, Gap, RepresentativeFinding};
use super::shared_map::{public_groups, size_percents};
use super::standing::{OneGroupFinding, Standings};
use super::table::{GroupHead, ListedStatement, ResultTable};
use super::withheld::WithheldVotes;
use crate::domain::{StatementNumber, Tally};
use crate::opinion::{CheckedParams, OpinionMap};

/// Where results come from.
#[derive(Clone, Copy)]
pub struct ResultSource<'a> {
    /// The map.
    pub map: &'a OpinionMap,
    /// Whether its groups are more than chance makes.
    pub divided: bool,
    /// The fewest people of whom anything is told.
    pub min: u32,
    /// Votes that are not counted yet.
    pub withheld: &'a WithheldVotes,
}

/// What everybody may read.
#[derive(Clone, PartialEq, Debug)]
pub struct Results {
    /// The fewest people of whom anything is told.
    pub min: u32,
    /// The groups that are shown, by letter.
    pub groups: Vec<ResultGroup>,
    /// Groups that are too small to be shown.
    pub hidden_groups: usize,
    /// Every statement that is shown, by number.
    pub statements: Vec<StatementResult>,
    /// What people agree on, the surest first.
    pub agree: Vec<ConsensusFinding>,
    /// What people disagree with, the surest first.
    pub disagree: Vec<ConsensusFinding>,
    /// Where most of one group say one thing and most of another don't, the surest difference first.
    pub differ: Vec<StatementNumber>,
    /// What most of one group want and few of the others object to, the clearest first.
    pub one_group: Vec<OneGroupFinding>,
    /// What more than half of everybody passed on, the clearest first.
    pub unclear: Vec<StatementNumber>,
}

/// A group and what is typical of it.
#[derive(Clone, PartialEq, Debug)]
pub struct ResultGroup {
    /// Its letter.
    pub label: String,
    /// Its people.
    pub size: u32,
    /// Its share of everybody placed, in whole percents.
    pub percent: u32,
    /// What is typical of it, the most telling first.
    pub typical: Vec<RepresentativeFinding>,
}

/// A statement's votes.
#[derive(Clone, PartialEq, Debug)]
pub struct StatementResult {
    /// Its number.
    pub number: StatementNumber,
    /// The votes that may be told, of everybody and of each group.
    pub cells: Cells,
    /// How far the groups are apart, where that is more than chance.
    pub gap: Option<Gap>,
}

impl StatementResult {
    /// The least difference between two groups, in percentage points; 0 where it may be chance.
    pub fn least_gap(&self) -> u32 {
        self.gap.as_ref().map_or(0, |gap| gap.least)
    }
}

impl Results {
    /// What may be told of these statements.
    pub fn new(source: ResultSource<'_>, listed: &[ListedStatement]) -> Self {
        let ResultSource { map, divided, min, .. } = source;
        // One group is no group: it is everybody on the map.
        let mut shown = public_groups(map, divided && map.groups.len() > 1, min);
        if shown.len() < 2 {
            shown.clear();
        }
        let cells = |number: StatementNumber| {
            let statement = map.statement(number)?;
            let (overall, groups) =
                source.withheld.taken_from(number, map, statement.tally(), &statement.groups);
            let votes = shown.iter().map(|group| groups.get(group.id as usize).copied());
            let votes: Vec<Tally> = votes.map(Option::unwrap_or_default).collect();
            Some(Cells::of(told_of(overall, &groups, min), &votes, min))
        };
        let table = listed.iter().filter_map(|l| Some((*l, cells(l.number)?)));
        let sizes: Vec<u32> = shown.iter().map(|group| group.size).collect();
        let heads: Vec<GroupHead> = shown
            .iter()
            .zip(size_percents(&sizes, map.counts.placed))
            .map(|(group, percent)| GroupHead { label: group.label.clone(), size: group.size, percent })
            .collect();
        let table = ResultTable {
            heads,
            hidden_groups: if shown.is_empty() { 0 } else { map.groups.len() - shown.len() },
            placed: map.counts.placed,
            rows: table.collect(),
        };
        Self { min, ..table.results(&map.engine.params) }
    }

    /// A statement's votes.
    pub fn statement(&self, number: StatementNumber) -> Option<&StatementResult> {
        let at = self.statements.binary_search_by_key(&number, |row| row.number).ok()?;
        self.statements.get(at)
    }
}

impl ResultTable {
    fn results(self, params: &CheckedParams) -> Results {
        let [agree, disagree] = findings::consensus(&self, params);
        let typical = findings::typical(&self, &params.findings);
        let mut agreed: Vec<StatementNumber> =
            [&agree, &disagree].into_iter().flatten().map(|finding| finding.number).collect();
        agreed.sort_unstable();
        let Standings { differ, one_group, unclear } = Standings::of(&self, &agreed, params);
        let labels: Vec<&str> = self.heads.iter().map(|head| head.label.as_str()).collect();
        let gaps: Vec<Option<Gap>> =
            self.rows.iter().map(|(_, cells)| findings::gap_of(&labels, cells)).collect();
        let groups = self.heads.into_iter().zip(typical);
        let groups = groups.map(|(GroupHead { label, size, percent }, typical)| ResultGroup {
            label,
            size,
            percent,
            typical,
        });
        let groups = groups.collect();
        let rows = self.rows.into_iter().zip(gaps);
        let statements =
            rows.map(|((listed, cells), gap)| StatementResult { number: listed.number, cells, gap });
        let hidden_groups = self.hidden_groups;
        Results {
            min: 0,
            groups,
            hidden_groups,
            statements: statements.collect(),
            agree,
            disagree,
            differ,
            one_group,
            unclear,
        }
    }
}
