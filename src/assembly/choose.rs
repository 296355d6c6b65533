//! A slate by one of the rules, from ballots: with its audit, and how often each statement would be chosen again.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;
use serde::Serialize;
use std::collections::BTreeMap;

use super::approvals::Approvals;
use super::audit::Audit;
use super::ballots::{Ballots, Reading};
use super::pav::sequential_pav;
use super::slate::{SlateItem, balanced, bridging, equal_shares, statements};
use crate::domain::{StatementNumber, Tally};
use crate::opinion::Direction;
use crate::opinion::findings::consensus::lowest_group_bound;
use crate::opinion::numeric::geometry::rounded;

/// How a slate is chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// What the groups agree on most surely.
    Bridging,
    /// Equal Shares: each person's share of the agenda counts alike.
    Proportional,
    /// Half bridging, the rest by Equal Shares.
    Balanced,
    /// Thiele's rule, for comparison.
    Pav,
}

/// What a slate is chosen from, and by which rule.
#[derive(Clone, Debug)]
pub struct Choosing {
    ballots: Ballots,
    /// Observed and imputed.
    readings: [Approvals; 2],
    rule: Rule,
    /// How many places there are, or minutes.
    budget: u32,
    /// Of the bounds by which bridging is told.
    wilson_z: f64,
}

impl Choosing {
    /// `cost` says what each candidate takes of the budget: 1, or its minutes.
    pub fn new(
        ballots: Ballots,
        rule: Rule,
        budget: u32,
        cost: impl Fn(StatementNumber) -> u32,
        wilson_z: f64,
    ) -> Self {
        let readings = Reading::ALL.map(|reading| ballots.approvals(reading).at_costs(&cost));
        Self { ballots, readings, rule, budget, wilson_z }
    }

    /// The same where the candidates of each set are one, under the first one's name. Its costs and its bridging are the first
    /// one's: who supports one of them supports it.
    pub fn joined(&self, sets: &[Vec<StatementNumber>]) -> Self {
        let readings = self.readings.each_ref().map(|reading| reading.joined(sets));
        Self { readings, ballots: self.ballots.clone(), ..*self }
    }

    /// The lowest bound of any group's share of agreement with a candidate.
    pub fn bound_of(&self, candidate: StatementNumber) -> f64 {
        self.ballots.row(candidate).map_or(0.0, |row| self.bound(&self.ballots.tallies(row, |_| 1)))
    }

    /// The votes.
    pub fn ballots(&self) -> &Ballots {
        &self.ballots
    }

    /// Who supports what, observed and imputed.
    pub fn readings(&self) -> [&Approvals; 2] {
        self.readings.each_ref()
    }

    /// The slate, in the order of choice.
    pub fn slate(&self) -> Vec<SlateItem> {
        self.chosen(self.readings(), |_| 1)
    }

    /// The audit of a slate, in both readings.
    pub fn audit(&self, slate: &[StatementNumber]) -> [Audit; 2] {
        Audit::both(&self.ballots, self.readings(), slate, self.budget)
    }

    /// How often each statement is chosen when as many people are drawn again, with replacement, so many times. What people did
    /// not see is read as by the groups that were found.
    pub fn inclusion(&self, resamples: u32) -> BTreeMap<StatementNumber, u32> {
        self.inclusion_until(resamples, &|| false).unwrap_or_default()
    }

    /// The same; `None` when it was told to stop.
    pub fn inclusion_until(
        &self,
        resamples: u32,
        stop: &dyn Fn() -> bool,
    ) -> Option<BTreeMap<StatementNumber, u32>> {
        let mut chosen = BTreeMap::new();
        let people = self.readings[0].voters();
        for number in 0..resamples {
            if stop() {
                return None;
            }
            let mut rng = Xoshiro256Plus::seed_from_u64(SEEDS + u64::from(number));
            let mut times = vec![0u32; people];
            (0..people).for_each(|_| times[rng.gen_range(0..people)] += 1);
            let readings = self.readings().map(|approvals| approvals.resampled(|voter| times[voter]));
            for statement in statements(&self.chosen(readings.each_ref(), |voter| times[voter])) {
                *chosen.entry(statement).or_default() += 1;
            }
        }
        Some(chosen)
    }

    /// What one choice costs, about: people by candidates by places.
    pub fn work(&self) -> u64 {
        let [observed, _] = self.readings();
        observed.voters() as u64 * observed.candidates().len() as u64 * u64::from(self.budget)
    }

    fn chosen(&self, readings: [&Approvals; 2], times: impl Fn(usize) -> u32) -> Vec<SlateItem> {
        let observed = readings[0];
        match self.rule {
            Rule::Bridging => bridging(observed, &self.bridging_order(0.0, times), self.budget),
            Rule::Proportional => equal_shares(observed, self.budget),
            Rule::Balanced => balanced(readings, &self.bridging_order(MAJORITY, times), self.budget),
            Rule::Pav => sequential_pav(observed, self.budget),
        }
    }

    /// Candidates with more than `least` as their lowest group's bound, the surest first.
    fn bridging_order(&self, least: f64, times: impl Fn(usize) -> u32) -> Vec<StatementNumber> {
        let bound = |row| self.bound(&self.ballots.tallies(row, &times));
        let rows = self.readings[0]
            .candidates()
            .iter()
            .filter_map(|number| Some((self.ballots.row(*number)?, *number)));
        let mut order: Vec<(f64, StatementNumber)> = rows.map(|(row, number)| (bound(row), number)).collect();
        order.retain(|(bound, _)| *bound > least);
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        order.into_iter().map(|(_, number)| number).collect()
    }

    /// The lowest bound of any group's share of agreement, as the map has it.
    fn bound(&self, tallies: &[Tally]) -> f64 {
        rounded(lowest_group_bound(tallies, Direction::Agree, self.wilson_z))
    }
}

/// Seeds of resamples begin here, those of maps elsewhere.
const SEEDS: u64 = 16_000_003;
/// A bound above this: a majority of every group is known to agree.
const MAJORITY: f64 = 0.5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assembly::candidates::Candidate;
    use crate::opinion::Votes;
    use StatementNumber as S;

    const Z: f64 = 1.644_853_6;

    /// 40 people agree on 0 and 1, 30 others on 2; everybody on 3.
    fn choosing(rule: Rule, budget: u32) -> Choosing {
        let rows: Vec<&str> =
            std::iter::repeat_n("++-+", 40).chain(std::iter::repeat_n("--++", 30)).collect();
        let candidates: Vec<Candidate> = (0..4).map(|number| Candidate::alone(S(number))).collect();
        let labels = vec!["A".to_owned(), "B".to_owned()];
        let ballots = Ballots::new(&Votes::drawn(&rows), &candidates, labels, |number| {
            Some(usize::from(number.0 >= 40))
        });
        Choosing::new(ballots, rule, budget, |_| 1, Z)
    }

    #[test]
    fn each_rule_chooses_its_own() {
        let slate = |rule| statements(&choosing(rule, 2).slate());
        assert_eq!(slate(Rule::Bridging), [S(3)]);
        assert_eq!(slate(Rule::Balanced), [S(3), S(0)]);
        assert_eq!(slate(Rule::Proportional), [S(3), S(0)]);
        assert_eq!(slate(Rule::Pav), [S(3), S(0)]);
    }

    #[test]
    fn what_everybody_wants_is_chosen_in_every_resample_and_the_same_each_time() {
        let choosing = choosing(Rule::Balanced, 2);
        let first = choosing.inclusion(50);
        assert_eq!(first.get(&S(3)), Some(&50));
        assert_eq!(first.values().sum::<u32>(), 100);
        assert_eq!(first, choosing.inclusion(50));
    }

    #[test]
    fn an_audit_says_which_group_is_left_out() {
        let choosing = choosing(Rule::Balanced, 3);
        let [observed, imputed] = choosing.audit(&[S(0), S(1)]);
        assert_eq!(
            observed.verdict.justified_representation.map(|b| (b.statement, b.people)),
            Some((S(2), 30))
        );
        assert_eq!(observed.blocking_by_group, [0, 30]);
        assert_eq!((observed.groups[1].unserved, observed.groups[0].mean), (30, 2.0));
        assert_eq!(observed.verdict, imputed.verdict, "everybody saw everything");
    }
}
