//! Who may come in: participants' tokens, one-time role links, role sessions. Secrets are kept
//! only as hashes.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::domain::{ConversationId, ParticipantNumber, Role, StaffNumber, Timestamp, TokenHash};

use super::Store;
use crate::store::error::StoreError;

/// A one-time link that gives a role.
#[derive(Clone, Debug)]
pub struct RoleLink {
    /// The role it gives.
    pub role: Role,
    /// The name of whoever it is for: what they do is in the log under a number that stands for it.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// From then on it gives nothing.
    pub expires_at: Timestamp,
}

/// A browser that used a role link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RoleSession {
    /// What it may do.
    pub role: Role,
    /// Who that is in the log.
    pub staff: StaffNumber,
}

impl Store {
    /// Every token of a conversation and the participant it is.
    pub async fn participant_tokens(
        &self,
        conversation: ConversationId,
    ) -> Result<Vec<(TokenHash, ParticipantNumber)>, StoreError> {
        let rows = self.stored_tokens(conversation).await?;
        rows.into_iter().map(|row| row.map_err(StoreError::damaged)).collect()
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

    /// Keeps a new role link, and gives whoever it is for a number.
    pub async fn add_role_link(&self, token: TokenHash, link: RoleLink) -> Result<StaffNumber, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let number: i64 =
            sqlx::query_scalar("INSERT INTO staff (name, created_at) VALUES (?, ?) RETURNING number")
                .bind(link.name)
                .bind(link.created_at.0)
                .fetch_one(transaction.connection())
                .await?;
        sqlx::query("INSERT INTO role_link (token_hash, role, staff, expires_at) VALUES (?, ?, ?, ?)")
            .bind(token.to_string())
            .bind(link.role.as_str())
            .bind(number)
            .bind(link.expires_at.0)
            .execute(transaction.connection())
            .await?;
        transaction.commit().await?;
        staff_number(number)
    }

    /// The name behind a number of staff.
    pub async fn staff_name(&self, number: StaffNumber) -> Result<Option<String>, StoreError> {
        let name = sqlx::query_scalar("SELECT name FROM staff WHERE number = ?").bind(i64::from(number.0));
        Ok(name.fetch_optional(&self.readers).await?)
    }

    /// The largest number of staff that was given; 0 for none.
    pub async fn last_staff_number(&self) -> Result<StaffNumber, StoreError> {
        let number: i64 =
            sqlx::query_scalar("SELECT coalesce(max(number), 0) FROM staff").fetch_one(&self.readers).await?;
        staff_number(number)
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
        let used = sqlx::query(
            "DELETE FROM role_link WHERE token_hash = ? AND expires_at > ? RETURNING role, staff",
        )
        .bind(link.to_string())
        .bind(now.0)
        .fetch_optional(transaction.connection())
        .await?;
        let Some(RoleSession { role, staff }) = used.as_ref().map(role_session).transpose()?.flatten() else {
            return Ok(None);
        };
        sqlx::query("INSERT INTO role_session (token_hash, role, staff, expires_at) VALUES (?, ?, ?, ?)")
            .bind(session.to_string())
            .bind(role.as_str())
            .bind(i64::from(staff.0))
            .bind(session_expires_at.0)
            .execute(transaction.connection())
            .await?;
        transaction.commit().await?;
        Ok(Some(role))
    }

    /// Who a session is, and what it may do.
    pub async fn session_role(
        &self,
        session: TokenHash,
        now: Timestamp,
    ) -> Result<Option<RoleSession>, StoreError> {
        let row = sqlx::query("SELECT role, staff FROM role_session WHERE token_hash = ? AND expires_at > ?")
            .bind(session.to_string())
            .bind(now.0)
            .fetch_optional(&self.readers)
            .await;
        let row = self.noted(row.map_err(StoreError::from))?;
        Ok(row.as_ref().map(role_session).transpose()?.flatten())
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

/// A row's role and number; nothing for a role that this program does not know.
fn role_session(row: &AnyRow) -> Result<Option<RoleSession>, StoreError> {
    let role: String = row.try_get("role")?;
    let staff = staff_number(row.try_get("staff")?)?;
    Ok(Role::parse(&role).map(|role| RoleSession { role, staff }))
}

fn staff_number(stored: i64) -> Result<StaffNumber, StoreError> {
    let number = u32::try_from(stored).map_err(|_| StoreError::damaged("a number of staff is not one"));
    number.map(StaffNumber)
}
