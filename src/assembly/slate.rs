//! Rules that choose statements from approvals.
//!
//! They know approvals only. A budget is how many places there are, or how many minutes; ties go to the lowest
//! statement number. Sources: Peters & Skowron 2020 (Method of Equal Shares); Phragmén 1894, Brill et al. 2017;
//! `balanced` is ours (ASSEMBLY §1); Thiele's rule is in [`super::pav`].

use serde::Serialize;

use super::approvals::Approvals;
use super::audit::justified_representation;
use super::budget::{Budgets, SAME_PRICE};
use crate::domain::StatementNumber;

/// The part of a rule that chose a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Agreement across groups.
    Bridging,
    /// The Method of Equal Shares.
    EqualShares,
    /// Sequential Phragmén, to fill the places.
    Completion,
    /// Thiele's rule, for comparison.
    Thiele,
}

/// A chosen statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SlateItem {
    /// The statement.
    pub statement: StatementNumber,
    /// What chose it.
    pub phase: Phase,
    /// How many people's shares paid for it.
    pub payers: u64,
}

/// The statements of a slate, in the order of choice.
pub fn statements(slate: &[SlateItem]) -> Vec<StatementNumber> {
    slate.iter().map(|item| item.statement).collect()
}

/// What the groups agree on most surely, `order` from its head, as far as the budget goes.
pub fn bridging(approvals: &Approvals, order: &[StatementNumber], budget: u32) -> Vec<SlateItem> {
    let mut making = SlateBuilder::new(approvals, budget);
    order.iter().for_each(|statement| making.bridge(*statement));
    making.chosen
}

/// The Method of Equal Shares, completed by sequential Phragmén on what is left of the budgets.
/// In the order of choice; it leaves room only where nothing that somebody supports fits.
pub fn equal_shares(approvals: &Approvals, budget: u32) -> Vec<SlateItem> {
    SlateBuilder::new(approvals, budget).completed()
}

/// Half of the budget for the head of `order`, paid from their supporters' budgets; the rest by Equal Shares and
/// its completion. While a cohesive minority is left without anything in either reading (JR fails), the bridging part is
/// shortened by one. Perhaps no slate that is tried satisfies it in both: then the one is taken whose largest blocking group is
/// smallest, and an audit says whom it leaves out.
///
/// `readings` are the same candidates and voters with unseen votes read in two ways. Money is of the first, so that
/// whoever pays for an item has said that they agree.
pub fn balanced(readings: [&Approvals; 2], order: &[StatementNumber], budget: u32) -> Vec<SlateItem> {
    let fits = |statement: &StatementNumber| {
        readings[0].index(*statement).is_some_and(|index| readings[0].cost(index) <= budget)
    };
    let order: Vec<StatementNumber> = order.iter().copied().filter(fits).collect();
    let longest = half(readings[0], &order, budget);
    let mut least: Option<(u64, Vec<SlateItem>)> = None;
    for length in (0..=longest).rev() {
        let mut making = SlateBuilder::new(readings[0], budget);
        order[..length].iter().for_each(|statement| making.bridge(*statement));
        let items = making.completed();
        let slate = statements(&items);
        let blocking = readings.map(|reading| justified_representation(reading, &slate, budget));
        let left_out = blocking.iter().flatten().map(|blocking| blocking.people).max().unwrap_or(0);
        if left_out == 0 {
            return items;
        }
        if least.as_ref().is_none_or(|(fewest, _)| left_out < *fewest) {
            least = Some((left_out, items));
        }
    }
    least.map(|(_, items)| items).unwrap_or_default()
}

/// How many from the head of `order` half of the budget holds, rounded up: at least the first.
fn half(approvals: &Approvals, order: &[StatementNumber], budget: u32) -> usize {
    let mut cost = 0;
    let fits = |statement: &&StatementNumber| {
        let is_first = cost == 0;
        cost += approvals.cost_of(&[**statement]);
        is_first || cost <= u64::from(budget.div_ceil(2))
    };
    order.iter().take_while(fits).count()
}

/// A slate in the making.
struct SlateBuilder<'a> {
    approvals: &'a Approvals,
    budget: u64,
    spent: u64,
    money: Budgets<'a>,
    taken: Vec<bool>,
    /// Prices never fall while people only pay, so the last one that was computed bounds the next from below.
    bounds: Vec<f64>,
    chosen: Vec<SlateItem>,
}

impl<'a> SlateBuilder<'a> {
    fn new(approvals: &'a Approvals, budget: u32) -> Self {
        let candidates = approvals.candidates().len();
        let bound = |index| f64::from(approvals.cost(index)) / approvals.support(index) as f64;
        Self {
            approvals,
            budget: u64::from(budget),
            spent: 0,
            money: Budgets::new(approvals, budget),
            taken: vec![false; candidates],
            bounds: (0..candidates).map(bound).collect(),
            chosen: Vec::new(),
        }
    }

    fn is_open(&self, index: usize) -> bool {
        !self.taken[index] && self.spent + u64::from(self.approvals.cost(index)) <= self.budget
    }

    /// Takes a statement whether or not it can be paid: its supporters pay what they can of it.
    fn bridge(&mut self, statement: StatementNumber) {
        let Some(index) = self.approvals.index(statement).filter(|index| self.is_open(*index)) else {
            return;
        };
        let price = self.money.price(index).unwrap_or(f64::INFINITY);
        let payers = self.money.pay(index, price);
        self.take(index, Phase::Bridging, payers);
    }

    fn completed(mut self) -> Vec<SlateItem> {
        while let Some((price, index)) = self.cheapest() {
            let payers = self.money.pay(index, price);
            self.take(index, Phase::EqualShares, payers);
        }
        while let Some((wait, index)) = self.money.next_phragmen(|index| self.is_open(index)) {
            let payers = self.money.buy_phragmen(wait, index);
            self.take(index, Phase::Completion, payers);
        }
        self.chosen
    }

    /// The candidate with the lowest price, and the price. Only those are priced anew whose last price is low enough.
    fn cheapest(&mut self) -> Option<(f64, usize)> {
        let mut order: Vec<usize> = (0..self.bounds.len())
            .filter(|index| self.bounds[*index].is_finite() && self.is_open(*index))
            .collect();
        order.sort_by(|a, b| self.bounds[*a].total_cmp(&self.bounds[*b]).then(a.cmp(b)));
        let mut priced: Vec<(f64, usize)> = Vec::new();
        let mut least = f64::INFINITY;
        for index in order {
            if self.bounds[index] > least * (1.0 + SAME_PRICE) {
                break;
            }
            self.bounds[index] = self.money.price(index).unwrap_or(f64::INFINITY);
            least = least.min(self.bounds[index]);
            priced.push((self.bounds[index], index));
        }
        let same =
            priced.into_iter().filter(|(price, _)| price.is_finite() && *price <= least * (1.0 + SAME_PRICE));
        same.min_by_key(|(_, index)| *index)
    }

    fn take(&mut self, index: usize, phase: Phase, payers: u64) {
        self.taken[index] = true;
        self.spent += u64::from(self.approvals.cost(index));
        self.chosen.push(SlateItem { statement: self.approvals.candidates()[index], phase, payers });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use StatementNumber as S;
    use proptest::prelude::*;

    fn numbers(chosen: &[SlateItem]) -> Vec<u32> {
        chosen.iter().map(|choice| choice.statement.0).collect()
    }

    /// The same votes in both readings.
    fn balanced_in_one(approvals: &Approvals, order: &[S], budget: u32) -> Vec<SlateItem> {
        balanced([approvals, approvals], order, budget)
    }

    /// `majority` voters approve of 0–4, `minority` others of 5–9.
    fn two_camps(majority: usize, minority: usize) -> Approvals {
        let camp = |from: u32| (from..from + 5).map(S).collect::<Vec<_>>();
        let voters = std::iter::repeat_n(camp(0), majority).chain(std::iter::repeat_n(camp(5), minority));
        Approvals::of_lists((0..10).map(S), voters)
    }

    #[test]
    fn a_minority_gets_its_share_of_places_and_of_minutes() {
        let approvals = two_camps(60, 40);
        let chosen = equal_shares(&approvals, 5);
        assert_eq!(numbers(&chosen), [0, 1, 2, 5, 6]);
        assert!(chosen.iter().all(|c| c.phase == Phase::EqualShares));
        assert_eq!(chosen[3].payers, 40);
        // Of 100 minutes the minority holds 40, and each of its statements takes 20; the majority's take 30.
        let minutes = approvals.at_costs(|number| if number.0 < 5 { 30 } else { 20 });
        let mut chosen = numbers(&equal_shares(&minutes, 100));
        chosen.sort();
        assert_eq!(chosen, [0, 1, 5, 6]);
    }

    #[test]
    fn what_nobody_can_pay_alone_is_filled_by_phragmen() {
        // Three voters who share nothing, two places: two thirds each.
        let approvals = Approvals::of_lists((0..3).map(S), [vec![S(0)], vec![S(1)], vec![S(2)]]);
        let chosen = equal_shares(&approvals, 2);
        assert_eq!(numbers(&chosen), [0, 1]);
        assert!(chosen.iter().all(|c| c.phase == Phase::Completion && c.payers == 1));
    }

    #[test]
    fn bridging_items_are_paid_by_those_who_support_them() {
        let mut voters: Vec<Vec<S>> = (0..60).map(|_| vec![S(0), S(1), S(2), S(9)]).collect();
        voters.extend((0..40).map(|_| vec![S(5), S(6), S(7), S(9)]));
        let approvals = Approvals::of_lists((0..10).map(S), voters);
        let chosen = balanced_in_one(&approvals, &[S(9)], 4);
        assert_eq!((chosen[0].statement, chosen[0].phase), (S(9), Phase::Bridging));
        assert_eq!(chosen[0].payers, 100);
        // 3 of 4 places' money is left: 1.8 for the majority, 1.2 for the minority.
        assert_eq!(numbers(&chosen), [9, 0, 5, 1]);
    }

    #[test]
    fn the_bridging_part_is_shortened_until_every_cohesive_minority_has_something() {
        // Both bridging items are the first third's: with both, nothing is left for one of the
        // other two thirds, each of which is entitled to one place of three.
        let thirds = [vec![S(0), S(1)], vec![S(3)], vec![S(4)]];
        let voters = thirds.iter().flat_map(|ballot| std::iter::repeat_n(ballot.clone(), 35));
        let approvals = Approvals::of_lists((0..5).map(S), voters);
        assert!(justified_representation(&approvals, &[S(0), S(1), S(3)], 3).is_some());
        let chosen = balanced_in_one(&approvals, &[S(0), S(1)], 3);
        assert_eq!(numbers(&chosen), [0, 3, 4]);
        assert_eq!(chosen.iter().filter(|c| c.phase == Phase::Bridging).count(), 1);
        assert_eq!(justified_representation(&approvals, &statements(&chosen), 3), None);
    }

    #[test]
    fn where_no_slate_is_just_in_both_readings_the_audit_names_whom_it_leaves_out() {
        // One place. Read one way all sixty share 0, the other way 1, and no statement is both.
        let voters =
            |shared: u32| Approvals::of_lists([S(0), S(1)], std::iter::repeat_n(vec![S(shared)], 60));
        let readings = [voters(0), voters(1)];
        let slate = statements(&balanced(readings.each_ref(), &[], 1));
        assert_eq!(slate, [S(0)]);
        let [observed, imputed] = readings.map(|reading| justified_representation(&reading, &slate, 1));
        assert_eq!(observed, None);
        assert_eq!(imputed.map(|blocking| (blocking.statement, blocking.people)), Some((S(1), 60)));
    }

    #[test]
    fn half_of_the_budget_is_rounded_up() {
        let approvals = two_camps(6, 4);
        let order: Vec<S> = (0..10).map(S).collect();
        assert_eq!([1, 4, 5].map(|places| half(&approvals, &order, places)), [1, 2, 3]);
        let minutes = approvals.at_costs(|_| 20);
        assert_eq!([20, 60, 90].map(|budget| half(&minutes, &order, budget)), [1, 1, 2]);
    }

    #[test]
    fn empty_input_gives_an_empty_slate() {
        let nobody = Approvals::of_lists([S(1), S(2)], []);
        assert!(equal_shares(&nobody, 5).is_empty());
        assert!(balanced_in_one(&nobody, &[S(1)], 5).len() <= 1);
        assert!(equal_shares(&Approvals::default(), 5).is_empty());
        assert!(equal_shares(&two_camps(3, 2), 0).is_empty());
        assert!(balanced_in_one(&Approvals::default(), &[], 5).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn every_rule_fills_the_places_and_leaves_no_cohesive_minority_out(
            ballots in proptest::collection::vec(proptest::collection::vec(0u32..8, 1..5), 1..40),
            order in proptest::collection::vec(0u32..8, 0..8), places in 1u32..9,
        ) {
            let voters = ballots.iter().map(|ballot| ballot.iter().copied().map(S).collect());
            let approvals = Approvals::of_lists((0..8).map(S), voters);
            let order: Vec<S> = order.into_iter().map(S).collect();
            let supported = (0..8).filter(|index| approvals.support(*index) > 0).count();
            let slates = [equal_shares(&approvals, places), balanced_in_one(&approvals, &order, places)];
            for chosen in slates {
                let mut slate = statements(&chosen);
                prop_assert!(justified_representation(&approvals, &slate, places).is_none());
                prop_assert!(slate.len() >= supported.min(places as usize) && slate.len() <= places as usize);
                slate.sort();
                slate.dedup();
                prop_assert_eq!(slate.len(), chosen.len());
            }
        }

        /// The order in which people come says nothing.
        #[test]
        fn permuting_people_and_relabelling_statements_changes_nothing_but_names(
            ballots in proptest::collection::vec(proptest::collection::vec(0u32..8, 1..5), 1..30),
            turn in 0usize..30, places in 1u32..9,
        ) {
            let of = |ballots: &[Vec<u32>], name: fn(u32) -> u32| {
                let voters = ballots.iter().map(|ballot| ballot.iter().map(|n| S(name(*n))).collect());
                Approvals::of_lists((0..8).map(|n| S(name(n))), voters)
            };
            let order = [S(3), S(1), S(6)];
            let chosen = numbers(&balanced_in_one(&of(&ballots, |n| n), &order, places));
            let mut turned = ballots.clone();
            turned.rotate_left(turn % ballots.len());
            turned.reverse();
            prop_assert_eq!(&chosen, &numbers(&balanced_in_one(&of(&turned, |n| n), &order, places)));
            // Names that keep the order, since ties go to the lowest.
            let renamed = order.map(|number| S(10 + 7 * number.0));
            let again = balanced_in_one(&of(&ballots, |n| 10 + 7 * n), &renamed, places);
            let names: Vec<u32> = chosen.iter().map(|n| 10 + 7 * n).collect();
            prop_assert_eq!(names, numbers(&again));
        }
    }
}
