//! From positions to opinion groups: clusterings for every k, the choice of k, and the letters.
//!
//! It knows positions of placed people, not their votes. Invariant: with fewer than two eligible
//! groups there is one group of everyone placed (OPINION B4). Continuity with an earlier map (B5)
//! and the bootstrap (B6) come on top of this, never inside.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256Plus;

use super::clustering::{Clustering, WeightedPoints, best_of_restarts, nearest, on_grid};
use super::geometry::{Point, canonical, snapped};
use super::params::Params;
use super::silhouette::{Silhouette, silhouettes};

/// The groups of the placed.
#[derive(Clone, Debug, Default)]
pub struct Grouping {
    /// Each placed person's group: 0 is the largest.
    pub group_of: Vec<usize>,
    /// The number of groups; 0 when nobody is placed.
    pub k: usize,
    /// The mean silhouette of each k that could be tried.
    pub silhouettes: BTreeMap<usize, f64>,
    /// The k whose groups are all large enough, ascending.
    pub eligible: Vec<usize>,
}

/// One k that was tried: everybody's cluster.
struct Candidate {
    k: usize,
    labels: Vec<u8>,
    silhouette: Silhouette,
    eligible: bool,
}

/// Groups people by their positions; the order of `positions` doesn't matter.
pub fn group(positions: &[Point], params: &Params) -> Grouping {
    let snapped: Vec<Point> = positions.iter().map(|p| snapped(*p)).collect();
    let mut order: Vec<usize> = (0..snapped.len()).collect();
    order.sort_by(|a, b| canonical(&snapped[*a], &snapped[*b]));
    let points: Vec<Point> = order.iter().map(|&i| snapped[i]).collect();

    let candidates = candidates(&points, params);
    let chosen = choose(&candidates);
    let labels = chosen.map_or_else(|| vec![0; points.len()], |c| c.labels.clone());
    let by_size = lettered(&points, &labels);
    let mut group_of = vec![0; points.len()];
    for (place, &person) in order.iter().enumerate() {
        group_of[person] = by_size.get(&labels[place]).copied().unwrap_or(0);
    }
    Grouping {
        group_of,
        k: by_size.len(),
        silhouettes: candidates.iter().map(|c| (c.k, c.silhouette.mean)).collect(),
        eligible: candidates.iter().filter(|c| c.eligible).map(|c| c.k).collect(),
    }
}

fn candidates(points: &[Point], params: &Params) -> Vec<Candidate> {
    let on_a_grid = points.len() > params.grid_above as usize;
    let data = if on_a_grid {
        let mut grid = on_grid(points, params.grid_cells);
        sort_canonically(&mut grid);
        grid
    } else {
        WeightedPoints { points: points.to_vec(), weights: vec![1.0; points.len()] }
    };
    let found: Vec<(usize, Vec<u8>)> = params
        .group_counts()
        .filter_map(|k| Some((k, best_of_restarts(&data, k, params)?)))
        .map(|(k, clustering)| (k, everybody(points, clustering, on_a_grid)))
        .collect();
    let sample = sample(points.len(), params);
    let sampled: Vec<Point> = sample.iter().map(|&i| points[i]).collect();
    let labels: Vec<Vec<u8>> =
        found.iter().map(|(_, labels)| sample.iter().map(|&i| labels[i]).collect()).collect();
    let views: Vec<&[u8]> = labels.iter().map(Vec::as_slice).collect();
    let smallest = params.smallest_group(points.len());
    found
        .into_iter()
        .zip(silhouettes(&sampled, &views))
        .map(|((k, labels), silhouette)| {
            let sizes = sizes(&labels);
            let eligible = sizes.len() == k && sizes.values().all(|size| *size as f64 >= smallest);
            Candidate { k, labels, silhouette, eligible }
        })
        .collect()
}

fn everybody(points: &[Point], clustering: Clustering, on_a_grid: bool) -> Vec<u8> {
    if on_a_grid {
        points.iter().map(|point| nearest(*point, &clustering.centres).0).collect()
    } else {
        clustering.labels
    }
}

fn sort_canonically(data: &mut WeightedPoints) {
    let mut both: Vec<(Point, f64)> = data.points.iter().copied().zip(data.weights.iter().copied()).collect();
    both.sort_by(|a, b| canonical(&a.0, &b.0));
    (data.points, data.weights) = both.into_iter().unzip();
}

/// The people whose silhouettes are computed: all, or a seeded sample in canonical order.
fn sample(people: usize, params: &Params) -> Vec<usize> {
    let size = params.silhouette_sample.max(2) as usize;
    if people <= size {
        return (0..people).collect();
    }
    let mut random = Xoshiro256Plus::seed_from_u64(params.seed);
    let mut sample = rand::seq::index::sample(&mut random, people, size).into_vec();
    sample.sort_unstable();
    sample
}

/// The smallest eligible k whose silhouette is within one standard error of the best eligible.
fn choose(candidates: &[Candidate]) -> Option<&Candidate> {
    let eligible = || candidates.iter().filter(|c| c.eligible);
    let best =
        eligible().max_by(|a, b| a.silhouette.mean.total_cmp(&b.silhouette.mean).then(b.k.cmp(&a.k)))?;
    let enough = best.silhouette.mean - best.silhouette.standard_error;
    eligible().find(|c| c.silhouette.mean >= enough)
}

fn sizes(labels: &[u8]) -> BTreeMap<u8, usize> {
    let mut sizes = BTreeMap::new();
    for label in labels {
        *sizes.entry(*label).or_insert(0) += 1;
    }
    sizes
}

/// Cluster → group: the largest first; of equally large ones the one further left, then lower.
fn lettered(points: &[Point], labels: &[u8]) -> BTreeMap<u8, usize> {
    let mut clusters: Vec<(u8, usize, Point)> = sizes(labels)
        .into_iter()
        .map(|(label, size)| {
            let mut sum = [0.0, 0.0];
            for (point, _) in points.iter().zip(labels).filter(|(_, l)| **l == label) {
                sum[0] += point[0];
                sum[1] += point[1];
            }
            (label, size, snapped(sum.map(|s| s / size as f64)))
        })
        .collect();
    clusters.sort_by(|a, b| b.1.cmp(&a.1).then(a.2[0].total_cmp(&b.2[0])).then(a.2[1].total_cmp(&b.2[1])));
    clusters.iter().enumerate().map(|(group, (label, ..))| (*label, group)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(centre: Point, people: u32, spread: f64) -> impl Iterator<Item = Point> {
        (0..people).map(move |i| {
            let angle = f64::from(i) * 2.399_963;
            let radius = spread * (f64::from(i) / f64::from(people)).sqrt();
            [centre[0] + radius * angle.cos(), centre[1] + radius * angle.sin()]
        })
    }

    #[test]
    fn three_blobs_are_three_groups_lettered_by_size() {
        let positions: Vec<Point> = blob([0.0, 0.0], 20, 1.0)
            .chain(blob([9.0, 0.0], 40, 1.0))
            .chain(blob([0.0, 9.0], 30, 1.0))
            .collect();
        let grouping = group(&positions, &Params::default());
        assert_eq!(grouping.k, 3);
        assert!(grouping.group_of[..20].iter().all(|g| *g == 2));
        assert!(grouping.group_of[20..60].iter().all(|g| *g == 0));
        assert!(grouping.group_of[60..].iter().all(|g| *g == 1));
    }

    #[test]
    fn a_group_of_four_is_no_group() {
        let positions: Vec<Point> = blob([0.0, 0.0], 40, 0.1).chain(blob([50.0, 0.0], 4, 0.1)).collect();
        let grouping = group(&positions, &Params::default());
        assert!(!grouping.eligible.contains(&2));
        let few: Vec<Point> = blob([0.0, 0.0], 4, 0.1).chain(blob([50.0, 0.0], 4, 0.1)).collect();
        let grouping = group(&few, &Params::default());
        assert_eq!((grouping.k, grouping.eligible.len()), (1, 0));
        assert!(grouping.group_of.iter().all(|g| *g == 0));
    }

    #[test]
    fn the_grid_finds_the_groups_that_the_points_have() {
        let positions: Vec<Point> = blob([0.0, 0.0], 700, 1.0).chain(blob([5.0, 1.0], 500, 1.0)).collect();
        let grid = Params { grid_above: 100, silhouette_sample: 300, ..Params::default() };
        let (exact, coarse) = (group(&positions, &Params::default()), group(&positions, &grid));
        assert_eq!(exact.k, 2);
        assert_eq!(exact.group_of, coarse.group_of);
    }

    #[test]
    fn nobody_makes_no_group() {
        let grouping = group(&[], &Params::default());
        assert_eq!((grouping.k, grouping.group_of.len()), (0, 0));
    }
}
