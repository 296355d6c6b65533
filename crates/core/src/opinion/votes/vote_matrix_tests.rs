//! Votes in rows.

use crate::domain::{Choice, Moderation, ModerationRule, ParticipantNumber, StatementNumber, Tally};
use crate::opinion::numeric::work::Work;
use crate::opinion::votes::input::{ParticipantVotes, StatementInput, Votes};
use crate::opinion::votes::vote_matrix::*;

fn statement(number: u32) -> StatementInput {
    StatementInput {
        number: StatementNumber(number),
        moderation: Moderation::Accepted,
        meta: false,
        shown: true,
    }
}

fn person(number: u32, votes: &[(u32, Choice)]) -> ParticipantVotes {
    let votes = votes.iter().map(|&(s, c)| (StatementNumber(s), c)).collect();
    ParticipantVotes { number: ParticipantNumber(number), votes }
}

fn row(matrix: &VoteMatrix, row: usize) -> Vec<(usize, usize)> {
    matrix.row(row).collect()
}

#[test]
fn a_vote_that_is_taken_back_was_never_there() {
    let listed: Vec<StatementInput> = (0..4)
        .map(|n| StatementInput::new(StatementNumber(n), Moderation::Accepted, false, ModerationRule::Before))
        .collect();
    let cast = |matrix: &mut VoteMatrix, person: u32, statement: u32| {
        matrix.set(ParticipantNumber(person), StatementNumber(statement), Choice::Pass);
    };
    let [mut with, mut without] = [0, 1].map(|_| VoteMatrix::of_statements(&listed, 0, 0));
    for (person, statement) in [(5, 1), (2, 3), (5, 0), (5, 3), (9, 2)] {
        cast(&mut with, person, statement);
        if (person, statement) != (5, 1) && person != 9 {
            cast(&mut without, person, statement);
        }
    }
    for (person, statement, was) in [(5, 1, true), (9, 2, true), (9, 2, false), (5, 2, false), (1, 1, false)]
    {
        let before = with.unset(ParticipantNumber(person), StatementNumber(statement));
        assert_eq!(before, was.then_some(Choice::Pass), "{person} {statement}");
    }
    let rows = |matrix: &VoteMatrix| (0..2).map(|at| row(matrix, at)).collect::<Vec<_>>();
    assert_eq!((with.participants(), rows(&with)), (without.participants(), rows(&without)));
}

#[test]
fn rows_stand_by_person_and_people_without_a_listed_vote_have_none() {
    let votes = Votes {
        statements: vec![statement(9), statement(3), statement(4)],
        participants: vec![
            person(7, &[(9, Choice::Agree), (3, Choice::Pass)]),
            person(2, &[(4, Choice::Disagree)]),
            person(1, &[]),
            person(8, &[(77, Choice::Agree)]),
        ],
    };
    let matrix = VoteMatrix::new(&votes);
    assert_eq!(matrix.participants(), [ParticipantNumber(2), ParticipantNumber(7)]);
    assert_eq!((row(&matrix, 0), row(&matrix, 1)), (vec![(1, 0)], vec![(0, 1), (2, 2)]));
    let counts = matrix.counts(None, &Work::alone());
    assert_eq!(tally(&counts, 2), Tally { agree: 1, disagree: 0, pass: 0 });
    assert_eq!((matrix.votes(), matrix.rows(), matrix.columns()), (3, 2, 3));
}

#[test]
fn of_two_votes_on_one_statement_the_last_counts_and_large_numbers_work() {
    let large = u32::MAX;
    let votes = Votes {
        statements: vec![statement(large), statement(0)],
        participants: vec![
            person(1, &[(large, Choice::Agree), (0, Choice::Pass), (large, Choice::Disagree)]),
            person(1, &[(0, Choice::Agree)]),
        ],
    };
    let matrix = VoteMatrix::new(&votes);
    assert_eq!(row(&matrix, 0), [(0, 2), (1, 0)]);
}

#[test]
fn votes_can_be_cast_and_changed_and_statements_be_added_at_the_end() {
    let mut matrix = VoteMatrix::of_statements(&[statement(1)], 0, 0);
    let cast =
        |matrix: &mut VoteMatrix, p: u32, s: u32, c| matrix.set(ParticipantNumber(p), StatementNumber(s), c);
    assert_eq!(cast(&mut matrix, 5, 2, Choice::Agree), None);
    assert!(matrix.set_statement(statement(2)) && !matrix.set_statement(statement(0)));
    let first = cast(&mut matrix, 5, 2, Choice::Agree);
    assert_eq!(first, Some(CellChange { row: 0, column: 1, before: None }));
    cast(&mut matrix, 3, 1, Choice::Pass);
    let again = cast(&mut matrix, 5, 2, Choice::Disagree);
    assert_eq!(again, Some(CellChange { row: 1, column: 1, before: Some(Choice::Agree) }));
    assert_eq!(row(&matrix, 1), [(1, 0)]);
}

#[test]
fn more_columns_than_two_bytes_can_name_are_as_good() {
    let statements: Vec<_> = (0..21_845).map(statement).collect();
    let mut matrix = VoteMatrix::of_statements(&statements, 1, 1);
    matrix.set(ParticipantNumber(0), StatementNumber(21_844), Choice::Agree);
    assert!(matches!(matrix.codes, Codes::Narrow(_)));
    assert!(matrix.set_statement(statement(21_845)));
    matrix.set(ParticipantNumber(0), StatementNumber(21_845), Choice::Pass);
    assert!(matches!(matrix.codes, Codes::Wide(_)));
    assert_eq!(row(&matrix, 0), [(21_844, 2), (21_845, 1)]);
    assert_eq!(tally(&matrix.counts(None, &Work::alone()), 21_845).pass, 1);
}

#[test]
fn a_statement_has_its_column_wherever_numbers_begin_and_whatever_is_missing() {
    for numbers in [vec![0, 1, 2, 3], vec![1, 2, 3, 4], vec![7, 8, 20, 21], vec![5]] {
        let listed: Vec<StatementInput> = numbers.iter().map(|number| statement(*number)).collect();
        let matrix = VoteMatrix::of_statements(&listed, 0, 0);
        for number in 0..25 {
            let at = numbers.iter().position(|known| *known == number);
            assert_eq!(matrix.column(StatementNumber(number)), at, "{number} of {numbers:?}");
        }
    }
    assert_eq!(VoteMatrix::of_statements(&[], 0, 0).column(StatementNumber(1)), None);
}
