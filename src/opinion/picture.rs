//! A picture of the map without identities: how many people of each group stand where.

use serde::{Deserialize, Serialize};

use super::geometry::{Point, convex_hull, rounded};
use super::map_participant::Place;
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
    /// How many of these have voted too little to tell which group is theirs.
    pub unsure: u32,
}

impl Cell {
    /// Whether most of its people may belong to another group.
    pub fn is_vague(&self) -> bool {
        2 * self.unsure > self.people
    }
}

/// The map as a density: square cells, `cells` of them along the longer side. Groups with fewer
/// than `privacy_min` people are left out, and don't stretch the picture either. When it is not
/// `divided`, everybody is of one group: nothing shows how they were divided.
pub fn picture(map: &OpinionMap, cells: usize, privacy_min: u32, divided: bool) -> Vec<Cell> {
    let enough = |size: u32| size >= privacy_min;
    let shown: Vec<bool> = match divided {
        true => map.groups.iter().map(|group| enough(group.size)).collect(),
        false => vec![enough(map.counts.placed)],
    };
    let as_one = move |place: Place| Place { group: if divided { place.group } else { 0 }, ..place };
    let people = || map.placed().map(as_one).filter(|place| shown.get(place.group as usize) == Some(&true));
    let mut low = [f64::INFINITY; 2];
    let mut high = [f64::NEG_INFINITY; 2];
    for place in people() {
        for axis in 0..2 {
            low[axis] = low[axis].min(place.at[axis]);
            high[axis] = high[axis].max(place.at[axis]);
        }
    }
    if low[0] > high[0] {
        return Vec::new();
    }
    let cells = cells.clamp(1, 1024);
    let extent = (high[0] - low[0]).max(high[1] - low[1]);
    let side = if extent > 0.0 { extent / cells as f64 } else { 1.0 };
    let groups = shown.len();
    let mut counts = vec![[0u32; 2]; cells * cells * groups];
    for place in people() {
        let index = |axis: usize| (((place.at[axis] - low[axis]) / side) as usize).min(cells - 1);
        let [people, unsure] = &mut counts[(index(0) * cells + index(1)) * groups + place.group as usize];
        *people += 1;
        *unsure += u32::from(divided && may_be_elsewhere(map, place));
    }
    let centre = |cell: usize, axis: usize| rounded(low[axis] + (cell as f64 + 0.5) * side);
    let occupied = counts.into_iter().enumerate().filter(|(_, [people, _])| *people > 0);
    occupied
        .map(|(at, [people, unsure])| {
            let (cell, group) = (at / groups, (at % groups) as u32);
            Cell { x: centre(cell / cells, 0), y: centre(cell % cells, 1), group, people, unsure }
        })
        .collect()
}

/// Whether somebody has voted so little that the border to another group, halfway between the two
/// centres, is nearer than their position is certain (OPINION B11).
fn may_be_elsewhere(map: &OpinionMap, place: Place) -> bool {
    let Some(own) = map.groups.get(place.group as usize) else { return false };
    let squared = |a: Point, b: Point| (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2);
    map.groups.iter().filter(|other| other.id != own.id).any(|other| {
        let to_border = (squared(place.at, other.centre) - squared(place.at, own.centre))
            / (2.0 * squared(own.centre, other.centre).sqrt());
        to_border < f64::from(place.radius)
    })
}

/// The place of a group's letter in the alphabet, which gives its colour: A is 0. Live maps keep
/// letters with people, so that it is not always the group's own number.
pub fn letter_index(map: &OpinionMap, group: u32) -> u32 {
    let letter = map.groups.get(group as usize).and_then(|group| group.label.bytes().next_back());
    u32::from(letter.unwrap_or(b'A').saturating_sub(b'A'))
}

/// The outline of one group in a picture: the hull of the middles of its cells, without the vague
/// ones where there are others: who left early is no outlier. A map's own hulls have people's exact
/// positions as corners; this is what may be shown to everybody.
pub fn outline(picture: &[Cell], group: u32) -> Vec<Point> {
    let own = || picture.iter().filter(|cell| cell.group == group);
    let has_clear = own().any(|cell| !cell.is_vague());
    let drawn = own().filter(|cell| !(has_clear && cell.is_vague()));
    convex_hull(&drawn.map(|cell| [cell.x, cell.y]).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::property_tests::votes_from_grid;
    use crate::opinion::{Params, compute};

    #[test]
    fn who_left_early_is_drawn_as_unsure_and_stretches_no_outline() {
        let statements = 24;
        let one = |person: usize, s: usize| match (person < 15) == s.is_multiple_of(2) {
            _ if (person * 5 + s * 3).is_multiple_of(13) => '0',
            true => '+',
            false => '-',
        };
        let mut grid: Vec<String> =
            (0..30).map(|person| (0..statements).map(|s| one(person, s)).collect()).collect();
        // Somebody who only just tends to a side, by seven votes.
        grid.push(format!("+-++-+-{}", ".".repeat(statements - 7)));
        let votes = votes_from_grid(&grid.iter().map(String::as_str).collect::<Vec<_>>());
        let map = compute(&votes, &Params::default());
        assert_eq!(map.groups.len(), 2);
        let cells = picture(&map, 32, 1, true);
        assert_eq!(cells.iter().map(|cell| cell.unsure).sum::<u32>(), 1, "{cells:?}");
        let vague = cells.iter().find(|cell| cell.is_vague()).expect("one is");
        let outlines = [outline(&cells, 0), outline(&cells, 1)].concat();
        assert!(outlines.len() > 3 && !outlines.contains(&[vague.x, vague.y]));
        let undivided = picture(&map, 32, 1, false);
        assert!(undivided.iter().all(|cell| (cell.group, cell.unsure) == (0, 0)));
        assert_eq!(undivided.iter().map(|cell| cell.people).sum::<u32>(), 31);
        let alone = [Cell { unsure: 1, people: 1, ..*vague }];
        assert_eq!(outline(&alone, vague.group), [[vague.x, vague.y]], "a group is never without one");
    }
}
