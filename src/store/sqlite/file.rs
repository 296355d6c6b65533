//! The file that SQLite keeps everything in, and the connection that writes it.

use std::path::Path;

use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, Connection, Executor, Row};

use crate::store::error::StoreError;

const WRITER_PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; \
    PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 1000";

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

/// How the file is opened to write.
pub(in crate::store) struct SqliteFile {
    pub options: AnyConnectOptions,
    pub synchronous: SyncMode,
}

impl SqliteFile {
    /// The connection that writes.
    pub async fn connect(&self) -> Result<AnyConnection, StoreError> {
        let mut connection = AnyConnection::connect_with(&self.options).await?;
        connection.execute(WRITER_PRAGMAS).await?;
        connection.execute(self.synchronous.pragma()).await?;
        Ok(connection)
    }

    /// Writes the write-ahead log into the database and empties it. Not when somebody else is reading it: false.
    pub async fn is_log_emptied(connection: &mut AnyConnection) -> Result<bool, StoreError> {
        connection.execute("PRAGMA busy_timeout = 0").await?;
        let done = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await;
        connection.execute("PRAGMA busy_timeout = 10000").await?;
        Ok(done?.try_get::<i64, _>(0)? == 0)
    }
}

/// The address of a file. Everything but what a path plainly holds is escaped, so that no directory's name can be
/// read as a part of it.
pub(super) fn address(path: &Path, mode: &str) -> String {
    let escaped = |&byte: &u8| match byte {
        b'/' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    let path: String = path.as_os_str().as_encoded_bytes().iter().map(escaped).collect();
    format!("sqlite://{path}?mode={mode}")
}
