//! The aspects together: acts, what they come to, and what follows.

mod agendas;
mod curation;
mod exclusion;
mod histories;
mod stage;

use self::stage::{Stage, brief, person, staff};
use super::*;
use crate::domain::{
    Choice, Moderation, ModerationRule, ParticipantNumber, Rejection, Seq, Slug, StaffNumber,
    StatementNumber, Timestamp,
};

#[test]
fn who_submits_what_waits_is_told_what_everybody_is_told_and_counts_once_it_is_accepted() {
    let mut stage = Stage::open(ModerationRule::Before);
    let [first, second, alone] = [
        stage.act(person(1), Act::submit("More trees", None)).unwrap().0,
        stage.act(person(2), Act::submit("more TREES.", None)).unwrap().0,
        stage.act(person(3), Act::submit("Fewer trees", None)).unwrap().0,
    ];
    let kind = |decided| matches!(decided, Decided::Submitted { .. });
    assert!(kind(first) && kind(second) && kind(alone));
    assert_eq!(stage.told(2), [("more TREES.".to_owned(), Moderation::Pending)], "in their own words");
    assert_eq!(stage.told(3).len(), stage.told(2).len());
    assert_eq!(stage.desk.record.statements.len(), 2);
    // What can be seen of it is what can be seen of a first submission: events, numbers, the last vote.
    assert_eq!(stage.log.len() as u64, 2 + 3 * 3, "each is a join and two events");
    assert_eq!(stage.desk.record.next_statement(), StatementNumber(4));
    let last = |participant| stage.desk.record.participants[&ParticipantNumber(participant)].last_vote;
    assert_eq!([last(0), last(1), last(2)], [None; 3]);
    // Once more is refused to both alike.
    for who in [2, 3] {
        let words = if who == 2 { "More trees" } else { "fewer TREES" };
        assert_eq!(
            stage.act(person(who), Act::submit(words, None)).unwrap_err(),
            Rejection::SubmittedAlready
        );
    }
    assert_eq!(stage.desk.record.totals(), (0, 0));
    stage.act(staff(), Act::moderate(StatementNumber(1), Moderation::Accepted, None)).unwrap();
    assert_eq!(stage.statement(1).tally.agree, 2);
    assert_eq!(stage.desk.record.totals(), (2, 2));
    assert_eq!(stage.told(2)[0].1, Moderation::Accepted);
    stage.check();
}

#[test]
fn whoever_submitted_the_same_keeps_it_when_the_first_takes_it_back() {
    for goes in [1, 2] {
        let mut stage = Stage::open(ModerationRule::Before);
        stage.act(person(1), Act::submit("More trees", None)).unwrap();
        stage.act(person(2), Act::submit("More trees.", None)).unwrap();
        let words = stage.words_of(goes, 1);
        let (_, effects) = stage.act(person(goes), StatementsAct::Withdraw { words: words.clone() }).unwrap();
        let alone = {
            let mut other = Stage::open(ModerationRule::Before);
            other.act(person(1), Act::submit("More trees", None)).unwrap();
            let words = other.words_of(1, 1);
            other.act(person(1), StatementsAct::Withdraw { words }).unwrap().1
        };
        let kinds = |effects: &Effects| effects.map.iter().map(std::mem::discriminant).collect::<Vec<_>>();
        assert_eq!(kinds(&effects), kinds(&alone), "nobody can tell whether others keep it");
        assert!(stage.told(goes).is_empty() && !stage.words.contains_key(&words), "the words are gone");
        let stays = 3 - goes;
        assert_eq!(stage.told(stays).len(), 1);
        assert_eq!(stage.statement(1).tally.agree, 1);
        stage.act(staff(), Act::moderate(StatementNumber(1), Moderation::Accepted, None)).unwrap();
        assert_eq!(stage.desk.record.totals(), (1, 1));
        stage.check();
    }
}

#[test]
fn a_statement_can_be_taken_back_or_worded_anew_until_somebody_else_votes_or_decides() {
    let mut stage = Stage::open(ModerationRule::After);
    stage.act(person(1), Act::submit("More tress", None)).unwrap();
    let reword = |words: String, text: &str| StatementsAct::Reword { words, new: Submission::new(text) };
    let words = stage.words_of(1, 1);
    assert_eq!(
        stage
            .act(person(2), Act::join())
            .and_then(|_| stage.act(person(2), reword(words.clone(), "x y")))
            .unwrap_err(),
        Rejection::UnknownStatement,
        "not somebody else's"
    );
    // Only points and capitals differ: it is no twin of itself.
    stage.act(person(1), reword(words.clone(), "more tress.")).unwrap();
    let words = stage.words_of(1, 2);
    stage.act(person(1), reword(words, "More trees")).unwrap();
    assert_eq!(stage.told(1), [("More trees".to_owned(), Moderation::Pending)]);
    assert!(stage.statement(1).withdrawn && stage.statement(1).moderation == Moderation::Rejected);
    stage.act(person(2), Ballot::new(StatementNumber(3), Choice::Pass)).unwrap();
    let words = stage.words_of(1, 3);
    let withdraw = StatementsAct::Withdraw { words };
    assert_eq!(stage.act(person(1), withdraw.clone()).unwrap_err(), Rejection::OthersVoted);
    stage.act(staff(), Act::moderate(StatementNumber(3), Moderation::Rejected, Some(1))).unwrap();
    assert_eq!(stage.act(person(1), withdraw).unwrap_err(), Rejection::DecidedAlready);
    assert_eq!(stage.statement(3).reason.as_ref().unwrap().text(), "It attacks people");
    let take = ModerationAct::Decide {
        which: ModerationTarget::One { statement: StatementNumber(1), seen: None },
        to: Moderation::Accepted,
        rule: None,
    };
    assert_eq!(stage.act(staff(), take).unwrap_err(), Rejection::UnknownStatement, "what is gone stays gone");
    stage.check();
}

#[test]
fn what_was_promised_changes_after_the_opening_only_with_a_reason_that_stays() {
    let mut stage = Stage::draft(ModerationRule::Before);
    let change = |brief| RulesAct::Change(Box::new(brief));
    let steps = vec![(None, "The council answers".to_owned(), Timestamp(9))];
    let terms = TermsBrief { steps, decides: "The council".into(), ..TermsBrief::default() };
    let first = Brief { promise: "We will see.".into(), terms, ..brief(ModerationRule::Before) };
    stage.act(staff(), change(first)).unwrap();
    stage.act(staff(), Act::open()).unwrap();
    let now = Brief::from(&stage.desk.record.conversation);
    assert_eq!(stage.act(staff(), change(now.clone())).unwrap().0, Decided::changed(0), "nothing is another");
    for state in [ConversationState::Open, ConversationState::Closed] {
        for other in [
            Brief { promise: "Another".into(), ..now.clone() },
            Brief { question: "What then?".into(), ..now.clone() },
            Brief { policy: vec!["Any reason".into()], ..now.clone() },
            Brief {
                schedule: Schedule { closes_at: Some(Timestamp(1)), ..Schedule::default() },
                ..now.clone()
            },
            Brief { settings: Settings { after_n: 99, ..now.settings }, ..now.clone() },
            Brief { terms: TermsBrief { steps: Vec::new(), ..now.terms.clone() }, ..now.clone() },
        ] {
            assert_eq!(stage.act(staff(), change(other)).unwrap_err(), Rejection::ReasonNeeded, "{state:?}");
        }
        stage.act(staff(), Act::close()).unwrap();
    }
    let later = Brief { promise: "By May".into(), reason: "The election".into(), ..now };
    stage.act(staff(), change(later)).unwrap();
    let conversation = &stage.desk.record.conversation;
    assert_eq!(conversation.text.promise.text(), "By May");
    let reasons: Vec<&str> = conversation.changes.iter().map(|change| change.reason.text()).collect();
    assert_eq!(reasons, ["The election"]);
    let step = conversation.text.terms.steps[0].number;
    let answer = |text: &str| RulesAct::Answer { step, text: text.into() };
    assert_eq!(
        stage.act(staff(), RulesAct::Answer { step: 77, text: "x".into() }).unwrap_err(),
        Rejection::UnknownStep
    );
    stage.act(staff(), answer("It did")).unwrap();
    stage.act(staff(), answer("It did, on 3 May.")).unwrap();
    let answers = &stage.desk.record.conversation.answers;
    assert_eq!((answers.len(), answers[0].text.text()), (1, "It did, on 3 May."));
    stage.check();
}

#[test]
fn a_statement_may_be_as_long_as_its_conversation_says() {
    let settings = Settings { max_characters: 400, ..brief(ModerationRule::Before).settings };
    let mut stage = Stage::draft(ModerationRule::Before);
    let change = Brief { settings, ..brief(ModerationRule::Before) };
    stage.act(staff(), Act::seed("x".repeat(281), false)).unwrap_err();
    stage.act(staff(), RulesAct::Change(Box::new(change))).unwrap();
    stage.act(staff(), Act::seed("x".repeat(400), false)).unwrap();
    let long = stage.act(staff(), Act::seed("y".repeat(401), false)).unwrap_err();
    assert_eq!(long, Rejection::StatementTooLong { max: 400, found: 401 });
    stage.check();
}

#[test]
fn only_a_draft_can_be_deleted_renamed_and_have_its_seeds_changed() {
    let mut stage = Stage::draft(ModerationRule::Before);
    let seed = |number| StatementNumber(number);
    let many = SeedsAct::AddMany(["Trees", "Cars", "Boats"].map(String::from).to_vec());
    assert_eq!(stage.act(staff(), many).unwrap().0, Decided::changed(3));
    stage.act(staff(), SeedsAct::Edit { statement: seed(2), text: "Bikes".into() }).unwrap();
    stage.act(staff(), SeedsAct::Move { statement: seed(3), earlier: true }).unwrap();
    stage.act(staff(), SeedsAct::Remove { statement: seed(1) }).unwrap();
    let twin = stage.act(staff(), SeedsAct::Edit { statement: seed(3), text: "BIKES".into() });
    assert_eq!(twin.unwrap_err(), Rejection::StatementExists(seed(2)));
    let order: Vec<_> = stage.desk.record.seeds().iter().map(|s| s.text.text().to_owned()).collect();
    assert_eq!(order, ["Boats", "Bikes"]);
    // What was edited or taken out says nothing any more, here and on disk.
    assert!(
        stage.act(staff(), Act::seed("Cars", false)).is_ok()
            && stage.act(staff(), Act::seed("Trees", false)).is_ok()
    );
    assert_eq!(
        stage.words.values().filter(|(_, words)| ["Cars", "Trees"].contains(&words.as_str())).count(),
        2
    );
    let (_, effects) = stage.act(staff(), RulesAct::Rename(Slug::parse("b").unwrap())).unwrap();
    assert!(effects.gone, "it is found under another address");
    stage.check();
    let mut opened = Stage::open(ModerationRule::Before);
    for late in [
        Act::from(RulesAct::Delete),
        RulesAct::Rename(Slug::parse("b").unwrap()).into(),
        SeedsAct::Remove { statement: seed(1) }.into(),
    ] {
        assert_eq!(opened.act(staff(), late).unwrap_err(), Rejection::NotDraft);
    }
    let (_, effects) = stage.act(staff(), RulesAct::Delete).unwrap();
    assert!(effects.gone);
    let deleted = stage.log.last().unwrap();
    assert_eq!(deleted.0, "conversation_deleted", "the store takes every word away with it");
    assert_eq!(stage.act(staff(), Act::open()).unwrap_err(), Rejection::Deleted);
}

#[test]
fn participants_and_staff_can_only_do_what_is_theirs() {
    let mut stage = Stage::open(ModerationRule::Before);
    for theirs in [
        Act::open(),
        Act::seed("A seed", false),
        Act::moderate(StatementNumber(1), Moderation::Accepted, None),
        AgendaAct::Publish { revision: 1, audit: None }.into(),
    ] {
        assert_eq!(stage.act(person(1), theirs).unwrap_err(), Rejection::NotAllowed);
    }
    for mine in
        [Act::join(), Act::submit("A statement", None), Ballot::new(StatementNumber(1), Choice::Pass).into()]
    {
        assert_eq!(stage.act(staff(), mine).unwrap_err(), Rejection::NotAllowed);
    }
    assert_eq!(stage.log.len(), 2, "nothing of it is in the log");
}

#[test]
fn the_log_says_who_did_it_and_why() {
    let mut stage = Stage::open(ModerationRule::Before);
    let why = Actor::staff(StaffNumber(3)).because("  After a\ncall ");
    stage.act(why, Act::seed("Trees", false)).unwrap();
    let (kind, payload) = stage.log.last().unwrap();
    assert!(
        payload.starts_with(r#"{"by":{"staff":3},"statement":1,"to":"accepted","why":""#),
        "{kind} {payload}"
    );
    assert!(stage.words.values().any(|(_, words)| words == "After a call"));
    let long = Actor::staff(StaffNumber(3)).because("x".repeat(1_001));
    assert!(matches!(stage.act(long, Act::seed("Cars", false)).unwrap_err(), Rejection::TextTooLong { .. }));
    stage.check();
}

#[test]
fn a_mark_of_importance_is_a_change_of_the_vote_and_is_kept() {
    let mut stage = Stage::open(ModerationRule::Before);
    stage.act(staff(), Act::seed("Trees", false)).unwrap();
    let vote = |important| Ballot { important, ..Ballot::new(StatementNumber(1), Choice::Agree) };
    let mut events = Vec::new();
    for important in [false, true, true, false] {
        stage.act(person(1), vote(important)).unwrap();
        events.push(stage.log.len());
    }
    assert_eq!(events, [events[0], events[0] + 1, events[0] + 1, events[0] + 2]);
    stage.act(person(1), vote(true)).unwrap();
    assert!(stage.desk.record.participants[&ParticipantNumber(0)].marks(StatementNumber(1)));
    stage.check();
}
