//! The groups again, by other methods: does a finding hang on the method?
//!
//! Each method is told the number of groups that the map shows, and gets the people who are placed on it.
//! k-means and the Gaussian mixture are linfa's. Invariant: the same votes give the same answer.

use std::collections::HashMap;

use linfa::DatasetBase;
use linfa::traits::{Fit, Predict};
use linfa_clustering::{GaussianMixtureModel, KMeans};
use ndarray::{Array1, Array2};
use rand::SeedableRng;
use rand_xoshiro::Xoshiro256Plus;

use crate::domain::ParticipantNumber;
use crate::opinion::numeric::compare::{adjusted_rand, matched};
use crate::opinion::pipeline::stages::Stages;
use crate::opinion::votes::vote_matrix::VoteMatrix;

/// The most numbers that the votes of everybody placed may be, all statements side by side: 400 MB.
const MOST_NUMBERS: usize = 50_000_000;
/// Starts of each method; the best counts.
const STARTS: usize = 10;

/// Another way to find groups.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    /// k-means on the map's positions, as linfa does it.
    KMeans,
    /// A mixture of Gaussians on the map's positions.
    GaussianMixture,
    /// k-means on the votes themselves, without a projection to two directions. A missing vote is the
    /// statement's mean.
    KMeansOnVotes,
}

impl Method {
    /// All of them.
    pub const ALL: [Method; 3] = [Method::KMeans, Method::GaussianMixture, Method::KMeansOnVotes];
}

/// What a method makes of the people on a map.
#[derive(Clone, PartialEq, Debug)]
pub struct OtherGroups {
    /// The method.
    pub method: Method,
    /// The adjusted Rand index of its groups with the map's: 1 when they are the same.
    pub agreement: f64,
    /// People who are in another group than the one that theirs corresponds to, by number.
    pub moved: Vec<ParticipantNumber>,
}

/// Why a method says nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoGroups {
    /// The map has one group, or none.
    #[error("the map has no groups to compare with")]
    NotDivided,
    /// All votes side by side would fill the memory.
    #[error("there are too many votes for this method")]
    TooLarge,
    /// The method found no answer.
    #[error("the method found no groups")]
    NotFound,
}

/// Finds the groups of a map again.
pub fn other_groups(
    matrix: &VoteMatrix,
    stages: &Stages,
    method: Method,
    seed: u64,
) -> Result<OtherGroups, NoGroups> {
    let (placed, k) = (&stages.placed, stages.grouping.k);
    if k < 2 {
        return Err(NoGroups::NotDivided);
    }
    let random = Xoshiro256Plus::seed_from_u64(seed);
    // In range: `at` is below the number of people in `placed`, and an axis is 0 or 1.
    let positions =
        || Array2::from_shape_fn((placed.len(), 2), |(at, axis)| [&placed.x, &placed.y][axis][at]);
    let found = match method {
        Method::KMeans => k_means(positions(), k, random),
        Method::GaussianMixture => gaussian_mixture(positions(), k, random),
        Method::KMeansOnVotes => k_means(votes(matrix, stages)?, k, random),
    };
    let found = found.ok_or(NoGroups::NotFound)?;
    let theirs: Vec<u8> = found.iter().map(|group| u8::try_from(*group).unwrap_or(u8::MAX)).collect();
    let ours = &stages.grouping.group_of;
    let mut shared: HashMap<(u8, u8), u32> = HashMap::new();
    theirs.iter().zip(ours).for_each(|(theirs, ours)| *shared.entry((*theirs, *ours)).or_default() += 1);
    let same = matched(&shared);
    let people = placed.rows.iter().filter_map(|row| matrix.participants().get(*row as usize));
    let moved =
        people.zip(theirs.iter().zip(ours)).filter(|(_, (theirs, ours))| same.get(theirs) != Some(ours));
    Ok(OtherGroups {
        method,
        agreement: adjusted_rand(ours, &theirs),
        moved: moved.map(|(number, _)| *number).collect(),
    })
}

fn k_means(records: Array2<f64>, k: usize, random: Xoshiro256Plus) -> Option<Array1<usize>> {
    let data = DatasetBase::from(records);
    let model = KMeans::params_with_rng(k, random).n_runs(STARTS).fit(&data).ok()?;
    Some(model.predict(data.records()))
}

fn gaussian_mixture(records: Array2<f64>, k: usize, random: Xoshiro256Plus) -> Option<Array1<usize>> {
    let data = DatasetBase::from(records);
    let params = GaussianMixtureModel::params_with_rng(k, random).n_runs(STARTS as u64);
    let model = params.fit(&data).ok()?;
    Some(model.predict(data.records()))
}

/// The votes of everybody placed on the live statements, around their means; 0 where there is none.
fn votes(matrix: &VoteMatrix, stages: &Stages) -> Result<Array2<f64>, NoGroups> {
    let (rows, centring) = (&stages.placed.rows, &stages.projection.centring);
    if rows.len().saturating_mul(centring.live.len()) > MOST_NUMBERS {
        return Err(NoGroups::TooLarge);
    }
    let mut all = Array2::zeros((rows.len(), centring.live.len()));
    // In range: `at` is a place in `rows`, `place` is one in `live`, and `all` and means are as large.
    for (at, row) in rows.iter().enumerate() {
        for (column, code) in matrix.row(*row as usize) {
            if let Ok(index) = centring.live.binary_search(&column) {
                all[[at, index]] = code as f64 - 1.0 - centring.means[index];
            }
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::votes::input::Votes;
    use crate::opinion::{CheckedParams, Work, compute_with};

    fn of(grid: &[String]) -> (VoteMatrix, Stages) {
        let matrix = VoteMatrix::new(&Votes::drawn(&grid.iter().map(String::as_str).collect::<Vec<_>>()));
        let stages =
            compute_with(&matrix, &CheckedParams::default(), &Work::alone()).expect("it is wanted").stages;
        (matrix, stages)
    }

    #[test]
    fn groups_that_are_plain_are_found_by_every_method() {
        let one = |person: usize, s: usize| match (person < 25) == s.is_multiple_of(2) {
            _ if (person * 5 + s * 3).is_multiple_of(13) => '0',
            true => '+',
            false => '-',
        };
        let (matrix, stages) = of(&(0..45).map(|p| (0..20).map(|s| one(p, s)).collect()).collect::<Vec<_>>());
        assert_eq!(stages.grouping.k, 2);
        for method in Method::ALL {
            let found = other_groups(&matrix, &stages, method, 1).expect("there are groups");
            assert!(found.agreement > 0.9 && found.moved.len() < 3, "{found:?}");
            assert_eq!(other_groups(&matrix, &stages, method, 1), Ok(found), "the same again");
        }
    }

    #[test]
    fn who_is_in_another_group_is_named_and_one_group_is_not_compared() {
        let (matrix, mut stages) =
            of(&(0..40).map(|p| if p < 20 { "+-+-+-+-" } else { "-+-+-+-+" }.to_owned()).collect::<Vec<_>>());
        // As if the map had put two people on the other side.
        for person in [3, 30] {
            stages.grouping.group_of[person] = 1 - stages.grouping.group_of[person];
        }
        let found = other_groups(&matrix, &stages, Method::KMeans, 1).expect("there are groups");
        let moved: Vec<u32> = found.moved.iter().map(|number| number.0).collect();
        assert_eq!(moved, [3, 30]);
        assert!(found.agreement < 0.9);
        stages.grouping.k = 1;
        assert_eq!(other_groups(&matrix, &stages, Method::KMeans, 1), Err(NoGroups::NotDivided));
    }
}
