//! What can be wrong with SQLite's file.

use crate::store::error::StoreError;
use crate::store::sql::store::Store;

/// A larger database is not looked through at the start: that would take the disk from the votes.
const MOST_LOOKED_AT: i64 = 256 << 20;

impl Store {
    /// Looks once at every page of a database that is small enough for that, and remembers if one is
    /// damaged: else nobody would know before somebody needs it.
    pub(in crate::store) async fn look_into_file(&self) {
        let size: Result<i64, _> =
            sqlx::query_scalar("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
                .fetch_one(&self.readers)
                .await;
        if size.is_ok_and(|size| size > MOST_LOOKED_AT) {
            return;
        }
        let found: Result<String, _> =
            sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&self.readers).await;
        let damage = match found.map_err(StoreError::from) {
            Ok(fine) if fine == "ok" => return,
            Ok(problem) => StoreError::damaged(problem),
            Err(error) => error,
        };
        tracing::error!(error = %damage, "the database is damaged: run boule check, and restore a backup");
        self.note_damage(&damage);
    }

    /// What is wrong with the database itself: damaged pages, rows that refer to nothing, a log that
    /// is no longer protected.
    pub(in crate::store) async fn problems_of_file(&self) -> Result<Vec<String>, StoreError> {
        let mut problems: Vec<String> =
            sqlx::query_scalar("PRAGMA integrity_check(20)").fetch_all(&self.readers).await?;
        problems.retain(|problem| problem != "ok");
        let triggers: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('event', 'instance_event')",
        )
        .fetch_one(&self.readers)
        .await?;
        if triggers < 4 {
            problems.push("the log is not protected against changes: its triggers are gone".into());
        }
        let orphans: i64 = sqlx::query_scalar(
            "SELECT count(DISTINCT conversation) FROM event WHERE conversation NOT IN (SELECT id FROM conversation)",
        )
        .fetch_one(&self.readers)
        .await?;
        if orphans > 0 {
            problems.push(format!("{orphans} logs have no conversation"));
        }
        Ok(problems)
    }
}
