//! Silhouettes of several clusterings from one pass of distances.
//!
//! Points that share their cluster in *every* clustering form an atom; each point's distances
//! are summed by atom once, and every clustering reads its cluster sums off the atoms.
//! Source: Rousseeuw 1987; a point alone in its cluster has silhouette 0, as in scikit-learn.

use std::collections::BTreeMap;

use super::geometry::{Point, distance2};

/// The mean silhouette of a clustering, and how well it is known.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Silhouette {
    /// Mean over the points, in −1 … 1.
    pub mean: f64,
    /// Standard deviation of the points' silhouettes over √n.
    pub standard_error: f64,
}

/// One silhouette per clustering. `labels[j][i]` is the cluster of point i in clustering j.
pub fn silhouettes(points: &[Point], labels: &[&[u8]]) -> Vec<Silhouette> {
    let atoms = Atoms::new(points, labels);
    let mut scores = vec![Vec::with_capacity(points.len()); labels.len()];
    let mut sums = vec![0.0; atoms.segments.len()];
    let mut cluster = [(0.0, 0usize); 256];
    for (own, own_segment) in atoms.segments.iter().enumerate() {
        for &point in &atoms.points[own_segment.clone()] {
            for (sum, segment) in sums.iter_mut().zip(&atoms.segments) {
                *sum = distance_sum(point, &atoms.points[segment.clone()]);
            }
            for (clustering, scores) in scores.iter_mut().enumerate() {
                cluster.fill((0.0, 0));
                for ((sum, segment), key) in sums.iter().zip(&atoms.segments).zip(&atoms.keys) {
                    let slot = &mut cluster[usize::from(key[clustering])];
                    slot.0 += sum;
                    slot.1 += segment.len();
                }
                scores.push(score(&cluster, usize::from(atoms.keys[own][clustering])));
            }
        }
    }
    scores.iter().map(|scores| summary(scores)).collect()
}

/// Points sorted by their labels in all clusterings.
struct Atoms {
    points: Vec<Point>,
    keys: Vec<Vec<u8>>,
    segments: Vec<std::ops::Range<usize>>,
}

impl Atoms {
    fn new(points: &[Point], labels: &[&[u8]]) -> Self {
        let mut by_key: BTreeMap<Vec<u8>, Vec<Point>> = BTreeMap::new();
        for (index, point) in points.iter().enumerate() {
            let key = labels.iter().map(|labels| labels.get(index).copied().unwrap_or(0)).collect();
            by_key.entry(key).or_default().push(*point);
        }
        let mut atoms = Self { points: Vec::with_capacity(points.len()), keys: vec![], segments: vec![] };
        for (key, members) in by_key {
            let start = atoms.points.len();
            atoms.points.extend(members);
            atoms.keys.push(key);
            atoms.segments.push(start..atoms.points.len());
        }
        atoms
    }
}

fn distance_sum(from: Point, to: &[Point]) -> f64 {
    let (fours, rest) = to.as_chunks::<4>();
    let mut lanes = [0.0; 4];
    for four in fours {
        for lane in 0..4 {
            lanes[lane] += distance2(from, four[lane]).sqrt();
        }
    }
    let rest: f64 = rest.iter().map(|point| distance2(from, *point).sqrt()).sum();
    (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) + rest
}

/// (b − a) / max(a, b), from (sum of distances, members) of each cluster.
fn score(clusters: &[(f64, usize)], own: usize) -> f64 {
    let (inside, members) = clusters[own];
    if members < 2 {
        return 0.0;
    }
    let a = inside / (members - 1) as f64;
    let b = clusters
        .iter()
        .enumerate()
        .filter(|(index, (_, members))| *index != own && *members > 0)
        .map(|(_, (sum, members))| sum / *members as f64)
        .fold(f64::INFINITY, f64::min);
    let most = a.max(b);
    if b.is_finite() && most > 0.0 { (b - a) / most } else { 0.0 }
}

fn summary(scores: &[f64]) -> Silhouette {
    if scores.is_empty() {
        return Silhouette { mean: 0.0, standard_error: 0.0 };
    }
    let n = scores.len() as f64;
    let mean = scores.iter().sum::<f64>() / n;
    let variance = scores.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>() / (n - 1.0).max(1.0);
    Silhouette { mean, standard_error: (variance / n).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn one_pass_gives_the_silhouettes_of_every_clustering() {
        let points: Vec<Point> = (0..40)
            .map(|i| [f64::from(i * 7 % 13), f64::from(i * 5 % 17) + f64::from(i % 3) * 20.0])
            .collect();
        let two: Vec<u8> = (0..40).map(|i| u8::from(i % 3 == 2)).collect();
        let three: Vec<u8> = (0..40).map(|i| i % 3).collect();
        let lonely: Vec<u8> = (0..40).map(|i| u8::from(i == 5)).collect();
        let found = silhouettes(&points, &[&two, &three, &lonely]);
        for (silhouette, labels) in found.iter().zip([&two, &three, &lonely]) {
            assert!((silhouette.mean - naive(&points, labels)).abs() < 1e-12);
        }
    }

    #[test]
    fn identical_points_and_single_clusters_score_zero() {
        let found = silhouettes(&[[1.0, 1.0]; 6], &[&[0, 0, 0, 1, 1, 1], &[0; 6]]);
        assert!(found.iter().all(|s| s.mean == 0.0 && s.standard_error == 0.0));
        assert_eq!(silhouettes(&[], &[&[]])[0].mean, 0.0);
    }
}
