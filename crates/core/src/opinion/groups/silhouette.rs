//! Silhouettes of several clusterings from one pass of distances.
//!
//! Points that share their cluster in *every* clustering form an atom; each point's distances
//! are summed by atom once, and every clustering reads its cluster sums off the atoms. Distances
//! are single precision in fixed lanes, their sums double: good to seven digits.
//! Source: Rousseeuw 1987; a point alone in its cluster has silhouette 0, as in scikit-learn.

use pulp::{Simd, WithSimd};

use crate::opinion::numeric::geometry::Point;
use crate::opinion::numeric::simd::{SINGLES, in_lanes};
use crate::opinion::numeric::work::Work;

/// The mean silhouette of a clustering, and how well it is known.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Silhouette {
    /// Mean over the points, in −1 … 1.
    pub mean: f64,
    /// Standard deviation of the points' silhouettes over √n.
    pub standard_error: f64,
}

/// Vectors that are summed in single precision before they are added up in double.
const BLOCK: usize = 32;
/// Points that are worth a thread of their own.
const GRAIN: usize = 500;

/// One silhouette per clustering. `labels[j][i]` is the cluster of point i in clustering j.
/// `weight` is how many people a point stands for. Every clustering has a label for every point.
pub fn silhouettes(
    points: &[Point],
    weight: impl Fn(usize) -> f64,
    labels: &[Vec<u8>],
    work: &Work<'_>,
) -> Vec<Silhouette> {
    let atoms = Atoms::new(points, weight, labels);
    let parts = work.split(atoms.order.len(), GRAIN, |range| {
        in_lanes(Scores { atoms: &atoms, points, labels, first: range.start, which: &atoms.order[range] })
    });
    let scores = parts.concat();
    (0..labels.len())
        .map(|clustering| summary(&atoms.weights, scores.iter().skip(clustering).step_by(labels.len())))
        .collect()
}

/// Points sorted by their labels in all clusterings, each atom filled up to whole lanes.
struct Atoms {
    /// The points' numbers, atom by atom.
    order: Vec<usize>,
    /// The points' weights, in the same order.
    weights: Vec<f64>,
    x: Vec<f32>,
    y: Vec<f32>,
    /// The weight of points, 0 for what fills up.
    counts: Vec<f32>,
    /// Each atom's vectors, which lie within `x`, `y` and `counts`, its weight, and the number of one of
    /// its points.
    segments: Vec<(std::ops::Range<usize>, f64, usize)>,
    /// The number of clusters of each clustering: every label is below it, and it is at most 256.
    clusters: Vec<usize>,
}

impl Atoms {
    fn new(points: &[Point], weight: impl Fn(usize) -> f64, labels: &[Vec<u8>]) -> Self {
        // In range: `order` has the places of the points, each has its labels, and no chunk is empty.
        let key = |point: usize| labels.iter().map(move |labels| labels[point]);
        let mut order: Vec<usize> = (0..points.len()).collect();
        order.sort_by(|a, b| key(*a).cmp(key(*b)));
        let clusters =
            labels.iter().map(|labels| labels.iter().max().map_or(1, |most| usize::from(*most) + 1));
        let mut atoms = Self {
            clusters: clusters.collect(),
            order: Vec::new(),
            weights: Vec::with_capacity(points.len()),
            x: Vec::new(),
            y: Vec::new(),
            counts: Vec::new(),
            segments: Vec::new(),
        };
        for members in order.chunk_by(|a, b| key(*a).eq(key(*b))) {
            let (start, mut all) = (atoms.x.len(), 0.0);
            for &point in members {
                atoms.x.push(points[point][0] as f32);
                atoms.y.push(points[point][1] as f32);
                atoms.counts.push(weight(point) as f32);
                atoms.weights.push(weight(point));
                all += weight(point);
            }
            let end = atoms.x.len().next_multiple_of(SINGLES);
            for lanes in [&mut atoms.x, &mut atoms.y, &mut atoms.counts] {
                lanes.resize(end, 0.0);
            }
            atoms.segments.push((start / SINGLES..end / SINGLES, all, members[0]));
        }
        atoms.order = order;
        atoms
    }
}

/// The scores of some points in every clustering, point by point.
struct Scores<'a> {
    atoms: &'a Atoms,
    points: &'a [Point],
    labels: &'a [Vec<u8>],
    which: &'a [usize],
    /// The place of the first of them in the atoms' order.
    first: usize,
}

impl WithSimd for Scores<'_> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f64> {
        let Self { atoms, points, labels, which, first } = self;
        let (xs, _) = S::as_simd_f32s(&atoms.x);
        let (ys, _) = S::as_simd_f32s(&atoms.y);
        let (counts, _) = S::as_simd_f32s(&atoms.counts);
        let mut scores = Vec::with_capacity(which.len() * labels.len());
        let mut sums = vec![0.0; atoms.segments.len()];
        let mut clusters = [(0.0, 0.0); 256];
        // In range: `which` begins at `first` of `order`; for ranges and labels see `segments`, `clusters`.
        for (index, &point) in which.iter().enumerate() {
            let own = atoms.weights[first + index];
            let [x, y] = points[point].map(|x| simd.splat_f32s(x as f32));
            for (sum, (range, ..)) in sums.iter_mut().zip(&atoms.segments) {
                let range = range.clone();
                *sum = distances(simd, x, y, &xs[range.clone()], &ys[range.clone()], &counts[range]);
            }
            for (labels, count) in labels.iter().zip(&atoms.clusters) {
                let clusters = &mut clusters[..*count];
                clusters.fill((0.0, 0.0));
                for (sum, (_, members, one)) in sums.iter().zip(&atoms.segments) {
                    let cluster = &mut clusters[usize::from(labels[*one])];
                    cluster.0 += sum;
                    cluster.1 += members;
                }
                scores.push(score(clusters, usize::from(labels[point]), own));
            }
        }
        scores
    }
}

/// The sum of the distances from one point to those of some vectors.
#[inline(always)]
fn distances<S: Simd>(
    simd: S,
    x: S::f32s,
    y: S::f32s,
    xs: &[S::f32s],
    ys: &[S::f32s],
    counts: &[S::f32s],
) -> f64 {
    let mut sum = 0.0;
    for ((xs, ys), counts) in xs.chunks(BLOCK).zip(ys.chunks(BLOCK)).zip(counts.chunks(BLOCK)) {
        let mut lanes = simd.splat_f32s(0.0);
        for ((&xs, &ys), &counts) in xs.iter().zip(ys).zip(counts) {
            let (dx, dy) = (simd.sub_f32s(xs, x), simd.sub_f32s(ys, y));
            let square = simd.add_f32s(simd.mul_f32s(dx, dx), simd.mul_f32s(dy, dy));
            lanes = simd.add_f32s(lanes, simd.mul_f32s(counts, simd.sqrt_f32s(square)));
        }
        let mut out = [0.0f32; SINGLES];
        simd.partial_store_f32s(&mut out, lanes);
        let [a, b, c, d, e, f, g, h] = out;
        sum += f64::from(((a + b) + (c + d)) + ((e + f) + (g + h)));
    }
    sum
}

/// (b − a) / max(a, b), from (sum of distances, weight) of each cluster and the point's own weight.
#[inline(always)]
fn score(clusters: &[(f64, f64)], own: usize, weight: f64) -> f64 {
    // In range: `own` is a label of the clustering that has these clusters.
    let (inside, members) = clusters[own];
    let others = members - weight;
    if others < 1e-9 {
        return 0.0;
    }
    let a = inside / others;
    let mut b = f64::INFINITY;
    for (index, (sum, members)) in clusters.iter().enumerate() {
        if index != own && *members > 0.0 {
            b = b.min(sum / members);
        }
    }
    let most = a.max(b);
    if b.is_finite() && most > 0.0 { (b - a) / most } else { 0.0 }
}

fn summary<'a>(weights: &[f64], scores: impl Iterator<Item = &'a f64> + Clone) -> Silhouette {
    let n: f64 = weights.iter().sum();
    if n <= 0.0 {
        return Silhouette::default();
    }
    let mean = scores.clone().zip(weights).map(|(s, w)| w * s).sum::<f64>() / n;
    let squares = scores.zip(weights).map(|(s, w)| w * (s - mean) * (s - mean)).sum::<f64>();
    Silhouette { mean, standard_error: (squares / (n - 1.0).max(1.0) / n).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::numeric::geometry::distance2;

    /// Straight from the definition.
    fn naive(points: &[Point], labels: &[u8]) -> f64 {
        let mean_to = |i: usize, cluster: u8| {
            let others: Vec<f64> = (0..points.len())
                .filter(|j| *j != i && labels[*j] == cluster)
                .map(|j| distance2(points[i], points[j]).sqrt())
                .collect();
            (!others.is_empty()).then(|| others.iter().sum::<f64>() / others.len() as f64)
        };
        let one = |i: usize| {
            let Some(a) = mean_to(i, labels[i]) else { return 0.0 };
            let b = (0..=labels.iter().copied().max().unwrap_or(0))
                .filter(|c| *c != labels[i])
                .filter_map(|c| mean_to(i, c))
                .fold(f64::INFINITY, f64::min);
            (b - a) / a.max(b)
        };
        (0..points.len()).map(one).sum::<f64>() / points.len() as f64
    }

    #[test]
    fn one_pass_gives_the_silhouettes_of_every_clustering_on_any_number_of_threads() {
        let points: Vec<Point> = (0..1400)
            .map(|i| [f64::from(i * 7 % 130), f64::from(i * 5 % 170) + f64::from(i % 3) * 200.0])
            .collect();
        let two: Vec<u8> = (0..1400).map(|i| u8::from(i % 3 == 2)).collect();
        let three: Vec<u8> = (0..1400).map(|i| (i % 3) as u8).collect();
        let lonely: Vec<u8> = (0..1400).map(|i| u8::from(i == 5)).collect();
        let all = [two, three, lonely];
        let found = silhouettes(&points, |_| 1.0, &all, &Work::alone());
        for (silhouette, labels) in found.iter().zip(&all) {
            // Single precision: seven digits.
            assert!((silhouette.mean - naive(&points, labels)).abs() < 1e-7);
        }
        assert_eq!(found, silhouettes(&points, |_| 1.0, &all, &Work::on(2)));
    }

    #[test]
    fn weights_are_people_in_every_mean() {
        let points = [[0.0, 0.0], [1.0, 0.0], [5.0, 0.0], [6.0, 1.0]];
        let weights = [1.0, 2.0, 3.0, 0.5];
        let far = |i: usize, j: usize| distance2(points[i], points[j]).sqrt();
        let score = |i: usize, mate: usize, others: [usize; 2]| {
            let all: f64 = others.iter().map(|&j| weights[j]).sum();
            let b = others.iter().map(|&j| weights[j] * far(i, j)).sum::<f64>() / all;
            let a = far(i, mate);
            (b - a) / a.max(b)
        };
        let scores = [score(0, 1, [2, 3]), score(1, 0, [2, 3]), score(2, 3, [0, 1]), score(3, 2, [0, 1])];
        let mean = scores.iter().zip(weights).map(|(s, w)| s * w).sum::<f64>() / 6.5;
        let found = silhouettes(&points, |i| weights[i], &[vec![0, 0, 1, 1]], &Work::alone())[0];
        assert!((found.mean - mean).abs() < 1e-6, "{} {mean}", found.mean);
        let even = silhouettes(&points, |_| 4.0, &[vec![0, 0, 1, 1]], &Work::alone())[0];
        let one = silhouettes(&points, |_| 1.0, &[vec![0, 0, 1, 1]], &Work::alone())[0];
        assert!((even.mean - one.mean).abs() < 1e-6);
    }

    #[test]
    fn identical_points_and_single_clusters_score_zero() {
        let found =
            silhouettes(&[[1.0, 1.0]; 6], |_| 1.0, &[vec![0, 0, 0, 1, 1, 1], vec![0; 6]], &Work::alone());
        assert!(found.iter().all(|s| s.mean == 0.0 && s.standard_error == 0.0));
        assert_eq!(silhouettes(&[], |_| 1.0, &[vec![]], &Work::alone())[0].mean, 0.0);
    }
}
