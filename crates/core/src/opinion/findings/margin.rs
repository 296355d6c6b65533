//! How many organised newcomers it would take to end a consensus (OPINION B9).
//!
//! It knows counts by group. The number is a lower bound under one assumption, which is published
//! with it: the people who are there stay in their groups. Newcomers may join any group by voting
//! as it does on everything else, or form one of their own.

use crate::domain::Tally;
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::map::direction::Direction;
use crate::opinion::map::opinion_map::Margin;
use crate::opinion::map::params::GroupingParams;
use crate::opinion::numeric::significance::wilson;

/// The margin of a statement of which every group is known to be on this side.
pub fn margin(groups: &[Tally], placed: u32, direction: Direction, params: &CheckedParams) -> Margin {
    // In a group of fewer than the votes that are needed, everybody has voted. Who joins it and does
    // not vote leaves it short of them.
    let is_small = |tally: &Tally| tally.seen() < params.findings.exposure_votes;
    let to_end =
        |tally| if is_small(tally) { 1 } else { to_turn(tally, direction, params.findings.wilson_z) };
    let joining = groups.iter().map(to_end).min().unwrap_or(0);
    let founding = to_found(placed, &params.grouping);
    Margin { newcomers: joining.min(founding), joining, founding }
}

/// Votes against that move a group's lower bound to one half.
fn to_turn(tally: &Tally, direction: Direction, z: f64) -> u32 {
    let (success, seen) = (direction.of(tally), tally.seen());
    let holds = |against: u32| wilson(success, seen.saturating_add(against), z)[0] > 0.5;
    // With as many against as for, no bound is above one half.
    let (mut low, mut high) = (0, success.max(1));
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// People who make a group of their own large enough to count.
fn to_found(placed: u32, params: &GroupingParams) -> u32 {
    let share = params.group_min_share;
    let enough = (share * f64::from(placed) / (1.0 - share)).ceil() as u32;
    params.group_min.max(enough)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tally(agree: u32, disagree: u32, pass: u32) -> Tally {
        Tally { agree, disagree, pass }
    }

    #[test]
    fn the_margin_is_the_weakest_groups_or_that_of_a_new_group() {
        let params = CheckedParams::default();
        let strong = margin(&[tally(90, 10, 0), tally(20, 2, 0)], 122, Direction::Agree, &params);
        assert_eq!(strong.founding, 5);
        assert!(strong.newcomers == 5 && strong.joining > 5);
        let weak = margin(&[tally(900, 10, 0), tally(12, 3, 0)], 2_000, Direction::Agree, &params);
        assert_eq!((weak.founding, weak.newcomers), (41, weak.joining));
        assert!(weak.joining < 10, "{weak:?}");
    }

    proptest! {
        #[test]
        fn one_newcomer_less_would_not_do(more in 1u32..300, disagree in 0u32..200, pass in 0u32..50) {
            let params = CheckedParams::default();
            let agree = disagree + pass + more;
            let groups = [tally(agree, disagree, pass)];
            let bound = |more: u32| wilson(agree, agree + disagree + pass + more, params.findings.wilson_z)[0];
            if bound(0) <= 0.5 {
                // It is no consensus; few cases are not.
                return Ok(());
            }
            let joining = margin(&groups, 100, Direction::Agree, &params).joining;
            if agree + disagree + pass < params.findings.exposure_votes {
                prop_assert_eq!(joining, 1);
                return Ok(());
            }
            prop_assert!(joining > 0 && bound(joining) <= 0.5 && bound(joining - 1) > 0.5);
        }
    }
}
