//! What organisers have published beside the computed results.

use sqlx::{AnyConnection, Row};

use super::store::Store;
use crate::domain::ConversationId;
use crate::store::batch::NewEvents;
use crate::store::error::StoreError;

/// Keeps what is published with a batch. All of it goes with the conversation.
pub(super) async fn keep_documents(
    connection: &mut AnyConnection,
    new: &NewEvents,
) -> Result<(), StoreError> {
    if new.is_deleted() {
        sqlx::query("DELETE FROM published_document WHERE conversation = $1")
            .bind(new.conversation.stored())
            .execute(&mut *connection)
            .await?;
    }
    for (name, content) in &new.documents {
        sqlx::query("INSERT INTO published_document (conversation, name, content) VALUES ($1, $2, $3)")
            .bind(new.conversation.stored())
            .bind(name.as_str())
            .bind(content.as_str())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

impl Store {
    /// What was published of a conversation under this name.
    pub async fn published_document(
        &self,
        conversation: ConversationId,
        name: &str,
    ) -> Result<Option<String>, StoreError> {
        let row = sqlx::query("SELECT content FROM published_document WHERE conversation = $1 AND name = $2")
            .bind(conversation.stored())
            .bind(name)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| Ok(row.try_get("content")?)).transpose()
    }
}
