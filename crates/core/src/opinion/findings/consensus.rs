//! What people agree on across groups (OPINION B8).
//!
//! Two views: the public label (a), the lowest group's Wilson lower bound; and the group-informed
//! consensus (b), a geometric mean over groups, comparable whatever their number. The view that
//! assumes no groups (c) is `bridging.rs`. It knows tallies by group.

use crate::domain::{StatementNumber, Tally};
use crate::opinion::findings::margin::margin;
use crate::opinion::findings::representative::statistics;
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::map::direction::Direction;
use crate::opinion::map::opinion_map::{Consensus, ConsensusStatement};
use crate::opinion::numeric::geometry::rounded;
use crate::opinion::numeric::significance::{share_test, wilson};
use crate::opinion::votes::tallies::sum;

/// The lowest of the groups' Wilson lower bounds on this side; 0 without groups or votes.
pub fn lowest_group_bound(groups: &[Tally], direction: Direction, z: f64) -> f64 {
    let lowest = groups
        .iter()
        .map(|tally| wilson(direction.of(tally), tally.seen(), z)[0])
        .fold(f64::INFINITY, f64::min);
    if lowest.is_finite() { lowest } else { 0.0 }
}

/// The geometric mean over groups of (s + ½)/(n + 1); ½ without groups or votes.
pub fn group_informed(groups: &[Tally], direction: Direction) -> f64 {
    if groups.is_empty() {
        return 0.5;
    }
    let share = |tally: &Tally| (f64::from(direction.of(tally)) + 0.5) / (f64::from(tally.seen()) + 1.0);
    let logs: f64 = groups.iter().map(|tally| libm::log(share(tally))).sum();
    libm::exp(logs / groups.len() as f64)
}

/// Whether every group has seen the statement often enough: `votes` times, or by everybody in a
/// group smaller than that, which else could never be asked enough. False without groups.
pub fn seen_by_every_group(groups: &[Tally], sizes: &[u32], votes: u32) -> bool {
    let enough = |(tally, size): (&Tally, &u32)| tally.seen() >= votes.min(*size);
    !groups.is_empty() && groups.iter().zip(sizes).all(enough)
}

/// The statements that a majority of every group is known to agree (or disagree) with, the
/// surest first. `tallies` are those of the live statements, by group; `sizes` are the groups'.
pub fn consensus(
    tallies: &[(StatementNumber, Vec<Tally>)],
    sizes: &[u32],
    params: &CheckedParams,
) -> Consensus {
    Consensus {
        agree: side(tallies, sizes, Direction::Agree, params),
        disagree: side(tallies, sizes, Direction::Disagree, params),
    }
}

/// As many of them on each side as a map lists.
pub fn listed_consensus(
    tallies: &[(StatementNumber, Vec<Tally>)],
    sizes: &[u32],
    params: &CheckedParams,
) -> Consensus {
    let mut listed = consensus(tallies, sizes, params);
    let most = params.findings.consensus_max as usize;
    listed.agree.truncate(most);
    listed.disagree.truncate(most);
    listed
}

fn side(
    tallies: &[(StatementNumber, Vec<Tally>)],
    sizes: &[u32],
    direction: Direction,
    params: &CheckedParams,
) -> Vec<ConsensusStatement> {
    let z = params.findings.wilson_z;
    let mut found: Vec<(f64, StatementNumber, &[Tally])> = tallies
        .iter()
        .filter(|(_, groups)| seen_by_every_group(groups, sizes, params.findings.exposure_votes))
        .map(|(statement, groups)| {
            (rounded(lowest_group_bound(groups, direction, z)), *statement, groups.as_slice())
        })
        .filter(|(bound, ..)| *bound > 0.5)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found
        .into_iter()
        .map(|(bound, statement, groups)| {
            let all = sum(groups);
            let test = share_test(direction.of(&all), all.seen());
            ConsensusStatement {
                statistics: statistics(statement, direction, &all, test, z),
                lowest_group_bound: bound,
                margin: Some(margin(groups, sizes.iter().sum(), direction, params)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(agree: u32, disagree: u32, pass: u32) -> Tally {
        Tally { agree, disagree, pass }
    }

    #[test]
    fn one_group_against_it_is_no_consensus_however_many_agree() {
        let tallies = [
            (StatementNumber(4), vec![tally(900, 10, 10), tally(4, 6, 0)]),
            (StatementNumber(5), vec![tally(80, 10, 10), tally(9, 0, 0)]),
            (StatementNumber(6), vec![tally(1, 90, 0), tally(0, 20, 0)]),
            (StatementNumber(7), vec![tally(80, 0, 0), tally(6, 0, 0)]),
        ];
        let found = consensus(&tallies, &[920, 10], &CheckedParams::default());
        let numbers = |side: &[ConsensusStatement]| -> Vec<u32> {
            side.iter().map(|s| s.statistics.statement.0).collect()
        };
        assert_eq!(numbers(&found.agree), [5]);
        assert_eq!(numbers(&found.disagree), [6]);
        assert_eq!(found.agree[0].statistics.seen, 109);
    }

    #[test]
    fn a_small_group_that_saw_it_as_a_whole_is_asked_enough() {
        let tallies = [tally(200, 0, 0), tally(5, 0, 0)];
        assert!(seen_by_every_group(&tallies, &[200, 5], 7));
        assert!(!seen_by_every_group(&tallies, &[200, 6], 7), "one of six did not see it");
        assert!(!seen_by_every_group(&[], &[], 7));
    }

    #[test]
    fn group_informed_consensus_does_not_shrink_with_the_number_of_groups() {
        let two = group_informed(&[tally(90, 10, 0); 2], Direction::Agree);
        let five = group_informed(&[tally(90, 10, 0); 5], Direction::Agree);
        assert!((two - five).abs() < 1e-12 && (two - 90.5 / 101.0).abs() < 1e-12);
        assert_eq!(group_informed(&[], Direction::Agree), 0.5);
    }
}
