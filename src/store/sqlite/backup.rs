//! A copy of the database while it is written.

use std::path::Path;

use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, Connection, Executor, Row};

use super::Store;
use super::numbers::read_seq;
use super::steady::SyncedAsItGrows;
use crate::domain::{ConversationId, Timestamp};
use crate::private;
use crate::store::error::StoreError;
use crate::store::staff::LogHead;

/// What a copy does not take along: what lets somebody in now, and mail that is on its way.
const NOT_COPIED: &str = "PRAGMA secure_delete = ON; DELETE FROM staff_session; DELETE FROM one_time_link; \
    DELETE FROM outbox";

impl Store {
    /// Writes a copy of the database to a file that must not be there, as it is at one moment, without sessions,
    /// links that let somebody in, and mail that waits. Where the logs end in the copy. Whoever writes meanwhile
    /// does not wait for it.
    pub async fn copy_to(&self, path: &Path) -> Result<Vec<LogHead>, StoreError> {
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
        let options: AnyConnectOptions = sqlite_file(path, "rw").parse().map_err(StoreError::from)?;
        let mut copy = AnyConnection::connect_with(&options).await?;
        copy.execute(NOT_COPIED).await?;
        let heads = heads(&mut copy).await?;
        copy.close().await?;
        Ok(heads)
    }

    /// When anything was recorded last, in any log.
    pub async fn last_event_at(&self) -> Result<Option<Timestamp>, StoreError> {
        let at = sqlx::query_scalar(
            "SELECT max(at) FROM (
                SELECT max(at) AS at FROM instance_event
                UNION ALL
                SELECT e.at FROM conversation c JOIN event e ON e.conversation = c.id AND e.seq = c.seq
             )",
        );
        Ok(at.fetch_one(&self.readers).await.map(|at: Option<i64>| at.map(Timestamp))?)
    }

    /// When the last backup was made, as the instance's log says.
    pub async fn last_backup(&self) -> Result<Option<Timestamp>, StoreError> {
        let at = sqlx::query_scalar("SELECT max(at) FROM instance_event WHERE kind = 'backed_up'");
        Ok(at.fetch_one(&self.readers).await.map(|at: Option<i64>| at.map(Timestamp))?)
    }
}

/// The address of a file. Everything but what a path plainly holds is escaped, so that no directory's name can be
/// read as a part of it.
pub(super) fn sqlite_file(path: &Path, mode: &str) -> String {
    let escaped = |&byte: &u8| match byte {
        b'/' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
        byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    let path: String = path.as_os_str().as_encoded_bytes().iter().map(escaped).collect();
    format!("sqlite://{path}?mode={mode}")
}

/// Where all logs end: the instance's own, and those of all conversations by their ids.
pub(super) async fn heads(connection: &mut AnyConnection) -> Result<Vec<LogHead>, StoreError> {
    let row =
        sqlx::query("SELECT seq, head FROM instance WHERE id = 1").fetch_optional(&mut *connection).await?;
    let mut heads = Vec::new();
    if let Some(row) = row {
        let seq = read_seq(row.try_get("seq")?);
        heads.push(LogHead { conversation: None, seq, hash: row.try_get("head")? });
    }
    let rows =
        sqlx::query("SELECT id, seq, head FROM conversation ORDER BY id").fetch_all(connection).await?;
    for row in rows {
        heads.push(LogHead {
            conversation: Some(ConversationId::from_stored(row.try_get("id")?)),
            seq: read_seq(row.try_get("seq")?),
            hash: row.try_get("head")?,
        });
    }
    Ok(heads)
}
