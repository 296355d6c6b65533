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
    pub place: Option<Place>,
    /// Nearly always the same answer: may not have read the statements.
    pub straight_liner: bool,
    /// Left out of the map by hand.
    pub excluded: bool,
}

/// Somebody's place on the map.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Place {
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
        self.place.map(|place| place.at)
    }

    /// Their group.
    pub fn group(&self) -> Option<u32> {
        self.place.map(|place| place.group)
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
        let MapParticipant { id, votes, place, straight_liner, excluded } = participant;
        Self {
            id,
            votes,
            x: place.map(|place| place.at[0]),
            y: place.map(|place| place.at[1]),
            radius: place.map(|place| rounded(f64::from(place.radius))).filter(|radius| radius.is_finite()),
            group: place.map(|place| place.group),
            straight_liner,
            excluded,
        }
    }
}

impl From<FlatParticipant> for MapParticipant {
    fn from(flat: FlatParticipant) -> Self {
        let FlatParticipant { id, votes, x, y, radius, group, straight_liner, excluded } = flat;
        let place = x.zip(y).zip(group).map(|((x, y), group)| Place {
            at: [x, y],
            radius: radius.map_or(f32::NAN, |radius| radius as f32),
            group,
        });
        Self { id, votes, place, straight_liner, excluded }
    }
}
