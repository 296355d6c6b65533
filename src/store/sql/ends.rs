//! Where all logs end, and when something was recorded last.

use sqlx::{AnyConnection, Row};

use super::numbers::read_seq;
use super::store::Store;
use crate::domain::{ConversationId, Timestamp};
use crate::store::error::StoreError;
use crate::store::staff::LogHead;

impl Store {
    /// Where all logs end: the instance's own, and those of all conversations by their ids.
    pub async fn log_heads(&self) -> Result<Vec<LogHead>, StoreError> {
        let mut view = self.readers.begin().await?;
        heads(&mut view).await
    }

    /// When anything was recorded last, in any log.
    pub async fn last_event_at(&self) -> Result<Option<Timestamp>, StoreError> {
        let at = sqlx::query_scalar(
            "SELECT max(at) FROM (
                SELECT max(at) AS at FROM instance_event
                UNION ALL
                SELECT e.at FROM conversation c JOIN event e ON e.conversation = c.id AND e.seq = c.seq
             ) AS latest",
        );
        Ok(at.fetch_one(&self.readers).await.map(|at: Option<i64>| at.map(Timestamp))?)
    }

    /// When the last backup was made, as the instance's log says.
    pub async fn last_backup(&self) -> Result<Option<Timestamp>, StoreError> {
        let at = sqlx::query_scalar("SELECT max(at) FROM instance_event WHERE kind = 'backed_up'");
        Ok(at.fetch_one(&self.readers).await.map(|at: Option<i64>| at.map(Timestamp))?)
    }
}

/// Where all logs end: the instance's own, and those of all conversations by their ids.
pub(in crate::store) async fn heads(connection: &mut AnyConnection) -> Result<Vec<LogHead>, StoreError> {
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
