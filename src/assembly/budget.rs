//! Voters' budgets: who can pay for a statement, and who pays how much.
//!
//! Each voter has places/n; a statement costs 1. Money is f64, and prices that differ by less
//! than [`SAME_PRICE`] are equal: the exact fractions' denominators grow beyond 128 bits after a
//! dozen items. Source: Peters & Skowron, *Proportionality and the Limits of Welfarism* (2020);
//! sequential Phragmén in its form with money (Brill et al. 2017).

use super::approvals::Approvals;

/// Prices nearer than this share of themselves are the same price. Sums of a million f64 below 1
/// are exact to 1e-10 of themselves.
pub const SAME_PRICE: f64 = 1e-9;
/// What a statement costs.
const COST: f64 = 1.0;

/// What each voter has left.
pub struct Budgets<'a> {
    approvals: &'a Approvals,
    left: Vec<f64>,
}

impl<'a> Budgets<'a> {
    /// Everybody gets an equal share of the places.
    pub fn new(approvals: &'a Approvals, places: usize) -> Self {
        let share = places as f64 / approvals.voters().max(1) as f64;
        Self { approvals, left: vec![share; approvals.voters()] }
    }

    /// For each candidate the price ρ at which its supporters, each paying at most ρ, can pay it;
    /// `None` when they can't. One sweep over the voters from poor to rich.
    pub fn prices(&self) -> Vec<Option<f64>> {
        let candidates = self.approvals.candidates().len();
        let mut voters: Vec<usize> = (0..self.left.len()).collect();
        voters.sort_by(|a, b| self.left[*a].total_cmp(&self.left[*b]).then(a.cmp(b)));
        let mut prices = vec![None; candidates];
        let mut paid = vec![0.0; candidates];
        let mut richer: Vec<usize> = (0..candidates).map(|c| self.approvals.supporters(c).len()).collect();
        for voter in voters {
            let own = self.left[voter];
            for &index in self.approvals.approved(voter) {
                if prices[index].is_some() {
                    continue;
                }
                let price = (COST - paid[index]) / richer[index].max(1) as f64;
                if price <= own * (1.0 + SAME_PRICE) {
                    prices[index] = Some(price.max(0.0));
                }
                paid[index] += own;
                richer[index] -= 1;
            }
        }
        prices
    }

    /// Takes at most `price` from each supporter of the candidate. Answers who paid.
    pub fn pay(&mut self, index: usize, price: f64) -> Vec<usize> {
        let mut payers = Vec::new();
        for &voter in self.approvals.supporters(index) {
            let left = &mut self.left[voter];
            if *left > 0.0 && price > 0.0 {
                payers.push(voter);
                *left = if *left <= price * (1.0 + SAME_PRICE) { 0.0 } else { *left - price };
            }
        }
        payers
    }

    /// Sequential Phragmén from here: everybody earns at the same speed, and a statement is
    /// bought when its supporters hold its cost. Answers the moment and the place of the next
    /// candidate that `open` lets through; the moment is before now when they could pay already.
    pub fn next_phragmen(&self, open: impl Fn(usize) -> bool) -> Option<(f64, usize)> {
        let mut next: Option<(f64, usize)> = None;
        for index in (0..self.approvals.candidates().len()).filter(|index| open(*index)) {
            let supporters = self.approvals.supporters(index);
            if supporters.is_empty() {
                continue;
            }
            let money: f64 = supporters.iter().map(|voter| self.left[*voter]).sum();
            let wait = (COST - money) / supporters.len() as f64;
            if next.is_none_or(|(least, _)| wait < least - SAME_PRICE * least.abs().max(wait.abs())) {
                next = Some((wait, index));
            }
        }
        next
    }

    /// Lets everybody earn for this long, then spends all that the supporters hold. Answers who
    /// paid.
    pub fn buy_phragmen(&mut self, wait: f64, index: usize) -> Vec<usize> {
        self.left.iter_mut().for_each(|left| *left += wait);
        let supporters = self.approvals.supporters(index);
        let payers = supporters.iter().copied().filter(|voter| self.left[*voter] > 0.0).collect();
        supporters.iter().for_each(|voter| self.left[*voter] = 0.0);
        payers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::StatementNumber as S;

    #[test]
    fn the_price_is_shared_until_the_poor_are_out_of_money() {
        // Four voters, two places: half a unit each. Statement 0 has four supporters, 1 has two,
        // 2 has one, who can't pay alone.
        let approvals = Approvals::new(
            [S(0), S(1), S(2)],
            [vec![S(0), S(1)], vec![S(0), S(1)], vec![S(0), S(2)], vec![S(0)]],
        );
        let mut budgets = Budgets::new(&approvals, 2);
        assert_eq!(budgets.prices(), [Some(0.25), Some(0.5), None]);
        assert_eq!(budgets.pay(0, 0.25), [0, 1, 2, 3]);
        assert_eq!(budgets.prices(), [Some(0.25), None, None]);
        // Statement 1's two hold 0.5 and wait 0.25; statement 2's one holds 0.25 and waits 0.75.
        assert_eq!(budgets.next_phragmen(|index| index > 0), Some((0.25, 1)));
        assert_eq!(budgets.buy_phragmen(0.25, 1), [0, 1]);
        assert_eq!(budgets.next_phragmen(|index| index == 2), Some((0.5, 2)));
    }
}
