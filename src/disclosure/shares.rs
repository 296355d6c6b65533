//! Whole percents that add up to 100. PURE.
//!
//! Rounded one by one, parts of a whole add up to 99 or 101 as often as not. The largest remainders are
//! rounded up instead, and every figure on a page (bars, headlines, tables) is taken from here, so that
//! the same votes have the same percent everywhere. web/static/map.js does the same.

use crate::domain::Tally;

/// The parts' shares of their sum, in whole percents that add up to 100; all 0 where there is nothing.
/// Of equal remainders the first is rounded up.
pub fn percents(parts: &[u32]) -> Vec<u32> {
    let whole: u64 = parts.iter().map(|part| u64::from(*part)).sum();
    if whole == 0 {
        return vec![0; parts.len()];
    }
    let hundredfold = |part: &u32| 100 * u64::from(*part);
    let mut shares: Vec<u32> = parts.iter().map(|part| (hundredfold(part) / whole) as u32).collect();
    let mut by_remainder: Vec<usize> = (0..parts.len()).collect();
    by_remainder.sort_by_key(|at| std::cmp::Reverse(hundredfold(&parts[*at]) % whole));
    let missing = 100 - shares.iter().sum::<u32>();
    by_remainder.into_iter().take(missing as usize).for_each(|at| shares[at] += 1);
    shares
}

/// The shares of votes that agree, pass and disagree, in whole percents.
pub fn of_votes(tally: &Tally) -> [u32; 3] {
    let shares = percents(&[tally.agree, tally.pass, tally.disagree]);
    [shares[0], shares[1], shares[2]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_largest_remainder_is_rounded_up() {
        assert_eq!(percents(&[1, 1, 1]), [34, 33, 33]);
        assert_eq!(percents(&[2, 1, 0]), [67, 33, 0]);
        assert_eq!(percents(&[0, 0]), [0, 0]);
        assert_eq!(percents(&[7]), [100]);
        assert_eq!(percents(&[u32::MAX, u32::MAX]), [50, 50]);
    }

    proptest! {
        #[test]
        fn shares_add_up_and_are_less_than_one_off(parts in prop::collection::vec(0u32..5000, 1..6)) {
            let (shares, whole) = (percents(&parts), parts.iter().sum::<u32>());
            prop_assert_eq!(shares.iter().sum::<u32>(), if whole == 0 { 0 } else { 100 });
            for (part, share) in parts.iter().zip(shares) {
                let exact = 100.0 * f64::from(*part) / f64::from(whole.max(1));
                prop_assert!((f64::from(share) - exact).abs() < 1.0);
            }
        }
    }
}
