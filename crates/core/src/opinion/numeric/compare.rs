//! How alike two groupings or two rankings are.

use std::collections::HashMap;

/// The adjusted Rand index of two groupings of the same things: 1 when they are the same, about 0
/// when they have nothing to do with each other. 1 when neither divides anything.
/// Source: Hubert & Arabie 1985.
pub fn adjusted_rand(a: &[u8], b: &[u8]) -> f64 {
    let mut table = vec![0u64; 1 << 16];
    let mut sums = [[0u64; 256]; 2];
    // In range: two bytes are below 1 << 16, and one is below 256.
    for (a, b) in a.iter().zip(b) {
        table[usize::from(*a) << 8 | usize::from(*b)] += 1;
        sums[0][usize::from(*a)] += 1;
        sums[1][usize::from(*b)] += 1;
    }
    let pairs = |n: &u64| (*n as f64) * (n.saturating_sub(1) as f64) / 2.0;
    let together: f64 = table.iter().map(pairs).sum();
    let [in_a, in_b] = sums.map(|sums| sums.iter().map(pairs).sum::<f64>());
    let all = pairs(&(a.len().min(b.len()) as u64));
    let expected = if all > 0.0 { in_a * in_b / all } else { 0.0 };
    let most = (in_a + in_b) / 2.0;
    if (most - expected).abs() < 1e-12 { 1.0 } else { (together - expected) / (most - expected) }
}

/// Spearman's rank correlation; equal values share their mean rank. 0 when either does not vary.
pub fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let n = a.len().min(b.len()) as f64;
    let mean = |x: &[f64]| x.iter().sum::<f64>() / n.max(1.0);
    let (mean_a, mean_b) = (mean(&a), mean(&b));
    let mut sums = [0.0; 3];
    for (a, b) in a.iter().zip(&b) {
        let (da, db) = (a - mean_a, b - mean_b);
        sums[0] += da * db;
        sums[1] += da * da;
        sums[2] += db * db;
    }
    let spread = (sums[1] * sums[2]).sqrt();
    if spread > 0.0 { sums[0] / spread } else { 0.0 }
}

fn ranks(values: &[f64]) -> Vec<f64> {
    // In range: `order` has the places of `values` and no others.
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for equal in order.chunk_by(|a, b| values[*a] == values[*b]) {
        let rank = before as f64 + (equal.len() as f64 - 1.0) / 2.0;
        equal.iter().for_each(|&index| ranks[index] = rank);
        before += equal.len();
    }
    ranks
}

/// For each group of `now` the group of `then` that shares most with it: the largest overlaps
/// first, each group once. `shared[(now, then)]` are the overlaps.
pub fn matched(shared: &HashMap<(u8, u8), u32>) -> HashMap<u8, u8> {
    let mut pairs: Vec<(&(u8, u8), &u32)> = shared.iter().collect();
    pairs.sort_by_key(|((now, then), people)| (std::cmp::Reverse(**people), *now, *then));
    let mut matched = HashMap::new();
    let mut taken = Vec::new();
    for ((now, then), _) in pairs {
        if !matched.contains_key(now) && !taken.contains(then) {
            matched.insert(*now, *then);
            taken.push(*then);
        }
    }
    matched
}

/// The value below which this share of the values lies (the nearest rank); NaN of nothing.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil().max(1.0) as usize - 1;
    sorted.get(rank.min(sorted.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_adjusted_rand_index_is_the_textbooks() {
        assert_eq!(adjusted_rand(&[0, 0, 1, 1], &[1, 1, 0, 0]), 1.0);
        // scikit-learn: adjusted_rand_score([0,0,1,1],[0,0,1,2]) = 0.5714285714285714
        assert!((adjusted_rand(&[0, 0, 1, 1], &[0, 0, 1, 2]) - 4.0 / 7.0).abs() < 1e-12);
        // … ([0,0,0,1,1,1],[0,0,1,1,2,2]) = 0.24242424242424243
        assert!((adjusted_rand(&[0, 0, 0, 1, 1, 1], &[0, 0, 1, 1, 2, 2]) - 8.0 / 33.0).abs() < 1e-12);
        assert_eq!(adjusted_rand(&[0; 5], &[0; 5]), 1.0);
        assert_eq!(adjusted_rand(&[], &[]), 1.0);
    }

    #[test]
    fn spearman_shares_ranks_among_equals() {
        assert!((spearman(&[1.0, 2.0, 3.0], &[10.0, 20.0, 99.0]) - 1.0).abs() < 1e-12);
        assert!((spearman(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]) + 1.0).abs() < 1e-12);
        // scipy: spearmanr([1,2,2,3],[1,3,2,4]) = 0.9486832980505138
        assert!(
            (spearman(&[1.0, 2.0, 2.0, 3.0], &[1.0, 3.0, 2.0, 4.0]) - 0.948_683_298_050_513_8).abs() < 1e-12
        );
        assert_eq!(spearman(&[1.0, 1.0], &[1.0, 2.0]), 0.0);
    }

    #[test]
    fn quantiles_are_values_that_occur() {
        assert_eq!(quantile(&[3.0, 1.0, 2.0], 0.5), 2.0);
        assert_eq!(quantile(&[3.0, 1.0, 2.0], 1.0), 3.0);
        assert_eq!(quantile(&[3.0, 1.0, 2.0], 0.0), 1.0);
        assert!(quantile(&[], 0.5).is_nan());
    }
}
