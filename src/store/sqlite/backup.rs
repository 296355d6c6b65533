//! A copy of the database while it is written.

use std::path::Path;

use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, Connection, Executor};

use super::file::address;
use super::steady::SyncedAsItGrows;
use crate::private;
use crate::store::error::StoreError;
use crate::store::sql::dialect::Dialect;
use crate::store::sql::ends::heads;
use crate::store::sql::store::Store;
use crate::store::staff::LogHead;

/// What a copy does not take along: what lets somebody in now, and mail that is on its way.
const NOT_COPIED: &str = "PRAGMA secure_delete = ON; DELETE FROM staff_session; DELETE FROM one_time_link; \
    DELETE FROM outbox";

impl Store {
    /// Writes a copy of the database to a file that must not be there, as it is at one moment, without sessions,
    /// links that let somebody in, and mail that waits. Where the logs end in the copy. Whoever writes meanwhile
    /// does not wait for it.
    pub async fn copy_to(&self, path: &Path) -> Result<Vec<LogHead>, StoreError> {
        if self.writer.dialect() == Dialect::Postgres {
            return Err(StoreError::unavailable(
                "a server's database is copied by its own means, or by boule copy",
            ));
        }
        let failed = |error: std::io::Error| StoreError::failed("the copy can't be written", error);
        private::file(path).map_err(failed)?;
        let text = path.to_str().ok_or_else(|| StoreError::unavailable("the copy's path is no text"))?;
        let mut writer = self.writer.alone().await?;
        let Some(connection) = writer.as_mut() else {
            return Err(StoreError::unavailable("the database is closed"));
        };
        let synced = SyncedAsItGrows::begin(path).map_err(failed)?;
        sqlx::query("VACUUM INTO ?").bind(text).execute(connection).await?;
        drop((synced, writer));
        let options: AnyConnectOptions = address(path, "rw").parse().map_err(StoreError::from)?;
        let mut copy = AnyConnection::connect_with(&options).await?;
        copy.execute(NOT_COPIED).await?;
        let heads = heads(&mut copy).await?;
        copy.close().await?;
        Ok(heads)
    }
}
