//! Opening the database: connections, durability, migrations.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, LazyLock, Once};
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{AnyPool, Executor, SqlStr};
use tokio::sync::mpsc;

use super::backup::sqlite_file;
use super::write_access::{SyncMode, WriteAccess};
use super::{Store, writer};
use crate::store::data_dir::DataDir;
use crate::store::error::StoreError;
use crate::store::meters::StoreMeters;

/// Older ones can lose committed writes when a write and a checkpoint race (fixed in 3.51.3).
pub const MIN_SQLITE_VERSION: (u32, u32, u32) = (3, 51, 3);
/// Batches that may wait for the writer: beyond that, rooms wait, and their mailboxes fill (I9).
const WAITING_BATCHES: usize = 1024;
const READERS: u32 = 4;

/// The steps of the schema. Read here and not by sqlx's macro, which would have SQLite built twice.
static MIGRATIONS: LazyLock<Migrator> = LazyLock::new(|| {
    let step = |version, name: &'static str, sql: &'static str| {
        Migration::new(version, name.into(), MigrationType::Simple, SqlStr::from_static(sql), false)
    };
    let steps = vec![
        step(1, "log format 1", include_str!("../../../migrations/sqlite/0001_log_format_1.sql")),
        step(2, "accounts", include_str!("../../../migrations/sqlite/0002_accounts.sql")),
        step(3, "forgetting", include_str!("../../../migrations/sqlite/0003_forgetting.sql")),
        step(4, "public side", include_str!("../../../migrations/sqlite/0004_public_side.sql")),
        step(5, "agenda due", include_str!("../../../migrations/sqlite/0005_agenda_due.sql")),
    ];
    Migrator::with_migrations(steps)
});
static DRIVERS: Once = Once::new();

const READER_PRAGMAS: &str = "PRAGMA busy_timeout = 10000; PRAGMA query_only = ON";

impl Store {
    /// Opens a data directory's database to write: makes or upgrades it.
    pub async fn open(dir: &DataDir) -> Result<Self, StoreError> {
        Self::open_with_synchronous(dir, SyncMode::Full).await
    }

    /// For the test that shows what weaker settings lose.
    #[doc(hidden)]
    pub async fn open_with_synchronous(dir: &DataDir, synchronous: SyncMode) -> Result<Self, StoreError> {
        let store = Self::connect(dir, "rwc", synchronous).await?;
        store.check_version().await?;
        store.check_released().await?;
        if let Some(connection) = store.writer.alone().await?.as_mut() {
            MIGRATIONS.run(connection).await.map_err(migration_error)?;
        }
        Ok(store)
    }

    /// Opens a database that exists and is up to date, beside the process that writes it.
    pub async fn open_beside(dir: &DataDir) -> Result<Self, StoreError> {
        let store = Self::connect(dir, "rw", SyncMode::Full).await?;
        store.check_released().await?;
        let applied = sqlx::query_scalar::<_, i64>("SELECT max(version) FROM _sqlx_migrations")
            .fetch_one(&store.readers)
            .await?;
        let ours = MIGRATIONS.iter().map(|m| m.version).max().unwrap_or(0);
        match applied.cmp(&ours) {
            std::cmp::Ordering::Greater => Err(StoreError::Newer(applied)),
            std::cmp::Ordering::Less => Err(StoreError::Older),
            std::cmp::Ordering::Equal => Ok(store),
        }
    }

    async fn connect(dir: &DataDir, mode: &str, synchronous: SyncMode) -> Result<Self, StoreError> {
        DRIVERS.call_once(sqlx::any::install_default_drivers);
        let url = sqlite_url(dir, mode);
        let options: AnyConnectOptions = url.parse().map_err(StoreError::from)?;
        let writer = Arc::new(
            WriteAccess::open(options.clone(), synchronous, (dir.erasures().clone(), mode == "rwc")).await?,
        );
        let readers = pool(options, READERS, READER_PRAGMAS).await?;
        let (batches, waiting) = mpsc::channel(WAITING_BATCHES);
        let (meters, saves) = (Arc::new(StoreMeters::default()), Arc::new(AtomicBool::new(true)));
        tokio::spawn(writer::run(Arc::clone(&writer), waiting, Arc::clone(&meters), Arc::clone(&saves)));
        let (dir, snapshots) = (dir.path().to_owned(), Arc::default());
        let (keeping_letters, damaged) = (Arc::default(), Arc::default());
        Ok(Self { writer, readers, batches, dir, snapshots, meters, saves, keeping_letters, damaged })
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

async fn pool(
    options: AnyConnectOptions,
    connections: u32,
    pragmas: &'static str,
) -> Result<AnyPool, StoreError> {
    let pool = AnyPoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(20))
        .idle_timeout(None)
        .max_lifetime(None)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                connection.execute(pragmas).await?;
                Ok(())
            })
        })
        .connect_with(options)
        .await?;
    Ok(pool)
}

fn sqlite_url(dir: &DataDir, mode: &str) -> String {
    sqlite_file(&dir.database(), mode)
}

fn is_recent_enough(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= MIN_SQLITE_VERSION
}

fn migration_error(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(version) => StoreError::Newer(version),
        MigrateError::VersionMismatch(version) => {
            StoreError::damaged(format!("step {version} of its schema is not ours"))
        }
        MigrateError::Execute(error) => error.into(),
        other => StoreError::failed("the database can't be upgraded", other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_of_the_schema_is_taken() {
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite")).unwrap();
        assert_eq!(MIGRATIONS.iter().count(), files.count());
    }

    #[test]
    fn a_sqlite_that_can_lose_commits_is_refused() {
        assert!(is_recent_enough("3.51.3") && is_recent_enough("3.53.0") && is_recent_enough("4.0.0"));
        assert!(!is_recent_enough("3.51.2") && !is_recent_enough("3.46.0") && !is_recent_enough(""));
    }
}
