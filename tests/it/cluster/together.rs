//! What machines have to agree on beside who has a conversation: their addresses, the time, and who may do what.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use boule::clock::Clock;
use boule::conversation::Identity;
use boule::domain::{Choice, Role, Slug, StatementNumber, Timestamp, TokenHash};
use boule::instance::Scope;
use boule::live::{JoinError, LiveConfig, Places, RoomError};
use boule::store::{DataDir, NodeIntroduction, Store};
use tokio_util::sync::CancellationToken;

use super::registered;
use crate::app::{Asks, Browser, TestApp, address_of, open_settings};
use crate::rights::{closed, moderator, socket, take_right};
use crate::server::Server;

const HOUR_US: i64 = 3_600_000_000;

fn introduction(address: &str) -> NodeIntroduction {
    NodeIntroduction { address: address.into(), certificate: address.into(), version: "1".into() }
}

async fn two() -> Option<(Server, [TestApp; 2])> {
    let server = Server::start()?;
    let nodes = [TestApp::spawn_node(server.address()).await, TestApp::spawn_node(server.address()).await];
    Some((server, nodes))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_the_same_address_do_not_strike_each_other_off() {
    let Some((_server, [a, _b])) = two().await else { return };
    let register = a.app.store.register().unwrap();
    let nodes = registered(&register).await;
    assert_eq!(nodes.len(), 2);
    let taken = introduction(&nodes[0].said.address);
    let refused = Places::join(register.clone(), taken, Clock::system()).await;
    assert!(matches!(refused, Err(JoinError::SameAddress(_))), "{:?}", refused.err());
    let without = Places::join(register.clone(), introduction(""), Clock::system()).await;
    assert!(matches!(without, Err(JoinError::NotAlone(_))), "{:?}", without.err());
    assert_eq!(registered(&register).await.len(), 2, "nobody was struck off");
    // One that says nothing any more is in nobody's way.
    let gone = introduction("192.0.2.1:1");
    let first = Places::join(register.clone(), gone.clone(), Clock::system()).await.unwrap().view().me;
    let again = Places::join(register.clone(), gone, Clock::system()).await.unwrap().view().me;
    let ids: Vec<_> = registered(&register).await.iter().map(|node| node.id).collect();
    assert!(ids.contains(&again) && !ids.contains(&first), "{ids:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_without_an_address_that_start_at_once_one_is_sent_away() {
    let Some(server) = Server::start() else { return };
    let app =
        TestApp::spawn_for(tempfile::tempdir().unwrap(), LiveConfig::default(), Some(server.address())).await;
    app.app.stop().await;
    // As two processes: each with connections of its own, and whoever has joined says that it is there.
    let join = async || {
        let dir = tempfile::tempdir().unwrap();
        let beside = DataDir::beside_for(dir.path(), Some(server.address())).unwrap();
        let register = Store::open_beside(&beside).await.unwrap().register().unwrap();
        let places = Places::join(register, introduction(""), Clock::system()).await?;
        tokio::spawn(places.clone().keep_beating(CancellationToken::new()));
        Ok::<_, JoinError>(places)
    };
    let (one, other) = tokio::join!(join(), join());
    let refused = one.err().into_iter().chain(other.err()).collect::<Vec<_>>();
    assert!(matches!(refused[..], [JoinError::NotAlone(_)]), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_machine_with_a_wrong_clock_goes_by_that_of_the_database() {
    let Some((_server, [a, _b])) = two().await else { return };
    let register = a.app.store.register().unwrap();
    let wrong = Arc::new(AtomicI64::new(HOUR_US));
    let by = Arc::clone(&wrong);
    let clock = Clock::from_fn(move || Timestamp(Clock::system().now().0 + by.load(Ordering::Relaxed)));
    let is_right = || (clock.now().0 - Clock::system().now().0).abs() < 2_000_000;
    let places = Places::join(register, introduction("192.0.2.1:1"), clock.clone()).await.unwrap();
    assert!(is_right(), "from the start");
    // And when it goes wrong later.
    tokio::spawn(places.clone().keep_beating(CancellationToken::new()));
    wrong.store(-HOUR_US, Ordering::Relaxed);
    assert!(!is_right());
    let mended = async {
        while !is_right() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), mended).await.expect("with a later beat");
    let apart = (a.app.clock.now().0 - Clock::system().now().0).abs();
    assert!(apart < 1_000_000, "one that is right is left alone: {apart} µs");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_made_while_a_node_is_about_to_end_is_there() {
    let Some((_server, [a, b])) = two().await else { return };
    let places = a.app.rooms.places().unwrap();
    // Else nobody could take what it leaves.
    places.views().wait_for(|view| view.has_others()).await.unwrap();
    places.drain();
    drop(a.draft("new", open_settings()).await);
    let slug = Slug::parse("new").unwrap();
    assert!(a.app.rooms.is_open(&slug), "whoever made it goes on with it");
    a.app.stop().await;
    assert!(b.app.rooms.room(&slug).await.is_ok(), "and then another has it");
}

/// “Already so” is an answer, too: whoever lost a conversation a moment ago does not give it.
#[tokio::test(flavor = "multi_thread")]
async fn a_vote_that_changes_nothing_is_not_acknowledged_by_whoever_lost_the_conversation() {
    let Some((_server, [a, b])) = two().await else { return };
    let room = a.conversation("c", 1, open_settings()).await;
    let voter = Identity::Token(TokenHash::of("somebody"));
    let agree = || room.cast_vote(voter, StatementNumber(0), Choice::Agree, None);
    agree().await.unwrap();
    agree().await.unwrap();
    // The other node takes it, and this one does not know yet.
    let register = b.app.store.register().unwrap();
    let slug = Slug::parse("c").unwrap();
    let place = register.place(&slug).await.unwrap().unwrap();
    let other = b.app.rooms.places().unwrap().view().me;
    register.claim(place.conversation, other, place.epoch).await.unwrap().unwrap();
    let answer = agree().await;
    assert!(matches!(answer, Err(RoomError::Stopped)), "{answer:?}");
}

/// Whoever was struck off the register takes nothing until it is in it again, and says that it is not to be asked.
#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_is_in_no_register_claims_nothing() {
    let Some((_server, [a, _b])) = two().await else { return };
    drop(a.conversation("c", 1, open_settings()).await);
    let register = a.app.store.register().unwrap();
    let slug = Slug::parse("c").unwrap();
    let before = a.app.rooms.places().unwrap().view().me;
    register.leave(before).await.unwrap();
    let place = register.place(&slug).await.unwrap().unwrap();
    assert_eq!(register.claim(place.conversation, before, place.epoch).await.unwrap(), None);
    let health = format!("{}/health", a.base());
    let status = async || reqwest::get(&health).await.unwrap().status().as_u16();
    // It finds out with its next beat, and enters itself anew.
    let mut views = a.app.rooms.places().unwrap().views();
    views.wait_for(|view| view.is_registered() && view.me != before).await.unwrap();
    assert_eq!(status().await, 200);
    assert!(a.app.rooms.room(&slug).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_that_is_taken_on_one_machine_is_gone_on_all_within_a_second() {
    let Some((_server, [a, b])) = two().await else { return };
    let scope = Scope::Conversation(a.conversation("c", 1, open_settings()).await.conversation);
    let organiser = a.staff(Role::Organiser).await;
    let account = a.account(&address_of(Role::Moderator, scope)).await.to_string();
    let mut longest = Duration::ZERO;
    for how in ["demoted", "removed", "signs out"] {
        let (browser, cookie) = moderator(&a, scope).await;
        // The same browser at the other machine.
        let there = Browser { http: browser.http.clone(), base: b.base() };
        assert_eq!(there.get("/m/c").await.status(), 200, "{how}");
        // A socket at each: one is passed on to the other.
        let [mut here, mut through] = [socket(&a, &cookie).await, socket(&b, &cookie).await];
        assert_eq!(closed(&mut here, Duration::from_millis(300)).await, None, "{how}: nothing was taken yet");
        // They sign out at the machine that has no socket of theirs itself.
        take_right(how, &account, (&organiser, &there)).await;
        let since = Instant::now();
        let decide = [("statement", "0"), ("decision", "accept")];
        let refused = there.post("/m/c/moderate", &decide).await.status().as_u16();
        assert_eq!(refused, if how == "signs out" { 401 } else { 403 }, "{how}: at once on pages");
        for open in [&mut here, &mut through] {
            assert_eq!(closed(open, Duration::from_secs(5)).await, Some(4002), "{how}");
        }
        longest = longest.max(since.elapsed());
    }
    println!("on all machines the last right was gone {} ms later", longest.as_millis());
    assert!(longest < Duration::from_secs(1), "{longest:?}");
}
