//! What moderators do beside accepting and rejecting: nobody's vote moves, and everything can be taken back.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::histories::curated;
use super::*;
use crate::domain::Tally;

/// Six statements of as many people, shown, with everybody's votes on the first four.
fn voted() -> Stage {
    let mut stage = Stage::open(ModerationRule::After);
    for n in 0..6 {
        stage.act(person(n), Act::submit(format!("Idea {n}"), None)).unwrap();
        stage.act(staff(), Act::moderate(StatementNumber(n + 1), Moderation::Accepted, None)).unwrap();
    }
    for (who, number) in (0..6).flat_map(|who| (1..5).map(move |number| (who, number))) {
        let choice = Choice::from_value(i64::from((who + number) % 3) - 1).unwrap();
        stage.act(person(who), Ballot::new(StatementNumber(number), choice)).unwrap();
    }
    stage
}

/// What is so of a statement, but for its words.
type State = (Moderation, bool, Option<StatementNumber>, Option<u32>, Tally);

fn states(stage: &Stage) -> BTreeMap<StatementNumber, State> {
    let state = |s: &Statement| (s.moderation, s.meta, s.same_as, s.pin.map(|pin| pin.hours), s.tally);
    stage.desk.record.kept().map(|s| (s.number, state(s))).collect()
}

fn derive(from: u32, seen: Seq, texts: &[&str]) -> CurationAct {
    let texts = texts.iter().map(|text| (*text).to_owned()).collect();
    CurationAct::Derive { from: StatementNumber(from), seen, texts }
}

fn seen(stage: &Stage, number: u32) -> Seq {
    stage.statement(number).decision.unwrap().seq
}

#[test]
fn other_words_take_the_place_of_a_statement_and_its_author_can_take_them_back() {
    let mut stage = voted();
    let before = stage.counted.clone();
    let late = derive(5, Seq(1), &["Trees along the road"]);
    assert_eq!(stage.act(staff(), late).unwrap_err(), Rejection::ChangedMeanwhile);
    let now = seen(&stage, 5);
    for texts in [&[][..], &["a"; 6], &["!"], &["Idea 2"], &["Idea 4"], &["New", "new."]] {
        assert!(stage.act(staff(), derive(5, now, texts)).is_err(), "{texts:?}");
    }
    stage.act(staff(), derive(5, now, &["Trees along the road", "Benches by the river"])).unwrap();
    assert_eq!((stage.statement(5).moderation, stage.counted == before), (Moderation::Rejected, true));
    let made: Vec<_> = stage.desk.record.kept().filter(|s| s.derived_from.is_some()).cloned().collect();
    assert_eq!(
        made.iter().map(|s| s.text.text()).collect::<Vec<_>>(),
        ["Trees along the road", "Benches by the river"]
    );
    assert!(
        made.iter()
            .all(|s| stage.desk.record.is_asked(s) && s.author.is_none() && !s.seed && s.tally.seen() == 0)
    );
    let words = made[0].text.commitment().to_owned();
    let withdraw = |words: &str| StatementsAct::Withdraw { words: words.to_owned() };
    // Nobody but its author; and only while nobody else has voted on it.
    assert_eq!(stage.act(person(1), withdraw(&words)).unwrap_err(), Rejection::UnknownStatement);
    stage.act(person(4), Ballot::new(made[0].number, Choice::Agree)).unwrap();
    stage.act(person(4), withdraw(&words)).unwrap();
    assert!(stage.desk.record.statements[&made[0].number].withdrawn && !stage.words.contains_key(&words));
    stage.act(person(0), Ballot::new(made[1].number, Choice::Agree)).unwrap();
    let words = made[1].text.commitment().to_owned();
    assert_eq!(stage.act(person(4), withdraw(&words)).unwrap_err(), Rejection::OthersVoted);
    let restore = CurationAct::Restore { from: StatementNumber(5) };
    assert_eq!(stage.act(staff(), restore).unwrap_err(), Rejection::OthersVoted);
    stage.check();
}

#[test]
fn what_is_left_of_a_split_goes_back_to_what_it_was_and_not_against_a_colleague() {
    let mut stage = voted();
    let split = |stage: &Stage| derive(5, seen(stage, 5), &["Trees along the road", "Benches by the river"]);
    stage.act(staff(), split(&stage)).unwrap();
    let second = stage.desk.record.kept().last().unwrap().text.commitment().to_owned();
    stage.act(person(4), StatementsAct::Withdraw { words: second }).unwrap();
    let restore = || CurationAct::Restore { from: StatementNumber(5) };
    stage.act(staff(), restore()).unwrap();
    assert_eq!(stage.statement(5).moderation, Moderation::Accepted);
    // Of one that was rejected before, and that a colleague accepted since.
    stage.act(staff(), Act::moderate(StatementNumber(5), Moderation::Rejected, Some(0))).unwrap();
    stage.act(staff(), split(&stage)).unwrap();
    stage.act(staff(), Act::moderate(StatementNumber(5), Moderation::Accepted, None)).unwrap();
    stage.act(staff(), restore()).unwrap();
    assert_eq!(stage.statement(5).moderation, Moderation::Accepted);
    stage.check();
}

#[test]
fn who_writes_the_same_as_an_organiser_takes_nothing_of_theirs_away() {
    for erases in [false, true] {
        let mut stage = Stage::open(ModerationRule::Before);
        stage.act(staff(), Act::seed("More trees", false)).unwrap();
        stage.act(staff(), Act::moderate(StatementNumber(1), Moderation::Pending, None)).unwrap();
        stage.act(person(1), Act::submit("more trees.", None)).unwrap();
        let goes: Act = if erases {
            stage.act(staff(), Act::moderate(StatementNumber(1), Moderation::Accepted, None)).unwrap();
            stage.act(person(2), Ballot::new(StatementNumber(1), Choice::Agree)).unwrap();
            ForgettingAct::Own.into()
        } else {
            StatementsAct::Withdraw { words: stage.words_of(1, 1) }.into()
        };
        stage.act(person(1), goes).unwrap();
        assert!(!stage.statement(1).withdrawn && stage.statement(1).seconds.is_empty());
        assert_eq!(stage.statement(1).text.text(), "More trees");
        stage.check();
    }
}

#[test]
fn what_was_held_goes_with_the_links_like_all_that_nobody_was_shown() {
    let mut stage = voted();
    let hold = CurationAct::Hold { statement: StatementNumber(2), held: true };
    stage.act(staff(), hold).unwrap();
    stage.act(person(1), Act::submit("Held", None)).unwrap();
    // Somebody else who writes the same is not held, and does not learn that it is there.
    stage.act(person(2), Act::submit("held", None)).unwrap();
    assert!(stage.desk.record.is_shown(stage.statement(8)) && stage.statement(7).seconds.is_empty());
    stage.act(staff(), Act::close()).unwrap();
    stage.act(staff(), ForgettingAct::Links).unwrap();
    assert!(stage.statement(7).withdrawn && !stage.statement(8).withdrawn);
    stage.check();
}

#[test]
fn of_two_that_say_the_same_one_is_asked_and_both_keep_their_votes() {
    let mut stage = voted();
    let before = states(&stage);
    let merge =
        |a: u32, b: u32| CurationAct::Merge { statement: StatementNumber(a), into: Some(StatementNumber(b)) };
    stage.act(staff(), merge(2, 1)).unwrap();
    assert!(
        !stage.desk.record.is_asked(stage.statement(2)) && stage.desk.record.is_shown(stage.statement(2))
    );
    assert_eq!(stage.desk.record.merged(), [[1, 2].map(StatementNumber)]);
    assert_eq!(stage.statement(1).tally, before[&StatementNumber(1)].4, "no vote is counted twice");
    for (a, b) in [(1, 3), (3, 2), (3, 3)] {
        assert_eq!(stage.act(staff(), merge(a, b)).unwrap_err(), Rejection::MergedAlready, "{a} {b}");
    }
    stage.act(staff(), Act::moderate(StatementNumber(4), Moderation::Rejected, None)).unwrap();
    assert_eq!(stage.act(staff(), merge(3, 4)).unwrap_err(), Rejection::StatementNotShown);
    // Where the one that is asked is shown no more, people are asked the other one again.
    stage.act(staff(), Act::moderate(StatementNumber(1), Moderation::Rejected, None)).unwrap();
    assert!(stage.desk.record.is_asked(stage.statement(2)) && stage.desk.record.merged().is_empty());
    stage.check();
}

#[test]
fn new_statements_can_be_stopped_and_those_of_one_author_held() {
    let mut stage = voted();
    stage.act(staff(), CurationAct::Pause { paused: true }).unwrap();
    let submit = |text: &str| Act::submit(text, None);
    assert_eq!(stage.act(person(1), submit("More")).unwrap_err(), Rejection::SubmissionsPaused);
    stage.act(person(1), Ballot::new(StatementNumber(5), Choice::Agree)).unwrap();
    stage.act(staff(), CurationAct::Pause { paused: false }).unwrap();
    let hold = |held| CurationAct::Hold { statement: StatementNumber(2), held };
    stage.act(staff(), hold(true)).unwrap();
    stage.act(person(1), submit("Held")).unwrap();
    stage.act(person(2), submit("Free")).unwrap();
    let shown = |stage: &Stage, number: u32| stage.desk.record.is_shown(stage.statement(number));
    assert!(!shown(&stage, 7) && shown(&stage, 8));
    // What was held waits until somebody has read it, also when nothing more is held.
    stage.act(staff(), hold(false)).unwrap();
    assert!(!shown(&stage, 7));
    stage.act(staff(), Act::moderate(StatementNumber(7), Moderation::Accepted, None)).unwrap();
    stage.act(person(1), submit("At once")).unwrap();
    assert!(shown(&stage, 7) && shown(&stage, 9));
    stage.check();
}

/// What takes an act back; nothing, where it is a taking back itself.
fn back(act: &CurationAct) -> Option<CurationAct> {
    Some(match *act {
        CurationAct::Derive { from, .. } => CurationAct::Restore { from },
        CurationAct::Merge { statement, .. } => CurationAct::Merge { statement, into: None },
        CurationAct::Classify { statement, .. } => CurationAct::Classify { statement, meta: false },
        CurationAct::Pin { statement, .. } => CurationAct::Pin { statement, hours: 0 },
        CurationAct::Pause { .. } => CurationAct::Pause { paused: false },
        CurationAct::Hold { statement, .. } => CurationAct::Hold { statement, held: false },
        CurationAct::Restore { .. } => return None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever moderators do, no vote and no tally changes; and taken back, in whatever order, all is as it was.
    #[test]
    fn no_act_of_a_moderator_changes_a_vote_and_all_of_them_can_be_taken_back_in_any_order(
        acts in prop::collection::vec((0..9u32, 1..7u32, 1..7u32), 1..25),
        order in any::<prop::sample::Index>(),
        turned: bool,
    ) {
        let mut stage = voted();
        let (before, counted) = (states(&stage), stage.counted.clone());
        let mut done = Vec::new();
        for (kind, statement, other) in acts {
            let act = curated(&stage, kind, statement, other);
            if stage.act(staff(), act.clone()).is_ok() {
                done.extend(back(&act));
            }
            prop_assert_eq!(&stage.counted, &counted);
            for (number, state) in states(&stage) {
                prop_assert_eq!(state.4, before.get(&number).map_or(Tally::default(), |was| was.4));
            }
        }
        let cut = if done.is_empty() { 0 } else { order.index(done.len()) };
        done.rotate_left(cut);
        if turned {
            done.reverse();
        }
        for act in done {
            stage.act(staff(), act).unwrap();
        }
        prop_assert_eq!(states(&stage), before);
        let record = &stage.desk.record;
        prop_assert!(!record.conversation.submissions_paused && record.held_authors.is_empty());
        stage.check();
    }
}
