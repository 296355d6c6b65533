//! Principal components of the votes, and where they put statements.
//!
//! Missing votes are imputed with their column's mean, so that they are exactly zero once
//! centred: every product costs the number of votes and nothing dense is ever made (OPINION §4).
//! It doesn't know groups. Invariant: finite, also for empty, constant and rank-1 votes; the
//! largest loading of each component is positive.

use crate::opinion::map::params::ProjectionParams;
use crate::opinion::numeric::eigen::{Block, LeadingPairs, Stop, leading_pairs};
use crate::opinion::numeric::geometry::Point;
use crate::opinion::numeric::work::{Stopped, Work};
use crate::opinion::votes::pass::{FixedPoint, Scatter};
use crate::opinion::votes::rows::{Code, CodeRows};
use crate::opinion::votes::vote_matrix::{ONE, VoteMatrix, Weight, each_width};

/// Columns that shape a map, with their means.
#[derive(Clone, Debug, Default)]
pub struct Centring {
    /// The live columns: neither rejected nor meta, and voted on by somebody with a weight. They
    /// ascend, and each is below the matrix's number of columns.
    pub live: Vec<usize>,
    /// Each live column's mean vote, in −1 … 1: as many as there are live columns.
    pub means: Vec<f64>,
    /// The sum of squares around the means: the votes' whole variance.
    pub variance: f64,
    /// The whole weight of the people, in people.
    pub weight: f64,
}

impl Centring {
    /// From the weight of each code.
    pub fn new(matrix: &VoteMatrix, masses: &[f64], weight: f64) -> Self {
        let mut centring = Self { weight, ..Self::default() };
        for (column, statement) in matrix.statements().iter().enumerate() {
            // In range: every caller has three masses for each column of the matrix.
            let mass = &masses[3 * column..3 * column + 3];
            let seen = mass[0] + mass[1] + mass[2];
            if !statement.is_live() || seen <= 0.0 {
                continue;
            }
            let mean = (mass[2] - mass[0]) / seen;
            centring.live.push(column);
            centring.means.push(mean);
            let part = |mass: f64, value: f64| mass * (value - mean) * (value - mean);
            centring.variance += part(mass[2], 1.0) + part(mass[1], 0.0) + part(mass[0], -1.0);
        }
        centring
    }

    /// Calls `entry` for each code of a live column: index among the live, code, centred vote. A index
    /// is below the number of live columns, a code below three times the number of all columns.
    pub fn each_code(&self, mut entry: impl FnMut(usize, usize, f64)) {
        for (index, (column, mean)) in self.live.iter().zip(&self.means).enumerate() {
            for value in 0..3 {
                entry(index, 3 * column + value, value as f64 - 1.0 - mean);
            }
        }
    }
}

/// The projection: axes, and what they explain.
#[derive(Clone, Debug)]
pub struct Projection {
    /// The columns and their means.
    pub centring: Centring,
    /// Two unit vectors over the live columns, as long as `centring.live`; zero where there is no such
    /// dimension.
    pub components: Block,
    /// The largest eigenvalues, and the third as far as it is known.
    pub eigenvalues: [f64; 3],
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

impl Projection {
    /// Axes from eigenpairs.
    pub fn new(centring: Centring, pairs: LeadingPairs) -> Self {
        let [first, second] = pairs.values;
        let apart = |a: f64, b: f64| a - b > INDISTINCT * first;
        let [x, y] = pairs.vectors;
        let variance = centring.variance;
        Self {
            components: [oriented(x), oriented(y)],
            eigenvalues: [first, second, pairs.next_value],
            explained: pairs
                .values
                .map(|value| if variance > 0.0 { (value / variance).min(1.0) } else { 0.0 }),
            passes: pairs.passes,
            converged: pairs.converged,
            distinct: first == 0.0
                || (apart(first, second) && (second == 0.0 || apart(second, pairs.next_value))),
            centring,
        }
    }

    /// The number of live columns: C.
    pub fn columns(&self) -> f64 {
        self.centring.live.len() as f64
    }

    /// Where somebody would stand who only agreed with the statement at this index among the live.
    pub fn statement(&self, index: usize) -> Point {
        // In range: the caller found `index` in `centring.live`, and means and components are as long.
        let scale = self.columns().sqrt() * (1.0 - self.centring.means[index]);
        [scale * self.components[0][index], scale * self.components[1][index]]
    }

    /// The share that the second axis has of the first: none means that people lie on a line.
    pub fn is_line(&self) -> bool {
        self.explained[0] > 0.0 && self.explained[1] == 0.0
    }
}

/// Finds the two leading components. `start` is where the search begins, if anything is known.
pub fn project(
    matrix: &VoteMatrix,
    centring: Centring,
    weights: Option<&[Weight]>,
    start: Option<&Block>,
    params: &ProjectionParams,
    work: &Work<'_>,
) -> Result<Projection, Stopped> {
    let stop = Stop { residual: params.pca_residual, max_passes: params.pca_max_passes };
    let pairs = if centring.variance > 0.0 {
        each_width!(&matrix.codes, rows => {
            let mut product = GramProduct::new(rows, matrix.columns(), &centring, weights, *work);
            leading_pairs(centring.live.len(), start, stop, |block| {
                work.go_on()?;
                Ok(product.of(block))
            })?
        })
    } else {
        LeadingPairs::none(centring.live.len())
    };
    Ok(Projection::new(centring, pairs))
}

/// XᵀX·v for the centred votes X, two vectors in one pass over the votes.
struct GramProduct<'a, C> {
    rows: &'a CodeRows<C>,
    centring: &'a Centring,
    weights: Option<&'a [Weight]>,
    scatter: Scatter<2>,
    fixed: FixedPoint,
    work: Work<'a>,
}

impl<'a, C: Code> GramProduct<'a, C> {
    fn new(
        rows: &'a CodeRows<C>,
        columns: usize,
        centring: &'a Centring,
        weights: Option<&'a [Weight]>,
        work: Work<'a>,
    ) -> Self {
        // A row's sum is at most the length of the row times that of the unit vector.
        let bound = 2.0 * (centring.live.len() as f64).sqrt() * centring.weight.max(1.0);
        Self {
            rows,
            centring,
            weights,
            scatter: Scatter::new(columns),
            fixed: FixedPoint::up_to(bound),
            work,
        }
    }

    fn of(&mut self, block: &Block) -> Block {
        // In range: tables and vectors cover what `each_code` gives, and there is a weight for each row.
        let table = &mut self.scatter.table;
        self.centring.each_code(|index, code, centred| {
            table[code] = [centred * block[0][index], centred * block[1][index]];
        });
        let (fixed, work) = (self.fixed, self.work);
        let (sums, _) = match self.weights {
            None => self.scatter.pass(self.rows, &work, |_| true, |_, sum| sum.map(|x| fixed.whole(x))),
            Some(weights) => self.scatter.pass(
                self.rows,
                &work,
                |row| weights[row] > 0,
                |row, sum| {
                    let weight = f64::from(weights[row]) / f64::from(ONE);
                    sum.map(|x| fixed.whole(weight * x))
                },
            ),
        };
        let mut out = [vec![0.0; self.centring.live.len()], vec![0.0; self.centring.live.len()]];
        self.centring.each_code(|index, code, centred| {
            out[0][index] += centred * fixed.number(sums[code][0]);
            out[1][index] += centred * fixed.number(sums[code][1]);
        });
        out
    }
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

#[cfg(test)]
pub(in crate::opinion) mod tests {
    use super::*;
    use crate::opinion::votes::input::Votes;

    pub fn projection(grid: &[&str]) -> (VoteMatrix, Projection) {
        let matrix = VoteMatrix::new(&Votes::drawn(grid));
        let centring = centring(&matrix);
        let projection = project(&matrix, centring, None, None, &ProjectionParams::default(), &Work::alone())
            .expect("it is wanted");
        (matrix, projection)
    }

    fn centring(matrix: &VoteMatrix) -> Centring {
        let masses: Vec<f64> = matrix.counts(None, &Work::alone()).iter().map(|n| f64::from(*n)).collect();
        Centring::new(matrix, &masses, matrix.rows() as f64)
    }

    #[test]
    fn two_opposed_camps_are_one_axis_and_explain_everything() {
        let (matrix, projection) = projection(&["++-", "++-", "--+"]);
        assert!(projection.is_line() && projection.converged);
        assert!((projection.explained[0] - 1.0).abs() < 1e-12);
        let placed = projection.place(&matrix, None, 1.0, &Work::alone());
        assert!((placed.x.iter().sum::<f64>()).abs() < 1e-12, "complete votes are centred: {placed:?}");
        assert_eq!(placed.radius, [0.0; 3], "who has seen everything is where they are");
    }

    #[test]
    fn the_sparse_product_equals_the_dense_one_whatever_the_weights() {
        let grid = ["+-.0+", "0+-.-", "--+.0", "..+0-", "+0+-."];
        let matrix = VoteMatrix::new(&Votes::drawn(&grid));
        let centring = centring(&matrix);
        let weights = [ONE, 2 * ONE, ONE / 2, 0, ONE];
        let v = [vec![0.3, -0.1, 0.7, 0.2, -0.5], vec![0.1, 0.2, -0.3, 0.5, 0.0]];
        let Ok(sparse) = each_width!(&matrix.codes, rows => {
            Ok::<_, Stopped>(GramProduct::new(rows, 5, &centring, Some(&weights), Work::alone()).of(&v))
        }) else {
            panic!()
        };
        let dense = |row: usize| {
            let mut out = vec![0.0; 5];
            matrix.row(row).for_each(|(c, value)| out[c] = value as f64 - 1.0 - centring.means[c]);
            out
        };
        for slot in 0..2 {
            for c in 0..5 {
                let expected: f64 = (0..5)
                    .map(|row| {
                        let own = dense(row);
                        let total: f64 = own.iter().zip(&v[slot]).map(|(a, b)| a * b).sum();
                        f64::from(weights[row]) / f64::from(ONE) * own[c] * total
                    })
                    .sum();
                assert!((sparse[slot][c] - expected).abs() < 1e-12);
            }
        }
    }
}
