//! A picture of the map without identities: how many people of each group stand where.

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
    let shown: Vec<bool> = map.groups.iter().map(|group| group.size >= privacy_min).collect();
    let people = || map.placed().filter(|(_, group)| shown.get(*group as usize) == Some(&true));
    let mut low = [f64::INFINITY; 2];
    let mut high = [f64::NEG_INFINITY; 2];
    for (position, _) in people() {
        for axis in 0..2 {
            low[axis] = low[axis].min(position[axis]);
            high[axis] = high[axis].max(position[axis]);
        }
    }
    if low[0] > high[0] {
        return Vec::new();
    }
    let cells = cells.clamp(1, 1024);
    let extent = (high[0] - low[0]).max(high[1] - low[1]);
    let side = if extent > 0.0 { extent / cells as f64 } else { 1.0 };
    let groups = shown.len();
    let mut counts = vec![0u32; cells * cells * groups];
    for (position, group) in people() {
        let index = |axis: usize| (((position[axis] - low[axis]) / side) as usize).min(cells - 1);
        counts[(index(0) * cells + index(1)) * groups + group as usize] += 1;
    }
    let centre = |cell: usize, axis: usize| rounded(low[axis] + (cell as f64 + 0.5) * side);
    let occupied = counts.into_iter().enumerate().filter(|(_, people)| *people > 0);
    occupied
        .map(|(at, people)| {
            let (cell, group) = (at / groups, (at % groups) as u32);
            Cell { x: centre(cell / cells, 0), y: centre(cell % cells, 1), group, people }
        })
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
