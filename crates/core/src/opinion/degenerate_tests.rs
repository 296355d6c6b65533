//! Inputs on which formulas break: each gives a map with a stated reason, and finite numbers.

use super::Votes;
use super::property_tests::assert_finite;
use crate::domain::Moderation;
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::map::opinion_map::{MapNote, OpinionMap};
use crate::opinion::map::params::Params;
use crate::opinion::pipeline::compute::compute;

fn map(grid: &[&str]) -> OpinionMap {
    let map = compute(&Votes::drawn(grid), &CheckedParams::default());
    assert_finite(&map);
    map
}

#[test]
fn nobody_and_nothing_make_an_empty_map() {
    let map = map(&[]);
    assert_eq!((map.note, map.k.chosen, map.groups.len()), (Some(MapNote::NoVotes), 0, 0));
}

#[test]
fn one_person_and_two_people_are_placed_but_are_no_groups() {
    for grid in [&["+-0+-0+"][..], &["+-0+-0+", "-+0-+0-"]] {
        let map = map(grid);
        assert_eq!(map.note, Some(MapNote::TooFewPeople));
        assert_eq!((map.k.chosen, map.groups.len(), map.counts.placed as usize), (1, 1, grid.len()));
        assert!(map.groups[0].below_threshold && map.groups[0].representative.is_empty());
    }
}

#[test]
fn when_all_agree_all_pass_or_all_say_the_same_there_is_one_group() {
    for row in ["++++++++", "00000000", "+-0+-0+-"] {
        let map = map(&[row; 30]);
        assert_eq!((map.note, map.k.chosen), (Some(MapNote::IdenticalVotes), 1), "{row}");
        assert_eq!(map.pca.explained_variance_ratio, [0.0, 0.0]);
    }
    let consensus = map(&["++++++++"; 30]).consensus;
    assert_eq!((consensus.agree.len(), consensus.disagree.len()), (8, 0));
    assert!(map(&["00000000"; 30]).consensus.agree.is_empty());
}

#[test]
fn one_statement_is_one_dimension() {
    let grid: Vec<&str> = ["+"; 12].into_iter().chain(["-"; 9]).collect();
    let map = map(&grid);
    assert_eq!((map.counts.placed, map.k.chosen), (21, 2));
    assert_eq!(map.note, Some(MapNote::OneDimension));
    assert_eq!((map.groups[0].size, map.groups[1].size), (12, 9));
    assert_eq!(map.groups[0].label, "A");
    assert!(map.participants.iter().all(|p| p.position().is_some_and(|[_, y]| y == 0.0)));
}

#[test]
fn opposed_camps_are_two_groups_on_a_line_that_stand_for_the_opposite() {
    let grid: Vec<&str> = ["++++----"; 20].into_iter().chain(["----++++"; 15]).collect();
    let map = map(&grid);
    assert_eq!((map.k.chosen, map.note), (2, Some(MapNote::OneDimension)));
    assert_eq!((map.groups[0].size, map.groups[1].size), (20, 15));
    assert_eq!(map.groups[0].representative.len(), 5);
    assert!(map.consensus.agree.is_empty() && map.consensus.disagree.is_empty());
}

#[test]
fn one_person_on_ten_thousand_statements_and_one_statement_for_ten_thousand_people_work() {
    let wide = "+-0".repeat(3333);
    assert_eq!(map(&[&wide]).counts.statements, 9999);
    let tall: Vec<&str> = ["+", "-", "0", "+"].into_iter().cycle().take(10_000).collect();
    let tall = map(&tall);
    assert_eq!((tall.counts.placed, tall.k.chosen), (10_000, 3));
}

#[test]
fn when_everything_is_rejected_the_counts_stay_and_the_map_is_empty() {
    let mut votes = Votes::drawn(&["+-0+-0+", "-+0-+0-", "+++++++"]);
    for statement in &mut votes.statements {
        statement.moderation = Moderation::Rejected;
    }
    let map = compute(&votes, &CheckedParams::default());
    assert_finite(&map);
    assert_eq!((map.note, map.k.chosen), (Some(MapNote::NoVotes), 0));
    assert_eq!((map.counts.participants, map.counts.placed, map.counts.votes), (3, 0, 21));
    assert!(map.statements.iter().all(|s| s.priority == 0.0 && s.x.is_none()));
}

#[test]
fn every_parameter_at_the_ends_of_its_range_gives_a_map() {
    let votes = Votes::drawn(&["++--++--", "--++--++", "+0-+0-+0", "-0+-0+-0", "++++----", "----++++"]);
    let json = serde_json::to_value(Params::default()).expect("plain data");
    for (name, _, range) in Params::default().ranges() {
        let mut tried = [*range.start(), *range.end()];
        if ["resamples", "shuffles", "bridging_sweeps"].contains(&name) {
            // A map has none of them; as many as may be would take all day.
            tried[1] = tried[0];
        }
        for value in tried {
            let mut changed = json.clone();
            changed[name] = match changed[name].is_u64() {
                true => (value as u64).into(),
                false => value.into(),
            };
            let params: CheckedParams = serde_json::from_value(changed).expect("it is in its range");
            assert_finite(&compute(&votes, &params));
        }
    }
}

#[test]
fn a_statement_nobody_has_seen_is_listed_and_comes_first() {
    let mut votes = Votes::drawn(&["++--++--", "--++--++"].repeat(20));
    votes.statements.push(crate::opinion::votes::input::StatementInput {
        number: crate::domain::StatementNumber(500),
        moderation: Moderation::Accepted,
        meta: false,
        shown: true,
    });
    let map = compute(&votes, &CheckedParams::default());
    let unseen = map.statement(crate::domain::StatementNumber(500)).map(|s| s.priority);
    let others = map.statements.iter().filter(|s| s.id.0 != 500).map(|s| s.priority);
    assert!(unseen > Some(others.fold(0.0, f64::max)));
}

#[test]
fn a_hundred_thousand_people_and_a_thousand_statements_with_few_votes_have_a_map() {
    let public = crate::opinion::votes::synthetic::SyntheticPublic {
        participants: 100_000,
        statements: 1000,
        density: 0.004,
        seed: 6,
    };
    let matrix = public.matrix();
    let alone = super::compute_cold(&matrix, &CheckedParams::default());
    assert_finite_statements(&alone);
    assert!(alone.counts.participants > 60_000 && alone.counts.statements == 1000);
    assert!(alone.counts.placed > 5_000, "they are clustered on the grid");
    let together =
        super::compute_with(&matrix, &CheckedParams::default(), &super::Work::on(2)).map(|c| c.map);
    assert!(together.is_ok_and(|map| map == alone), "threads do not show");
}

/// As `assert_finite`, without the JSON of a hundred thousand people.
fn assert_finite_statements(map: &OpinionMap) {
    let people =
        map.participants.iter().filter_map(super::map::participant::MapParticipant::position).flatten();
    let statements = map.statements.iter().flat_map(|s| [s.priority, s.extremity, s.lowest_group_bound]);
    assert!(people.chain(statements).all(f64::is_finite));
}

#[test]
fn when_every_vote_is_changed_only_the_last_ones_count() {
    let first = Votes::drawn(&["++++----", "++++----", "----++++", "----++++"].repeat(8));
    let last = Votes::drawn(&["+-+-+-+-", "+-+-+-+-", "-+-+-+-+", "-+-+-+-+"].repeat(8));
    let mut matrix = super::VoteMatrix::new(&first);
    for person in &last.participants {
        for (statement, choice) in &person.votes {
            assert!(matrix.set(person.number, *statement, *choice).is_some());
        }
    }
    assert_eq!(
        super::compute_cold(&matrix, &CheckedParams::default()),
        compute(&last, &CheckedParams::default())
    );
}

#[test]
fn a_map_that_is_not_wanted_any_more_is_not_computed() {
    let votes = Votes::drawn(&["++--++--", "--++--++"].repeat(20));
    let matrix = super::VoteMatrix::new(&votes);
    let unwanted = super::Work { threads: 2, stop: &|| true };
    assert!(super::compute_with(&matrix, &CheckedParams::default(), &unwanted).is_err());
}
