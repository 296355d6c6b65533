//! The store itself: what it holds, and whether it can be used.

use std::time::Duration;

use tokio::sync::mpsc;

use super::dialect::Dialect;
use super::write_access::WriteAccess;
use crate::domain::{ConversationId, Seq};
use crate::store::beside::Beside;
use crate::store::error::{Cause, StoreError};
use crate::store::meters::StoreMeters;
use crate::store::place::Epoch;
use crate::store::postgres::register::Register;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let what = match &error {
            sqlx::Error::Database(db) => db.message().to_owned(),
            _ => error.to_string(),
        };
        // SQLITE_CORRUPT and SQLITE_NOTADB; data_corrupted and index_corrupted
        let is_damage = error
            .as_database_error()
            .is_some_and(|db| matches!(db.code().as_deref(), Some("11" | "26" | "XX001" | "XX002")));
        let source = Some(Cause::new(error));
        if is_damage {
            StoreError::Damaged { what, source }
        } else {
            StoreError::Unavailable { what, source }
        }
    }
}

/// Whoever asks whether the store can be used does not wait longer: no answer is one.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

/// A handle on the store; cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(in crate::store) writer: std::sync::Arc<WriteAccess>,
    pub(in crate::store) readers: sqlx::AnyPool,
    /// The way into the group commit.
    pub(super) batches: mpsc::Sender<super::queue::QueuedBatch>,
    /// What can be made again from the logs.
    pub(in crate::store) beside: std::sync::Arc<Beside>,
    /// Who else serves what a server holds.
    pub(in crate::store) register: Option<Register>,
    /// Where the logs of the snapshots ended, as far as that is known.
    pub(super) snapshots: std::sync::Arc<std::sync::Mutex<std::collections::HashMap<ConversationId, Seq>>>,
    pub(super) meters: std::sync::Arc<StoreMeters>,
    /// Whether the last transaction was saved.
    pub(super) saves: std::sync::Arc<std::sync::atomic::AtomicBool>,
    pub(in crate::store) keeping_letters: std::sync::Arc<tokio::sync::Mutex<()>>,
    /// Whether anything stored was found damaged.
    pub(super) damaged: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

impl Store {
    /// Whether the database answers, and takes what is written. After a failed transaction that is
    /// tried: nobody else may be there to find out that the disk has healed.
    pub async fn is_usable(&self) -> bool {
        let asked = sqlx::query("SELECT 1").execute(&self.readers);
        let reads = tokio::time::timeout(ANSWERS_WITHIN, asked).await.is_ok_and(|answer| answer.is_ok());
        let whole = !self.damaged.load(std::sync::atomic::Ordering::Relaxed);
        reads && whole && (self.saves.load(std::sync::atomic::Ordering::Relaxed) || self.try_to_save().await)
    }

    /// Remembers that something stored was found damaged: whoever watches the server is told until it is
    /// started again, on a database that was mended.
    pub fn note_damage(&self, error: &StoreError) {
        if matches!(error, StoreError::Damaged { .. }) {
            self.damaged.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    }

    /// The same for what a reading gave.
    pub(super) fn noted<T>(&self, read: Result<T, StoreError>) -> Result<T, StoreError> {
        read.inspect_err(|error| self.note_damage(error))
    }

    /// Writes the row that is there for this.
    async fn try_to_save(&self) -> bool {
        let saved =
            tokio::time::timeout(ANSWERS_WITHIN, self.write_probe()).await.is_ok_and(|saved| saved.is_ok());
        self.saves.store(saved, std::sync::atomic::Ordering::Relaxed);
        saved
    }

    /// Before a record is read on a server: what was committed there while no standby heard of it shows after a restart, and must
    /// not be acknowledged. A commit behind it says that the standby has all of it.
    pub(super) async fn settle(&self) -> Result<(), StoreError> {
        match self.writer.dialect() {
            Dialect::Sqlite => Ok(()),
            Dialect::Postgres => self.write_probe().await,
        }
    }

    async fn write_probe(&self) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("INSERT INTO probe (id, written_at) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET written_at = probe.written_at + 1")
            .execute(transaction.connection())
            .await?;
        transaction.commit().await
    }

    /// Who else serves what a server holds; none where the database is a file, which one process has.
    pub fn register(&self) -> Option<Register> {
        self.register.clone()
    }

    /// Makes sure that nobody has taken a conversation since that epoch: [`StoreError::Outdated`] where somebody has. A file has
    /// one process.
    pub async fn check_epoch(&self, conversation: ConversationId, epoch: Epoch) -> Result<(), StoreError> {
        let Some(register) = &self.register else { return Ok(()) };
        if register.holds(conversation, epoch).await? {
            return Ok(());
        }
        Err(StoreError::Outdated("another node has taken this conversation".into()))
    }

    /// How many events were recorded since this store was opened.
    pub fn events_recorded(&self) -> u64 {
        self.meters.events.get()
    }

    /// What the store measures of itself.
    pub fn meters(&self) -> &StoreMeters {
        &self.meters
    }

    /// Waits until everything recorded is on disk and the files are closed.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
