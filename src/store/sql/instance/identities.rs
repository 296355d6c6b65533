//! Whom a provider knows as whom.

use sqlx::AnyConnection;

use super::log::{RightsChange, append};
use super::sessions::{end_other_sessions, insert_session};
use crate::domain::{StaffNumber, Timestamp, TokenHash};
use crate::instance::{InstanceAct, InstanceActor};
use crate::store::error::StoreError;
use crate::store::mail::NewMail;
use crate::store::sql::numbers::staff_number;
use crate::store::sql::outbox::put_in;
use crate::store::sql::store::Store;
use crate::store::staff::NewSession;

impl Store {
    /// Opens a session of whom a provider knows. None where no account is joined with them. An address alone joins
    /// nobody: whoever typed it when the account was made may be somebody else.
    pub async fn sign_in_by_provider(
        &self,
        identity: (&str, &str),
        session: &NewSession,
        now: Timestamp,
    ) -> Result<Option<StaffNumber>, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let Some(staff) = joined_with(connection, identity).await? else { return Ok(None) };
        insert_session(connection, staff, session, now).await?;
        transaction.commit().await?;
        Ok(Some(staff))
    }

    /// Joins an account with whom a provider knows. False where that is another account already, or the provider
    /// knows somebody else as this one.
    pub async fn join_provider(
        &self,
        (staff, session): (StaffNumber, TokenHash),
        (issuer, subject): (&str, &str),
        mails: &[NewMail],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        // The provider took its time: who was signed out meanwhile joins nothing.
        let signed_in: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM staff_session
             WHERE token_hash = $1 AND staff = $2 AND stage = 'full' AND expires_at > $3",
        )
        .bind(session.to_string())
        .bind(i64::from(staff.0))
        .bind(now.0)
        .fetch_one(&mut *connection)
        .await?;
        if signed_in == 0 {
            return Ok(false);
        }
        if let Some(joined) = joined_with(connection, (issuer, subject)).await? {
            return Ok(joined == staff);
        }
        let others: i64 =
            sqlx::query_scalar("SELECT count(*) FROM staff_identity WHERE issuer = $1 AND staff = $2")
                .bind(issuer)
                .bind(i64::from(staff.0))
                .fetch_one(&mut *connection)
                .await?;
        if others > 0 {
            return Ok(false);
        }
        insert_identity(connection, (issuer, subject), staff, now).await?;
        put_in(connection, mails, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// A provider no longer signs somebody in, and every session of theirs but this one ends.
    pub async fn part_from_provider(
        &self,
        staff: StaffNumber,
        issuer: &str,
        keep: TokenHash,
        mails: &[NewMail],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let parted = sqlx::query("DELETE FROM staff_identity WHERE issuer = $1 AND staff = $2")
            .bind(issuer)
            .bind(i64::from(staff.0))
            .execute(&mut *connection)
            .await?;
        if parted.rows_affected() == 0 {
            return Ok(false);
        }
        end_other_sessions(connection, staff, keep).await?;
        let act = InstanceAct::ProviderUnlinked { account: staff };
        append(connection, now, InstanceActor::Staff(staff), act, RightsChange::Some).await?;
        put_in(connection, mails, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// The providers that sign somebody in.
    pub async fn providers_of(&self, staff: StaffNumber) -> Result<Vec<String>, StoreError> {
        let issuers =
            sqlx::query_scalar("SELECT issuer FROM staff_identity WHERE staff = $1 ORDER BY issuer");
        Ok(issuers.bind(i64::from(staff.0)).fetch_all(&self.readers).await?)
    }
}

/// No provider signs somebody in any more.
pub(super) async fn part_from_all(
    connection: &mut AnyConnection,
    staff: StaffNumber,
    now: Timestamp,
) -> Result<(), StoreError> {
    let parted = sqlx::query("DELETE FROM staff_identity WHERE staff = $1")
        .bind(i64::from(staff.0))
        .execute(&mut *connection)
        .await?;
    if parted.rows_affected() == 0 {
        return Ok(());
    }
    let act = InstanceAct::ProviderUnlinked { account: staff };
    append(connection, now, InstanceActor::System, act, RightsChange::None).await
}

/// Which account is joined with whom a provider knows.
async fn joined_with(
    connection: &mut AnyConnection,
    (issuer, subject): (&str, &str),
) -> Result<Option<StaffNumber>, StoreError> {
    let staff: Option<i64> =
        sqlx::query_scalar("SELECT staff FROM staff_identity WHERE issuer = $1 AND subject = $2")
            .bind(issuer)
            .bind(subject)
            .fetch_optional(connection)
            .await?;
    staff.map(staff_number).transpose()
}

/// Notes whom a provider knows as this account.
pub(super) async fn insert_identity(
    connection: &mut AnyConnection,
    (issuer, subject): (&str, &str),
    staff: StaffNumber,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO staff_identity (issuer, subject, staff) VALUES ($1, $2, $3)")
        .bind(issuer)
        .bind(subject)
        .bind(i64::from(staff.0))
        .execute(&mut *connection)
        .await?;
    let act = InstanceAct::ProviderLinked { account: staff };
    append(connection, now, InstanceActor::Staff(staff), act, RightsChange::None).await
}
