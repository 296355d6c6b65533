//! Opening SQLite's file: connections, durability, the steps of its schema.

use std::sync::LazyLock;
use std::time::Duration;

use sqlx::any::AnyConnectOptions;
use sqlx::migrate::Migrator;

use super::file::{SqliteFile, SyncMode, address};
use crate::store::beside::Beside;
use crate::store::data_dir::DataDir;
use crate::store::error::StoreError;
use crate::store::sql::parts::{Parts, readers};
use crate::store::sql::steps::steps;
use crate::store::sql::store::Store;
use crate::store::sql::write_access::{Source, WriteAccess};

/// Older ones can lose committed writes when a write and a checkpoint race (fixed in 3.51.3).
pub const MIN_SQLITE_VERSION: (u32, u32, u32) = (3, 51, 3);

static STEPS: LazyLock<Migrator> = LazyLock::new(|| {
    steps([
        include_str!("../../../migrations/sqlite/0001_log_format_1.sql"),
        include_str!("../../../migrations/sqlite/0002_accounts.sql"),
        include_str!("../../../migrations/sqlite/0003_forgetting.sql"),
        include_str!("../../../migrations/sqlite/0004_public_side.sql"),
        include_str!("../../../migrations/sqlite/0005_agenda_due.sql"),
        include_str!("../../../migrations/sqlite/0006_places.sql"),
    ])
});

const WAIT: Duration = Duration::from_secs(20);
const READER_PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA query_only = ON";

impl Store {
    /// For the test that shows what weaker settings lose.
    #[doc(hidden)]
    pub async fn open_with_synchronous(dir: &DataDir, synchronous: SyncMode) -> Result<Self, StoreError> {
        let store = Self::connect_file(dir, "rwc", synchronous).await?;
        store.check_version().await?;
        store.check_released().await?;
        store.upgrade(&STEPS).await?;
        Ok(store)
    }

    /// Opens a file that exists and is up to date, beside the process that writes it.
    pub(in crate::store) async fn open_file_beside(dir: &DataDir) -> Result<Self, StoreError> {
        let store = Self::connect_file(dir, "rw", SyncMode::Full).await?;
        store.check_released().await?;
        store.check_steps(&STEPS).await?;
        Ok(store)
    }

    async fn connect_file(dir: &DataDir, mode: &str, synchronous: SyncMode) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let options: AnyConnectOptions = address(&dir.database(), mode).parse().map_err(StoreError::from)?;
        let source = Source::Sqlite(SqliteFile { options: options.clone(), synchronous });
        let writer = WriteAccess::open(source, (dir.erasures().clone(), mode == "rwc")).await?;
        let readers = readers(options, READER_PRAGMAS, WAIT).await?;
        let beside = Beside::Files(dir.path().to_owned());
        Ok(Parts { writer, readers, appender: None, beside, register: None }.assembled())
    }

    /// Before log format 1 the table of conversations did not say which format a log has.
    async fn check_released(&self) -> Result<(), StoreError> {
        let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info('conversation')")
            .fetch_all(&self.readers)
            .await?;
        let is_released = columns.is_empty() || columns.iter().any(|column| column == "format");
        if is_released { Ok(()) } else { Err(StoreError::Unreleased) }
    }

    async fn check_version(&self) -> Result<(), StoreError> {
        let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&self.readers).await?;
        if is_recent_enough(&version) {
            return Ok(());
        }
        let (a, b, c) = MIN_SQLITE_VERSION;
        Err(StoreError::UnsafeEngine(format!(
            "this program was built with SQLite {version}, which can lose committed votes; build it with {a}.{b}.{c} or newer"
        )))
    }
}

fn is_recent_enough(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= MIN_SQLITE_VERSION
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_of_the_schema_is_taken() {
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite")).unwrap();
        assert_eq!(STEPS.iter().count(), files.count());
    }

    #[test]
    fn a_sqlite_that_can_lose_commits_is_refused() {
        assert!(is_recent_enough("3.51.3") && is_recent_enough("3.53.0") && is_recent_enough("4.0.0"));
        assert!(!is_recent_enough("3.51.2") && !is_recent_enough("3.46.0") && !is_recent_enough(""));
    }
}
