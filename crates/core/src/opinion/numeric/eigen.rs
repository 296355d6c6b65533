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
use pulp::{Simd, WithSimd};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;

use crate::opinion::numeric::simd::{DOUBLES, fast, in_lanes};

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
/// Passes before the first look at the residuals: fewer never suffice on votes.
const FIRST_LOOK: u32 = 6;

/// Finds the pairs of the operator of size `dimension` that `product` multiplies by, beginning
/// with the vectors of `start`, else with fixed ones. An error of the product is handed on.
pub fn leading_pairs<E>(
    dimension: usize,
    start: Option<&Block>,
    stop: Stop,
    mut product: impl FnMut(&Block) -> Result<Block, E>,
) -> Result<LeadingPairs, E> {
    let mut basis = Basis::new(dimension);
    let mut looks = Looks { next: if start.is_some() { 3 } else { FIRST_LOOK }, before: None };
    let mut passes = 0;
    loop {
        let block = basis.open_block(if passes == 0 { start } else { None });
        basis.close_block(product(&block)?);
        passes += 1;
        let last = basis.is_complete() || passes >= stop.max_passes.max(1);
        if !last && passes < looks.next {
            continue;
        }
        let (mut pairs, residuals) = basis.ritz();
        pairs.passes = passes;
        let excess = excess(&pairs, residuals, stop.residual);
        pairs.converged = excess <= 1.0;
        if pairs.converged || last {
            return Ok(pairs.cleaned());
        }
        looks.plan(passes, excess);
    }
}

/// How far the residuals are above the tolerance: 1 is met.
fn excess(pairs: &LeadingPairs, residuals: [f64; 2], tolerance: f64) -> f64 {
    let [first, second] = pairs.values;
    if first <= 0.0 {
        return if residuals.iter().all(|residual| *residual == 0.0) { 0.0 } else { f64::INFINITY };
    }
    // Position error is residual over gap: a small gap asks for a smaller residual.
    let gaps = [first - second, (first - second).min(second - pairs.next_value)];
    let excesses = residuals.iter().zip(gaps).map(|(residual, gap)| {
        // Ten times the gap: an error of 1e-8 of a position at most.
        let share = (10.0 * gap / first).clamp(LEAST_GAP, 1.0);
        residual / (first * (tolerance * share).max(ROUNDING))
    });
    excesses.fold(0.0, f64::max)
}

/// When the small problem is solved, which costs more than a pass on few votes: residuals shrink
/// by about the same factor each pass, so two looks foretell the last.
struct Looks {
    next: u32,
    before: Option<(u32, f64)>,
}

impl Looks {
    fn plan(&mut self, passes: u32, excess: f64) {
        let rate = self.before.map(|(then, was)| (was / excess).max(1.0).ln() / f64::from(passes - then));
        let more = match rate {
            Some(rate) if rate > 0.05 => (excess.ln() / rate).ceil().clamp(1.0, 8.0) as u32,
            _ => 3,
        };
        self.before = Some((passes, excess));
        self.next = passes + more;
    }
}

impl LeadingPairs {
    /// What an operator has that is zero.
    pub fn none(dimension: usize) -> Self {
        let vectors = [vec![0.0; dimension], vec![0.0; dimension]];
        Self { values: [0.0; 2], next_value: 0.0, vectors, passes: 0, converged: true }
    }

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

/// An orthonormal basis q, its images A·q, and the upper half of the projected operator qᵀAq.
struct Basis {
    dimension: usize,
    vectors: Vec<Vec<f64>>,
    images: Vec<Vec<f64>>,
    /// Column c has c + 1 numbers; there are at most as many columns as images, and images as vectors.
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

    /// Adds up to two vectors: those given, else the last images made orthogonal to all before,
    /// or fresh ones.
    fn open_block(&mut self, given: Option<&Block>) -> Block {
        let mut block = [vec![0.0; self.dimension], vec![0.0; self.dimension]];
        let previous = self.images.len();
        self.open = 0;
        for (slot, target) in block.iter_mut().enumerate() {
            if self.is_complete() {
                break;
            }
            // In range: `slot` is 0 or 1, and an image is taken only where there are two or more.
            let candidate = match given {
                Some(given) => Some(given[slot].clone()).filter(|v| v.len() == self.dimension),
                None => (previous >= 2).then(|| self.images[previous - 2 + slot].clone()),
            };
            let vector = candidate.and_then(|c| self.orthonormal(c)).or_else(|| self.fresh());
            let Some(vector) = vector else { break };
            target.clone_from(&vector);
            self.vectors.push(vector);
            self.open += 1;
        }
        block
    }

    fn close_block(&mut self, images: Block) {
        for image in images.into_iter().take(self.open) {
            self.images.push(image);
        }
        // In range: see `projected`; `known` is at most the number of images.
        for image in &self.images[self.projected.len()..] {
            let known = self.projected.len() + 1;
            let column = self.vectors[..known].iter().map(|vector| dot(vector, image)).collect();
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
            if round == 2 {
                break;
            }
            for q in &self.vectors {
                let share = dot(q, &vector);
                add(&mut vector, q, -share);
            }
            // Of a unit vector so little is left that it is rounding.
            if round == 0 && norm(&vector) < BREAKDOWN {
                return None;
            }
        }
        Some(vector)
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
        let mut pairs = LeadingPairs { converged: false, ..LeadingPairs::none(self.dimension) };
        let mut residuals = [0.0; 2];
        // In range: see `projected`; `slot` is below 2 and below m, the number of eigenvalues.
        let small = Array2::from_shape_fn((m, m), |(i, j)| self.projected[i.max(j)][i.min(j)]);
        if m == 0 || small.iter().any(|x| !x.is_finite()) {
            return (pairs, residuals);
        }
        let Ok(solved) = small.eigh() else { return (pairs, [f64::INFINITY; 2]) };
        let (values, weights) = solved.sort_eig_desc();
        pairs.next_value = values.get(2).copied().unwrap_or(0.0).max(0.0);
        for slot in 0..m.min(2) {
            let weights: Vec<f64> = weights.column(slot).to_vec();
            let vector = combine(&self.vectors, &weights, self.dimension);
            let image = combine(&self.images, &weights, self.dimension);
            let value = values[slot].max(0.0);
            let left: Vec<f64> = image.iter().zip(&vector).map(|(a, x)| a - value * x).collect();
            residuals[slot] = norm(&left);
            pairs.values[slot] = value;
            pairs.vectors[slot] = vector;
        }
        (pairs, residuals)
    }
}

fn combine(vectors: &[Vec<f64>], weights: &[f64], dimension: usize) -> Vec<f64> {
    let mut out = vec![0.0; dimension];
    vectors.iter().zip(weights).for_each(|(vector, weight)| add(&mut out, vector, *weight));
    out
}

/// Adds `factor` times a vector.
fn add(to: &mut [f64], vector: &[f64], factor: f64) {
    // Every element by itself: the same on every machine.
    fast(
        #[inline(always)]
        || to.iter_mut().zip(vector).for_each(|(to, x)| *to += factor * x),
    );
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    in_lanes(DotProduct(a, b))
}

struct DotProduct<'a>(&'a [f64], &'a [f64]);

impl WithSimd for DotProduct<'_> {
    type Output = f64;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> f64 {
        let (a, a_rest) = S::as_simd_f64s(self.0);
        let (b, b_rest) = S::as_simd_f64s(self.1);
        let mut lanes = [simd.splat_f64s(0.0); 4];
        let (a4, a_last) = a.as_chunks::<4>();
        let (b4, b_last) = b.as_chunks::<4>();
        for (a, b) in a4.iter().zip(b4) {
            for (lane, (a, b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
                *lane = simd.add_f64s(*lane, simd.mul_f64s(*a, *b));
            }
        }
        for (lane, (a, b)) in lanes.iter_mut().zip(a_last.iter().zip(b_last)) {
            *lane = simd.add_f64s(*lane, simd.mul_f64s(*a, *b));
        }
        let all = simd.add_f64s(simd.add_f64s(lanes[0], lanes[1]), simd.add_f64s(lanes[2], lanes[3]));
        let mut out = [0.0; DOUBLES];
        simd.partial_store_f64s(&mut out, all);
        let rest: f64 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
        (out[0] + out[1]) + (out[2] + out[3]) + rest
    }
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
    use std::convert::Infallible;

    const STOP: Stop = Stop { residual: 1e-9, max_passes: 120 };

    fn diagonal_from(values: &[f64], start: Option<&Block>, stop: Stop) -> LeadingPairs {
        let product = |block: &Block| {
            let times = |v: &[f64]| v.iter().zip(values).map(|(x, d)| x * d).collect();
            Ok::<_, Infallible>([times(&block[0]), times(&block[1])])
        };
        let Ok(pairs) = leading_pairs(values.len(), start, stop, product);
        pairs
    }

    fn diagonal(values: &[f64]) -> LeadingPairs {
        diagonal_from(values, None, STOP)
    }

    #[test]
    fn the_two_largest_of_a_diagonal_are_found() {
        let pairs = diagonal(&(0..300).map(|i| f64::from((i * 37) % 300)).collect::<Vec<_>>());
        assert!(pairs.converged && pairs.passes < 100, "{}", pairs.passes);
        assert!((pairs.values[0] - 299.0).abs() < 1e-9 && (pairs.values[1] - 298.0).abs() < 1e-9);
    }

    #[test]
    fn a_double_eigenvalue_is_found_twice_and_zero_has_no_vector() {
        let pairs = diagonal(&[5.0, 1.0, 5.0, 0.0]);
        assert!((pairs.values[0] - 5.0).abs() < 1e-12 && (pairs.values[1] - 5.0).abs() < 1e-12);
        let pairs = diagonal(&[0.0, 3.0, 0.0, 0.0, 0.0]);
        assert_eq!(pairs.values[1], 0.0);
        assert!((pairs.vectors[0][1].abs() - 1.0).abs() < 1e-12);
        assert!(pairs.vectors[1].iter().all(|x| *x == 0.0));
    }

    #[test]
    fn sizes_zero_one_and_the_zero_matrix_are_answered() {
        assert_eq!(diagonal(&[]).values, [0.0, 0.0]);
        assert_eq!(diagonal(&[4.0]).values, [4.0, 0.0]);
        let nothing = diagonal(&[0.0; 9]);
        assert!(nothing.converged && nothing.values == [0.0, 0.0]);
    }

    #[test]
    fn a_start_in_the_wrong_pair_still_ends_in_the_leading_one() {
        let values: Vec<f64> = (0..200).map(|i| if i == 7 { 50.0 } else { f64::from(i) / 10.0 }).collect();
        let unit = |at: usize| (0..200).map(|i| if i == at { 1.0 } else { 1e-9 }).collect::<Vec<f64>>();
        let pairs = diagonal_from(&values, Some(&[unit(3), unit(4)]), STOP);
        assert!((pairs.values[0] - 50.0).abs() < 1e-9 && (pairs.values[1] - 19.9).abs() < 1e-9);
    }

    #[test]
    fn the_cap_on_passes_holds_and_is_told() {
        let values: Vec<f64> = (0..400).map(f64::from).collect();
        let pairs = diagonal_from(&values, None, Stop { residual: 1e-9, max_passes: 2 });
        assert!(!pairs.converged && pairs.passes == 2);
    }
}
