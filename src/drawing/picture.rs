//! The whole picture. PURE.

use super::area::outline;
use super::frame::{Frame, MARGIN, Place, WIDTH, inside};
use super::label::{Side, side, spread};
use super::marks::{BADGE, Mark, make_room, marks, people_per_mark};
use crate::disclosure::{OwnPlacement, SharedGroup, SharedMap};

/// The area of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupArea {
    /// The group's letter's place in the alphabet.
    pub letter: u32,
    /// The `d` of a path.
    pub path: String,
}

/// The marks of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupMarks {
    /// The group's letter's place in the alphabet.
    pub letter: u32,
    /// Where marks stand for people who are surely of it.
    pub solid: Vec<[i32; 2]>,
    /// Where marks stand for people who might be of another.
    pub hollow: Vec<[i32; 2]>,
}

/// A group's letter.
#[derive(Clone, Debug, PartialEq)]
pub struct Badge {
    /// Its place in the alphabet.
    pub letter: u32,
    /// The letter.
    pub label: String,
    /// Its middle.
    pub at: [i32; 2],
}

/// One visitor's own mark. For themselves only.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnMark {
    /// Where it stands.
    pub at: [i32; 2],
    /// How far they may be off.
    pub reach: i32,
    /// Where its label stands.
    pub side: Side,
}

/// The picture of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapDrawing {
    /// How many people a mark stands for.
    pub people_per_mark: u32,
    /// The areas, by letter.
    pub areas: Vec<GroupArea>,
    /// The marks, by letter.
    pub marks: Vec<GroupMarks>,
    /// The letters.
    pub badges: Vec<Badge>,
    frame: Frame,
}

fn whole([x, y]: Place) -> [i32; 2] {
    [x.round() as i32, y.round() as i32]
}

fn exact([x, y]: [i32; 2]) -> Place {
    [f64::from(x), f64::from(y)]
}

impl MapDrawing {
    /// Draws a map.
    pub fn new(map: &SharedMap) -> Self {
        let frame = Frame::of(&map.crowds);
        let people_per_mark = people_per_mark(map.crowds.iter().map(|crowd| crowd.people).sum());
        let mut all = marks(&map.crowds, &frame, people_per_mark);
        let badges = badges(map, &all, &frame);
        let places: Vec<Place> = badges.iter().map(|badge| exact(badge.at)).collect();
        make_room(&mut all, &places);
        // Where no groups are shown, everybody is one crowd without a letter.
        let groups: Vec<(u32, u32)> = match map.groups.is_empty() {
            true => vec![(0, 0)],
            false => map.groups.iter().map(|group| (group.id, group.letter)).collect(),
        };
        let of = |group: u32| all.iter().filter(move |mark| mark.group == group);
        let area = |(group, letter): &(u32, u32)| {
            let letters = badges.iter().filter(|badge| badge.letter == *letter).map(|badge| exact(badge.at));
            let places: Vec<Place> = of(*group).map(|mark| mark.at).chain(letters).collect();
            GroupArea { letter: *letter, path: outline(&places, all.len()) }
        };
        let marks = |(group, letter): &(u32, u32)| {
            let places = |hollow: bool| of(*group).filter(move |mark| mark.hollow == hollow);
            let places = |hollow| places(hollow).map(|mark| whole(mark.at)).collect();
            GroupMarks { letter: *letter, solid: places(false), hollow: places(true) }
        };
        Self {
            people_per_mark,
            areas: groups.iter().map(area).collect(),
            marks: groups.iter().map(marks).collect(),
            badges,
            frame,
        }
    }

    /// One visitor's own mark: at the edge where they stand outside all crowds.
    pub fn own(&self, placement: &OwnPlacement) -> OwnMark {
        let at = exact(whole(inside(self.frame.place(placement.at), MARGIN / 2.0)));
        let reach = self.frame.length(f64::from(placement.radius)).min(WIDTH / 2.0);
        let badges: Vec<Place> = self.badges.iter().map(|badge| exact(badge.at)).collect();
        let marks = self.marks.iter().flat_map(|marks| marks.solid.iter().chain(&marks.hollow));
        let side = side(at, &badges, &marks.map(|mark| exact(*mark)).collect::<Vec<Place>>());
        OwnMark { at: whole(at), reach: reach.round() as i32, side }
    }
}

/// The letters: in the middle of their group's marks, but apart from each other.
fn badges(map: &SharedMap, marks: &[Mark], frame: &Frame) -> Vec<Badge> {
    if map.groups.len() < 2 {
        return Vec::new();
    }
    let middle = |group: &SharedGroup| {
        let own: Vec<Place> =
            marks.iter().filter(|mark| mark.group == group.id).map(|mark| mark.at).collect();
        if own.is_empty() {
            // Too few people for a mark, where a mark stands for many.
            return frame.place(group.centre);
        }
        let sum = own.iter().fold([0.0; 2], |sum, at| [sum[0] + at[0], sum[1] + at[1]]);
        let count = own.len() as f64;
        [sum[0] / count, sum[1] / count]
    };
    let mut places: Vec<Place> = map.groups.iter().map(|group| inside(middle(group), BADGE)).collect();
    spread(&mut places);
    let badge = |(group, at): (&SharedGroup, &Place)| Badge {
        letter: group.letter,
        label: group.label.clone(),
        at: whole(*at),
    };
    map.groups.iter().zip(&places).map(badge).collect()
}
