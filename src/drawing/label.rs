//! Where letters and labels stand, so that none is on another. PURE.

use super::frame::{HEIGHT, Place, WIDTH, inside};
use super::marks::BADGE;

/// The side of a mark on which its label stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// Above it.
    Above,
    /// Below it.
    Below,
    /// Where reading goes on from it.
    After,
    /// Where reading comes from.
    Before,
}

impl Side {
    /// Every side, the best first.
    pub const ALL: [Side; 4] = [Side::Above, Side::Below, Side::After, Side::Before];

    /// Its word, as a class and in frames.
    pub fn word(self) -> &'static str {
        match self {
            Side::Above => "above",
            Side::Below => "below",
            Side::After => "after",
            Side::Before => "before",
        }
    }

    /// The box of a label on this side.
    pub(super) fn taken(self, [x, y]: Place) -> [Place; 2] {
        let (wide, high, free) = (LABEL[0], LABEL[1], 16.0);
        let middle = match self {
            Side::Above => [x, y - free - high / 2.0],
            Side::Below => [x, y + free + high / 2.0],
            Side::After => [x + free + wide / 2.0, y],
            Side::Before => [x - free - wide / 2.0, y],
        };
        [[middle[0] - wide / 2.0, middle[1] - high / 2.0], [middle[0] + wide / 2.0, middle[1] + high / 2.0]]
    }
}

/// The most that a label takes.
const LABEL: [f64; 2] = [150.0, 30.0];
/// How often badges push each other.
const PUSHES: usize = 60;

/// Moves badges apart, and all into the picture: the more there are, the more often.
pub(super) fn spread(badges: &mut [Place]) {
    let apart = 2.0 * BADGE + 4.0;
    for _ in 0..PUSHES {
        for first in 0..badges.len() {
            for other in first + 1..badges.len() {
                let away = [badges[other][0] - badges[first][0], badges[other][1] - badges[first][1]];
                let distance = f64::hypot(away[0], away[1]);
                if distance >= apart {
                    continue;
                }
                let angle = (first + other) as f64;
                let [x, y] = match distance {
                    0.0..0.01 => [f64::cos(angle), f64::sin(angle)],
                    _ => [away[0] / distance, away[1] / distance],
                };
                let by = (apart - distance) / 2.0 + 0.01;
                badges[first] = inside([badges[first][0] - x * by, badges[first][1] - y * by], BADGE);
                badges[other] = inside([badges[other][0] + x * by, badges[other][1] + y * by], BADGE);
            }
        }
    }
}

/// The side on which a label covers least: no badge, inside the picture, as few marks as can be.
pub(super) fn side(at: Place, badges: &[Place], marks: &[Place]) -> Side {
    let covered = |side: &Side| {
        let [[left, top], [right, bottom]] = side.taken(at);
        let out = left < 0.0 || top < 0.0 || right > WIDTH || bottom > HEIGHT;
        let near = |[x, y]: Place, free: f64| {
            left - free < x && x < right + free && top - free < y && y < bottom + free
        };
        let letters = badges.iter().filter(|badge| near(**badge, BADGE)).count();
        let few = marks.iter().filter(|mark| near(**mark, 4.0)).count();
        (out, letters, few)
    };
    Side::ALL.into_iter().min_by_key(covered).unwrap_or(Side::Above)
}
