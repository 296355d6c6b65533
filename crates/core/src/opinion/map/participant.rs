//! A person on the map. Never public.

use serde::{Deserialize, Serialize};

use crate::domain::ParticipantNumber;
use crate::opinion::numeric::geometry::rounded;

/// A participant with at least one vote. Never public.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(from = "FlatParticipant", into = "FlatParticipant")]
pub struct MapParticipant {
    /// Their number.
    pub id: ParticipantNumber,
    /// Their current votes, those on rejected and meta statements included.
    pub votes: u32,
    /// Where they are on the map; `None` when they aren't placed.
    pub placement: Option<Placement>,
    /// Nearly always the same answer: may not have read the statements.
    pub straight_liner: bool,
    /// Left out of the map by hand.
    pub excluded: bool,
}

/// Somebody's place on the map.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Placement {
    /// The position.
    pub at: [f64; 2],
    /// How far the position may be off, because they have not voted on everything; not a number in
    /// the preset `polis`, which does not say.
    pub radius: f32,
    /// The group: below the number of groups of the map.
    pub group: u32,
}

impl MapParticipant {
    /// Their position.
    pub fn position(&self) -> Option<[f64; 2]> {
        self.placement.map(|placement| placement.at)
    }

    /// Their group.
    pub fn group(&self) -> Option<u32> {
        self.placement.map(|placement| placement.group)
    }
}

/// A participant as the JSON has it.
#[derive(Serialize, Deserialize)]
struct FlatParticipant {
    id: ParticipantNumber,
    votes: u32,
    x: Option<f64>,
    y: Option<f64>,
    radius: Option<f64>,
    group: Option<u32>,
    straight_liner: bool,
    excluded: bool,
}

impl From<MapParticipant> for FlatParticipant {
    fn from(participant: MapParticipant) -> Self {
        let MapParticipant { id, votes, placement, straight_liner, excluded } = participant;
        Self {
            id,
            votes,
            x: placement.map(|placement| placement.at[0]),
            y: placement.map(|placement| placement.at[1]),
            radius: placement
                .map(|placement| rounded(f64::from(placement.radius)))
                .filter(|radius| radius.is_finite()),
            group: placement.map(|placement| placement.group),
            straight_liner,
            excluded,
        }
    }
}

impl From<FlatParticipant> for MapParticipant {
    fn from(flat: FlatParticipant) -> Self {
        let FlatParticipant { id, votes, x, y, radius, group, straight_liner, excluded } = flat;
        let placement = x.zip(y).zip(group).map(|((x, y), group)| Placement {
            at: [x, y],
            radius: radius.map_or(f32::NAN, |radius| radius as f32),
            group,
        });
        Self { id, votes, placement, straight_liner, excluded }
    }
}
