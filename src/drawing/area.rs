//! The area of a group: a disc around each of its marks, joined, its bays and holes filled. PURE.

use contour::ContourBuilder;

use super::frame::{HEIGHT, Place, WIDTH};

/// A square of the raster.
const SQUARE: f64 = 4.0;
const COLUMNS: usize = (WIDTH / SQUARE) as usize + 1;
const ROWS: usize = (HEIGHT / SQUARE) as usize + 1;
/// The disc around a mark where there are many.
const REACH: f64 = 17.0;
/// Bays narrower than twice this are filled.
const CLOSED: f64 = 30.0;
/// Where there are fewer marks than these, both are larger, twice as large at most: few marks stand far apart.
const MANY: f64 = 100.0;
/// Nothing is as far away.
const FAR: f64 = 1e9;

/// The outlines of the area around these places, as the `d` of a path, in a picture with so many marks.
pub(super) fn outline(places: &[Place], marks: usize) -> String {
    let larger = 2.0 - (marks as f64 / MANY).min(1.0);
    let (reach, closed) = (REACH * larger, CLOSED * larger);
    if places.is_empty() {
        return String::new();
    }
    // First further than the area will reach, then back: what was closed stays so (a morphological closing).
    let mut from = vec![FAR; COLUMNS * ROWS];
    for [x, y] in places {
        let at = |along: f64, most: usize| ((along / SQUARE).round().max(0.0) as usize).min(most - 1);
        from[at(*y, ROWS) * COLUMNS + at(*x, COLUMNS)] = 0.0;
    }
    let outwards = distances(from);
    let beyond = |away: &f64| if *away > (reach + closed) / SQUARE { 0.0 } else { FAR };
    let inwards = distances(outwards.iter().map(beyond).collect());
    let depth: Vec<f64> = inwards.iter().map(|away| away.min(closed) - closed / SQUARE).collect();
    // Fails for a field of another size only.
    let contours = ContourBuilder::new(COLUMNS, ROWS, true).contours(&depth, &[0.25]).unwrap_or_default();
    let shapes = contours.into_iter().flat_map(|contour| contour.into_inner().0);
    let outlines = shapes.map(|shape| {
        let corners = shape.exterior().0.iter();
        let corners = corners.map(|corner| [(corner.x - 0.5) * SQUARE, (corner.y - 0.5) * SQUARE]);
        smooth(&corners.collect::<Vec<Place>>())
    });
    outlines.collect()
}

/// Distances to the nearest of the places that are 0, in squares (Felzenszwalb and Huttenlocher 2012).
fn distances(mut field: Vec<f64>) -> Vec<f64> {
    field.iter_mut().for_each(|value| *value *= *value);
    for row in 0..ROWS {
        let line: Vec<f64> = field[row * COLUMNS..(row + 1) * COLUMNS].to_vec();
        field[row * COLUMNS..(row + 1) * COLUMNS].copy_from_slice(&along(&line));
    }
    for column in 0..COLUMNS {
        let line: Vec<f64> = (0..ROWS).map(|row| field[row * COLUMNS + column]).collect();
        for (row, value) in along(&line).into_iter().enumerate() {
            field[row * COLUMNS + column] = value;
        }
    }
    field.into_iter().map(f64::sqrt).collect()
}

/// The same of one line, squared: the lower envelope of a parabola over each of its places.
fn along(line: &[f64]) -> Vec<f64> {
    let mut lowest: Vec<(usize, f64)> = Vec::new();
    let rise = |at: usize| line[at] + (at * at) as f64;
    for at in 0..line.len() {
        let mut starts = f64::NEG_INFINITY;
        while let Some((before, start)) = lowest.last() {
            starts = (rise(at) - rise(*before)) / (2.0 * (at as f64 - *before as f64));
            if starts > *start {
                break;
            }
            lowest.pop();
            starts = f64::NEG_INFINITY;
        }
        lowest.push((at, starts));
    }
    let mut on = 0;
    let value = |at: usize| {
        while lowest.get(on + 1).is_some_and(|(_, start)| *start < at as f64) {
            on += 1;
        }
        // In range: `on` is below their number, and there is one for the first place at least.
        let (over, _) = lowest[on];
        line[over] + (at as f64 - over as f64).powi(2)
    };
    (0..line.len()).map(value).collect()
}

/// A closed curve through the middles between every third corner.
fn smooth(corners: &[Place]) -> String {
    let kept: Vec<Place> = corners.iter().step_by(3).copied().collect();
    let Some(last) = kept.last().filter(|_| kept.len() > 2) else { return String::new() };
    let middle = |a: &Place, b: &Place| [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
    let [x, y] = middle(last, &kept[0]);
    let mut path = format!("M{x:.0} {y:.0}");
    for (at, [x, y]) in kept.iter().enumerate() {
        let [to_x, to_y] = middle(&[*x, *y], &kept[(at + 1) % kept.len()]);
        path.push_str(&format!("Q{x:.0} {y:.0} {to_x:.0} {to_y:.0}"));
    }
    path.push('Z');
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_to_the_nearest() {
        let mut field = vec![FAR; COLUMNS * ROWS];
        field[10 * COLUMNS + 20] = 0.0;
        field[50 * COLUMNS + 90] = 0.0;
        let found = distances(field);
        assert_eq!(found[10 * COLUMNS + 20], 0.0);
        assert!((found[13 * COLUMNS + 24] - 5.0).abs() < 1e-9);
        assert!((found[50 * COLUMNS + 87] - 3.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_near_is_one_area_and_what_is_far_is_two() {
        let pieces = |places: &[Place]| outline(places, 200).matches('M').count();
        assert_eq!(pieces(&[[200.0, 200.0]]), 1);
        assert_eq!(pieces(&[[200.0, 200.0], [240.0, 200.0]]), 1);
        assert_eq!(pieces(&[[100.0, 200.0], [500.0, 200.0]]), 2);
        assert_eq!(outline(&[], 0), "");
        assert_eq!(
            outline(&[[200.0, 200.0], [330.0, 200.0]], 2).matches('M').count(),
            1,
            "few stand far apart"
        );
        // A ring of marks has no hole.
        let ring: Vec<Place> = (0..24)
            .map(|turn| f64::from(turn) * std::f64::consts::TAU / 24.0)
            .map(|angle| [320.0 + 60.0 * f64::cos(angle), 210.0 + 60.0 * f64::sin(angle)])
            .collect();
        assert_eq!(pieces(&ring), 1);
    }
}
