//! What a group stands for: its representative statements (Polis calls the measure "repness").
//!
//! It knows tallies by group. Source: the metric and tests of OPINION §8, with false discoveries
//! controlled over all statement × group pairs (B7). The groups were found in the same votes, so
//! a p-value here is a ranking with a brake, not a proof.

use crate::domain::{StatementNumber, Tally};
use crate::opinion::map::direction::Direction;
use crate::opinion::map::opinion_map::{RepresentativeStatement, StatementStatistics};
use crate::opinion::map::params::FindingParams;
use crate::opinion::numeric::geometry::rounded;
use crate::opinion::numeric::significance::{
    benjamini_hochberg, difference_test, share_test, smoothed_share, upper_tail, wilson,
};
use crate::opinion::votes::tallies::sum;

/// One statement in one group, against the rest.
struct Pair {
    statement: StatementNumber,
    direction: Direction,
    tally: Tally,
    test: f64,
    repness: f64,
    repness_test: f64,
    /// Of the weaker of the two tests.
    p_value: f64,
    /// repness · its test · share · its test
    metric: f64,
}

/// The representative statements of each group, best first. Empty lists when there is no second
/// group to differ from. `tallies` are those of the live statements, by group.
pub fn representative(
    tallies: &[(StatementNumber, Vec<Tally>)],
    groups: usize,
    params: &FindingParams,
) -> Vec<Vec<RepresentativeStatement>> {
    if groups < 2 {
        return vec![Vec::new(); groups];
    }
    let pairs: Vec<Vec<Pair>> = (0..groups).map(|group| pairs_of(tallies, group).collect()).collect();
    let p_values: Vec<f64> = pairs.iter().flatten().map(|pair| pair.p_value).collect();
    let threshold = benjamini_hochberg(&p_values, params.bh_rate);
    pairs.into_iter().map(|pairs| select(pairs, threshold, params)).collect()
}

/// How strongly each pair of statement and group speaks: the weaker of its two tests. By group, in
/// the order of `tallies`, pairs without votes left out.
pub fn strengths(
    tallies: &[(StatementNumber, Vec<Tally>)],
    groups: usize,
) -> Vec<Vec<(StatementNumber, f64)>> {
    if groups < 2 {
        return vec![Vec::new(); groups];
    }
    let of_group =
        |group| pairs_of(tallies, group).map(|pair| (pair.statement, pair.test.min(pair.repness_test)));
    (0..groups).map(|group| of_group(group).collect()).collect()
}

fn pairs_of(tallies: &[(StatementNumber, Vec<Tally>)], group: usize) -> impl Iterator<Item = Pair> + '_ {
    tallies.iter().filter(move |(_, groups)| groups.get(group).is_some_and(|tally| tally.seen() > 0)).map(
        move |(statement, groups)| {
            // In range: the filter has found that there is such a group.
            let others = groups.iter().enumerate().filter(|(index, _)| *index != group);
            pair(*statement, groups[group], sum(others.map(|(_, tally)| tally)))
        },
    )
}

fn pair(statement: StatementNumber, tally: Tally, rest: Tally) -> Pair {
    let trials = [tally.seen(), rest.seen()];
    let more_agree = difference_test([tally.agree, rest.agree], trials);
    let more_disagree = difference_test([tally.disagree, rest.disagree], trials);
    let (direction, repness_test) = if more_agree > more_disagree {
        (Direction::Agree, more_agree)
    } else {
        (Direction::Disagree, more_disagree)
    };
    let (success, rest_success) = (direction.of(&tally), direction.of(&rest));
    let share = smoothed_share(success, trials[0]);
    let repness = share / smoothed_share(rest_success, trials[1]);
    let test = share_test(success, trials[0]);
    Pair {
        statement,
        direction,
        tally,
        test,
        repness,
        repness_test,
        p_value: upper_tail(test.min(repness_test)),
        metric: repness * repness_test * share * test,
    }
}

fn select(
    mut pairs: Vec<Pair>,
    threshold: Option<f64>,
    params: &FindingParams,
) -> Vec<RepresentativeStatement> {
    // Two negative tests would multiply to a positive metric, but their p-value is above ½.
    pairs.retain(|pair| threshold.is_some_and(|most| pair.p_value <= most.min(0.5)));
    // Rounded first, so that equal metrics are equal on every machine.
    pairs.sort_by(|a, b| rounded(b.metric).total_cmp(&rounded(a.metric)).then(a.statement.cmp(&b.statement)));
    pairs
        .into_iter()
        .take(params.representative_max as usize)
        .map(|pair| RepresentativeStatement {
            statistics: statistics(pair.statement, pair.direction, &pair.tally, pair.test, params.wilson_z),
            repness: rounded(pair.repness),
            repness_test: rounded(pair.repness_test),
        })
        .collect()
}

/// The counts, share and interval of one side of a statement.
pub(in crate::opinion) fn statistics(
    statement: StatementNumber,
    direction: Direction,
    tally: &Tally,
    test: f64,
    z: f64,
) -> StatementStatistics {
    let (success, seen) = (direction.of(tally), tally.seen());
    StatementStatistics {
        statement,
        direction,
        agree: tally.agree,
        disagree: tally.disagree,
        pass: tally.pass,
        seen,
        share: rounded(f64::from(success) / f64::from(seen.max(1))),
        interval: wilson(success, seen, z).map(rounded),
        test: rounded(test),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(agree: u32, disagree: u32, pass: u32) -> Tally {
        Tally { agree, disagree, pass }
    }

    #[test]
    fn a_group_stands_for_what_it_says_and_others_do_not() {
        let tallies = [
            (StatementNumber(1), vec![tally(30, 1, 1), tally(2, 28, 1)]),
            (StatementNumber(2), vec![tally(30, 1, 1), tally(30, 1, 1)]),
            (StatementNumber(3), vec![tally(0, 0, 0), tally(5, 5, 5)]),
        ];
        let found = representative(&tallies, 2, &FindingParams::default());
        assert_eq!(found[0].len(), 1);
        assert_eq!(found[0][0].statistics.statement, StatementNumber(1));
        assert_eq!(found[0][0].statistics.direction, Direction::Agree);
        assert_eq!(found[1][0].statistics.direction, Direction::Disagree);
        assert_eq!(found[1][0].statistics.seen, 31);
    }

    #[test]
    fn one_group_has_nobody_to_differ_from() {
        let tallies = [(StatementNumber(1), vec![tally(30, 0, 0)])];
        assert_eq!(representative(&tallies, 1, &FindingParams::default()), [vec![]]);
        assert!(representative(&tallies, 0, &FindingParams::default()).is_empty());
    }
}
