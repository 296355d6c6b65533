//! Points that stand for people, laid out for vectors. It knows no groups.

use crate::opinion::numeric::geometry::Point;
use crate::opinion::numeric::simd::DOUBLES;

/// Points that stand for one or more people each, in canonical order.
#[derive(Clone, Debug, Default)]
pub struct WeightedPoints {
    len: usize,
    // Filled up to whole vectors with points of no weight: all three are as long, `len` or a little more.
    pub(in crate::opinion) x: Vec<f64>,
    pub(in crate::opinion) y: Vec<f64>,
    pub(in crate::opinion) weight: Vec<f64>,
}

impl WeightedPoints {
    /// Collects points and their weights.
    pub fn new(points: impl ExactSizeIterator<Item = (Point, f64)>) -> Self {
        let len = points.len();
        let room = len.next_multiple_of(DOUBLES);
        let mut all = Self {
            len,
            x: Vec::with_capacity(room),
            y: Vec::with_capacity(room),
            weight: Vec::with_capacity(room),
        };
        for ([x, y], weight) in points {
            all.x.push(x);
            all.y.push(y);
            all.weight.push(weight);
        }
        for lanes in [&mut all.x, &mut all.y, &mut all.weight] {
            lanes.resize(room, 0.0);
        }
        all
    }

    /// The number of points.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no points.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// One point.
    pub fn point(&self, index: usize) -> Point {
        // In range: callers know a place below `len`, or one of a list that is as long as `x`.
        [self.x[index], self.y[index]]
    }

    /// The weight of one point.
    pub fn weight(&self, index: usize) -> f64 {
        // In range: as in `point`.
        self.weight[index]
    }

    /// Whether as many points are distinct.
    pub fn has_distinct(&self, k: usize) -> bool {
        let mut seen: Vec<Point> = Vec::with_capacity(k);
        for index in 0..self.len {
            let point = self.point(index);
            if !seen.contains(&point) {
                seen.push(point);
                if seen.len() == k {
                    return true;
                }
            }
        }
        false
    }
}
