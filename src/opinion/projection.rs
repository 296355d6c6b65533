//! Principal components of the votes, and where they put people and statements.
//!
//! Missing votes are imputed with their column's mean, so that they are exactly zero once
//! centred: every product costs the number of votes and nothing dense is ever made (OPINION §4).
//! It doesn't know groups. Invariant: finite, also for empty, constant and rank-1 votes; the
//! largest loading of each component is positive.

use super::eigen::{Block, LeadingPairs, Stop, leading_pairs};
use super::params::Params;
use super::vote_matrix::{Rows, VoteMatrix};
use crate::domain::Tally;

/// The projection: axes, and what they explain.
#[derive(Clone, Debug)]
pub struct Projection {
    /// Each live column's mean vote, in −1 … 1.
    pub means: Vec<f64>,
    /// Two unit vectors over the live columns; zero where there is no such dimension.
    pub components: Block,
    /// Each component's share of the variance, in 0 … 1.
    pub explained: [f64; 2],
    /// Passes over the votes.
    pub passes: u32,
    /// Whether the axes are exact to the tolerance.
    pub converged: bool,
    /// Whether the votes say which the axes are: false when eigenvalues coincide.
    pub distinct: bool,
}

/// Eigenvalues nearer than this share of the largest leave the axes open.
const INDISTINCT: f64 = 1e-6;

/// Finds the two leading components of the live votes. `tallies` are those of the live columns.
pub fn project(matrix: &VoteMatrix, tallies: &[Tally], params: &Params) -> Projection {
    let means: Vec<f64> = tallies.iter().map(mean).collect();
    let variance: f64 = tallies.iter().zip(&means).map(|(t, m)| squares(t, *m)).sum();
    let stop = Stop { residual: params.pca_residual, max_passes: params.pca_max_passes };
    let pairs = if variance > 0.0 {
        leading_pairs(means.len(), stop, |block| gram_product(&matrix.live, &means, block))
    } else {
        LeadingPairs {
            values: [0.0; 2],
            next_value: 0.0,
            vectors: [vec![0.0; means.len()], vec![0.0; means.len()]],
            passes: 0,
            converged: true,
        }
    };
    let [first, second] = pairs.values;
    let apart = |a: f64, b: f64| a - b > INDISTINCT * first;
    let [x, y] = pairs.vectors;
    Projection {
        means,
        components: [oriented(x), oriented(y)],
        explained: pairs.values.map(|value| if variance > 0.0 { (value / variance).min(1.0) } else { 0.0 }),
        passes: pairs.passes,
        converged: pairs.converged,
        distinct: first == 0.0
            || (apart(first, second) && (second == 0.0 || apart(second, pairs.next_value))),
    }
}

fn mean(tally: &Tally) -> f64 {
    if tally.seen() == 0 {
        return 0.0;
    }
    (f64::from(tally.agree) - f64::from(tally.disagree)) / f64::from(tally.seen())
}

/// The sum of squares around the mean.
fn squares(tally: &Tally, mean: f64) -> f64 {
    let part = |count: u32, value: f64| f64::from(count) * (value - mean) * (value - mean);
    part(tally.agree, 1.0) + part(tally.pass, 0.0) + part(tally.disagree, -1.0)
}

/// XᵀX·v for the centred votes X, two vectors in one pass: the row's sum from a table of 3C
/// products, then a scatter into 3C sums.
fn gram_product(rows: &Rows, means: &[f64], block: &Block) -> Block {
    let centred = |code: usize| (code % 3) as f64 - 1.0 - means[code / 3];
    let table: Vec<[f64; 2]> = (0..3 * means.len())
        .map(|code| [centred(code) * block[0][code / 3], centred(code) * block[1][code / 3]])
        .collect();
    let mut sums = vec![[0.0f64; 2]; table.len()];
    for row in rows.iter() {
        let mut total = [0.0f64; 2];
        for &code in row {
            let product = table[code as usize];
            total[0] += product[0];
            total[1] += product[1];
        }
        for &code in row {
            let sum = &mut sums[code as usize];
            sum[0] += total[0];
            sum[1] += total[1];
        }
    }
    let fold = |slot: usize| {
        (0..means.len())
            .map(|c| (3 * c..3 * c + 3).map(|code| centred(code) * sums[code][slot]).sum())
            .collect()
    };
    [fold(0), fold(1)]
}

/// Fixes the sign: the largest |loading| is positive. Of loadings equal but for rounding, the
/// first decides.
fn oriented(mut component: Vec<f64>) -> Vec<f64> {
    let largest = component.iter().fold(0.0f64, |most, x| most.max(x.abs()));
    let decisive = component.iter().find(|x| x.abs() >= largest * (1.0 - 1e-9));
    if decisive.is_some_and(|x| *x < 0.0) {
        component.iter_mut().for_each(|x| *x = -*x);
    }
    component
}

impl Projection {
    /// The number of live columns: C.
    fn columns(&self) -> f64 {
        self.means.len() as f64
    }

    /// Where a row's votes put a person: √(C/m) · Σ (vote − mean) · loading, m votes (OPINION §5).
    pub fn person(&self, codes: &[u32]) -> [f64; 2] {
        let mut sum = [0.0; 2];
        for &code in codes {
            let column = (code / 3) as usize;
            let centred = f64::from(code % 3) - 1.0 - self.means[column];
            sum[0] += centred * self.components[0][column];
            sum[1] += centred * self.components[1][column];
        }
        let scale = (self.columns() / codes.len().max(1) as f64).sqrt();
        sum.map(|x| scale * x)
    }

    /// Where somebody would stand who only agreed with this column's statement.
    pub fn statement(&self, column: usize) -> [f64; 2] {
        let scale = self.columns().sqrt() * (1.0 - self.means[column]);
        [scale * self.components[0][column], scale * self.components[1][column]]
    }

    /// The share that the second axis has of the first: none means that people lie on a line.
    pub fn is_line(&self) -> bool {
        self.explained[0] > 0.0 && self.explained[1] == 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::input::Votes;
    use crate::opinion::property_tests::votes_from_grid;

    fn projection(grid: &[&str]) -> (VoteMatrix, Projection) {
        let votes: Votes = votes_from_grid(grid);
        let matrix = VoteMatrix::new(&votes);
        let projection = project(&matrix, &matrix.live_tallies(), &Params::default());
        (matrix, projection)
    }

    #[test]
    fn two_opposed_camps_are_one_axis_and_explain_everything() {
        let (matrix, projection) = projection(&["++-", "++-", "--+"]);
        assert!(projection.is_line() && projection.converged);
        assert!((projection.explained[0] - 1.0).abs() < 1e-12);
        let x: Vec<f64> = matrix.live.iter().map(|row| projection.person(row)[0]).collect();
        assert!((x.iter().sum::<f64>()).abs() < 1e-12, "complete votes are centred: {x:?}");
    }

    #[test]
    fn the_sparse_product_equals_the_dense_one() {
        let (matrix, p) = projection(&["+-.0+", "0+-.-", "--+.0", "..+0-", "+0+-."]);
        let dense: Vec<Vec<f64>> = matrix
            .live
            .iter()
            .map(|row| {
                let mut out = vec![0.0; 5];
                for &code in row {
                    let c = (code / 3) as usize;
                    out[c] = f64::from(code % 3) - 1.0 - p.means[c];
                }
                out
            })
            .collect();
        let v = [vec![0.3, -0.1, 0.7, 0.2, -0.5], vec![1.0, 2.0, -3.0, 0.5, 0.0]];
        let sparse = gram_product(&matrix.live, &p.means, &v);
        for slot in 0..2 {
            for c in 0..5 {
                let expected: f64 = dense
                    .iter()
                    .map(|row| row[c] * row.iter().zip(&v[slot]).map(|(a, b)| a * b).sum::<f64>())
                    .sum();
                assert!((sparse[slot][c] - expected).abs() < 1e-12);
            }
        }
    }
}
