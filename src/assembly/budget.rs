//! Voters' budgets: who can pay for a candidate, and who pays how much.
//!
//! All people together hold what the agenda holds, in equal shares. Money is f64, and prices that differ by less
//! than [`SAME_PRICE`] are equal: the exact fractions' denominators grow beyond 128 bits after a
//! dozen items. Source: Peters & Skowron, *Proportionality and the Limits of Welfarism* (2020);
//! sequential Phragmén in its form with money (Brill et al. 2017).

use super::approvals::Approvals;

/// Prices nearer than this share of themselves are the same price. Sums of a million f64 below 1
/// are exact to 1e-10 of themselves.
pub const SAME_PRICE: f64 = 1e-9;

/// What each voter has left.
pub struct Budgets<'a> {
    approvals: &'a Approvals,
    /// Of each of the people that a voter stands for.
    left: Vec<f64>,
    /// What each had at first.
    share: f64,
}

impl<'a> Budgets<'a> {
    /// Everybody gets an equal share of the whole.
    pub fn new(approvals: &'a Approvals, whole: u32) -> Self {
        let share = f64::from(whole) / approvals.people().max(1) as f64;
        Self { approvals, left: vec![share; approvals.voters()], share }
    }

    /// The price ρ at which a candidate's supporters, each paying at most ρ, pay what it costs; `None` when they
    /// can't. It never falls while only payments are made.
    pub fn price(&self, index: usize) -> Option<f64> {
        let cost = f64::from(self.approvals.cost(index));
        // Whoever has less than the price pays all they have, and the others share the rest: a few rounds settle it.
        let mut price = 0.0;
        loop {
            let (mut poor, mut rich) = (0.0, 0.0);
            for voter in self.approvals.supporters(index) {
                let weight = f64::from(self.approvals.weight(voter));
                if self.left[voter] < price { poor += weight * self.left[voter] } else { rich += weight }
            }
            if rich == 0.0 {
                // All they have together may be what it costs, but for rounding.
                return (poor >= cost * (1.0 - SAME_PRICE) && poor > 0.0).then_some(price);
            }
            let next = (cost - poor) / rich;
            if next <= price * (1.0 + SAME_PRICE) {
                return Some(price);
            }
            price = next;
        }
    }

    /// Takes at most `price` from each supporter of the candidate. Answers how many people paid.
    pub fn pay(&mut self, index: usize, price: f64) -> u64 {
        let mut payers = 0;
        for voter in self.approvals.supporters(index) {
            let left = &mut self.left[voter];
            if *left > 0.0 && price > 0.0 {
                payers += u64::from(self.approvals.weight(voter));
                *left = if *left <= price * (1.0 + SAME_PRICE) { 0.0 } else { *left - price };
            }
        }
        payers
    }

    /// Sequential Phragmén from here: everybody earns at the same speed, and a candidate is
    /// bought when its supporters hold its cost. Answers the moment and the place of the next
    /// candidate that `open` lets through; the moment is before now when they could pay already.
    pub fn next_phragmen(&self, open: impl Fn(usize) -> bool) -> Option<(f64, usize)> {
        let mut next: Option<(f64, usize)> = None;
        // What falls due together has a wait of 0 once the first of it is bought: so this is no share of the wait.
        let same = SAME_PRICE * self.share;
        for index in (0..self.approvals.candidates().len()).filter(|index| open(*index)) {
            let (mut money, mut people) = (0.0, 0.0);
            for voter in self.approvals.supporters(index) {
                let weight = f64::from(self.approvals.weight(voter));
                money += weight * self.left[voter];
                people += weight;
            }
            if people == 0.0 {
                continue;
            }
            let wait = (f64::from(self.approvals.cost(index)) - money) / people;
            if next.is_none_or(|(least, _)| wait < least - same) {
                next = Some((wait, index));
            }
        }
        next
    }

    /// Lets everybody earn for this long, then spends all that the supporters hold. Answers how many people
    /// paid.
    pub fn buy_phragmen(&mut self, wait: f64, index: usize) -> u64 {
        self.left.iter_mut().for_each(|left| *left += wait);
        let mut payers = 0;
        for voter in self.approvals.supporters(index) {
            let left = std::mem::take(&mut self.left[voter]);
            payers += if left > 0.0 { u64::from(self.approvals.weight(voter)) } else { 0 };
        }
        payers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::StatementNumber as S;

    /// Four voters; statement 0 has four supporters, 1 has two, 2 has one.
    fn four() -> Approvals {
        Approvals::of_lists(
            [S(0), S(1), S(2)],
            [vec![S(0), S(1)], vec![S(0), S(1)], vec![S(0), S(2)], vec![S(0)]],
        )
    }

    #[test]
    fn the_price_is_shared_until_the_poor_are_out_of_money() {
        // Two places: half a unit each. Statement 2's one supporter can't pay alone.
        let approvals = four();
        let mut budgets = Budgets::new(&approvals, 2);
        let prices = |budgets: &Budgets| [0, 1, 2].map(|index| budgets.price(index));
        assert_eq!(prices(&budgets), [Some(0.25), Some(0.5), None]);
        assert_eq!(budgets.pay(0, 0.25), 4);
        assert_eq!(prices(&budgets), [Some(0.25), None, None]);
        // Statement 1's two hold 0.5 and wait 0.25; statement 2's one holds 0.25 and waits 0.75.
        assert_eq!(budgets.next_phragmen(|index| index > 0), Some((0.25, 1)));
        assert_eq!(budgets.buy_phragmen(0.25, 1), 2);
        assert_eq!(budgets.next_phragmen(|index| index == 2), Some((0.5, 2)));
    }

    #[test]
    fn whoever_has_little_pays_it_and_the_others_share_the_rest() {
        // Three supporters of 0 hold 0.1, 0.5 and 0.5 of a unit: 0.1 + 0.45 + 0.45.
        let approvals = Approvals::of_lists([S(0), S(1)], [vec![S(0), S(1)], vec![S(0)], vec![S(0)]]);
        let mut budgets = Budgets::new(&approvals, 1);
        budgets.left = vec![0.1, 0.5, 0.5];
        assert!((budgets.price(0).unwrap() - 0.45).abs() < 1e-12);
        budgets.left = vec![0.1, 0.4, 0.5];
        assert_eq!(budgets.price(0).map(|price| (price * 1e9).round() / 1e9), Some(0.5));
        budgets.left = vec![0.1, 0.4, 0.4];
        assert_eq!(budgets.price(0), None);
    }

    /// Three fall due together: the lowest number comes first, whoever comes first of the people.
    #[test]
    fn what_falls_due_together_is_bought_by_number() {
        let mut ballots = vec![vec![S(0), S(2)]; 4];
        ballots.extend(vec![vec![S(0)]; 2]);
        ballots.extend(vec![vec![S(1)]; 3]);
        ballots.extend(vec![vec![S(3)]; 3]);
        ballots.push(vec![S(2)]);
        ballots.extend((4..22).map(|number| vec![S(number)]));
        let bought = |ballots: Vec<Vec<S>>| {
            let approvals = Approvals::of_lists((0..22).map(S), ballots);
            crate::assembly::slate::statements(&crate::assembly::slate::equal_shares(&approvals, 3))
        };
        let reversed = ballots.iter().rev().cloned().collect();
        assert_eq!((bought(ballots), bought(reversed)), (vec![S(0), S(1), S(2)], vec![S(0), S(1), S(2)]));
    }

    #[test]
    fn what_costs_more_minutes_needs_more_of_the_budget() {
        let minutes = four().at_costs(|number| if number == S(0) { 30 } else { 10 });
        let budgets = Budgets::new(&minutes, 40);
        assert_eq!([0, 1, 2].map(|index| budgets.price(index)), [Some(7.5), Some(5.0), Some(10.0)]);
    }
}
