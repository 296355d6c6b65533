//! Every stage of Polis's pipeline, from votes to priorities.

use std::collections::BTreeMap;

use super::clusters::{BaseClusters, PolisGroups};
use super::repness::{self, ConsensusEntry, RepnessEntry};
use super::routing;
use super::votes::PolisVotes;
use crate::domain::{ParticipantNumber, StatementNumber, Tally};
use crate::opinion::axes::projection::{Centring, Projection, project};
use crate::opinion::map::params::ProjectionParams;
use crate::opinion::numeric::geometry::Point;
use crate::opinion::numeric::work::{Stopped, Work};
use crate::opinion::votes::input::Votes;
use crate::opinion::votes::vote_matrix::VoteMatrix;

/// Votes before somebody is clustered.
const CLUSTERED_FROM: usize = 7;
/// The fewest people who are clustered, as long as there are so many.
const AT_LEAST: usize = 15;
/// Eigenpairs to as many digits as there are: Polis's hundred iterations end there.
const RESIDUAL: f64 = 1e-13;
const MOST_PASSES: u32 = 400;

/// Every stage of Polis's pipeline, unrounded.
#[derive(Clone, Debug)]
pub struct PolisResult {
    /// The votes as Polis has them.
    pub votes: PolisVotes,
    /// Means and components of the columns that are not moderated out.
    pub projection: Projection,
    /// Each row's position.
    pub positions: Vec<Point>,
    /// Rows that are clustered, in the order of rows.
    pub clustered: Vec<usize>,
    /// Level one.
    pub base: BaseClusters,
    /// Level two.
    pub groups: PolisGroups,
    /// The people of each group; each row's group.
    pub group_of_row: Vec<Option<usize>>,
    /// Votes of each group on each column, from the raw matrix.
    pub group_votes: Vec<Vec<Tally>>,
    /// Representative statements, group by group.
    pub repness: Vec<Vec<RepnessEntry>>,
    /// The majority's agreements and disagreements.
    pub consensus: [Vec<ConsensusEntry>; 2],
    /// Group-informed consensus of each column: the product over groups.
    pub group_informed: Vec<f64>,
    /// Where somebody would be who only agreed with a column's statement.
    pub statement_positions: Vec<Point>,
    /// Each column's priority.
    pub priorities: Vec<f64>,
}

/// Where groups come from.
pub enum GroupSource<'a> {
    /// Polis's own two levels of k-means.
    Clustering,
    /// From outside: places, ages, another clustering. Numbers are group numbers.
    Given(&'a BTreeMap<ParticipantNumber, usize>),
}

impl PolisResult {
    /// Computes every stage.
    pub fn new(votes: &Votes, source: &GroupSource<'_>, work: &Work<'_>) -> Result<Self, Stopped> {
        let polis = PolisVotes::new(votes);
        let projection = project_votes(votes, work)?;
        let positions = positions(&polis, &projection);
        let clustered = clustered(&polis);
        // In range: who is clustered is a row, and each row has a position.
        let points: Vec<Point> = clustered.iter().map(|&row| positions[row]).collect();
        let base = BaseClusters::new(&points);
        work.go_on()?;
        let (groups, group_of_row) = match source {
            GroupSource::Clustering => {
                let groups = PolisGroups::new(&base);
                let mut group_of_row = vec![None; polis.rows()];
                // In range: silhouettes are numbers, so that some k is best and a base cluster has a group.
                for (member, base_cluster) in base.cluster_of.iter().enumerate() {
                    group_of_row[clustered[member]] = Some(groups.group_of[*base_cluster]);
                }
                (groups, group_of_row)
            }
            GroupSource::Given(given) => {
                let group_of_row: Vec<Option<usize>> =
                    polis.participants.iter().map(|p| given.get(p).copied()).collect();
                let k = group_of_row.iter().flatten().map(|group| group + 1).max().unwrap_or(0);
                (PolisGroups { k, group_of: Vec::new(), silhouettes: BTreeMap::new() }, group_of_row)
            }
        };
        Ok(Self::described(polis, projection, positions, clustered, base, groups, group_of_row))
    }

    /// What follows from the groups.
    fn described(
        votes: PolisVotes,
        projection: Projection,
        positions: Vec<Point>,
        clustered: Vec<usize>,
        base: BaseClusters,
        groups: PolisGroups,
        group_of_row: Vec<Option<usize>>,
    ) -> Self {
        let group_votes = votes.tallies_by_group(&group_of_row, groups.k);
        let columns = votes.statements.len();
        // In range: `place` is a place in `live`, and means and components are as long.
        let statement_positions: Vec<Point> = (0..columns)
            .map(|column| {
                let index =
                    projection.centring.live.iter().position(|&live| votes.live_column(live) == Some(column));
                let scale = (columns as f64).sqrt();
                index.map_or([0.0; 2], |index| {
                    let reach = scale * (1.0 - projection.centring.means[index]);
                    [reach * projection.components[0][index], reach * projection.components[1][index]]
                })
            })
            .collect();
        Self {
            repness: repness::repness(&votes, &group_votes),
            consensus: repness::consensus(&votes),
            group_informed: (0..columns).map(|column| group_informed(&group_votes, column)).collect(),
            priorities: routing::priorities(&votes, &group_votes, &statement_positions),
            statement_positions,
            votes,
            projection,
            positions,
            clustered,
            base,
            groups,
            group_of_row,
            group_votes,
        }
    }
}

/// Components of all rows, the moderated-out columns left out: they are zero in Polis.
fn project_votes(votes: &Votes, work: &Work<'_>) -> Result<Projection, Stopped> {
    let matrix = VoteMatrix::new(votes);
    let masses: Vec<f64> = matrix.counts(None, work).into_iter().map(f64::from).collect();
    let centring = Centring::new(&matrix, &masses, matrix.rows() as f64);
    let params = ProjectionParams {
        pca_residual: RESIDUAL,
        pca_max_passes: MOST_PASSES,
        ..ProjectionParams::default()
    };
    project(&matrix, centring, None, None, &params, work)
}

/// √(C/m) · Σ (vote − mean) · loading; C and m count the moderated-out columns, which everybody
/// seems to have voted on.
fn positions(votes: &PolisVotes, projection: &Projection) -> Vec<Point> {
    let columns = votes.statements.len();
    // In range: a column is below `columns`, `place` is one in `live`, and means and components are as long.
    let mut loadings = vec![None; columns];
    for (index, &live) in projection.centring.live.iter().enumerate() {
        if let Some(column) = votes.live_column(live) {
            loadings[column] = Some(index);
        }
    }
    let moderated_out = votes.moderated_out.iter().filter(|out| **out).count();
    let one = |row: &Vec<(usize, i8)>| {
        let (mut sum, mut seen) = ([0.0; 2], moderated_out);
        for (column, vote) in row {
            if let Some(index) = loadings[*column] {
                let centred = f64::from(*vote) - projection.centring.means[index];
                sum[0] += centred * projection.components[0][index];
                sum[1] += centred * projection.components[1][index];
                seen += 1;
            }
        }
        let scale = (columns as f64 / seen.max(1) as f64).sqrt();
        sum.map(|sum| scale * sum)
    };
    votes.by_row.iter().map(one).collect()
}

/// Rows with seven votes (or on every statement); topped up to fifteen with those who have most.
fn clustered(votes: &PolisVotes) -> Vec<usize> {
    let needed = CLUSTERED_FROM.min(votes.statements.len());
    // In range: `order` has the rows and no others.
    let mut order: Vec<usize> = (0..votes.rows()).collect();
    let mut clustered: Vec<usize> =
        order.iter().copied().filter(|&r| votes.by_row[r].len() >= needed).collect();
    if clustered.len() < AT_LEAST {
        order.sort_by_key(|&row| std::cmp::Reverse(votes.by_row[row].len()));
        clustered = order.into_iter().take(AT_LEAST).collect();
        clustered.sort_unstable();
    }
    clustered
}

/// Π over groups of (agrees + 1)/(votes + 2).
fn group_informed(group_votes: &[Vec<Tally>], column: usize) -> f64 {
    let share = |tally: &Tally| (f64::from(tally.agree) + 1.0) / (f64::from(tally.seen()) + 2.0);
    // In range: callers know a column of the votes.
    group_votes.iter().map(|votes| share(&votes[column])).product()
}

/// A statement's number by its column.
impl PolisResult {
    /// The statement of a column.
    pub fn statement(&self, column: usize) -> StatementNumber {
        self.votes.statements[column]
    }
}
