//! Who reads before they vote, and what is told before somebody writes.

use boule::conversation::{Identity, ResultsRule, Settings};
use boule::domain::{Choice, StatementNumber, TokenHash};
use serde_json::{Value, json};

use crate::app::{Asks, Browser, TestApp, open_settings};

fn rule(results: ResultsRule) -> Settings {
    Settings { results, ..Settings::default() }
}

/// Whether the latest of those who take part had read the results before.
async fn had_read(room: &boule::live::RoomHandle) -> Option<bool> {
    let read = room.read(|state| {
        let last = state.desk.record.participants.iter().max_by_key(|(number, _)| **number);
        last.map(|(_, person)| person.particulars().is_some_and(|own| own.read_first))
    });
    read.await.unwrap()
}

#[tokio::test]
async fn who_only_wants_to_read_can_and_their_joining_says_so() {
    let app = TestApp::spawn().await;
    let room = app.conversation("after", 8, rule(ResultsRule::AfterN)).await;
    let reader = app.browser();
    assert!(reader.text("/c/after/results").await.contains("I only want to read"));
    assert_eq!(reader.post("/c/after/read", &[]).await.status(), 303);
    assert!(reader.text("/c/after/results").await.contains("How sure is this?"));
    assert_eq!(reader.get("/c/after/results.json").await.headers()["content-type"], "application/json");
    assert_eq!(had_read(&room).await, None, "reading makes nobody");
    reader.post("/c/after/vote", &[("statement", "1"), ("choice", "agree")]).await;
    assert_eq!(had_read(&room).await, Some(true));
    let voter = app.browser();
    voter.post("/c/after/vote", &[("statement", "1"), ("choice", "agree")]).await;
    assert_eq!(had_read(&room).await, Some(false));
    let later = voter.text("/c/after/results").await;
    assert!(!later.contains("I only want to read"), "who votes sees the results after some votes");
}

#[tokio::test]
async fn results_that_are_open_to_all_are_noted_as_read_too() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 8, rule(ResultsRule::Always)).await;
    for path in ["/c/c/results", "/c/c/results.csv", "/api/v1/c/c/results"] {
        let reader = app.browser();
        reader.text(path).await;
        reader.post("/c/c/vote", &[("statement", "1"), ("choice", "agree")]).await;
        assert_eq!(had_read(&room).await, Some(true), "{path}");
    }
    // A script joins before it votes.
    let reader = app.browser();
    reader.text("/c/c/results").await;
    let join = format!("{}/api/v1/c/c/join", app.base());
    let joined =
        reader.http.post(join).header("origin", app.base()).json(&json!({"keep": "cookie"})).send().await;
    assert_eq!(joined.unwrap().status(), 200);
    assert_eq!(had_read(&room).await, Some(true));
}

#[tokio::test]
async fn nothing_opens_where_results_wait_for_the_end() {
    let app = TestApp::spawn().await;
    app.conversation("close", 8, rule(ResultsRule::AtClose)).await;
    let reader = app.browser();
    assert!(!reader.text("/c/close/results").await.contains("I only want to read"));
    reader.post("/c/close/read", &[]).await;
    for path in ["results", "results/statements", "results.csv", "results.json"] {
        let page = reader.text(&format!("/c/close/{path}")).await;
        assert!(page.contains("Not yet") && !page.contains("Seed statement number"), "{path}");
    }
}

#[tokio::test]
async fn what_others_say_nearly_like_that_is_told_before_a_statement_is_sent() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 0, open_settings()).await;
    let browser = app.browser();
    let said = "Build a bicycle lane along the river";
    assert_eq!(
        browser.post("/c/c/submit", &[("text", said)]).await.status(),
        303,
        "the first is like no other"
    );
    let organiser = app.staff(boule::domain::Role::Moderator).await;
    organiser.post("/m/c/moderate", &[("statement", "1"), ("decision", "accept")]).await;
    let like = "Bicycle lanes along the river, please";
    let asked = browser.post("/c/c/submit", &[("text", like)]).await;
    assert_eq!(asked.status(), 200);
    let page = asked.text().await.unwrap();
    assert!(page.contains("Others have said nearly the same") && page.contains(said), "{page}");
    assert!(page.contains(&format!("{like}</textarea>")) && page.contains("Send mine anyway"), "{page}");
    let statements = room.read(|state| state.desk.record.statements.len());
    assert_eq!(statements.await.unwrap(), 1, "nothing is sent yet");
    let sure = browser.post("/c/c/submit", &[("text", like), ("sure", "1")]).await;
    assert_eq!(sure.status(), 303);
    let ask = async |text: &str| -> Value {
        let address = format!("{}/api/v1/c/c/similar", app.base());
        let answer =
            browser.http.post(address).header("origin", app.base()).json(&json!({ "text": text })).send();
        answer.await.unwrap().json().await.unwrap()
    };
    // What waits for a moderator is not told: nobody votes on it yet.
    assert_eq!(
        ask("Lanes for bicycles along the river").await,
        json!({"statements": [{"number": 1, "text": said}]})
    );
    assert_eq!(ask("Open the library on Sundays").await, json!({"statements": []}));
}

#[tokio::test]
async fn a_program_can_build_again_what_it_knew() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 60, open_settings()).await;
    let browser = app.browser();
    for statement in ["3", "5"] {
        browser.post("/c/c/vote", &[("statement", statement), ("choice", "pass")]).await;
    }
    browser.post("/c/c/submit", &[("text", "More shade in the park")]).await;
    let read = async |browser: &Browser, path: &str| -> Value {
        serde_json::from_str(&browser.text(&format!("/api/v1/c/c/{path}")).await).unwrap()
    };
    let all = read(&browser, "statements?page=9").await;
    assert_eq!((&all["page"], &all["total"]), (&json!(1), &json!(60)));
    assert_eq!(all["statements"].as_array().unwrap().len(), 60);
    let mine = read(&browser, "mine").await;
    assert_eq!(
        mine["votes"],
        json!([{"statement": 3, "choice": "pass", "important": false}, {"statement": 5, "choice": "pass", "important": false}])
    );
    let waits = json!([{"number": null, "text": "More shade in the park", "moderation": "pending"}]);
    assert_eq!(mine["statements"], waits);
    let unseen = read(&browser, "unseen").await;
    let numbers: Vec<u64> =
        unseen["statements"].as_array().unwrap().iter().map(|one| one["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers.len(), 50);
    assert!(!numbers.contains(&3) && !numbers.contains(&5), "{numbers:?}");
    let stranger = app.browser();
    assert_eq!(read(&stranger, "mine").await["votes"], json!([]));
    room.close().await.unwrap();
    assert_eq!(read(&browser, "unseen").await["statements"], json!([]), "nothing is voted on any more");
}

#[tokio::test]
async fn the_table_and_the_files_are_results_too() {
    for path in ["results/statements", "results.csv", "results.json"] {
        let app = TestApp::spawn().await;
        let room = app.conversation("c", 8, rule(ResultsRule::Always)).await;
        let reader = app.browser();
        reader.text(&format!("/c/c/{path}")).await;
        reader.post("/c/c/vote", &[("statement", "1"), ("choice", "agree")]).await;
        assert_eq!(had_read(&room).await, Some(true), "{path}");
    }
}

/// A conversation in which thirty people agree with the first of ten statements and are divided by the others.
async fn agreed(app: &TestApp, slug: &str, results: ResultsRule) -> boule::live::RoomHandle {
    let room = app.conversation(slug, 10, Settings { results, ..open_settings() }).await;
    for (person, statement) in (0..30).flat_map(|person| (0..10).map(move |statement| (person, statement))) {
        let agrees = statement == 0 || (person % 3 == 0) == (statement % 2 == 0);
        let choice = if agrees { Choice::Agree } else { Choice::Disagree };
        let identity = Identity::Token(TokenHash::of(&format!("p{person}")));
        room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
    }
    let seq = room.read(|state| state.desk.record.votes_seq).await.unwrap();
    room.published().wait_for(|published| published.version >= seq).await.unwrap();
    room
}

#[tokio::test]
async fn what_became_of_a_statement_is_told_to_whoever_has_voted_on_it() {
    let app = TestApp::spawn().await;
    let room = agreed(&app, "c", ResultsRule::Always).await;
    let browser = app.browser();
    let before = browser.text("/c/c/s/0").await;
    assert!(
        before.contains("What became of it") && !before.contains("Both groups clearly agree"),
        "{before}"
    );
    assert!(!before.contains("100% agree ·"), "what others say would sway them");
    browser.post("/c/c/vote", &[("statement", "0"), ("choice", "agree")]).await;
    assert!(browser.text("/c/c/s/0").await.contains("Both groups clearly agree."));
    let organiser = app.staff(boule::domain::Role::Organiser).await;
    organiser.post("/o/c/agenda", &[("places", "1")]).await;
    organiser.publish_agenda("c").await;
    assert!(browser.text("/c/c/s/0").await.contains("It is on the agenda of"));
    assert!(browser.text("/c/c/s/1").await.contains("It is not on the agenda of"));
    room.close().await.unwrap();
    assert!(app.browser().text("/c/c/s/0").await.contains("Both groups clearly agree."), "it is over");
}

#[tokio::test]
async fn where_results_wait_for_the_end_neither_a_statement_nor_the_wall_tells_them() {
    let app = TestApp::spawn().await;
    let room = agreed(&app, "close", ResultsRule::AtClose).await;
    let browser = app.browser();
    browser.post("/c/close/vote", &[("statement", "0"), ("choice", "agree")]).await;
    for path in ["s/0", "wall", "poster", "results.json"] {
        let page = browser.text(&format!("/c/close/{path}")).await;
        let tells = ["Both groups", "100% agree", "100% <small>"].iter().any(|told| page.contains(told));
        assert!(!tells, "{path}: {page}");
        assert!(!page.contains("class=\"area") && !page.contains("\"votes\":{"), "{path}");
    }
    room.close().await.unwrap();
    let wall = app.browser().text("/c/close/wall").await;
    assert!(wall.contains("class=\"area") && wall.contains("100% <small>"), "{wall}");
    assert!(!wall.contains("Join in"), "nobody can any more");
}

#[tokio::test]
async fn a_link_that_is_shared_shows_what_is_asked() {
    let app = TestApp::spawn().await;
    app.conversation("c", 3, open_settings()).await;
    let page = app.browser().text("/c/c").await;
    let question =
        page.split("<h1").nth(1).and_then(|rest| rest.split(['>', '<']).nth(1)).expect("a question");
    assert!(page.contains(&format!("<meta property=\"og:title\" content=\"{question}\">")), "{question}");
    assert!(!page.contains("og:url"), "a site without an address of its own names none");
}
