//! Agendas made by hand, by acts that come in any order.

use proptest::prelude::*;

use super::stage::{Stage, person, staff};
use crate::conversation::{
    Act, AgendaAct, AgendaEdit, AgendaTriggers, ForgettingAct, Freeze, OwnItem, Threshold,
};
use crate::domain::{
    Agenda, BackedStatement, Background, Evidence, Goal, GroupTally, ItemNumber, ItemReason, Moderation,
    ModerationRule, Omission, OmissionReason, OperationId, PersonalText, Plan, Proposal, ProposedItem,
    Rejection, Seq, Session, StatementNumber, Tally, Timestamp,
};

fn backed(statement: u32, reason: ItemReason) -> BackedStatement {
    let tally = Tally { agree: 7, disagree: 1, pass: 0 };
    let groups = vec![GroupTally { label: "A".into(), size: 9, tally }];
    BackedStatement { statement: StatementNumber(statement), reason, overall: tally, groups, firmness: None }
}

fn proposal(statements: &[u32]) -> Box<Proposal> {
    let reason = ItemReason::Bridging { lowest_share_permille: 600 };
    Box::new(Proposal {
        map_version: Seq(9),
        places: 3,
        voters: 9,
        candidates: 6,
        items: statements
            .iter()
            .map(|statement| ProposedItem { statements: vec![backed(*statement, reason.clone())] })
            .collect(),
        left_out: vec![Omission { statement: StatementNumber(6), why: OmissionReason::NotChosen }],
    })
}

/// A conversation with six statements and a draft of the first three.
fn stage() -> Stage {
    let mut stage = Stage::open(ModerationRule::Before);
    for text in ["One", "Two", "Three", "Four", "Five", "Six"] {
        stage.act(staff(), Act::seed(text, false)).unwrap();
    }
    stage.act(staff(), AgendaAct::Draft(proposal(&[1, 2, 3]))).unwrap();
    stage
}

fn edit(stage: &mut Stage, edit: AgendaEdit<String>) -> Result<(), Rejection> {
    stage.act(staff(), AgendaAct::Edit { was: None, edit: Box::new(edit), op: None }).map(drop)
}

fn agenda(stage: &Stage) -> Agenda {
    stage.desk.record.agenda.draft.as_ref().unwrap().agenda.clone()
}

fn numbers(agenda: &Agenda) -> Vec<Vec<u32>> {
    agenda.items.iter().map(|item| item.numbers().map(|number| number.0).collect()).collect()
}

#[test]
fn what_was_made_by_hand_survives_a_new_draft_and_comes_back_with_undo() {
    let mut stage = stage();
    let [first, second] = [1, 2].map(ItemNumber);
    let question = Some("How?".to_owned());
    edit(&mut stage, AgendaEdit::Question { item: second, text: question }).unwrap();
    edit(&mut stage, AgendaEdit::Join { item: ItemNumber(3), into: first }).unwrap();
    edit(&mut stage, AgendaEdit::Add { backed: backed(5, ItemReason::ByHand) }).unwrap();
    let before = agenda(&stage);
    assert_eq!(numbers(&before), [vec![1, 3], vec![2], vec![5]]);
    stage.act(staff(), AgendaAct::Draft(proposal(&[2, 3, 4]))).unwrap();
    let after = agenda(&stage);
    assert_eq!(numbers(&after), [vec![2], vec![3, 1], vec![4], vec![5]], "what was joined stays joined");
    assert_eq!((after.items[0].number, after.proposal), (second, 2));
    assert_eq!(after.items[0].question.as_ref().map(PersonalText::text), Some("How?"));
    let draft = stage.desk.record.agenda.draft.as_ref().unwrap();
    assert_eq!(draft.changes_by_hand().count(), 0, "nothing was changed since this draft");
    edit(&mut stage, AgendaEdit::Undo).unwrap();
    assert!(agenda(&stage).reads_as(&before));
    assert_eq!(stage.desk.record.agenda.draft.as_ref().unwrap().changes_by_hand().count(), 3);
    stage.check();
}

#[test]
fn what_can_not_be_is_refused_and_changes_nothing() {
    let mut stage = stage();
    let one = ItemNumber(1);
    let link = |link: &str| Background {
        evidence: vec![Evidence { title: "Counts".into(), by: None, link: Some(link.into()) }],
        notes: None,
    };
    let before = agenda(&stage);
    let wrong = [
        (AgendaEdit::Add { backed: backed(2, ItemReason::ByHand) }, Rejection::OnAgendaAlready),
        (AgendaEdit::Add { backed: backed(77, ItemReason::ByHand) }, Rejection::StatementNotShown),
        (AgendaEdit::Move { item: one, to: 0 }, Rejection::AgendaItem),
        (AgendaEdit::Move { item: one, to: 4 }, Rejection::AgendaItem),
        (AgendaEdit::Join { item: one, into: one }, Rejection::AgendaItem),
        (AgendaEdit::Split { item: one, statements: vec![StatementNumber(1)] }, Rejection::AgendaItem),
        (AgendaEdit::Remove { item: ItemNumber(9), reason: None }, Rejection::AgendaItem),
        (AgendaEdit::Undo, Rejection::NothingToUndo),
        (AgendaEdit::Redo, Rejection::NothingToUndo),
        (AgendaEdit::Background { item: one, background: link("javascript:alert(1)") }, Rejection::BadLink),
        (AgendaEdit::Background { item: one, background: link("https://a b") }, Rejection::BadLink),
        (
            AgendaEdit::Plan { item: one, plan: Plan { goal: Goal::Decide, minutes: 10_001 } },
            Rejection::TooManyMinutes { max: 10_000 },
        ),
        (
            AgendaEdit::Session { session: Session { minutes: Some(10_001), starts_at: None } },
            Rejection::TooManyMinutes { max: 10_000 },
        ),
    ];
    for (asked, why) in wrong {
        assert_eq!(edit(&mut stage, asked.clone()).unwrap_err(), why, "{asked:?}");
    }
    let long = AgendaEdit::Question { item: one, text: Some("x".repeat(141)) };
    assert!(matches!(edit(&mut stage, long), Err(Rejection::TextTooLong { max: 140, .. })));
    assert_eq!(agenda(&stage), before);
    stage.check();
}

#[test]
fn the_statements_of_an_item_that_is_taken_off_can_come_back() {
    let mut stage = stage();
    edit(&mut stage, AgendaEdit::Remove { item: ItemNumber(2), reason: Some("Praise".into()) }).unwrap();
    edit(&mut stage, AgendaEdit::Add { backed: backed(2, ItemReason::ByHand) }).unwrap();
    assert_eq!(numbers(&agenda(&stage)), [vec![1], vec![3], vec![2]]);
    assert_eq!(agenda(&stage).items[2].number, ItemNumber(4), "a number is never used again");
}

#[test]
fn what_is_asked_for_twice_because_no_answer_came_is_done_once() {
    let mut stage = stage();
    let own = || OwnItem { question: "Own?".into(), plan: Plan { goal: Goal::Decide, minutes: 0 } };
    let edit = AgendaEdit::AddOwn { items: vec![own(), own()], origin: "The council".into() };
    let op = OperationId::parse("press-1");
    let act = AgendaAct::Edit { was: None, edit: Box::new(edit), op: op.clone() };
    let said = |op: Option<OperationId>| AgendaAct::Comment { item: None, text: "Hello".into(), op };
    for _ in 0..2 {
        stage.act(staff(), act.clone()).unwrap();
        stage.act(staff(), said(OperationId::parse("said-1"))).unwrap();
    }
    assert_eq!(numbers(&agenda(&stage)), [vec![1], vec![2], vec![3], vec![], vec![]]);
    assert_eq!(stage.desk.record.agenda.draft.as_ref().unwrap().comments.len(), 1);
    // One press is one step back.
    self::edit(&mut stage, AgendaEdit::Undo).unwrap();
    assert_eq!(agenda(&stage).items.len(), 3);
    stage.check();
}

#[test]
fn an_item_that_joins_another_brings_what_was_written_for_it() {
    let mut stage = stage();
    let [first, second, third] = [1, 2, 3].map(ItemNumber);
    let evidence =
        |n: usize| (0..n).map(|_| Evidence { title: "Text".into(), by: None, link: None }).collect();
    let background = |n| Background { evidence: evidence(n), notes: Some("Ask twice".into()) };
    edit(&mut stage, AgendaEdit::Question { item: second, text: Some("How?".into()) }).unwrap();
    edit(&mut stage, AgendaEdit::Background { item: second, background: background(15) }).unwrap();
    edit(&mut stage, AgendaEdit::Background { item: third, background: background(6) }).unwrap();
    let said = AgendaAct::Comment { item: Some(second), text: "Hello".into(), op: None };
    stage.act(staff(), said).unwrap();
    edit(&mut stage, AgendaEdit::Join { item: second, into: first }).unwrap();
    let after = agenda(&stage);
    let joined = after.item(first).unwrap();
    assert_eq!(joined.question.as_ref().map(PersonalText::text), Some("How?"));
    assert_eq!(joined.background.notes.as_ref().map(PersonalText::text), Some("Ask twice"));
    let comments = &stage.desk.record.agenda.draft.as_ref().unwrap().comments;
    assert_eq!(comments[0].item, Some(first));
    let too_much = edit(&mut stage, AgendaEdit::Join { item: third, into: first }).unwrap_err();
    assert_eq!(too_much, Rejection::TooMuchToRead { max: 20 });
    stage.check();
}

#[test]
fn a_question_that_repeats_a_statement_goes_away_with_its_words() {
    let mut stage = Stage::open(ModerationRule::Before);
    stage.act(person(1), Act::submit("Close the road", None)).unwrap();
    stage.act(staff(), Act::moderate(StatementNumber(1), Moderation::Accepted, None)).unwrap();
    stage.act(staff(), AgendaAct::Draft(proposal(&[1]))).unwrap();
    let item = ItemNumber(1);
    let ask = |text: &str| AgendaEdit::Question { item, text: Some(text.to_owned()) };
    for text in ["Should we “close the road”?", "What about the road?", "And how to close  the road?"] {
        edit(&mut stage, ask(text)).unwrap();
    }
    let quoted = |stage: &Stage| agenda(stage).items[0].quotes.clone();
    assert_eq!(quoted(&stage), [StatementNumber(1)]);
    let revision = stage.desk.record.agenda.draft.as_ref().unwrap().revision;
    stage.act(staff(), AgendaAct::Publish { revision, audit: None }).unwrap();
    let before = stage.words.len();
    stage.act(person(1), ForgettingAct::Own).unwrap();
    assert_eq!(before - stage.words.len(), 3, "the statement, and two of the three questions");
    let record = &stage.desk.record.agenda;
    let question = |agenda: &Agenda| agenda.items[0].question.as_ref().unwrap().text().to_owned();
    assert_eq!(question(&record.published[0].agenda), "");
    edit(&mut stage, AgendaEdit::Undo).unwrap();
    assert_eq!(question(&agenda(&stage)), "What about the road?");
    assert_eq!(quoted(&stage), []);
    stage.check();
}

#[test]
fn a_draft_that_was_fixed_stays_until_the_rule_is_another() {
    let mut stage = stage();
    let rule = |at: i64| Freeze { at: Timestamp(at), places: 3 };
    let freeze = |at: i64| {
        let freeze = Some(rule(at));
        AgendaAct::Triggers(Box::new(AgendaTriggers { freeze, threshold: None }))
    };
    let frozen =
        |at: i64, statements: &[u32]| AgendaAct::Freeze { proposal: proposal(statements), rule: rule(at) };
    stage.act(staff(), freeze(9)).unwrap();
    stage.act(staff(), AgendaAct::Draft(proposal(&[2, 3, 4]))).unwrap();
    // The moment was put off while the draft was made.
    assert_eq!(stage.act(staff(), frozen(8, &[4, 5])).unwrap_err(), Rejection::ChangedMeanwhile);
    stage.act(staff(), frozen(9, &[4, 5])).unwrap();
    assert_eq!(numbers(&agenda(&stage)), [vec![4], vec![5]]);
    assert_eq!(edit(&mut stage, AgendaEdit::Undo).unwrap_err(), Rejection::AgendaFrozen);
    for late in [AgendaAct::Draft(proposal(&[1])), frozen(9, &[1])] {
        assert_eq!(stage.act(staff(), late).unwrap_err(), Rejection::AgendaFrozen);
    }
    let item = agenda(&stage).items[0].number;
    edit(&mut stage, AgendaEdit::Move { item, to: 2 }).unwrap();
    edit(&mut stage, AgendaEdit::Undo).unwrap();
    assert_eq!(numbers(&agenda(&stage)), [vec![4], vec![5]], "what was changed since is taken back");
    stage.act(staff(), freeze(9)).unwrap();
    assert!(stage.desk.record.agenda.frozen.is_some(), "the same rule changes nothing");
    stage.act(staff(), freeze(10)).unwrap();
    stage.act(staff(), AgendaAct::Draft(proposal(&[1]))).unwrap();
    stage.check();
}

#[test]
fn a_threshold_is_a_share_of_a_declared_base_and_never_of_a_few() {
    let mut stage = stage();
    let set = |share, base| {
        let threshold = Some(Threshold { share, base, of: "people who live here".into() });
        AgendaAct::Triggers(Box::new(AgendaTriggers { freeze: None, threshold }))
    };
    let few = stage.act(staff(), set(100, 400)).unwrap_err();
    assert_eq!(few, Rejection::BadThreshold { min: 5 }, "one percent of 400 is four");
    assert_eq!(stage.act(staff(), set(10_001, 400)).unwrap_err(), Rejection::BadThreshold { min: 5 });
    stage.act(staff(), set(100, 401)).unwrap();
    let threshold = stage.desk.record.agenda.triggers.threshold.clone().unwrap();
    assert_eq!((threshold.needed(), threshold.of.text()), (5, "people who live here"));
    // It comes between two steps of an organiser, and is none.
    edit(&mut stage, AgendaEdit::Move { item: ItemNumber(1), to: 3 }).unwrap();
    edit(&mut stage, AgendaEdit::Add { backed: backed(5, ItemReason::Threshold { needed: 5 }) }).unwrap();
    edit(&mut stage, AgendaEdit::Undo).unwrap();
    assert_eq!(numbers(&agenda(&stage)), [vec![1], vec![2], vec![3], vec![5]]);
    edit(&mut stage, AgendaEdit::Redo).unwrap();
    assert_eq!(numbers(&agenda(&stage)), [vec![2], vec![3], vec![1], vec![5]]);
    edit(&mut stage, AgendaEdit::Remove { item: ItemNumber(4), reason: None }).unwrap();
    assert!(stage.desk.record.agenda.reached.contains(&StatementNumber(5)), "it came, whatever became of it");
    stage.check();
}

/// Any edit, possible or not.
fn any_edit() -> impl Strategy<Value = AgendaEdit<String>> {
    let item = || (1u32..8).prop_map(ItemNumber);
    let statement = || (1u32..7).prop_map(StatementNumber);
    prop_oneof![
        statement().prop_map(|s| AgendaEdit::Add { backed: backed(s.0, ItemReason::ByHand) }),
        Just(AgendaEdit::AddOwn {
            items: vec![OwnItem { question: "Own?".into(), plan: Plan { goal: Goal::Inform, minutes: 5 } }],
            origin: "The council".into(),
        }),
        (item(), 0u32..7).prop_map(|(item, to)| AgendaEdit::Move { item, to }),
        item().prop_map(|item| AgendaEdit::Remove { item, reason: Some("Why".into()) }),
        (item(), item()).prop_map(|(item, into)| AgendaEdit::Join { item, into }),
        (item(), proptest::collection::vec(statement(), 0..3))
            .prop_map(|(item, statements)| AgendaEdit::Split { item, statements }),
        (item(), any::<bool>())
            .prop_map(|(item, some)| AgendaEdit::Question { item, text: some.then(|| "What?".into()) }),
        (item(), 0u32..90).prop_map(|(item, minutes)| AgendaEdit::Plan {
            item,
            plan: Plan { goal: Goal::Decide, minutes }
        }),
        item().prop_map(|item| AgendaEdit::Background {
            item,
            background: Background { evidence: Vec::new(), notes: Some("Ask".into()) },
        }),
        Just(AgendaEdit::Undo),
        Just(AgendaEdit::Redo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Whatever is asked for, a restart reads the same agenda, each statement stands once, and undo leads back to the draft.
    #[test]
    fn an_agenda_follows_from_its_log_and_undo_leads_back(
        edits in proptest::collection::vec(any_edit(), 0..25), drafted_again in proptest::option::of(0usize..25),
    ) {
        let mut stage = stage();
        let first = agenda(&stage);
        for (at, asked) in edits.into_iter().enumerate() {
            if drafted_again == Some(at) {
                stage.act(staff(), AgendaAct::Draft(proposal(&[4, 2]))).unwrap();
            }
            let before = agenda(&stage);
            if edit(&mut stage, asked).is_err() {
                prop_assert_eq!(&agenda(&stage), &before);
            }
            let mut all: Vec<u32> = numbers(&agenda(&stage)).concat();
            all.sort_unstable();
            all.dedup();
            prop_assert_eq!(all.len(), numbers(&agenda(&stage)).concat().len(), "each statement stands once");
        }
        stage.check();
        let last = agenda(&stage);
        let mut steps = 0;
        while edit(&mut stage, AgendaEdit::Undo).is_ok() {
            steps += 1;
        }
        prop_assert_eq!(numbers(&agenda(&stage)), numbers(&first));
        prop_assert!(stage.desk.record.agenda.draft.as_ref().unwrap().changes_by_hand().next().is_none());
        for _ in 0..steps {
            edit(&mut stage, AgendaEdit::Redo).unwrap();
        }
        if steps > 0 {
            prop_assert!(agenda(&stage).reads_as(&last));
        }
        stage.check();
    }
}
