//! An attacker who reads results before and after votes were left out, and beside them (I10).

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::public_tests::{PublicView, SamplePublic};
use super::{LeftOut, PublicTally};
use crate::domain::{Choice, StatementNumber, Tally};

/// Conversations that are attacked.
const CONVERSATIONS: u32 = 1_000;

/// A public before and after its first people were left out, and what is told of them.
fn publics() -> impl Iterator<Item = (PublicView, PublicView, LeftOut, usize)> {
    let mut runner = TestRunner::deterministic();
    let strategy = (SamplePublic::any(60), 5u32..9, 0usize..20);
    (0..CONVERSATIONS).filter_map(move |_| {
        let (public, min, more) = strategy.new_tree(&mut runner).expect("a public").current();
        let before = PublicView::of(&public, public.people, min);
        let count = min as usize + more;
        (count <= before.votes.participants.len()).then(|| {
            let (after, left_out) = before.without_first(&public, count);
            (before, after, left_out, count)
        })
    })
}

/// The votes of those who were left out on a statement, of one group on the map before.
fn truth(before: &PublicView, count: usize, statement: StatementNumber, label: Option<&str>) -> Tally {
    let mut tally = Tally::default();
    for person in &before.votes.participants[..count] {
        let own = before.map.group_of(person.number).map(|group| group.label.as_str());
        if label.is_none() || own == label {
            let votes = person.votes.iter().filter(|(voted, _)| *voted == statement);
            votes.for_each(|(_, choice): &(_, Choice)| tally.add(*choice));
        }
    }
    tally
}

/// What one table has more than another; `None` where it isn't more.
fn difference(before: PublicTally, after: PublicTally) -> Option<Tally> {
    let (before, after) = (before.votes(), after.votes());
    Some(Tally {
        agree: before.agree.checked_sub(after.agree)?,
        disagree: before.disagree.checked_sub(after.disagree)?,
        pass: before.pass.checked_sub(after.pass)?,
    })
}

#[test]
fn i10_beside_results_nobody_reads_what_few_of_those_left_out_said() {
    let (mut told, mut hidden) = (0, 0);
    for (_, after, left_out, _) in publics() {
        for one in &left_out.statements {
            let apart = difference(one.with, one.without).expect("with them there are more");
            assert!(apart.seen() >= after.results.min, "{apart:?}");
            told += 1;
        }
        hidden += after.results.statements.len() - left_out.statements.len();
    }
    assert!(told > 400 && hidden > 1_000, "{told} and {hidden}");
}

#[test]
fn i10_before_and_after_nobody_reads_what_few_of_those_left_out_said() {
    let (mut few, mut known, mut everybody) = (0, 0, 0);
    for (before, after, _, count) in publics() {
        let min = before.results.min;
        for row in &before.results.statements {
            let Some(later) = after.results.statement(row.number) else { continue };
            if let (Some(all), Some(then)) = (row.cells.overall, later.cells.overall)
                && let Some(apart) = difference(all, then)
            {
                let is_few = (1..min).contains(&truth(&before, count, row.number, None).seen());
                everybody += u32::from(is_few && apart == truth(&before, count, row.number, None));
            }
            for (group, cell) in before.results.groups.iter().zip(&row.cells.groups) {
                let at = after.results.groups.iter().position(|other| other.label == group.label);
                let then = at.and_then(|at| later.cells.groups[at]);
                let theirs = truth(&before, count, row.number, Some(&group.label));
                if (1..min).contains(&theirs.seen())
                    && let (Some(cell), Some(then)) = (*cell, then)
                {
                    few += 1;
                    known += u32::from(difference(cell, then) == Some(theirs));
                }
            }
        }
    }
    println!(
        "cells of few of those left out: {few}; known from before and after: {known}; of everybody: {everybody}"
    );
    assert!(few > 300, "{few}");
    assert!(100 * known < few, "{known} of {few}");
    assert_eq!(everybody, 0);
}
