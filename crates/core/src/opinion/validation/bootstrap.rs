//! Would the groups be found again in another sample of the same public? (OPINION B6a)
//!
//! People are drawn anew, with putting back, and the map of those drawn is computed by the same
//! steps (with axes to five digits, and people drawn twice counted twice). How alike its groups are
//! to the map's, which number of groups it has, and which statements it lists, is counted.

use std::collections::{BTreeMap, HashMap};

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;

use crate::domain::StatementNumber;
use crate::opinion::axes::projection::project;
use crate::opinion::findings::consensus::listed_consensus;
use crate::opinion::findings::representative::representative;
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::map::direction::Direction;
use crate::opinion::numeric::compare::{adjusted_rand, matched, quantile};
use crate::opinion::numeric::geometry::rounded;
use crate::opinion::numeric::work::{Stopped, Work};
use crate::opinion::pipeline::stages::{
    Stages, group_of_rows, live_tallies, place_and_group, weighed_centring,
};
use crate::opinion::validation::rounds::rounds;
use crate::opinion::votes::tallies::GroupTallies;
use crate::opinion::votes::vote_matrix::{NO_GROUP, ONE, VoteMatrix, Weight};

/// What the resamples have in common with the map.
#[derive(Clone, Debug, Default)]
pub struct BootstrapTotals {
    /// Each resample's agreement with the map's groups.
    pub agreements: Vec<f64>,
    /// How many resamples have so many groups.
    pub group_counts: BTreeMap<u32, u32>,
    /// How often a group's statement was representative of it, on this side.
    pub representative: HashMap<(u8, StatementNumber, Direction), u32>,
    /// How often a statement was one of consensus, on this side.
    pub consensus: HashMap<(StatementNumber, Direction), u32>,
}

impl BootstrapTotals {
    /// The median adjusted Rand index; 0 without resamples.
    pub fn median_agreement(&self) -> f64 {
        if self.agreements.is_empty() { 0.0 } else { rounded(quantile(&self.agreements, 0.5)) }
    }
}

/// Seeds of resamples begin here, seeds of starts elsewhere.
const SEEDS: u64 = 1_000_003;
/// How exact the axes of a resample are: far below what sampling itself moves.
const RESIDUAL: f64 = 1e-5;

/// Draws `params.resamples` resamples, shared among the threads.
pub fn bootstrap(
    matrix: &VoteMatrix,
    stages: &Stages,
    params: &CheckedParams,
    work: &Work<'_>,
) -> Result<BootstrapTotals, Stopped> {
    let resamples = rounds(params.validation.resamples, matrix, stages, work, |number, people, work| {
        Resample::draw(matrix, stages, people, number, params, work)
    })?;
    let mut all = BootstrapTotals::default();
    for resample in resamples {
        all.agreements.push(resample.agreement);
        *all.group_counts.entry(resample.k).or_default() += 1;
        resample.representative.into_iter().for_each(|key| *all.representative.entry(key).or_default() += 1);
        resample.consensus.into_iter().for_each(|key| *all.consensus.entry(key).or_default() += 1);
    }
    Ok(all)
}

/// The map of one resample, as far as it is counted.
struct Resample {
    agreement: f64,
    k: u32,
    representative: Vec<(u8, StatementNumber, Direction)>,
    consensus: Vec<(StatementNumber, Direction)>,
}

impl Resample {
    fn draw(
        matrix: &VoteMatrix,
        stages: &Stages,
        people: &[u32],
        number: u64,
        params: &CheckedParams,
        work: &Work<'_>,
    ) -> Result<Self, Stopped> {
        work.go_on()?;
        // In range: `stages` is of this matrix, so that lists by row have every row; a group is below `k`.
        let times = times_drawn(matrix.rows(), people, params.grouping.seed ^ (SEEDS + number));
        let weights: Vec<Weight> = times
            .iter()
            .enumerate()
            .map(|(row, times)| times * stages.weights.as_ref().map_or(ONE, |weights| weights[row]))
            .collect();
        let centring = weighed_centring(matrix, &weights, work);
        // The search begins at the map's own axes, as far as the same columns are live.
        let same = centring.live == stages.projection.centring.live;
        let start = same.then_some(&stages.projection.components);
        let coarse = params.coarser(RESIDUAL, u32::MAX);
        let projection = project(matrix, centring, Some(&weights), start, &coarse.projection, work)?;
        let (placed, grouping) =
            place_and_group(matrix, &projection, Some(&weights), Some(&times), params, work)?;

        let group_of_row = group_of_rows(matrix.rows(), &placed, &grouping);
        let mut both = [Vec::new(), Vec::new()];
        let mut shared: HashMap<(u8, u8), u32> = HashMap::new();
        for (row, group) in placed.rows.iter().zip(&grouping.group_of) {
            let (row, before) = (*row as usize, stages.group_of_row[*row as usize]);
            if before != NO_GROUP {
                both[0].push(before);
                both[1].push(*group);
                *shared.entry((*group, before)).or_default() += times[row];
            }
        }
        let counts = matrix.counts_by_group_times(&group_of_row, grouping.k, |row| times[row], work);
        let by_group = GroupTallies::new(counts);
        let tallies = live_tallies(matrix, &projection, &by_group);
        let mut sizes = vec![0u32; grouping.k];
        placed.rows.iter().zip(&grouping.group_of).for_each(|(row, group)| {
            sizes[usize::from(*group)] += times[*row as usize];
        });
        let mut found = Self {
            agreement: adjusted_rand(&both[0], &both[1]),
            k: grouping.k as u32,
            representative: Vec::new(),
            consensus: Vec::new(),
        };
        let matched = matched(&shared);
        for (group, listed) in representative(&tallies, grouping.k, &params.findings).iter().enumerate() {
            let Some(before) = matched.get(&(group as u8)) else { continue };
            let listed = listed.iter().map(|r| (*before, r.statistics.statement, r.statistics.direction));
            found.representative.extend(listed);
        }
        let consensus = listed_consensus(&tallies, &sizes, params);
        let listed = consensus.agree.iter().chain(&consensus.disagree);
        found.consensus = listed.map(|c| (c.statistics.statement, c.statistics.direction)).collect();
        Ok(found)
    }
}

/// How often each row is drawn in as many draws as there are people.
fn times_drawn(rows: usize, people: &[u32], seed: u64) -> Vec<u32> {
    let mut random = Xoshiro256Plus::seed_from_u64(seed);
    let mut times = vec![0; rows];
    // In range: people are rows, and what is drawn is a place among them.
    for _ in 0..people.len() {
        times[people[random.gen_range(0..people.len())] as usize] += 1;
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::pipeline::compute::compute_with;
    use crate::opinion::votes::input::Votes;

    #[test]
    fn groups_that_are_real_are_found_again_in_every_resample() {
        let grid: Vec<String> = (0..80u32)
            .map(|person| {
                let one = |s: u32| {
                    let own = (person < 45) == s.is_multiple_of(2);
                    if (person * 7 + s * 5).is_multiple_of(11) {
                        '0'
                    } else if own {
                        '+'
                    } else {
                        '-'
                    }
                };
                (0..14).map(one).collect()
            })
            .collect();
        let matrix = VoteMatrix::new(&Votes::drawn(&grid.iter().map(String::as_str).collect::<Vec<_>>()));
        let params = CheckedParams::default().validated_by(20, 0).expect("in range");
        let computed = compute_with(&matrix, &params, &Work::alone()).expect("it is wanted");
        let found = bootstrap(&matrix, &computed.stages, &params, &Work::alone()).expect("it is wanted");
        assert!(found.group_counts[&2] >= 15, "{:?}", found.group_counts);
        assert_eq!(found.median_agreement(), 1.0);
        let first = &computed.map.groups[0].representative[0].statistics;
        assert!(found.representative[&(0, first.statement, first.direction)] > 5);
        let shared = bootstrap(&matrix, &computed.stages, &params, &Work::on(3)).expect("it is wanted");
        assert_eq!(found.agreements, shared.agreements, "threads do not show");
        let unwanted = Work { threads: 1, stop: &|| true };
        assert!(bootstrap(&matrix, &computed.stages, &params, &unwanted).is_err());
    }

    #[test]
    fn as_many_are_drawn_as_there_are_and_nobody_without_a_weight() {
        let matrix = VoteMatrix::new(&Votes::drawn(&["+-", "-+", "--", "++"]));
        let people = matrix.rows_by_content(Some(&[ONE, 0, ONE, ONE]));
        let times = times_drawn(4, &people, 3);
        assert_eq!((times.iter().sum::<u32>(), times[1]), (3, 0));
        assert!(times_drawn(0, &[], 3).is_empty());
    }
}
