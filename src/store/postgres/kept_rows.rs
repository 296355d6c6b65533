//! What stands beside the logs, in rows: a node that takes a conversation over reads what another one kept of it.

use std::sync::Arc;
use std::time::Duration;

use sqlx::Connection;
use sqlx::postgres::PgConnection;

use super::hosts::Hosts;
use super::kept_connection::KeptConnection;
use crate::domain::ConversationId;
use crate::store::error::StoreError;
use crate::store::place::Epoch;

/// The length of a row.
const PART: usize = 1 << 20;
/// Something that takes longer is given up: it can be made again from the log.
const DONE_WITHIN: Duration = Duration::from_secs(30);

/// Rows, on a connection of their own: a large one keeps no vote waiting.
pub(in crate::store) struct KeptRows {
    connection: KeptConnection,
}

impl KeptRows {
    /// Those of these hosts; it connects when it is first needed.
    pub fn new(hosts: Arc<Hosts>) -> Self {
        // A cache: no standby has to have it.
        Self { connection: KeptConnection::new(hosts, "SET synchronous_commit = off", DONE_WITHIN) }
    }

    /// What was kept last.
    pub async fn read(
        &self,
        kind: &str,
        conversation: ConversationId,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let doing = async |connection: &mut PgConnection| {
            let parts: Vec<Vec<u8>> = sqlx::query_scalar(
                "SELECT bytes FROM kept_bytes WHERE conversation = $1 AND kind = $2 ORDER BY part",
            )
            .bind(conversation.stored())
            .bind(kind)
            .fetch_all(connection)
            .await?;
            Ok((!parts.is_empty()).then(|| parts.concat()))
        };
        self.connection.run(doing).await
    }

    /// Keeps this in the place of what was kept before; not where somebody else has the conversation since that epoch.
    pub async fn write(
        &self,
        kind: &str,
        conversation: ConversationId,
        of: Option<Epoch>,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let doing = async |connection: &mut PgConnection| {
            let mut transaction = connection.begin().await?;
            let is_current: bool = sqlx::query_scalar(
                "SELECT EXISTS (SELECT FROM conversation WHERE id = $1 AND epoch = COALESCE($2, epoch))",
            )
            .bind(conversation.stored())
            .bind(of.map(|epoch| epoch.0))
            .fetch_one(&mut *transaction)
            .await?;
            if !is_current {
                return transaction.rollback().await;
            }
            sqlx::query("DELETE FROM kept_bytes WHERE conversation = $1 AND kind = $2")
                .bind(conversation.stored())
                .bind(kind)
                .execute(&mut *transaction)
                .await?;
            for (part, bytes) in (0_i64..).zip(bytes.chunks(PART)) {
                sqlx::query(
                    "INSERT INTO kept_bytes (conversation, kind, part, bytes) VALUES ($1, $2, $3, $4)",
                )
                .bind(conversation.stored())
                .bind(kind)
                .bind(part)
                .bind(bytes)
                .execute(&mut *transaction)
                .await?;
            }
            transaction.commit().await
        };
        self.connection.run(doing).await
    }
}
