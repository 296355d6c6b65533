//! The one connection that writes, and its transactions.
//!
//! A transaction that does not end well never leaves its connection to the next one: the connection
//! is closed, and SQLite rolls back. (After a failed commit, on a full disk say, SQLite has rolled
//! back already while a pool's bookkeeping still counts a transaction; the next "commit" would then
//! only release a savepoint, and acknowledge what is on no disk.)

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::{AnyConnection, Connection, Executor};
use tokio::sync::{Mutex, MutexGuard, Notify};

use super::dialect::Dialect;
use crate::store::erasures::ErasureRecord;
use crate::store::error::{Cause, StoreError};
use crate::store::postgres::hosts::Hosts;
use crate::store::sqlite::file::SqliteFile;

/// How often the write-ahead log is tried to be emptied at once, and how long readers are waited for each time.
const TRIES: u32 = 4;
const A_MOMENT: Duration = Duration::from_millis(5);

/// Where the connection comes from.
pub(in crate::store) enum Source {
    Sqlite(SqliteFile),
    Postgres(Arc<Hosts>),
}

impl Source {
    async fn connect(&self) -> Result<AnyConnection, StoreError> {
        match self {
            Source::Sqlite(file) => file.connect().await,
            Source::Postgres(hosts) => hosts.connect().await,
        }
    }

    fn dialect(&self) -> Dialect {
        match self {
            Source::Sqlite(_) => Dialect::Sqlite,
            Source::Postgres(_) => Dialect::Postgres,
        }
    }
}

/// Exactly one writer: SQLite has one, and two would only wait for each other.
pub(in crate::store) struct WriteAccess {
    source: Source,
    idle: Mutex<Option<AnyConnection>>,
    /// Where it is noted who was erased.
    pub erasures: ErasureRecord,
    /// Whether words that were deleted still stand in the write-ahead log, and the word of it.
    holds_words: (AtomicBool, Notify),
}

impl WriteAccess {
    /// Opens the connection, so that what is wrong with the database is said at once.
    pub async fn open(
        source: Source,
        (erasures, is_owner): (ErasureRecord, bool),
    ) -> Result<Self, StoreError> {
        let connection = source.connect().await?;
        // What an earlier end left in SQLite's write-ahead log may hold some.
        let may_hold = is_owner && source.dialect() == Dialect::Sqlite;
        let holds_words = (AtomicBool::new(may_hold), Notify::new());
        Ok(Self { source, idle: Mutex::new(Some(connection)), erasures, holds_words })
    }

    /// Which engine this writes.
    pub fn dialect(&self) -> Dialect {
        self.source.dialect()
    }

    /// Begins a transaction. It holds off others that write from here on, so that nothing that was
    /// read in it can be out of date when it writes; another process is waited for.
    pub async fn begin(&self) -> Result<WriteTransaction<'_>, StoreError> {
        let mut idle = self.idle.lock().await;
        let dialect = self.dialect();
        if let Some(mut connection) = idle.take() {
            match dialect.in_time(connection.execute(dialect.begin())).await {
                Ok(_) => return Ok(WriteTransaction { idle, connection, dialect }),
                // A server may have dropped it while nobody wrote.
                Err(_) if dialect == Dialect::Postgres => {}
                Err(error) => return Err(error.into()),
            }
        }
        let mut connection = self.source.connect().await?;
        dialect.in_time(connection.execute(dialect.begin())).await?;
        Ok(WriteTransaction { idle, connection, dialect })
    }

    /// The connection itself, for what manages its own transactions: migrations, at the start.
    pub async fn alone(&self) -> Result<MutexGuard<'_, Option<AnyConnection>>, StoreError> {
        let mut idle = self.idle.lock().await;
        if idle.is_none() {
            *idle = Some(self.source.connect().await?);
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
        if self.dialect() == Dialect::Postgres {
            // Its dead rows and its log are the server's: OPERATIONS says what becomes of them.
            return;
        }
        self.holds_words.0.store(true, Ordering::Release);
        self.holds_words.1.notify_one();
    }

    /// Takes words that were just deleted out of the write-ahead log. Where somebody else is reading it, the writer
    /// tries again soon: votes do not wait for them. It goes on when nobody waits for it any more.
    pub async fn drop_words(self: &Arc<Self>) {
        self.words_go();
        if !self.holds_words() {
            return;
        }
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
        if SqliteFile::is_log_emptied(connection).await? {
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
pub(in crate::store) struct WriteTransaction<'a> {
    idle: MutexGuard<'a, Option<AnyConnection>>,
    connection: AnyConnection,
    dialect: Dialect,
}

impl WriteTransaction<'_> {
    /// Where to write.
    pub fn connection(&mut self) -> &mut AnyConnection {
        &mut self.connection
    }

    /// What is written is much, and between two statements a while may pass: a server that takes that for a program that hangs
    /// would break off.
    pub async fn takes_its_time(&mut self) -> Result<(), StoreError> {
        if self.dialect == Dialect::Postgres {
            self.connection.execute("SET LOCAL idle_in_transaction_session_timeout = '60s'").await?;
        }
        Ok(())
    }

    /// When this returns `Ok`, everything written is on disk. [`StoreError::Unknown`] says that it may be.
    pub async fn commit(mut self) -> Result<(), StoreError> {
        match self.dialect.in_time(self.connection.execute("COMMIT")).await {
            Ok(_) => {
                *self.idle = Some(self.connection);
                Ok(())
            }
            Err(error) if self.dialect.leaves_open(&error) => Err(StoreError::Unknown(Cause::new(error))),
            Err(error) => Err(error.into()),
        }
    }
}
