//! The list of conversations.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::domain::{ConversationId, Slug, StaffNumber, Timestamp};
use crate::instance::{InstanceAct, InstanceActor};

use super::instance::{RightsChange, append};
use super::store::Store;
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
    /// Put away.
    pub archived: bool,
}

/// What a conversation is due to do by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DueAct {
    /// To open for votes.
    Open,
    /// To close.
    Close,
    /// To have its agenda drafted for good.
    FreezeAgenda,
    /// To have the links to those who took part destroyed.
    DestroyLinks,
    /// To be deleted.
    Delete,
}

/// Which conversations a list has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Listing {
    /// All.
    Every,
    /// Those that somebody may see the preparation of.
    Organised(StaffNumber),
    /// Those that somebody may see the queue of.
    Moderated(StaffNumber),
    /// Those that everybody finds on the first page: listed, and no drafts.
    Public,
}

/// Which conversations are in a list: those of the public, or those in which somebody holds a role.
macro_rules! listed_in {
    () => {
        "WHERE c.state <> 'deleted'
            AND ($1 = 0 OR c.listed <> 0 AND c.archived = 0 AND c.state IN ('open', 'closed'))
            AND (CAST($2 AS BIGINT) IS NULL OR EXISTS (
                SELECT 1 FROM staff_grant g
                WHERE g.staff = $3 AND ($4 <> 0 OR g.role <> 'moderator')
                    AND (g.scope = 'instance'
                        OR g.scope = 'department' AND g.subject = c.department
                        OR g.scope = 'conversation' AND g.subject = c.id)))"
    };
}

impl Store {
    /// All conversations of this instance, newest first.
    pub async fn every_conversation(&self) -> Result<Vec<ConversationSummary>, StoreError> {
        self.conversations(Listing::Every, 0, i64::MAX as usize).await
    }

    /// The ids and names of all conversations, as they are stored; a deleted draft has no name.
    pub async fn stored_conversations(&self) -> Result<Vec<(ConversationId, Option<String>)>, StoreError> {
        let rows =
            sqlx::query("SELECT id, slug FROM conversation ORDER BY created_at DESC, slug NULLS FIRST, id");
        let rows = rows.fetch_all(&self.readers).await?;
        let named =
            |row: &AnyRow| Ok((ConversationId::from_stored(row.try_get("id")?), row.try_get("slug")?));
        rows.iter().map(named).collect()
    }

    /// Conversations that are due to open, to close or to forget by themselves: drafts with a moment to open that
    /// has come, open ones that have been open since before the moment to close, those whose agenda is due, and others whose moment to
    /// forget, or to be deleted, has come.
    pub async fn due_conversations(&self, now: Timestamp) -> Result<Vec<(Slug, DueAct)>, StoreError> {
        let rows = sqlx::query(
            "SELECT slug, due FROM (
                SELECT slug, created_at, CASE
                    WHEN state IN ('open', 'closed') AND deletes_at <= $1 THEN 'delete'
                    WHEN state IN ('open', 'closed') AND forgets_at <= $2 AND links_destroyed = 0 THEN 'forget'
                    WHEN state = 'draft' AND opens_at <= $3 THEN 'open'
                    WHEN state = 'open' AND closes_at <= $4 AND coalesce(opened_at, 0) < closes_at THEN 'close'
                    WHEN state IN ('open', 'closed') AND agenda_due_at <= $5 AND coalesce(opened_at, 0) < agenda_due_at
                        THEN 'agenda'
                END AS due FROM conversation
             ) AS found WHERE due IS NOT NULL ORDER BY created_at LIMIT 100",
        )
        .bind(now.0)
        .bind(now.0)
        .bind(now.0)
        .bind(now.0)
        .bind(now.0)
        .fetch_all(&self.readers)
        .await?;
        let due = |row: &AnyRow| {
            let (slug, due): (String, String) = (row.try_get("slug")?, row.try_get("due")?);
            let slug = Slug::parse(&slug).map_err(|error| StoreError::damaged(error.to_string()))?;
            let act = match due.as_str() {
                "delete" => DueAct::Delete,
                "forget" => DueAct::DestroyLinks,
                "open" => DueAct::Open,
                "agenda" => DueAct::FreezeAgenda,
                _ => DueAct::Close,
            };
            Ok((slug, act))
        };
        rows.iter().map(due).collect()
    }

    /// Open conversations that somebody may have to be written to about: moderators promise to decide in time, or
    /// it closes before `until`.
    pub async fn conversations_to_write_about(
        &self,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<Slug>, StoreError> {
        let slugs: Vec<String> = sqlx::query_scalar(
            "SELECT slug FROM conversation
             WHERE state = 'open' AND (moderated_within > 0 OR closes_at > $1 AND closes_at < $2) ORDER BY id",
        )
        .bind(now.0)
        .bind(until.0)
        .fetch_all(&self.readers)
        .await?;
        slugs
            .iter()
            .map(|slug| Slug::parse(slug).map_err(|error| StoreError::damaged(error.to_string())))
            .collect()
    }

    /// Puts a conversation away, or back into lists. False where it is so already.
    pub async fn archive_conversation(
        &self,
        by: InstanceActor,
        conversation: ConversationId,
        archived: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let changed = sqlx::query("UPDATE conversation SET archived = $1 WHERE id = $2 AND archived <> $3")
            .bind(i64::from(archived))
            .bind(conversation.stored())
            .bind(i64::from(archived))
            .execute(&mut *connection)
            .await?;
        if changed.rows_affected() == 0 {
            return Ok(false);
        }
        let act = InstanceAct::ConversationArchived { conversation, archived };
        append(connection, now, by, act, RightsChange::None).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Whether a conversation was put away.
    pub async fn is_archived(&self, conversation: ConversationId) -> Result<bool, StoreError> {
        let archived: Option<i64> = sqlx::query_scalar("SELECT archived FROM conversation WHERE id = $1")
            .bind(conversation.stored())
            .fetch_optional(&self.readers)
            .await?;
        Ok(archived.unwrap_or(0) != 0)
    }

    /// How many conversations a list has.
    pub async fn count_conversations(&self, listing: Listing) -> Result<usize, StoreError> {
        let Sieve { public, staff, moderators } = listing.sieve();
        let n: i64 = sqlx::query_scalar(concat!("SELECT count(*) FROM conversation c ", listed_in!()))
            .bind(public)
            .bind(staff)
            .bind(staff)
            .bind(moderators)
            .fetch_one(&self.readers)
            .await?;
        Ok(usize::try_from(n).unwrap_or(0))
    }

    /// Some of a list, newest first.
    pub async fn conversations(
        &self,
        listing: Listing,
        skip: usize,
        take: usize,
    ) -> Result<Vec<ConversationSummary>, StoreError> {
        let Sieve { public, staff, moderators } = listing.sieve();
        let stored = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let rows = sqlx::query(concat!(
            "SELECT c.id, c.slug, c.state, c.listed, c.archived, coalesce(t.text, '') AS question
             FROM conversation c
             LEFT JOIN personal_text t ON t.conversation = c.id AND t.commitment = c.question ",
            listed_in!(),
            " ORDER BY c.archived, c.created_at DESC, c.slug LIMIT $5 OFFSET $6"
        ))
        .bind(public)
        .bind(staff)
        .bind(staff)
        .bind(moderators)
        .bind(stored(take))
        .bind(stored(skip))
        .fetch_all(&self.readers)
        .await;
        let rows = self.noted(rows.map_err(StoreError::from))?;
        rows.iter().map(summary).collect()
    }
}

/// What a list takes, as its query asks.
struct Sieve {
    public: i64,
    staff: Option<i64>,
    moderators: i64,
}

impl Listing {
    fn sieve(self) -> Sieve {
        let of = |staff: Option<StaffNumber>, moderators: bool| Sieve {
            public: 0,
            staff: staff.map(|staff| staff.0.into()),
            moderators: moderators.into(),
        };
        match self {
            Listing::Every => of(None, false),
            Listing::Organised(staff) => of(Some(staff), false),
            Listing::Moderated(staff) => of(Some(staff), true),
            Listing::Public => Sieve { public: 1, ..of(None, false) },
        }
    }
}

fn summary(row: &AnyRow) -> Result<ConversationSummary, StoreError> {
    let slug: String = row.try_get("slug")?;
    Ok(ConversationSummary {
        id: ConversationId::from_stored(row.try_get("id")?),
        slug: Slug::parse(&slug).map_err(|e| StoreError::damaged(e.to_string()))?,
        state: row.try_get("state")?,
        question: row.try_get("question")?,
        listed: row.try_get::<i64, _>("listed")? != 0,
        archived: row.try_get::<i64, _>("archived")? != 0,
    })
}
