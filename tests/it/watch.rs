//! What moderators are told of what happens now.

use boule::conversation::{Ballot, Identity};
use boule::domain::{Choice, Role, StatementNumber, TokenHash};
use boule::live::RoomHandle;

use crate::app::{TestApp, open_settings};

async fn vote(room: &RoomHandle, person: usize, answers: impl Iterator<Item = i64>) {
    let person = Identity::Token(TokenHash::of(&format!("person {person}")));
    for (statement, answer) in (0..).map(StatementNumber).zip(answers) {
        room.act(person, Ballot::new(statement, Choice::from_value(answer).unwrap())).await.unwrap();
    }
}

#[tokio::test]
async fn copies_and_one_answer_to_everything_are_told_from_enough_people_on_and_in_steps() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 24, open_settings()).await;
    let moderator = app.staff(Role::Moderator).await;
    assert!(moderator.text("/m/c/watch").await.contains("Nothing stands out."));
    // Two camps that say different things, each person a little of their own.
    for person in 0..60usize {
        let camp = if person % 2 == 0 { 1 } else { -1 };
        let answer = |at: usize| {
            if at == person % 24 || at == person / 3 % 24 {
                0
            } else {
                camp * if at.is_multiple_of(2) { 1 } else { -1 }
            }
        };
        vote(&room, person, (0..24).map(answer)).await;
    }
    // Seventeen hand in the same list.
    for person in 100..117 {
        vote(&room, person, (0..12).map(|at| [1, 1, -1, 0][at % 4])).await;
    }
    let seq = room.read(|state| state.desk.record.votes_seq).await.unwrap();
    room.published().wait_for(|published| published.version >= seq).await.unwrap();
    let page = moderator.text("/m/c/watch").await;
    assert!(
        page.contains("At least 15 people gave exactly the same answers to the same statements"),
        "{page}"
    );
    assert!(!page.contains("one and the same answer to everything"), "{page}");
    // Votes of all of them came within a minute, and nothing is usual yet.
    assert!(page.contains("What is usual is not known yet."), "{page}");
    assert!(page.contains("At least 1,6"), "{page}");
    assert!(page.contains("without a named link: at least 75"), "{page}");
    // Nobody is named.
    assert!(!page.contains("participant"), "{page}");
    // One of the seventeen changes a vote, and one more does: the step stays until five are gone.
    vote(&room, 100, [1, 1, 1].into_iter()).await;
    let seq = room.read(|state| state.desk.record.votes_seq).await.unwrap();
    room.published().wait_for(|published| published.version >= seq).await.unwrap();
    assert!(moderator.text("/m/c/watch").await.contains("At least 15 people gave exactly"));
}

#[tokio::test]
async fn newcomers_of_one_network_are_told_from_five_on() {
    let app = TestApp::spawn().await;
    app.conversation("c", 3, open_settings()).await;
    let moderator = app.staff(Role::Moderator).await;
    for n in 0..6 {
        let browser = app.browser();
        browser.text("/c/c").await;
        let told = moderator.text("/m/c/watch").await;
        assert_eq!(told.contains("came from one network"), n >= 5, "{n}");
        assert_eq!(browser.post("/c/c/vote", &[("statement", "1"), ("choice", "agree")]).await.status(), 303);
    }
    assert!(moderator.text("/m/c/watch").await.contains("At least 5 new people came from one network"));
}

#[tokio::test]
async fn an_alarm_that_an_organiser_set_goes_to_moderators_and_stands_on_their_desk() {
    let app = TestApp::spawn().await;
    let settings = boule::conversation::Settings { alarm_newcomers: 10, ..open_settings() };
    let room = app.conversation("c", 3, settings).await;
    let moderator = app.staff(Role::Moderator).await;
    let alarm = "Something stands out. Have a look.";
    for person in 0..12 {
        let page = moderator.text("/m/c").await;
        assert_eq!(page.contains(alarm), person >= 10, "{person}");
        vote(&room, person, [1].into_iter()).await;
    }
    // The page, the desk and the mail say the same.
    let page = moderator.text("/m/c/watch").await;
    assert!(
        !page.contains("Nothing stands out.") && page.contains("At least 10 new people in the last hour."),
        "{page}"
    );
    let notifier = boule::notify::Notifier {
        rooms: app.app.rooms.clone(),
        store: app.app.store.clone(),
        clock: app.app.clock.clone(),
        site: "https://vote.test.invalid".into(),
        locale: boule::texts::Locale::English,
    };
    notifier.write_what_is_due().await.unwrap();
    notifier.write_what_is_due().await.unwrap();
    let mails = app.app.store.due_mail(boule::domain::Timestamp(i64::MAX), 99).await.unwrap();
    let of_alarm: Vec<&str> =
        mails.iter().filter(|mail| mail.what == "alarm").map(|mail| mail.body.as_str()).collect();
    assert_eq!(of_alarm.len(), 1, "one moderator, and not twice");
    assert!(of_alarm[0].contains("https://vote.test.invalid/m/c/watch"), "{of_alarm:?}");
}
