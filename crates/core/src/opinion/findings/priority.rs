//! Which statement a participant is shown next (OPINION §11 and B10).
//!
//! Priorities are weights; the draw takes its randomness as an argument, and [`offer_probability`] tells its
//! probabilities, so that the bias of routing can be undone later. It does not know who is
//! asked. Invariant: a statement without any votes has a high weight, never none.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::domain::{StatementNumber, Tally};
use crate::opinion::map::params::FindingParams;

/// Seen votes after which the boost for new statements has halved.
const NEWNESS_HALVES_AFTER: f64 = 5.0;
/// The boost of a statement that nobody has seen is one more than this.
const NEWNESS_BOOST: f64 = 8.0;

/// The weight of a statement: its information × how new it is, squared, × the exposure floor.
///
/// As in Polis (§11) but that disagreement is information as much as agreement: Polis's
/// (A+1)/(S+2) becomes (A+D+1)/(S+2), so that unpopular statements are not starved.
/// `groups` are its votes with the size of each group; `extremity` its distance on the map.
pub fn priority(all: &Tally, groups: &[(Tally, u32)], extremity: f64, params: &FindingParams) -> f64 {
    let seen = f64::from(all.seen());
    let informed = (f64::from(all.agree) + f64::from(all.disagree) + 1.0) / (seen + 2.0);
    let importance = informed * informed * (extremity.max(0.0) + 1.0);
    let boosted = importance * newness(seen);
    boosted * boosted * (1.0 + params.exposure_boost * missing_exposure(all, groups, params))
}

/// How much a statement is lifted that few have seen (Polis's own).
pub(in crate::opinion) fn newness(seen: f64) -> f64 {
    1.0 + NEWNESS_BOOST * libm::exp2(-seen / NEWNESS_HALVES_AFTER)
}

/// How much of the wanted votes is missing in the group that has fewest: 0 … 1. A group that is
/// smaller than the wanted votes is satisfied when everybody in it has voted.
fn missing_exposure(all: &Tally, groups: &[(Tally, u32)], params: &FindingParams) -> f64 {
    let wanted = params.exposure_votes;
    let missing = |seen: u32, possible: u32| {
        let wanted = wanted.min(possible);
        f64::from(wanted.saturating_sub(seen)) / f64::from(wanted.max(1))
    };
    if groups.is_empty() {
        return missing(all.seen(), u32::MAX);
    }
    groups.iter().map(|(tally, size)| missing(tally.seen(), *size)).fold(0.0, f64::max)
}

/// Chance for one draw: as many numbers as it needs, from one seed.
#[derive(Clone, Debug)]
pub struct DrawRng(Xoshiro256PlusPlus);

impl DrawRng {
    /// From 64 random bits.
    pub fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// A number in [0, 1).
    fn unit(&mut self) -> f64 {
        self.0.r#gen()
    }
}

/// Draws by rejection before what is left is looked at one by one.
const TRIES: u32 = 24;

/// Statements that can be drawn, by weight. A draw costs a look into a sorted list, not a look at
/// every statement, until somebody has voted on nearly all of them.
#[derive(Clone, Debug, Default)]
pub struct DrawTable {
    numbers: Vec<StatementNumber>,
    /// Sums of the weights up to and including each: as many as `numbers`.
    sums: Vec<f64>,
}

impl DrawTable {
    /// Of statements in ascending order. Weights that aren't positive numbers count as 0; when all
    /// do, the draw is uniform.
    pub fn new(candidates: impl Iterator<Item = (StatementNumber, f64)>) -> Self {
        let mut table = Self::default();
        let mut sum = 0.0;
        for (number, weight) in candidates {
            let usable = if weight.is_finite() && weight > 0.0 { weight } else { 0.0 };
            sum += usable;
            table.numbers.push(number);
            table.sums.push(sum);
        }
        table
    }

    /// How many there are.
    pub fn len(&self) -> u32 {
        u32::try_from(self.numbers.len()).unwrap_or(u32::MAX)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The sum of all weights.
    pub fn total(&self) -> f64 {
        self.sums.last().copied().unwrap_or(0.0)
    }

    /// The weight of a statement; `None` when it is not among them.
    pub fn weight(&self, number: StatementNumber) -> Option<f64> {
        let at = self.numbers.binary_search(&number).ok()?;
        Some(self.weight_at(at))
    }

    fn weight_at(&self, at: usize) -> f64 {
        // In range: callers know a place among the numbers, and there are as many sums.
        let before = if at == 0 { 0.0 } else { self.sums[at - 1] };
        self.sums[at] - before
    }

    /// Draws among the statements that `may` lets through: by weight, or with probability `explore`
    /// uniformly. Each of them is as probable as in a draw among these alone.
    pub fn draw(
        &self,
        explore: f64,
        mut rng: DrawRng,
        may: impl Fn(StatementNumber) -> bool,
    ) -> Option<StatementNumber> {
        let uniform = rng.unit() < explore || self.total() <= 0.0;
        if self.is_empty() {
            return None;
        }
        // In range: `at` gives a place among the numbers, and there is one at least.
        for _ in 0..TRIES {
            let drawn = self.numbers[self.at(uniform, rng.unit())];
            if may(drawn) {
                return Some(drawn);
            }
        }
        self.draw_of_what_is_left(uniform, rng.unit(), may)
    }

    fn at(&self, uniform: bool, unit: f64) -> usize {
        let last = self.numbers.len() - 1;
        if uniform {
            return ((unit * self.numbers.len() as f64) as usize).min(last);
        }
        let wanted = unit * self.total();
        self.sums.partition_point(|sum| *sum <= wanted).min(last)
    }

    fn draw_of_what_is_left(
        &self,
        uniform: bool,
        unit: f64,
        may: impl Fn(StatementNumber) -> bool,
    ) -> Option<StatementNumber> {
        // In range: `left` holds places among the numbers; for the draw as in `draw`.
        let left: Vec<usize> = (0..self.numbers.len()).filter(|at| may(self.numbers[*at])).collect();
        let table = Self::new(left.iter().map(|at| (self.numbers[*at], self.weight_at(*at))));
        if table.is_empty() {
            return None;
        }
        Some(table.numbers[table.at(uniform || table.total() <= 0.0, unit)])
    }
}

/// The probability with which [`DrawTable::draw`] offers a statement of this weight among so many candidates
/// whose weights sum to `total`; `None` without candidates.
pub fn offer_probability(weight: f64, total: f64, candidates: u32, explore: f64) -> Option<f64> {
    if candidates == 0 {
        return None;
    }
    let even = 1.0 / f64::from(candidates);
    let weighted = total.is_finite() && total > 0.0 && weight.is_finite() && weight >= 0.0;
    let share = if weighted { (weight / total).min(1.0) } else { even };
    Some((explore * even + (1.0 - explore) * share).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Polis's own formula, kept to show where ours comes from.
    fn polis(agree: f64, pass: f64, seen: f64, extremity: f64) -> f64 {
        let importance =
            (1.0 - (pass + 1.0) / (seen + 2.0)) * (extremity + 1.0) * (agree + 1.0) / (seen + 2.0);
        (importance * newness(seen)).powi(2)
    }

    #[test]
    fn without_disagreement_and_with_full_exposure_ours_is_theirs() {
        let all = Tally { agree: 17, disagree: 0, pass: 3 };
        let ours = priority(&all, &[(all, 20)], 1.0, &FindingParams::default());
        assert!((ours - polis(17.0, 3.0, 20.0, 1.0)).abs() < 1e-12);
    }

    #[test]
    fn a_statement_without_votes_comes_before_well_known_ones() {
        let params = FindingParams::default();
        let known = Tally { agree: 50, disagree: 40, pass: 10 };
        let new = priority(&Tally::default(), &[], 0.0, &params);
        assert!(new > 5.0 * priority(&known, &[(known, 100)], 1.0, &params), "{new}");
    }

    #[test]
    fn disagreement_counts_as_agreement_does() {
        let params = FindingParams::default();
        let liked = Tally { agree: 50, disagree: 5, pass: 2 };
        let disliked = Tally { agree: 5, disagree: 50, pass: 2 };
        assert_eq!(priority(&liked, &[], 0.5, &params), priority(&disliked, &[], 0.5, &params));
    }

    #[test]
    fn a_statement_that_one_group_has_not_seen_is_lifted() {
        let params = FindingParams::default();
        let all = Tally { agree: 50, disagree: 5, pass: 2 };
        let few = Tally { agree: 1, disagree: 0, pass: 0 };
        let (seen, unseen) = ([(all, 60), (all, 60)], [(all, 60), (few, 60)]);
        assert!(priority(&all, &unseen, 0.5, &params) > 3.0 * priority(&all, &seen, 0.5, &params));
        // A group of one who has voted can't be shown it again.
        assert_eq!(priority(&all, &[(all, 60), (few, 1)], 0.5, &params), priority(&all, &seen, 0.5, &params));
    }

    /// How often each statement is drawn, of `draws` draws.
    fn drawn(table: &DrawTable, explore: f64, draws: u64, may: impl Fn(StatementNumber) -> bool) -> Vec<f64> {
        let mut times = vec![0.0; table.numbers.len()];
        for seed in 0..draws {
            if let Some(number) = table.draw(explore, DrawRng::new(seed), &may) {
                times[table.numbers.binary_search(&number).unwrap()] += 1.0 / draws as f64;
            }
        }
        times
    }

    #[test]
    fn a_draw_has_the_probabilities_that_are_told() {
        let weights = [3.0, 0.0, 1.0, 6.0, f64::NAN, -1.0];
        let numbered = weights.iter().enumerate().map(|(n, w)| (StatementNumber(2 * n as u32), *w));
        let table = DrawTable::new(numbered);
        assert_eq!((table.total(), table.weight(StatementNumber(6))), (10.0, Some(6.0)));
        // The second: who has voted on all but two is shown these, by the long way round.
        for beyond in [u32::MAX, 3] {
            let may = |number: StatementNumber| number.0 < beyond;
            let left: Vec<_> = table.numbers.iter().filter(|n| may(**n)).collect();
            let sum: f64 = left.iter().filter_map(|n| table.weight(**n)).sum();
            for (at, often) in drawn(&table, 0.2, 40_000, may).into_iter().enumerate() {
                let number = table.numbers[at];
                let weight = table.weight(number).unwrap();
                let told = offer_probability(weight, sum, left.len() as u32, 0.2).unwrap();
                let told = if may(number) { told } else { 0.0 };
                assert!((often - told).abs() < 0.01, "{number}: {often} of the draws, {told} told");
            }
        }
        assert_eq!(table.draw(0.2, DrawRng::new(1), |_| false), None);
        assert_eq!(DrawTable::default().draw(0.2, DrawRng::new(1), |_| true), None);
        assert_eq!(
            (offer_probability(1.0, 1.0, 0, 0.2), offer_probability(1.0, 0.0, 4, 0.2)),
            (None, Some(0.25))
        );
    }

    #[test]
    fn without_any_weight_the_draw_is_uniform() {
        let table = DrawTable::new((0..4).map(|n| (StatementNumber(n), 0.0)));
        assert!(drawn(&table, 0.0, 20_000, |_| true).iter().all(|often| (often - 0.25).abs() < 0.02));
    }
}
