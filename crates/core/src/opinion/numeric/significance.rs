//! Intervals and tests on counts. It knows counts only.
//!
//! Sources: Wilson 1927; Benjamini & Hochberg 1995; the z-tests are those of Polis (OPINION §8),
//! whose pseudo-counts are kept so that values can be compared.

/// The Wilson score interval of a share: `successes` of `trials` at normal quantile `z`.
/// Without trials it is 0 … 1.
pub fn wilson(successes: u32, trials: u32, z: f64) -> [f64; 2] {
    if trials == 0 {
        return [0.0, 1.0];
    }
    let n = f64::from(trials);
    let share = (f64::from(successes) / n).min(1.0);
    let z2 = z * z / n;
    let centre = (share + z2 / 2.0) / (1.0 + z2);
    let half = (z2 * (share * (1.0 - share) + z2 / 4.0)).sqrt() / (1.0 + z2);
    [(centre - half).max(0.0), (centre + half).min(1.0)]
}

/// The lower end of Newcombe's interval for the difference of two shares, first minus second
/// (Newcombe 1998, method 10: from the two Wilson intervals). 0 without trials.
pub fn difference_lower_bound(successes: [u32; 2], trials: [u32; 2], z: f64) -> f64 {
    if trials.contains(&0) {
        return 0.0;
    }
    // In range: `side` is 0 or 1.
    let share = |side: usize| f64::from(successes[side]) / f64::from(trials[side]);
    let (first, second) = (share(0), share(1));
    let [low, _] = wilson(successes[0], trials[0], z);
    let [_, high] = wilson(successes[1], trials[1], z);
    first - second - libm::hypot(first - low, high - second)
}

/// The one-proportion z-test against ½ with one pseudo-success (OPINION §8, z1).
pub fn share_test(successes: u32, trials: u32) -> f64 {
    let (s, n) = (f64::from(successes) + 1.0, f64::from(trials) + 1.0);
    2.0 * n.sqrt() * (s / n - 0.5)
}

/// The two-proportion z-test with one added to all four counts (OPINION §8, z2): is the first
/// share larger than the second?
pub fn difference_test(successes: [u32; 2], trials: [u32; 2]) -> f64 {
    let [s1, s2] = successes.map(|s| f64::from(s) + 1.0);
    let [n1, n2] = trials.map(|n| f64::from(n) + 1.0);
    let pooled = (s1 + s2) / (n1 + n2);
    let variance = pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2);
    if variance > 0.0 { (s1 / n1 - s2 / n2) / variance.sqrt() } else { 0.0 }
}

/// The share of agreement (or disagreement) with one pseudo-vote on each side: (s+1)/(n+2).
pub fn smoothed_share(successes: u32, trials: u32) -> f64 {
    (f64::from(successes) + 1.0) / (f64::from(trials) + 2.0)
}

/// The probability of a standard normal above z.
pub fn upper_tail(z: f64) -> f64 {
    0.5 * libm::erfc(z / std::f64::consts::SQRT_2)
}

/// Benjamini–Hochberg: the largest p-value that passes at false-discovery rate `rate`, if any.
/// Everything at or below it passes.
pub fn benjamini_hochberg(p_values: &[f64], rate: f64) -> Option<f64> {
    let mut sorted: Vec<f64> = p_values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len() as f64;
    sorted.iter().enumerate().rfind(|(index, p)| **p <= (*index as f64 + 1.0) / count * rate).map(|(_, p)| *p)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    #[test]
    fn the_share_test_has_the_published_values() {
        for (s, n, z) in [
            (0, 0, 1.0),
            (1, 1, std::f64::consts::SQRT_2),
            (5, 10, 0.301_511_344_577_763_35),
            (10, 10, 3.316_624_790_355_4),
            (80, 100, 6.069_726_860_280_935),
            (3, 20, -2.836_832_573_067_901),
        ] {
            assert!(near(share_test(s, n), z), "z1({s},{n}) = {}", share_test(s, n));
        }
    }

    #[test]
    fn the_difference_test_has_the_published_values() {
        for (s, n, z) in [
            ([8, 3], [10, 10], 2.168_145_451_959_97),
            ([10, 10], [10, 10], 0.0),
            ([0, 0], [10, 10], 0.0),
            ([50, 20], [60, 80], 6.805_598_703_044_729),
            ([1, 0], [1, 0], 0.0),
        ] {
            assert!(near(difference_test(s, n), z), "z2({s:?},{n:?}) = {}", difference_test(s, n));
        }
    }

    #[test]
    fn the_wilson_interval_has_textbook_values() {
        // 8 of 10 at 95 %: 0.4902 … 0.9433 (Agresti & Coull 1998).
        let [low, high] = wilson(8, 10, 1.959_964);
        assert!((low - 0.490_162).abs() < 1e-5 && (high - 0.943_318).abs() < 1e-5, "{low} {high}");
        assert_eq!(wilson(0, 0, 1.6448536), [0.0, 1.0]);
        let [low, high] = wilson(7, 7, 1.644_853_6);
        assert!((low - 7.0 / (7.0 + 1.644_853_6f64.powi(2))).abs() < 1e-12 && high == 1.0);
    }

    #[test]
    fn benjamini_and_hochberg_pass_what_their_paper_passes() {
        // The paper's example: 15 p-values, 4 of which pass at 5 %.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 0.7590, 1.0,
        ];
        assert_eq!(benjamini_hochberg(&p, 0.05), Some(0.0095));
        assert_eq!(benjamini_hochberg(&[0.5, 0.9], 0.05), None);
        assert_eq!(benjamini_hochberg(&[], 0.05), None);
    }

    #[test]
    fn the_normal_tail_is_the_tables() {
        assert!(near(upper_tail(0.0), 0.5));
        assert!((upper_tail(1.644_853_626_951_472_2) - 0.05).abs() < 1e-12);
        assert!((upper_tail(-1.281_551_565_544_600_4) - 0.9).abs() < 1e-12);
    }

    #[test]
    fn a_difference_is_bounded_as_newcombe_published_it() {
        // Newcombe 1998, table II: 56/70 against 48/80, method 10, 95 %: 0.0524 to 0.3339.
        let bound = difference_lower_bound([56, 48], [70, 80], 1.959964);
        assert!((bound - 0.0524).abs() < 1e-4, "{bound}");
        assert!(difference_lower_bound([7, 3], [8, 5], 1.6448536) < 0.0);
        assert_eq!(difference_lower_bound([0, 0], [0, 5], 1.6448536), 0.0);
    }
}
