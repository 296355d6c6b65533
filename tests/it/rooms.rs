//! Rooms open on demand, and are let go when nobody looks.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use boule::clock::Clock;
use boule::conversation::Identity;
use boule::domain::{Choice, Slug, StatementNumber, Timestamp, TokenHash};
use boule::live::{LiveConfig, Rooms};

use crate::app::{Asks, TestApp, open_settings};

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
    assert_eq!(room.read(|state| state.desk.record.totals()).await.unwrap(), (30, 30));
}

/// Whoever asked may go away while a large log is read; what was begun for them is not left half-way.
#[tokio::test]
async fn a_room_is_opened_although_whoever_asked_for_it_went_away() {
    let live = LiveConfig { idle: Duration::from_millis(200), ..LiveConfig::default() };
    let app = TestApp::spawn_with(tempfile::tempdir().unwrap(), live).await;
    drop(app.conversation("c", 3, open_settings()).await);
    let (rooms, slug) = (&app.app.rooms, Slug::parse("c").unwrap());
    until_count(rooms, 0).await;
    let asked = tokio::time::timeout(Duration::ZERO, rooms.room(&slug)).await;
    assert!(asked.is_err() && !rooms.is_open(&slug), "it takes a while");
    let opened = async {
        while !rooms.is_open(&slug) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(5), opened).await.is_ok());
    // And it is let go like any other.
    until_count(rooms, 0).await;
}

#[tokio::test]
async fn a_room_that_panics_is_opened_from_its_log_and_its_sockets_come_back() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 3, open_settings()).await;
    let site = app.site("c");
    let (ticket, token) = site.join(None).await.unwrap();
    let mut client = site.connect(Some(&ticket)).await.unwrap();
    assert_eq!(client.vote(0, Choice::Agree).await.unwrap()["t"], "ack");
    let answer = room.read(|_| -> u32 { panic!("a test breaks this room") }).await;
    assert!(matches!(answer, Err(boule::live::RoomError::Stopped)));
    assert_eq!(client.close_code().await.unwrap(), 1012, "P7: come back");
    // The same person again: what was acknowledged is there, and votes are taken.
    let (ticket, _) = site.join(token.as_deref()).await.unwrap();
    let mut client = site.connect(Some(&ticket)).await.unwrap();
    assert_eq!(client.welcome["progress"]["voted"], 1);
    assert_eq!(client.vote_as("later", 1, Choice::Pass).await.unwrap()["t"], "ack");
    let room = app.app.rooms.room(&Slug::parse("c").unwrap()).await.unwrap();
    assert_eq!(room.read(|state| state.desk.record.totals()).await.unwrap(), (2, 1));
}

#[tokio::test]
async fn a_large_conversation_opens_from_its_snapshot_and_a_damaged_one_is_passed_over() {
    let app = TestApp::spawn().await;
    let room = app.conversation("c", 200, open_settings()).await;
    let votes = (0..120u32).map(|person| {
        let room = room.clone();
        async move {
            for statement in 0..200 {
                let identity = Identity::Token(TokenHash::of(&format!("person {person}")));
                room.cast_vote(identity, StatementNumber(statement), Choice::Agree, None).await.unwrap();
            }
        }
    });
    futures_util::future::join_all(votes).await;
    let id = room.read(|state| state.desk.record.conversation.id).await.unwrap();
    assert!(app.app.store.keep_snapshot(id).await.unwrap(), "24,000 events are enough");
    assert!(!app.app.store.keep_snapshot(id).await.unwrap(), "and nothing came since");
    let identity = Identity::Token(TokenHash::of("person 0"));
    room.cast_vote(identity, StatementNumber(7), Choice::Disagree, None).await.unwrap();
    drop(room);

    let folded = app.app.store.record_of(id).await.unwrap().unwrap();
    let whole = folded.clone().to_snapshot().unwrap();
    let restored = app.app.store.restore(id).await.unwrap().unwrap();
    assert_eq!(restored.statements.len(), 200);
    assert!(restored.statements.values().all(|statement| statement.text.text().starts_with("Seed")));
    assert_eq!(restored.to_snapshot().unwrap(), whole, "the tail of the log is on it");

    let app = app.restart().await;
    let room = app.app.rooms.room(&Slug::parse("c").unwrap()).await.unwrap();
    assert_eq!(room.read(|state| state.desk.record.totals()).await.unwrap(), (24_000, 120));
    drop(room);
    let file = std::fs::read_dir(app.dir.path().join("snapshots")).unwrap().next().unwrap().unwrap().path();
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&file, bytes).unwrap();
    let restored = app.app.store.restore(id).await.unwrap().unwrap();
    assert_eq!(restored.to_snapshot().unwrap(), whole, "folded from the log instead");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_in_one_conversation_leaves_the_others_their_turns() {
    let app = TestApp::spawn().await;
    let heavy = app.conversation("heavy", 100, open_settings()).await;
    let quiet = app.conversation("quiet", 50, open_settings()).await;
    let (stop, flooded) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let flood = (0..256u32).map(|person| {
        let (room, stop, flooded) = (heavy.clone(), Arc::clone(&stop), Arc::clone(&flooded));
        tokio::spawn(async move {
            let identity = Identity::Token(TokenHash::of(&format!("flood {person}")));
            for round in 0u32.. {
                if stop.load(Ordering::Relaxed) {
                    return;
                }
                let choice = Choice::ALL[(round / 100) as usize % 3];
                let voted = room.cast_vote(identity, StatementNumber(round % 100), choice, None).await;
                flooded.fetch_add(u64::from(voted.is_ok()), Ordering::Relaxed);
            }
        })
    });
    let flood: Vec<_> = flood.collect();
    let identity = Identity::Token(TokenHash::of("somebody"));
    for statement in 0..50 {
        let before = flooded.load(Ordering::Relaxed);
        quiet.cast_vote(identity, StatementNumber(statement), Choice::Agree, None).await.unwrap();
        let meanwhile = flooded.load(Ordering::Relaxed) - before;
        // Not behind everything that waits, but in one of the next commits: a commit has at most one
        // round of each room.
        assert!(meanwhile <= 4 * 1_024, "{meanwhile} votes of the flood went before one of the others");
    }
    stop.store(true, Ordering::Relaxed);
    for person in flood {
        person.await.unwrap();
    }
    assert!(flooded.load(Ordering::Relaxed) > 500, "there was no flood");
}

#[tokio::test]
async fn a_clock_that_jumps_changes_no_order() {
    let app = TestApp::spawn().await;
    drop(app.conversation("c", 3, open_settings()).await);
    let ticks = AtomicU64::new(0);
    // Ten years forward, ten years back, and frozen between.
    let jumpy = Clock::from_fn(move || {
        let tick = ticks.fetch_add(1, Ordering::Relaxed);
        let years = [0, 10, -10, -10, 3][tick as usize % 5];
        Timestamp(1_800_000_000_000_000 + years * 31_557_600_000_000)
    });
    let rooms = Rooms::new(app.app.store.clone(), jumpy, LiveConfig::default());
    let room = rooms.room(&Slug::parse("c").unwrap()).await.unwrap();
    let identity = Identity::Token(TokenHash::of("somebody"));
    let mut last = 0;
    for round in 0..30 {
        let choice = Choice::ALL[round % 3];
        let voted = room.cast_vote(identity, StatementNumber(0), choice, None).await.unwrap();
        assert!(voted.seq.0 > last);
        last = voted.seq.0;
    }
    let id = room.read(|state| state.desk.record.conversation.id).await.unwrap();
    drop(room);
    rooms.shut_down().await;
    let record = app.app.store.record_of(id).await.unwrap().unwrap();
    let own = record.participants.values().next().unwrap();
    assert_eq!(own.votes.on(StatementNumber(0)), Some(Choice::ALL[29 % 3]), "the last by the log counts");
    assert_eq!(record.seq.0, last);
}
