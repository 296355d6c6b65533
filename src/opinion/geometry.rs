//! Points of the map: their canonical order, distances and outlines. It knows no people.

use std::cmp::Ordering;

/// A position in map units.
pub type Point = [f64; 2];

/// Rounds a published number to 6 decimals, so that its last bits can't show (I7). What isn't
/// finite becomes 0, and −0 becomes 0.
pub fn rounded(value: f64) -> f64 {
    if !value.is_finite() {
        return 0.0;
    }
    if value.abs() > 1e9 {
        return value;
    }
    (value * 1e6).round() / 1e6 + 0.0
}

/// Both coordinates rounded.
pub fn rounded_point(point: Point) -> Point {
    point.map(rounded)
}

/// Coordinates on a grid of 1e-9: positions that differ by rounding only become equal.
pub fn snapped(point: Point) -> Point {
    point.map(|x| if x.is_finite() && x.abs() < 1e6 { (x * 1e9).round() / 1e9 + 0.0 } else { 0.0 })
}

/// Squared Euclidean distance.
pub fn distance2(a: Point, b: Point) -> f64 {
    let (dx, dy) = (a[0] - b[0], a[1] - b[1]);
    dx * dx + dy * dy
}

/// A canonical order of points that a mirrored map shares: by distance from the middle, then by
/// the size of the coordinates, then by the coordinates.
pub fn canonical(a: &Point, b: &Point) -> Ordering {
    let from_middle = |p: &Point| distance2(*p, [0.0, 0.0]);
    from_middle(a)
        .total_cmp(&from_middle(b))
        .then_with(|| a[0].abs().total_cmp(&b[0].abs()))
        .then_with(|| a[0].total_cmp(&b[0]))
        .then_with(|| a[1].total_cmp(&b[1]))
}

/// The convex hull, counter-clockwise from the leftmost point, without points on its edges
/// (Andrew's monotone chain).
pub fn convex_hull(points: &[Point]) -> Vec<Point> {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    sorted.dedup();
    if sorted.len() < 3 {
        return sorted;
    }
    let mut hull = half_hull(sorted.iter().copied());
    let upper = half_hull(sorted.iter().rev().copied());
    hull.pop();
    hull.extend(upper);
    hull.pop();
    hull
}

fn half_hull(points: impl Iterator<Item = Point>) -> Vec<Point> {
    let turn = |o: Point, a: Point, b: Point| (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
    let mut half: Vec<Point> = Vec::new();
    for point in points {
        while let [.., o, a] = half[..] {
            if turn(o, a, point) > 0.0 {
                break;
            }
            half.pop();
        }
        half.push(point);
    }
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hull_of_a_square_leaves_out_what_is_inside_and_on_its_edges() {
        let square = [[0.0, 0.0], [2.0, 2.0], [1.0, 1.0], [2.0, 0.0], [1.0, 0.0], [0.0, 2.0]];
        assert_eq!(convex_hull(&square), [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0]]);
    }

    #[test]
    fn hulls_of_a_line_of_one_point_and_of_nothing_are_small() {
        assert_eq!(convex_hull(&[]), [[0.0; 2]; 0]);
        assert_eq!(convex_hull(&[[1.0, 1.0], [1.0, 1.0]]), [[1.0, 1.0]]);
        assert_eq!(convex_hull(&[[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]), [[0.0, 0.0], [2.0, 2.0]]);
    }

    #[test]
    fn a_published_number_is_finite_and_has_no_negative_zero() {
        assert_eq!(rounded(f64::NAN).to_bits(), 0);
        assert_eq!(rounded(-1e-9).to_bits(), 0);
        assert_eq!(rounded(0.123_456_78), 0.123_457);
    }
}
