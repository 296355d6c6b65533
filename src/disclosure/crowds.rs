//! A picture of the map without identities: crowds, each of at least as many people as the publication
//! minimum asks for. PURE.
//!
//! People stand on a grid of [`CELLS`] squares along the longer side. Squares of one group that hold too few
//! are joined along a curve that keeps neighbours together, so that a crowd tells roughly where it stands,
//! but nobody's own position.

use crate::opinion::numeric::geometry::{Point, rounded};
use crate::opinion::{OpinionMap, Placement};

/// Squares along the longer side of the picture.
pub const CELLS: usize = 32;

/// People of one group who stand close together.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Crowd {
    /// Their middle, in map units.
    pub at: Point,
    /// The group, by its index in the map.
    pub group: u32,
    /// How many they are: never fewer than the publication minimum.
    pub people: u32,
    /// How many of these have voted too little to tell which group is theirs.
    pub unsure: u32,
}

impl Crowd {
    /// Whether most of its people may belong to another group.
    pub fn is_vague(&self) -> bool {
        2 * self.unsure > self.people
    }
}

/// People of one group in one square.
#[derive(Clone, Copy, Default)]
struct Square {
    /// Its position on the curve.
    turn: u32,
    /// Its middle, weighted by its people.
    sum: Point,
    people: u32,
    unsure: u32,
}

impl Square {
    fn add(&mut self, other: Square) {
        self.sum = [self.sum[0] + other.sum[0], self.sum[1] + other.sum[1]];
        self.people += other.people;
        self.unsure += other.unsure;
    }

    fn crowd(self, group: u32) -> Crowd {
        let middle = |axis: usize| rounded(self.sum[axis] / f64::from(self.people));
        Crowd { at: [middle(0), middle(1)], group, people: self.people, unsure: self.unsure }
    }
}

/// The map as crowds. Groups with fewer than `min` people are left out, and don't stretch the picture
/// either. When it is not `divided`, everybody is of one group: nothing shows how they were divided.
pub fn crowds(map: &OpinionMap, min: u32, divided: bool) -> Vec<Crowd> {
    let min = min.max(1);
    let shown: Vec<bool> = match divided {
        true => map.groups.iter().map(|group| group.size >= min).collect(),
        false => vec![map.counts.placed >= min],
    };
    let as_one = move |placement: Placement| Placement {
        group: if divided { placement.group } else { 0 },
        ..placement
    };
    let people =
        || map.placed().map(as_one).filter(|placement| shown.get(placement.group as usize) == Some(&true));
    let Some(grid) = CrowdGrid::around(people().map(|placement| placement.at)) else { return Vec::new() };
    let mut groups: Vec<Vec<Square>> = vec![vec![Square::default(); CELLS * CELLS]; shown.len()];
    for placement in people() {
        let (at, middle) = grid.square(placement.at);
        let unsure = u32::from(divided && may_be_elsewhere(map, placement));
        let turn = curve(at);
        let square = &mut groups[placement.group as usize][at[0] * CELLS + at[1]];
        square.turn = turn;
        square.add(Square { turn, sum: middle, people: 1, unsure });
    }
    let joined = groups.into_iter().enumerate();
    joined.flat_map(|(group, squares)| join(squares, min).map(move |s| s.crowd(group as u32))).collect()
}

/// Joins squares that hold fewer than `min` people, in the order of the curve; what is left over joins the
/// nearest that is large enough. The group has at least `min` people.
fn join(mut squares: Vec<Square>, min: u32) -> impl Iterator<Item = Square> {
    squares.retain(|square| square.people > 0);
    squares.sort_unstable_by_key(|square| square.turn);
    let mut joined: Vec<Square> = Vec::new();
    let mut open: Option<Square> = None;
    for square in squares {
        if square.people >= min {
            joined.push(square);
            continue;
        }
        let mut together = open.take().unwrap_or(Square { turn: square.turn, ..Square::default() });
        together.add(square);
        if together.people >= min { joined.push(together) } else { open = Some(together) }
    }
    let nearest = |left: &Square| {
        let away = |square: &Square| square.turn.abs_diff(left.turn);
        joined.iter().enumerate().min_by_key(|(_, square)| away(square)).map(|(at, _)| at)
    };
    if let Some(left) = open
        && let Some(at) = nearest(&left)
    {
        joined[at].add(left);
    }
    joined.into_iter()
}

/// A square grid over the picture.
struct CrowdGrid {
    low: Point,
    side: f64,
}

impl CrowdGrid {
    fn around(points: impl Iterator<Item = Point>) -> Option<Self> {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for point in points {
            for axis in 0..2 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        let extent = (high[0] - low[0]).max(high[1] - low[1]);
        let side = if extent > 0.0 { extent / CELLS as f64 } else { 1.0 };
        (low[0] <= high[0]).then_some(Self { low, side })
    }

    /// The square of a point, and its middle.
    fn square(&self, point: Point) -> ([usize; 2], Point) {
        let index = |axis: usize| (((point[axis] - self.low[axis]) / self.side) as usize).min(CELLS - 1);
        let middle = |axis: usize| self.low[axis] + (index(axis) as f64 + 0.5) * self.side;
        ([index(0), index(1)], [middle(0), middle(1)])
    }
}

/// A square's place on a Z-order curve (Morton 1966): the bits of both coordinates by turns.
fn curve([x, y]: [usize; 2]) -> u32 {
    (0..CELLS.ilog2()).map(|bit| ((x >> bit & 1) << (2 * bit + 1) | (y >> bit & 1) << (2 * bit)) as u32).sum()
}

/// Whether somebody has voted so little that the border to another group, halfway between the two
/// centres, is nearer than their position is certain (OPINION B11).
fn may_be_elsewhere(map: &OpinionMap, placement: Placement) -> bool {
    let Some(own) = map.groups.get(placement.group as usize) else { return false };
    let squared = |a: Point, b: Point| (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2);
    map.groups.iter().filter(|other| other.id != own.id).any(|other| {
        let to_border = (squared(placement.at, other.centre) - squared(placement.at, own.centre))
            / (2.0 * squared(own.centre, other.centre).sqrt());
        to_border < f64::from(placement.radius)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::opinion::Votes;
    use crate::opinion::{CheckedParams, compute};

    #[test]
    fn who_left_early_is_drawn_as_unsure() {
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
        let votes = Votes::drawn(&grid.iter().map(String::as_str).collect::<Vec<_>>());
        let map = compute(&votes, &CheckedParams::default());
        assert_eq!(map.groups.len(), 2);
        let drawn = crowds(&map, 1, true);
        assert_eq!(drawn.iter().map(|crowd| crowd.unsure).sum::<u32>(), 1, "{drawn:?}");
        let undivided = crowds(&map, 1, false);
        assert!(undivided.iter().all(|crowd| (crowd.group, crowd.unsure) == (0, 0)));
        assert_eq!(undivided.iter().map(|crowd| crowd.people).sum::<u32>(), 31);
    }

    proptest! {
        #[test]
        fn no_crowd_is_small_and_nobody_is_lost(
            squares in prop::collection::vec((0usize..CELLS, 0usize..CELLS, 1u32..9), 1..60), min in 1u32..12,
        ) {
            let square = |(x, y, people): (usize, usize, u32)| {
                let sum = [x, y].map(|at| at as f64 * f64::from(people));
                Square { turn: curve([x, y]), sum, people, unsure: people / 2 }
            };
            let all: u32 = squares.iter().map(|(_, _, people)| people).sum();
            prop_assume!(all >= min);
            let crowds: Vec<Crowd> = join(squares.into_iter().map(square).collect(), min).map(|s| s.crowd(0)).collect();
            prop_assert_eq!(crowds.iter().map(|crowd| crowd.people).sum::<u32>(), all);
            for crowd in crowds {
                prop_assert!(crowd.people >= min && crowd.unsure <= crowd.people);
                prop_assert!(crowd.at.iter().all(|at| (0.0..CELLS as f64).contains(at)));
            }
        }
    }
}
