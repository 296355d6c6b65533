//! The steps of a schema: the same numbers and names on both engines.

use sqlx::SqlStr;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};

use super::store::Store;
use crate::store::error::StoreError;

/// The steps of an engine, from its texts in their order. Read here and not by sqlx's macro, which would have SQLite built
/// twice.
pub(in crate::store) fn steps(texts: [&'static str; 6]) -> Migrator {
    const NAMES: [&str; 6] =
        ["log format 1", "accounts", "forgetting", "public side", "agenda due", "places"];
    let step = |((version, name), text): ((i64, &'static str), &'static str)| {
        Migration::new(version, name.into(), MigrationType::Simple, SqlStr::from_static(text), false)
    };
    Migrator::with_migrations((1..).zip(NAMES).zip(texts).map(step).collect())
}

/// Why a schema can't be brought up to date.
pub(in crate::store) fn migration_error(error: MigrateError) -> StoreError {
    match error {
        MigrateError::VersionMissing(version) => StoreError::Newer(version),
        MigrateError::VersionMismatch(version) => {
            StoreError::damaged(format!("step {version} of its schema is not ours"))
        }
        MigrateError::Execute(error) => error.into(),
        other => StoreError::failed("the database can't be upgraded", other),
    }
}

impl Store {
    /// Brings the schema up to date.
    pub(in crate::store) async fn upgrade(&self, steps: &Migrator) -> Result<(), StoreError> {
        match self.writer.alone().await?.as_mut() {
            Some(connection) => steps.run(connection).await.map_err(migration_error),
            None => Ok(()),
        }
    }

    /// Whether the schema is the one of this program.
    pub(in crate::store) async fn check_steps(&self, steps: &Migrator) -> Result<(), StoreError> {
        let applied = sqlx::query_scalar::<_, i64>("SELECT max(version) FROM _sqlx_migrations")
            .fetch_one(&self.readers)
            .await?;
        let ours = steps.iter().map(|step| step.version).max().unwrap_or(0);
        match applied.cmp(&ours) {
            std::cmp::Ordering::Greater => Err(StoreError::Newer(applied)),
            std::cmp::Ordering::Less => Err(StoreError::Older),
            std::cmp::Ordering::Equal => Ok(()),
        }
    }
}
