//! What can be wrong with a server's database, and with how it is set.

use sqlx::{AnyConnection, Row};

use crate::store::error::StoreError;
use crate::store::sql::store::Store;

macro_rules! numbered_on {
    ($table:literal) => {
        (
            $table,
            concat!(
                "SELECT setval(pg_get_serial_sequence('",
                $table,
                "', 'number'), (SELECT coalesce(max(number), 0) + 1 FROM ",
                $table,
                "), false)"
            ),
        )
    };
}

/// Tables whose rows the server numbers.
const NUMBERED: [(&str, &str); 4] = [
    numbered_on!("staff"),
    numbered_on!("department"),
    numbered_on!("one_time_link"),
    numbered_on!("outbox"),
];

impl Store {
    /// Rows that refer to nothing, and a log that is no longer protected. Damaged pages are found by the server's own means.
    pub(in crate::store) async fn problems_of_server(&self) -> Result<Vec<String>, StoreError> {
        let mut problems = Vec::new();
        let triggers: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM pg_trigger
             WHERE tgrelid IN ('event'::regclass, 'instance_event'::regclass) AND NOT tgisinternal AND tgenabled = 'O'",
        )
        .fetch_one(&self.readers)
        .await?;
        if triggers < 4 {
            problems.push("the log is not protected against changes: its triggers are gone".into());
        }
        let rows = sqlx::query(
            "SELECT 'logs' AS what, count(DISTINCT conversation) AS n FROM event
             WHERE conversation NOT IN (SELECT id FROM conversation)
             UNION ALL
             SELECT 'links to people', count(*) FROM participant_token WHERE conversation NOT IN (SELECT id FROM conversation)
             UNION ALL
             SELECT 'words', count(*) FROM personal_text WHERE conversation NOT IN (SELECT id FROM conversation)",
        );
        for row in rows.fetch_all(&self.readers).await? {
            let (what, count): (String, i64) = (row.try_get("what")?, row.try_get("n")?);
            if count > 0 {
                problems.push(format!("{count} {what} have no conversation"));
            }
        }
        Ok(problems)
    }

    /// What is numbered by the server goes on after the numbers that are there.
    pub(in crate::store) async fn number_on(&self, connection: &mut AnyConnection) -> Result<(), StoreError> {
        if !self.is_on_server() {
            return Ok(());
        }
        for (table, text) in NUMBERED {
            sqlx::query(text)
                .execute(&mut *connection)
                .await
                .map_err(|error| StoreError::failed(&format!("{table} can't be numbered on"), error))?;
        }
        Ok(())
    }

    /// What an operator should know of how a server is set; nothing of a file.
    pub async fn server_warnings(&self) -> Result<Vec<String>, StoreError> {
        if !self.is_on_server() {
            return Ok(Vec::new());
        }
        let row = sqlx::query(
            "SELECT current_setting('synchronous_standby_names') AS standbys,
                CAST(has_table_privilege('event', 'UPDATE') OR has_table_privilege('event', 'DELETE') AS INT) AS may_change",
        )
        .fetch_one(&self.readers)
        .await?;
        let mut warnings = Vec::new();
        let (standbys, may_change): (String, i32) = (row.try_get("standbys")?, row.try_get("may_change")?);
        if standbys.is_empty() {
            warnings.push(
                "no standby is synchronous (synchronous_standby_names): if this server is lost, the last votes are lost with it"
                    .into(),
            );
        }
        if may_change != 0 {
            warnings.push(
                "the role that Boule signs in with may change the log; OPERATIONS has one that may not"
                    .into(),
            );
        }
        Ok(warnings)
    }
}
