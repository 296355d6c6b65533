//! From map units to the picture's: both axes by the same factor, or distances would lie; but what is far out
//! is drawn nearer, so that a few don't shrink the crowd. PURE.

use crate::disclosure::Crowd;

/// A place in the picture.
pub(super) type Place = [f64; 2];

/// The picture's width.
pub(super) const WIDTH: f64 = 640.0;
/// Its height.
pub(super) const HEIGHT: f64 = 420.0;
/// What is left free around everything.
pub(super) const MARGIN: f64 = 40.0;
/// The share of people who stand near enough to be drawn where they stand.
const NEAR: f64 = 0.9;

/// Where things of a map are drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Frame {
    /// The middle of the crowd, in map units.
    middle: Place,
    /// How far from it distances are those of the map.
    near: f64,
    /// The middle of everything that is drawn, after far distances are shortened.
    centre: Place,
    scale: f64,
}

impl Frame {
    /// The frame of these crowds.
    pub fn of(crowds: &[Crowd]) -> Self {
        let people: f64 = crowds.iter().map(|crowd| f64::from(crowd.people)).sum();
        let sum = |axis: usize| crowds.iter().map(|c| c.at[axis] * f64::from(c.people)).sum::<f64>();
        let middle = if people > 0.0 { [sum(0) / people, sum(1) / people] } else { [0.0; 2] };
        let farthest = crowds.iter().map(|crowd| away(crowd, middle)).fold(0.0, f64::max);
        // Where nearly everybody stands in one place, all distances are those of the map.
        let near = Some(near(crowds, middle, people)).filter(|near| *near > 0.01 * farthest);
        let mut frame = Self { middle, near: near.unwrap_or(farthest), centre: [0.0; 2], scale: 1.0 };
        let drawn: Vec<Place> = crowds.iter().map(|crowd| frame.shortened(crowd.at)).collect();
        let ends = |axis: usize| {
            let along = || drawn.iter().map(|at| at[axis]);
            (along().fold(f64::INFINITY, f64::min), along().fold(f64::NEG_INFINITY, f64::max))
        };
        if drawn.is_empty() {
            return frame;
        }
        let ((left, right), (low, high)) = (ends(0), ends(1));
        let fit = |extent: f64, room: f64| {
            if extent > 1e-9 { (room - 2.0 * MARGIN) / extent } else { f64::INFINITY }
        };
        let scale = fit(right - left, WIDTH).min(fit(high - low, HEIGHT));
        frame.scale = if scale.is_finite() { scale } else { 1.0 };
        frame.centre = [(left + right) / 2.0, (low + high) / 2.0];
        frame
    }

    /// A point of the map, in map units from the middle of the crowd, far distances shortened.
    fn shortened(&self, at: Place) -> Place {
        let away = [at[0] - self.middle[0], at[1] - self.middle[1]];
        let distance = f64::hypot(away[0], away[1]);
        if distance <= self.near || self.near <= 0.0 {
            return away;
        }
        // It goes on as fast as it came, and ever slower: no two distances change places.
        let shorter = self.near * (1.0 + f64::ln(distance / self.near)) / distance;
        [away[0] * shorter, away[1] * shorter]
    }

    /// Where a point of the map is drawn; up is up.
    pub fn place(&self, at: Place) -> Place {
        let at = self.shortened(at);
        let x = WIDTH / 2.0 + (at[0] - self.centre[0]) * self.scale;
        let y = HEIGHT / 2.0 - (at[1] - self.centre[1]) * self.scale;
        [x, y]
    }

    /// How long a distance is drawn, near the middle.
    pub fn length(&self, distance: f64) -> f64 {
        distance * self.scale
    }
}

fn away(crowd: &Crowd, middle: Place) -> f64 {
    f64::hypot(crowd.at[0] - middle[0], crowd.at[1] - middle[1])
}

/// The distance within which most people stand.
fn near(crowds: &[Crowd], middle: Place, people: f64) -> f64 {
    let mut distances: Vec<(f64, u32)> =
        crowds.iter().map(|crowd| (away(crowd, middle), crowd.people)).collect();
    distances.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut seen = 0.0;
    for (distance, more) in distances {
        seen += f64::from(more);
        if seen >= NEAR * people {
            return distance;
        }
    }
    0.0
}

/// A place pulled into the picture.
pub(super) fn inside(at: Place, free: f64) -> Place {
    [at[0].clamp(free, WIDTH - free), at[1].clamp(free, HEIGHT - free)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crowd(x: f64, y: f64, people: u32) -> Crowd {
        Crowd { at: [x, y], group: 0, people, unsure: 0 }
    }

    #[test]
    fn everything_is_inside_up_is_up_and_far_stays_farther() {
        let crowds = [crowd(-3.0, -1.0, 50), crowd(5.0, 2.0, 50), crowd(1.0, 0.0, 60), crowd(90.0, 7.0, 5)];
        let frame = Frame::of(&crowds);
        for crowd in &crowds {
            let [x, y] = frame.place(crowd.at);
            assert!((MARGIN - 0.01..=WIDTH - MARGIN + 0.01).contains(&x), "{x}");
            assert!((MARGIN - 0.01..=HEIGHT - MARGIN + 0.01).contains(&y), "{y}");
        }
        assert!(frame.place([0.0, 2.0])[1] < frame.place([0.0, -1.0])[1]);
        assert!(frame.place([90.0, 7.0])[0] > frame.place([50.0, 4.0])[0]);
        let width = frame.place([5.0, 2.0])[0] - frame.place([-3.0, -1.0])[0];
        let in_proportion = 8.0 / 93.0 * (WIDTH - 2.0 * MARGIN);
        assert!(width > 2.0 * in_proportion, "one far crowd does not shrink the others: {width}");
    }

    #[test]
    fn one_point_and_none_are_drawn_in_the_middle() {
        for crowds in [vec![crowd(7.0, 7.0, 9)], Vec::new()] {
            let frame = Frame::of(&crowds);
            let at = crowds.first().map_or([0.0; 2], |crowd| crowd.at);
            assert_eq!(frame.place(at), [WIDTH / 2.0, HEIGHT / 2.0]);
        }
    }

    #[test]
    fn a_crowd_in_one_place_and_a_few_around_it_are_told_apart() {
        let crowds = [crowd(0.0, 0.0, 900), crowd(1.0, 0.0, 5), crowd(-1.0, 0.0, 5)];
        let frame = Frame::of(&crowds);
        assert!(frame.place([1.0, 0.0])[0] - frame.place([-1.0, 0.0])[0] > WIDTH / 2.0);
    }
}
