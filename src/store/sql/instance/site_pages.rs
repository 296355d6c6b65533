//! Pages about the site itself, where they were changed.

use super::log::{RightsChange, append};
use crate::domain::Timestamp;
use crate::instance::{InstanceAct, InstanceActor};
use crate::store::error::StoreError;
use crate::store::sql::store::Store;

impl Store {
    /// The text of a page in a language, where it was changed.
    pub async fn site_page(&self, page: &str, language: &str) -> Result<Option<String>, StoreError> {
        let text = sqlx::query_scalar("SELECT text FROM site_page WHERE page = $1 AND language = $2");
        Ok(text.bind(page).bind(language).fetch_optional(&self.readers).await?)
    }

    /// Changes a page, or goes back to what Boule brings.
    pub async fn change_site_page(
        &self,
        by: InstanceActor,
        (page, language): (&str, &str),
        text: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        match text {
            Some(text) => {
                sqlx::query(
                    "INSERT INTO site_page (page, language, text, changed_at) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (page, language) DO UPDATE SET text = excluded.text, changed_at = excluded.changed_at",
                )
                .bind(page)
                .bind(language)
                .bind(text)
                .bind(now.0)
                .execute(&mut *connection)
                .await?;
            }
            None => {
                sqlx::query("DELETE FROM site_page WHERE page = $1 AND language = $2")
                    .bind(page)
                    .bind(language)
                    .execute(&mut *connection)
                    .await?;
            }
        }
        let act = InstanceAct::SitePageChanged { page: page.to_owned(), language: language.to_owned() };
        append(connection, now, by, act, RightsChange::None).await?;
        transaction.commit().await
    }
}
