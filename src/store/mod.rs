//! The only room that knows SQL. It keeps the event log and who may come in, and decides nothing.
//!
//! Invariants: an event that [`Store::record`] returned is on disk (I2); Seq is gapless and given
//! in the same transaction (I5); each event's hash covers the one before it (I6). No transaction
//! and no sqlx type leaves this room.

mod access;
mod data_dir;
mod inserts;
mod letters;
mod listing;
mod log;
mod meters;
mod open;
mod projection;
mod snapshots;
mod write_access;
mod writer;
#[cfg(test)]
mod writer_tests;

use tokio::sync::mpsc;

use crate::domain::{ConversationId, Seq};

pub use access::RoleLink;
pub use data_dir::{DataDir, DataDirError};
pub use listing::{ConversationSummary, Listing};
pub use log::{LogEnd, StoredEvent, Words};
pub use meters::StoreMeters;
pub use open::MIN_SQLITE_VERSION;
pub use projection::StoredVote;
#[doc(hidden)]
pub use write_access::Synchronous;
pub use writer::{Grant, NewEvents};

/// What went wrong in the store, for the layer above to act on.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// Disk full, I/O error, busy: nothing was written; trying again later may work.
    #[error("the store can't be written or read now: {0}")]
    Unavailable(String),
    /// The write contradicts what is stored, such as a slug that exists.
    #[error("{0}")]
    Conflict(String),
    /// The stored data is not what this program writes.
    #[error("the database is damaged: {0}")]
    Corrupt(String),
    /// The database was written by a newer program.
    #[error("the database was written by a newer Boule (its schema has step {0}); use that version")]
    Newer(i64),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(db) if db.is_unique_violation() => {
                StoreError::Conflict("that name is taken already".into())
            }
            // SQLITE_CORRUPT and SQLITE_NOTADB
            sqlx::Error::Database(db) if matches!(db.code().as_deref(), Some("11" | "26")) => {
                StoreError::Corrupt(db.message().to_owned())
            }
            sqlx::Error::Database(db) => StoreError::Unavailable(db.message().to_owned()),
            _ => StoreError::Unavailable(error.to_string()),
        }
    }
}

/// A handle on the store; cheap to clone.
#[derive(Clone)]
pub struct Store {
    writer: std::sync::Arc<write_access::WriteAccess>,
    readers: sqlx::AnyPool,
    /// The way into the group commit.
    batches: mpsc::Sender<writer::Pending>,
    /// The data directory.
    dir: std::path::PathBuf,
    /// Where the logs of the snapshots ended, as far as that is known.
    snapshots: std::sync::Arc<std::sync::Mutex<std::collections::HashMap<ConversationId, Seq>>>,
    meters: std::sync::Arc<StoreMeters>,
    /// Whether the last transaction was saved.
    saves: std::sync::Arc<std::sync::atomic::AtomicBool>,
    keeping_letters: std::sync::Arc<tokio::sync::Mutex<()>>,
    /// Whether anything stored was found damaged.
    damaged: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

impl Store {
    /// Whether the database answers, and takes what is written. After a failed transaction that is
    /// tried: nobody else may be there to find out that the disk has healed.
    pub async fn is_usable(&self) -> bool {
        let reads = sqlx::query("SELECT 1").execute(&self.readers).await.is_ok();
        let whole = !self.damaged.load(std::sync::atomic::Ordering::Relaxed);
        reads && whole && (self.saves.load(std::sync::atomic::Ordering::Relaxed) || self.try_to_save().await)
    }

    /// Remembers that something stored was found damaged: whoever watches the server is told until it is
    /// started again, on a database that was mended.
    pub fn note_damage(&self, error: &StoreError) {
        if matches!(error, StoreError::Corrupt(_)) {
            self.damaged.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    }

    /// The same for what a reading gave.
    fn noted<T>(&self, read: Result<T, StoreError>) -> Result<T, StoreError> {
        read.inspect_err(|error| self.note_damage(error))
    }

    /// Writes a row that nobody reads, and takes it away.
    async fn try_to_save(&self) -> bool {
        let link =
            RoleLink { role: crate::domain::Role::Participant, expires_at: crate::domain::Timestamp(0) };
        let token = crate::domain::TokenHash::of("whether anything can be saved");
        let saved =
            self.add_role_link(token, link).await.is_ok() && self.remove_role_link(token).await.is_ok();
        self.saves.store(saved, std::sync::atomic::Ordering::Relaxed);
        saved
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
