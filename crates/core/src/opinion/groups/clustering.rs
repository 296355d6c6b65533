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

use crate::opinion::groups::assignment::{AssignmentSums, step, total};
use crate::opinion::groups::points::WeightedPoints;
use crate::opinion::map::params::GroupingParams;
use crate::opinion::numeric::geometry::{Point, distance2};
use crate::opinion::numeric::simd::{DOUBLES, in_lanes};

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
pub fn best_of_restarts(points: &WeightedPoints, k: usize, params: &GroupingParams) -> Option<Clustering> {
    if k == 0 || k > 255 || !points.has_distinct(k) {
        return None;
    }
    let begun = |restart: u32| {
        let seed = params.seed.wrapping_add(k as u64).wrapping_add(u64::from(restart));
        Run::new(points, start(points, k, seed)).after(FIRST_ITERATIONS, params.inertia_tolerance)
    };
    let mut runs: Vec<Run> = (0..params.restarts).map(begun).collect();
    // Stable: of equals the earlier start comes first.
    runs.sort_by(|a, b| a.step.inertia.total_cmp(&b.step.inertia));
    let mut optima: Vec<Clustering> = Vec::new();
    for run in runs {
        optima.extend(run.finished(params.inertia_tolerance, &optima));
        if optima.len() >= CARRIED_ON {
            break;
        }
    }
    let mut best = 0;
    // In range: `best` is 0 or the place of an optimum that was looked at.
    for (index, found) in optima.iter().enumerate() {
        if found.inertia < optima[best].inertia * (1.0 - SAME_INERTIA) {
            best = index;
        }
    }
    let chosen = optima.swap_remove(best);
    let next_inertia = optima.iter().map(|other| other.inertia).reduce(f64::min);
    let polished = Run::new(points, chosen.centres).finished(POLISH.min(params.inertia_tolerance), &[])?;
    Some(Clustering { next_inertia, ..polished })
}

/// Lloyd's iteration under way.
struct Run<'a> {
    points: &'a WeightedPoints,
    centres: Vec<Point>,
    step: AssignmentSums,
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
    fn finished(mut self, tolerance: f64, known: &[Clustering]) -> Option<Clustering> {
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
pub(in crate::opinion) fn lloyd(points: &WeightedPoints, centres: Vec<Point>, tolerance: f64) -> Clustering {
    Run::new(points, centres).finished(tolerance, &[]).expect("nothing is known before")
}

fn leads_to(centres: &[Point], known: &[Point], scale2: f64) -> bool {
    centres.iter().all(|centre| known.iter().any(|known| distance2(*centre, *known) <= scale2))
}

pub(in crate::opinion) fn recentre(centres: &mut [Point], sums: &[[f64; 3]]) {
    for (centre, [x, y, weight]) in centres.iter_mut().zip(sums) {
        if *weight > 0.0 {
            *centre = [x / weight, y / weight];
        }
    }
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
        in_lanes(DistanceUpdate { points, centre, least: &mut least, mass: &mut mass });
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
    // In range: the loop ends before `block` is the number of blocks.
    while block + 1 < blocks.len() && left >= blocks[block] {
        left -= blocks[block];
        block += 1;
    }
    let mut last = block * BLOCK;
    for (index, mass) in mass.iter().enumerate().skip(block * BLOCK).take(BLOCK) {
        if *mass > 0.0 {
            last = index;
            if left < *mass {
                break;
            }
        }
        left -= mass;
    }
    last
}

/// Draws nearer to a new centre; the weighted squared distances to the nearest one.
struct DistanceUpdate<'a> {
    points: &'a WeightedPoints,
    centre: Point,
    least: &'a mut [f64],
    mass: &'a mut [f64],
}

impl WithSimd for DistanceUpdate<'_> {
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
