//! How maps and what comes after them reach those who watch.

use std::sync::Arc;
use std::time::Duration;

use boule::domain::{Choice, StatementNumber, TokenHash};
use boule::live::{Identity, LiveConfig, Published, RoomHandle};

use crate::app::{TestApp, open_settings};

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

async fn until(room: &RoomHandle, is: impl Fn(&Published) -> bool) -> Arc<Published> {
    let mut published = room.published();
    let known = published.wait_for(|published| is(published));
    tokio::time::timeout(Duration::from_secs(30), known).await.unwrap().unwrap().clone()
}

#[tokio::test]
async fn what_was_found_out_about_the_groups_is_published_with_its_version() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 10, open_settings()).await;
    vote(&room, 0..60).await;
    let known = until(&room, |map| map.afterwork.is_some()).await;
    let after = known.afterwork.as_ref().unwrap();
    assert!(after.version <= known.version);
    // A later map is published in its turn, and so is what comes after that, without another vote.
    let last = room.read(|state| state.record.seq).await.unwrap();
    let covers = |map: &Published| map.afterwork.as_ref().is_some_and(|after| after.version == last);
    let shown = until(&room, covers).await;
    let verdict = match shown.status().unwrap() {
        boule::opinion::Status::Clear => "The groups are clear",
        boule::opinion::Status::Fragile => "The groups are fragile",
        boule::opinion::Status::NoClearGroups => "There are no clear groups",
    };
    let page = app.browser().text("/c/c/results").await;
    assert!(page.contains(verdict) && page.contains("other samples of the same people"), "{page}");
    assert!(page.contains("organised newcomer") || page.contains("Nothing yet on which"), "{page}");
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
    assert_eq!((late.version, late.map.counts.placed), (before, 0), "the last one stays");
    let votes = room.read(|state| state.record.totals().0).await.unwrap();
    assert_eq!(votes, 200, "no vote is lost by it");
    let page = app.browser().text("/c/c/results").await;
    assert!(page.contains("newer votes are not on the map yet"), "{page}");

    // Who computes in time shows them, and is not late.
    let app = app.restart().await;
    let room = app.app.rooms.room(&boule::domain::Slug::parse("c").unwrap()).await.unwrap();
    let shown = room.published().borrow().clone();
    assert_eq!((shown.late, shown.map.counts.placed), (false, 20));
    let page = app.browser().text("/c/c/results").await;
    assert!(page.contains("id=\"map-late\" hidden"), "{page}");
}
