//! Who may come in: participants' tokens, one-time role links, role sessions. Secrets are kept
//! only as hashes.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::domain::{ConversationId, ParticipantNumber, Role, Timestamp, TokenHash};

use super::{Store, StoreError};

/// A one-time link that gives a role.
#[derive(Clone, Copy, Debug)]
pub struct RoleLink {
    /// The role it gives.
    pub role: Role,
    /// From then on it gives nothing.
    pub expires_at: Timestamp,
}

impl Store {
    /// Every token of a conversation and the participant it is.
    pub async fn participant_tokens(
        &self,
        conversation: ConversationId,
    ) -> Result<Vec<(TokenHash, ParticipantNumber)>, StoreError> {
        let rows = self.stored_tokens(conversation).await?;
        rows.into_iter().map(|row| row.map_err(StoreError::Corrupt)).collect()
    }

    /// The same row by row: the token, or what is wrong with it.
    pub async fn stored_tokens(
        &self,
        conversation: ConversationId,
    ) -> Result<Vec<Result<(TokenHash, ParticipantNumber), String>>, StoreError> {
        let rows =
            sqlx::query("SELECT token_hash, participant FROM participant_token WHERE conversation = ?")
                .bind(conversation.stored())
                .fetch_all(&self.readers)
                .await?;
        let token = |row: &AnyRow| {
            let hash: String = row.try_get("token_hash").map_err(|error| error.to_string())?;
            let number: i64 = row.try_get("participant").map_err(|error| error.to_string())?;
            let number = u32::try_from(number)
                .map_err(|_| format!("a token is of participant {number}, who can't be"))?;
            let hash = TokenHash::parse(&hash)
                .ok_or_else(|| format!("the hash of a token of participant {number} is not a hash"))?;
            Ok((hash, ParticipantNumber(number)))
        };
        Ok(rows.iter().map(token).collect())
    }

    /// Keeps a new role link.
    pub async fn add_role_link(&self, token: TokenHash, link: RoleLink) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("INSERT INTO role_link (token_hash, role, expires_at) VALUES (?, ?, ?)")
            .bind(token.to_string())
            .bind(link.role.as_str())
            .bind(link.expires_at.0)
            .execute(transaction.connection())
            .await?;
        transaction.commit().await
    }

    /// Takes a role link away.
    pub(super) async fn remove_role_link(&self, token: TokenHash) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("DELETE FROM role_link WHERE token_hash = ?")
            .bind(token.to_string())
            .execute(transaction.connection())
            .await?;
        transaction.commit().await
    }

    /// The role that a link would give, without using it up.
    pub async fn role_link(&self, token: TokenHash, now: Timestamp) -> Result<Option<Role>, StoreError> {
        let role = sqlx::query_scalar::<_, String>(
            "SELECT role FROM role_link WHERE token_hash = ? AND expires_at > ?",
        )
        .bind(token.to_string())
        .bind(now.0)
        .fetch_optional(&self.readers)
        .await;
        let role = self.noted(role.map_err(StoreError::from))?;
        Ok(role.as_deref().and_then(Role::parse))
    }

    /// Uses a link up and opens a session with its role, in one transaction.
    pub async fn use_role_link(
        &self,
        link: TokenHash,
        session: TokenHash,
        now: Timestamp,
        session_expires_at: Timestamp,
    ) -> Result<Option<Role>, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let role = sqlx::query_scalar::<_, String>(
            "DELETE FROM role_link WHERE token_hash = ? AND expires_at > ? RETURNING role",
        )
        .bind(link.to_string())
        .bind(now.0)
        .fetch_optional(transaction.connection())
        .await?;
        let Some(role) = role.as_deref().and_then(Role::parse) else {
            return Ok(None);
        };
        sqlx::query("INSERT INTO role_session (token_hash, role, expires_at) VALUES (?, ?, ?)")
            .bind(session.to_string())
            .bind(role.as_str())
            .bind(session_expires_at.0)
            .execute(transaction.connection())
            .await?;
        transaction.commit().await?;
        Ok(Some(role))
    }

    /// The role of a session.
    pub async fn session_role(&self, session: TokenHash, now: Timestamp) -> Result<Option<Role>, StoreError> {
        let role = sqlx::query_scalar::<_, String>(
            "SELECT role FROM role_session WHERE token_hash = ? AND expires_at > ?",
        )
        .bind(session.to_string())
        .bind(now.0)
        .fetch_optional(&self.readers)
        .await;
        let role = self.noted(role.map_err(StoreError::from))?;
        Ok(role.as_deref().and_then(Role::parse))
    }

    /// Ends a session.
    pub async fn end_session(&self, session: TokenHash) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("DELETE FROM role_session WHERE token_hash = ?")
            .bind(session.to_string())
            .execute(transaction.connection())
            .await?;
        transaction.commit().await
    }
}
