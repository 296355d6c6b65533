//! Leaving people's votes out: never those of few, nobody in two sets, and everything can be counted again.

use super::*;
use crate::domain::Tally;

fn exclude(people: impl IntoIterator<Item = u32>, reason: &str) -> ExclusionAct {
    let people = people.into_iter().map(ParticipantNumber).collect();
    ExclusionAct::Exclude { people, basis: ExclusionBasis::Burst, reason: reason.to_owned() }
}

/// Twelve people who voted on two statements.
fn voted() -> Stage {
    let mut stage = Stage::open(ModerationRule::After);
    stage.act(staff(), Act::seed("More trees", false)).unwrap();
    stage.act(staff(), Act::seed("More cars", false)).unwrap();
    for (who, number) in (0..12).flat_map(|who| [(who, 1), (who, 2)]) {
        let choice = if who % 2 == number % 2 { Choice::Agree } else { Choice::Disagree };
        stage.act(person(who), Ballot::new(StatementNumber(number), choice)).unwrap();
    }
    stage
}

#[test]
fn votes_of_few_are_not_left_out_nor_anybodys_twice() {
    let mut stage = voted();
    let few = Rejection::TooFewPeople { min: 5 };
    assert_eq!(stage.act(staff(), exclude(0..4, "Robots")).unwrap_err(), few);
    assert_eq!(stage.act(staff(), exclude(100..120, "Robots")).unwrap_err(), few, "they are nobody");
    assert_eq!(stage.act(staff(), exclude(0..5, "  ")).unwrap_err(), Rejection::ReasonNeeded);
    assert_eq!(stage.act(person(1), exclude(0..5, "Robots")).unwrap_err(), Rejection::NotAllowed);
    stage.act(staff(), exclude(0..5, "Robots")).unwrap();
    assert_eq!(stage.act(staff(), exclude(0..6, "And one more")).unwrap_err(), few, "one is new");
    stage.act(staff(), exclude(3..10, "And five more")).unwrap();
    assert_eq!(stage.desk.record.exclusions[1].people, [5, 6, 7, 8, 9].map(ParticipantNumber));
    stage.check();
}

#[test]
fn what_is_left_out_counts_again_as_it_is_then() {
    let mut stage = voted();
    let before = stage.counted.clone();
    let (_, effects) = stage.act(staff(), exclude(0..6, "Robots")).unwrap();
    let changed: std::collections::BTreeSet<u32> = effects.voters().map(|who| who.0).collect();
    assert!(changed.into_iter().eq(0..6), "their map waits for nobody else to vote");
    assert_eq!((stage.counted.len(), stage.statement(1).tally.seen()), (12, 12), "nobody's vote moved");
    let set = stage.desk.record.exclusions[0].set;
    let left_out = stage.desk.record.exclusions[0].votes.clone().unwrap();
    assert_eq!(left_out[0], (StatementNumber(1), Tally { agree: 3, disagree: 3, pass: 0 }));
    // They can vote on, and it counts when they do.
    stage.act(person(1), Ballot::new(StatementNumber(1), Choice::Pass)).unwrap();
    assert_eq!(stage.counted.len(), 12);
    stage.check();
    stage.act(staff(), ExclusionAct::Include { set }).unwrap();
    let again: Act = ExclusionAct::Include { set }.into();
    assert_eq!(stage.act(staff(), again).unwrap().0, Decided::changed(0));
    let changed = (ParticipantNumber(1), StatementNumber(1));
    let expected =
        before.into_iter().map(|(of, choice)| (of, if of == changed { Choice::Pass } else { choice }));
    assert_eq!(stage.counted, expected.collect());
    stage.check();
}

#[test]
fn where_one_of_them_is_erased_with_their_votes_the_others_are_not_shown_without_theirs() {
    let mut stage = voted();
    let now = Brief::from(&stage.desk.record.conversation);
    let terms = TermsBrief { erases_votes: true, ..now.terms };
    let brief = Brief { terms, reason: "Asked for".to_owned(), ..now };
    stage.act(staff(), RulesAct::Change(Box::new(brief))).unwrap();
    stage.act(staff(), exclude(0..6, "Robots")).unwrap();
    stage.act(person(2), ForgettingAct::Own).unwrap();
    assert_eq!(stage.desk.record.exclusions[0].votes, None);
    stage.check();
}

#[test]
fn two_sets_over_time_never_differ_by_few_people() {
    let mut stage = voted();
    let count_again = |stage: &mut Stage| {
        let set = stage.desk.record.exclusions[0].set;
        stage.act(staff(), ExclusionAct::Include { set }).unwrap();
    };
    let few = Rejection::TooFewPeople { min: 5 };
    stage.act(staff(), exclude(0..7, "Robots")).unwrap();
    count_again(&mut stage);
    assert_eq!(stage.act(staff(), exclude(0..6, "But for one")).unwrap_err(), few);
    assert_eq!(stage.act(staff(), exclude(0..8, "And one more")).unwrap_err(), few);
    // Of those who are not all there, nobody is left out.
    stage.act(staff(), exclude(6..12, "Five others")).unwrap();
    assert_eq!(stage.desk.record.exclusions[0].people, [7, 8, 9, 10, 11].map(ParticipantNumber));
    count_again(&mut stage);
    stage.act(staff(), exclude(0..12, "All")).unwrap();
    assert_eq!(stage.desk.record.exclusions[0].people.len(), 12);
    stage.check();
}
