//! What had been published of conversations that were deleted.

use sqlx::Row;

use super::Store;
use super::instance::{RightsChange, append};
use crate::domain::{ConversationId, Slug, Timestamp};
use crate::instance::{InstanceAct, InstanceActor};
use crate::store::error::StoreError;

impl Store {
    /// Keeps what everybody could read of a conversation, as JSON, in place of what was kept of it before.
    pub async fn keep_results(
        &self,
        slug: &Slug,
        conversation: ConversationId,
        results: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query(
            "INSERT INTO kept_results (slug, conversation, kept_at, results) VALUES (?, ?, ?, ?)
             ON CONFLICT (slug) DO UPDATE SET kept_at = excluded.kept_at, results = excluded.results",
        )
        .bind(slug.as_str())
        .bind(conversation.stored())
        .bind(now.0)
        .bind(results)
        .execute(transaction.connection())
        .await?;
        transaction.commit().await
    }

    /// Keeps something else under an address: a statement of somebody who wants to be forgotten goes out of it.
    pub async fn change_kept_results(
        &self,
        by: InstanceActor,
        slug: &Slug,
        results: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let conversation: Option<i64> =
            sqlx::query_scalar("UPDATE kept_results SET results = ? WHERE slug = ? RETURNING conversation")
                .bind(results)
                .bind(slug.as_str())
                .fetch_optional(&mut *connection)
                .await?;
        let Some(conversation) = conversation.map(ConversationId::from_stored) else { return Ok(()) };
        let act = InstanceAct::KeptStatementErased { conversation };
        append(connection, now, by, act, RightsChange::None).await?;
        transaction.commit().await?;
        self.writer.empty_log().await.map(|_| ())
    }

    /// What is kept under an address, and since when.
    pub async fn kept_results(&self, slug: &Slug) -> Result<Option<(String, Timestamp)>, StoreError> {
        let row = sqlx::query(
            "SELECT k.kept_at, k.results FROM kept_results k
             JOIN conversation c ON c.id = k.conversation AND c.state = 'deleted' WHERE k.slug = ?",
        );
        let Some(row) = row.bind(slug.as_str()).fetch_optional(&self.readers).await? else { return Ok(None) };
        Ok(Some((row.try_get("results")?, Timestamp(row.try_get("kept_at")?))))
    }
}
