//! Are the groups more than chance makes? (OPINION B6b)
//!
//! Within each statement the votes are shuffled among those who cast them: who voted on what stays,
//! and with it every mean, but nothing that people have in common is left. The same steps then find
//! groups where there are none. What they find is what chance makes.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;

use crate::domain::StatementNumber;
use crate::opinion::findings::representative::strengths;
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::numeric::compare::quantile;
use crate::opinion::numeric::work::{Stopped, Work};
use crate::opinion::pipeline::stages::{Stages, axes, group_of_rows, live_tallies, place_and_group};
use crate::opinion::validation::rounds::rounds;
use crate::opinion::votes::tallies::GroupTallies;
use crate::opinion::votes::vote_matrix::VoteMatrix;

/// What chance makes of the same participation.
#[derive(Clone, Debug, Default)]
pub struct NullModel {
    /// The best silhouette of each shuffle.
    pub silhouettes: Vec<f64>,
    /// For each rank, what a pair of statement and group of that rank exceeds in 5 % of shuffles.
    pub thresholds: Vec<f64>,
}

impl NullModel {
    /// The share of shuffles whose best silhouette is at least this; 1 without shuffles.
    pub fn share_at_least(&self, silhouette: f64) -> f64 {
        if self.silhouettes.is_empty() {
            return 1.0;
        }
        let reached = self.silhouettes.iter().filter(|found| **found >= silhouette).count();
        reached as f64 / self.silhouettes.len() as f64
    }

    /// The pairs of these groups that are above what chance makes at their rank.
    pub fn strong(&self, strengths: &[Vec<(StatementNumber, f64)>]) -> Vec<(u8, StatementNumber)> {
        let pairs = strengths.iter().enumerate().flat_map(|(group, pairs)| {
            pairs.iter().map(move |(statement, strength)| (*strength, group as u8, *statement))
        });
        let mut pairs: Vec<_> = pairs.collect();
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let above = pairs.iter().enumerate().filter(|(rank, (strength, ..))| {
            self.thresholds.get(*rank).is_none_or(|threshold| strength > threshold)
        });
        above.map(|(_, (_, group, statement))| (*group, *statement)).collect()
    }
}

const SEEDS: u64 = 2_000_003;
/// How exact the axes of a shuffle are. Noise has no clear axes: more digits would take passes for
/// nothing, and another pair of axes of noise is as good.
const RESIDUAL: f64 = 1e-3;
const MOST_PASSES: u32 = 40;

/// Computes `params.shuffles` maps of shuffled votes, shared among the threads.
pub fn null_model(
    matrix: &VoteMatrix,
    stages: &Stages,
    params: &CheckedParams,
    work: &Work<'_>,
) -> Result<NullModel, Stopped> {
    let found = rounds(params.validation.shuffles, matrix, stages, work, |number, people, work| {
        shuffle(matrix, stages, people, number, params, work)
    })?;
    let ranks = found.iter().map(|(_, strengths)| strengths.len()).max().unwrap_or(0);
    let threshold = |rank: usize| {
        let of = |(_, strengths): &(f64, Vec<f64>)| strengths.get(rank).copied().unwrap_or(f64::NEG_INFINITY);
        quantile(&found.iter().map(of).collect::<Vec<_>>(), 0.95)
    };
    Ok(NullModel {
        thresholds: (0..ranks).map(threshold).collect(),
        silhouettes: found.into_iter().map(|(silhouette, _)| silhouette).collect(),
    })
}

/// One shuffle: its best silhouette, and the strengths of its pairs, the strongest first.
fn shuffle(
    matrix: &VoteMatrix,
    stages: &Stages,
    people: &[u32],
    number: u64,
    params: &CheckedParams,
    work: &Work<'_>,
) -> Result<(f64, Vec<f64>), Stopped> {
    work.go_on()?;
    let mut random = Xoshiro256Plus::seed_from_u64(params.grouping.seed ^ (SEEDS + number));
    let shuffled = matrix.shuffled(people, |below| random.gen_range(0..below.max(1)));
    let weights = stages.weights.as_deref();
    let coarse = params.coarser(RESIDUAL, MOST_PASSES);
    let (_, projection) = axes(&shuffled, weights, &coarse, work)?;
    let (placed, grouping) = place_and_group(&shuffled, &projection, weights, None, params, work)?;
    let group_of_row = group_of_rows(shuffled.rows(), &placed, &grouping);
    let by_group = GroupTallies::new(shuffled.counts_by_group(&group_of_row, grouping.k, work));
    let tallies = live_tallies(&shuffled, &projection, &by_group);
    let mut found: Vec<f64> = strengths(&tallies, grouping.k).into_iter().flatten().map(|(_, s)| s).collect();
    found.sort_by(|a, b| b.total_cmp(a));
    Ok((grouping.best_silhouette(), found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::pipeline::compute::compute_with;
    use crate::opinion::votes::synthetic::SyntheticPublic;

    #[test]
    fn the_null_model_is_the_same_every_time_and_on_any_number_of_threads() {
        let matrix = SyntheticPublic { participants: 200, statements: 20, density: 0.5, seed: 8 }.matrix();
        let params = CheckedParams::default().validated_by(0, 12).expect("in range");
        let stages = compute_with(&matrix, &params, &Work::alone()).expect("it is wanted").stages;
        let found = null_model(&matrix, &stages, &params, &Work::alone()).expect("it is wanted");
        let shared = null_model(&matrix, &stages, &params, &Work::on(2)).expect("it is wanted");
        assert_eq!((&found.silhouettes, &found.thresholds), (&shared.silhouettes, &shared.thresholds));
        assert!(found.thresholds.is_sorted_by(|a, b| a >= b));
        assert_eq!((found.share_at_least(-1.0), found.share_at_least(1.1)), (1.0, 0.0));
        assert_eq!(NullModel::default().share_at_least(0.9), 1.0, "nothing is known");
    }

    #[test]
    fn a_pair_is_strong_above_what_chance_makes_at_its_rank() {
        let null = NullModel { silhouettes: vec![], thresholds: vec![5.0, 2.0, 1.0] };
        let s = StatementNumber;
        let strengths = [vec![(s(1), 4.0), (s(2), 3.0)], vec![(s(1), 0.5), (s(2), 0.4)]];
        // Ranks: 4.0 against 5.0, 3.0 against 2.0, 0.5 against 1.0; chance has no fourth.
        assert_eq!(null.strong(&strengths), [(0, s(2)), (1, s(2))]);
    }
}
