//! The instance's own log: each change of accounts and roles is in it, in the same transaction.

use std::collections::HashMap;

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::domain::{ChainHash, Seq, Timestamp};
use crate::instance::{INSTANCE_LOG, InstanceAct, InstanceActor, InstanceEvent, NewInstanceEvent};
use crate::store::error::StoreError;
use crate::store::sql::log::StoredEvent;
use crate::store::sql::numbers::{read_seq, stored_seq};
use crate::store::sql::store::Store;

/// What a change does to what people may do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::store::sql) enum RightsChange {
    /// Nothing.
    None,
    /// Somebody may do more or less than before: whoever is connected is looked at again.
    Some,
}

/// Where the log ends.
struct Head {
    seq: Seq,
    hash: ChainHash,
}

async fn head(connection: &mut AnyConnection) -> Result<Head, StoreError> {
    let row = sqlx::query("SELECT seq, head FROM instance WHERE id = 1").fetch_optional(connection).await?;
    let Some(row) = row else {
        return Ok(Head { seq: Seq(0), hash: ChainHash::genesis(INSTANCE_LOG) });
    };
    let hash: String = row.try_get("head")?;
    let hash =
        ChainHash::parse(&hash).ok_or_else(|| StoreError::damaged("the instance's head is no hash"))?;
    Ok(Head { seq: read_seq(row.try_get("seq")?), hash })
}

/// Puts one more event into the log, in the transaction of what it says.
pub(in crate::store::sql) async fn append(
    connection: &mut AnyConnection,
    at: Timestamp,
    by: InstanceActor,
    act: InstanceAct,
    rights: RightsChange,
) -> Result<(), StoreError> {
    let last = head(connection).await?;
    let seq = last.seq.next();
    let event = NewInstanceEvent { by, act };
    let (kind, payload) = event
        .written()
        .map_err(|error| StoreError::damaged(format!("an event can't be written: {error}")))?;
    let hash = ChainHash::of_event(last.hash, INSTANCE_LOG, seq, at, &kind, &payload);
    let staff = match by {
        InstanceActor::Staff(number) => Some(i64::from(number.0)),
        InstanceActor::CommandLine | InstanceActor::System => None,
    };
    sqlx::query(
        "INSERT INTO instance_event (seq, at, kind, payload, hash, staff, account) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(stored_seq(seq))
    .bind(at.0)
    .bind(kind)
    .bind(payload)
    .bind(hash.to_string())
    .bind(staff)
    .bind(event.act.account().map(|number| i64::from(number.0)))
    .execute(&mut *connection)
    .await?;
    if let Some(words) = event.act.words() {
        sqlx::query("INSERT INTO instance_text (commitment, salt, text) VALUES ($1, $2, $3) ON CONFLICT (commitment) DO NOTHING")
            .bind(words.commitment())
            .bind(words.salt())
            .bind(words.text())
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query(
        "INSERT INTO instance (id, rights, seq, head) VALUES (1, $1, $2, $3)
         ON CONFLICT (id) DO UPDATE
         SET rights = instance.rights + excluded.rights, seq = excluded.seq, head = excluded.head",
    )
    .bind(i64::from(rights == RightsChange::Some))
    .bind(stored_seq(seq))
    .bind(hash.to_string())
    .execute(&mut *connection)
    .await?;
    Ok(())
}

impl Store {
    /// A number that grows with every change of who may do what.
    pub async fn rights_version(&self) -> Result<i64, StoreError> {
        let version = sqlx::query_scalar("SELECT rights FROM instance WHERE id = 1");
        Ok(version.fetch_optional(&self.readers).await?.unwrap_or(0))
    }

    /// Notes in the instance's log what changed nothing else in the database.
    pub async fn note(&self, at: Timestamp, by: InstanceActor, act: InstanceAct) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        append(transaction.connection(), at, by, act, RightsChange::None).await?;
        transaction.commit().await
    }

    /// The instance's log as it is stored, after a position, so many at most.
    pub async fn stored_instance_events(
        &self,
        after: Seq,
        take: usize,
    ) -> Result<Vec<StoredEvent>, StoreError> {
        let rows = sqlx::query(
            "SELECT seq, at, kind, payload, hash FROM instance_event WHERE seq > $1 ORDER BY seq LIMIT $2",
        )
        .bind(stored_seq(after))
        .bind(i64::try_from(take).unwrap_or(i64::MAX))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(StoredEvent::read).collect()
    }

    /// The words of the instance's log, by what it commits to.
    pub async fn instance_words(&self) -> Result<HashMap<String, String>, StoreError> {
        let rows = sqlx::query("SELECT commitment, text FROM instance_text").fetch_all(&self.readers);
        let words = |row: &AnyRow| Ok((row.try_get("commitment")?, row.try_get("text")?));
        rows.await?.iter().map(words).collect()
    }

    /// What is wrong with what is searched by, and with the words of the instance's log.
    pub async fn instance_text_problems(&self) -> Result<Vec<String>, StoreError> {
        let rows = sqlx::query(
            "SELECT e.seq, e.at, e.kind, e.payload, e.hash, e.staff, e.account, t.salt, t.text
             FROM instance_event e
             LEFT JOIN instance_text t
                ON t.commitment = coalesce(json_extract(e.payload, '$.address'), json_extract(e.payload, '$.name'))
             ORDER BY e.seq",
        )
        .fetch_all(&self.readers)
        .await?;
        let mut problems: Vec<String> = Vec::new();
        for row in &rows {
            problems.extend(problem_of(row)?);
        }
        problems.truncate(20);
        Ok(problems)
    }

    /// Where the instance's log ends, as the row says that each change moves with it.
    pub async fn instance_head(&self) -> Result<(Seq, String), StoreError> {
        let row = sqlx::query("SELECT seq, head FROM instance WHERE id = 1").fetch_optional(&self.readers);
        match row.await? {
            Some(row) => Ok((read_seq(row.try_get("seq")?), row.try_get("head")?)),
            None => Ok((Seq(0), ChainHash::genesis(INSTANCE_LOG).to_string())),
        }
    }
}

/// What is wrong with a row beside its hash.
fn problem_of(row: &AnyRow) -> Result<Option<String>, StoreError> {
    let event = match instance_event(row) {
        Ok(event) => event,
        Err(error) => return Ok(Some(error.to_string())),
    };
    let by = match event.what.by {
        InstanceActor::Staff(number) => Some(i64::from(number.0)),
        InstanceActor::CommandLine | InstanceActor::System => None,
    };
    let said = (by, event.what.act.account().map(|number| i64::from(number.0)));
    if said != (row.try_get("staff")?, row.try_get("account")?) {
        return Ok(Some(format!("event {} is searched under another name than it says", event.seq)));
    }
    let is_mute = event.what.act.words().is_some_and(|words| words.salt().is_empty());
    Ok(is_mute.then(|| format!("the words of event {} are missing", event.seq)))
}

/// An event of the instance's log with its words, as a row of it and of its text says.
pub(super) fn instance_event(row: &AnyRow) -> Result<InstanceEvent, StoreError> {
    let stored = StoredEvent::read(row)?;
    let damaged =
        |why: String| StoreError::damaged(format!("event {} of the instance's log: {why}", stored.seq));
    let mut what =
        NewInstanceEvent::parse(&stored.kind, &stored.payload).map_err(|error| damaged(error.to_string()))?;
    let words: (Option<String>, Option<String>) = (row.try_get("salt")?, row.try_get("text")?);
    if let (Some(kept), (Some(salt), Some(text))) = (what.act.words_mut(), words)
        && !kept.restore(salt, text)
    {
        return Err(damaged("its words are others than the log says".into()));
    }
    let hash = ChainHash::parse(&stored.hash).ok_or_else(|| damaged("its hash is no hash".into()))?;
    Ok(InstanceEvent { seq: stored.seq, at: stored.at, what, hash })
}
