//! One step of k-means: every point's nearest centre, and what follows for the centres.
//!
//! In vectors of fixed lanes for the usual numbers of clusters, and in a plain form with the same
//! lanes for any number: the results are equal to the last bit.

use pulp::{Simd, WithSimd};

use crate::opinion::groups::points::WeightedPoints;
use crate::opinion::numeric::geometry::{Point, distance2};
use crate::opinion::numeric::simd::{DOUBLES, in_lanes};

impl WeightedPoints {
    /// The nearest of some centres, for each point; of equally near ones the first.
    pub fn labels(&self, centres: &[Point]) -> Vec<u8> {
        let mut labels = in_lanes(Labels { points: self, centres });
        labels.truncate(self.len());
        labels
    }
}

/// What one look at all points gives: for each cluster the weighted sums of x and y and the
/// weight, and the inertia.
pub(in crate::opinion) struct AssignmentSums {
    pub sums: Vec<[f64; 3]>,
    pub inertia: f64,
}

impl AssignmentSums {
    /// What all points of it weigh together.
    pub fn weight(&self) -> f64 {
        self.sums.iter().map(|sum| sum[2]).sum()
    }
}

pub(in crate::opinion) fn step(points: &WeightedPoints, centres: &[Point]) -> AssignmentSums {
    // Known numbers of clusters are unrolled; the arithmetic is the same for all.
    match *centres {
        [a, b] => in_lanes(AssignmentPass { points, centres: [a, b] }),
        [a, b, c] => in_lanes(AssignmentPass { points, centres: [a, b, c] }),
        [a, b, c, d] => in_lanes(AssignmentPass { points, centres: [a, b, c, d] }),
        [a, b, c, d, e] => in_lanes(AssignmentPass { points, centres: [a, b, c, d, e] }),
        _ => plain_step(points, centres),
    }
}

/// One step for a known number of clusters.
pub(in crate::opinion) struct AssignmentPass<'a, const K: usize> {
    pub points: &'a WeightedPoints,
    pub centres: [Point; K],
}

impl<const K: usize> WithSimd for AssignmentPass<'_, K> {
    type Output = AssignmentSums;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> AssignmentSums {
        let (xs, _) = S::as_simd_f64s(&self.points.x);
        let (ys, _) = S::as_simd_f64s(&self.points.y);
        let (weights, _) = S::as_simd_f64s(&self.points.weight);
        let zero = simd.splat_f64s(0.0);
        let centres = self.centres.map(|[x, y]| (simd.splat_f64s(x), simd.splat_f64s(y)));
        let mut sums = [[zero; 3]; K];
        let mut inertia = zero;
        for ((&x, &y), &weight) in xs.iter().zip(ys).zip(weights) {
            let (label, least) = nearest_in_lanes(simd, x, y, &centres);
            inertia = simd.add_f64s(inertia, simd.mul_f64s(weight, least));
            for (cluster, sums) in sums.iter_mut().enumerate() {
                let own = simd.equal_f64s(label, simd.splat_f64s(cluster as f64));
                let own = simd.select_f64s(own, weight, zero);
                sums[0] = simd.add_f64s(sums[0], simd.mul_f64s(own, x));
                sums[1] = simd.add_f64s(sums[1], simd.mul_f64s(own, y));
                sums[2] = simd.add_f64s(sums[2], own);
            }
        }
        let total = |lanes: S::f64s| total(stored(simd, lanes));
        AssignmentSums { sums: sums.iter().map(|sums| sums.map(total)).collect(), inertia: total(inertia) }
    }
}

/// One step for any number of clusters, without vectors; the lanes are the same.
pub(in crate::opinion) fn plain_step(points: &WeightedPoints, centres: &[Point]) -> AssignmentSums {
    // In range: `lane` is a remainder by `DOUBLES`; there is a centre, for `best_of_restarts` refuses k = 0.
    let mut sums = vec![[[0.0; DOUBLES]; 3]; centres.len()];
    let mut inertia = [0.0; DOUBLES];
    for (index, ((x, y), weight)) in points.x.iter().zip(&points.y).zip(&points.weight).enumerate() {
        let lane = index % DOUBLES;
        let (label, least) = nearest([*x, *y], centres);
        inertia[lane] += weight * least;
        let sums = &mut sums[label];
        sums[0][lane] += weight * x;
        sums[1][lane] += weight * y;
        sums[2][lane] += weight;
    }
    AssignmentSums { sums: sums.iter().map(|sums| sums.map(total)).collect(), inertia: total(inertia) }
}

/// The nearest centre and the squared distance to it; of equally near ones the first.
fn nearest(point: Point, centres: &[Point]) -> (usize, f64) {
    let mut best = (0, f64::INFINITY);
    for (index, centre) in centres.iter().enumerate() {
        let distance = distance2(point, *centre);
        if distance < best.1 {
            best = (index, distance);
        }
    }
    best
}

/// The same for a vector of points; the centre as a number.
#[inline(always)]
fn nearest_in_lanes<S: Simd>(
    simd: S,
    x: S::f64s,
    y: S::f64s,
    centres: &[(S::f64s, S::f64s)],
) -> (S::f64s, S::f64s) {
    let mut label = simd.splat_f64s(0.0);
    let mut least = simd.splat_f64s(f64::INFINITY);
    for (index, &(cx, cy)) in centres.iter().enumerate() {
        let (dx, dy) = (simd.sub_f64s(x, cx), simd.sub_f64s(y, cy));
        let distance = simd.add_f64s(simd.mul_f64s(dx, dx), simd.mul_f64s(dy, dy));
        let nearer = simd.less_than_f64s(distance, least);
        label = simd.select_f64s(nearer, simd.splat_f64s(index as f64), label);
        least = simd.select_f64s(nearer, distance, least);
    }
    (label, least)
}

/// Every point's nearest centre.
pub(in crate::opinion) struct Labels<'a> {
    pub points: &'a WeightedPoints,
    pub centres: &'a [Point],
}

impl WithSimd for Labels<'_> {
    type Output = Vec<u8>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<u8> {
        let (xs, _) = S::as_simd_f64s(&self.points.x);
        let (ys, _) = S::as_simd_f64s(&self.points.y);
        let centres: Vec<_> =
            self.centres.iter().map(|[x, y]| (simd.splat_f64s(*x), simd.splat_f64s(*y))).collect();
        let mut labels = vec![[0u8; DOUBLES]; xs.len()];
        for ((&x, &y), labels) in xs.iter().zip(ys).zip(&mut labels) {
            let (label, _) = nearest_in_lanes(simd, x, y, &centres);
            *labels = stored(simd, label).map(|label| label as u8);
        }
        labels.into_flattened()
    }
}

#[inline(always)]
fn stored<S: Simd>(simd: S, lanes: S::f64s) -> [f64; DOUBLES] {
    let mut out = [0.0; DOUBLES];
    simd.partial_store_f64s(&mut out, lanes);
    out
}

#[inline(always)]
pub(in crate::opinion) fn total([a, b, c, d]: [f64; DOUBLES]) -> f64 {
    (a + b) + (c + d)
}
