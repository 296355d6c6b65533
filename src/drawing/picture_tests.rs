//! I8: picture, sentence and table say the same, in conversations drawn at random.

use proptest::prelude::*;

use super::label::side;
use super::marks::BADGE;
use super::{MapDrawing, Side};
use crate::disclosure::{OwnPlacement, PublicView, SamplePublic, SharedMap};

fn near(of: usize, people: u32, per_mark: u32) -> bool {
    (of as i64 * i64::from(per_mark) - i64::from(people)).abs() <= i64::from(per_mark)
}

fn check(map: &SharedMap, drawing: &MapDrawing) -> Result<(), TestCaseError> {
    let per_mark = drawing.people_per_mark;
    for group in &map.groups {
        let crowds = map.crowds.iter().filter(|crowd| crowd.group == group.id);
        prop_assert_eq!(crowds.clone().map(|crowd| crowd.people).sum::<u32>(), group.size);
        let unsure: u32 = crowds.map(|crowd| crowd.unsure).sum();
        let marks = drawing.marks.iter().find(|marks| marks.letter == group.letter).expect("it is drawn");
        let all = marks.solid.len() + marks.hollow.len();
        prop_assert!(near(all, group.size, per_mark), "{all} marks for {} people", group.size);
        prop_assert!(near(marks.hollow.len(), unsure, per_mark), "{marks:?} for {unsure} unsure");
        let area = drawing.areas.iter().find(|area| area.letter == group.letter).expect("it is drawn");
        prop_assert!(area.path.starts_with('M'));
    }
    let letters: Vec<_> = drawing.badges.iter().map(|badge| badge.label.clone()).collect();
    let named: Vec<_> = map.groups.iter().map(|group| group.label.clone()).collect();
    prop_assert_eq!(letters, if named.len() > 1 { named } else { Vec::new() });
    for (at, badge) in drawing.badges.iter().enumerate() {
        for other in &drawing.badges[at + 1..] {
            let apart = f64::from((badge.at[0] - other.at[0]).pow(2) + (badge.at[1] - other.at[1]).pow(2));
            prop_assert!(apart.sqrt() >= 2.0 * BADGE, "{badge:?} and {other:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn i8_the_picture_shows_the_groups_of_the_table(public in SamplePublic::any(120), min in 5u32..9) {
        let PublicView { map, shared, .. } = PublicView::of(&public, public.people, min);
        let drawing = MapDrawing::new(&shared);
        check(&shared, &drawing)?;
        let badges: Vec<[f64; 2]> =
            drawing.badges.iter().map(|badge| badge.at.map(f64::from)).collect();
        for person in &map.participants {
            let Some(own) = OwnPlacement::of(&map, person.id, true, min).filter(|_| shared.missing == 0)
            else { continue };
            let mark = drawing.own(&own);
            let covers = |side: Side| {
                let [[left, top], [right, bottom]] = side.taken(mark.at.map(f64::from));
                badges.iter().any(|[x, y]| {
                    left < x + BADGE && right > x - BADGE && top < y + BADGE && bottom > y - BADGE
                })
            };
            // Where a label can stand beside all letters, it does.
            prop_assert!(!covers(mark.side) || Side::ALL.into_iter().all(covers) || is_at_the_edge(mark.at));
        }
    }
}

fn is_at_the_edge([x, y]: [i32; 2]) -> bool {
    !(170..470).contains(&x) || !(60..360).contains(&y)
}

#[test]
fn a_label_takes_the_free_side() {
    let at = [300.0, 200.0];
    assert_eq!(side(at, &[], &[]), Side::Above);
    assert_eq!(side(at, &[[300.0, 170.0]], &[]), Side::Below);
    let crowd: Vec<[f64; 2]> = (0..10).map(|x| [250.0 + 10.0 * f64::from(x), 170.0]).collect();
    assert_eq!(side(at, &[], &crowd), Side::Below);
    assert_eq!(side([620.0, 20.0], &[], &[]), Side::Before);
}
