//! What must hold for any votes (OPINION, Part C): properties, checked on random small tables.

use std::sync::atomic::{AtomicU32, Ordering};

use proptest::prelude::*;

use crate::domain::{Choice, Moderation, ParticipantNumber, StatementNumber, Tally};
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::map::opinion_map::OpinionMap;
use crate::opinion::numeric::geometry::rounded;
use crate::opinion::pipeline::compute::compute;
use crate::opinion::votes::input::{ParticipantVotes, StatementInput, Votes};

/// Every number of the map, as JSON sees it: serde_json writes what isn't finite as null.
pub(super) fn assert_finite(map: &OpinionMap) {
    let nullable = ["x", "y", "radius", "group", "note", "params", "settling", "validation", "polis"];
    fn walk(value: &serde_json::Value, path: &str, nullable: &[&str]) {
        match value {
            serde_json::Value::Null => {
                assert!(nullable.iter().any(|key| path.ends_with(&format!(".{key}"))), "null at {path}");
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, path, nullable)),
            serde_json::Value::Object(entries) => entries
                .iter()
                .filter(|(key, _)| *key != "params")
                .for_each(|(key, item)| walk(item, &format!("{path}.{key}"), nullable)),
            _ => {}
        }
    }
    let json = serde_json::to_value(map).expect("a map is JSON");
    walk(&json, "", &nullable);
    let numbers =
        map.participants.iter().filter_map(super::map::participant::MapParticipant::position).flatten();
    assert!(numbers.chain(map.statements.iter().filter_map(|s| s.x)).all(f64::is_finite));
}

prop_compose! {
    /// Two loose camps and noise, with gaps: has structure, so that ties are rare.
    fn votes()(people in 3u32..60, statements in 2u32..16)(
        rows in proptest::collection::vec(
            (any::<bool>(), proptest::collection::vec((0u8..10, -1i64..2), statements as usize)),
            people as usize,
        ),
        kinds in proptest::collection::vec((0u8..12, 0u8..12), statements as usize),
    ) -> Votes {
        let statements = (0u32..).zip(kinds).map(|(number, (moderation, meta))| StatementInput {
            number: StatementNumber(3 * number + 1),
            moderation: match moderation {
                0 => Moderation::Rejected,
                1..4 => Moderation::Pending,
                _ => Moderation::Accepted,
            },
            meta: meta == 0,
            // Some of the pending ones wait.
            shown: moderation > 1,
        }).collect();
        let participants = (0u32..).zip(rows).map(|(person, (camp, cells))| ParticipantVotes {
            number: ParticipantNumber(7 * person),
            votes: (0u32..).zip(cells).filter(|(_, (seen, _))| *seen < 7).map(|(s, (dice, random))| {
                let own = if camp == (s % 2 == 0) { 1 } else { -1 };
                let value = if dice < 5 { own } else { random };
                (StatementNumber(3 * s + 1), Choice::from_value(value).unwrap_or(Choice::Pass))
            }).collect(),
        }).collect();
        Votes { statements, participants }
    }
}

/// Cases of mirrored votes, and those of which the groups are another optimum.
static MIRRORED: AtomicU32 = AtomicU32::new(0);
static ELSEWHERE: AtomicU32 = AtomicU32::new(0);

fn computed(votes: &Votes) -> super::ComputedMap {
    let matrix = super::VoteMatrix::new(votes);
    super::compute_with(&matrix, &CheckedParams::default(), &super::Work::alone()).expect("it is wanted")
}

fn sizes(map: &OpinionMap) -> Vec<u32> {
    map.groups.iter().map(|group| group.size).collect()
}

/// Whether the clusterings of every k are equally good: k-means found the same of its optima.
fn same_optima(a: &super::ComputedMap, b: &super::ComputedMap) -> bool {
    let inertias = |computed: &super::ComputedMap| -> Vec<f64> {
        computed.stages.grouping.candidates.iter().map(|c| c.clustering.inertia).collect()
    };
    let (a, b) = (inertias(a), inertias(b));
    a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| (a - b).abs() <= 1e-6 * (a + b) + 1e-12)
}

fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        // Published numbers are rounded to 6 decimals, so neighbours differ by one step at most.
        (Some(a), Some(b)) => (a - b).abs() < 2.1e-6,
        (a, b) => a.is_none() && b.is_none(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1600))]

    #[test]
    fn the_order_in_which_people_and_statements_come_does_not_matter(votes in votes(), turn in 0usize..50) {
        let mut turned = votes.clone();
        let by = turn % turned.participants.len();
        turned.participants.rotate_left(by);
        turned.participants.reverse();
        turned.statements.reverse();
        turned.participants.iter_mut().for_each(|p| p.votes.reverse());
        prop_assert_eq!(compute(&votes, &CheckedParams::default()), compute(&turned, &CheckedParams::default()));
    }

    #[test]
    fn renumbering_people_renumbers_the_map_and_nothing_else(votes in votes()) {
        let mut renamed = votes.clone();
        for participant in &mut renamed.participants {
            participant.number.0 = 10_000 - participant.number.0;
        }
        let (map, mut other) = (compute(&votes, &CheckedParams::default()), compute(&renamed, &CheckedParams::default()));
        for participant in &mut other.participants {
            participant.id.0 = 10_000 - participant.id.0;
        }
        other.participants.reverse();
        prop_assert_eq!(map, other);
    }

    #[test]
    fn a_statement_that_nobody_saw_changes_nothing_else(votes in votes()) {
        let mut more = votes.clone();
        more.statements.push(StatementInput::accepted(StatementNumber(0)));
        let (map, mut other) = (compute(&votes, &CheckedParams::default()), compute(&more, &CheckedParams::default()));
        prop_assert_eq!(other.statements.remove(0).id.0, 0);
        prop_assert_eq!(map, other);
    }

    #[test]
    fn tallies_equal_a_naive_recount_and_everything_is_finite(votes in votes()) {
        let map = compute(&votes, &CheckedParams::default());
        assert_finite(&map);
        let recount = |statement: StatementNumber, group: Option<u32>| {
            let mut tally = Tally::default();
            for participant in &votes.participants {
                let placed = map.participant(participant.number).and_then(super::map::participant::MapParticipant::group);
                if group.is_none() || placed == group {
                    participant.votes.iter().filter(|(s, _)| *s == statement).for_each(|(_, c)| tally.add(*c));
                }
            }
            tally
        };
        for statement in &map.statements {
            prop_assert_eq!(statement.tally(), recount(statement.id, None));
            prop_assert_eq!(statement.groups.len(), map.groups.len());
            for (group, tally) in (0u32..).zip(&statement.groups) {
                prop_assert_eq!(*tally, recount(statement.id, Some(group)));
            }
        }
        let sizes: Vec<u32> = map.groups.iter().map(|g| g.size).collect();
        prop_assert_eq!(sizes.iter().sum::<u32>(), map.counts.placed);
        prop_assert!(sizes.is_sorted_by(|a, b| a >= b));
        prop_assert_eq!(map.placed().count(), map.counts.placed as usize);
        let text = serde_json::to_string(&map).expect("a map is JSON");
        prop_assert_eq!(serde_json::from_str::<OpinionMap>(&text).expect("and back"), map);
    }

    #[test]
    fn flipping_every_vote_mirrors_the_map(votes in votes()) {
        let mut flipped = votes.clone();
        for vote in flipped.participants.iter_mut().flat_map(|p| &mut p.votes) {
            vote.1 = Choice::from_value(-i64::from(vote.1.value())).unwrap_or(Choice::Pass);
        }
        let [computed, mirrored] = [&votes, &flipped].map(computed);
        let (map, other) = (&computed.map, &mirrored.map);
        // Where two directions explain (nearly) the same, the axes are arbitrary: skipped.
        let [first, second] = map.pca.explained_variance_ratio;
        prop_assume!(first - second > 1e-3 && map.note != Some(super::MapNote::ArbitraryAxes));
        // Mirrored points are clustered from other starts: some end in another optimum.
        let [all, elsewhere] = [&MIRRORED, &ELSEWHERE].map(|count| count.load(Ordering::Relaxed));
        MIRRORED.store(all + 1, Ordering::Relaxed);
        if same_optima(&computed, &mirrored) {
            prop_assert_eq!(&map.k.eligible, &other.k.eligible);
            prop_assert_eq!(sizes(map), sizes(other));
        } else {
            ELSEWHERE.store(elsewhere + 1, Ordering::Relaxed);
            prop_assert!(elsewhere < 10 + all / 20, "{elsewhere} of {all} in another optimum");
        }
        for (a, b) in map.participants.iter().zip(&other.participants) {
            let x = |p: &super::MapParticipant| p.position().map(|[x, _]| x);
            prop_assert!(near(x(a), x(b).map(|x| rounded(-x))), "{a:?} {b:?}");
        }
        for (a, b) in map.statements.iter().zip(&other.statements) {
            prop_assert_eq!((a.agree, a.disagree, a.pass), (b.disagree, b.agree, b.pass));
        }
        if map.groups.iter().map(|g| g.size).eq(other.groups.iter().map(|g| g.size)) {
            for (a, b) in map.consensus.agree.iter().zip(&other.consensus.disagree) {
                prop_assert_eq!(a.statistics.seen, b.statistics.seen);
            }
        }
    }

    #[test]
    fn a_map_from_votes_one_by_one_is_a_map_from_all_at_once(votes in votes()) {
        let mut matrix = super::VoteMatrix::of_statements(&votes.statements, 0, 0);
        // Everybody says the opposite first: only the last vote may count.
        for opposite in [true, false] {
            for person in votes.participants.iter().rev() {
                for (statement, choice) in person.votes.iter().rev() {
                    let value = i64::from(choice.value()) * if opposite { -1 } else { 1 };
                    let choice = Choice::from_value(value).unwrap_or(Choice::Pass);
                    prop_assert!(matrix.set(person.number, *statement, choice).is_some());
                }
            }
        }
        prop_assert_eq!(super::compute_cold(&matrix, &CheckedParams::default()), compute(&votes, &CheckedParams::default()));
    }

    #[test]
    fn excluding_people_is_as_if_they_had_never_voted(votes in votes(), which in 0usize..60) {
        let excluded = votes.participants[which % votes.participants.len()].number;
        let params = CheckedParams::default().of_people(false, vec![excluded]);
        let mut without = votes.clone();
        without.participants.retain(|person| person.number != excluded);
        let (mut map, other) = (compute(&votes, &params), compute(&without, &CheckedParams::default()));
        let listed = map.participants.iter().position(|p| p.id == excluded);
        if let Some(at) = listed {
            let person = map.participants.remove(at);
            prop_assert!(person.excluded && person.placement.is_none());
        }
        prop_assert_eq!(map.counts.votes, other.counts.votes);
        prop_assert_eq!(&map.statements, &other.statements);
        prop_assert_eq!(&map.groups, &other.groups);
        prop_assert_eq!(&map.participants, &other.participants);
        prop_assert_eq!(&map.consensus, &other.consensus);
    }
}

#[test]
fn relabelling_statements_relabels_the_map_and_nothing_else() {
    // Another order of columns is another order of sums: the same but for the last digits. Where
    // the votes do not determine axes or groups, these digits do; such cases are skipped and counted.
    let config = ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let compared = std::cell::Cell::new([0u32; 3]);
    let count = |at: usize| {
        let mut counts = compared.get();
        counts[at] += 1;
        compared.set(counts);
    };
    let result = runner.run(&(votes(), 1u32..40), |(votes, turn)| {
        let renamed_number = |n: StatementNumber| StatementNumber((n.0 * 7 + turn * 13) % 1009);
        let mut renamed = votes.clone();
        renamed.statements.iter_mut().for_each(|s| s.number = renamed_number(s.number));
        for vote in renamed.participants.iter_mut().flat_map(|p| &mut p.votes) {
            vote.0 = renamed_number(vote.0);
        }
        let [original, again] = [&votes, &renamed].map(computed);
        let (map, stages, other) = (&original.map, &original.stages, &again.map);
        prop_assert_eq!(map.counts, other.counts);
        for statement in &map.statements {
            let same = other.statement(renamed_number(statement.id));
            prop_assert_eq!(same.map(super::map::opinion_map::MapStatement::tally), Some(statement.tally()));
        }
        let [first, second, third] = stages.projection.eigenvalues;
        if first - second < 1e-3 * first || second - third < 1e-3 * first {
            count(2);
            return Ok(());
        }
        for axis in 0..2 {
            // Up to the sign of the axis, which goes by the order of equally large loadings.
            let pairs = map.participants.iter().zip(&other.participants);
            let positions: Vec<(f64, f64)> =
                pairs.filter_map(|(a, b)| Some((a.position()?[axis], b.position()?[axis]))).collect();
            let apart = |sign: f64| positions.iter().map(|(a, b)| (a - sign * b).abs()).fold(0.0, f64::max);
            prop_assert!(apart(1.0).min(apart(-1.0)) < 2.1e-6, "axis {}", axis);
        }
        let leads = stages.grouping.candidates.iter().all(|candidate| {
            let clustering = &candidate.clustering;
            clustering.next_inertia.is_none_or(|next| next > clustering.inertia * 1.001)
        });
        // An axis that is turned puts the points in another order, and the starts elsewhere.
        let determined = leads && same_optima(&original, &again);
        count(usize::from(!determined));
        if determined {
            prop_assert_eq!(sizes(map), sizes(other));
        }
        Ok(())
    });
    let [all, axes, none] = compared.get();
    println!("compared with groups {all}, axes only {axes}, not determined {none}");
    result.unwrap_or_else(|error| panic!("{error}"));
    assert!(all > 200 && axes + all > 700);
}
