//! What an organiser publishes beside the results, what people mark as important, and what moderators decide while
//! somebody votes.

use std::collections::BTreeMap;

use boule::conversation::{
    Act, Actor, Brief, ExclusionAct, ExclusionBasis, Identity, ResultsRule, RulesAct, Settings,
};
use boule::domain::{Choice, Moderation, ParticipantNumber, Rejection, Role, StatementNumber, TokenHash};
use boule::live::{RoomError, RoomHandle};
use boule::opinion::{self, CheckedParams, OpinionMap, VoteMatrix, Work};
use serde_json::{Value, json};

use crate::app::{Asks, TestApp, open_settings};

/// Two camps of thirty people each, who agree on the first two of ten statements; three came only to look around.
async fn camps(room: &RoomHandle) {
    for person in 0..60 {
        for statement in 1..=10 {
            let agrees =
                statement <= 2 || (person % 2 == 0) == (statement % 2 == 0) || (person * statement) % 13 == 0;
            room.vote(person, statement, if agrees { Choice::Agree } else { Choice::Disagree }).await;
        }
    }
    for person in 60..63 {
        room.vote(person, 1, Choice::Pass).await;
    }
}

/// An open conversation with ten first statements.
async fn ten(app: &TestApp, slug: &str, change: impl FnOnce(&mut Brief)) -> RoomHandle {
    let room = app.draft(slug, open_settings()).await;
    for number in 1..=10 {
        room.add_seed(&format!("Seed statement number {number}")).await.unwrap();
    }
    let mut brief = Brief::from(&room.board().await.unwrap().contents.conversation);
    change(&mut brief);
    room.act(Actor::System, RulesAct::Change(Box::new(brief))).await.unwrap();
    room.open().await.unwrap();
    room
}

/// The map after every vote.
async fn settled(room: &RoomHandle) {
    let seq = room.read(|state| state.desk.record.votes_seq).await.unwrap();
    room.published().wait_for(|published| published.version >= seq).await.unwrap();
}

/// Agree, disagree and pass on each statement.
type VotesOfGroup = BTreeMap<StatementNumber, (u32, u32, u32)>;

/// Each group with its size and its votes on each statement, whatever it is called.
fn groups(map: &OpinionMap) -> Vec<(u32, VotesOfGroup)> {
    let mut groups: Vec<_> = map
        .groups
        .iter()
        .map(|group| {
            let votes = map.statements.iter().map(|statement| {
                let tally = statement.groups[group.id as usize];
                (statement.id, (tally.agree, tally.disagree, tally.pass))
            });
            (group.size, votes.collect())
        })
        .collect();
    groups.sort();
    groups
}

#[tokio::test]
async fn numbers_of_statements_begin_at_one() {
    let app = TestApp::spawn().await;
    let room = ten(&app, "c", |_| ()).await;
    let numbers = room.read(|state| state.desk.record.statements.keys().map(|n| n.0).collect::<Vec<_>>());
    assert_eq!(numbers.await.unwrap(), (1..=10).collect::<Vec<_>>());
}

#[tokio::test]
async fn rows_are_released_once_after_the_end_where_that_was_promised_and_give_the_map_that_was_published() {
    let app = TestApp::spawn().await;
    let room = ten(&app, "c", |brief| brief.terms.releases_rows = true).await;
    let organiser = app.staff(Role::Organiser).await;
    let visitor = app.browser();
    assert!(
        visitor
            .text("/c/c")
            .await
            .contains("After voting has ended, the organiser may publish votes as a file")
    );
    camps(&room).await;
    let early = organiser.post("/o/c/rows", &[("slug", "c")]).await;
    assert_eq!(early.status(), 422, "it is still open");
    assert_eq!(visitor.get("/c/c/rows.csv").await.status(), 404);
    assert!(
        visitor
            .text("/c/c/results")
            .await
            .contains("After voting has ended, the organiser may publish votes as a file")
    );
    room.close().await.unwrap();
    settled(&room).await;
    let report = organiser.text("/o/c/rows").await;
    assert!(report.contains("The file has 60 lines") && report.contains("find"), "{report}");
    assert_eq!(organiser.post("/o/c/rows", &[("slug", "d")]).await.status(), 422, "the address is asked for");
    assert_eq!(visitor.get("/c/c/rows.csv").await.status(), 404);
    assert_eq!(organiser.post("/o/c/rows", &[("slug", "c")]).await.status(), 303);
    let again = organiser.post("/o/c/rows", &[("slug", "c")]).await;
    assert_eq!(again.status(), 422, "it happens once");
    let reopened = room.act(Actor::System, Act::open()).await;
    assert!(
        matches!(reopened, Err(RoomError::Rejected(Rejection::RowsReleased))),
        "votes would be read off it"
    );
    let moderator = app.staff(Role::Moderator).await;
    assert!(!moderator.text("/m/c/watch").await.contains("leave-out"), "what is out counts those votes");
    let form = [("whom", "writers"), ("statements", "1"), ("reason", "Robots")];
    for refused in [
        moderator.get("/m/c/leave-out?whom=writers&statements=1").await,
        moderator.post("/m/c/leave-out", &form).await,
    ] {
        assert_eq!(refused.status(), 422);
        let page = refused.text().await.unwrap();
        assert!(page.contains("The votes were released as a file") && !page.contains("<textarea"), "{page}");
    }
    let csv = visitor.text("/c/c/rows.csv").await;
    assert_eq!(csv.lines().count(), 61, "nobody who is not on the map");
    let results = visitor.text("/c/c/results").await;
    assert!(results.contains("anybody can compute the map of that day from it"), "{results}");
    assert!(results.contains(&boule::domain::ChainHash::of_text(&csv).to_string()));
    // What everybody saw, computed from the file.
    let file = app.dir.path().join("rows.csv");
    std::fs::write(&file, &csv).unwrap();
    let export = boule::exchange::rows::read(&file).unwrap();
    let computed =
        opinion::compute_with(&VoteMatrix::new(&export.votes()), &CheckedParams::default(), &Work::on(1));
    let computed = groups(&computed.unwrap_or_else(|_| panic!("nobody stops it")).map);
    assert!(computed.len() > 1);
    assert_eq!(computed, groups(room.latest().map_for_tests()));
}

#[tokio::test]
async fn rows_that_not_everybody_was_told_of_stay_here() {
    let app = TestApp::spawn().await;
    let room = ten(&app, "c", |_| ()).await;
    // Promised only after people began to vote.
    let mut brief = Brief::from(&room.board().await.unwrap().contents.conversation);
    brief.terms.releases_rows = true;
    brief.reason = "For the university".into();
    room.act(Actor::System, RulesAct::Change(Box::new(brief))).await.unwrap();
    room.close().await.unwrap();
    let refused = |refused: Result<_, RoomError>| {
        matches!(refused, Err(RoomError::Rejected(Rejection::RowsNotPromised)))
    };
    assert!(refused(room.rows_document().await.map(|_| ())));
    room.open().await.unwrap();
    room.close().await.unwrap();
    assert!(refused(room.rows_document().await.map(|_| ())), "opened again, it is not the first opening");
    let kept = ten(&app, "d", |brief| brief.terms.releases_rows = true).await;
    let mut brief = Brief::from(&kept.board().await.unwrap().contents.conversation);
    brief.terms.releases_rows = false;
    brief.reason = "People asked for it".into();
    kept.act(Actor::System, RulesAct::Change(Box::new(brief.clone()))).await.unwrap();
    brief.terms.releases_rows = true;
    kept.act(Actor::System, RulesAct::Change(Box::new(brief))).await.unwrap();
    kept.close().await.unwrap();
    assert!(refused(kept.rows_document().await.map(|_| ())), "some voted while it was off");
}

#[tokio::test]
async fn a_headline_is_marked_as_the_organisers_and_results_that_are_kept_stay() {
    let app = TestApp::spawn().await;
    let room = ten(&app, "c", |_| ()).await;
    camps(&room).await;
    settled(&room).await;
    let organiser = app.staff(Role::Organiser).await;
    let visitor = app.browser();
    let long = "x".repeat(141);
    assert_eq!(organiser.post("/o/c/headline", &[("headline", &long)]).await.status(), 422);
    assert_eq!(organiser.post("/o/c/headline", &[("headline", "The river unites us")]).await.status(), 303);
    let results = visitor.text("/c/c/results").await;
    assert!(
        results.contains("The river unites us") && results.contains("Headline by The council,"),
        "{results}"
    );
    assert_eq!(organiser.post("/o/c/snapshot", &[]).await.status(), 303);
    room.moderate(3, Moderation::Rejected).await.unwrap();
    organiser.post("/o/c/headline", &[("headline", "")]).await;
    assert!(!visitor.text("/c/c/results").await.contains("The river unites us"));
    let kept = visitor.text("/c/c/results/on/1").await;
    assert!(kept.contains("The river unites us") && kept.contains("63 people took part"), "{kept}");
    assert!(kept.contains("Seed statement number 4") && !kept.contains("Seed statement number 3"), "{kept}");
    assert!(visitor.text("/c/c/results").await.contains("/c/c/results/on/1"), "the timeline leads there");
    assert_eq!(visitor.get("/c/c/results/on/2").await.status(), 404);
    let closed =
        app.conversation("close", 2, Settings { results: ResultsRule::AtClose, ..open_settings() }).await;
    let early = organiser.post("/o/close/snapshot", &[]).await;
    assert_eq!(early.status(), 422, "what waits for the end is not kept before");
    closed.close().await.unwrap();
    assert_eq!(organiser.post("/o/close/snapshot", &[]).await.status(), 303);
}

#[tokio::test]
async fn information_stands_before_the_first_vote_and_votes_name_its_version() {
    let app = TestApp::spawn().await;
    let room = ten(&app, "c", |_| ()).await;
    let organiser = app.staff(Role::Organiser).await;
    let text = "The river floods every ten years.\nA dam costs two million.";
    assert_eq!(organiser.post("/o/c/information", &[("information", text)]).await.status(), 303);
    organiser.post("/o/c/information", &[("information", "The river floods every nine years.")]).await;
    let browser = app.browser();
    let page = browser.text("/c/c").await;
    assert!(page.contains("<details class=\"information\" open>") && page.contains("nine years"), "{page}");
    assert!(page.contains("name=\"pack\" value=\"2\""));
    browser.post("/c/c/vote", &[("statement", "1"), ("choice", "agree"), ("pack", "2")]).await;
    assert!(
        browser.text("/c/c").await.contains("<details class=\"information\">"),
        "folded once one has voted"
    );
    browser.post("/c/c/vote", &[("statement", "2"), ("choice", "agree"), ("pack", "99")]).await;
    let events = app.app.store.events(room.conversation).await.unwrap();
    let packs: Vec<u32> = events
        .iter()
        .filter_map(|event| match &event.what.body {
            boule::conversation::EventBody::VoteCast(vote) => Some(vote.pack),
            _ => None,
        })
        .collect();
    assert_eq!(packs, [2, 2], "a version that was never there was not read");
}

#[tokio::test]
async fn what_is_important_to_many_is_told_in_tenths_and_at_the_end_only() {
    let app = TestApp::spawn().await;
    let room = ten(&app, "c", |brief| brief.settings.important = true).await;
    let visitor = app.browser();
    assert!(visitor.text("/c/c").await.contains("This is important to me"));
    for person in 0..20 {
        let marks = if person < 12 { vec![("important", "on")] } else { vec![] };
        let browser = app.browser();
        let mut form = vec![("statement", "4"), ("choice", "agree")];
        form.extend(marks);
        assert_eq!(browser.post("/c/c/vote", &form).await.status(), 303);
        if person == 0 {
            let mine: Value = serde_json::from_str(&browser.text("/api/v1/c/c/mine").await).unwrap();
            assert_eq!(mine["votes"], json!([{"statement": 4, "choice": "agree", "important": true}]));
            assert!(browser.text("/c/c/mine").await.contains("Important to you"));
            assert!(browser.text("/c/c/s/4").await.contains("value=\"on\" checked"));
        }
    }
    settled(&room).await;
    assert!(!visitor.text("/c/c/results").await.contains("What matters to many"));
    room.close().await.unwrap();
    settled(&room).await;
    let results = visitor.text("/c/c/results").await;
    assert!(
        results.contains("What matters to many") && results.contains("marked by at least 60% of"),
        "{results}"
    );
    // Of those who count, six of fourteen.
    let people = (0..6).map(ParticipantNumber).collect();
    let exclude = ExclusionAct::Exclude { people, basis: ExclusionBasis::ByHand, reason: "Robots".into() };
    room.act(Actor::System, exclude).await.unwrap();
    settled(&room).await;
    let results = visitor.text("/c/c/results").await;
    assert!(results.contains("marked by at least 40% of"), "{results}");
    // Where nobody asks for it, a mark is nothing.
    let plain = ten(&app, "d", |_| ()).await;
    let browser = app.browser();
    browser.post("/c/d/vote", &[("statement", "1"), ("choice", "agree"), ("important", "on")]).await;
    let marked =
        plain.read(|state| state.desk.record.participants.values().any(|own| own.marks(StatementNumber(1))));
    assert!(!marked.await.unwrap());
    assert!(!browser.text("/c/d").await.contains("This is important to me"));
}

#[tokio::test]
async fn all_statements_can_be_voted_on_in_a_list() {
    let app = TestApp::spawn().await;
    let room = ten(&app, "c", |_| ()).await;
    let browser = app.browser();
    let list = browser.text("/c/c/list").await;
    assert_eq!(list.matches("name=\"statement\"").count(), 10);
    let form = [("statement", "7"), ("choice", "disagree"), ("list", "1")];
    let answer = browser.post("/c/c/vote", &form).await;
    assert_eq!(answer.headers()["location"], "/c/c/list?page=1&voted=7#s-7");
    let list = browser.text("/c/c/list?page=1&voted=7").await;
    assert!(
        list.contains("id=\"s-7\" tabindex=\"-1\" autofocus") && list.contains("aria-pressed=\"true\""),
        "{list}"
    );
    assert!(list.contains("You have voted on 1 of 10 statements"));
    room.close().await.unwrap();
    assert!(!browser.text("/c/c/list").await.contains("<button name=\"choice\""));
}

#[tokio::test]
async fn p27_a_moderators_decision_reaches_open_pages_and_those_whose_statement_it_is() {
    let app = TestApp::spawn().await;
    let room = ten(&app, "c", |brief| brief.settings.results = ResultsRule::AtClose).await;
    let site = app.site("c");
    let (ticket, token) = site.join(None).await.unwrap();
    let mut author = site.connect(Some(&ticket)).await.unwrap();
    let mut other = app.participant("c").await;
    let who = Identity::Token(TokenHash::of(&token.unwrap()));
    for text in ["Build a bridge", "You are all fools"] {
        room.act(who, Act::submit(text, None)).await.unwrap();
    }
    room.moderate(11, Moderation::Accepted).await.unwrap();
    let told = author.wait_for("decided").await.unwrap();
    assert_eq!((&told["hidden"], &told["yours"][0]["statement"]), (&json!([]), &json!(11)));
    assert_eq!(told["yours"][0]["message"], "Your statement was accepted. Others now vote on it.");
    room.moderate(12, Moderation::Rejected).await.unwrap();
    let told = author.wait_for("decided").await.unwrap();
    assert_eq!(told["hidden"], json!([]), "nobody had seen it");
    assert_eq!(
        told["yours"],
        json!([{"moderation": "rejected", "statement": null, "message":
        "A moderator has decided not to show your statement. “My votes” says why."}])
    );
    // What was never shown is no news to others, and what was is.
    room.moderate(5, Moderation::Rejected).await.unwrap();
    let told = other.wait_for("decided").await.unwrap();
    assert_eq!((&told["yours"], &told["hidden"]), (&json!([]), &json!([5])));
}
