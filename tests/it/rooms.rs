//! Rooms open on demand, and are let go when nobody looks.

use std::time::Duration;

use boule::domain::{Choice, Slug, StatementNumber, TokenHash};
use boule::live::{Identity, LiveConfig, Rooms};

use crate::app::{TestApp, open_settings};

async fn until_count(rooms: &Rooms, count: usize) {
    let waiting = async {
        while rooms.count() != count {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let reached = tokio::time::timeout(Duration::from_secs(10), waiting).await;
    assert!(reached.is_ok(), "{} rooms are open, not {count}", rooms.count());
}

#[tokio::test]
async fn a_room_that_nobody_holds_is_let_go_and_opened_again_with_all_its_votes() {
    let live = LiveConfig { idle: Duration::from_millis(200), ..LiveConfig::default() };
    let app = TestApp::spawn_with(tempfile::tempdir().unwrap(), live).await;
    let rooms = &app.app.rooms;
    let room = app.conversation("c", 3, open_settings()).await;
    let watcher = app.site("c").connect(None).await.unwrap();
    let vote = |room: boule::live::RoomHandle, person: u32| async move {
        let identity = Identity::Token(TokenHash::of(&format!("person {person}")));
        room.cast_vote(identity, StatementNumber(0), Choice::Agree, None).await.unwrap();
    };
    for person in 0..10 {
        vote(room.clone(), person).await;
    }
    drop(room);
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!(rooms.count(), 1, "somebody watches");
    drop(watcher);
    until_count(rooms, 0).await;

    let slug = Slug::parse("c").unwrap();
    // Many come at once: there is one room for them all.
    let again = futures_util::future::join_all((10..30).map(|person| {
        let (rooms, slug) = (rooms.clone(), slug.clone());
        async move { vote(rooms.room(&slug).await.unwrap(), person).await }
    }));
    again.await;
    assert_eq!(rooms.count(), 1);
    let room = rooms.room(&slug).await.unwrap();
    assert_eq!(room.read(|state| state.record.totals()).await.unwrap(), (30, 30));
}
