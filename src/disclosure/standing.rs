//! How a statement stands among the groups: where they differ, what one group needs, what is unclear. PURE.
//!
//! A group *clearly* gives an answer when more than half of it do and chance would not make it look so: the
//! lower end of the interval is above one half. It clearly doesn't when the upper end is below.

use super::cells::{Cells, PublicTally};
use super::findings::gap_of;
use super::table::ResultTable;
use crate::domain::{StatementNumber, Tally};
use crate::opinion::findings::consensus::seen_by_every_group;
use crate::opinion::numeric::significance::wilson;
use crate::opinion::{CheckedParams, Direction};

/// A statement that most of one group want, most of every other don't, and few of those object to: one of those
/// on which groups differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OneGroupFinding {
    /// The statement.
    pub number: StatementNumber,
    /// The group's letter.
    pub group: String,
}

/// What the groups don't agree on.
#[derive(Default)]
pub(super) struct Standings {
    /// Most of one group say one thing, and most of another don't: the surest difference first.
    pub differ: Vec<StatementNumber>,
    /// Most of one group want it, and few of the others object: the clearest first.
    pub one_group: Vec<OneGroupFinding>,
    /// More than half of everybody passed: the clearest first.
    pub unclear: Vec<StatementNumber>,
}

/// As many of another group may object to what one group needs: fewer than one in four.
const FEW: u32 = 4;

impl Standings {
    /// How the statements stand that are not agreed on.
    pub fn of(table: &ResultTable, agreed: &[StatementNumber], params: &CheckedParams) -> Self {
        let labels: Vec<&str> = table.heads.iter().map(|head| head.label.as_str()).collect();
        let sizes: Vec<u32> = table.heads.iter().map(|head| head.size).collect();
        let enough = params.findings.exposure_votes;
        let z = params.findings.wilson_z;
        let mut found = Standings::default();
        let (mut differ, mut unclear, mut one_group) = (Vec::new(), Vec::new(), Vec::new());
        let is_open = |number: &StatementNumber| agreed.binary_search(number).is_err();
        for (listed, cells) in
            table.rows.iter().filter(|(listed, _)| listed.can_be_found() && is_open(&listed.number))
        {
            let Some(overall) = cells.overall else { continue };
            let number = listed.number;
            let groups = tallies(cells);
            if let Some(groups) = groups.filter(|groups| seen_by_every_group(groups, &sizes, enough))
                && is_divided(&groups, z)
                && let Some(gap) = gap_of(&labels, cells)
            {
                differ.push((gap.least, number));
                if let Some((at, bound)) = one_group_wants(&groups, z) {
                    one_group.push((bound, OneGroupFinding { number, group: labels[at].to_owned() }));
                }
                continue;
            }
            let votes = overall.votes();
            if overall.n() >= enough && 2 * votes.pass > overall.n() {
                unclear.push((wilson(votes.pass, overall.n(), z)[0], number));
            }
        }
        differ.sort_by_key(|(least, number)| (std::cmp::Reverse(*least), *number));
        one_group.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.number.cmp(&b.1.number)));
        unclear.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.differ.extend(differ.into_iter().map(|(_, number)| number));
        found.one_group.extend(one_group.into_iter().map(|(_, finding)| finding));
        found.unclear.extend(unclear.into_iter().map(|(_, number)| number));
        found
    }
}

/// The votes of every group, where all are shown and there are two at least.
fn tallies(cells: &Cells) -> Option<Vec<Tally>> {
    let groups: Option<Vec<Tally>> =
        cells.groups.iter().map(|cell| cell.as_ref().map(PublicTally::votes)).collect();
    groups.filter(|groups| groups.len() > 1)
}

/// Whether a group clearly gives an answer.
fn clearly(tally: &Tally, direction: Direction, z: f64) -> bool {
    wilson(direction.of(tally), tally.seen(), z)[0] > 0.5
}

/// Whether most of one group clearly give an answer that most of another clearly don't give.
fn is_divided(groups: &[Tally], z: f64) -> bool {
    [Direction::Agree, Direction::Disagree].into_iter().any(|direction| {
        let clearly_not = |tally: &Tally| wilson(direction.of(tally), tally.seen(), z)[1] < 0.5;
        groups.iter().any(|tally| clearly(tally, direction, z)) && groups.iter().any(clearly_not)
    })
}

/// The one group that clearly agrees, where every other clearly doesn't, and few of each object; and how clear
/// it is.
fn one_group_wants(groups: &[Tally], z: f64) -> Option<(usize, f64)> {
    let mut clear = groups.iter().enumerate().filter(|(_, tally)| clearly(tally, Direction::Agree, z));
    let (at, own) = clear.next()?;
    let clearly_not = |tally: &Tally| wilson(tally.agree, tally.seen(), z)[1] < 0.5;
    let few_object = |tally: &Tally| FEW * tally.disagree < tally.seen();
    let mut others = groups.iter().enumerate().filter(|(other, _)| *other != at);
    let is_alone = others.all(|(_, tally)| clearly_not(tally) && few_object(tally));
    is_alone.then(|| (at, wilson(own.agree, own.seen(), z)[0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const Z: f64 = 1.644_853_6;

    fn tally(agree: u32, disagree: u32, pass: u32) -> Tally {
        Tally { agree, disagree, pass }
    }

    #[test]
    fn groups_differ_where_most_of_one_say_what_most_of_another_do_not() {
        assert!(is_divided(&[tally(80, 10, 10), tally(10, 80, 10)], Z));
        assert!(is_divided(&[tally(80, 10, 10), tally(30, 30, 40)], Z));
        assert!(!is_divided(&[tally(80, 10, 10), tally(48, 42, 10)], Z), "it may be half of the other");
        assert!(!is_divided(&[tally(40, 30, 30), tally(10, 40, 50)], Z), "most of neither say so");
    }

    #[test]
    fn what_one_group_needs_is_wanted_by_it_alone_and_opposed_by_few() {
        let wants = |groups: &[Tally]| one_group_wants(groups, Z).map(|(at, _)| at);
        assert_eq!(wants(&[tally(30, 20, 50), tally(80, 5, 15)]), Some(1));
        assert_eq!(wants(&[tally(30, 25, 45), tally(80, 5, 15)]), None, "a quarter of the other object");
        assert_eq!(wants(&[tally(80, 5, 15), tally(80, 5, 15)]), None, "both want it");
        assert_eq!(wants(&[tally(48, 5, 47), tally(80, 5, 15)]), None, "it may be half of the other");
        assert_eq!(wants(&[tally(10, 70, 20), tally(20, 30, 50)]), None, "one rejects it");
        assert_eq!(wants(&[tally(30, 20, 50), tally(40, 20, 40)]), None);
    }
}
