//! What moderators do with statements beside accepting and rejecting them, as a browser does it.

use boule::conversation::{Identity, Settings};
use boule::domain::{Moderation, ModerationRule, Role, StatementNumber};
use boule::live::RoomHandle;

use crate::app::{Browser, TestApp, open_settings, value_of};

/// Six statements of the organiser's, one by a participant that waits, the participant, and a moderator.
async fn stage() -> (TestApp, RoomHandle, Browser, Browser) {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 6, open_settings()).await;
    let author = app.browser();
    author.text("/c/c").await;
    let sent = author.post("/c/c/submit", &[("text", "More trees and fewer cars"), ("op", "t1")]).await;
    assert_eq!(sent.status(), 303);
    let moderator = app.staff(Role::Moderator).await;
    (app, room, author, moderator)
}

/// The number of the statement that waits.
async fn waiting(room: &RoomHandle) -> StatementNumber {
    room.read(|state| state.desk.record.waiting().next().unwrap().number).await.unwrap()
}

async fn curate(moderator: &Browser, act: &str, statement: u32, more: &[(&str, &str)]) -> String {
    let number = statement.to_string();
    let form = [&[("act", act), ("statement", &number)], more].concat();
    let answer = moderator.post("/m/c/curate", &form).await;
    assert_eq!(answer.status(), 303, "{act}");
    answer.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_statement_is_split_its_author_reads_the_new_words_and_takes_one_back() {
    let (app, room, author, moderator) = stage().await;
    let number = waiting(&room).await;
    let page = moderator.text(&format!("/m/c?at={number}")).await;
    assert_eq!(value_of(&page, "seen"), Some("0"));
    // What can't be taken comes back with the reason, and nothing that was typed is lost.
    let twice = [
        ("act", "derive"),
        ("statement", &*number.to_string()),
        ("seen", "0"),
        ("texts", "More trees\nmore trees."),
    ];
    let refused = moderator.post("/m/c/curate", &twice).await;
    assert_eq!(refused.status(), 422);
    let page = refused.text().await.unwrap();
    assert!(page.contains("More trees\nmore trees.</textarea>") && page.contains("id=\"refused\""), "{page}");
    let to =
        curate(&moderator, "derive", number.0, &[("seen", "0"), ("texts", " More trees \n\nFewer cars\n")])
            .await;
    let page = moderator.text(&to).await;
    assert!(page.contains("value=\"restore\"") && page.contains("Fewer cars"), "{page}");
    let mine = author.text("/c/c/mine").await;
    assert!(
        mine.contains("A moderator shows your statement in these words instead:")
            && mine.contains("Fewer cars"),
        "{mine}"
    );
    let made = mine.split("A moderator shows your statement in these words instead:").nth(1).unwrap();
    let words = value_of(made, "words").unwrap().to_owned();
    author.post("/c/c/mine/withdraw", &[("words", &words)]).await;
    let mine = author.text("/c/c/mine").await;
    assert!(!mine.contains("More trees</a>") && mine.contains("Fewer cars"), "{mine}");
    let shown =
        room.read(|state| state.desk.record.shown().map(|s| s.text.text().to_owned()).collect::<Vec<_>>());
    let shown = shown.await.unwrap();
    assert!(
        shown.contains(&"Fewer cars".to_owned()) && !shown.iter().any(|text| text.contains("trees")),
        "{shown:?}"
    );
    let public = app.browser().text("/c/c/moderation").await;
    assert!(public.contains("The moderators show other words instead: No. 8"), "{public}");
    let told = app.browser().text("/c/c/s/8").await;
    assert!(told.contains("A moderator made this statement from one that somebody wrote."), "{told}");
    curate(&moderator, "restore", number.0, &[]).await;
    assert_eq!(waiting(&room).await, number, "it waits as before");
}

#[tokio::test]
async fn of_two_that_say_the_same_people_are_asked_one_and_results_show_both() {
    let (app, room, _author, moderator) = stage().await;
    for n in 0..12 {
        let person = Identity::Token(boule::domain::TokenHash::of(&format!("person {n}")));
        for seed in 0..6 {
            let choice = if (n + seed) % 4 == 0 {
                boule::domain::Choice::Disagree
            } else {
                boule::domain::Choice::Agree
            };
            room.act(person, boule::conversation::Ballot::new(StatementNumber(seed), choice)).await.unwrap();
        }
    }
    let to = curate(&moderator, "merge", 2, &[("into", "1")]).await;
    let page = moderator.text(&to).await;
    assert!(page.contains("value=\"unmerge\"") && page.contains("id=\"undo\""), "{page}");
    let reader = app.browser();
    let asked = |page: &str, number: u32| page.contains(&format!("name=\"statement\" value=\"{number}\""));
    let list = reader.text("/c/c/list").await;
    assert!(asked(&list, 1) && !asked(&list, 2), "{list}");
    assert!(app.browser().text("/c/c/s/2").await.contains("People are now asked about that one:"));
    let told = app.browser().text("/c/c/s/1").await;
    assert!(
        told.contains("These statements say the same, so people are asked only about the one above."),
        "{told}"
    );
    let table = app.browser().text("/c/c/results/statements").await;
    assert_eq!(table.matches("scope=\"row\"").count(), 6, "both stand in the table");
    curate(&moderator, "unmerge", 2, &[]).await;
    assert!(asked(&reader.text("/c/c/list").await, 2));
}

#[tokio::test]
async fn new_statements_stop_and_a_held_author_is_read_first() {
    let (app, room, author, moderator) = stage().await;
    let to = curate(&moderator, "pause", 0, &[]).await;
    assert!(moderator.text(&to).await.contains("No new statements are taken for now."));
    assert!(author.text("/c/c").await.contains("Right now, no new statements can be added."));
    // What was typed before that stays in the form.
    let late = author.post("/c/c/submit", &[("text", "Typed before that"), ("op", "t2")]).await;
    let page = late.text().await.unwrap();
    assert!(
        page.contains("Typed before that</textarea>") && page.contains("no new statements can be added"),
        "{page}"
    );
    curate(&moderator, "unpause", 0, &[]).await;
    let number = waiting(&room).await;
    assert!(
        !moderator.text(&format!("/m/c?at={number}")).await.contains("value=\"hold\""),
        "all wait here anyhow"
    );

    let settings = Settings { moderation: ModerationRule::After, ..open_settings() };
    let at_once = app.conversation("d", 1, settings).await;
    let author = app.browser();
    author.text("/c/d").await;
    author.post("/c/d/submit", &[("text", "Shown at once"), ("op", "t1")]).await;
    let number = waiting(&at_once).await;
    let moderator = app.staff(Role::Moderator).await;
    assert!(moderator.text(&format!("/m/d?at={number}")).await.contains("value=\"hold\""));
    let hold = [("act", "hold"), ("statement", &*number.to_string())];
    assert_eq!(moderator.post("/m/d/curate", &hold).await.status(), 303);
    author.post("/c/d/submit", &[("text", "Read first"), ("op", "t2")]).await;
    let states = at_once.read(|state| {
        let record = &state.desk.record;
        record.kept().map(|s| (record.is_shown(s), s.moderation)).collect::<Vec<_>>()
    });
    let pending = Moderation::Pending;
    assert_eq!(states.await.unwrap()[1..], [(true, pending), (false, pending)]);
}

#[tokio::test]
async fn an_overseer_reads_the_desk_and_does_nothing_there() {
    let (app, room, _author, _moderator) = stage().await;
    let overseer = app.staff(Role::Overseer).await;
    let number = waiting(&room).await;
    let page = overseer.text(&format!("/m/c?at={number}")).await;
    assert!(page.contains("More trees and fewer cars") && !page.contains("/m/c/curate"), "{page}");
    let meta = [("act", "meta"), ("statement", "1")];
    assert_eq!(overseer.post("/m/c/curate", &meta).await.status(), 403);
    for bad in [
        &[("act", "explode"), ("statement", "1")][..],
        &[("act", "meta")],
        &[("act", "merge"), ("statement", "1")],
    ] {
        assert_eq!(app.staff(Role::Moderator).await.post("/m/c/curate", bad).await.status(), 400, "{bad:?}");
    }
}
