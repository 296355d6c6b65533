//! Drafting an agenda while everything else goes on.

use std::time::Duration;

use boule::conversation::{Actor, Identity};
use boule::domain::{Choice, Moderation, Role, TokenHash};
use boule::live::RoomError;

use crate::app::{Asks, PATIENCE, TestApp, open_settings};

#[tokio::test]
async fn a_draft_is_answered_while_votes_keep_coming_and_makes_maps_no_faster() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 12, open_settings()).await;
    for (person, statement) in (0..60).flat_map(|p| (0..10).map(move |s| (p, s))) {
        room.vote(
            person,
            statement,
            if (person + statement) % 2 == 0 { Choice::Agree } else { Choice::Pass },
        )
        .await;
    }
    let voting = room.clone();
    let votes = tokio::spawn(async move {
        for n in 0u32.. {
            voting.vote(n % 60, 10, Choice::ALL[(n % 3) as usize]).await;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    let before = room.publications();
    let began = std::time::Instant::now();
    let drafted = tokio::time::timeout(PATIENCE, room.draft_agenda(Actor::System, 3)).await;
    assert!(drafted.expect("it is answered").is_ok());
    let maps = room.publications() - before;
    // Half a second apart, and what was found out about the groups in between.
    assert!(maps <= 4 + 4 * began.elapsed().as_secs(), "{maps} publications in {:?}", began.elapsed());
    votes.abort();
    let draft = room.read(|state| state.desk.record.agenda.draft.clone()).await.unwrap();
    assert!(draft.is_some_and(|draft| draft.map_version.0 >= 600 && !draft.items.is_empty()));
}

#[tokio::test]
async fn drafts_that_wait_have_a_bound_and_who_goes_away_leaves_room() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, open_settings()).await;
    let all = (0..12).map(|_| room.draft_agenda(Actor::System, 3));
    let answers = futures_util::future::join_all(all).await;
    let busy = answers.iter().filter(|answer| matches!(answer, Err(RoomError::Busy))).count();
    assert_eq!((busy, answers.iter().filter(|answer| answer.is_ok()).count()), (8, 4));
    for _ in 0..8 {
        // Asked for, and not waited for.
        let _ = tokio::time::timeout(Duration::ZERO, room.draft_agenda(Actor::System, 3)).await;
    }
    let last = tokio::time::timeout(PATIENCE, room.draft_agenda(Actor::System, 3)).await;
    assert!(last.expect("it is answered").is_ok());
}

#[tokio::test]
async fn what_is_on_an_agenda_and_what_is_not_are_all_that_is_shown() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 40, open_settings()).await;
    // Two camps of fifteen, far apart on everything.
    for (person, statement) in (0..30).flat_map(|p| (0..40).map(move |s| (p, s))) {
        let agrees = (person % 2 == 0) == (statement < 20);
        room.vote(person, statement, if agrees { Choice::Agree } else { Choice::Disagree }).await;
    }
    let organiser = app.staff(Role::Organiser).await;
    organiser.post("/o/c/agenda", &[("places", "4")]).await;
    for (number, text) in [(40, "One that came late"), (41, "Another one")] {
        room.submit(Identity::Token(TokenHash::of(text)), text).await.unwrap();
        room.moderate(number, Moderation::Accepted).await.unwrap();
    }
    organiser.post("/o/c/agenda/publish", &[]).await;
    room.close().await.unwrap();
    let page = app.browser().text("/c/c/agenda").await;
    let items: Vec<&str> =
        page.split("id=\"item-").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(items.len(), 4);
    for told in [
        "What is not on the agenda, and why (38)",
        "The groups clearly differ on it (36)",
        "The first 20 of 36",
        "Came after the agenda was drafted (2)",
        "One that came late",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert_eq!(page.matches("class=\"left-out\"").count(), 2);
    // What is taken down later keeps its place, without words and without a page.
    let own_page = format!("/c/c/s/{}\"", items[0]);
    assert!(page.contains(&own_page));
    room.moderate(items[0].parse().unwrap(), Moderation::Rejected).await.unwrap();
    let page = app.browser().text("/c/c/agenda").await;
    assert!(page.contains("(This statement is not shown.)") && !page.contains(&own_page));
}
