//! Which statement a participant is shown next (OPINION §11 and B10).
//!
//! Priorities are weights; the draw takes its chance as an argument and tells with which
//! probability it drew, so that the bias of routing can be undone later. It does not know who is
//! asked. Invariant: a statement without any votes has a high weight, never none.

use super::params::Params;
use crate::domain::{StatementNumber, Tally};

/// Seen votes after which the boost for new statements has halved.
const NEWNESS_HALVES_AFTER: f64 = 5.0;
/// The boost of a statement that nobody has seen is one more than this.
const NEWNESS_BOOST: f64 = 8.0;

/// The weight of a statement: its information × how new it is, squared, × the exposure floor.
///
/// As in Polis (§11) but that disagreement is information as much as agreement: Polis's
/// (A+1)/(S+2) becomes (A+D+1)/(S+2), so that unpopular statements are not starved.
/// `groups` are its votes with the size of each group; `extremity` its distance on the map.
pub fn priority(all: &Tally, groups: &[(Tally, u32)], extremity: f64, params: &Params) -> f64 {
    let seen = f64::from(all.seen());
    let informed = (f64::from(all.agree) + f64::from(all.disagree) + 1.0) / (seen + 2.0);
    let importance = informed * informed * (extremity.max(0.0) + 1.0);
    let boosted = importance * newness(seen);
    boosted * boosted * (1.0 + params.exposure_boost * missing_exposure(all, groups, params))
}

/// How much a statement is lifted that few have seen (Polis's own).
pub(super) fn newness(seen: f64) -> f64 {
    1.0 + NEWNESS_BOOST * libm::exp2(-seen / NEWNESS_HALVES_AFTER)
}

/// How much of the wanted votes is missing in the group that has fewest: 0 … 1. A group that is
/// smaller than the wanted votes is satisfied when everybody in it has voted.
fn missing_exposure(all: &Tally, groups: &[(Tally, u32)], params: &Params) -> f64 {
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

/// Draws a statement by weight; with probability `explore` uniformly instead. `explore_u` and
/// `pick_u` are uniform in [0, 1). Answers the statement and the probability with which it was
/// offered. Weights that aren't positive numbers count as 0; when all do, the draw is uniform.
pub fn draw(
    candidates: &[(StatementNumber, f64)],
    explore: f64,
    explore_u: f64,
    pick_u: f64,
) -> Option<(StatementNumber, f64)> {
    let (last, _) = candidates.last()?;
    let usable = |weight: f64| if weight.is_finite() && weight > 0.0 { weight } else { 0.0 };
    let total: f64 = candidates.iter().map(|(_, weight)| usable(*weight)).sum();
    let weighted = total.is_finite() && total > 0.0;
    let explore = if explore.is_finite() { explore.clamp(0.0, 1.0) } else { 0.0 };
    let even = 1.0 / candidates.len() as f64;
    let share = |weight: f64| if weighted { usable(weight) / total } else { even };
    let uniform = explore_u < explore || !weighted;

    let mut left = if pick_u.is_finite() { pick_u.clamp(0.0, 1.0) } else { 0.0 };
    let mut picked = None;
    for (statement, weight) in candidates {
        let chance = if uniform { even } else { share(*weight) };
        if chance > 0.0 {
            picked = Some((*statement, *weight));
            if left < chance {
                break;
            }
        }
        left -= chance;
    }
    let (statement, weight) = picked.unwrap_or((*last, 0.0));
    Some((statement, explore * even + (1.0 - explore) * share(weight)))
}

/// The probability with which [`draw`] offers a statement of this weight among so many candidates
/// whose weights sum to `total`; `None` without candidates.
pub fn chance(weight: f64, total: f64, candidates: u32, explore: f64) -> Option<f64> {
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
        let ours = priority(&all, &[(all, 20)], 1.0, &Params::default());
        assert!((ours - polis(17.0, 3.0, 20.0, 1.0)).abs() < 1e-12);
    }

    #[test]
    fn a_statement_without_votes_comes_before_well_known_ones() {
        let params = Params::default();
        let known = Tally { agree: 50, disagree: 40, pass: 10 };
        let new = priority(&Tally::default(), &[], 0.0, &params);
        assert!(new > 5.0 * priority(&known, &[(known, 100)], 1.0, &params), "{new}");
    }

    #[test]
    fn disagreement_counts_as_agreement_does() {
        let params = Params::default();
        let liked = Tally { agree: 50, disagree: 5, pass: 2 };
        let disliked = Tally { agree: 5, disagree: 50, pass: 2 };
        assert_eq!(priority(&liked, &[], 0.5, &params), priority(&disliked, &[], 0.5, &params));
    }

    #[test]
    fn a_statement_that_one_group_has_not_seen_is_lifted() {
        let params = Params::default();
        let all = Tally { agree: 50, disagree: 5, pass: 2 };
        let few = Tally { agree: 1, disagree: 0, pass: 0 };
        let (seen, unseen) = ([(all, 60), (all, 60)], [(all, 60), (few, 60)]);
        assert!(priority(&all, &unseen, 0.5, &params) > 3.0 * priority(&all, &seen, 0.5, &params));
        // A group of one who has voted can't be shown it again.
        assert_eq!(priority(&all, &[(all, 60), (few, 1)], 0.5, &params), priority(&all, &seen, 0.5, &params));
    }

    #[test]
    fn the_draw_tells_the_probability_it_drew_with() {
        let s = StatementNumber;
        let candidates = [(s(1), 3.0), (s(2), 0.0), (s(3), 1.0)];
        assert_eq!(draw(&candidates, 0.0, 0.9, 0.0), Some((s(1), 0.75)));
        assert_eq!(draw(&candidates, 0.0, 0.9, 0.74), Some((s(1), 0.75)));
        assert_eq!(draw(&candidates, 0.0, 0.9, 0.999_999), Some((s(3), 0.25)));
        let explored = draw(&candidates, 0.3, 0.1, 0.5);
        assert!(explored.is_some_and(|(drawn, offered)| drawn == s(2) && (offered - 0.1).abs() < 1e-12));
        assert_eq!(draw(&[], 0.2, 0.5, 0.5), None);
        let explored = draw(&candidates, 0.3, 0.9, 0.0).map(|(_, offered)| offered);
        assert_eq!(explored, chance(3.0, 4.0, 3, 0.3), "the same as is told without a draw");
        assert_eq!((chance(1.0, 1.0, 0, 0.2), chance(1.0, 0.0, 4, 0.2)), (None, Some(0.25)));
        let strange = [(s(1), f64::NAN), (s(2), -1.0)];
        assert_eq!(draw(&strange, 0.2, 0.9, 0.6), Some((s(2), 0.5)));
    }
}
