//! The outbox: mail is written in the transaction of what it is about, and sent afterwards.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::store::Store;
use crate::domain::Timestamp;
use crate::store::error::StoreError;
use crate::store::mail::{MailKind, NewMail, WaitingMail};

/// Mails that may wait at once (I9): what comes beyond is not written, and the act goes on.
const MOST_WAITING: i64 = 10_000;

/// Those of people who take part leave the other half to staff: anybody can ask for one.
const MOST_OF_FOLLOWERS: i64 = 5_000;

/// Writes mails in this transaction. How many there was room for.
pub(super) async fn put_in(
    connection: &mut AnyConnection,
    mails: &[NewMail],
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut all = 0;
    for mail in mails {
        let most = match mail.kind {
            MailKind::FollowAsked | MailKind::FollowDue => MOST_OF_FOLLOWERS,
            _ => MOST_WAITING,
        };
        let written = sqlx::query(
            "INSERT INTO outbox (what, address, subject, body, unsubscribe, created_at, next_at)
             SELECT $1, $2, $3, $4, $5, $6, $7 WHERE (SELECT count(*) FROM outbox) < $8",
        )
        .bind(mail.kind.as_str())
        .bind(mail.to.as_str())
        .bind(mail.subject.as_str())
        .bind(mail.body.as_str())
        .bind(mail.unsubscribe.as_str())
        .bind(now.0)
        .bind(now.0)
        .bind(most)
        .execute(&mut *connection)
        .await?;
        if written.rows_affected() == 0 {
            tracing::warn!(what = mail.kind.as_str(), "too many mails wait; one was not written");
        }
        all += written.rows_affected();
    }
    Ok(all)
}

impl Store {
    /// Writes mails about something, unless that was done since `since`. Whether it was done now.
    pub async fn post_once(
        &self,
        (kind, subject): (MailKind, &str),
        since: Timestamp,
        mails: &[NewMail],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let noted = sqlx::query(
            "INSERT INTO mailed (what, subject, at) VALUES ($1, $2, $3)
             ON CONFLICT (what, subject) DO UPDATE SET at = excluded.at WHERE mailed.at < $4",
        )
        .bind(kind.as_str())
        .bind(subject)
        .bind(now.0)
        .bind(since.0)
        .execute(&mut *connection)
        .await?;
        if noted.rows_affected() == 0 {
            return Ok(false);
        }
        put_in(connection, mails, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Mails that are due, the oldest first, so many at most.
    pub async fn due_mail(&self, now: Timestamp, most: u32) -> Result<Vec<WaitingMail>, StoreError> {
        let rows = sqlx::query(
            "SELECT number, what, address, subject, body, unsubscribe, created_at, next_at, tries FROM outbox
             WHERE next_at <= $1 ORDER BY next_at, number LIMIT $2",
        )
        .bind(now.0)
        .bind(i64::from(most))
        .fetch_all(&self.readers)
        .await?;
        let mail = |row: &AnyRow| {
            Ok(WaitingMail {
                number: row.try_get("number")?,
                tries: u32::try_from(row.try_get::<i64, _>("tries")?).unwrap_or(u32::MAX),
                created_at: Timestamp(row.try_get("created_at")?),
                due_at: Timestamp(row.try_get("next_at")?),
                what: row.try_get("what")?,
                to: row.try_get("address")?,
                subject: row.try_get("subject")?,
                body: row.try_get("body")?,
                unsubscribe: row.try_get("unsubscribe")?,
            })
        };
        rows.iter().map(mail).collect()
    }

    /// Takes a mail to send it: others leave it alone until then. False where another node has taken it.
    pub async fn take_mail(&self, mail: &WaitingMail, until: Timestamp) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let taken = sqlx::query("UPDATE outbox SET next_at = $1 WHERE number = $2 AND next_at = $3")
            .bind(until.0)
            .bind(mail.number)
            .bind(mail.due_at.0)
            .execute(transaction.connection())
            .await?;
        transaction.commit().await?;
        Ok(taken.rows_affected() == 1)
    }

    /// A mail was sent, or is given up: nothing of it is kept.
    pub async fn mail_is_done(&self, number: i64) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("DELETE FROM outbox WHERE number = $1")
            .bind(number)
            .execute(transaction.connection())
            .await?;
        transaction.commit().await?;
        // An invitation's key stood in it.
        self.writer.drop_words().await;
        Ok(())
    }

    /// A mail could not be sent, and is tried again then.
    pub async fn mail_later(&self, number: i64, next: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("UPDATE outbox SET tries = tries + 1, next_at = $1 WHERE number = $2")
            .bind(next.0)
            .bind(number)
            .execute(transaction.connection())
            .await?;
        transaction.commit().await
    }

    /// How many mails wait, and since when the oldest does.
    pub async fn mail_waiting(&self) -> Result<(u64, Option<Timestamp>), StoreError> {
        let row = sqlx::query("SELECT count(*) AS n, min(created_at) AS since FROM outbox");
        let row = row.fetch_one(&self.readers).await?;
        let since: Option<i64> = row.try_get("since")?;
        Ok((u64::try_from(row.try_get::<i64, _>("n")?).unwrap_or(0), since.map(Timestamp)))
    }
}
