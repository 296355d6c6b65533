//! Browsers that are signed in, or on their way. Only hashes of their secrets are kept.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::grants::grants_of;
use super::log::{RightsChange, append};
use crate::domain::{EmailAddress, StaffNumber, Timestamp, TokenHash};
use crate::instance::{InstanceAct, InstanceActor};
use crate::store::error::StoreError;
use crate::store::mail::NewMail;
use crate::store::sql::numbers::staff_number;
use crate::store::sql::outbox::put_in;
use crate::store::sql::store::Store;
use crate::store::staff::{NewSession, Proof, SessionStage, SessionSummary, StaffSession};

/// A session that nobody used for this long is over, in microseconds: half a day.
const IDLE_US: i64 = 12 * 3600 * 1_000_000;
/// How often it is noted that a session is used.
const NOTED_EVERY_US: i64 = 60 * 1_000_000;
/// How long an app's secret is offered to somebody who is in: a quarter of an hour.
const OFFERED_FOR_US: i64 = 15 * 60 * 1_000_000;
/// Sessions that somebody may have: one more, and their oldest ends.
const MOST_SESSIONS: i64 = 20;
/// The same for sessions that wait for a code or for an app to be set up.
const MOST_STEPS: i64 = 5;

impl Store {
    /// Opens a session of somebody who has shown who they are, or is about to.
    pub async fn open_session(
        &self,
        staff: StaffNumber,
        session: &NewSession,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        insert_session(transaction.connection(), staff, session, now).await?;
        transaction.commit().await
    }

    /// Lets somebody in whose proof holds: a session in another stage ends, and a new one begins under a new
    /// secret. False where the proof was used before, or the session is over.
    pub async fn finish_session(
        &self,
        from: TokenHash,
        proof: &Proof,
        session: &NewSession,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let staff: Option<i64> = sqlx::query_scalar(
            "DELETE FROM staff_session WHERE token_hash = $1 AND expires_at > $2 AND stage <> 'full' RETURNING staff",
        )
        .bind(from.to_string())
        .bind(now.0)
        .fetch_optional(&mut *connection)
        .await?;
        let Some(staff) = staff.map(staff_number).transpose()? else { return Ok(false) };
        if !use_proof(connection, staff, proof, now).await? {
            return Ok(false);
        }
        insert_session(connection, staff, session, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Uses a code up, of somebody who is in already. False where it was used before.
    pub async fn use_code(
        &self,
        staff: StaffNumber,
        proof: &Proof,
        mails: &[NewMail],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let used = use_proof(transaction.connection(), staff, proof, now).await?;
        if used {
            put_in(transaction.connection(), mails, now).await?;
            transaction.commit().await?;
        }
        Ok(used)
    }

    /// Offers an app's secret to somebody who is in, for a quarter of an hour: their session goes on meanwhile.
    pub async fn offer_app(&self, token: TokenHash, offer: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query("UPDATE staff_session SET offer = $1 WHERE token_hash = $2 AND stage = 'full'")
            .bind(format!("{offer}@{}", now.0))
            .bind(token.to_string())
            .execute(transaction.connection())
            .await?;
        transaction.commit().await
    }

    /// Whose session it is and what they may do, as long as it is neither over nor idle for too long.
    pub async fn staff_session(
        &self,
        token: TokenHash,
        now: Timestamp,
    ) -> Result<Option<StaffSession>, StoreError> {
        let row = sqlx::query(
            "SELECT s.staff, s.stage, s.offer, s.recovers, s.created_at, s.seen_at, a.address, a.name
             FROM staff_session s JOIN staff a ON a.number = s.staff
             WHERE s.token_hash = $1 AND s.expires_at > $2 AND s.seen_at > $3",
        )
        .bind(token.to_string())
        .bind(now.0)
        .bind(now.0.saturating_sub(IDLE_US))
        .fetch_optional(&self.readers)
        .await;
        let row = self.noted(row.map_err(StoreError::from))?;
        let Some(mut session) = row.as_ref().map(|row| staff_session(row, now)).transpose()? else {
            return Ok(None);
        };
        if session.stage == SessionStage::Full {
            let mut connection = self.readers.acquire().await?;
            session.grants = grants_of(&mut connection, session.staff).await?;
        }
        Ok(Some(session))
    }

    /// Notes that a session is used, now and then: where that fails, it is only idle a little sooner.
    pub async fn note_use(
        &self,
        token: TokenHash,
        seen_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if now.0.saturating_sub(seen_at.0) < NOTED_EVERY_US {
            return Ok(());
        }
        let mut transaction = self.writer.begin().await?;
        let staff: Option<i64> =
            sqlx::query_scalar("UPDATE staff_session SET seen_at = $1 WHERE token_hash = $2 RETURNING staff")
                .bind(now.0)
                .bind(token.to_string())
                .fetch_optional(transaction.connection())
                .await?;
        if let Some(staff) = staff {
            note_seen(transaction.connection(), staff, now).await?;
        }
        transaction.commit().await
    }

    /// Somebody's own sessions, the one that was used last first.
    pub async fn sessions_of(
        &self,
        staff: StaffNumber,
        now: Timestamp,
    ) -> Result<Vec<SessionSummary>, StoreError> {
        let rows = sqlx::query(
            "SELECT token_hash, browser, created_at, seen_at FROM staff_session
             WHERE staff = $1 AND stage = 'full' AND expires_at > $2 AND seen_at > $3 ORDER BY seen_at DESC, token_hash",
        )
        .bind(i64::from(staff.0))
        .bind(now.0)
        .bind(now.0.saturating_sub(IDLE_US))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(summary).collect()
    }

    /// Ends one of somebody's sessions, or all of them. How many ended.
    pub async fn end_sessions(
        &self,
        staff: StaffNumber,
        which: Option<TokenHash>,
        now: Timestamp,
    ) -> Result<u32, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let which = which.map(|token| token.to_string());
        let ended =
            sqlx::query("DELETE FROM staff_session WHERE staff = $1 AND ($2 IS NULL OR token_hash = $3)")
                .bind(i64::from(staff.0))
                .bind(which.clone())
                .bind(which)
                .execute(&mut *connection)
                .await?;
        let sessions = u32::try_from(ended.rows_affected()).unwrap_or(u32::MAX);
        if sessions > 0 {
            let act = InstanceAct::SignedOut { account: staff, sessions };
            append(connection, now, InstanceActor::Staff(staff), act, RightsChange::Some).await?;
        }
        transaction.commit().await?;
        Ok(sessions)
    }
}

pub(super) async fn insert_session(
    connection: &mut AnyConnection,
    staff: StaffNumber,
    session: &NewSession,
    now: Timestamp,
) -> Result<(), StoreError> {
    make_room(connection, staff, session.stage, now).await?;
    sqlx::query(
        "INSERT INTO staff_session
            (token_hash, staff, stage, offer, recovers, browser, created_at, seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(session.token.to_string())
    .bind(i64::from(staff.0))
    .bind(session.stage.as_str())
    .bind(session.offer.clone())
    .bind(i64::from(session.recovers))
    .bind(session.browser.clone())
    .bind(now.0)
    .bind(now.0)
    .bind(session.expires_at.0)
    .execute(&mut *connection)
    .await?;
    if session.stage == SessionStage::Full {
        note_seen(connection, staff.0.into(), now).await?;
        let act = InstanceAct::SignedIn { account: staff };
        append(connection, now, InstanceActor::Staff(staff), act, RightsChange::None).await?;
    }
    Ok(())
}

/// Ends every session of somebody but this one.
pub(super) async fn end_other_sessions(
    connection: &mut AnyConnection,
    staff: StaffNumber,
    keep: TokenHash,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM staff_session WHERE staff = $1 AND token_hash <> $2")
        .bind(i64::from(staff.0))
        .bind(keep.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// Nobody collects sessions without an end. Whoever knows a password alone pushes only others of their kind
/// out, and nobody who is in.
async fn make_room(
    connection: &mut AnyConnection,
    staff: StaffNumber,
    stage: SessionStage,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM staff_session WHERE expires_at <= $1 OR seen_at <= $2")
        .bind(now.0)
        .bind(now.0.saturating_sub(IDLE_US))
        .execute(&mut *connection)
        .await?;
    let is_full = stage == SessionStage::Full;
    let most = if is_full { MOST_SESSIONS } else { MOST_STEPS };
    let gone = sqlx::query(
        "DELETE FROM staff_session WHERE token_hash IN
            (SELECT token_hash FROM staff_session
             WHERE staff = $1 AND (stage = 'full') = ($2 <> 0) ORDER BY seen_at DESC LIMIT 1000000 OFFSET $3)",
    )
    .bind(i64::from(staff.0))
    .bind(i64::from(is_full))
    .bind(most - 1)
    .execute(&mut *connection)
    .await?;
    let sessions = u32::try_from(gone.rows_affected()).unwrap_or(u32::MAX);
    if is_full && sessions > 0 {
        let act = InstanceAct::SignedOut { account: staff, sessions };
        append(connection, now, InstanceActor::System, act, RightsChange::Some).await?;
    }
    Ok(())
}

async fn note_seen(connection: &mut AnyConnection, staff: i64, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("UPDATE staff SET seen_at = $1 WHERE number = $2")
        .bind(now.0)
        .bind(staff)
        .execute(connection)
        .await?;
    Ok(())
}

/// Uses a proof up. False where it was used before.
async fn use_proof(
    connection: &mut AnyConnection,
    staff: StaffNumber,
    proof: &Proof,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let number = i64::from(staff.0);
    let stored = |step: u64| i64::try_from(step).unwrap_or(i64::MAX);
    let (done, act) = match proof {
        Proof::Step(step) => {
            // A step that lies ahead of what any app can show comes of a clock that was wrong.
            let used = sqlx::query(
                "UPDATE staff SET totp_step = $1 WHERE number = $2 AND (totp_step < $3 OR totp_step > $4 + 2)",
            )
            .bind(stored(*step))
            .bind(number)
            .bind(stored(*step))
            .bind(stored(*step));
            (used.execute(&mut *connection).await?.rows_affected() == 1, None)
        }
        Proof::RecoveryCode(code) => {
            let used = sqlx::query("DELETE FROM recovery_code WHERE staff = $1 AND code_hash = $2")
                .bind(number)
                .bind(code.to_string());
            let act = InstanceAct::RecoveryCodeUsed { account: staff };
            (used.execute(&mut *connection).await?.rows_affected() == 1, Some(act))
        }
        Proof::NewApp { secret, step, codes } => {
            sqlx::query("UPDATE staff SET totp = $1, totp_step = $2 WHERE number = $3")
                .bind(secret.clone())
                .bind(stored(*step))
                .bind(number)
                .execute(&mut *connection)
                .await?;
            // Whoever is at an earlier step of this account must not put their own app in its place.
            sqlx::query("DELETE FROM staff_session WHERE staff = $1 AND stage <> 'full'")
                .bind(number)
                .execute(&mut *connection)
                .await?;
            sqlx::query("UPDATE staff_session SET offer = NULL, recovers = 0 WHERE staff = $1")
                .bind(number)
                .execute(&mut *connection)
                .await?;
            sqlx::query("DELETE FROM recovery_code WHERE staff = $1")
                .bind(number)
                .execute(&mut *connection)
                .await?;
            for code in codes {
                sqlx::query("INSERT INTO recovery_code (staff, code_hash) VALUES ($1, $2)")
                    .bind(number)
                    .bind(code.to_string())
                    .execute(&mut *connection)
                    .await?;
            }
            (true, Some(InstanceAct::SecondFactorSet { account: staff }))
        }
    };
    if let Some(act) = act.filter(|_| done) {
        append(connection, now, InstanceActor::Staff(staff), act, RightsChange::None).await?;
    }
    Ok(done)
}

/// What is offered still. Without a moment it is that of a session which ends by itself soon.
fn open_offer(stored: Option<String>, now: Timestamp) -> Option<String> {
    let stored = stored?;
    let Some((offer, at)) = stored.split_once('@') else { return Some(stored) };
    let is_open = at.parse().is_ok_and(|at: i64| now.0.saturating_sub(at) < OFFERED_FOR_US);
    is_open.then(|| offer.to_owned())
}

fn staff_session(row: &AnyRow, now: Timestamp) -> Result<StaffSession, StoreError> {
    let (stage, address): (String, Option<String>) = (row.try_get("stage")?, row.try_get("address")?);
    Ok(StaffSession {
        staff: staff_number(row.try_get("staff")?)?,
        address: address.as_deref().and_then(EmailAddress::parse),
        name: row.try_get("name")?,
        stage: SessionStage::parse(&stage).ok_or_else(|| StoreError::damaged("a session is in no stage"))?,
        offer: open_offer(row.try_get("offer")?, now),
        recovers: row.try_get::<i64, _>("recovers")? != 0,
        created_at: Timestamp(row.try_get("created_at")?),
        seen_at: Timestamp(row.try_get("seen_at")?),
        grants: Vec::new(),
    })
}

fn summary(row: &AnyRow) -> Result<SessionSummary, StoreError> {
    let token: String = row.try_get("token_hash")?;
    Ok(SessionSummary {
        token: TokenHash::parse(&token).ok_or_else(|| StoreError::damaged("a session's hash is not one"))?,
        browser: row.try_get("browser")?,
        created_at: Timestamp(row.try_get("created_at")?),
        seen_at: Timestamp(row.try_get("seen_at")?),
    })
}
