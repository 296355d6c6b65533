//! Accounts: their numbers, names, and what signing in is held against.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::log::{RightsChange, append};
use super::sessions::end_other_sessions;
use crate::domain::{EmailAddress, PersonalText, StaffNumber, Timestamp, TokenHash};
use crate::instance::{InstanceAct, InstanceActor};
use crate::store::error::StoreError;
use crate::store::mail::NewMail;
use crate::store::sql::numbers::staff_number;
use crate::store::sql::outbox::put_in;
use crate::store::sql::store::Store;
use crate::store::staff::Account;

impl Store {
    /// The name behind a number of staff.
    pub async fn staff_name(&self, number: StaffNumber) -> Result<Option<String>, StoreError> {
        let name = sqlx::query_scalar("SELECT name FROM staff WHERE number = $1").bind(i64::from(number.0));
        Ok(name.fetch_optional(&self.readers).await?)
    }

    /// The names behind all numbers of staff.
    pub async fn staff_names(&self) -> Result<Vec<(StaffNumber, String)>, StoreError> {
        let rows = sqlx::query("SELECT number, name FROM staff ORDER BY number").fetch_all(&self.readers);
        let named = |row: &AnyRow| Ok((staff_number(row.try_get("number")?)?, row.try_get("name")?));
        rows.await?.iter().map(named).collect()
    }

    /// The addresses that accounts sign in with.
    pub async fn staff_addresses(&self) -> Result<Vec<(StaffNumber, EmailAddress)>, StoreError> {
        let rows = sqlx::query("SELECT number, address FROM staff WHERE address IS NOT NULL ORDER BY number");
        let read = |row: &AnyRow| {
            let address: String = row.try_get("address")?;
            let address = EmailAddress::parse(&address);
            let address = address.ok_or_else(|| StoreError::damaged("an address is not one"))?;
            Ok((staff_number(row.try_get("number")?)?, address))
        };
        rows.fetch_all(&self.readers).await?.iter().map(read).collect()
    }

    /// The largest number of staff that was given; 0 for none.
    pub async fn last_staff_number(&self) -> Result<StaffNumber, StoreError> {
        let number: i64 =
            sqlx::query_scalar("SELECT coalesce(max(number), 0) FROM staff").fetch_one(&self.readers).await?;
        staff_number(number)
    }

    /// The account that signs in with this address.
    pub async fn account(&self, address: &EmailAddress) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query(
            "SELECT s.number, s.address, s.password, s.totp, s.totp_step,
                (SELECT count(*) FROM recovery_code c WHERE c.staff = s.number) AS codes
             FROM staff s WHERE s.address = $1",
        )
        .bind(address.as_str().to_owned())
        .fetch_optional(&self.readers)
        .await?;
        self.noted(row.as_ref().map(account).transpose())
    }

    /// The same by its number.
    pub async fn account_of(&self, number: StaffNumber) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query(
            "SELECT s.number, s.address, s.password, s.totp, s.totp_step,
                (SELECT count(*) FROM recovery_code c WHERE c.staff = s.number) AS codes
             FROM staff s WHERE s.number = $1 AND s.address IS NOT NULL",
        )
        .bind(i64::from(number.0))
        .fetch_optional(&self.readers)
        .await?;
        self.noted(row.as_ref().map(account).transpose())
    }

    /// Makes an account without a password: links alone let it in. For the demo, and for tests.
    pub async fn add_account(
        &self,
        address: &EmailAddress,
        salt: [u8; 16],
        now: Timestamp,
    ) -> Result<StaffNumber, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let number =
            insert_account(transaction.connection(), (address, salt), None, now, InstanceActor::CommandLine)
                .await?;
        transaction.commit().await?;
        Ok(number)
    }

    /// Sets a new password: every session but this one ends.
    pub async fn set_password(
        &self,
        number: StaffNumber,
        password: &str,
        keep: TokenHash,
        mails: &[NewMail],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        sqlx::query("UPDATE staff SET password = $1 WHERE number = $2")
            .bind(password)
            .bind(i64::from(number.0))
            .execute(&mut *connection)
            .await?;
        end_other_sessions(connection, number, keep).await?;
        let act = InstanceAct::PasswordChanged { account: number };
        append(connection, now, InstanceActor::Staff(number), act, RightsChange::Some).await?;
        put_in(connection, mails, now).await?;
        transaction.commit().await
    }
}

/// One more account; its address is free, as was looked up in the same transaction.
pub(super) async fn insert_account(
    connection: &mut AnyConnection,
    (address, salt): (&EmailAddress, [u8; 16]),
    password: Option<&str>,
    now: Timestamp,
    by: InstanceActor,
) -> Result<StaffNumber, StoreError> {
    let number: i64 = sqlx::query_scalar(
        "INSERT INTO staff (name, address, password, created_at) VALUES ($1, $2, $3, $4) RETURNING number",
    )
    .bind(address.as_str().to_owned())
    .bind(address.as_str().to_owned())
    .bind(password.map(str::to_owned))
    .bind(now.0)
    .fetch_one(&mut *connection)
    .await?;
    let number = staff_number(number)?;
    // They made it themselves, if nobody else did.
    let by = if by == InstanceActor::System { InstanceActor::Staff(number) } else { by };
    let address = PersonalText::new(address.as_str(), salt);
    let act = InstanceAct::AccountMade { account: number, address };
    append(connection, now, by, act, RightsChange::None).await?;
    Ok(number)
}

fn account(row: &AnyRow) -> Result<Account, StoreError> {
    let address: String = row.try_get("address")?;
    Ok(Account {
        number: staff_number(row.try_get("number")?)?,
        address: EmailAddress::parse(&address).ok_or_else(|| StoreError::damaged("an address is not one"))?,
        password: row.try_get("password")?,
        totp: row.try_get("totp")?,
        totp_step: u64::try_from(row.try_get::<i64, _>("totp_step")?).unwrap_or(0),
        recovery_codes: u32::try_from(row.try_get::<i64, _>("codes")?).unwrap_or(0),
    })
}
