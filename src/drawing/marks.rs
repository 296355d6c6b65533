//! Marks that each stand for about as many people, where their crowd stands. PURE.

use super::frame::{Frame, Place, inside};
use crate::disclosure::Crowd;

/// People that a mark stands for where there are few: no crowd is smaller.
const PER_MARK: u32 = 5;
/// More marks than this are no picture.
const MOST_MARKS: u32 = 320;
/// What marks keep between their middles.
const APART: f64 = 10.0;
/// Half of what a letter's badge takes.
pub(super) const BADGE: f64 = 24.0;
/// How often marks push each other; then they have room, or there is none.
const PUSHES: usize = 24;
/// The golden angle: so placed, marks of a crowd fill a disc evenly (Vogel 1979).
const GOLDEN: f64 = 2.399_963_229_728_653;

/// A mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mark {
    pub at: Place,
    /// The index of its group in the map.
    pub group: u32,
    /// Whether the people that it stands for might be in another group.
    pub hollow: bool,
}

/// How many people a mark stands for, so that there are not too many.
pub(super) fn people_per_mark(people: u32) -> u32 {
    let least = people.div_ceil(MOST_MARKS);
    let tens = (0..=7u32).map(|exponent| 10u32.pow(exponent));
    // 5, 10, 20, 50, 100 …
    let mut round = tens.flat_map(|ten| [1, 2, 4].map(|by| PER_MARK * by * ten));
    round.find(|number| *number >= least).unwrap_or(u32::MAX)
}

/// The marks of every crowd. What is left over of one crowd goes on to the next of its group, so that a group's
/// marks stand for its people to within one mark, and the hollow ones for those who are unsure.
pub(super) fn marks(crowds: &[Crowd], frame: &Frame, per_mark: u32) -> Vec<Mark> {
    let mut placed = Vec::new();
    let groups = crowds.iter().map(|crowd| crowd.group).max().map_or(0, |most| most as usize + 1);
    let mut left = vec![(per_mark / 2, per_mark / 2); groups];
    for crowd in crowds {
        // In range: there is one for each group.
        let (people, unsure) = &mut left[crowd.group as usize];
        *people += crowd.people;
        *unsure += crowd.unsure;
        let count = *people / per_mark;
        let hollow = (*unsure / per_mark).min(count);
        *people -= count * per_mark;
        *unsure -= hollow * per_mark;
        let middle = frame.place(crowd.at);
        placed.extend((0..count).map(|turn| Mark {
            at: spiral(middle, turn),
            group: crowd.group,
            hollow: turn >= count - hollow,
        }));
    }
    placed
}

fn spiral(middle: Place, turn: u32) -> Place {
    let (away, angle) = (APART / 2.0 * f64::from(turn).sqrt(), f64::from(turn) * GOLDEN);
    [middle[0] + away * f64::cos(angle), middle[1] + away * f64::sin(angle)]
}

/// Pushes marks apart, and away from badges.
pub(super) fn make_room(marks: &mut [Mark], badges: &[Place]) {
    for _ in 0..PUSHES {
        // By their left edge, so that only neighbours are compared.
        marks.sort_by(|a, b| a.at[0].total_cmp(&b.at[0]).then(a.at[1].total_cmp(&b.at[1])));
        for first in 0..marks.len() {
            let (before, rest) = marks.split_at_mut(first + 1);
            // In range: there is a first.
            let one = &mut before[first];
            let left = one.at[0];
            for other in rest.iter_mut().take_while(|other| other.at[0] - left < APART) {
                push(&mut one.at, &mut other.at, first);
            }
        }
        for mark in marks.iter_mut() {
            for badge in badges {
                let away = [mark.at[0] - badge[0], mark.at[1] - badge[1]];
                let distance = f64::hypot(away[0], away[1]);
                if distance < BADGE + APART / 2.0 {
                    let by = (BADGE + APART / 2.0) / distance.max(0.5);
                    mark.at = [badge[0] + away[0] * by, badge[1] + away[1] * by];
                }
            }
            mark.at = inside(mark.at, APART);
        }
    }
}

/// Moves two marks that are too near to each other apart, each by as much.
fn push(one: &mut Place, other: &mut Place, turn: usize) {
    let away = [other[0] - one[0], other[1] - one[1]];
    let distance = f64::hypot(away[0], away[1]);
    if distance >= APART {
        return;
    }
    let [x, y] = match distance {
        // In the same place: each pair goes its own way.
        0.0..0.01 => [f64::cos(turn as f64), f64::sin(turn as f64)],
        _ => [away[0] / distance, away[1] / distance],
    };
    let by = (APART - distance) / 2.0;
    *one = [one[0] - x * by, one[1] - y * by];
    *other = [other[0] + x * by, other[1] + y * by];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_for_round_numbers_of_people() {
        let per = [0, 40, 1_600, 1_601, 3_200, 3_201, 100_000, 1_000_000].map(people_per_mark);
        assert_eq!(per, [5, 5, 5, 10, 10, 20, 500, 5_000]);
    }

    #[test]
    fn marks_keep_their_distance_and_leave_room_for_letters() {
        let crowd = |x: f64| Crowd { at: [x, 0.0], group: 0, people: 300, unsure: 60 };
        let crowds = [crowd(0.0), crowd(1.0), crowd(8.0)];
        let mut marks = marks(&crowds, &Frame::of(&crowds), 5);
        assert_eq!((marks.len(), marks.iter().filter(|mark| mark.hollow).count()), (180, 36));
        make_room(&mut marks, &[[320.0, 210.0]]);
        let apart = |a: &Mark, b: &Mark| f64::hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]);
        let near = |at: usize| marks[at + 1..].iter().filter(|other| apart(&marks[at], other) < 7.0).count();
        let overlapping: usize = (0..marks.len()).map(near).sum();
        assert!(overlapping < 20, "{overlapping} of {} overlap", marks.len());
    }
}
