//! From positions to opinion groups: clusterings for every k, the choice of k, and the letters.
//!
//! It knows positions of placed people, not their votes. Invariant: with fewer than two eligible
//! groups there is one group of everyone placed (OPINION B4), and the order of people doesn't
//! matter. Continuity with an earlier map (B5) and the bootstrap (B6) come on top of this.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256Plus;

use crate::opinion::groups::clustering::{Clustering, best_of_restarts};
use crate::opinion::groups::grid::Grid;
use crate::opinion::groups::points::WeightedPoints;
use crate::opinion::groups::silhouette::{Silhouette, silhouettes};
use crate::opinion::map::params::GroupingParams;
use crate::opinion::numeric::geometry::{Point, canonical, snapped};
use crate::opinion::numeric::work::{Stopped, Work};

/// One k that was tried.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The number of clusters.
    pub k: usize,
    /// Each placed person's cluster; each is below `k`.
    pub labels: Vec<u8>,
    /// The people of each cluster.
    pub sizes: Vec<u32>,
    /// How well it separates.
    pub silhouette: Silhouette,
    /// Whether each of its groups is large enough.
    pub eligible: bool,
    /// Centres and inertia.
    pub clustering: Clustering,
}

/// The groups of the placed.
#[derive(Clone, Debug, Default)]
pub struct Grouping {
    /// Every k that could be tried, ascending.
    pub candidates: Vec<Candidate>,
    /// The place of the chosen one; `None` when everybody is one group.
    pub chosen: Option<usize>,
    /// Each placed person's group: 0 is the largest, and each is below `k`.
    pub group_of: Vec<u8>,
    /// The number of groups; 0 when nobody is placed.
    pub k: usize,
}

/// Groups people by their positions. `weight` is that of the person at a place.
pub fn group(
    x: &[f64],
    y: &[f64],
    weight: impl Fn(usize) -> f64 + Sync,
    params: &GroupingParams,
    work: &Work<'_>,
) -> Result<Grouping, Stopped> {
    let (x, y) = (all_snapped(x), all_snapped(y));
    let candidates = if x.len() > params.grid_above as usize {
        on_a_grid([&x, &y], weight, params, work)?
    } else {
        point_by_point([&x, &y], weight, params, work)?
    };
    let chosen = choose(&candidates);
    Ok(Grouping { candidates, chosen: None, group_of: vec![0; x.len()], k: usize::from(!x.is_empty()) }
        .showing(chosen))
}

impl Grouping {
    /// The same people in the groups of another candidate, or all in one.
    #[must_use]
    pub fn showing(self, chosen: Option<usize>) -> Self {
        let Some(candidate) = chosen.and_then(|index| self.candidates.get(index)) else {
            let k = usize::from(!self.group_of.is_empty());
            return Self { chosen: None, group_of: vec![0; self.group_of.len()], k, ..self };
        };
        // In range: a label is below `k`, and so many clusters are lettered.
        let group_of_cluster = lettered(candidate);
        let group_of = candidate.labels.iter().map(|label| group_of_cluster[usize::from(*label)]).collect();
        Self { chosen, group_of, k: candidate.k, ..self }
    }

    /// The place of the candidate with so many groups, when it is eligible.
    pub fn eligible_with(&self, k: usize) -> Option<usize> {
        self.candidates.iter().position(|candidate| candidate.k == k && candidate.eligible)
    }

    /// The silhouette that is best among the eligible, or among all when none is.
    pub fn best_silhouette(&self) -> f64 {
        let best = |eligible: bool| {
            let of = self.candidates.iter().filter(|c| c.eligible || !eligible);
            of.map(|c| c.silhouette.mean).fold(f64::NEG_INFINITY, f64::max)
        };
        [best(true), best(false)].into_iter().find(|best| best.is_finite()).unwrap_or(0.0)
    }
}

/// Coordinates whose last bits are gone, so that equal votes are at equal points.
fn all_snapped(values: &[f64]) -> Vec<f64> {
    values.iter().map(|value| snapped(*value)).collect()
}

/// Clusterings for every k, side by side where there are threads.
fn cluster(
    points: &WeightedPoints,
    params: &GroupingParams,
    work: &Work<'_>,
) -> Result<Vec<(usize, Clustering)>, Stopped> {
    let counts: Vec<usize> = params.group_counts().collect();
    let threads = if points.len() < 1000 { 1 } else { work.threads.clamp(1, 8).min(counts.len()).max(1) };
    // The largest k takes longest: each thread gets every so-many-th.
    let shares: Vec<usize> = (0..=threads).collect();
    let found = work.each(&shares, |share| {
        let own = counts.iter().copied().skip(share.start).step_by(threads);
        let found = own.filter(|_| work.go_on().is_ok());
        found.filter_map(|k| Some((k, best_of_restarts(points, k, params)?))).collect::<Vec<_>>()
    });
    work.go_on()?;
    let mut found = found.concat();
    found.sort_by_key(|(k, _)| *k);
    Ok(found)
}

fn point_by_point(
    [x, y]: [&[f64]; 2],
    weight: impl Fn(usize) -> f64,
    params: &GroupingParams,
    work: &Work<'_>,
) -> Result<Vec<Candidate>, Stopped> {
    // In range: x, y and labels are of one length, and `order` and `places` hold places below it.
    let mut order: Vec<(f64, u32)> = (0..x.len()).map(|i| (x[i] * x[i] + y[i] * y[i], i as u32)).collect();
    order.sort_unstable_by(|a, b| {
        let at = |i: u32| [x[i as usize], y[i as usize]];
        a.0.total_cmp(&b.0).then_with(|| canonical(&at(a.1), &at(b.1)))
    });
    let order: Vec<usize> = order.into_iter().map(|(_, person)| person as usize).collect();
    let points: Vec<Point> = order.iter().map(|&i| [x[i], y[i]]).collect();
    let weighted = WeightedPoints::new(order.iter().map(|&i| ([x[i], y[i]], weight(i))));
    let found = cluster(&weighted, params, work)?;
    let labels: Vec<Vec<u8>> =
        found.iter().map(|(_, clustering)| weighted.labels(&clustering.centres)).collect();
    let indices = sample(points.len(), params);
    let weights: Vec<f64> = order.iter().map(|&person| weight(person)).collect();
    let silhouettes = if indices.len() == points.len() {
        silhouettes(&points, |index| weights[index], &labels, work)
    } else {
        let pick = |labels: &Vec<u8>| indices.iter().map(|&index| labels[index]).collect();
        let sampled: Vec<Point> = indices.iter().map(|&index| points[index]).collect();
        let labels = labels.iter().map(pick).collect::<Vec<_>>();
        self::silhouettes(&sampled, |at| weights[indices[at]], &labels, work)
    };
    let in_order = labels.into_iter().map(|labels| {
        let mut by_person = vec![0; labels.len()];
        order.iter().zip(labels).for_each(|(&person, label)| by_person[person] = label);
        by_person
    });
    Ok(candidates(found, in_order.collect(), silhouettes, weight, params))
}

fn on_a_grid(
    [x, y]: [&[f64]; 2],
    weight: impl Fn(usize) -> f64,
    params: &GroupingParams,
    work: &Work<'_>,
) -> Result<Vec<Candidate>, Stopped> {
    // In range: x, y and labels are of one length, and `people` holds places below it.
    let grid = Grid::new(x, y, &weight, params.grid_cells);
    let found = cluster(&grid.points, params, work)?;
    let labels: Vec<Vec<u8>> =
        found.iter().map(|(_, clustering)| nearest(x, y, &clustering.centres, work)).collect();
    work.go_on()?;
    let people = grid.people_at(&sample(x.len(), params), x, y);
    let sampled: Vec<Point> = people.iter().map(|&person| [x[person], y[person]]).collect();
    let pick = |labels: &Vec<u8>| people.iter().map(|&person| labels[person]).collect();
    let picked = labels.iter().map(pick).collect::<Vec<_>>();
    let silhouettes = silhouettes(&sampled, |at| weight(people[at]), &picked, work);
    Ok(candidates(found, labels, silhouettes, weight, params))
}

/// Everybody's nearest centre.
fn nearest(x: &[f64], y: &[f64], centres: &[Point], work: &Work<'_>) -> Vec<u8> {
    const GRAIN: usize = 50_000;
    // In range: `split` cuts up what x holds, and y is as long.
    let parts = work.split(x.len(), GRAIN, |range| {
        let points = x[range.clone()].iter().zip(&y[range]).map(|(x, y)| ([*x, *y], 1.0));
        WeightedPoints::new(points).labels(centres)
    });
    parts.concat()
}

fn candidates(
    found: Vec<(usize, Clustering)>,
    labels: Vec<Vec<u8>>,
    silhouettes: Vec<Silhouette>,
    weight: impl Fn(usize) -> f64,
    params: &GroupingParams,
) -> Vec<Candidate> {
    let all = found.into_iter().zip(labels).zip(silhouettes);
    all.map(|(((k, clustering), labels), silhouette)| {
        let mut sizes = vec![0u32; k];
        let mut weights = vec![0.0; k];
        // In range: a label is the place of one of k centres.
        for (person, label) in labels.iter().enumerate() {
            sizes[usize::from(*label)] += 1;
            weights[usize::from(*label)] += weight(person);
        }
        // Copies that count as one person are no group, however many they are.
        let smallest = params.smallest_group_of(weights.iter().sum());
        let eligible = weights.iter().all(|weight| *weight >= smallest && *weight > 0.0);
        Candidate { k, labels, sizes, silhouette, eligible, clustering }
    })
    .collect()
}

/// The places in canonical order whose silhouettes are computed: all, or a seeded sample.
fn sample(people: usize, params: &GroupingParams) -> Vec<usize> {
    let size = params.silhouette_sample as usize;
    if people <= size {
        return (0..people).collect();
    }
    let mut random = Xoshiro256Plus::seed_from_u64(params.seed);
    let mut sample = rand::seq::index::sample(&mut random, people, size).into_vec();
    sample.sort_unstable();
    sample
}

/// The smallest eligible k whose silhouette is within one standard error of the best eligible.
fn choose(candidates: &[Candidate]) -> Option<usize> {
    let eligible = || candidates.iter().filter(|c| c.eligible);
    let best =
        eligible().max_by(|a, b| a.silhouette.mean.total_cmp(&b.silhouette.mean).then(b.k.cmp(&a.k)))?;
    let enough = best.silhouette.mean - best.silhouette.standard_error;
    candidates.iter().position(|c| c.eligible && c.silhouette.mean >= enough)
}

/// Cluster → group: the largest first; of equally large ones the one further left, then lower.
fn lettered(candidate: &Candidate) -> Vec<u8> {
    // In range: clusters are numbers below k, and there are k centres and k sizes.
    let mut clusters: Vec<usize> = (0..candidate.k).collect();
    let centre = |cluster: usize| candidate.clustering.centres[cluster];
    clusters.sort_by(|&a, &b| {
        let larger = candidate.sizes[b].cmp(&candidate.sizes[a]);
        let [ca, cb] = [centre(a), centre(b)];
        larger.then(ca[0].total_cmp(&cb[0])).then(ca[1].total_cmp(&cb[1])).then(a.cmp(&b))
    });
    let mut group_of = vec![0; candidate.k];
    clusters.iter().enumerate().for_each(|(group, &cluster)| group_of[cluster] = group as u8);
    group_of
}

/// The mean silhouettes by k, as they are published.
pub fn silhouettes_by_k(grouping: &Grouping) -> BTreeMap<u32, f64> {
    grouping
        .candidates
        .iter()
        .map(|c| (c.k as u32, crate::opinion::numeric::geometry::rounded(c.silhouette.mean)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(at: Point, people: usize, spread: f64) -> impl Iterator<Item = Point> {
        (0..people).map(move |i| {
            let angle = i as f64 * 2.399_963;
            let radius = spread * ((i + 1) as f64 / people as f64).sqrt();
            [at[0] + radius * libm::cos(angle), at[1] + radius * libm::sin(angle)]
        })
    }

    fn grouped(positions: &[Point], params: &GroupingParams) -> Grouping {
        let (x, y): (Vec<f64>, Vec<f64>) = positions.iter().map(|[x, y]| (*x, *y)).unzip();
        group(&x, &y, |_| 1.0, params, &Work::on(2)).expect("it is wanted")
    }

    #[test]
    fn three_blobs_are_three_groups_lettered_by_size() {
        let positions: Vec<Point> = blob([0.0, 0.0], 20, 1.0)
            .chain(blob([9.0, 0.0], 40, 1.0))
            .chain(blob([0.0, 9.0], 30, 1.0))
            .collect();
        let grouping = grouped(&positions, &GroupingParams::default());
        assert_eq!(grouping.k, 3);
        assert!(grouping.group_of[..20].iter().all(|g| *g == 2));
        assert!(grouping.group_of[20..60].iter().all(|g| *g == 0));
        assert!(grouping.group_of[60..].iter().all(|g| *g == 1));
    }

    #[test]
    fn another_number_of_groups_can_be_shown_and_one_as_well() {
        let positions: Vec<Point> = blob([0.0, 0.0], 20, 1.0).chain(blob([9.0, 0.0], 40, 1.0)).collect();
        let grouping = grouped(&positions, &GroupingParams::default());
        let four = grouping.clone().showing(grouping.candidates.iter().position(|c| c.k == 4));
        assert_eq!((four.k, four.group_of.iter().max()), (4, Some(&3)));
        let one = four.showing(None);
        assert_eq!((one.k, one.group_of.iter().max()), (1, Some(&0)));
        assert_eq!(grouping.eligible_with(9), None);
    }

    #[test]
    fn a_group_of_four_is_no_group() {
        let positions: Vec<Point> = blob([0.0, 0.0], 40, 0.1).chain(blob([50.0, 0.0], 4, 0.1)).collect();
        assert_eq!(grouped(&positions, &GroupingParams::default()).eligible_with(2), None);
        let few: Vec<Point> = blob([0.0, 0.0], 4, 0.1).chain(blob([50.0, 0.0], 4, 0.1)).collect();
        let grouping = grouped(&few, &GroupingParams::default());
        assert!(grouping.k == 1 && grouping.candidates.iter().all(|c| !c.eligible));
        assert!(grouping.group_of.iter().all(|g| *g == 0));
    }

    #[test]
    fn the_grid_finds_the_groups_that_the_points_have_in_any_order_on_any_number_of_threads() {
        let mut positions: Vec<Point> =
            blob([0.0, 0.0], 1700, 1.0).chain(blob([5.0, 1.0], 1500, 1.0)).collect();
        let params = GroupingParams { grid_above: 100, silhouette_sample: 300, ..GroupingParams::default() };
        let (exact, coarse) = (grouped(&positions, &GroupingParams::default()), grouped(&positions, &params));
        assert_eq!(exact.k, 2);
        assert_eq!(exact.group_of, coarse.group_of);
        positions.reverse();
        let (x, y): (Vec<f64>, Vec<f64>) = positions.iter().map(|[x, y]| (*x, *y)).unzip();
        let turned = group(&x, &y, |_| 1.0, &params, &Work::alone()).expect("it is wanted");
        assert_eq!(silhouettes_by_k(&coarse), silhouettes_by_k(&turned));
        assert!(coarse.group_of.iter().eq(turned.group_of.iter().rev()));
    }

    #[test]
    fn nobody_makes_no_group() {
        let grouping = grouped(&[], &GroupingParams::default());
        assert_eq!((grouping.k, grouping.group_of.len()), (0, 0));
    }
}
