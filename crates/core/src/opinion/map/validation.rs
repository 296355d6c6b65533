//! What was found out about a map's groups and statements: are the groups real, what would be found again,
//! and which statements bridge. A status of the map, never another partition. Plain data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::direction::Direction;
use crate::domain::StatementNumber;

/// Whether the groups are to be believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// They are more than chance makes, and would be found again.
    Clear,
    /// Only one of the two.
    Fragile,
    /// Neither: the map is shown without groups.
    NoClearGroups,
}

/// Where the groups are in other samples of the same public.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BootstrapSummary {
    /// Resamples of people.
    pub resamples: u32,
    /// The median adjusted Rand index of their groups with the map's.
    pub median_ari: f64,
    /// The share of resamples with so many groups.
    pub k: BTreeMap<u32, f64>,
}

/// What chance makes of the same participation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NullSummary {
    /// Shufflings of the votes within each statement.
    pub shuffles: u32,
    /// The best silhouette of the map.
    pub silhouette: f64,
    /// The best silhouette that 95 % of the shuffles do not exceed.
    pub silhouette_95: f64,
    /// The share of shuffles whose best silhouette is at least the map's.
    pub share_at_least: f64,
}

/// The factorisation that assumes no groups.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BridgingSummary {
    /// The mean vote, agree 1, pass ½, disagree 0.
    pub mean: f64,
    /// Sweeps over the votes.
    pub sweeps: u32,
    /// Whether it settled within the cap on sweeps.
    pub converged: bool,
}

/// One live statement.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct StatementValidation {
    /// Its number.
    pub id: StatementNumber,
    /// Votes on it, passes included.
    pub seen: u32,
    /// Its bridging score: how far people agree with it who disagree otherwise.
    pub bridging: f64,
    /// How far it divides the public, whatever the groups.
    pub divisiveness: f64,
    /// How far the groups' mean votes are apart at most, 0 … 1.
    pub gap: f64,
    /// The share of resamples in which it is an agreement across groups.
    pub consensus_agree: f64,
    /// The share of resamples in which it is a disagreement across groups.
    pub consensus_disagree: f64,
}

/// A representative statement of the map.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RepresentativeValidation {
    /// The group.
    pub group: u32,
    /// The statement.
    pub statement: StatementNumber,
    /// Its side.
    pub direction: Direction,
    /// The share of resamples in which it is representative of the group that is this one there.
    pub inclusion: f64,
    /// Whether it is more than chance makes at its rank.
    pub strong: bool,
}

/// Everything that comes after a map.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Validation {
    /// Whether the groups are to be believed.
    pub status: Status,
    /// Resamples.
    pub bootstrap: BootstrapSummary,
    /// Shuffles.
    pub null: NullSummary,
    /// The factorisation.
    pub bridging: BridgingSummary,
    /// The live statements, by number.
    pub statements: Vec<StatementValidation>,
    /// The map's representative statements.
    pub representative: Vec<RepresentativeValidation>,
}

/// Votes from which a statement's place among the others says something.
const WELL_KNOWN: u32 = 30;

impl Validation {
    /// The statements with enough votes to be listed by their scores.
    pub fn well_known(&self) -> Vec<&StatementValidation> {
        self.statements.iter().filter(|statement| statement.seen >= WELL_KNOWN).collect()
    }
}
