//! Opening a server's database: connections, the steps of its schema, and settings that could lose votes.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::{AnyPool, Row};

use super::address::ServerAddress;
use super::append::Appender;
use super::hosts::Hosts;
use super::kept_rows::KeptRows;
use super::register::Register;
use crate::store::beside::Beside;
use crate::store::data_dir::DataDir;
use crate::store::error::StoreError;
use crate::store::sql::parts::{Parts, readers};
use crate::store::sql::steps::steps;
use crate::store::sql::store::Store;
use crate::store::sql::write_access::{Source, WriteAccess};

/// The oldest that is tried with every change.
const MIN_VERSION: i64 = 15;

static STEPS: LazyLock<Migrator> = LazyLock::new(|| {
    steps([
        include_str!("../../../migrations/postgres/0001_log_format_1.sql"),
        include_str!("../../../migrations/postgres/0002_accounts.sql"),
        include_str!("../../../migrations/postgres/0003_forgetting.sql"),
        include_str!("../../../migrations/postgres/0004_public_side.sql"),
        include_str!("../../../migrations/postgres/0005_agenda_due.sql"),
        include_str!("../../../migrations/postgres/0006_places.sql"),
    ])
});

/// A server that is gone is said to be soon.
const WAIT: Duration = Duration::from_secs(5);
/// Readers see one moment for as long as a transaction of theirs lasts, as with SQLite.
const BEGIN_READING: &str = "SET default_transaction_isolation = 'repeatable read'; \
    SET default_transaction_read_only = on; SET idle_in_transaction_session_timeout = '10min'";

/// Settings without which a power cut loses what was acknowledged.
const NEEDED: [(&str, &str); 2] = [
    ("fsync", "what is committed would not be on its disk"),
    ("full_page_writes", "a page that was half written when the power went would be lost"),
];

impl Store {
    /// Opens a server's database to write: makes or upgrades its schema.
    pub(in crate::store) async fn open_server(
        dir: &DataDir,
        address: &ServerAddress,
    ) -> Result<Self, StoreError> {
        let store = Self::connect_server(dir, address).await?;
        match store.check_steps(&STEPS).await {
            // A role that may not make tables can write where there is nothing to make.
            Ok(()) => return Ok(store),
            Err(error @ StoreError::Newer(_)) => return Err(error),
            Err(_) => {}
        }
        match store.upgrade(&STEPS).await {
            Err(StoreError::Unavailable { what, .. }) if what.contains("permission denied") => {
                Err(StoreError::Older)
            }
            upgraded => upgraded.map(|()| store),
        }
    }

    /// Opens a database that exists and is up to date, beside the process that writes it.
    pub(in crate::store) async fn open_server_beside(
        dir: &DataDir,
        address: &ServerAddress,
    ) -> Result<Self, StoreError> {
        let store = Self::connect_server(dir, address).await?;
        store.check_steps(&STEPS).await?;
        Ok(store)
    }

    async fn connect_server(dir: &DataDir, address: &ServerAddress) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let hosts = Arc::new(Hosts::new(address)?);
        let source = Source::Postgres(Arc::clone(&hosts));
        let writer = WriteAccess::open(source, (dir.erasures().clone(), true)).await?;
        let readers = readers(hosts.options(), BEGIN_READING, WAIT).await?;
        hosts.lead(&readers);
        tokio::spawn(Hosts::look(Arc::downgrade(&hosts)));
        check_settings(&readers).await?;
        let appender = Some(Appender::new(Arc::clone(&hosts)));
        let beside = Beside::Rows(KeptRows::new(Arc::clone(&hosts)));
        let register = Some(Register::new(hosts));
        Ok(Parts { writer, readers, appender, beside, register }.assembled())
    }
}

async fn check_settings(readers: &AnyPool) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("SHOW server_version_num").fetch_one(readers).await?;
    let version = version.parse::<i64>().unwrap_or(0) / 10_000;
    if version < MIN_VERSION {
        let why = format!("this is PostgreSQL {version}; Boule needs {MIN_VERSION} or newer");
        return Err(StoreError::UnsafeEngine(why));
    }
    let rows =
        sqlx::query("SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes')");
    for row in rows.fetch_all(readers).await? {
        let (name, setting): (String, String) = (row.try_get("name")?, row.try_get("setting")?);
        if let Some((_, why)) = NEEDED.iter().find(|(needed, _)| *needed == name && setting != "on") {
            return Err(StoreError::UnsafeEngine(format!(
                "the server has {name} = {setting}: {why}; set it to on"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_are_those_of_sqlite() {
        let names = |engine: &str| {
            let dir = format!("{}/migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
            let files = std::fs::read_dir(dir).unwrap();
            let mut names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
            names.sort();
            names
        };
        assert_eq!(names("postgres"), names("sqlite"));
        assert_eq!(STEPS.iter().count(), names("postgres").len());
    }
}
