//! The one connection that writes, and its transactions.
//!
//! A transaction that does not end well never leaves its connection to the next one: the connection
//! is closed, and SQLite rolls back. (After a failed commit, on a full disk say, SQLite has rolled
//! back already while a pool's bookkeeping still counts a transaction; the next "commit" would then
//! only release a savepoint, and acknowledge what is on no disk.)

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, Connection, Executor, Row};
use tokio::sync::{Mutex, MutexGuard, Notify};

use crate::store::erasures::ErasureRecord;
use crate::store::error::StoreError;

const WRITER_PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; \
    PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 1000";

/// How often the write-ahead log is tried to be emptied at once, and how long readers are waited for each time.
const TRIES: u32 = 4;
const A_MOMENT: Duration = Duration::from_millis(5);

/// When a commit is on disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[doc(hidden)]
pub enum SyncMode {
    /// Before it is answered (I2). Nothing else is ever used but by the test that shows what the
    /// others lose.
    Full,
    /// At the next checkpoint.
    Normal,
    /// Whenever the system likes.
    Off,
}

impl SyncMode {
    fn pragma(self) -> &'static str {
        match self {
            SyncMode::Full => "PRAGMA synchronous = FULL",
            SyncMode::Normal => "PRAGMA synchronous = NORMAL",
            SyncMode::Off => "PRAGMA synchronous = OFF",
        }
    }
}

/// Exactly one writer: SQLite has one, and two would only wait for each other.
pub(super) struct WriteAccess {
    options: AnyConnectOptions,
    synchronous: SyncMode,
    idle: Mutex<Option<AnyConnection>>,
    /// Where it is noted who was erased.
    pub erasures: ErasureRecord,
    /// Whether words that were deleted still stand in the write-ahead log, and the word of it.
    holds_words: (AtomicBool, Notify),
}

impl WriteAccess {
    /// Opens the connection, so that what is wrong with the file is said at once.
    pub async fn open(
        options: AnyConnectOptions,
        synchronous: SyncMode,
        (erasures, is_owner): (ErasureRecord, bool),
    ) -> Result<Self, StoreError> {
        let connection = connect(&options, synchronous).await?;
        // What an earlier end left in the write-ahead log may hold some.
        let holds_words = (AtomicBool::new(is_owner), Notify::new());
        Ok(Self { options, synchronous, idle: Mutex::new(Some(connection)), erasures, holds_words })
    }

    /// Begins a transaction. It holds the file's write lock from here on, so that nothing that was
    /// read in it can be out of date when it writes; another process is waited for.
    pub async fn begin(&self) -> Result<WriteTransaction<'_>, StoreError> {
        let mut idle = self.idle.lock().await;
        let mut connection = match idle.take() {
            Some(connection) => connection,
            None => connect(&self.options, self.synchronous).await?,
        };
        connection.execute("BEGIN IMMEDIATE").await?;
        Ok(WriteTransaction { idle, connection })
    }

    /// The connection itself, for what manages its own transactions: migrations, at the start.
    pub async fn alone(&self) -> Result<MutexGuard<'_, Option<AnyConnection>>, StoreError> {
        let mut idle = self.idle.lock().await;
        if idle.is_none() {
            *idle = Some(connect(&self.options, self.synchronous).await?);
        }
        Ok(idle)
    }

    /// Whether words that were deleted still stand in the write-ahead log.
    pub fn holds_words(&self) -> bool {
        self.holds_words.0.load(Ordering::Acquire)
    }

    /// Returns when some were left there.
    pub async fn left_words(&self) {
        self.holds_words.1.notified().await;
    }

    /// Says that words are about to be deleted, before that is committed: whoever deletes them may be cut off
    /// before they take them out of the write-ahead log, and the writer does it then.
    pub fn words_go(&self) {
        self.holds_words.0.store(true, Ordering::Release);
        self.holds_words.1.notify_one();
    }

    /// Takes words that were just deleted out of the write-ahead log. Where somebody else is reading it, the writer
    /// tries again soon: votes do not wait for them. It goes on when nobody waits for it any more.
    pub async fn drop_words(self: &Arc<Self>) {
        self.words_go();
        let access = Arc::clone(self);
        let emptied = tokio::spawn(async move { access.empty_log_soon().await }).await;
        match emptied {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the write-ahead log can't be emptied"),
            Err(error) => tracing::warn!(%error, "the write-ahead log was not emptied"),
        }
    }

    /// Empties the log; whoever reads for a moment is waited for.
    async fn empty_log_soon(&self) -> Result<(), StoreError> {
        for _ in 1..TRIES {
            self.empty_log().await?;
            if !self.holds_words() {
                return Ok(());
            }
            tokio::time::sleep(A_MOMENT).await;
        }
        self.empty_log().await
    }

    /// Writes what is in the write-ahead log into the database and empties it: what was deleted would
    /// stand in it until somebody writes over it. Not when somebody else is reading it.
    async fn empty_log(&self) -> Result<(), StoreError> {
        let mut idle = self.alone().await?;
        let Some(connection) = idle.as_mut() else { return Ok(()) };
        connection.execute("PRAGMA busy_timeout = 0").await?;
        let done = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await;
        connection.execute("PRAGMA busy_timeout = 10000").await?;
        if done?.try_get::<i64, _>(0)? == 0 {
            // While nobody else can write: what is deleted after this says so anew.
            self.holds_words.0.store(false, Ordering::Release);
        }
        Ok(())
    }

    /// Closes the connection.
    pub async fn close(&self) {
        if let Some(connection) = self.idle.lock().await.take() {
            // What was committed is on disk, whatever closing says.
            let _ = connection.close().await;
        }
    }
}

/// A transaction. Dropped without [`WriteTransaction::commit`], nothing of it was written.
pub(super) struct WriteTransaction<'a> {
    idle: MutexGuard<'a, Option<AnyConnection>>,
    connection: AnyConnection,
}

impl WriteTransaction<'_> {
    /// Where to write.
    pub fn connection(&mut self) -> &mut AnyConnection {
        &mut self.connection
    }

    /// When this returns `Ok`, everything written is on disk.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        self.connection.execute("COMMIT").await?;
        *self.idle = Some(self.connection);
        Ok(())
    }
}

async fn connect(options: &AnyConnectOptions, synchronous: SyncMode) -> Result<AnyConnection, StoreError> {
    let mut connection = AnyConnection::connect_with(options).await?;
    connection.execute(WRITER_PRAGMAS).await?;
    connection.execute(synchronous.pragma()).await?;
    Ok(connection)
}
