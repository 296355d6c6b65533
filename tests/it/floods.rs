//! What one person, one program or one network can use up of what all share.

use boule::conversation::{Actor, Decided, Identity, ModerationAct, ModerationTarget, Settings};
use boule::domain::{Moderation, Rejection, Role, TokenHash};
use boule::live::RoomError;

use crate::app::{Asks, TestApp};

#[tokio::test]
async fn a_participant_submits_only_so_many_statements_and_keeps_the_words() {
    let app = TestApp::spawn().await;
    app.conversation("c", 1, Settings::default()).await;
    let browser = app.browser();
    browser.post("/c/c/vote", &[("statement", "0"), ("choice", "pass")]).await;
    for n in 0..5 {
        let text = format!("Idea number {n}");
        assert_eq!(browser.post("/c/c/submit", &[("text", &text), ("sure", "1")]).await.status(), 303, "{n}");
    }
    let sixth = browser.post("/c/c/submit", &[("text", "One idea more"), ("sure", "1")]).await;
    assert_eq!(sixth.status(), 429);
    let page = sixth.text().await.unwrap();
    assert!(page.contains("One idea more</textarea>") && page.contains("again in 6 minutes"), "{page}");
    let vote = [("statement", "0"), ("choice", "agree")];
    assert_eq!(browser.post("/c/c/vote", &vote).await.status(), 303, "votes are not held back");
    // What was not taken costs nothing, and neither does what is sent again.
    let third = app.browser();
    third.post("/c/c/vote", &vote).await;
    for n in 0..9 {
        assert_eq!(third.post("/c/c/submit", &[("text", "…")]).await.status(), 422, "{n}");
    }
    for n in 0..9 {
        let again = third.post("/c/c/submit", &[("text", "Sent again"), ("op", "same")]).await;
        assert_eq!(again.status(), 303, "{n}");
    }
    // Others of the same network are not held back by one.
    let other = app.browser();
    other.post("/c/c/vote", &vote).await;
    assert_eq!(other.post("/c/c/submit", &[("text", "Another one's idea")]).await.status(), 303);
}

#[tokio::test]
async fn rejected_statements_take_nobodys_place_and_some_are_kept_for_organisers() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 0, Settings::default()).await;
    for from in (0..9_000).step_by(1_000) {
        let texts = (from..from + 1_000).map(|n| format!("First statement {n}")).collect();
        assert_eq!(room.add_seeds(texts).await.unwrap(), 1_000);
    }
    let author = Identity::Token(TokenHash::of("author"));
    let submit = async |text: &str| room.submit(author, text).await;
    let full = submit("One more").await;
    assert!(matches!(full, Err(RoomError::Rejected(Rejection::TooManyStatements))), "{full:?}");
    let mine = (0..1_000).map(|n| format!("Late statement {n}")).collect();
    assert_eq!(room.add_seeds(mine).await.unwrap(), 1_000, "the organiser's places");
    assert!(room.add_seed("The one after").await.is_err());
    for number in 1..=1_002 {
        room.moderate(number, Moderation::Rejected).await.unwrap();
    }
    let submitted = submit("One more").await.unwrap();
    assert_eq!(submitted.submitted.unwrap().moderation, Moderation::Pending);
}

#[tokio::test]
async fn a_flood_is_rejected_at_once_and_taken_back_at_once() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 1, Settings::default()).await;
    for n in 0..120 {
        let author = Identity::Token(TokenHash::of(&format!("bot {}", n / 5)));
        room.submit(author, &format!("Buy lamp number {n}")).await.unwrap();
    }
    let states = async || {
        room.read(|state| {
            let of = |state: &boule::live::RoomState, wanted| {
                state.desk.record.statements.values().filter(|s| s.moderation == wanted).count()
            };
            [Moderation::Pending, Moderation::Accepted, Moderation::Rejected].map(|wanted| of(state, wanted))
        })
        .await
        .unwrap()
    };
    let moderator = app.staff(Role::Moderator).await;
    moderator.post("/m/c/moderate", &[("statement", "3"), ("decision", "rule-0")]).await;
    let flood = [("decision", "rule-6"), ("first", "2"), ("last", "100")];
    let answer = moderator.post("/m/c/moderate-many", &flood).await;
    let to = answer.headers()["location"].to_str().unwrap().to_owned();
    assert!(to.starts_with("/m/c?after="), "{to}");
    assert_eq!(states().await, [21, 1, 99]);
    // An address with other places says what is so, and takes nothing back that was accepted.
    let all = moderator.text("/m/c?after=0&last=999999").await;
    assert!(all.contains("99 statements were rejected."));
    let page = moderator.text(&to).await;
    assert!(page.contains("98 statements were rejected.") && page.contains("Undo all 98"));
    let value = |name: &str| {
        let field = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        field.split('"').next().unwrap().to_owned()
    };
    let undo =
        [("decision", "pending"), ("after_seq", &value("after_seq")), ("last_seq", &value("last_seq"))];
    moderator.post("/m/c/moderate-many", &undo).await;
    assert_eq!(states().await, [119, 1, 1], "what was decided before stays");
    let everything = [("decision", "pending"), ("after_seq", "0"), ("last_seq", "999999")];
    moderator.post("/m/c/moderate-many", &everything).await;
    assert_eq!(states().await, [120, 1, 0], "what was accepted stays");
    moderator.post("/m/c/moderate", &[("statement", "3"), ("decision", "rule-0")]).await;
    let which = ModerationTarget::Waiting {
        first: boule::domain::StatementNumber(500),
        last: boule::domain::StatementNumber(900),
    };
    let none = ModerationAct::Decide { which, to: Moderation::Rejected, rule: Some(4) };
    let done = room.act(Actor::System, none).await.unwrap();
    assert_eq!(done.counts(), (0, 0));
}

#[tokio::test]
async fn texts_that_only_look_different_are_the_same_statement() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 0, Settings::default()).await;
    let submit =
        async |n: u32, text: &str| room.submit(Identity::Token(TokenHash::of(&n.to_string())), text).await;
    submit(0, "More trees by the river").await.unwrap();
    for (n, text) in (1..).zip([
        "more trees  BY the river.",
        "More\u{200d} trees by the ri\u{3164}ver",
        "More trees by the river\u{fe0f}",
    ]) {
        // What waits says nothing of itself: the same words are kept with it.
        let decided = submit(n, text).await.unwrap().decided;
        let is_kept = matches!(decided, Decided::Submitted { statement, .. } if statement.0 == 1);
        assert!(is_kept, "{text:?}: {decided:?}");
    }
    room.moderate(1, Moderation::Accepted).await.unwrap();
    for (n, text) in (5..).zip(["more trees  BY the river.", "More trees by the river\u{fe0f}"]) {
        let twin = submit(n, text).await;
        let is_told = matches!(twin, Err(RoomError::Rejected(Rejection::StatementExists(_))));
        assert!(is_told, "{text:?}: {twin:?}");
    }
    for (n, text) in (10..).zip(["\u{3164}", "\u{ffa0}\u{115f}", "\u{1160}"]) {
        let empty = submit(n, text).await;
        assert!(matches!(empty, Err(RoomError::Rejected(Rejection::StatementEmpty))), "{text:?}: {empty:?}");
    }
    submit(20, "More trees by a river").await.unwrap();
}
