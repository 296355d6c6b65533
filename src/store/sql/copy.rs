//! A whole instance from one engine to another, row by row: the same logs, words, tokens and accounts.

use futures_util::TryStreamExt;
use sqlx::any::{AnyArguments, AnyRow, AnyTypeInfoKind};
use sqlx::{AnyConnection, Arguments, AssertSqlSafe, Column, Row, ValueRef};

use super::dialect::Dialect;
use super::ends::heads;
use super::store::Store;
use crate::store::error::StoreError;
use crate::store::staff::LogHead;

/// Every table but the one that is only written to see whether anything can be, and sqlx's own; what others refer to comes first.
const TABLES: [&str; 21] = [
    "staff",
    "department",
    "conversation",
    "event",
    "personal_text",
    "participant_token",
    "staff_act",
    "recovery_code",
    "staff_session",
    "staff_grant",
    "one_time_link",
    "instance",
    "instance_event",
    "instance_text",
    "kept_results",
    "site_page",
    "staff_identity",
    "outbox",
    "mailed",
    "published_document",
    "follower",
];

/// Words that may be missing; what else may be missing is a number.
const WORDS: [&str; 7] = ["slug", "address", "password", "totp", "offer", "role", "scope"];

/// Values that go with one statement.
const VALUES: usize = 1_500;

impl Store {
    /// Copies everything into an empty store, all of it or nothing, and holds the ends of all logs against each other. What was
    /// recorded after it began is not in it.
    pub async fn copy_all_to(&self, target: &Store) -> Result<Vec<LogHead>, StoreError> {
        if let Some(head) = target.log_heads().await?.first() {
            return Err(StoreError::unavailable(format!(
                "it is not empty: there is a log that ends with {head}"
            )));
        }
        let mut view = self.readers.begin().await?;
        let mut transaction = target.writer.begin().await?;
        transaction.takes_its_time().await?;
        for table in TABLES {
            copy_table(&mut view, (transaction.connection(), target.writer.dialect()), table).await?;
            let (from, to) = (count(&mut view, table).await?, count(transaction.connection(), table).await?);
            if from != to {
                return Err(StoreError::damaged(format!("{to} of {from} rows of {table} were copied")));
            }
        }
        let cut = sqlx::query_scalar(
            "SELECT count(*) FROM conversation c
             WHERE c.seq <> (SELECT count(*) FROM event e WHERE e.conversation = c.id)
                OR c.seq > 0 AND c.head <> (SELECT e.hash FROM event e WHERE e.conversation = c.id AND e.seq = c.seq)",
        );
        let cut: i64 = cut.fetch_one(transaction.connection()).await?;
        if cut > 0 {
            return Err(StoreError::damaged(format!("{cut} logs do not end where their conversations say")));
        }
        let (from, to) = (heads(&mut view).await?, heads(transaction.connection()).await?);
        let same = |a: &LogHead, b: &LogHead| a.to_string() == b.to_string();
        if from.len() != to.len() || !from.iter().zip(&to).all(|(a, b)| same(a, b)) {
            return Err(StoreError::damaged("the copy's logs do not end as the original's"));
        }
        target.number_on(transaction.connection()).await?;
        // Who has a conversation there has none here.
        sqlx::query("UPDATE conversation SET owner = NULL").execute(transaction.connection()).await?;
        transaction.commit().await?;
        self.copy_letters_to(target, &to).await?;
        Ok(to)
    }
}

impl Store {
    /// What groups are called can't be made again.
    async fn copy_letters_to(&self, target: &Store, logs: &[LogHead]) -> Result<(), StoreError> {
        for conversation in logs.iter().filter_map(|log| log.conversation) {
            if let Some(letters) = self.letters(conversation).await {
                target.keep_letters(conversation, None, letters).await?;
            }
        }
        Ok(())
    }
}

async fn count(connection: &mut AnyConnection, table: &str) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {table}")))
        .fetch_one(connection)
        .await?)
}

async fn copy_table(
    view: &mut AnyConnection,
    (into, dialect): (&mut AnyConnection, Dialect),
    table: &'static str,
) -> Result<(), StoreError> {
    let mut rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {table}"))).fetch(view);
    let mut some: Vec<AnyRow> = Vec::new();
    while let Some(row) = rows.try_next().await? {
        some.push(row);
        if some.len() * some[0].len() >= VALUES {
            insert(into, dialect, table, &some).await?;
            some.clear();
        }
    }
    insert(into, dialect, table, &some).await
}

async fn insert(
    into: &mut AnyConnection,
    dialect: Dialect,
    table: &str,
    rows: &[AnyRow],
) -> Result<(), StoreError> {
    let Some(first) = rows.first() else { return Ok(()) };
    let names: Vec<&str> = first.columns().iter().map(Column::name).collect();
    let mut values = AnyArguments::default();
    for row in rows {
        for (at, name) in names.iter().enumerate() {
            add(&mut values, row, at, name)?;
        }
    }
    let text = dialect.insert(table, &names, rows.len());
    sqlx::query_with(AssertSqlSafe(text), values).execute(into).await?;
    Ok(())
}

fn add(values: &mut AnyArguments, row: &AnyRow, at: usize, name: &str) -> Result<(), StoreError> {
    let value = row.try_get_raw(at)?;
    let is_text = || value.type_info().kind() == AnyTypeInfoKind::Text;
    let added = if value.is_null() && WORDS.contains(&name) {
        values.add(None::<String>)
    } else if value.is_null() {
        values.add(None::<i64>)
    } else if is_text() {
        values.add(row.try_get::<String, _>(at)?)
    } else {
        values.add(row.try_get::<i64, _>(at)?)
    };
    added.map_err(|error| StoreError::damaged(format!("{name} can't be copied: {error}")))
}
