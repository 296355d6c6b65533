//! What goes out of the database with a batch.

use sqlx::AnyConnection;

use crate::store::batch::NewEvents;
use crate::store::error::StoreError;

/// Words that go away: the log keeps what it committed to.
pub(super) async fn delete_texts(connection: &mut AnyConnection, new: &NewEvents) -> Result<(), StoreError> {
    if new.is_deleted() {
        sqlx::query("DELETE FROM personal_text WHERE conversation = $1")
            .bind(new.conversation.stored())
            .execute(&mut *connection)
            .await?;
    }
    for commitment in &new.forgotten {
        sqlx::query("DELETE FROM personal_text WHERE conversation = $1 AND commitment = $2")
            .bind(new.conversation.stored())
            .bind(commitment.as_str())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The ways from tokens to people who are erased, or to all.
pub(super) async fn delete_tokens(connection: &mut AnyConnection, new: &NewEvents) -> Result<(), StoreError> {
    if new.links_go() {
        sqlx::query("DELETE FROM participant_token WHERE conversation = $1")
            .bind(new.conversation.stored())
            .execute(&mut *connection)
            .await?;
    }
    for participant in new.erased() {
        sqlx::query("DELETE FROM participant_token WHERE conversation = $1 AND participant = $2")
            .bind(new.conversation.stored())
            .bind(i64::from(participant.0))
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
