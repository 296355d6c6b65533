//! What staff did, to be read and searched: the instance's log, and the acts of staff in a conversation.

use sqlx::any::AnyRow;
use sqlx::query::Query;
use sqlx::{Any, Database, Row};

use super::log::instance_event;
use crate::conversation::Event;
use crate::domain::{ConversationId, Seq, StaffNumber, Timestamp};
use crate::instance::InstanceEvent;
use crate::store::error::StoreError;
use crate::store::sql::log::StoredEvent;
use crate::store::sql::numbers::staff_number;
use crate::store::sql::numbers::{read_seq, stored_seq};
use crate::store::sql::store::Store;
use crate::store::staff::IndexedAct;

/// Which entries of a log are looked for.
#[derive(Clone, Debug, Default)]
pub struct JournalFilter {
    /// Of this person.
    pub staff: Option<StaffNumber>,
    /// Of one of these kinds; of any where none is named.
    pub kinds: &'static [&'static str],
    /// From this moment on.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub until: Option<Timestamp>,
}

type AnyQuery<'q> = Query<'q, Any, <Any as Database>::Arguments>;

impl JournalFilter {
    /// Hands a query what it looks for: six values, in this order.
    fn bound<'q>(&self, query: AnyQuery<'q>) -> AnyQuery<'q> {
        let staff = self.staff.map(|number| i64::from(number.0));
        // The kinds as a query looks for one: `,a,b,`.
        let kinds = (!self.kinds.is_empty()).then(|| format!(",{},", self.kinds.join(",")));
        query
            .bind(staff)
            .bind(staff)
            .bind(kinds.clone())
            .bind(kinds)
            .bind(self.from.map_or(i64::MIN, |at| at.0))
            .bind(self.until.map_or(i64::MAX, |at| at.0))
    }
}

/// Which events of the instance's log a filter finds. Somebody's are those that they did, and those that are
/// about them.
macro_rules! instance_found {
    () => {
        "($1 IS NULL OR $2 IN (e.staff, e.account)) AND ($3 IS NULL OR instr($4, ',' || e.kind || ',') > 0)
            AND e.at >= $5 AND e.at < $6"
    };
}

/// Which acts of staff in a conversation a filter finds.
macro_rules! acts_found {
    () => {
        "FROM staff_act a JOIN event e ON e.conversation = a.conversation AND e.seq = a.seq
         WHERE a.conversation = $1 AND ($2 IS NULL OR a.staff = $3) AND ($4 IS NULL OR instr($5, ',' || a.kind || ',') > 0)
            AND e.at >= $6 AND e.at < $7"
    };
}

fn stored(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn count(row: &AnyRow) -> Result<usize, StoreError> {
    Ok(usize::try_from(row.try_get::<i64, _>("n")?).unwrap_or(0))
}

impl Store {
    /// How many events of the instance's log a filter finds.
    pub async fn count_instance_events(&self, filter: &JournalFilter) -> Result<usize, StoreError> {
        let query = concat!("SELECT count(*) AS n FROM instance_event e WHERE ", instance_found!());
        count(&filter.bound(sqlx::query(query)).fetch_one(&self.readers).await?)
    }

    /// Some of them, the latest first, with their words.
    pub async fn instance_events(
        &self,
        filter: &JournalFilter,
        skip: usize,
        take: usize,
    ) -> Result<Vec<InstanceEvent>, StoreError> {
        let query = sqlx::query(concat!(
            "SELECT e.seq, e.at, e.kind, e.payload, e.hash, t.salt, t.text
             FROM instance_event e
             LEFT JOIN instance_text t
                ON t.commitment = coalesce(json_extract(e.payload, '$.address'), json_extract(e.payload, '$.name'))
             WHERE ",
            instance_found!(),
            " ORDER BY e.seq DESC LIMIT $7 OFFSET $8"
        ));
        let rows = filter.bound(query).bind(stored(take)).bind(stored(skip)).fetch_all(&self.readers).await?;
        self.noted(rows.iter().map(instance_event).collect())
    }

    /// How many acts of staff in a conversation a filter finds.
    pub async fn count_staff_acts(
        &self,
        conversation: ConversationId,
        filter: &JournalFilter,
    ) -> Result<usize, StoreError> {
        let query = sqlx::query(concat!("SELECT count(*) AS n ", acts_found!())).bind(conversation.stored());
        count(&filter.bound(query).fetch_one(&self.readers).await?)
    }

    /// Some of them, the latest first, with their words.
    pub async fn staff_acts(
        &self,
        conversation: ConversationId,
        filter: &JournalFilter,
        skip: usize,
        take: usize,
    ) -> Result<Vec<Event>, StoreError> {
        let query = sqlx::query(concat!(
            "SELECT e.seq, e.at, e.kind, e.payload, e.hash ",
            acts_found!(),
            " ORDER BY a.seq DESC LIMIT $8 OFFSET $9"
        ));
        let query = filter.bound(query.bind(conversation.stored())).bind(stored(take)).bind(stored(skip));
        let rows = query.fetch_all(&self.readers).await?;
        let mut acts = Vec::with_capacity(rows.len());
        for row in &rows {
            let mut event = self.noted(StoredEvent::read(row)?.parse())?;
            for words in event.what.words_mut() {
                if let Some((salt, text)) = self.words_under(conversation, words.commitment()).await? {
                    // Words that are not those of the log are not shown as such.
                    let _ = words.restore(salt, text);
                }
            }
            acts.push(event);
        }
        Ok(acts)
    }

    /// Everybody whose acts are in a conversation's log.
    pub async fn staff_of(&self, conversation: ConversationId) -> Result<Vec<StaffNumber>, StoreError> {
        let numbers: Vec<i64> = sqlx::query_scalar(
            "SELECT DISTINCT staff FROM staff_act WHERE conversation = $1 AND staff IS NOT NULL",
        )
        .bind(conversation.stored())
        .fetch_all(&self.readers)
        .await?;
        numbers.into_iter().map(staff_number).collect()
    }

    /// The index that acts of staff are searched by, up to a position, as it is stored.
    pub async fn staff_act_index(
        &self,
        conversation: ConversationId,
        until: Seq,
    ) -> Result<Vec<IndexedAct>, StoreError> {
        let rows = sqlx::query(
            "SELECT seq, staff, kind FROM staff_act WHERE conversation = $1 AND seq <= $2 ORDER BY seq",
        )
        .bind(conversation.stored())
        .bind(stored_seq(until))
        .fetch_all(&self.readers)
        .await?;
        let read = |row: &AnyRow| {
            let staff: Option<i64> = row.try_get("staff")?;
            let staff = staff.map(staff_number).transpose()?;
            Ok(IndexedAct { seq: read_seq(row.try_get("seq")?), staff, kind: row.try_get("kind")? })
        };
        rows.iter().map(read).collect()
    }

    async fn words_under(
        &self,
        conversation: ConversationId,
        commitment: &str,
    ) -> Result<Option<(String, String)>, StoreError> {
        let row =
            sqlx::query("SELECT salt, text FROM personal_text WHERE conversation = $1 AND commitment = $2")
                .bind(conversation.stored())
                .bind(commitment.to_owned())
                .fetch_optional(&self.readers)
                .await?;
        let words = |row: &AnyRow| Ok((row.try_get("salt")?, row.try_get("text")?));
        row.as_ref().map(words).transpose()
    }
}
