//! A second implementation of the map: naive, dense, straight from docs/OPINION.md. It shares
//! nothing with the first but the types of its result.

use proptest::prelude::*;

use crate::domain::{Moderation, StatementNumber};
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::map::direction::Direction;
use crate::opinion::map::opinion_map::OpinionMap;
use crate::opinion::numeric::work::Work;
use crate::opinion::pipeline::compute::compute_with;
use crate::opinion::votes::synthetic::SyntheticPublic;
use crate::opinion::votes::vote_matrix::VoteMatrix;

/// The dense matrix of centred votes: rows of people, columns of live statements.
struct DenseMatrix {
    columns: Vec<StatementNumber>,
    votes: Vec<Vec<Option<f64>>>,
    means: Vec<f64>,
}

impl DenseMatrix {
    fn new(matrix: &VoteMatrix) -> Self {
        let all: Vec<Vec<Option<f64>>> = (0..matrix.rows())
            .map(|row| {
                let mut dense = vec![None; matrix.columns()];
                matrix.row(row).for_each(|(column, value)| dense[column] = Some(value as f64 - 1.0));
                dense
            })
            .collect();
        let is_live = |column: usize| {
            let statement = matrix.statements()[column];
            statement.moderation != Moderation::Rejected
                && statement.shown
                && !statement.meta
                && all.iter().any(|row| row[column].is_some())
        };
        let live: Vec<usize> = (0..matrix.columns()).filter(|column| is_live(*column)).collect();
        let votes: Vec<Vec<Option<f64>>> =
            all.iter().map(|row| live.iter().map(|column| row[*column]).collect()).collect();
        let means = (0..live.len())
            .map(|column| {
                let seen: Vec<f64> = votes.iter().filter_map(|row| row[column]).collect();
                seen.iter().sum::<f64>() / seen.len() as f64
            })
            .collect();
        let columns = live.iter().map(|column| matrix.statements()[*column].number).collect();
        Self { columns, votes, means }
    }

    fn centred(&self, row: usize, column: usize) -> f64 {
        self.votes[row][column].map_or(0.0, |vote| vote - self.means[column])
    }

    /// XᵀX, all of it.
    fn gram(&self) -> Vec<Vec<f64>> {
        let c = self.columns.len();
        let entry = |i: usize, j: usize| {
            (0..self.votes.len()).map(|row| self.centred(row, i) * self.centred(row, j)).sum::<f64>()
        };
        (0..c).map(|i| (0..c).map(|j| entry(i, j)).collect()).collect()
    }
}

/// All eigenpairs by Jacobi's rotations, the largest first.
fn jacobi(mut a: Vec<Vec<f64>>) -> Vec<(f64, Vec<f64>)> {
    let n = a.len();
    let mut v: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for _ in 0..100 {
        for p in 0..n {
            for q in p + 1..n {
                if a[p][q].abs() < 1e-300 {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for row in &mut a {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
                let (above, below) = a.split_at_mut(q);
                for (x, y) in above[p].iter_mut().zip(&mut below[0]) {
                    (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
                }
                for row in &mut v {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
            }
        }
    }
    let mut pairs: Vec<(f64, Vec<f64>)> =
        (0..n).map(|i| (a[i][i], v.iter().map(|row| row[i]).collect())).collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs
}

fn wilson_lower(s: f64, n: f64, z: f64) -> f64 {
    if n == 0.0 {
        return 0.0;
    }
    let p = s / n;
    ((p + z * z / (2.0 * n)) - z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt()) / (1.0 + z * z / n)
}

/// z₁ and z₂ of docs/OPINION.md.
fn z1(s: f64, n: f64) -> f64 {
    2.0 * (n + 1.0).sqrt() * ((s + 1.0) / (n + 1.0) - 0.5)
}

fn z2(s: f64, n: f64, rest_s: f64, rest_n: f64) -> f64 {
    let (s, n, rs, rn) = (s + 1.0, n + 1.0, rest_s + 1.0, rest_n + 1.0);
    let p = (s + rs) / (n + rn);
    if p >= 1.0 { 0.0 } else { (s / n - rs / rn) / (p * (1.0 - p) * (1.0 / n + 1.0 / rn)).sqrt() }
}

/// Agree, disagree and all votes of each group on a column, counted one by one.
fn counts(dense: &DenseMatrix, map: &OpinionMap, matrix: &VoteMatrix, column: usize) -> Vec<[f64; 3]> {
    let mut counts = vec![[0.0; 3]; map.groups.len()];
    for (row, person) in matrix.participants().iter().enumerate() {
        let group = map.participant(*person).and_then(super::map::participant::MapParticipant::group);
        if let (Some(group), Some(vote)) = (group, dense.votes[row][column]) {
            let at = &mut counts[group as usize];
            at[0] += f64::from(u8::from(vote > 0.0));
            at[1] += f64::from(u8::from(vote < 0.0));
            at[2] += 1.0;
        }
    }
    counts
}

/// Representative statements by group, with ties left to the reader: (metric, statement, side).
fn representative(
    dense: &DenseMatrix,
    by_column: &[Vec<[f64; 3]>],
    groups: usize,
) -> Vec<Vec<(f64, StatementNumber, Direction)>> {
    let mut pairs = Vec::new();
    for (column, counts) in by_column.iter().enumerate() {
        for group in 0..groups {
            let [a, d, n] = counts[group];
            if n == 0.0 {
                continue;
            }
            let mut rest = [0.0; 3];
            for (other, counts) in counts.iter().enumerate() {
                if other != group {
                    (0..3).for_each(|i| rest[i] += counts[i]);
                }
            }
            let (more_a, more_d) = (z2(a, n, rest[0], rest[2]), z2(d, n, rest[1], rest[2]));
            let agrees = more_a > more_d;
            let (s, rs, more) = if agrees { (a, rest[0], more_a) } else { (d, rest[1], more_d) };
            let share = (s + 1.0) / (n + 2.0);
            let repness = share / ((rs + 1.0) / (rest[2] + 2.0));
            let p = 0.5 * libm::erfc(z1(s, n).min(more) / 2.0f64.sqrt());
            let side = if agrees { Direction::Agree } else { Direction::Disagree };
            pairs.push((p, group, repness * more * share * z1(s, n), dense.columns[column], side));
        }
    }
    let mut ps: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
    ps.sort_by(f64::total_cmp);
    let passes = |i: usize| ps[i] <= (i as f64 + 1.0) / ps.len() as f64 * 0.1;
    let most = (0..ps.len()).rev().find(|i| passes(*i)).map(|i| ps[i]);
    let mut listed = vec![Vec::new(); groups];
    for (p, group, metric, statement, side) in pairs {
        if most.is_some_and(|most| p <= most && p <= 0.5) {
            listed[group].push((metric, statement, side));
        }
    }
    for listed in &mut listed {
        listed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        listed.truncate(5);
    }
    listed
}

fn near(a: f64, b: f64) -> bool {
    // Published numbers have six decimals.
    (a - b).abs() <= 1.1e-6 * (1.0 + a.abs())
}

fn check_axes(dense: &DenseMatrix, map: &OpinionMap, matrix: &VoteMatrix) -> Result<bool, TestCaseError> {
    let pairs = jacobi(dense.gram());
    let variance: f64 = pairs.iter().map(|pair| pair.0).sum();
    let value = |at: usize| pairs.get(at).map_or(0.0, |pair| pair.0.max(0.0));
    for axis in 0..2 {
        let share = if variance > 0.0 { value(axis) / variance } else { 0.0 };
        prop_assert!(near(share, map.pca.explained_variance_ratio[axis]), "axis {}", axis);
    }
    let gap = 1e-2 * value(0);
    if value(0) - value(1) < gap || value(1) - value(2) < gap {
        return Ok(false);
    }
    for (row, person) in matrix.participants().iter().enumerate() {
        let votes = dense.votes[row].iter().flatten().count();
        let placement = map.participant(*person).and_then(|p| p.placement);
        prop_assert_eq!(placement.is_some(), votes >= 7.min(dense.columns.len()).max(1), "person {}", person);
        let Some(placement) = placement else { continue };
        let scale = (dense.columns.len() as f64 / votes as f64).sqrt();
        let mut squares = 0.0;
        for (axis, (_, loadings)) in pairs.iter().take(2).enumerate() {
            let largest = loadings.iter().fold(0.0f64, |most, x| most.max(x.abs()));
            let first = loadings.iter().find(|x| x.abs() >= largest * (1.0 - 1e-9));
            let sign = first.map_or(1.0, |x| x.signum());
            let terms =
                (0..loadings.len()).map(|column| sign * dense.centred(row, column) * loadings[column]);
            squares += terms.clone().map(|x| x * x).sum::<f64>();
            prop_assert!(near(scale * terms.sum::<f64>(), placement.at[axis]));
        }
        let unseen = dense.columns.len() as f64 - votes as f64;
        prop_assert!((f64::from(placement.radius) - (unseen * squares / votes as f64).sqrt()).abs() < 1e-5);
    }
    Ok(true)
}

fn check_statistics(dense: &DenseMatrix, map: &OpinionMap, matrix: &VoteMatrix) -> Result<(), TestCaseError> {
    const Z: f64 = 1.644_853_6;
    let by_column: Vec<Vec<[f64; 3]>> =
        (0..dense.columns.len()).map(|column| counts(dense, map, matrix, column)).collect();
    let mut agreed = Vec::new();
    for (number, counts) in dense.columns.iter().zip(&by_column) {
        let Some(statement) = map.statement(*number) else {
            return Err(TestCaseError::fail("it is missing"));
        };
        let product: f64 = counts.iter().map(|[a, _, n]| (a + 0.5) / (n + 1.0)).product();
        let mean = if counts.is_empty() { 0.5 } else { product.powf(1.0 / counts.len() as f64) };
        prop_assert!(near(mean, statement.group_informed_consensus));
        let bound = counts.iter().map(|[a, _, n]| wilson_lower(*a, *n, Z)).fold(f64::INFINITY, f64::min);
        let bound = if bound.is_finite() { bound.max(0.0) } else { 0.0 };
        prop_assert!(near(bound, statement.lowest_group_bound));
        let enough =
            counts.iter().zip(&map.groups).all(|([.., n], group)| *n >= 7.0f64.min(f64::from(group.size)));
        if enough && !counts.is_empty() && bound > 0.5 {
            agreed.push((bound, *number));
        }
    }
    agreed.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let listed: Vec<StatementNumber> = map.consensus.agree.iter().map(|c| c.statistics.statement).collect();
    let expected: Vec<StatementNumber> = agreed.iter().take(10).map(|(_, number)| *number).collect();
    let ties = agreed.windows(2).any(|pair| (pair[0].0 - pair[1].0).abs() < 1e-6);
    prop_assert!(ties || listed == expected, "{:?} {:?}", listed, expected);
    if map.groups.len() > 1 {
        for (group, expected) in map.groups.iter().zip(representative(dense, &by_column, map.groups.len())) {
            let ties = expected.windows(2).any(|pair| (pair[0].0 - pair[1].0).abs() < 1e-6);
            let listed: Vec<_> = group
                .representative
                .iter()
                .map(|r| (r.statistics.statement, r.statistics.direction))
                .collect();
            let expected: Vec<_> =
                expected.into_iter().map(|(_, statement, side)| (statement, side)).collect();
            prop_assert!(ties || listed == expected, "group {}: {:?} {:?}", group.label, listed, expected);
        }
    }
    Ok(())
}

const CASES: u32 = 400;

#[test]
fn a_naive_dense_implementation_has_the_same_axes_positions_lists_and_scores() {
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let publics = (3u32..70, 1u32..14, 0.15f64..0.9, any::<u64>(), 0usize..14, 0usize..14, 0usize..14);
    let determined = std::cell::Cell::new(0);
    let result = runner.run(&publics, |(participants, statements, density, seed, rejected, meta, waits)| {
        let matrix = {
            let mut matrix = SyntheticPublic { participants, statements, density, seed }.matrix();
            let all = matrix.statements().to_vec();
            for (index, mut statement) in all.into_iter().enumerate() {
                if index == rejected {
                    statement.moderation = Moderation::Rejected;
                }
                if index == waits {
                    (statement.moderation, statement.shown) = (Moderation::Pending, false);
                }
                statement.meta = index == meta;
                assert!(matrix.set_statement(statement));
            }
            matrix
        };
        let computed = compute_with(&matrix, &CheckedParams::default(), &Work::alone());
        let map = computed.map_err(|_| TestCaseError::fail("it was wanted"))?.map;
        let dense = DenseMatrix::new(&matrix);
        if check_axes(&dense, &map, &matrix)? {
            determined.set(determined.get() + 1);
        }
        check_statistics(&dense, &map, &matrix)
    });
    println!("axes determined in {} of {CASES}", determined.get());
    result.unwrap_or_else(|error| panic!("{error}"));
    assert!(determined.get() > 100);
}
