//! The map as everybody may see it. PURE.

use super::crowds::{Crowd, crowds};
use super::shares;
use crate::domain::ParticipantNumber;
use crate::opinion::numeric::geometry::Point;
use crate::opinion::{Group, MapNote, OpinionMap};

/// People placed before a map is shown.
pub const MAP_FROM_PLACED: u32 = 7;

/// The map for everybody: groups and crowds, never a person.
#[derive(Clone, PartialEq, Debug)]
pub struct SharedMap {
    /// People on the map.
    pub placed: u32,
    /// People missing until it is shown; until then there is nothing in it.
    pub missing: u32,
    /// The groups that may be shown, by letter; none when chance makes as good ones.
    pub groups: Vec<SharedGroup>,
    /// Where people stand.
    pub crowds: Vec<Crowd>,
    /// People drawn who have voted too little to tell which group is theirs.
    pub unsure: u32,
    /// Groups that are too small to be shown.
    pub hidden_groups: usize,
    /// What a reader must know before reading it.
    pub note: Option<MapNote>,
    /// The number of groups that may be shown soon instead.
    pub settling: Option<u32>,
    /// How much of the votes' variance its two directions show, in percent.
    pub explained_percent: u32,
    /// How well the groups are told apart, −1 to 1.
    pub silhouette: Option<f64>,
}

/// A group that is large enough to be shown.
#[derive(Clone, PartialEq, Debug)]
pub struct SharedGroup {
    /// Its index in the map.
    pub id: u32,
    /// Its letter's place in the alphabet: A is 0, AA is 26.
    pub letter: u32,
    /// Its letter.
    pub label: String,
    /// Its people.
    pub size: u32,
    /// Its share of everybody placed, in whole percents.
    pub percent: u32,
    /// The mean position of its people.
    pub centre: Point,
}

impl SharedMap {
    /// What may be shown of a map. It is not `divided` when its groups are no more than chance makes.
    pub fn new(map: &OpinionMap, divided: bool, min: u32) -> Self {
        let placed = map.counts.placed;
        let missing = MAP_FROM_PLACED.saturating_sub(placed);
        let crowds = if missing == 0 { crowds(map, min, divided) } else { Vec::new() };
        let groups = if missing == 0 { public_groups(map, divided, min) } else { Vec::new() };
        let sizes: Vec<u32> = groups.iter().map(|group| group.size).collect();
        let groups = groups.iter().zip(size_percents(&sizes, placed)).map(|(group, percent)| SharedGroup {
            id: group.id,
            letter: letter_index(&group.label),
            label: group.label.clone(),
            size: group.size,
            percent,
            centre: group.centre,
        });
        let groups: Vec<SharedGroup> = groups.collect();
        Self {
            placed,
            missing,
            hidden_groups: if divided && missing == 0 { map.groups.len() - groups.len() } else { 0 },
            groups,
            unsure: crowds.iter().map(|crowd| crowd.unsure).sum(),
            crowds,
            note: map.note,
            settling: map.k.settling,
            explained_percent: (map.pca.explained_variance_ratio.iter().sum::<f64>() * 100.0).round() as u32,
            silhouette: map.k.silhouette.get(&map.k.chosen).copied(),
        }
    }

    /// The letter's place in the alphabet of a group that crowds stand for; A where none is shown.
    pub fn letter_of(&self, group: u32) -> u32 {
        self.groups.iter().find(|shown| shown.id == group).map_or(0, |shown| shown.letter)
    }
}

/// The groups that may be shown, by letter; none when they are no more than chance makes.
pub(super) fn public_groups(map: &OpinionMap, divided: bool, min: u32) -> Vec<&Group> {
    let is_shown = |group: &&Group| divided && group.size >= min;
    let mut groups: Vec<&Group> = map.groups.iter().filter(is_shown).collect();
    groups.sort_by_key(|group| letter_index(&group.label));
    groups
}

/// The shares of groups of these sizes among everybody placed, in whole percents. Those who are in no group
/// that is shown are one part more.
pub(super) fn size_percents(sizes: &[u32], placed: u32) -> Vec<u32> {
    let rest = placed.saturating_sub(sizes.iter().sum());
    let mut shares = shares::percents(&[sizes, &[rest]].concat());
    shares.truncate(sizes.len());
    shares
}

/// A letter's place in the alphabet, which gives the group its colour: A is 0, Z is 25, AA is 26.
pub fn letter_index(label: &str) -> u32 {
    let letter = |byte: u8| u32::from(byte.to_ascii_uppercase().saturating_sub(b'A')) + 1;
    label
        .bytes()
        .fold(0u32, |index, byte| index.saturating_mul(26).saturating_add(letter(byte)))
        .saturating_sub(1)
}

/// Where somebody stands. For themselves only.
#[derive(Clone, PartialEq, Debug)]
pub struct OwnPlacement {
    /// The position.
    pub at: Point,
    /// How far it may be off, because they have not voted on everything.
    pub radius: f32,
    /// The letter of their group; `None` where it is not shown.
    pub group: Option<String>,
}

impl OwnPlacement {
    /// Where a participant stands; `None` until they are placed.
    pub fn of(map: &OpinionMap, participant: ParticipantNumber, divided: bool, min: u32) -> Option<Self> {
        let placement = map.participant(participant)?.placement?;
        let group = map.group_of(participant).filter(|group| divided && group.size >= min);
        Some(Self {
            at: placement.at,
            radius: placement.radius,
            group: group.map(|group| group.label.clone()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_counted_as_they_are_given() {
        for index in [0, 4, 25, 26, 51, 52, 701, 702] {
            assert_eq!(letter_index(&crate::opinion::label(index)), index);
        }
    }
}
