//! Rules that choose statements from approvals.
//!
//! They know approvals only. Ties go to the lowest statement number. Sources: Peters & Skowron
//! 2020 (Method of Equal Shares); Phragmén 1894, Brill et al. 2017; Thiele 1895 (PAV); `balanced`
//! is ours (ASSEMBLY §1).

use super::approvals::Approvals;
use super::audit::justified_representation;
use super::budget::{Budgets, SAME_PRICE};
use crate::domain::StatementNumber;

/// The part of a rule that chose a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Agreement across groups.
    Bridging,
    /// The Method of Equal Shares.
    EqualShares,
    /// Sequential Phragmén, to fill the places.
    Completion,
}

/// A chosen statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SlateItem {
    /// The statement.
    pub statement: StatementNumber,
    /// What chose it.
    pub phase: Phase,
    /// The voters (see [`Approvals`]) whose budgets paid for it, ascending.
    pub payers: Vec<usize>,
}

/// The Method of Equal Shares, completed by sequential Phragmén on what is left of the budgets.
/// In the order of choice; fewer than `places` only when nobody supports what remains.
pub fn equal_shares(approvals: &Approvals, places: usize) -> Vec<SlateItem> {
    SlateBuilder::new(approvals, places).completed()
}

/// ⌈places/2⌉ statements from the head of `bridging`, paid from their supporters' budgets; the
/// rest by Equal Shares and its completion. While a cohesive minority is left without anything
/// (JR fails), the bridging part is shortened by one: without it, Equal Shares satisfies JR.
pub fn balanced(approvals: &Approvals, bridging: &[StatementNumber], places: usize) -> Vec<SlateItem> {
    let most = places.div_ceil(2).min(bridging.len());
    for length in (1..=most).rev() {
        let mut drafting = SlateBuilder::new(approvals, places);
        bridging[..length].iter().for_each(|statement| drafting.bridge(*statement));
        let chosen = drafting.completed();
        let slate: Vec<StatementNumber> = chosen.iter().map(|choice| choice.statement).collect();
        if justified_representation(approvals, &slate, places).is_none() {
            return chosen;
        }
    }
    equal_shares(approvals, places)
}

/// A slate in the making.
struct SlateBuilder<'a> {
    approvals: &'a Approvals,
    places: usize,
    budgets: Budgets<'a>,
    taken: Vec<bool>,
    chosen: Vec<SlateItem>,
}

impl<'a> SlateBuilder<'a> {
    fn new(approvals: &'a Approvals, places: usize) -> Self {
        let places = places.min(approvals.candidates().len());
        Self {
            approvals,
            places,
            budgets: Budgets::new(approvals, places),
            taken: vec![false; approvals.candidates().len()],
            chosen: Vec::with_capacity(places),
        }
    }

    /// Takes a statement whether or not it can be paid: its supporters pay what they can of it.
    fn bridge(&mut self, statement: StatementNumber) {
        let Some(index) = self.approvals.index(statement) else { return };
        if self.taken[index] || self.chosen.len() >= self.places {
            return;
        }
        let price = self.budgets.prices()[index].unwrap_or(f64::INFINITY);
        let payers = self.budgets.pay(index, price);
        self.take(index, Phase::Bridging, payers);
    }

    fn completed(mut self) -> Vec<SlateItem> {
        while self.chosen.len() < self.places {
            let Some((price, index)) = self.cheapest() else { break };
            let payers = self.budgets.pay(index, price);
            self.take(index, Phase::EqualShares, payers);
        }
        while self.chosen.len() < self.places {
            let Some((wait, index)) = self.budgets.next_phragmen(|index| !self.taken[index]) else { break };
            let payers = self.budgets.buy_phragmen(wait, index);
            self.take(index, Phase::Completion, payers);
        }
        self.chosen
    }

    fn cheapest(&self) -> Option<(f64, usize)> {
        let mut cheapest: Option<(f64, usize)> = None;
        for (index, price) in self.budgets.prices().into_iter().enumerate() {
            let Some(price) = price.filter(|_| !self.taken[index]) else { continue };
            if cheapest.is_none_or(|(least, _)| price < least * (1.0 - SAME_PRICE)) {
                cheapest = Some((price, index));
            }
        }
        cheapest
    }

    fn take(&mut self, index: usize, phase: Phase, payers: Vec<usize>) {
        self.taken[index] = true;
        self.chosen.push(SlateItem { statement: self.approvals.candidates()[index], phase, payers });
    }
}

/// Beyond this many served statements a further one counts as little as the last exact one, so
/// that the weights stay whole numbers: lcm(1 … 40) · 10⁶ voters fits 128 bits many times over.
const EXACT_SERVED: u32 = 40;

/// Sequential proportional approval voting: each next statement adds most, where a voter's j-th
/// statement counts 1/j. Exact. In the order of choice.
pub fn sequential_pav(approvals: &Approvals, places: usize) -> Vec<StatementNumber> {
    let whole = (1..=u128::from(EXACT_SERVED)).fold(1, lcm);
    let mut served = vec![0u32; approvals.voters()];
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < places.min(approvals.candidates().len()) {
        let gain = |index: usize| -> u128 {
            let voters = approvals.supporters(index).iter();
            voters.map(|v| whole / u128::from((served[*v] + 1).min(EXACT_SERVED))).sum()
        };
        let open = (0..approvals.candidates().len()).filter(|index| !chosen.contains(index));
        // max_by_key keeps the last of equals: reversed, that is the lowest number.
        let best = open.map(|index| (gain(index), index)).rev().max_by_key(|(gain, _)| *gain);
        let Some((_, index)) = best.filter(|(gain, _)| *gain > 0) else { break };
        approvals.supporters(index).iter().for_each(|voter| served[*voter] += 1);
        chosen.push(index);
    }
    chosen.into_iter().map(|index| approvals.candidates()[index]).collect()
}

fn lcm(a: u128, b: u128) -> u128 {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    a / x.max(1) * b
}

/// The statements with the most agreements: what raw support would choose.
pub fn top_by_agrees(approvals: &Approvals, places: usize) -> Vec<StatementNumber> {
    let mut order: Vec<usize> = (0..approvals.candidates().len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(approvals.supporters(*index).len()));
    order.into_iter().take(places).map(|index| approvals.candidates()[index]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use StatementNumber as S;
    use proptest::prelude::*;

    fn statements(chosen: &[SlateItem]) -> Vec<u32> {
        chosen.iter().map(|choice| choice.statement.0).collect()
    }

    /// `majority` voters approve of 0–4, `minority` others of 5–9.
    fn two_camps(majority: usize, minority: usize) -> Approvals {
        let camp = |from: u32| (from..from + 5).map(S).collect::<Vec<_>>();
        let voters = std::iter::repeat_n(camp(0), majority).chain(std::iter::repeat_n(camp(5), minority));
        Approvals::new((0..10).map(S), voters)
    }

    #[test]
    fn a_minority_gets_its_share_where_raw_support_gives_it_nothing() {
        let approvals = two_camps(60, 40);
        assert_eq!(top_by_agrees(&approvals, 5), [S(0), S(1), S(2), S(3), S(4)]);
        let chosen = equal_shares(&approvals, 5);
        assert_eq!(statements(&chosen), [0, 1, 2, 5, 6]);
        assert!(chosen.iter().all(|c| c.phase == Phase::EqualShares));
        assert_eq!(chosen[3].payers.len(), 40);
        let mut pav = sequential_pav(&approvals, 5);
        pav.sort();
        assert_eq!(pav, [S(0), S(1), S(2), S(5), S(6)]);
    }

    #[test]
    fn what_nobody_can_pay_alone_is_filled_by_phragmen() {
        // Three voters who share nothing, two places: two thirds each.
        let approvals = Approvals::new((0..3).map(S), [vec![S(0)], vec![S(1)], vec![S(2)]]);
        let chosen = equal_shares(&approvals, 2);
        assert_eq!(statements(&chosen), [0, 1]);
        assert!(chosen.iter().all(|c| c.phase == Phase::Completion && c.payers.len() == 1));
    }

    #[test]
    fn bridging_items_are_paid_by_those_who_support_them() {
        let mut voters: Vec<Vec<S>> = (0..60).map(|_| vec![S(0), S(1), S(2), S(9)]).collect();
        voters.extend((0..40).map(|_| vec![S(5), S(6), S(7), S(9)]));
        let approvals = Approvals::new((0..10).map(S), voters);
        let chosen = balanced(&approvals, &[S(9)], 4);
        assert_eq!((chosen[0].statement, chosen[0].phase), (S(9), Phase::Bridging));
        assert_eq!(chosen[0].payers.len(), 100);
        // 3 of 4 places' money is left: 1.8 for the majority, 1.2 for the minority.
        assert_eq!(statements(&chosen), [9, 0, 5, 1]);
    }

    #[test]
    fn the_bridging_part_is_shortened_until_every_cohesive_minority_has_something() {
        // Both bridging items are the first third's: with both, nothing is left for one of the
        // other two thirds, each of which is entitled to one place of three.
        let thirds = [vec![S(0), S(1)], vec![S(3)], vec![S(4)]];
        let voters = thirds.iter().flat_map(|ballot| std::iter::repeat_n(ballot.clone(), 35));
        let approvals = Approvals::new((0..5).map(S), voters);
        assert!(justified_representation(&approvals, &[S(0), S(1), S(3)], 3).is_some());
        let chosen = balanced(&approvals, &[S(0), S(1)], 3);
        assert_eq!(statements(&chosen), [0, 3, 4]);
        assert_eq!(chosen.iter().filter(|c| c.phase == Phase::Bridging).count(), 1);
    }

    #[test]
    fn empty_input_gives_an_empty_slate() {
        let nobody = Approvals::new([S(1), S(2)], []);
        assert!(equal_shares(&nobody, 5).is_empty() && balanced(&nobody, &[S(1)], 5).len() <= 1);
        assert!(sequential_pav(&nobody, 5).is_empty());
        assert!(equal_shares(&Approvals::default(), 5).is_empty());
        assert!(equal_shares(&two_camps(3, 2), 0).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]
        #[test]
        fn every_rule_fills_the_places_and_leaves_no_cohesive_minority_out(
            ballots in proptest::collection::vec(proptest::collection::vec(0u32..8, 1..5), 1..40),
            bridging in proptest::collection::vec(0u32..8, 0..8), places in 1usize..9,
        ) {
            let voters = ballots.iter().map(|ballot| ballot.iter().copied().map(S).collect());
            let approvals = Approvals::new((0..8).map(S), voters);
            let bridging: Vec<S> = bridging.into_iter().map(S).collect();
            let supported = (0..8).filter(|p| !approvals.supporters(*p).is_empty()).count();
            for chosen in [equal_shares(&approvals, places), balanced(&approvals, &bridging, places)] {
                let mut slate: Vec<S> = chosen.iter().map(|choice| choice.statement).collect();
                prop_assert!(justified_representation(&approvals, &slate, places).is_none());
                prop_assert!(slate.len() >= places.min(supported) && slate.len() <= places);
                slate.sort();
                slate.dedup();
                prop_assert_eq!(slate.len(), chosen.len());
            }
        }
    }
}
