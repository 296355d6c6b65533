//! Snapshots: they spare the fold of a long log. They are a cache: what is missing, damaged or of another log is
//! passed over, and the log is folded from its beginning.
//!
//! Beside a file they are files and not rows, since a snapshot of ten million votes would hold the one writer, and
//! with it every vote, for as long as it takes to write tens of megabytes.

use sqlx::Row;

use crate::conversation::ConversationRecord;
use crate::domain::{ConversationId, Seq};

use super::log::{Words, each_event_after, words_of};
use super::numbers::{read_seq, stored_seq};
use super::store::Store;
use crate::store::beside::Kept;
use crate::store::error::StoreError;

/// A log that is shorter than this is folded as quickly as a snapshot is read.
const SHORTEST: u64 = 20_000;
/// A snapshot is made anew when its log has grown by one in this many.
const GROWN: u64 = 20;

/// A snapshot, and how long it is packed.
struct StoredSnapshot {
    record: ConversationRecord,
    bytes: usize,
}

impl Store {
    /// A conversation's record, like [`Store::record_of`], from its snapshot and the log behind it
    /// where there is one.
    pub async fn restore(
        &self,
        conversation: ConversationId,
    ) -> Result<Option<ConversationRecord>, StoreError> {
        self.settle().await?;
        let Some(StoredSnapshot { mut record, bytes }) = self.kept(conversation).await? else {
            return self.record_of(conversation).await;
        };
        let from = record.seq;
        let mut view = self.readers.begin().await?;
        let words = words_of(&mut view, conversation).await?;
        words.put_into(&mut record)?;
        each_event_after(&mut view, conversation, from, |mut event| {
            words.put_back(&mut event)?;
            record.apply(event).map_err(|error| StoreError::damaged(error.to_string()))
        })
        .await?;
        tracing::debug!(%conversation, bytes, tail = record.seq.0 - from.0, "restored from a snapshot");
        Ok(Some(record))
    }

    /// Makes a conversation's snapshot anew when its log has grown enough since the last one. True
    /// when it did.
    pub async fn keep_snapshot(&self, conversation: ConversationId) -> Result<bool, StoreError> {
        let end = self.log_end(conversation).await?.head;
        let last = self.snapshot_seq(conversation).await;
        if end.0 < SHORTEST || end.0 - last.0.min(end.0) < SHORTEST.max(end.0 / GROWN) {
            return Ok(false);
        }
        let Some(record) = self.restore(conversation).await? else { return Ok(false) };
        let seq = record.seq;
        let pack = move || record.to_snapshot().map_err(|error| std::io::Error::other(error.to_string()));
        self.beside.write(Kept::Snapshot, (conversation, None), pack).await?;
        self.note_snapshot(conversation, seq);
        Ok(true)
    }

    /// Conversations whose log may have grown enough for a new snapshot.
    pub async fn conversations_with_long_logs(&self) -> Result<Vec<ConversationId>, StoreError> {
        let rows = sqlx::query("SELECT id, seq FROM conversation WHERE seq >= $1")
            .bind(stored_seq(Seq(SHORTEST)))
            .fetch_all(&self.readers)
            .await?;
        let kept = self.snapshots.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        let mut grown = Vec::new();
        for row in rows {
            let (id, seq) = (ConversationId::from_stored(row.try_get("id")?), read_seq(row.try_get("seq")?));
            if kept.get(&id).is_none_or(|kept| seq.0.saturating_sub(kept.0) >= SHORTEST) {
                grown.push(id);
            }
        }
        Ok(grown)
    }

    /// A conversation's snapshot, for the check that trusts nothing: its record, if it can be read.
    pub async fn snapshot(
        &self,
        conversation: ConversationId,
    ) -> Result<Option<ConversationRecord>, StoreError> {
        Ok(self.read_snapshot(conversation).await.map(|kept| kept.record))
    }

    /// Where the log of the last snapshot ended; 0 without one.
    async fn snapshot_seq(&self, conversation: ConversationId) -> Seq {
        if let Some(seq) =
            self.snapshots.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(&conversation)
        {
            return *seq;
        }
        // One of another log counts for nothing.
        let kept = self.kept(conversation).await.ok().flatten();
        let seq = kept.map_or(Seq(0), |kept| kept.record.seq);
        self.note_snapshot(conversation, seq);
        seq
    }

    fn note_snapshot(&self, conversation: ConversationId, seq: Seq) {
        self.snapshots.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(conversation, seq);
    }

    /// The snapshot, if it is one of this log: the event at its end has the hash that it names.
    async fn kept(&self, conversation: ConversationId) -> Result<Option<StoredSnapshot>, StoreError> {
        let Some(kept) = self.read_snapshot(conversation).await else { return Ok(None) };
        let hash: Option<String> =
            sqlx::query_scalar("SELECT hash FROM event WHERE conversation = $1 AND seq = $2")
                .bind(conversation.stored())
                .bind(stored_seq(kept.record.seq))
                .fetch_optional(&self.readers)
                .await?;
        let is_ours =
            kept.record.conversation.id == conversation && hash == Some(kept.record.head.to_string());
        if !is_ours {
            tracing::warn!(%conversation, "a snapshot is of another log; the log is folded instead");
        }
        Ok(is_ours.then_some(kept))
    }

    async fn read_snapshot(&self, conversation: ConversationId) -> Option<StoredSnapshot> {
        let bytes = self.beside.read(Kept::Snapshot, conversation).await?;
        let read = tokio::task::spawn_blocking(move || {
            let record = ConversationRecord::from_snapshot(&bytes);
            if record.is_err() {
                tracing::warn!(%conversation, "a snapshot can't be read; the log is folded instead");
            }
            Some(StoredSnapshot { record: record.ok()?, bytes: bytes.len() })
        });
        read.await.ok().flatten()
    }
}

impl Words {
    /// Puts the words of a whole record back.
    fn put_into(&self, record: &mut ConversationRecord) -> Result<(), StoreError> {
        for text in record.words_mut() {
            let Some((salt, words)) = self.of(text.commitment()) else { continue };
            if !text.restore(salt.to_owned(), words.to_owned()) {
                return Err(StoreError::damaged(
                    "the words of a snapshot are not those that its log commits to",
                ));
            }
        }
        Ok(())
    }
}
