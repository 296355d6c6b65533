//! The list of conversations.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::domain::{ConversationId, Slug};

use super::Store;
use crate::store::error::StoreError;

/// One conversation in a list.
#[derive(Clone, Debug)]
pub struct ConversationSummary {
    /// Its id.
    pub id: ConversationId,
    /// Its name in addresses.
    pub slug: Slug,
    /// `draft`, `open` or `closed`.
    pub state: String,
    /// Its question.
    pub question: String,
    /// Shown on the instance's first page.
    pub listed: bool,
}

/// Which conversations a list has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Listing {
    /// All.
    Every,
    /// Those that everybody finds on the first page: listed, and no drafts.
    Public,
}

impl Store {
    /// All conversations of this instance, newest first.
    pub async fn every_conversation(&self) -> Result<Vec<ConversationSummary>, StoreError> {
        self.conversations(Listing::Every, 0, i64::MAX as usize).await
    }

    /// The ids and names of all conversations, as they are stored; a deleted draft has no name.
    pub async fn stored_conversations(&self) -> Result<Vec<(ConversationId, Option<String>)>, StoreError> {
        let rows = sqlx::query("SELECT id, slug FROM conversation ORDER BY created_at DESC, slug, id");
        let rows = rows.fetch_all(&self.readers).await?;
        let named =
            |row: &AnyRow| Ok((ConversationId::from_stored(row.try_get("id")?), row.try_get("slug")?));
        rows.iter().map(named).collect()
    }

    /// How many conversations a list has.
    pub async fn count_conversations(&self, listing: Listing) -> Result<usize, StoreError> {
        let query = match listing {
            Listing::Every => {
                sqlx::query("SELECT count(*) AS n FROM conversation c WHERE c.state <> 'deleted'")
            }
            Listing::Public => sqlx::query(
                "SELECT count(*) AS n FROM conversation c WHERE c.listed <> 0 AND c.state IN ('open', 'closed')",
            ),
        };
        let row = query.fetch_one(&self.readers).await?;
        Ok(usize::try_from(row.try_get::<i64, _>("n")?).unwrap_or(0))
    }

    /// Some of a list, newest first.
    pub async fn conversations(
        &self,
        listing: Listing,
        skip: usize,
        take: usize,
    ) -> Result<Vec<ConversationSummary>, StoreError> {
        let query = match listing {
            Listing::Every => sqlx::query(
                "SELECT c.id, c.slug, c.state, c.listed, coalesce(t.text, '') AS question
                 FROM conversation c
                 LEFT JOIN personal_text t ON t.conversation = c.id AND t.commitment = c.question
                 WHERE c.state <> 'deleted'
                 ORDER BY c.created_at DESC, c.slug LIMIT ? OFFSET ?",
            ),
            Listing::Public => sqlx::query(
                "SELECT c.id, c.slug, c.state, c.listed, coalesce(t.text, '') AS question
                 FROM conversation c
                 LEFT JOIN personal_text t ON t.conversation = c.id AND t.commitment = c.question
                 WHERE c.listed <> 0 AND c.state IN ('open', 'closed')
                 ORDER BY c.created_at DESC, c.slug LIMIT ? OFFSET ?",
            ),
        };
        let stored = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let rows = query.bind(stored(take)).bind(stored(skip)).fetch_all(&self.readers).await;
        let rows = self.noted(rows.map_err(StoreError::from))?;
        rows.iter()
            .map(|row| {
                let slug: String = row.try_get("slug")?;
                Ok(ConversationSummary {
                    id: ConversationId::from_stored(row.try_get("id")?),
                    slug: Slug::parse(&slug).map_err(|e| StoreError::damaged(e.to_string()))?,
                    state: row.try_get("state")?,
                    question: row.try_get("question")?,
                    listed: row.try_get::<i64, _>("listed")? != 0,
                })
            })
            .collect()
    }
}
