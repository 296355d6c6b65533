//! What the two engines say differently in the texts that both speak.

use std::time::Duration;

/// Which engine speaks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::store) enum Dialect {
    Sqlite,
    Postgres,
}

/// A server that says nothing for so long to the beginning or the end of an explicit transaction is given up.
const ANSWERS_WITHIN: Duration = Duration::from_secs(8);

/// Explicit transactions of PostgreSQL come one after the other, on all nodes, as SQLite's do: what one has read can't be out
/// of date when it writes. Votes do not go this way.
const ONE_AT_A_TIME: &str = "BEGIN; SELECT CAST(pg_advisory_xact_lock(7813006612) AS TEXT)";

impl Dialect {
    /// Begins a transaction that holds off all others that write this way.
    pub fn begin(self) -> &'static str {
        match self {
            Dialect::Sqlite => "BEGIN IMMEDIATE",
            Dialect::Postgres => ONE_AT_A_TIME,
        }
    }

    /// What a server does, or an error where it says nothing for too long. What runs in this process ends by itself.
    pub async fn in_time<T>(
        self,
        doing: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, sqlx::Error> {
        match self {
            Dialect::Sqlite => doing.await,
            Dialect::Postgres => match tokio::time::timeout(ANSWERS_WITHIN, doing).await {
                Ok(done) => done,
                Err(_) => Err(sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())),
            },
        }
    }

    /// A statement that inserts so many rows.
    pub fn insert(self, table: &str, columns: &[&str], rows: usize) -> String {
        let row = |at: usize| {
            let value = |column: usize| match self {
                Dialect::Sqlite => "?".to_owned(),
                Dialect::Postgres => format!("${}", at * columns.len() + column + 1),
            };
            format!("({})", (0..columns.len()).map(value).collect::<Vec<_>>().join(","))
        };
        let rows: Vec<String> = (0..rows).map(row).collect();
        format!("INSERT INTO {table} ({}) VALUES {}", columns.join(", "), rows.join(","))
    }

    /// Whether a commit that answered with this error may have been saved all the same.
    pub fn leaves_open(self, error: &sqlx::Error) -> bool {
        match self {
            // It runs in this process: an error is an answer.
            Dialect::Sqlite => false,
            Dialect::Postgres => is_open(error),
        }
    }
}

/// Whether nobody knows what became of a statement that went to a server.
pub(in crate::store) fn is_open(error: &sqlx::Error) -> bool {
    let Some(answer) = error.as_database_error() else { return true };
    // 08: the connection; 57P: the server goes down or drops the session, perhaps between a commit and its answer;
    // 40003: it says so itself.
    answer.code().is_some_and(|code| code.starts_with("08") || code.starts_with("57P") || code == "40003")
}
