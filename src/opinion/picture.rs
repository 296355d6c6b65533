//! A picture of the map without identities: how many people of each group stand where.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::geometry::{Point, convex_hull, rounded};
use super::opinion_map::OpinionMap;

/// People of one group in one cell of the picture.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Cell {
    /// The cell's centre, in map units.
    pub x: f64,
    /// The cell's centre, in map units.
    pub y: f64,
    /// The group.
    pub group: u32,
    /// How many of its people are there.
    pub people: u32,
}

/// The map as a density: square cells, `cells` of them along the longer side. Groups with fewer
/// than `privacy_min` people are left out, and don't stretch the picture either.
pub fn picture(map: &OpinionMap, cells: usize, privacy_min: u32) -> Vec<Cell> {
    let shown = |group: u32| map.groups.get(group as usize).is_some_and(|g| g.size >= privacy_min);
    let people: Vec<([f64; 2], u32)> = map.placed().filter(|(_, group)| shown(*group)).collect();
    let Some(&(first, _)) = people.first() else { return Vec::new() };
    let (mut low, mut high) = (first, first);
    for (position, _) in &people {
        for axis in 0..2 {
            low[axis] = low[axis].min(position[axis]);
            high[axis] = high[axis].max(position[axis]);
        }
    }
    let cells = cells.clamp(1, 1024) as f64;
    let extent = (high[0] - low[0]).max(high[1] - low[1]);
    let side = if extent > 0.0 { extent / cells } else { 1.0 };
    let mut counts: BTreeMap<([u32; 2], u32), u32> = BTreeMap::new();
    for (position, group) in &people {
        let index = |axis: usize| ((position[axis] - low[axis]) / side).min(cells - 1.0).max(0.0) as u32;
        *counts.entry(([index(0), index(1)], *group)).or_insert(0) += 1;
    }
    let centre = |cell: u32, axis: usize| rounded(low[axis] + (f64::from(cell) + 0.5) * side);
    counts
        .into_iter()
        .map(|((cell, group), people)| Cell { x: centre(cell[0], 0), y: centre(cell[1], 1), group, people })
        .collect()
}
/// The place of a group's letter in the alphabet, which gives its colour: A is 0. Live maps keep
/// letters with people, so that it is not always the group's own number.
pub fn letter_index(map: &OpinionMap, group: u32) -> u32 {
    let letter = map.groups.get(group as usize).and_then(|group| group.label.bytes().next_back());
    u32::from(letter.unwrap_or(b'A').saturating_sub(b'A'))
}

/// The outline of one group in a picture: the hull of its cells' middles. A map's own hulls have
/// people's exact positions as corners; this is what may be shown to everybody.
pub fn outline(picture: &[Cell], group: u32) -> Vec<Point> {
    let cells = picture.iter().filter(|cell| cell.group == group);
    convex_hull(&cells.map(|cell| [cell.x, cell.y]).collect::<Vec<_>>())
}
