//! Two rules to compare with: Thiele's (1895), and what raw support would choose.

use super::approvals::Approvals;
use super::slate::{Phase, SlateItem};
use crate::domain::StatementNumber;

/// Beyond this many served statements a further one counts as little as the last exact one, so
/// that the weights stay whole numbers: lcm(1 … 40) · 10⁶ voters fits 128 bits many times over.
const EXACT_SERVED: u32 = 40;

/// Sequential proportional approval voting: each next statement adds most for what it costs, where a voter's j-th
/// statement counts 1/j. Exact. In the order of choice.
pub fn sequential_pav(approvals: &Approvals, budget: u32) -> Vec<SlateItem> {
    let whole = (1..=u128::from(EXACT_SERVED)).fold(1, lcm);
    let mut served = vec![0u32; approvals.voters()];
    let mut taken = vec![false; approvals.candidates().len()];
    let mut left = budget;
    let mut chosen = Vec::new();
    loop {
        let gain = |index: usize| -> u128 {
            let worth = |voter: usize| {
                u128::from(approvals.weight(voter))
                    * (whole / u128::from((served[voter] + 1).min(EXACT_SERVED)))
            };
            approvals.supporters(index).map(worth).sum()
        };
        let open = (0..taken.len()).filter(|index| !taken[*index] && approvals.cost(*index) <= left);
        let mut best: Option<(u128, usize)> = None;
        for (gain, index) in open.map(|index| (gain(index), index)).filter(|(gain, _)| *gain > 0) {
            let more = |(most, at): (u128, usize)| {
                gain * u128::from(approvals.cost(at)) > most * u128::from(approvals.cost(index))
            };
            if best.is_none_or(more) {
                best = Some((gain, index));
            }
        }
        let Some((_, index)) = best else { return chosen };
        approvals.supporters(index).for_each(|voter| served[voter] += 1);
        taken[index] = true;
        left -= approvals.cost(index);
        let statement = approvals.candidates()[index];
        chosen.push(SlateItem { statement, phase: Phase::Thiele, payers: approvals.support(index) });
    }
}

fn lcm(a: u128, b: u128) -> u128 {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    a / x.max(1) * b
}

/// The statements with the most agreements, as many as there are places.
pub fn top_by_agrees(approvals: &Approvals, places: usize) -> Vec<StatementNumber> {
    let mut order: Vec<usize> = (0..approvals.candidates().len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(approvals.support(*index)));
    order.into_iter().take(places).map(|index| approvals.candidates()[index]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assembly::slate::statements;
    use StatementNumber as S;

    /// 60 voters approve of 0–4, 40 others of 5–9.
    fn two_camps() -> Approvals {
        let camp = |from: u32| (from..from + 5).map(S).collect::<Vec<_>>();
        let voters = std::iter::repeat_n(camp(0), 60).chain(std::iter::repeat_n(camp(5), 40));
        Approvals::of_lists((0..10).map(S), voters)
    }

    #[test]
    fn raw_support_gives_a_minority_nothing_and_thiele_its_share() {
        assert_eq!(top_by_agrees(&two_camps(), 5), [S(0), S(1), S(2), S(3), S(4)]);
        let mut pav = statements(&sequential_pav(&two_camps(), 5));
        pav.sort();
        assert_eq!(pav, [S(0), S(1), S(2), S(5), S(6)]);
    }

    #[test]
    fn what_takes_twice_the_minutes_has_to_add_twice_as_much() {
        let minutes = two_camps().at_costs(|number| if number.0 < 5 { 20 } else { 10 });
        assert_eq!(statements(&sequential_pav(&minutes, 30)), [S(5), S(0)]);
        assert!(sequential_pav(&minutes, 9).is_empty());
    }
}
