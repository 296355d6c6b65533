//! Polis's k-means, cold: base clusters of people, groups of base clusters, and the choice of k
//! (OPINION §6, §7).
//!
//! It starts from the first distinct points, so that the order of points decides; that is why
//! Boule's own preset does it otherwise. It knows points and weights.

use std::collections::BTreeMap;

use crate::opinion::numeric::geometry::{Point, distance2};

/// The most base clusters.
const BASE_CLUSTERS: usize = 100;
const BASE_ITERATIONS: usize = 100;
/// Polis asks for 100 and gets 20: the option has a wrong name.
const GROUP_ITERATIONS: usize = 20;
/// Centres that move less have stopped.
const STILL: f64 = 0.01;

/// A cluster: its number, centre and members.
#[derive(Clone, Debug)]
struct Cluster {
    id: usize,
    centre: Point,
    members: Vec<usize>,
}

/// Lloyd's iteration from the first k distinct points. Clusters that lose their last member go.
fn kmeans(points: &[Point], weights: &[f64], k: usize, iterations: usize) -> Vec<Cluster> {
    let mut starts: Vec<Point> = Vec::new();
    for point in points {
        if starts.len() < k && !starts.contains(point) {
            starts.push(*point);
        }
    }
    let new = |(id, centre): (usize, &Point)| Cluster { id, centre: *centre, members: Vec::new() };
    let mut clusters: Vec<Cluster> = starts.iter().enumerate().map(new).collect();
    for _ in 0..=iterations {
        let before: Vec<Point> = clusters.iter().map(|cluster| cluster.centre).collect();
        step(points, weights, &mut clusters);
        if is_still(before, clusters.iter().map(|cluster| cluster.centre).collect()) {
            break;
        }
    }
    clusters
}

fn step(points: &[Point], weights: &[f64], clusters: &mut Vec<Cluster>) {
    clusters.iter_mut().for_each(|cluster| cluster.members.clear());
    for (member, point) in points.iter().enumerate() {
        // Of equally near ones the last.
        let mut nearest = (f64::INFINITY, 0);
        for (index, cluster) in clusters.iter().enumerate() {
            let distance = distance2(*point, cluster.centre);
            if distance <= nearest.0 {
                nearest = (distance, index);
            }
        }
        if let Some(cluster) = clusters.get_mut(nearest.1) {
            cluster.members.push(member);
        }
    }
    clusters.retain(|cluster| !cluster.members.is_empty());
    // In range: members are places of points, weights are as many, and an axis is 0 or 1.
    for cluster in clusters {
        let weight: f64 = cluster.members.iter().map(|&member| weights[member]).sum();
        let mean = |axis: usize| {
            cluster.members.iter().map(|&member| weights[member] * points[member][axis]).sum::<f64>() / weight
        };
        cluster.centre = [mean(0), mean(1)];
    }
}

/// Whether all centres, paired in their sorted orders, have moved less than [`STILL`].
fn is_still(mut before: Vec<Point>, mut after: Vec<Point>) -> bool {
    let order = |a: &Point, b: &Point| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]));
    before.sort_by(order);
    after.sort_by(order);
    before.iter().zip(&after).all(|(before, after)| distance2(*before, *after).sqrt() < STILL)
}

/// Level one: people who stand near one another.
#[derive(Clone, Debug, Default)]
pub struct BaseClusters {
    /// Centres, by number.
    pub centres: Vec<Point>,
    /// People in each.
    pub sizes: Vec<usize>,
    /// The base cluster of each point.
    pub cluster_of: Vec<usize>,
}

impl BaseClusters {
    /// Clusters people by their positions, in the order of rows.
    pub fn new(points: &[Point]) -> Self {
        let mut clusters = kmeans(points, &vec![1.0; points.len()], BASE_CLUSTERS, BASE_ITERATIONS);
        clusters.sort_by_key(|cluster| cluster.id);
        let mut cluster_of = vec![0; points.len()];
        // In range: members are places of points.
        for (index, cluster) in clusters.iter().enumerate() {
            cluster.members.iter().for_each(|&member| cluster_of[member] = index);
        }
        Self {
            centres: clusters.iter().map(|cluster| cluster.centre).collect(),
            sizes: clusters.iter().map(|cluster| cluster.members.len()).collect(),
            cluster_of,
        }
    }
}

/// Level two: groups of base clusters.
#[derive(Clone, Debug, Default)]
pub struct PolisGroups {
    /// The number of groups.
    pub k: usize,
    /// The group of each base cluster.
    pub group_of: Vec<usize>,
    /// The silhouette of each number of groups that was tried.
    pub silhouettes: BTreeMap<usize, f64>,
}

impl PolisGroups {
    /// The clustering with the best silhouette; of equals the one with more groups.
    pub fn new(base: &BaseClusters) -> Self {
        let weights: Vec<f64> = base.sizes.iter().map(|size| *size as f64).collect();
        let most = (2 + base.centres.len() / 12).min(5);
        let mut best = Self::default();
        let mut best_silhouette = f64::NEG_INFINITY;
        let mut silhouettes = BTreeMap::new();
        for k in 2..=most {
            let clusters = kmeans(&base.centres, &weights, k, GROUP_ITERATIONS);
            let mut group_of = vec![0; base.centres.len()];
            // In range: members are places of base clusters.
            for (group, cluster) in clusters.iter().enumerate() {
                cluster.members.iter().for_each(|&member| group_of[member] = group);
            }
            let found = silhouette(&base.centres, &group_of, clusters.len());
            silhouettes.insert(k, found);
            if found >= best_silhouette && !base.centres.is_empty() {
                best_silhouette = found;
                best = Self { k: clusters.len(), group_of, silhouettes: BTreeMap::new() };
            }
        }
        Self { silhouettes, ..best }
    }
}

/// The mean silhouette of points, unweighted; a point alone in its group scores 0.
fn silhouette(points: &[Point], group_of: &[usize], groups: usize) -> f64 {
    // In range: `group_of` has a group for each point, and each is below `groups`.
    let one = |index: usize| {
        let mut sums = vec![(0.0, 0usize); groups];
        for (other, group) in group_of.iter().enumerate().filter(|(other, _)| *other != index) {
            sums[*group].0 += distance2(points[index], points[other]).sqrt();
            sums[*group].1 += 1;
        }
        let (inside, members) = sums[group_of[index]];
        let others = sums.iter().enumerate().filter(|(group, (_, n))| *group != group_of[index] && *n > 0);
        let b = others.map(|(_, (sum, n))| sum / *n as f64).fold(f64::INFINITY, f64::min);
        if members == 0 || !b.is_finite() {
            return 0.0;
        }
        let a = inside / members as f64;
        if a.max(b) > 0.0 { (b - a) / a.max(b) } else { 0.0 }
    };
    (0..points.len()).map(one).sum::<f64>() / points.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_at_one_point_are_one_base_cluster_and_the_first_points_start() {
        let base = BaseClusters::new(&[[0.0, 0.0], [5.0, 5.0], [0.0, 0.0], [9.0, 9.0]]);
        assert_eq!((base.sizes, base.cluster_of), (vec![2, 1, 1], vec![0, 1, 0, 2]));
    }

    #[test]
    fn two_crowds_are_two_groups_and_nobody_is_none() {
        let points: Vec<Point> = (0..40)
            .map(|i| [f64::from(i % 2) * 20.0 + f64::from(i % 7) / 7.0, f64::from(i % 5) / 5.0])
            .collect();
        let groups = PolisGroups::new(&BaseClusters::new(&points));
        assert_eq!(groups.k, 2);
        assert_eq!(PolisGroups::new(&BaseClusters::default()).k, 0);
    }
}
