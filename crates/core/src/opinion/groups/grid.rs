//! Many positions on a grid: each occupied cell becomes one weighted point.
//!
//! It knows positions and weights. Invariant: nothing depends on the order of the positions, for
//! they are summed as whole numbers.

use crate::opinion::groups::points::WeightedPoints;
use crate::opinion::numeric::geometry::{Point, canonical};

/// Positions by cell.
pub struct Grid {
    /// The occupied cells in canonical order, at the mean of their people.
    pub points: WeightedPoints,
    /// Each person's cell.
    cell_of: Vec<u16>,
    /// The occupied cells in the order of `points`, and how many people each has.
    cells: Vec<(u16, u32)>,
}

/// What a coordinate is multiplied with before it is summed: a resolution of 2⁻³², and room for
/// two billion people a thousand units away.
const SCALE: f64 = 4_294_967_296.0;

#[derive(Clone, Copy, Default)]
struct Sum {
    x: i64,
    y: i64,
    weight: f64,
    people: u32,
}

impl Grid {
    /// Puts positions on `cells` × `cells`.
    pub fn new(x: &[f64], y: &[f64], weight: impl Fn(usize) -> f64, cells: u32) -> Self {
        let cells = cells as usize;
        let axes = [Axis::over(x, cells), Axis::over(y, cells)];
        let mut sums = vec![Sum::default(); cells * cells];
        let mut cell_of = Vec::with_capacity(x.len());
        // In range: a cell along an axis is below `cells`, so that its number is below `cells` × `cells`.
        for (person, (x, y)) in x.iter().zip(y).enumerate() {
            let cell = axes[0].cell(*x) * cells + axes[1].cell(*y);
            cell_of.push(cell as u16);
            let sum = &mut sums[cell];
            sum.x += (x * SCALE) as i64;
            sum.y += (y * SCALE) as i64;
            // Weights are whole parts of a person: their sums are exact in any order.
            sum.weight += weight(person);
            sum.people += 1;
        }
        let mean = |sum: &Sum| [sum.x, sum.y].map(|all| all as f64 / SCALE / f64::from(sum.people));
        let occupied = sums.iter().enumerate().filter(|(_, sum)| sum.people > 0);
        let mut occupied: Vec<(Point, usize)> = occupied.map(|(cell, sum)| (mean(sum), cell)).collect();
        occupied.sort_unstable_by(|a, b| canonical(&a.0, &b.0).then(a.1.cmp(&b.1)));
        Self {
            points: WeightedPoints::new(occupied.iter().map(|(point, cell)| (*point, sums[*cell].weight))),
            cell_of,
            cells: occupied.iter().map(|(_, cell)| (*cell as u16, sums[*cell].people)).collect(),
        }
    }

    /// The people at these places of the canonical order, which is by cell and then by position.
    /// `places` ascend.
    pub fn people_at(&self, ranks: &[usize], x: &[f64], y: &[f64]) -> Vec<usize> {
        // First which cells, and which of their people; then one look at everybody.
        let mut wanted: Vec<(usize, Vec<usize>)> = Vec::new();
        // In range: `slot_of` has a place for every u16, and x and y are what the grid was made from.
        let mut slot_of = vec![u32::MAX; usize::from(u16::MAX) + 1];
        let (mut cells, mut before) = (self.cells.iter(), 0usize);
        let mut cell = cells.next();
        for &rank in ranks {
            while let Some((number, people)) = cell {
                if rank < before + *people as usize {
                    if slot_of[usize::from(*number)] == u32::MAX {
                        slot_of[usize::from(*number)] = wanted.len() as u32;
                        wanted.push((before, Vec::new()));
                    }
                    break;
                }
                before += *people as usize;
                cell = cells.next();
            }
        }
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); wanted.len()];
        for (person, cell) in self.cell_of.iter().enumerate() {
            if let Some(members) = members.get_mut(slot_of[usize::from(*cell)] as usize) {
                members.push(person);
            }
        }
        let mut ranks = ranks.iter().copied().peekable();
        let mut found = Vec::new();
        let by_position = |a: &usize, b: &usize| canonical(&[x[*a], y[*a]], &[x[*b], y[*b]]);
        for ((first, _), mut members) in wanted.into_iter().zip(members) {
            while let Some(rank) = ranks.next_if(|rank| *rank < first + members.len()) {
                found.push(*members.select_nth_unstable_by(rank - first, by_position).1);
            }
        }
        found
    }
}

/// One axis cut into cells.
struct Axis {
    low: f64,
    side: f64,
    cells: usize,
}

impl Axis {
    fn over(values: &[f64], cells: usize) -> Self {
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        Self { low, side: ((high - low) / cells as f64).max(f64::MIN_POSITIVE), cells }
    }

    #[inline]
    fn cell(&self, value: f64) -> usize {
        (((value - self.low) / self.side) as usize).min(self.cells - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn positions() -> (Vec<f64>, Vec<f64>) {
        (0..1000u32).map(|i| (f64::from(i % 37) - 9.0, f64::from(i * 7 % 113) / 3.0)).unzip()
    }

    #[test]
    fn a_grid_keeps_everybody_whatever_the_order() {
        let (x, y) = positions();
        let grid = Grid::new(&x, &y, |_| 1.0, 16);
        let all: f64 = (0..grid.points.len()).map(|i| grid.points.weight(i)).sum();
        assert_eq!(all, 1000.0);
        assert!(grid.points.len() <= 256);
        let turned: (Vec<f64>, Vec<f64>) = x.iter().zip(&y).rev().map(|(x, y)| (*x, *y)).unzip();
        let again = Grid::new(&turned.0, &turned.1, |_| 1.0, 16);
        let listed = |grid: &Grid| (0..grid.points.len()).map(|i| grid.points.point(i)).collect::<Vec<_>>();
        assert_eq!(listed(&grid), listed(&again));
        let ranks: Vec<usize> = (0..1000).step_by(13).collect();
        let here: Vec<Point> = grid.people_at(&ranks, &x, &y).iter().map(|&i| [x[i], y[i]]).collect();
        let there = again.people_at(&ranks, &turned.0, &turned.1);
        assert_eq!(here, there.iter().map(|&i| [turned.0[i], turned.1[i]]).collect::<Vec<_>>());
    }

    #[test]
    fn every_place_is_somebody_and_everybody_has_a_place() {
        let (x, y) = positions();
        let grid = Grid::new(&x, &y, |_| 1.0, 8);
        let mut people = grid.people_at(&(0..1000).collect::<Vec<_>>(), &x, &y);
        people.sort_unstable();
        people.dedup();
        assert_eq!(people.len(), 1000);
    }

    #[test]
    fn people_at_one_point_are_one_cell() {
        let grid = Grid::new(&[1.0; 9], &[2.0; 9], |_| 0.5, 16);
        assert_eq!((grid.points.len(), grid.points.point(0), grid.points.weight(0)), (1, [1.0, 2.0], 4.5));
    }
}
