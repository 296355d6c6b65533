//! k-means on weighted points of the plane.
//!
//! Seeded k-means++ starts and Lloyd's iteration over separate arrays of coordinates, in fixed
//! lanes. It is ours because linfa-clustering, the oracle in the tests, has no weights. It knows
//! points and numbers, neither people nor groups. Invariant: every point gets a cluster below k,
//! and nothing depends on anything but the points, their order and the parameters.
//! Sources: Lloyd 1982; Arthur & Vassilvitskii 2007.

use pulp::{Simd, WithSimd};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;

use super::geometry::{Point, distance2};
use super::params::Params;
use super::simd::{DOUBLES, in_lanes};

/// Points that stand for one or more people each, in canonical order.
#[derive(Clone, Debug, Default)]
pub struct WeightedPoints {
    len: usize,
    // Filled up to whole vectors with points of no weight.
    x: Vec<f64>,
    y: Vec<f64>,
    weight: Vec<f64>,
}

impl WeightedPoints {
    /// Collects points and their weights.
    pub fn new(points: impl ExactSizeIterator<Item = (Point, f64)>) -> Self {
        let len = points.len();
        let room = len.next_multiple_of(DOUBLES);
        let mut all = Self {
            len,
            x: Vec::with_capacity(room),
            y: Vec::with_capacity(room),
            weight: Vec::with_capacity(room),
        };
        for ([x, y], weight) in points {
            all.x.push(x);
            all.y.push(y);
            all.weight.push(weight);
        }
        for lanes in [&mut all.x, &mut all.y, &mut all.weight] {
            lanes.resize(room, 0.0);
        }
        all
    }

    /// The number of points.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no points.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// One point.
    pub fn point(&self, index: usize) -> Point {
        [self.x[index], self.y[index]]
    }

    /// The weight of one point.
    pub fn weight(&self, index: usize) -> f64 {
        self.weight[index]
    }

    /// The nearest of some centres, for each point; of equally near ones the first.
    pub fn labels(&self, centres: &[Point]) -> Vec<u8> {
        let mut labels = in_lanes(Labels { points: self, centres });
        labels.truncate(self.len);
        labels
    }

    fn has_distinct(&self, k: usize) -> bool {
        let mut seen: Vec<Point> = Vec::with_capacity(k);
        for index in 0..self.len {
            let point = self.point(index);
            if !seen.contains(&point) {
                seen.push(point);
                if seen.len() == k {
                    return true;
                }
            }
        }
        false
    }
}

/// A clustering into k parts.
#[derive(Clone, PartialEq, Debug)]
pub struct Clustering {
    /// The centre of each cluster.
    pub centres: Vec<Point>,
    /// The weighted sum of squared distances to the centres.
    pub inertia: f64,
    /// The inertia of the next best clustering that another start led to.
    pub next_inertia: Option<f64>,
}

/// Iterations of every start, before most are given up.
const FIRST_ITERATIONS: usize = 5;
/// Iterations that gain as much as the last one would be needed to become the best: then a run is
/// given up. Gains shrink, so that it could not.
const HOPELESS: f64 = 20.0;
/// Different results that are carried to the end.
const CARRIED_ON: usize = 3;
/// Lloyd's iteration always ends, but its bound is exponential: this one is never met in practice.
const MAX_ITERATIONS: usize = 300;
/// Centres nearer to those of a known result than this share of the mean distance lead to it, or
/// to one that differs in a few points on a border.
const SAME_BASIN: f64 = 0.05;
/// The best result is carried on until the inertia changes by less than this share.
const POLISH: f64 = 1e-9;
/// Results whose inertia differs by less are the same: the first stays.
const SAME_INERTIA: f64 = 1e-9;

/// The best of several seeded starts; `None` when there are fewer than k distinct points.
///
/// Every start gets a few iterations; the best of them are carried to the end.
pub fn best_of_restarts(points: &WeightedPoints, k: usize, params: &Params) -> Option<Clustering> {
    if k == 0 || k > 255 || !points.has_distinct(k) {
        return None;
    }
    let begun = |restart: u32| {
        let seed = params.seed.wrapping_add(k as u64).wrapping_add(u64::from(restart));
        Run::new(points, start(points, k, seed)).after(FIRST_ITERATIONS, params.inertia_tolerance)
    };
    let mut runs: Vec<Run> = (0..params.restarts.clamp(1, 1000)).map(begun).collect();
    // Stable: of equals the earlier start comes first.
    runs.sort_by(|a, b| a.step.inertia.total_cmp(&b.step.inertia));
    let mut optima: Vec<Clustering> = Vec::new();
    for run in runs {
        optima.extend(run.to_the_end(params.inertia_tolerance, &optima));
        if optima.len() >= CARRIED_ON {
            break;
        }
    }
    let mut best = 0;
    for (index, found) in optima.iter().enumerate() {
        if found.inertia < optima[best].inertia * (1.0 - SAME_INERTIA) {
            best = index;
        }
    }
    let chosen = optima.swap_remove(best);
    let next_inertia = optima.iter().map(|other| other.inertia).reduce(f64::min);
    let polished = Run::new(points, chosen.centres).to_the_end(POLISH.min(params.inertia_tolerance), &[])?;
    Some(Clustering { next_inertia, ..polished })
}

/// Lloyd's iteration under way.
struct Run<'a> {
    points: &'a WeightedPoints,
    centres: Vec<Point>,
    step: Step,
    gain: f64,
    done: bool,
}

impl<'a> Run<'a> {
    fn new(points: &'a WeightedPoints, centres: Vec<Point>) -> Self {
        let step = step(points, &centres);
        Self { points, centres, step, gain: f64::INFINITY, done: false }
    }

    /// One iteration. A cluster that loses its last point keeps its centre.
    fn iterate(&mut self, tolerance: f64) {
        recentre(&mut self.centres, &self.step.sums);
        let before = self.step.inertia;
        self.step = step(self.points, &self.centres);
        self.gain = before - self.step.inertia;
        self.done = self.gain <= tolerance.max(0.0) * before;
    }

    fn after(mut self, iterations: usize, tolerance: f64) -> Self {
        for _ in 0..iterations {
            if !self.done {
                self.iterate(tolerance);
            }
        }
        self
    }

    /// Until the inertia changes by less than `tolerance` of itself; `None` when it runs into one
    /// of the `known` results. One that can't become better than those is left where it is.
    fn to_the_end(mut self, tolerance: f64, known: &[Clustering]) -> Option<Clustering> {
        let best = known.iter().map(|known| known.inertia).fold(f64::INFINITY, f64::min);
        for _ in 0..MAX_ITERATIONS {
            let scale2 =
                SAME_BASIN * SAME_BASIN * self.step.inertia / self.step.weight().max(f64::MIN_POSITIVE);
            if known.iter().any(|known| leads_to(&self.centres, &known.centres, scale2)) {
                return None;
            }
            if self.done || self.step.inertia - HOPELESS * self.gain > best {
                break;
            }
            self.iterate(tolerance);
        }
        recentre(&mut self.centres, &self.step.sums);
        Some(Clustering { centres: self.centres, inertia: self.step.inertia, next_inertia: None })
    }
}

/// The result of Lloyd's iteration from the given centres.
#[cfg(test)]
fn lloyd(points: &WeightedPoints, centres: Vec<Point>, tolerance: f64) -> Clustering {
    Run::new(points, centres).to_the_end(tolerance, &[]).expect("nothing is known before")
}

fn leads_to(centres: &[Point], known: &[Point], scale2: f64) -> bool {
    centres.iter().all(|centre| known.iter().any(|known| distance2(*centre, *known) <= scale2))
}

fn recentre(centres: &mut [Point], sums: &[[f64; 3]]) {
    for (centre, [x, y, weight]) in centres.iter_mut().zip(sums) {
        if *weight > 0.0 {
            *centre = [x / weight, y / weight];
        }
    }
}

/// What one look at all points gives: for each cluster the weighted sums of x and y and the
/// weight, and the inertia.
struct Step {
    sums: Vec<[f64; 3]>,
    inertia: f64,
}

impl Step {
    fn weight(&self) -> f64 {
        self.sums.iter().map(|sum| sum[2]).sum()
    }
}

fn step(points: &WeightedPoints, centres: &[Point]) -> Step {
    // Known numbers of clusters are unrolled; the arithmetic is the same for all.
    match *centres {
        [a, b] => in_lanes(Assign { points, centres: [a, b] }),
        [a, b, c] => in_lanes(Assign { points, centres: [a, b, c] }),
        [a, b, c, d] => in_lanes(Assign { points, centres: [a, b, c, d] }),
        [a, b, c, d, e] => in_lanes(Assign { points, centres: [a, b, c, d, e] }),
        _ => plain_step(points, centres),
    }
}

/// One step for a known number of clusters.
struct Assign<'a, const K: usize> {
    points: &'a WeightedPoints,
    centres: [Point; K],
}

impl<const K: usize> WithSimd for Assign<'_, K> {
    type Output = Step;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Step {
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
        Step { sums: sums.iter().map(|sums| sums.map(total)).collect(), inertia: total(inertia) }
    }
}

/// One step for any number of clusters, without vectors; the lanes are the same.
fn plain_step(points: &WeightedPoints, centres: &[Point]) -> Step {
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
    Step { sums: sums.iter().map(|sums| sums.map(total)).collect(), inertia: total(inertia) }
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
struct Labels<'a> {
    points: &'a WeightedPoints,
    centres: &'a [Point],
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

/// Draws nearer to a new centre; the weighted squared distances to the nearest one.
struct Nearer<'a> {
    points: &'a WeightedPoints,
    centre: Point,
    least: &'a mut [f64],
    mass: &'a mut [f64],
}

impl WithSimd for Nearer<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (xs, _) = S::as_simd_f64s(&self.points.x);
        let (ys, _) = S::as_simd_f64s(&self.points.y);
        let (weights, _) = S::as_simd_f64s(&self.points.weight);
        let (least, _) = S::as_mut_simd_f64s(self.least);
        let (mass, _) = S::as_mut_simd_f64s(self.mass);
        let (cx, cy) = (simd.splat_f64s(self.centre[0]), simd.splat_f64s(self.centre[1]));
        for (((&x, &y), &weight), (least, mass)) in
            xs.iter().zip(ys).zip(weights).zip(least.iter_mut().zip(mass))
        {
            let (dx, dy) = (simd.sub_f64s(x, cx), simd.sub_f64s(y, cy));
            let distance = simd.add_f64s(simd.mul_f64s(dx, dx), simd.mul_f64s(dy, dy));
            *least = simd.select_f64s(simd.less_than_f64s(distance, *least), distance, *least);
            *mass = simd.mul_f64s(weight, *least);
        }
    }
}

#[inline(always)]
fn stored<S: Simd>(simd: S, lanes: S::f64s) -> [f64; DOUBLES] {
    let mut out = [0.0; DOUBLES];
    simd.partial_store_f64s(&mut out, lanes);
    out
}

#[inline(always)]
fn total([a, b, c, d]: [f64; DOUBLES]) -> f64 {
    (a + b) + (c + d)
}

/// Points whose masses are summed up before one of them is searched.
const BLOCK: usize = 64;

/// k-means++: each next centre is a point drawn by weight × squared distance to the nearest one.
fn start(points: &WeightedPoints, k: usize, seed: u64) -> Vec<Point> {
    let mut random = Xoshiro256Plus::seed_from_u64(seed);
    let mut least = vec![f64::INFINITY; points.x.len()];
    let mut mass = points.weight.clone();
    let mut centres: Vec<Point> = Vec::with_capacity(k);
    while centres.len() < k {
        let centre = points.point(draw(&mass, random.r#gen()));
        centres.push(centre);
        in_lanes(Nearer { points, centre, least: &mut least, mass: &mut mass });
    }
    centres
}

/// The place at which the running sum of masses passes the share `u` of the whole.
fn draw(mass: &[f64], u: f64) -> usize {
    let sum = |block: &[f64]| {
        let mut lanes = [0.0; DOUBLES];
        block.chunks(DOUBLES).for_each(|four| lanes.iter_mut().zip(four).for_each(|(lane, x)| *lane += x));
        total(lanes)
    };
    let blocks: Vec<f64> = mass.chunks(BLOCK).map(sum).collect();
    let mut left = u * blocks.iter().sum::<f64>();
    let mut block = 0;
    while block + 1 < blocks.len() && left >= blocks[block] {
        left -= blocks[block];
        block += 1;
    }
    let mut last = block * BLOCK;
    for (place, mass) in mass.iter().enumerate().skip(block * BLOCK).take(BLOCK) {
        if *mass > 0.0 {
            last = place;
            if left < *mass {
                break;
            }
        }
        left -= mass;
    }
    last
}

#[cfg(test)]
mod tests {
    use super::super::simd::in_plain_lanes;
    use super::*;
    use proptest::prelude::*;

    fn unweighted(points: &[Point]) -> WeightedPoints {
        WeightedPoints::new(points.iter().map(|point| (*point, 1.0)))
    }

    /// The least inertia over all ways to label the points.
    fn exhaustive(points: &[Point], k: usize) -> f64 {
        let n = points.len() as u32;
        (0..(k as u64).pow(n))
            .map(|code| {
                let label = |i: usize| ((code / (k as u64).pow(i as u32)) % k as u64) as usize;
                let mut sums = vec![[0.0; 3]; k];
                for (i, point) in points.iter().enumerate() {
                    let sum = &mut sums[label(i)];
                    *sum = [sum[0] + point[0], sum[1] + point[1], sum[2] + 1.0];
                }
                let mut centres = vec![[0.0; 2]; k];
                recentre(&mut centres, &sums);
                points.iter().enumerate().map(|(i, p)| distance2(*p, centres[label(i)])).sum()
            })
            .fold(f64::INFINITY, f64::min)
    }

    /// The best that linfa finds in as many starts.
    fn linfa(points: &[Point], k: usize) -> f64 {
        use linfa::traits::Fit;
        let records = ndarray::Array2::from_shape_fn((points.len(), 2), |(i, axis)| points[i][axis]);
        let model = linfa_clustering::KMeans::params_with_rng(k, Xoshiro256Plus::seed_from_u64(1))
            .n_runs(10)
            .fit(&linfa::DatasetBase::from(records))
            .expect("linfa clusters");
        let centres: Vec<Point> = model.centroids().rows().into_iter().map(|row| [row[0], row[1]]).collect();
        plain_step(&unweighted(points), &centres).inertia
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn the_best_restart_is_as_good_as_linfas_and_nearly_always_the_exhaustive_optimum(
            raw in proptest::collection::vec((-9i32..9, -9i32..9), 4..8), k in 2usize..4,
        ) {
            let points: Vec<Point> = raw.iter().map(|(x, y)| [f64::from(*x), f64::from(*y)]).collect();
            if let Some(found) = best_of_restarts(&unweighted(&points), k, &Params::default()) {
                let best = exhaustive(&points, k);
                // Ten restarts may all miss it on odd inputs, but never by much.
                prop_assert!(found.inertia >= best - 1e-9);
                prop_assert!(found.inertia <= best * 1.25 + 1e-9, "{} of {best}", found.inertia);
                prop_assert!(found.inertia <= linfa(&points, k) * 1.25 + 1e-9);
            }
        }

        #[test]
        fn unrolled_steps_equal_the_plain_one(
            raw in proptest::collection::vec((-9.0f64..9.0, -9.0f64..9.0, 0.5f64..3.0), 1..70), k in 2usize..6,
        ) {
            let points = WeightedPoints::new(raw.iter().map(|(x, y, w)| ([*x, *y], *w)));
            let centres: Vec<Point> = (0..k).map(|i| points.point(i % points.len())).collect();
            let (unrolled, plain) = (step(&points, &centres), plain_step(&points, &centres));
            if let [a, b] = centres[..] {
                let without = in_plain_lanes(Assign { points: &points, centres: [a, b] });
                prop_assert_eq!((without.inertia, &without.sums), (plain.inertia, &plain.sums));
            }
            prop_assert_eq!(unrolled.inertia, plain.inertia);
            prop_assert_eq!(unrolled.sums, plain.sums);
        }
    }

    #[test]
    fn on_a_cloud_of_hundreds_it_is_as_good_as_linfa() {
        let points: Vec<Point> = (0..600u32)
            .map(|i| {
                [f64::from(i % 3) * 4.0 + f64::from(i * 7919 % 97) / 40.0, f64::from(i * 104_729 % 89) / 40.0]
            })
            .collect();
        for k in 2..=5 {
            let found =
                best_of_restarts(&unweighted(&points), k, &Params::default()).expect("there are points");
            assert!(found.inertia <= linfa(&points, k) * 1.001, "k = {k}");
        }
    }

    #[test]
    fn fewer_distinct_points_than_clusters_have_no_clustering() {
        assert!(best_of_restarts(&unweighted(&[[1.0, 2.0]; 50]), 2, &Params::default()).is_none());
        assert!(best_of_restarts(&unweighted(&[]), 2, &Params::default()).is_none());
    }

    #[test]
    fn weights_count_as_copies() {
        let heavy =
            WeightedPoints::new([([0.0, 0.0], 3.0), ([1.0, 0.0], 1.0), ([10.0, 0.0], 2.0)].into_iter());
        let copies = unweighted(&[[0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [1.0, 0.0], [10.0, 0.0], [10.0, 0.0]]);
        let start = vec![[0.0, 0.0], [10.0, 0.0]];
        let a = lloyd(&heavy, start.clone(), 1e-6);
        assert_eq!(a, lloyd(&copies, start, 1e-6));
        assert_eq!(a.centres[0], [0.25, 0.0]);
        assert_eq!(heavy.labels(&a.centres), [0, 0, 1]);
    }
}
