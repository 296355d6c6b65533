//! k-means on weighted points of the plane.
//!
//! linfa-clustering gives the seeded k-means++ starts; the weighted Lloyd iteration is ours,
//! because linfa's has no weights. It knows points and numbers, neither people nor groups.
//! Invariant: every point gets a cluster below k, and nothing depends on anything but the
//! points, their order and the parameters.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_clustering::KMeans;
use ndarray::Array2;
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256Plus;

use super::geometry::{Point, distance2};
use super::params::Params;

/// Points that stand for one or more people each.
#[derive(Clone, Debug, Default)]
pub struct WeightedPoints {
    /// Positions, in canonical order.
    pub points: Vec<Point>,
    /// People at each position.
    pub weights: Vec<f64>,
}

/// A clustering into k parts.
#[derive(Clone, Debug)]
pub struct Clustering {
    /// The centre of each cluster.
    pub centres: Vec<Point>,
    /// Each point's cluster.
    pub labels: Vec<u8>,
    /// The weighted sum of squared distances to the centres.
    pub inertia: f64,
}

/// Lloyd's iteration always ends, but its bound is exponential: this one is never met in practice.
const MAX_ITERATIONS: usize = 300;
/// Restarts whose inertia differs by less are the same result: the first stays.
const SAME_INERTIA: f64 = 1e-9;

/// Puts people's positions on a grid of `cells` × `cells`: each occupied cell becomes a point at
/// the mean of its people. Order: cell by cell.
pub fn on_grid(positions: &[Point], cells: u32) -> WeightedPoints {
    let cells = f64::from(cells.clamp(1, 4096));
    let mut low = [f64::INFINITY; 2];
    let mut high = [f64::NEG_INFINITY; 2];
    for position in positions {
        for axis in 0..2 {
            low[axis] = low[axis].min(position[axis]);
            high[axis] = high[axis].max(position[axis]);
        }
    }
    let side = |axis: usize| ((high[axis] - low[axis]) / cells).max(f64::MIN_POSITIVE);
    let sides = [side(0), side(1)];
    let index = |p: &Point, axis: usize| ((p[axis] - low[axis]) / sides[axis]).min(cells - 1.0) as u64;
    let mut occupied: std::collections::BTreeMap<(u64, u64), (Point, f64)> = Default::default();
    for position in positions {
        let (sum, people) = occupied.entry((index(position, 0), index(position, 1))).or_default();
        sum[0] += position[0];
        sum[1] += position[1];
        *people += 1.0;
    }
    let (points, weights) =
        occupied.into_values().map(|(sum, people)| ([sum[0] / people, sum[1] / people], people)).unzip();
    WeightedPoints { points, weights }
}

/// The best of several seeded starts; `None` when there are fewer than k distinct points.
pub fn best_of_restarts(data: &WeightedPoints, k: usize, params: &Params) -> Option<Clustering> {
    if k == 0 || k > 255 || !has_distinct(&data.points, k) {
        return None;
    }
    let flat = Array2::from_shape_fn((data.points.len(), 2), |(i, axis)| data.points[i][axis]);
    let dataset = DatasetBase::from(flat);
    let mut best: Option<Clustering> = None;
    for restart in 0..params.restarts.clamp(1, 1000) {
        let seed = params.seed.wrapping_add(k as u64).wrapping_add(u64::from(restart));
        let start = start(&dataset, k, seed).unwrap_or_else(|| data.points.iter().copied().take(k).collect());
        let found = lloyd(data, start, params.inertia_tolerance);
        if best.as_ref().is_none_or(|best| found.inertia < best.inertia * (1.0 - SAME_INERTIA)) {
            best = Some(found);
        }
    }
    best
}

fn has_distinct(points: &[Point], k: usize) -> bool {
    let mut seen: Vec<Point> = Vec::with_capacity(k);
    for point in points {
        if !seen.contains(point) {
            seen.push(*point);
            if seen.len() == k {
                return true;
            }
        }
    }
    false
}

/// Centres from linfa's k-means++ and one step of its iteration.
fn start(dataset: &DatasetBase<Array2<f64>, ndarray::Array1<()>>, k: usize, seed: u64) -> Option<Vec<Point>> {
    let random = Xoshiro256Plus::seed_from_u64(seed);
    let model = KMeans::params_with_rng(k, random).n_runs(1).max_n_iterations(1).fit(dataset).ok()?;
    let centres: Vec<Point> = model.centroids().rows().into_iter().map(|row| [row[0], row[1]]).collect();
    (centres.len() == k && centres.iter().flatten().all(|x| x.is_finite())).then_some(centres)
}

/// Lloyd's iteration from the given centres, until the inertia changes by less than `tolerance`
/// of itself. A cluster that loses its last point keeps its centre.
pub fn lloyd(data: &WeightedPoints, mut centres: Vec<Point>, tolerance: f64) -> Clustering {
    let mut labels = vec![0u8; data.points.len()];
    let mut inertia = assign(data, &centres, &mut labels);
    for _ in 0..MAX_ITERATIONS {
        recentre(data, &labels, &mut centres);
        let before = inertia;
        inertia = assign(data, &centres, &mut labels);
        if before - inertia <= tolerance.max(0.0) * before {
            break;
        }
    }
    recentre(data, &labels, &mut centres);
    Clustering { centres, labels, inertia }
}

/// The nearest centre; of equally near ones the first.
pub fn nearest(point: Point, centres: &[Point]) -> (u8, f64) {
    let mut best = (0u8, f64::INFINITY);
    for (index, centre) in (0u8..).zip(centres) {
        let distance = distance2(point, *centre);
        if distance < best.1 {
            best = (index, distance);
        }
    }
    best
}

fn assign(data: &WeightedPoints, centres: &[Point], labels: &mut [u8]) -> f64 {
    let mut inertia = 0.0;
    for ((point, weight), label) in data.points.iter().zip(&data.weights).zip(labels) {
        let (index, distance) = nearest(*point, centres);
        *label = index;
        inertia += weight * distance;
    }
    inertia
}

fn recentre(data: &WeightedPoints, labels: &[u8], centres: &mut [Point]) {
    let mut sums = vec![[0.0f64; 3]; centres.len()];
    for ((point, weight), label) in data.points.iter().zip(&data.weights).zip(labels) {
        let sum = &mut sums[usize::from(*label)];
        sum[0] += weight * point[0];
        sum[1] += weight * point[1];
        sum[2] += weight;
    }
    for (centre, [x, y, weight]) in centres.iter_mut().zip(sums) {
        if weight > 0.0 {
            *centre = [x / weight, y / weight];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn unweighted(points: Vec<Point>) -> WeightedPoints {
        WeightedPoints { weights: vec![1.0; points.len()], points }
    }

    /// The least inertia over all ways to label the points.
    fn exhaustive(points: &[Point], k: usize) -> f64 {
        let data = unweighted(points.to_vec());
        let n = points.len() as u32;
        (0..(k as u64).pow(n))
            .map(|code| {
                let labels: Vec<u8> = (0..n).map(|i| ((code / (k as u64).pow(i)) % k as u64) as u8).collect();
                let mut centres = vec![[0.0; 2]; k];
                recentre(&data, &labels, &mut centres);
                points.iter().zip(&labels).map(|(p, l)| distance2(*p, centres[usize::from(*l)])).sum()
            })
            .fold(f64::INFINITY, f64::min)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]
        #[test]
        fn the_best_restart_is_nearly_always_the_exhaustive_optimum(
            raw in proptest::collection::vec((-9i32..9, -9i32..9), 4..8), k in 2usize..4,
        ) {
            let points: Vec<Point> = raw.iter().map(|(x, y)| [f64::from(*x), f64::from(*y)]).collect();
            if let Some(found) = best_of_restarts(&unweighted(points.clone()), k, &Params::default()) {
                let best = exhaustive(&points, k);
                // Ten restarts may all miss it on odd inputs, but never by much.
                prop_assert!(found.inertia >= best - 1e-9);
                prop_assert!(found.inertia <= best * 1.25 + 1e-9, "{} of {best}", found.inertia);
            }
        }
    }

    #[test]
    fn fewer_distinct_points_than_clusters_have_no_clustering() {
        let same = unweighted(vec![[1.0, 2.0]; 50]);
        assert!(best_of_restarts(&same, 2, &Params::default()).is_none());
        assert!(best_of_restarts(&unweighted(vec![]), 2, &Params::default()).is_none());
    }

    #[test]
    fn weights_count_as_copies() {
        let heavy = WeightedPoints {
            points: vec![[0.0, 0.0], [1.0, 0.0], [10.0, 0.0]],
            weights: vec![3.0, 1.0, 2.0],
        };
        let copies =
            unweighted(vec![[0.0, 0.0], [0.0, 0.0], [0.0, 0.0], [1.0, 0.0], [10.0, 0.0], [10.0, 0.0]]);
        let start = vec![[0.0, 0.0], [10.0, 0.0]];
        let (a, b) = (lloyd(&heavy, start.clone(), 1e-6), lloyd(&copies, start, 1e-6));
        assert_eq!(a.centres, b.centres);
        assert_eq!(a.inertia, b.inertia);
        assert_eq!(a.centres[0], [0.25, 0.0]);
    }

    #[test]
    fn a_grid_keeps_everybody() {
        let positions: Vec<Point> = (0..1000).map(|i| [f64::from(i % 37), f64::from(i % 11)]).collect();
        let grid = on_grid(&positions, 16);
        assert_eq!(grid.weights.iter().sum::<f64>(), 1000.0);
        assert!(grid.points.len() <= 256);
        assert_eq!(on_grid(&[[1.0, 1.0]; 9], 16).weights, [9.0]);
    }
}
