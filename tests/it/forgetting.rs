//! What is forgotten is gone: from pages, from the database and its side files, and from what is kept beside it.

use std::path::Path;
use std::process::Command;

use boule::clock::Clock;
use boule::conversation::{
    Act, Actor, Brief, ConversationState, ForgettingAct, Identity, LastResults, MembershipAct, RulesAct,
    Settings,
};
use boule::domain::{Choice, Moderation, Rejection, Role, Seq, StatementNumber, Timestamp, TokenHash};
use boule::instance::Scope;
use boule::live::{RoomError, RoomHandle, do_what_is_due};

use crate::app::{Asks, Browser, TestApp, open_settings};

/// Words that stand nowhere else.
const CANARY: &str = "Quokkas should guard the fountain";

/// Every file below a directory that holds the words.
pub fn files_with(dir: &Path, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, words));
        } else if std::fs::read(&path).unwrap().windows(words.len()).any(|part| part == words.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}

fn check(dir: &Path) -> (Option<i32>, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_boule")).args(["check", "--data"]).arg(dir).output().unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Somebody who has voted on three statements and written one, which was accepted.
async fn somebody(app: &TestApp, room: &RoomHandle) -> Browser {
    let browser = app.browser();
    let shown = room.read(|state| state.desk.record.statements.keys().copied().collect::<Vec<_>>());
    for statement in shown.await.unwrap().into_iter().take(3) {
        let number = statement.to_string();
        let vote = [("statement", number.as_str()), ("choice", "agree")];
        assert_eq!(browser.post("/c/c/vote", &vote).await.status(), 303);
    }
    assert_eq!(browser.post("/c/c/submit", &[("text", CANARY)]).await.status(), 303);
    let written = room.read(|state| state.desk.record.next_statement().0 - 1).await.unwrap();
    room.moderate(written, Moderation::Accepted).await.unwrap();
    browser
}

async fn totals(room: &RoomHandle) -> (u64, u32) {
    room.read(|state| state.desk.record.totals()).await.unwrap()
}

/// The code that somebody's own page shows.
async fn code_of(browser: &Browser) -> String {
    let page = browser.text("/c/c/mine/erase").await;
    let after = page.split("<code class=\"code\">").nth(1).unwrap();
    after.split("</code>").next().unwrap().to_owned()
}

#[tokio::test]
async fn r10_somebody_takes_what_is_theirs_along_erases_it_and_its_words_are_in_no_file() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 5, open_settings()).await;
    for person in 0..8 {
        room.vote(person, 0, Choice::Agree).await;
    }
    let browser = somebody(&app, &room).await;
    room.vote(1, 5, Choice::Disagree).await;
    let answer = browser.post("/c/c/mine/data", &[]).await;
    assert_eq!(answer.status(), 200);
    assert!(answer.headers()["content-disposition"].to_str().unwrap().contains("attachment"));
    let data: serde_json::Value = answer.json().await.unwrap();
    assert_eq!(data["votes"].as_array().unwrap().len(), 4, "{data}");
    assert_eq!(data["votes"][0]["text"], "Seed statement number 0");
    assert_eq!(data["statements"][0]["text"], CANARY);
    assert_eq!(data["statements"][0]["state"], "accepted");
    assert!(data.get("participant").is_none());
    assert!(browser.text("/c/c/mine/erase").await.contains("4 votes and 1 statement"));

    let before = totals(&room).await;
    let erased = browser.post("/c/c/mine/erase", &[]).await;
    assert_eq!(erased.headers()["location"], "/c/c/mine?erased=1");
    // Read on the spot: the words are gone before the answer.
    assert_eq!(files_with(app.dir.path(), CANARY), Vec::<String>::new());
    let page = browser.text("/c/c/mine?erased=1").await;
    assert!(page.contains("Your data are erased.") && page.contains("You have not voted yet."), "{page}");
    assert!(browser.text("/c/c/mine/erase").await.contains("There is nothing of yours here"));
    // Their votes on what others wrote still count; the statement and the votes on it are not shown.
    let after = totals(&room).await;
    assert_eq!((after.0, after.1), (before.0 - 2, before.1));
    assert!(!app.browser().text("/c/c/results/statements").await.contains(CANARY));
    let overseer = app.staff_in(Role::Organiser, Scope::Conversation(room.conversation)).await;
    for page in ["/m/c", "/o/c", "/o/c/log", "/c/c/moderation"] {
        assert!(!overseer.text(page).await.contains(CANARY), "{page}");
    }
    // Whoever votes again is somebody else.
    let people = room.read(|state| state.desk.record.participants.len()).await.unwrap();
    assert_eq!(browser.post("/c/c/vote", &[("statement", "0"), ("choice", "pass")]).await.status(), 303);
    assert_eq!(room.read(|state| state.desk.record.participants.len()).await.unwrap(), people + 1);
    let noted = std::fs::read_to_string(app.dir.path().join("erasures")).unwrap();
    assert!(noted.lines().count() == 1 && !noted.contains("participant"), "{noted}");
    drop(room);
    app.app.stop().await;
    let (code, text) = check(app.dir.path());
    assert_eq!(code, Some(0), "{text}");
    assert_eq!(files_with(app.dir.path(), CANARY), Vec::<String>::new());
}

#[tokio::test]
async fn an_organiser_erases_whoever_gives_their_code_and_nobody_else() {
    let app = TestApp::spawn().await;
    let room = app.draft("c", open_settings()).await;
    for n in 0..3 {
        room.add_seed(&format!("Seed {n}")).await.unwrap();
    }
    let board = room.board().await.unwrap();
    let mut brief = Brief::from(&board.contents.conversation);
    brief.terms.erases_votes = true;
    room.act(Actor::System, RulesAct::Change(Box::new(brief))).await.unwrap();
    room.open().await.unwrap();
    for person in 0..6 {
        room.vote(person, 1, Choice::Agree).await;
    }
    let browser = somebody(&app, &room).await;
    let before = totals(&room).await;
    let organiser = app.staff_in(Role::Organiser, Scope::Conversation(room.conversation)).await;
    let code = code_of(&browser).await;
    let other = code.replace(|c: char| c == code.chars().next().unwrap(), "0");
    if other != code {
        let refused = organiser.post("/o/c/requests/erase", &[("code", &other)]).await;
        assert_eq!(refused.status(), 422);
        assert!(refused.text().await.unwrap().contains("Nobody here has this code."));
    }
    let typed = format!(" {} ", code.to_uppercase().replace('-', " "));
    let data = organiser.post("/o/c/requests/data", &[("code", &typed)]).await;
    assert!(data.text().await.unwrap().contains(CANARY));
    let form = [("code", typed.as_str()), ("why", "They wrote to us")];
    assert_eq!(organiser.post("/o/c/requests/erase", &form).await.status(), 303);
    // Here the promise says that votes go as well.
    assert_eq!(totals(&room).await, (before.0 - 4, before.1 - 1));
    assert!(organiser.text("/o/c/log").await.contains("erased a person’s data at their request"));
    let owner = app.staff(Role::Owner).await;
    let log = owner.text("/log").await;
    assert!(log.contains("erased the data of somebody who took part in /c/c"), "{log}");
    assert!(log.contains("downloaded the data of somebody who takes part in /c/c"), "{log}");
    // A page of theirs that was open is that of nobody.
    let gone = room.read(|state| {
        let people = &state.desk.record.participants;
        people.iter().find(|(_, own)| own.is_erased()).map(|(number, _)| *number)
    });
    let gone = Identity::Participant(gone.await.unwrap().unwrap());
    let refused = room.cast_vote(gone, StatementNumber(0), Choice::Agree, None).await;
    assert!(matches!(refused, Err(RoomError::Rejected(Rejection::UnknownParticipant))));
    assert_eq!(organiser.post("/o/c/requests/erase", &[("code", &code)]).await.status(), 422);
    drop(room);
    app.app.stop().await;
    let (status, text) = check(app.dir.path());
    assert_eq!(status, Some(0), "{text}");
}

#[tokio::test]
async fn on_the_promised_day_links_and_unshown_words_go_and_the_conversation_stays_closed() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, open_settings()).await;
    let browser = somebody(&app, &room).await;
    browser.post("/c/c/submit", &[("text", "Secret moles dig at night")]).await;
    let rejected = room.read(|state| state.desk.record.next_statement().0 - 1).await.unwrap();
    room.moderate(rejected, Moderation::Rejected).await.unwrap();
    browser.post("/c/c/submit", &[("text", "Waiting walruses want in")]).await;
    let identity = Identity::Token(TokenHash::of("resident"));
    room.act(identity, Act::join()).await.unwrap();
    let resident = room.read(|state| state.desk.participant_of(&TokenHash::of("resident"))).await.unwrap();
    let resident = Identity::Participant(resident.unwrap());
    for place in ["Otter Quay", "Badger Lane"] {
        room.act(resident, MembershipAct::StatePlace { place: place.into() }).await.unwrap();
    }
    assert!(files_with(app.dir.path(), "Badger Lane").len() == 1);
    let now = app.app.clock.now();
    let board = room.board().await.unwrap();
    let mut brief = Brief { reason: "The law".into(), ..Brief::from(&board.contents.conversation) };
    brief.schedule.forgets_at = Some(Timestamp(now.0 + 1));
    room.act(Actor::System, RulesAct::Change(Box::new(brief))).await.unwrap();
    do_what_is_due(&app.app.rooms, &app.app.store, &app.app.clock).await;
    let seq = room.read(|state| state.desk.record.seq).await.unwrap();
    room.published().wait_for(|map| map.version >= seq).await.unwrap();
    room.read(|state| {
        assert!(state.desk.record.conversation.links_destroyed.is_some());
        assert_eq!(state.desk.record.waiting().count(), 0);
    })
    .await
    .unwrap();
    for gone in ["Secret moles dig at night", "Waiting walruses want in", "Badger Lane", "Otter Quay"] {
        assert_eq!(files_with(app.dir.path(), gone), Vec::<String>::new(), "{gone}");
    }
    assert!(browser.text("/c/c/mine").await.contains("You have not voted yet."));
    assert!(app.browser().text("/c/c/results/statements").await.contains(CANARY), "what was shown stays");
    let refused = room.open().await;
    assert!(matches!(refused, Err(RoomError::Rejected(Rejection::LinksDestroyed))));
    drop((room, board));
    let app = app.restart().await;
    assert!(app.browser().text("/c/c/results/statements").await.contains(CANARY));
    app.app.stop().await;
    let (status, text) = check(app.dir.path());
    assert_eq!(status, Some(0), "{text}");
}

/// One clock that is wrong closes a conversation too early, which can be mended; it destroys nothing.
#[tokio::test]
async fn what_can_not_be_undone_waits_until_both_clocks_say_so() {
    const HOUR_US: i64 = 3_600_000_000;
    let app = TestApp::spawn().await;
    let now = app.app.clock.now();
    let ahead = Clock::system();
    ahead.go_by(Timestamp(now.0 + 2 * HOUR_US), std::time::Duration::from_secs(1)).unwrap();
    let mut rooms = Vec::new();
    for slug in ["closes", "forgets"] {
        let room = app.conversation(slug, 1, open_settings()).await;
        let board = room.board().await.unwrap();
        let mut brief = Brief { reason: "The law".into(), ..Brief::from(&board.contents.conversation) };
        let moment = Some(Timestamp(now.0 + HOUR_US));
        if slug == "closes" {
            brief.schedule.closes_at = moment;
        } else {
            brief.schedule.forgets_at = moment;
        }
        room.act(Actor::System, RulesAct::Change(Box::new(brief))).await.unwrap();
        rooms.push(room);
    }
    do_what_is_due(&app.app.rooms, &app.app.store, &ahead).await;
    let state = async |room: &RoomHandle| {
        room.read(|state| {
            let conversation = &state.desk.record.conversation;
            (conversation.state, conversation.links_destroyed.is_some())
        })
        .await
        .unwrap()
    };
    assert_eq!(state(&rooms[0]).await, (ConversationState::Closed, false));
    assert_eq!(state(&rooms[1]).await, (ConversationState::Open, false));
    let both = Clock::from_fn(move || Timestamp(now.0 + 2 * HOUR_US));
    do_what_is_due(&app.app.rooms, &app.app.store, &both).await;
    assert!(state(&rooms[1]).await.1);
}

#[tokio::test]
async fn a_conversation_is_deleted_after_a_time_of_grace_and_its_published_results_stay() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, Settings::default()).await;
    for person in 0..9 {
        for statement in 0..3 {
            room.vote(person, statement, if statement == 2 { Choice::Disagree } else { Choice::Agree }).await;
        }
    }
    let browser = somebody(&app, &room).await;
    browser.post("/c/c/submit", &[("text", "Secret moles dig at night")]).await;
    let organiser = app.staff_in(Role::Organiser, Scope::Conversation(room.conversation)).await;
    let confirmed = [("slug", "c")];
    let refused = organiser.post("/o/c/deletion", &confirmed).await;
    assert!(refused.status() == 422 && refused.text().await.unwrap().contains("Close it first."));
    room.close().await.unwrap();
    let refused = organiser.post("/o/c/deletion", &[("slug", "d")]).await;
    assert!(refused.status() == 422 && refused.text().await.unwrap().contains("Nothing was deleted"));
    assert_eq!(organiser.post("/o/c/deletion", &confirmed).await.status(), 303);
    assert!(organiser.text("/o/c").await.contains("This conversation will be deleted on"));
    let newcomer = Identity::Token(TokenHash::of("nobody new comes in, to hold it up"));
    let joins = MembershipAct::Join(boule::conversation::Admission::default());
    let refused = room.act(newcomer, joins).await;
    assert!(matches!(refused, Err(RoomError::Rejected(Rejection::NotOpen))));
    do_what_is_due(&app.app.rooms, &app.app.store, &app.app.clock).await;
    assert_eq!(
        organiser.post("/o/c/deletion", &[("keep", "on")]).await.status(),
        303,
        "it is not deleted yet"
    );
    assert!(!organiser.text("/o/c").await.contains("This conversation will be deleted on"));
    let delete = |at| ForgettingAct::Delete(Box::new(LastResults { results: "{}".into(), at }));
    let seq = async || room.read(|state| state.desk.record.seq).await.unwrap();
    let refused = room.act(Actor::System, delete(seq().await)).await;
    assert!(matches!(refused, Err(RoomError::Rejected(Rejection::NotDraft))), "nobody planned it");
    let past = Some(Timestamp(app.app.clock.now().0 - 1));
    room.act(Actor::System, ForgettingAct::PlanDeletion(past)).await.unwrap();
    let refused = room.act(Actor::System, delete(Seq(seq().await.0 - 1))).await;
    assert!(
        matches!(refused, Err(RoomError::Rejected(Rejection::ChangedMeanwhile))),
        "whoever was erased since would be in what is kept"
    );
    let seq = seq().await;
    let covers =
        |map: &std::sync::Arc<boule::live::PublishedMap>| map.version >= seq || map.counts.votes > 30;
    room.published().wait_for(covers).await.unwrap();
    do_what_is_due(&app.app.rooms, &app.app.store, &app.app.clock).await;
    drop(room);
    let gone = app.browser().get("/c/c/results").await;
    assert_eq!((gone.status().as_u16(), gone.headers()["location"].to_str().unwrap()), (303, "/kept/c"));
    let kept = app.browser().text("/kept/c").await;
    assert!(kept.contains("Seed statement number 2") && kept.contains(CANARY), "{kept}");
    assert!(kept.contains("This conversation was deleted on") && kept.contains("10 people cast"), "{kept}");
    assert_eq!(files_with(app.dir.path(), "Secret moles dig at night"), Vec::<String>::new());
    // Two statements are taken out of it at once, and both are gone.
    let owner = app.staff(Role::Owner).await;
    let (one, other) = (
        owner.post("/kept/c/erase", &[("statement", "2")]),
        owner.post("/kept/c/erase", &[("statement", "3")]),
    );
    let (one, other) = futures_util::join!(one, other);
    assert_eq!((one.status().as_u16(), other.status().as_u16()), (303, 303));
    let kept = app.browser().text("/kept/c").await;
    assert!(!kept.contains("Seed statement number 2") && !kept.contains(CANARY), "{kept}");
    for gone in ["Seed statement number 2", CANARY] {
        assert_eq!(files_with(app.dir.path(), gone), Vec::<String>::new(), "{gone}");
    }
    let noted = std::fs::read_to_string(app.dir.path().join("erasures")).unwrap();
    assert_eq!(noted.matches("\"statement\":").count(), 2, "{noted}");
    // Its address is not given to another.
    let brief = Brief { question: "Again?".into(), organiser: "Us".into(), ..Brief::default() };
    let slug = boule::domain::Slug::parse("c").unwrap();
    let taken = app.app.rooms.create(boule::conversation::RecordedActor::System, slug, &brief);
    assert!(matches!(taken.await, Err(RoomError::Rejected(Rejection::AddressTaken(_)))));
    app.app.stop().await;
    let (status, text) = check(app.dir.path());
    assert_eq!(status, Some(0), "{text}");
}

#[tokio::test]
async fn nothing_is_erased_that_can_not_be_noted_outside_the_data_directory() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, open_settings()).await;
    let browser = somebody(&app, &room).await;
    std::fs::create_dir(app.dir.path().join("erasures")).unwrap();
    assert_eq!(browser.post("/c/c/mine/erase", &[]).await.status(), 503);
    assert!(browser.text("/c/c/mine").await.contains(CANARY), "nothing was lost");
    assert_eq!(browser.post("/c/c/vote", &[("statement", "0"), ("choice", "pass")]).await.status(), 303);
    std::fs::remove_dir(app.dir.path().join("erasures")).unwrap();
    assert_eq!(browser.post("/c/c/mine/erase", &[]).await.status(), 303);
}
