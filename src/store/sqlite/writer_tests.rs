//! The writer on a full disk, with transactions that are given up, and with batches that come too late.

use sqlx::Executor;

use crate::conversation::{Brief, ConversationCreated, NewEvent, ParticipantJoined, RecordedActor};
use crate::domain::{ConversationId, ParticipantNumber, Seq, Slug, Timestamp};

use crate::store::batch::NewEvents;
use crate::store::data_dir::DataDir;
use crate::store::error::StoreError;
use crate::store::sql::store::Store;

fn created(slug: &str) -> NewEvent {
    let brief = Brief { question: "?".into(), organiser: "me".into(), ..Brief::default() };
    let slug = Slug::parse(slug).unwrap();
    NewEvent::new(RecordedActor::System, ConversationCreated::new(slug, &brief, &mut || [0; 16]).unwrap())
}

fn new(events: Vec<NewEvent>, after: u64) -> NewEvents {
    let (conversation, at, after) = (ConversationId::from_stored(7), Timestamp(1), Seq(after));
    NewEvents::new(conversation, after, at, events)
}

fn joins(count: u32) -> Vec<NewEvent> {
    let joined = |n| NewEvent::new(RecordedActor::System, ParticipantJoined::new(ParticipantNumber(n)));
    (0..count).map(joined).collect()
}

/// The last event on disk, as another process sees it.
async fn on_disk(dir: &tempfile::TempDir) -> u64 {
    let beside = Store::open_beside(&DataDir::beside(dir.path()).unwrap()).await.unwrap();
    let events = beside.stored_events(ConversationId::from_stored(7), Seq(0), u32::MAX).await.unwrap();
    beside.close().await;
    events.last().map_or(0, |event| event.seq.0)
}

#[tokio::test]
async fn i2_a_full_disk_refuses_and_what_is_acknowledged_afterwards_is_on_disk() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&DataDir::lock(dir.path()).unwrap()).await.unwrap();
    store.record(new(vec![created("c")], 0)).await.unwrap();
    for _ in 0..3 {
        // The file may not grow any more: as on a full disk, SQLite rolls back by itself.
        let mut transaction = store.writer.begin().await.unwrap();
        transaction.connection().execute("PRAGMA max_page_count = 1").await.unwrap();
        transaction.commit().await.unwrap();
        let refused = store.record(new(joins(20_000), 1)).await;
        assert!(matches!(refused, Err(StoreError::Unavailable { .. })), "{refused:?}");
        assert_eq!(on_disk(&dir).await, 1);
    }
    let recorded = store.record(new(joins(2), 1)).await.unwrap();
    assert_eq!(recorded.len(), 2);
    assert_eq!(on_disk(&dir).await, 3, "acknowledged, and not on disk");
}

#[tokio::test]
async fn a_transaction_that_is_dropped_leaves_nothing_behind() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&DataDir::lock(dir.path()).unwrap()).await.unwrap();
    store.record(new(vec![created("c")], 0)).await.unwrap();
    let mut transaction = store.writer.begin().await.unwrap();
    transaction.connection().execute("UPDATE conversation SET seq = 99").await.unwrap();
    drop(transaction);
    store.record(new(joins(1), 1)).await.unwrap();
    assert_eq!(on_disk(&dir).await, 2);
}

#[tokio::test]
async fn a_batch_that_comes_too_late_is_refused_alone() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&DataDir::lock(dir.path()).unwrap()).await.unwrap();
    store.record(new(vec![created("c")], 0)).await.unwrap();
    let (good, late) = tokio::join!(store.record(new(joins(1), 1)), store.record(new(joins(1), 0)));
    assert!(good.is_ok() && matches!(late, Err(StoreError::Outdated(_))));
    let twin = NewEvents { conversation: ConversationId::from_stored(8), ..new(vec![created("c")], 0) };
    assert!(matches!(store.record(twin).await, Err(StoreError::Taken(_))), "the slug exists");
    assert_eq!(on_disk(&dir).await, 2);
}
