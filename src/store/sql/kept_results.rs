//! What had been published of conversations that were deleted.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::forget_notes::write_outside;
use super::instance::{RightsChange, append};
use super::store::Store;
use crate::domain::{ConversationId, Slug, StatementNumber, Timestamp};
use crate::instance::{InstanceAct, InstanceActor};
use crate::store::batch::NewEvents;
use crate::store::erasures::Erasure;
use crate::store::error::StoreError;

/// Keeps what everybody could read of a conversation that is deleted, while its address is still known.
pub(super) async fn keep_results(connection: &mut AnyConnection, new: &NewEvents) -> Result<(), StoreError> {
    let Some(results) = new.kept.as_ref().filter(|_| new.is_deleted()) else { return Ok(()) };
    sqlx::query(
        "INSERT INTO kept_results (slug, conversation, kept_at, results)
         SELECT slug, id, $1, $2 FROM conversation WHERE id = $3
         ON CONFLICT (slug) DO UPDATE
            SET conversation = excluded.conversation, kept_at = excluded.kept_at, results = excluded.results",
    )
    .bind(new.at.0)
    .bind(results)
    .bind(new.conversation.stored())
    .execute(connection)
    .await?;
    Ok(())
}

impl Store {
    /// Takes a statement's words out of what is kept under an address: `change` is given it as JSON, and says what
    /// stands there instead. It is noted outside the data directory first, as every erasure is.
    pub async fn erase_kept_statement(
        &self,
        by: InstanceActor,
        (slug, statement): (&Slug, StatementNumber),
        change: impl FnOnce(&str) -> serde_json::Result<Option<String>> + Send,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let row = sqlx::query("SELECT conversation, results FROM kept_results WHERE slug = $1")
            .bind(slug.as_str())
            .fetch_optional(&mut *connection)
            .await?;
        let Some(row) = row else { return Ok(false) };
        let conversation = ConversationId::from_stored(row.try_get("conversation")?);
        let results = change(row.try_get("results")?)
            .map_err(|error| StoreError::damaged(format!("kept results can't be read: {error}")))?;
        let Some(results) = results else { return Ok(false) };
        let erasure = Erasure::of_kept_statement(now, conversation, statement);
        write_outside(&self.writer.erasures, vec![erasure]).await?;
        sqlx::query("UPDATE kept_results SET results = $1 WHERE slug = $2")
            .bind(results)
            .bind(slug.as_str())
            .execute(&mut *connection)
            .await?;
        let act = InstanceAct::KeptStatementErased { conversation };
        append(connection, now, by, act, RightsChange::None).await?;
        self.writer.words_go();
        transaction.commit().await?;
        self.writer.drop_words().await;
        Ok(true)
    }

    /// Statements that were taken out of what is kept of a conversation, by the note outside the data directory: a
    /// backup from before knows nothing of it.
    pub async fn erased_kept_statements(
        &self,
        conversation: ConversationId,
    ) -> Result<Vec<StatementNumber>, StoreError> {
        let record = self.writer.erasures.clone();
        let read = tokio::task::spawn_blocking(move || record.read()).await;
        let erasures = match read.map_err(std::io::Error::other).flatten() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            read => read.map_err(|error| StoreError::failed("the note of erasures can't be read", error))?,
        };
        let conversation = conversation.to_string();
        let here = erasures.iter().filter(|erasure| erasure.conversation == conversation);
        Ok(here.filter_map(|erasure| erasure.statement).collect())
    }

    /// Deleted conversations of which something is kept, with its address.
    pub async fn kept_conversations(&self) -> Result<Vec<(ConversationId, Slug)>, StoreError> {
        let rows = sqlx::query("SELECT conversation, slug FROM kept_results ORDER BY slug");
        let read = |row: &AnyRow| {
            let slug: String = row.try_get("slug")?;
            let slug = Slug::parse(&slug).map_err(|_| StoreError::damaged("an address is not one"))?;
            Ok((ConversationId::from_stored(row.try_get("conversation")?), slug))
        };
        rows.fetch_all(&self.readers).await?.iter().map(read).collect()
    }

    /// What is kept under an address, and since when.
    pub async fn kept_results(&self, slug: &Slug) -> Result<Option<(String, Timestamp)>, StoreError> {
        let row = sqlx::query(
            "SELECT k.kept_at, k.results FROM kept_results k
             JOIN conversation c ON c.id = k.conversation AND c.state = 'deleted' WHERE k.slug = $1",
        );
        let Some(row) = row.bind(slug.as_str()).fetch_optional(&self.readers).await? else { return Ok(None) };
        Ok(Some((row.try_get("results")?, Timestamp(row.try_get("kept_at")?))))
    }
}
