//! Who has a conversation: the register of nodes, and the fence that an epoch is.

use std::time::Duration;

use boule::domain::letters::Letters;
use boule::store::{Epoch, Joined, NodeId, NodeIntroduction, Register, RegisteredNode};

use super::*;

fn node(address: &str) -> NodeIntroduction {
    NodeIntroduction { address: address.into(), certificate: format!("of {address}"), version: "1".into() }
}

async fn join(register: &Register, address: &str) -> NodeId {
    match register.join(&node(address), Duration::from_millis(200)).await.unwrap() {
        Joined::As(node) => node,
        Joined::InTheWay(other) => panic!("{other:?} is in the way of {address:?}"),
    }
}

/// Who is registered, as a beat of nobody hears it.
async fn registered(register: &Register) -> Vec<RegisteredNode> {
    register.beat(NodeId(0), false, &[]).await.unwrap().nodes
}

fn slug() -> Slug {
    Slug::parse("a").unwrap()
}

async fn taken(register: &Register, by: NodeId) -> Epoch {
    let place = register.place(&slug()).await.unwrap().unwrap();
    register.claim(place.conversation, by, place.epoch).await.unwrap().unwrap()
}

/// The same events, decided in an epoch.
fn decided_in(epoch: Epoch, new: NewEvents) -> NewEvents {
    NewEvents { epoch: Some(epoch), ..new }
}

fn is_outdated<T>(result: &Result<T, StoreError>) -> bool {
    matches!(result, Err(StoreError::Outdated(_)))
}

#[tokio::test]
async fn a_file_has_no_register_and_its_epochs_are_compared_all_the_same() {
    let engine = Engine::sqlite().await;
    engine.conversation(1, "a").await;
    assert!(engine.store.register().is_none());
    let store = &engine.store;
    store.record(decided_in(Epoch(0), events(1, 1, vec![joined(0)]))).await.unwrap();
    let refused = store.record(decided_in(Epoch(3), events(1, 2, vec![joined(1)]))).await;
    assert!(is_outdated(&refused), "{refused:?}");
    store.check_epoch(ConversationId::from_stored(1), Epoch(0)).await.unwrap();
}

#[tokio::test]
async fn d2_what_was_decided_in_an_earlier_epoch_is_not_written() {
    let Some(engine) = Engine::postgres().await else { return };
    engine.conversation(1, "a").await;
    let (store, register) = (&engine.store, engine.store.register().unwrap());
    let [a, b] = [join(&register, "a").await, join(&register, "b").await];
    let first = taken(&register, a).await;
    store.record(decided_in(first, events(1, 1, vec![joined(0)]))).await.unwrap();
    let seen = register.place(&slug()).await.unwrap().unwrap();
    assert_eq!((seen.owner.unwrap().node, seen.epoch), (a, first));
    // Of two who saw the same, one takes it.
    let second = register.claim(seen.conversation, b, seen.epoch).await.unwrap().unwrap();
    assert_eq!(register.claim(seen.conversation, a, seen.epoch).await.unwrap(), None);
    assert!(second > first);
    // Nor is it said that all is as it was.
    assert!(is_outdated(&store.check_epoch(seen.conversation, first).await));
    store.check_epoch(seen.conversation, second).await.unwrap();
    // At the right place in the log, too; by the one statement, by an explicit transaction, and together with the new owner's.
    let late = store.record(decided_in(first, events(1, 2, vec![joined(1)]))).await;
    assert!(is_outdated(&late), "{late:?}");
    let erased = NewEvents { forgotten: vec!["nothing".into()], ..events(1, 2, vec![joined(1)]) };
    let late = store.record(decided_in(first, erased)).await;
    assert!(is_outdated(&late), "{late:?}");
    let (old, new) = tokio::join!(
        store.record(decided_in(first, events(1, 2, vec![joined(1)]))),
        store.record(decided_in(second, events(1, 2, vec![joined(1)])))
    );
    assert!(is_outdated(&old), "{old:?}");
    // Both were sent in one statement, perhaps, which then wrote nothing: whoever is right asks again.
    if let Err(error) = new {
        assert!(matches!(error, StoreError::Outdated(_)), "{error:?}");
        store.record(decided_in(second, events(1, 2, vec![joined(1)]))).await.unwrap();
    }
    assert_eq!(store.log_end(seen.conversation).await.unwrap().head.0, 3);
    // What nobody decided in a room is written by its place alone.
    store.record(events(1, 3, vec![joined(2)])).await.unwrap();
}

#[tokio::test]
async fn nodes_beat_are_seen_and_go() {
    let Some(engine) = Engine::postgres().await else { return };
    engine.conversation(1, "a").await;
    let register = engine.store.register().unwrap();
    let [a, b] = [join(&register, "a").await, join(&register, "b").await];
    let held = taken(&register, a).await;
    let conversation = ConversationId::from_stored(1);
    let beat = register.beat(a, false, &[(conversation, held)]).await.unwrap();
    assert!(beat.lost.is_empty() && beat.nodes.len() == 2 && !beat.server_up_for.is_zero());
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let beat = register.beat(b, true, &[]).await.unwrap();
    let [first, second] = [&beat.nodes[0], &beat.nodes[1]];
    assert!(first.silent_for.as_millis() >= 300 && second.silent_for.is_zero() && second.id == b);
    assert_eq!((first.said.certificate.as_str(), second.said.address.as_str()), ("of a", "b"));
    // Somebody takes it: its owner hears so, whatever it believes to have.
    let newer = taken(&register, b).await;
    for believed in [held, newer] {
        assert_eq!(register.beat(a, false, &[(conversation, believed)]).await.unwrap().lost, [conversation]);
    }
    assert!(register.beat(b, true, &[(conversation, newer)]).await.unwrap().lost.is_empty());
    let draining = registered(&register).await;
    assert!(draining[1].is_draining && !draining[0].is_draining);
    // Only who has it lets go of it.
    register.release(conversation, a, held).await.unwrap();
    assert!(register.place(&slug()).await.unwrap().unwrap().owner.is_some());
    register.release(conversation, b, newer).await.unwrap();
    assert_eq!(register.place(&slug()).await.unwrap().unwrap().owner, None);
    // A second start at an address waits until the first is silent, and is another node then; the first is struck off.
    register.beat(a, false, &[]).await.unwrap();
    for address in ["a", ""] {
        let refused = register.join(&node(address), Duration::from_secs(1)).await.unwrap();
        assert!(matches!(refused, Joined::InTheWay(_)), "{refused:?}");
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let again = join(&register, "a").await;
    let ids: Vec<NodeId> = registered(&register).await.iter().map(|node| node.id).collect();
    assert_eq!(ids, [b, again]);
    taken(&register, again).await;
    register.leave(again).await.unwrap();
    assert_eq!(registered(&register).await.len(), 1);
    assert_eq!(register.place(&slug()).await.unwrap().unwrap().owner, None);
}

/// The control of D2: whoever stops in an explicit transaction keeps others from taking its place. The one statement that appends
/// holds nothing while it is on its way.
#[tokio::test]
async fn a_transaction_that_stays_open_holds_a_conversation_and_the_statement_does_not() {
    let Some(engine) = Engine::postgres().await else { return };
    engine.conversation(1, "a").await;
    let register = engine.store.register().unwrap();
    let b = join(&register, "b").await;
    let mut hangs = super::only_on_a_server::direct(engine.server.as_ref().unwrap(), "boule").await;
    sqlx::raw_sql("BEGIN; UPDATE conversation SET seq = seq").execute(&mut hangs).await.unwrap();
    let place = register.place(&slug()).await.unwrap().unwrap();
    let blocked = register.claim(place.conversation, b, place.epoch).await;
    assert!(matches!(blocked, Err(StoreError::Unavailable { .. })), "{blocked:?}");
    // Who asks where a conversation is, does not wait for whoever claims one.
    let (blocked, asked) = tokio::join!(register.claim(place.conversation, b, place.epoch), async {
        tokio::time::timeout(Duration::from_millis(300), register.place(&slug())).await
    });
    assert!(blocked.is_err() && asked.is_ok_and(|place| place.is_ok()));
    drop(hangs);
    tokio::time::sleep(Duration::from_millis(500)).await;
    taken(&register, b).await;
}

#[tokio::test]
async fn letters_of_whoever_lost_a_conversation_take_nobodys_place() {
    let Some(engine) = Engine::postgres().await else { return };
    let id = engine.conversation(1, "a").await;
    let (store, register) = (&engine.store, engine.store.register().unwrap());
    let [a, b] = [join(&register, "a").await, join(&register, "b").await];
    let [first, second] = [taken(&register, a).await, taken(&register, b).await];
    let letters = |name: &str| Letters { groups: vec![name.into()], people: Vec::new() };
    store.keep_letters(id, Some(second), letters("B")).await.unwrap();
    store.keep_letters(id, Some(first), letters("A")).await.unwrap();
    assert_eq!(store.letters(id).await, Some(letters("B")));
    store.keep_letters(id, Some(second), letters("C")).await.unwrap();
    assert_eq!(store.letters(id).await, Some(letters("C")));
}
