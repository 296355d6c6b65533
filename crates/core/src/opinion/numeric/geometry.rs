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

/// A coordinate on a grid of 1e-9: positions that differ by rounding only become equal.
pub fn snapped(x: f64) -> f64 {
    if x.is_finite() && x.abs() < 1e6 { (x * 1e9).round() / 1e9 + 0.0 } else { 0.0 }
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
    let mut sorted = outside_octagon(points);
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

/// Points that may be corners of the hull: those not well inside the octagon of the outermost
/// points in eight directions (Akl & Toussaint 1978). Of a crowd of a million, few are left.
fn outside_octagon(points: &[Point]) -> Vec<Point> {
    const FEW: usize = 64;
    if points.len() <= FEW {
        return points.to_vec();
    }
    let directions = [[1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [-1.0, 1.0]];
    let mut low = [(f64::INFINITY, [0.0; 2]); 4];
    let mut high = [(f64::NEG_INFINITY, [0.0; 2]); 4];
    // In range: there are four directions, and four entries in `low` and in `high`.
    for point in points {
        for (axis, [dx, dy]) in directions.iter().enumerate() {
            let along = dx * point[0] + dy * point[1];
            if along < low[axis].0 {
                low[axis] = (along, *point);
            }
            if along > high[axis].0 {
                high[axis] = (along, *point);
            }
        }
    }
    // Counter-clockwise: outermost at 0°, 45°, … 315°.
    let corners: Vec<Point> = high.iter().chain(&low).map(|(_, corner)| *corner).collect();
    let mut edges = Vec::new();
    // In range: a remainder by the number of corners is below it.
    for (index, from) in corners.iter().enumerate() {
        let to = corners[(index + 1) % corners.len()];
        if *from != to {
            edges.push((*from, [to[0] - from[0], to[1] - from[1]]));
        }
    }
    // Strictly inside by more than rounding can hide, or it stays.
    let inside = |p: &Point| {
        edges.len() >= 3
            && edges.iter().all(|(from, [ex, ey])| {
                let (px, py) = (p[0] - from[0], p[1] - from[1]);
                ex * py - ey * px > 1e-9 * (ex.abs() + ey.abs())
            })
    };
    points.iter().filter(|point| !inside(point)).copied().collect()
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
    fn the_hull_of_a_crowd_is_that_of_all_its_points() {
        let crowd: Vec<Point> =
            (0..3000u32).map(|i| [f64::from(i * 7919 % 1009), f64::from(i * 104_729 % 997)]).collect();
        let hull = convex_hull(&crowd);
        let turn =
            |o: Point, a: Point, b: Point| (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
        for (index, from) in hull.iter().enumerate() {
            let to = hull[(index + 1) % hull.len()];
            assert!(crowd.iter().all(|point| turn(*from, to, *point) >= 0.0));
        }
        assert!(hull.iter().all(|corner| crowd.contains(corner)));
        let line: Vec<Point> = (0..100).map(|i| [f64::from(i), f64::from(i)]).collect();
        assert_eq!(convex_hull(&line), [[0.0, 0.0], [99.0, 99.0]]);
        assert_eq!(convex_hull(&vec![[2.0, 3.0]; 100]), [[2.0, 3.0]]);
    }

    #[test]
    fn a_published_number_is_finite_and_has_no_negative_zero() {
        assert_eq!(rounded(f64::NAN).to_bits(), 0);
        assert_eq!(rounded(-1e-9).to_bits(), 0);
        assert_eq!(rounded(0.123_456_78), 0.123_457);
    }
}
