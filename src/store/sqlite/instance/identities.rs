//! Whom a provider knows as whom.

use sqlx::AnyConnection;

use super::accounts::staff_number;
use super::log::{RightsChange, append};
use super::sessions::insert_session;
use crate::domain::{EmailAddress, StaffNumber, Timestamp};
use crate::instance::{InstanceAct, InstanceActor};
use crate::store::error::StoreError;
use crate::store::sqlite::Store;
use crate::store::staff::NewSession;

impl Store {
    /// Opens a session of whom a provider knows: as it did before, or else by their address, which it has checked.
    /// None where there is no such account, or it is that of somebody else there.
    pub async fn sign_in_by_provider(
        &self,
        (issuer, subject): (&str, &str),
        address: &EmailAddress,
        session: &NewSession,
        now: Timestamp,
    ) -> Result<Option<StaffNumber>, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let known: Option<i64> =
            sqlx::query_scalar("SELECT staff FROM staff_identity WHERE issuer = ? AND subject = ?")
                .bind(issuer)
                .bind(subject)
                .fetch_optional(&mut *connection)
                .await?;
        let staff = match known {
            Some(staff) => staff_number(staff)?,
            None => {
                let named: Option<i64> = sqlx::query_scalar("SELECT number FROM staff WHERE address = ?")
                    .bind(address.as_str())
                    .fetch_optional(&mut *connection)
                    .await?;
                let Some(named) = named else { return Ok(None) };
                let staff = staff_number(named)?;
                let linked: i64 =
                    sqlx::query_scalar("SELECT count(*) FROM staff_identity WHERE issuer = ? AND staff = ?")
                        .bind(issuer)
                        .bind(named)
                        .fetch_one(&mut *connection)
                        .await?;
                // The provider knows somebody else as this account: whoever has the address now is not them.
                if linked > 0 {
                    return Ok(None);
                }
                insert_identity(connection, (issuer, subject), staff, now).await?;
                staff
            }
        };
        insert_session(connection, staff, session, now).await?;
        transaction.commit().await?;
        Ok(Some(staff))
    }
}

/// Notes whom a provider knows as this account.
pub(super) async fn insert_identity(
    connection: &mut AnyConnection,
    (issuer, subject): (&str, &str),
    staff: StaffNumber,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO staff_identity (issuer, subject, staff) VALUES (?, ?, ?)")
        .bind(issuer)
        .bind(subject)
        .bind(i64::from(staff.0))
        .execute(&mut *connection)
        .await?;
    let act = InstanceAct::ProviderLinked { account: staff };
    append(connection, now, InstanceActor::Staff(staff), act, RightsChange::None).await
}
