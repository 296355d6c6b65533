//! The two leading eigenpairs of a symmetric positive semidefinite operator, by block Lanczos.
//!
//! It knows an operator that multiplies two vectors at once, and nothing of votes. A block of two
//! finds a double eigenvalue, which a single vector would miss; the basis is orthogonalised in
//! full, twice; when the Krylov space is exhausted the basis goes on with fresh vectors from a
//! fixed sequence. Each residual is computed, not estimated. Invariant: finite, and the same on
//! every run. Source: Golub & Underwood 1977; Saad, *Numerical Methods for Large Eigenvalue
//! Problems*, ch. 6.

use linfa_linalg::eigh::{EigSort, Eigh};
use ndarray::Array2;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;

/// Two vectors of equal length, multiplied in one pass.
pub type Block = [Vec<f64>; 2];

/// When to stop.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// The residual ‖Ax − λx‖ relative to the largest eigenvalue, and to the gap to the next.
    pub residual: f64,
    /// The most products with the operator.
    pub max_passes: u32,
}

/// Two leading eigenpairs, largest first.
#[derive(Clone, Debug)]
pub struct LeadingPairs {
    /// Eigenvalues; ≥ 0.
    pub values: [f64; 2],
    /// The third eigenvalue as far as it is known (a lower bound), for the gap.
    pub next_value: f64,
    /// Unit vectors; zero where the eigenvalue is zero.
    pub vectors: Block,
    /// Products with the operator.
    pub passes: u32,
    /// Whether both residuals met the tolerance.
    pub converged: bool,
}

/// An eigenvalue below this share of the largest is zero but for rounding.
const ZERO_SHARE: f64 = 1e-12;
/// What is left of a unit vector after orthogonalisation when it was in the span already.
const BREAKDOWN: f64 = 1e-10;
/// A gap below this share of the largest eigenvalue no longer tightens the tolerance.
const LEAST_GAP: f64 = 1e-2;
/// The residual that rounding allows, relative to the largest eigenvalue.
const ROUNDING: f64 = 1e-13;

/// Finds the pairs of the operator of size `dimension` that `product` multiplies by.
pub fn leading_pairs(dimension: usize, stop: Stop, product: impl Fn(&Block) -> Block) -> LeadingPairs {
    let mut basis = Basis::new(dimension);
    let mut passes = 0;
    loop {
        let block = basis.open_block();
        basis.close_block(product(&block));
        passes += 1;
        let last = basis.is_complete() || passes >= stop.max_passes.max(1);
        // The small problem costs m³: it is solved less often as the basis grows.
        if !(last || basis.len() < 40 || passes.is_multiple_of(4)) {
            continue;
        }
        let (mut pairs, residuals) = basis.ritz();
        pairs.passes = passes;
        pairs.converged = is_converged(&pairs, residuals, stop.residual);
        if pairs.converged || last {
            return pairs.cleaned();
        }
    }
}

fn is_converged(pairs: &LeadingPairs, residuals: [f64; 2], tolerance: f64) -> bool {
    let [first, second] = pairs.values;
    if first <= 0.0 {
        return residuals.iter().all(|residual| *residual == 0.0);
    }
    // Position error is residual over gap: a small gap asks for a smaller residual.
    let gaps = [first - second, (first - second).min(second - pairs.next_value)];
    residuals.iter().zip(gaps).all(|(residual, gap)| {
        let share = (gap / first).clamp(LEAST_GAP, 1.0);
        *residual <= first * (tolerance * share).max(ROUNDING)
    })
}

impl LeadingPairs {
    fn cleaned(mut self) -> Self {
        let least = self.values[0].max(0.0) * ZERO_SHARE;
        for (value, vector) in self.values.iter_mut().zip(&mut self.vectors) {
            if !value.is_finite() || *value <= least || vector.iter().any(|x| !x.is_finite()) {
                *value = 0.0;
                vector.fill(0.0);
            }
        }
        self
    }
}

/// An orthonormal basis q, its images A·q, and the projected operator qᵀAq.
struct Basis {
    dimension: usize,
    vectors: Vec<Vec<f64>>,
    images: Vec<Vec<f64>>,
    projected: Vec<Vec<f64>>,
    /// Vectors of the block whose images are not known yet.
    open: usize,
    random: Xoshiro256Plus,
}

impl Basis {
    fn new(dimension: usize) -> Self {
        Self {
            dimension,
            vectors: Vec::new(),
            images: Vec::new(),
            projected: Vec::new(),
            open: 0,
            random: Xoshiro256Plus::seed_from_u64(dimension as u64),
        }
    }

    fn len(&self) -> usize {
        self.vectors.len()
    }

    fn is_complete(&self) -> bool {
        self.len() >= self.dimension
    }

    /// Adds up to two vectors: the last images made orthogonal to all before, or fresh ones.
    fn open_block(&mut self) -> Block {
        let mut block = [vec![0.0; self.dimension], vec![0.0; self.dimension]];
        let previous = self.images.len();
        self.open = 0;
        for (slot, place) in block.iter_mut().enumerate() {
            if self.is_complete() {
                break;
            }
            let candidate = (previous >= 2).then(|| self.images[previous - 2 + slot].clone());
            let vector = candidate.and_then(|c| self.orthonormal(c)).or_else(|| self.fresh());
            let Some(vector) = vector else { break };
            place.clone_from(&vector);
            self.vectors.push(vector);
            self.open += 1;
        }
        block
    }

    fn close_block(&mut self, images: Block) {
        for image in images.into_iter().take(self.open) {
            self.images.push(image);
        }
        for j in self.projected.len()..self.images.len() {
            let column = (0..=j)
                .map(|i| {
                    let here = dot(&self.vectors[i], &self.images[j]);
                    let there = self.images.get(i).map_or(here, |image| dot(&self.vectors[j], image));
                    0.5 * (here + there)
                })
                .collect();
            self.projected.push(column);
        }
    }

    /// A vector's part outside the span, normalised; `None` when nothing is left of it.
    fn orthonormal(&self, mut vector: Vec<f64>) -> Option<Vec<f64>> {
        for round in 0..3 {
            let before = norm(&vector);
            if !(before.is_finite() && before > 0.0) {
                return None;
            }
            scale(&mut vector, 1.0 / before);
            for q in &self.vectors {
                let share = dot(q, &vector);
                vector.iter_mut().zip(q).for_each(|(x, q)| *x -= share * q);
            }
            // Of a unit vector so little is left that it is rounding.
            if round == 0 && norm(&vector) < BREAKDOWN {
                return None;
            }
        }
        let length = norm(&vector);
        scale(&mut vector, 1.0 / length);
        length.is_finite().then_some(vector)
    }

    fn fresh(&mut self) -> Option<Vec<f64>> {
        // A random direction lies in the span with probability zero; eight tries bound the work.
        (0..8).find_map(|_| {
            let vector = (0..self.dimension).map(|_| self.random.gen_range(-1.0..1.0)).collect();
            self.orthonormal(vector)
        })
    }

    /// The leading Ritz pairs and their residuals.
    fn ritz(&self) -> (LeadingPairs, [f64; 2]) {
        let m = self.projected.len();
        let mut pairs = LeadingPairs {
            values: [0.0; 2],
            next_value: 0.0,
            vectors: [vec![0.0; self.dimension], vec![0.0; self.dimension]],
            passes: 0,
            converged: false,
        };
        let mut residuals = [0.0; 2];
        let small = Array2::from_shape_fn((m, m), |(i, j)| self.projected[i.max(j)][i.min(j)]);
        if m == 0 || small.iter().any(|x| !x.is_finite()) {
            return (pairs, residuals);
        }
        let Ok(solved) = small.eigh() else { return (pairs, [f64::INFINITY; 2]) };
        let (values, weights) = solved.sort_eig_desc();
        pairs.next_value = values.get(2).copied().unwrap_or(0.0).max(0.0);
        for slot in 0..m.min(2) {
            let weights = weights.column(slot);
            let combine = |vectors: &[Vec<f64>]| {
                let mut out = vec![0.0; self.dimension];
                for (vector, weight) in vectors.iter().zip(weights) {
                    out.iter_mut().zip(vector).for_each(|(o, x)| *o += weight * x);
                }
                out
            };
            let (vector, image) = (combine(&self.vectors), combine(&self.images));
            let value = values[slot].max(0.0);
            let left: Vec<f64> = image.iter().zip(&vector).map(|(a, x)| a - value * x).collect();
            residuals[slot] = norm(&left);
            pairs.values[slot] = value;
            pairs.vectors[slot] = vector;
        }
        (pairs, residuals)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    // Four fixed lanes: fast, and the same sum whatever the instruction set.
    let (a4, a_rest) = a.as_chunks::<4>();
    let (b4, b_rest) = b.as_chunks::<4>();
    let mut lanes = [0.0; 4];
    for (a, b) in a4.iter().zip(b4) {
        for lane in 0..4 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) + rest
}

fn norm(vector: &[f64]) -> f64 {
    dot(vector, vector).sqrt()
}

fn scale(vector: &mut [f64], factor: f64) {
    vector.iter_mut().for_each(|x| *x *= factor);
}

#[cfg(test)]
mod tests {
    use super::*;

    const STOP: Stop = Stop { residual: 1e-9, max_passes: 120 };

    fn diagonal(values: Vec<f64>) -> LeadingPairs {
        leading_pairs(values.len(), STOP, |block| {
            let times = |v: &[f64]| v.iter().zip(&values).map(|(x, d)| x * d).collect();
            [times(&block[0]), times(&block[1])]
        })
    }

    #[test]
    fn the_two_largest_of_a_diagonal_are_found() {
        let pairs = diagonal((0..300).map(|i| f64::from((i * 37) % 300)).collect());
        assert!(pairs.converged && pairs.passes < 100, "{}", pairs.passes);
        assert!((pairs.values[0] - 299.0).abs() < 1e-9 && (pairs.values[1] - 298.0).abs() < 1e-9);
    }

    #[test]
    fn a_double_eigenvalue_is_found_twice_and_zero_has_no_vector() {
        let pairs = diagonal(vec![5.0, 1.0, 5.0, 0.0]);
        assert!((pairs.values[0] - 5.0).abs() < 1e-12 && (pairs.values[1] - 5.0).abs() < 1e-12);
        let pairs = diagonal(vec![0.0, 3.0, 0.0, 0.0, 0.0]);
        assert_eq!(pairs.values[1], 0.0);
        assert!((pairs.vectors[0][1].abs() - 1.0).abs() < 1e-12);
        assert!(pairs.vectors[1].iter().all(|x| *x == 0.0));
    }

    #[test]
    fn sizes_zero_one_and_the_zero_matrix_are_answered() {
        assert_eq!(diagonal(vec![]).values, [0.0, 0.0]);
        assert_eq!(diagonal(vec![4.0]).values, [4.0, 0.0]);
        let nothing = diagonal(vec![0.0; 9]);
        assert!(nothing.converged && nothing.values == [0.0, 0.0]);
    }

    #[test]
    fn the_cap_on_passes_holds_and_is_told() {
        let stop = Stop { residual: 1e-9, max_passes: 2 };
        let pairs = leading_pairs(400, stop, |block| {
            let times = |v: &[f64]| v.iter().enumerate().map(|(i, x)| x * (i as f64)).collect();
            [times(&block[0]), times(&block[1])]
        });
        assert!(!pairs.converged && pairs.passes == 2);
    }
}
