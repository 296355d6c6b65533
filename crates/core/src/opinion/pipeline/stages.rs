//! The middle of every computation: votes to axes, people to places, places to groups, groups to counts.
//!
//! A map, its refresh, a resample and a shuffle go the same way here, with weights, starts and draws of their
//! own.

use crate::domain::{StatementNumber, Tally};
use crate::opinion::axes::placing::Placements;
use crate::opinion::axes::projection::{Centring, Projection, project};
use crate::opinion::groups::grouping::{Grouping, group};
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::map::opinion_map::OpinionMap;
use crate::opinion::numeric::work::{Stopped, Work};
use crate::opinion::votes::rows::{NO_GROUP, ONE, Weight};
use crate::opinion::votes::tallies::GroupTallies;
use crate::opinion::votes::vote_matrix::VoteMatrix;
use crate::opinion::votes::weights::in_groups;

/// A map, and how it came about.
#[derive(Clone, Debug)]
pub struct ComputedMap {
    /// The map.
    pub map: OpinionMap,
    /// What it is made of.
    pub stages: Stages,
}

/// The intermediate values of a map.
#[derive(Clone, Debug)]
pub struct Stages {
    /// The rows' weights, when not all are one person's.
    pub weights: Option<Vec<Weight>>,
    /// People by code.
    pub counts: Vec<u32>,
    /// Means and axes.
    pub projection: Projection,
    /// Who is on the map.
    pub placed: Placements,
    /// The groups, and the clusterings of every k.
    pub grouping: Grouping,
    /// Each row's group, or [`NO_GROUP`].
    pub group_of_row: Vec<u8>,
}

/// People by code, and the axes of their votes.
pub(in crate::opinion) fn axes(
    matrix: &VoteMatrix,
    weights: Option<&[Weight]>,
    params: &CheckedParams,
    work: &Work<'_>,
) -> Result<(Vec<u32>, Projection), Stopped> {
    let counts = matrix.counts(weights, work);
    let centring = centring(matrix, weights, &counts, work);
    let projection = project(matrix, centring, weights, None, &params.projection, work)?;
    Ok((counts, projection))
}

/// Means and live columns, weighed as the rows are.
pub(in crate::opinion) fn centring(
    matrix: &VoteMatrix,
    weights: Option<&[Weight]>,
    counts: &[u32],
    work: &Work<'_>,
) -> Centring {
    match weights {
        None => {
            let masses: Vec<f64> = counts.iter().map(|count| f64::from(*count)).collect();
            Centring::new(matrix, &masses, matrix.rows() as f64)
        }
        Some(weights) => weighed_centring(matrix, weights, work),
    }
}

/// The same by weights alone.
pub(in crate::opinion) fn weighed_centring(
    matrix: &VoteMatrix,
    weights: &[Weight],
    work: &Work<'_>,
) -> Centring {
    let people = |mass: u64| mass as f64 / f64::from(ONE);
    let masses: Vec<f64> = matrix.masses(weights, work).into_iter().map(people).collect();
    Centring::new(matrix, &masses, people(weights.iter().map(|weight| u64::from(*weight)).sum()))
}

/// People with enough votes on live statements get a position, and these are grouped. `times` says
/// how many people each row is, where a sample was drawn; `weights` has that in it.
pub(in crate::opinion) fn place_and_group(
    matrix: &VoteMatrix,
    projection: &Projection,
    weights: Option<&[Weight]>,
    times: Option<&[u32]>,
    params: &CheckedParams,
    work: &Work<'_>,
) -> Result<(Placements, Grouping), Stopped> {
    let needed = (params.projection.placement_votes as usize).min(projection.centring.live.len()).max(1);
    let placed = projection.place(matrix, weights, needed as f64, work);
    work.go_on()?;
    // In range: `group` asks for people in `placed`; weights and times have an entry for each row.
    let weight = |person: usize| {
        let row = placed.rows[person] as usize;
        let times = times.map_or(1, |times| times[row].max(1));
        weights.map_or(1.0, |weights| in_groups(weights[row] / times, &params.people)) * f64::from(times)
    };
    let grouping = group(&placed.x, &placed.y, weight, &params.grouping, work)?;
    Ok((placed, grouping))
}

/// Each row's group, or [`NO_GROUP`].
pub(in crate::opinion) fn group_of_rows(rows: usize, placed: &Placements, grouping: &Grouping) -> Vec<u8> {
    let mut group_of_row = vec![NO_GROUP; rows];
    for (row, group) in placed.rows.iter().zip(&grouping.group_of) {
        if let Some(of_row) = group_of_row.get_mut(*row as usize) {
            *of_row = *group;
        }
    }
    group_of_row
}

/// The live statements with their votes by group.
pub(in crate::opinion) fn live_tallies(
    matrix: &VoteMatrix,
    projection: &Projection,
    by_group: &GroupTallies,
) -> Vec<(StatementNumber, Vec<Tally>)> {
    // In range: live columns are columns of the matrix.
    let live = projection.centring.live.iter();
    live.map(|&column| (matrix.statements()[column].number, by_group.of(column))).collect()
}
