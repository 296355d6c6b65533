//! How maps and what comes after them reach those who watch.

use std::sync::Arc;
use std::time::Duration;

use boule::conversation::Identity;
use boule::domain::{Choice, Role, StatementNumber, TokenHash};
use boule::live::{LiveConfig, PublishedMap, RoomHandle};

use crate::app::{Asks, PATIENCE, TestApp, open_settings};

/// Two camps, and a few who break ranks.
async fn vote(room: &RoomHandle, people: std::ops::Range<u32>) {
    for person in people {
        let identity = Identity::Token(TokenHash::of(&format!("person {person}")));
        for statement in 0..10u32 {
            let own = (person % 2 == 0) == (statement < 5 || person % 10 == statement);
            let choice = if own { Choice::Agree } else { Choice::Disagree };
            room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
        }
    }
}

async fn until(room: &RoomHandle, is: impl Fn(&PublishedMap) -> bool) -> Arc<PublishedMap> {
    let mut published = room.published();
    let known = published.wait_for(|published| is(published));
    tokio::time::timeout(PATIENCE, known).await.unwrap().unwrap().clone()
}

#[tokio::test]
async fn what_was_found_out_about_the_groups_is_published_with_its_version() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 10, open_settings()).await;
    vote(&room, 0..60).await;
    let known = until(&room, |map| map.validated().is_some()).await;
    assert!(known.validated().unwrap() <= known.version);
    // A later map is published in its turn, and so is what comes after that, without another vote.
    let last = room.read(|state| state.desk.record.seq).await.unwrap();
    let covers = |map: &PublishedMap| map.validated() == Some(last) && map.status().is_some();
    let shown = until(&room, covers).await;
    let verdict = match shown.status().unwrap() {
        boule::opinion::Status::Clear => "The groups are clear",
        boule::opinion::Status::Fragile => "The groups are not clear",
        boule::opinion::Status::NoClearGroups => "There are no clear groups",
    };
    let page = app.browser().text("/c/c/results").await;
    assert!(page.contains(verdict) && page.contains("new samples from the people who voted"), "{page}");
    assert!(
        page.contains("new people would have to join") || page.contains("Nothing yet on which"),
        "{page}"
    );
}

#[tokio::test]
async fn a_conversation_that_is_opened_again_is_looked_into_without_a_vote() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 10, open_settings()).await;
    vote(&room, 0..60).await;
    room.close().await.unwrap();
    drop(room);
    let app = app.restart().await;
    let room = app.app.rooms.room(&boule::domain::Slug::parse("c").unwrap()).await.unwrap();
    until(&room, |map| map.status().is_some()).await;
}

#[tokio::test]
async fn a_map_that_takes_too_long_leaves_the_last_one_there_and_says_so() {
    let mut live = LiveConfig::default();
    live.pace.deadline = Duration::ZERO;
    let app = TestApp::spawn_with(tempfile::tempdir().unwrap(), live).await;
    let room = app.conversation("c", 10, open_settings()).await;
    let before = room.published().borrow().version;
    vote(&room, 0..20).await;
    let late = until(&room, |map| map.late).await;
    assert_eq!((late.version, late.map_for_tests().counts.placed), (before, 0), "the last one stays");
    let votes = room.read(|state| state.desk.record.totals().0).await.unwrap();
    assert_eq!(votes, 200, "no vote is lost by it");
    let page = app.browser().text("/c/c/results").await;
    assert!(page.contains("The newest votes are not on the map yet"), "{page}");

    // Who computes in time shows them, and is not late.
    let app = app.restart().await;
    let room = app.app.rooms.room(&boule::domain::Slug::parse("c").unwrap()).await.unwrap();
    let shown = room.published().borrow().clone();
    assert_eq!((shown.late, shown.map_for_tests().counts.placed), (false, 20));
    let page = app.browser().text("/c/c/results").await;
    assert!(page.contains("id=\"map-late\" hidden"), "{page}");
}

#[tokio::test]
async fn where_chance_makes_as_good_groups_none_are_shown_and_no_agenda_rests_on_them() {
    let app = TestApp::spawn().await;
    let room = app.conversation("noise", 14, open_settings()).await;
    let mut random = 17u64;
    for person in 0..60u32 {
        let identity = Identity::Token(TokenHash::of(&format!("person {person}")));
        for statement in 0..14u32 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Everybody agrees with the first; the others are chance.
            let agrees = statement == 0 || (random >> 60).is_multiple_of(2);
            let choice = if agrees { Choice::Agree } else { Choice::Disagree };
            room.cast_vote(identity, StatementNumber(statement), choice, None).await.unwrap();
        }
    }
    room.close().await.unwrap();
    let last = room.read(|state| state.desk.record.seq).await.unwrap();
    let known = until(&room, |map| map.status_version() == Some(last)).await;
    assert_eq!(known.status(), Some(boule::opinion::Status::NoClearGroups));
    let page = app.browser().text("/c/noise/results").await;
    assert!(page.contains("There are no clear groups") && !page.contains("Group A"), "{page}");
    assert!(!page.contains("in every group,"), "{page}");

    let organiser = app.staff(Role::Organiser).await;
    assert_eq!(organiser.post("/o/noise/agenda", &[("places", "3")]).await.status(), 303);
    let draft = organiser.text("/o/noise/agenda").await;
    assert!(draft.contains("A clear majority of the people on the map agrees."), "{draft}");
    assert!(!draft.contains("A clear majority of every group") && !draft.contains("Group "), "{draft}");
}

#[tokio::test]
async fn what_was_found_out_stays_when_a_map_that_began_before_it_comes_after_it() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 10, open_settings()).await;
    vote(&room, 0..60).await;
    until(&room, |map| map.validated().is_some()).await;
    let mut published = room.published();
    let watching = tokio::spawn(async move {
        let mut maps = 0;
        while maps < 8 && published.changed().await.is_ok() {
            assert!(published.borrow().validated().is_some(), "after {maps} maps");
            maps += 1;
        }
    });
    for person in 60..400 {
        if watching.is_finished() {
            break;
        }
        vote(&room, person..person + 1).await;
        tokio::time::sleep(Duration::from_millis(40)).await;
    }
    tokio::time::timeout(PATIENCE, watching).await.unwrap().unwrap();
}

#[tokio::test]
async fn after_a_burst_the_map_settles_by_itself() {
    // Votes show in batches here, as in every conversation by default.
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 10, boule::conversation::Settings::default()).await;
    vote(&room, 0..30).await;
    // Nobody votes any more; two people's last votes may wait for others.
    let settled =
        until(&room, |map| map.map_for_tests().groups.len() == 2 && map.map_for_tests().k.settling.is_none())
            .await;
    assert_eq!(settled.map_for_tests().k.settling, None);
    let known = until(&room, |map| map.map_for_tests().groups.len() == 2 && map.status().is_some()).await;
    assert!(known.map_for_tests().counts.placed >= 25);
}
