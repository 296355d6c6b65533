//! A live map after any history equals a cold map of the same votes.

use std::cell::Cell;

use proptest::prelude::*;

use crate::domain::{Choice, Moderation, ModerationRule, ParticipantNumber, StatementNumber};
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::map::opinion_map::OpinionMap;
use crate::opinion::numeric::work::Work;
use crate::opinion::pipeline::compute::compute_with;
use crate::opinion::pipeline::live_map::{InputChange, LiveMap};
use crate::opinion::votes::input::StatementInput;
use crate::opinion::votes::input::Votes;
use crate::opinion::votes::synthetic::SyntheticPublic;
use crate::opinion::votes::vote_matrix::VoteMatrix;

/// One step of a history.
#[derive(Clone, Copy, Debug)]
enum Step {
    Vote(u32, u32, i64),
    Unvote(u32, u32),
    Moderate(u32, u8),
    Map,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        20 => (0u32..30, 0u32..14, -1i64..2).prop_map(|(p, s, v)| Step::Vote(p, s, v)),
        2 => (0u32..30, 0u32..14).prop_map(|(p, s)| Step::Unvote(p, s)),
        1 => (0u32..14, 0u8..4).prop_map(|(s, m)| Step::Moderate(s, m)),
        1 => Just(Step::Map),
    ]
}

/// Under the rule that statements wait: pending ones are not shown.
fn statement(number: u32, moderation: u8) -> StatementInput {
    let moderation = [Moderation::Rejected, Moderation::Pending, Moderation::Accepted, Moderation::Accepted]
        [usize::from(moderation)];
    StatementInput::new(StatementNumber(number), moderation, false, ModerationRule::Before)
}

/// How many clusterings were compared, and how many maps and clusterings were not, because the votes
/// do not determine them: an eigen-gap below 1 %, or another optimum within 0.1 % of the inertia.
struct ComparisonCounts {
    compared: Cell<u32>,
    skipped: Cell<u32>,
}

/// Counts are equal; positions and groups are, where the votes determine them.
fn assert_equal(live: &mut LiveMap, seen: &ComparisonCounts) {
    let params = CheckedParams::default();
    let cold = compute_with(live.matrix(), &params, &Work::alone()).expect("it is wanted");
    let warm = live.refresh(&params, &Work::alone()).expect("it is wanted");
    let (cold_map, warm_map): (&OpinionMap, &OpinionMap) = (&cold.map, &warm.map);
    assert_eq!(cold_map.counts.votes, warm_map.counts.votes);
    for (a, b) in cold_map.statements.iter().zip(&warm_map.statements) {
        assert_eq!((a.id, a.tally()), (b.id, b.tally()));
    }
    let [first, second, third] = cold.stages.projection.eigenvalues;
    let gap = 1e-2 * first;
    if first - second < gap || second - third < gap {
        seen.skipped.set(seen.skipped.get() + 1);
        return;
    }
    for (a, b) in cold_map.participants.iter().zip(&warm_map.participants) {
        let (Some(a), Some(b)) = (a.position(), b.position()) else { continue };
        assert!((a[0] - b[0]).abs() <= 1e-6 && (a[1] - b[1]).abs() <= 1e-6, "{a:?} {b:?}");
    }
    for (a, b) in cold.stages.grouping.candidates.iter().zip(&warm.stages.grouping.candidates) {
        assert_eq!((a.k, a.eligible), (b.k, b.eligible));
        let clustering = &a.clustering;
        if clustering.next_inertia.is_some_and(|next| next < clustering.inertia * 1.001) {
            seen.skipped.set(seen.skipped.get() + 1);
            continue;
        }
        seen.compared.set(seen.compared.get() + 1);
        let differ = a.labels.iter().zip(&b.labels).filter(|(a, b)| a != b).count();
        assert!(differ * 1000 <= a.labels.len(), "{differ} of {} people for k = {}", a.labels.len(), a.k);
    }
    if warm_map.k.settling.is_none() {
        assert_eq!(cold_map.k.chosen, warm_map.k.chosen);
    }
}

#[test]
fn after_any_history_of_votes_revotes_and_moderations_a_live_map_is_a_cold_one() {
    let seen = ComparisonCounts { compared: Cell::new(0), skipped: Cell::new(0) };
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 60,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let histories = proptest::collection::vec(step(), 200..700);
    let result = runner.run(&histories, |history| {
        let statements: Vec<StatementInput> = (0..10).map(|n| statement(n, 2)).collect();
        let mut live = LiveMap::new(VoteMatrix::of_statements(&statements, 0, 0));
        live.prepare(&Work::alone());
        assert!(live.is_prepared());
        for step in history {
            match step {
                Step::Vote(person, on, value) => {
                    let choice = Choice::from_value(value).unwrap_or(Choice::Pass);
                    let listed = live.matrix().column(StatementNumber(on)).is_some();
                    let change = InputChange::Vote(ParticipantNumber(person), StatementNumber(on), choice);
                    assert_eq!(live.apply(change), listed);
                }
                Step::Moderate(number, to) => {
                    let listed = live.matrix().columns() as u32;
                    assert!(live.apply(InputChange::Statement(statement(number.min(listed), to))));
                }
                Step::Unvote(person, number) => {
                    let unvote = InputChange::Unvote(ParticipantNumber(person), StatementNumber(number));
                    prop_assert!(live.apply(unvote));
                }
                Step::Map => assert_equal(&mut live, &seen),
            }
        }
        assert_equal(&mut live, &seen);
        Ok(())
    });
    println!("compared {}, left out as undetermined {}", seen.compared.get(), seen.skipped.get());
    result.unwrap_or_else(|error| panic!("{error}"));
    assert!(seen.compared.get() > 200, "too few of the cases determine a map");
}

#[test]
fn a_crowd_that_votes_on_is_where_a_cold_map_has_it() {
    let public = SyntheticPublic { participants: 6000, statements: 60, density: 0.3, seed: 3 };
    let mut live = LiveMap::new(public.matrix());
    live.prepare(&Work::on(2));
    let seen = ComparisonCounts { compared: Cell::new(0), skipped: Cell::new(0) };
    for round in 0..3 {
        for (person, statement, choice) in public.more_votes(500, round) {
            assert!(live.apply(InputChange::Vote(person, statement, choice)));
        }
        assert_equal(&mut live, &seen);
    }
    assert!(seen.compared.get() > 0);
}

#[test]
fn another_number_of_groups_is_shown_after_it_has_won_four_times() {
    let people = |first: usize, second: usize, third: usize| {
        let camps = ["++++++----------", "------++++++----", "------------++++"];
        let row = |camp: usize, n: usize| {
            let mut row: Vec<u8> = camps[camp].bytes().collect();
            row[n % 16] = b'0';
            String::from_utf8(row).expect("it is text")
        };
        let camps = [(0, first), (1, second), (2, third)];
        let rows: Vec<String> =
            camps.iter().flat_map(|(camp, people)| (0..*people).map(|n| row(*camp, n))).collect();
        Votes::drawn(&rows.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let mut live = LiveMap::new(VoteMatrix::new(&people(40, 40, 0)));
    let params = CheckedParams::default();
    let shown = |live: &mut LiveMap| {
        let map = live.refresh(&params, &Work::alone()).expect("it is wanted").map;
        (map.k.chosen, map.k.settling)
    };
    assert_eq!(shown(&mut live), (2, None));
    for person in people(0, 0, 40).participants {
        for (statement, choice) in person.votes {
            assert!(live.apply(InputChange::Vote(
                ParticipantNumber(100 + person.number.0),
                statement,
                choice
            )));
        }
    }
    let mut settled = live.clone();
    settled.settle();
    assert_eq!(shown(&mut settled), (3, None), "the last map shows its own");
    for turn in 0..3 {
        let vote = [Choice::Agree, Choice::Disagree][turn % 2];
        assert!(live.apply(InputChange::Vote(ParticipantNumber(0), StatementNumber(0), vote)));
        assert_eq!(shown(&mut live), (2, Some(3)));
        assert_eq!(shown(&mut live), (2, Some(3)), "the same votes once more win nothing");
    }
    assert!(live.apply(InputChange::Vote(ParticipantNumber(0), StatementNumber(0), Choice::Pass)));
    assert_eq!(shown(&mut live), (3, None));
    assert_eq!(shown(&mut live), (3, None));
}
