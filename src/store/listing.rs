//! The list of conversations.

use sqlx::Row;

use crate::domain::{ConversationId, Slug};

use super::{Store, StoreError};

/// One conversation in a list.
#[derive(Clone, Debug)]
pub struct ConversationSummary {
    /// Its id.
    pub id: ConversationId,
    /// Its name in addresses.
    pub slug: Slug,
    /// `draft`, `open` or `closed`.
    pub state: String,
    /// Its question.
    pub question: String,
    /// Shown on the instance's first page.
    pub listed: bool,
}

/// The most conversations that a page lists.
const LIST_MAX: i64 = 500;

impl Store {
    /// The conversations of this instance, newest first, at most 500.
    pub async fn conversations(&self) -> Result<Vec<ConversationSummary>, StoreError> {
        self.newest_conversations(LIST_MAX).await
    }

    /// All conversations of this instance, newest first.
    pub async fn every_conversation(&self) -> Result<Vec<ConversationSummary>, StoreError> {
        self.newest_conversations(i64::MAX).await
    }

    async fn newest_conversations(&self, most: i64) -> Result<Vec<ConversationSummary>, StoreError> {
        let rows = sqlx::query(
            "SELECT c.id, c.slug, c.state, c.listed, coalesce(t.text, '') AS question
             FROM conversation c
             LEFT JOIN personal_text t ON t.conversation = c.id AND t.commitment = c.question
             ORDER BY c.created_at DESC, c.slug LIMIT ?",
        )
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        rows.iter()
            .map(|row| {
                let slug: String = row.try_get("slug")?;
                Ok(ConversationSummary {
                    id: ConversationId::from_stored(row.try_get("id")?),
                    slug: Slug::parse(&slug).map_err(|e| StoreError::Corrupt(e.to_string()))?,
                    state: row.try_get("state")?,
                    question: row.try_get("question")?,
                    listed: row.try_get::<i64, _>("listed")? != 0,
                })
            })
            .collect()
    }
}
