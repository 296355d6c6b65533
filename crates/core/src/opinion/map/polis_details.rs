//! What Polis publishes beside a map. Plain data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{ParticipantNumber, StatementNumber};

/// What Polis publishes beside the map.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PolisDetails {
    /// Level one of the clustering.
    pub base_clusters: Vec<PolisBaseCluster>,
    /// The grouped people and where they stand in their groups.
    pub participants: Vec<PolisParticipant>,
    /// Each group's best agreement, as the statement's number.
    pub best_agree: BTreeMap<u32, StatementNumber>,
}

/// People who stand near one another.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PolisBaseCluster {
    /// Its centre.
    pub centre: [f64; 2],
    /// Its people.
    pub members: Vec<ParticipantNumber>,
    /// Its group.
    pub group: Option<u32>,
}

/// A grouped person (OPINION §10).
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct PolisParticipant {
    /// Their number.
    pub id: ParticipantNumber,
    /// Their votes.
    pub n_votes: u32,
    /// 1 − the distance from the middle of all.
    pub centricness: f64,
    /// 1 − the distance from the middle of their group.
    pub coreness: f64,
    /// How far they are beyond their group's middle, away from the middle of all.
    pub extremeness: f64,
}
