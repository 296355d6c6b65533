//! The parameters of a map: published with it, so that a stranger can compute it again.
//!
//! [`Params::default`] is the preset `boule` (OPINION, Part B). The other preset, `polis`
//! (Part A), has its constants in [`crate::opinion::polis`], since they are not to be changed.
//!
//! They come in groups, one for each step, and are checked once: nothing is computed but with
//! [`CheckedParams`](super::checked_params::CheckedParams), so no step asks again whether its numbers make sense.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::domain::ParticipantNumber;

/// A named set of formulas.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// Boule's own (OPINION, Part B).
    #[default]
    Boule,
    /// What Polis computes (OPINION, Part A).
    Polis,
}

/// Every constant that a map depends on, by the step that uses it.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Params {
    /// Who is placed, and the axes.
    #[serde(flatten)]
    pub projection: ProjectionParams,
    /// The groups.
    #[serde(flatten)]
    pub grouping: GroupingParams,
    /// What is said of statements and groups.
    #[serde(flatten)]
    pub findings: FindingParams,
    /// How much each person counts.
    #[serde(flatten)]
    pub people: PeopleParams,
    /// Whether the groups are real.
    #[serde(flatten)]
    pub validation: ValidationParams,
    /// Bridging.
    #[serde(flatten)]
    pub bridging: BridgingParams,
}

/// Who is placed, and the axes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ProjectionParams {
    /// Votes on live statements before a person is placed (fewer when there are fewer statements).
    pub placement_votes: u32,
    /// PCA: residual of an eigenpair at which it counts as converged, relative to the largest
    /// eigenvalue (and to the gap to the next one, so that positions are as exact).
    pub pca_residual: f64,
    /// PCA: most passes over the votes; each multiplies two vectors.
    pub pca_max_passes: u32,
}

/// The groups.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct GroupingParams {
    /// The fewest groups tried.
    pub k_min: u32,
    /// The most groups tried.
    pub k_max: u32,
    /// Seeded k-means++ starts for each k.
    pub restarts: u32,
    /// Start number `r` of `k` groups is seeded with `seed + k + r`.
    pub seed: u64,
    /// Lloyd's iteration stops when the inertia changes by less than this share of itself.
    pub inertia_tolerance: f64,
    /// Above this many placed people, positions are clustered on a grid.
    pub grid_above: u32,
    /// The grid's cells along each axis.
    pub grid_cells: u32,
    /// Silhouettes are exact up to this many people, else those of a seeded sample of this size.
    pub silhouette_sample: u32,
    /// Fewer people than this are no group …
    pub group_min: u32,
    /// … nor is a smaller share of the placed than this.
    pub group_min_share: f64,
}

/// What is said of statements and groups.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct FindingParams {
    /// Groups below this size are marked `below_threshold`.
    pub privacy_min: u32,
    /// The normal quantile of the Wilson intervals; 1.6448536 gives 90 %.
    pub wilson_z: f64,
    /// Benjamini–Hochberg: the share of false discoveries among representative statements.
    pub bh_rate: f64,
    /// The most representative statements of a group.
    pub representative_max: u32,
    /// The most consensus statements on each side.
    pub consensus_max: u32,
    /// Votes that a statement needs in every group before it can be a consensus statement; also
    /// the exposure that routing tries to reach.
    pub exposure_votes: u32,
    /// How much the exposure floor lifts the priority of a statement that a group hasn't seen.
    pub exposure_boost: f64,
}

/// How much each person counts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PeopleParams {
    /// Whether c identical rows of at least `copy_votes` votes count as √c people in the map's
    /// geometry (not in counts).
    pub weigh_copies: bool,
    /// Votes from which identical rows are copies.
    pub copy_votes: u32,
    /// People whose votes count nowhere.
    pub excluded: Vec<ParticipantNumber>,
    /// Votes from which somebody can be a straight-liner …
    pub straight_votes: u32,
    /// … when this share of them is the same answer.
    pub straight_share: f64,
}

/// Whether the groups are real.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ValidationParams {
    /// Resamples of people that the bootstrap draws.
    pub resamples: u32,
    /// Shufflings of votes within statements that groups are held against.
    pub shuffles: u32,
}

/// Bridging: how each statement stands once the camps are accounted for.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BridgingParams {
    /// The ridge on intercepts.
    #[serde(rename = "bridging_intercepts")]
    pub on_intercepts: f64,
    /// The ridge on factors.
    #[serde(rename = "bridging_factors")]
    pub on_factors: f64,
    /// Most sweeps over the votes.
    #[serde(rename = "bridging_sweeps")]
    pub sweeps: u32,
    /// The change of intercepts at which it is done.
    #[serde(rename = "bridging_tolerance")]
    pub tolerance: f64,
}

/// The year of Cleisthenes' boulē (508/507 BC): any published constant would do.
const SEED: u64 = 508_507;

impl Default for ProjectionParams {
    fn default() -> Self {
        Self { placement_votes: 7, pca_residual: 1e-9, pca_max_passes: 120 }
    }
}

impl Default for GroupingParams {
    fn default() -> Self {
        Self {
            k_min: 2,
            k_max: 5,
            restarts: 10,
            seed: SEED,
            inertia_tolerance: 1e-6,
            grid_above: 5_000,
            grid_cells: 256,
            silhouette_sample: 2_000,
            group_min: 5,
            group_min_share: 0.02,
        }
    }
}

impl Default for FindingParams {
    fn default() -> Self {
        Self {
            privacy_min: 5,
            wilson_z: 1.644_853_6,
            bh_rate: 0.10,
            representative_max: 5,
            consensus_max: 10,
            exposure_votes: 7,
            exposure_boost: 4.0,
        }
    }
}

impl Default for PeopleParams {
    fn default() -> Self {
        Self {
            weigh_copies: false,
            copy_votes: 7,
            excluded: Vec::new(),
            straight_votes: 15,
            straight_share: 0.95,
        }
    }
}

impl Default for ValidationParams {
    fn default() -> Self {
        Self { resamples: 100, shuffles: 50 }
    }
}

impl Default for BridgingParams {
    fn default() -> Self {
        Self { on_intercepts: 0.15, on_factors: 0.03, sweeps: 60, tolerance: 1e-6 }
    }
}

impl GroupingParams {
    /// The smallest size of a group among `placed` people.
    pub fn smallest_group(&self, placed: usize) -> f64 {
        self.smallest_group_of(placed as f64)
    }

    /// The same where people weigh more or less than one.
    pub fn smallest_group_of(&self, weight: f64) -> f64 {
        f64::from(self.group_min).max(self.group_min_share * weight)
    }

    /// The numbers of groups tried.
    pub fn group_counts(&self) -> RangeInclusive<usize> {
        (self.k_min as usize)..=(self.k_max as usize)
    }
}

impl PeopleParams {
    /// Whether everybody counts as one person.
    pub fn count_everybody_once(&self) -> bool {
        !self.weigh_copies && self.excluded.is_empty()
    }
}
