//! Who gets one mail. A row goes with that mail, in the same transaction, and nothing of it stays.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::outbox::put_in;
use super::store::Store;
use crate::domain::{ConversationId, EmailAddress, Slug, Timestamp, TokenHash};
use crate::store::batch::NewEvents;
use crate::store::error::StoreError;
use crate::store::follower::{CONFIRM_WITHIN_US, FollowTopic, Follower, WAIT_AT_MOST_US};
use crate::store::mail::NewMail;

/// Mails of confirmation that one address may be sent before it has confirmed any: anybody can type it in.
const MOST_UNCONFIRMED: i64 = 3;
/// Followers of all conversations (I9).
const MOST: i64 = 1_000_000;

/// Whoever waits for something of a conversation that is deleted, or of words that go, waits no longer.
pub(super) async fn part_with_followers(
    connection: &mut AnyConnection,
    new: &NewEvents,
) -> Result<(), StoreError> {
    if new.is_deleted() {
        sqlx::query("DELETE FROM follower WHERE conversation = $1")
            .bind(new.conversation.stored())
            .execute(&mut *connection)
            .await?;
    }
    // Who waits for a decision has written the statement.
    if new.links_go() {
        sqlx::query("DELETE FROM follower WHERE conversation = $1 AND topic = $2")
            .bind(new.conversation.stored())
            .bind(FollowTopic::Decision.as_str())
            .execute(&mut *connection)
            .await?;
    }
    for commitment in &new.forgotten {
        sqlx::query("DELETE FROM follower WHERE conversation = $1 AND words = $2")
            .bind(new.conversation.stored())
            .bind(commitment.as_str())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

macro_rules! followers_where {
    ($condition:expr) => {
        concat!(
            "SELECT key_hash, conversation, topic, words, address, language, created_at, confirmed_at
             FROM follower WHERE ",
            $condition
        )
    };
}

fn read(row: &AnyRow) -> Result<Follower, StoreError> {
    let damaged = |what: &str| StoreError::damaged(format!("a follower's {what} can't be read"));
    let key: String = row.try_get("key_hash")?;
    let topic: String = row.try_get("topic")?;
    let address: String = row.try_get("address")?;
    let confirmed: Option<i64> = row.try_get("confirmed_at")?;
    Ok(Follower {
        key: TokenHash::parse(&key).ok_or_else(|| damaged("key"))?,
        conversation: ConversationId::from_stored(row.try_get("conversation")?),
        topic: FollowTopic::of_word(&topic).ok_or_else(|| damaged("topic"))?,
        words: row.try_get("words")?,
        address: EmailAddress::parse(&address).ok_or_else(|| damaged("address"))?,
        language: row.try_get("language")?,
        created_at: Timestamp(row.try_get("created_at")?),
        confirmed_at: confirmed.map(Timestamp),
    })
}

impl Store {
    /// Takes in somebody who has not confirmed yet, with the mail that asks them to. False, and nothing is written,
    /// where the address has been asked too often already, or has the same confirmed.
    pub async fn add_follower(&self, new: &Follower, mail: &NewMail) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        let added = sqlx::query(
            "INSERT INTO follower (key_hash, conversation, topic, words, address, language, created_at)
             SELECT $1, $2, $3, $4, $5, $6, $7
             WHERE (SELECT count(*) FROM follower WHERE address = $8 AND confirmed_at IS NULL) < $9
               AND (SELECT count(*) FROM follower) < $10
               AND NOT EXISTS (SELECT 1 FROM follower WHERE conversation = $11 AND topic = $12 AND words = $13
                               AND address = $14 AND confirmed_at IS NOT NULL)",
        )
        .bind(new.key.to_string())
        .bind(new.conversation.stored())
        .bind(new.topic.as_str())
        .bind(new.words.as_str())
        .bind(new.address.as_str())
        .bind(new.language.as_str())
        .bind(new.created_at.0)
        .bind(new.address.as_str())
        .bind(MOST_UNCONFIRMED)
        .bind(MOST)
        .bind(new.conversation.stored())
        .bind(new.topic.as_str())
        .bind(new.words.as_str())
        .bind(new.address.as_str())
        .execute(&mut *connection)
        .await?;
        if added.rows_affected() == 0 {
            return Ok(false);
        }
        put_in(connection, std::slice::from_ref(mail), new.created_at).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Whose key this is.
    pub async fn follower(&self, key: TokenHash) -> Result<Option<Follower>, StoreError> {
        let row = sqlx::query(followers_where!("key_hash = $1")).bind(key.to_string());
        row.fetch_optional(&self.readers).await?.as_ref().map(read).transpose()
    }

    /// The address is theirs. Whether there is such a follower.
    pub async fn confirm_follower(&self, key: TokenHash, now: Timestamp) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let confirmed =
            sqlx::query("UPDATE follower SET confirmed_at = coalesce(confirmed_at, $1) WHERE key_hash = $2")
                .bind(now.0)
                .bind(key.to_string())
                .execute(transaction.connection())
                .await?;
        transaction.commit().await?;
        Ok(confirmed.rows_affected() > 0)
    }

    /// They don't want it any more: nothing of them is kept. Whether there was such a follower.
    pub async fn remove_follower(&self, key: TokenHash) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let gone = sqlx::query("DELETE FROM follower WHERE key_hash = $1")
            .bind(key.to_string())
            .execute(transaction.connection())
            .await?;
        transaction.commit().await?;
        self.writer.drop_words().await;
        Ok(gone.rows_affected() > 0)
    }

    /// Forgets addresses that were never confirmed, and those that waited for a year, by now.
    pub async fn forget_followers(&self, now: Timestamp) -> Result<u64, StoreError> {
        let mut transaction = self.writer.begin().await?;
        let gone = sqlx::query(
            "DELETE FROM follower WHERE created_at < $1 OR confirmed_at IS NULL AND created_at < $2",
        )
        .bind(now.0 - WAIT_AT_MOST_US)
        .bind(now.0 - CONFIRM_WITHIN_US)
        .execute(transaction.connection())
        .await?;
        transaction.commit().await?;
        if gone.rows_affected() > 0 {
            self.writer.drop_words().await;
        }
        Ok(gone.rows_affected())
    }

    /// Conversations that confirmed followers wait for.
    pub async fn followed_conversations(&self) -> Result<Vec<(ConversationId, Slug)>, StoreError> {
        let rows = sqlx::query(
            "SELECT DISTINCT c.id, c.slug FROM follower f JOIN conversation c ON c.id = f.conversation
             WHERE f.confirmed_at IS NOT NULL AND c.slug IS NOT NULL ORDER BY c.id",
        );
        let one = |row: &AnyRow| {
            let slug: String = row.try_get("slug")?;
            let slug = Slug::parse(&slug).map_err(|_| StoreError::damaged("an address is not one"))?;
            Ok((ConversationId::from_stored(row.try_get("id")?), slug))
        };
        rows.fetch_all(&self.readers).await?.iter().map(one).collect()
    }

    /// The confirmed followers of a conversation.
    pub async fn followers_of(&self, conversation: ConversationId) -> Result<Vec<Follower>, StoreError> {
        let rows =
            sqlx::query(followers_where!("conversation = $1 AND confirmed_at IS NOT NULL ORDER BY key_hash"))
                .bind(conversation.stored());
        rows.fetch_all(&self.readers).await?.iter().map(read).collect()
    }

    /// Writes the one mail to each that there is room for, and forgets those.
    pub async fn write_to_followers(
        &self,
        mails: &[(TokenHash, NewMail)],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        let connection = transaction.connection();
        for (key, mail) in mails {
            let waits = sqlx::query("SELECT 1 FROM follower WHERE key_hash = $1").bind(key.to_string());
            if waits.fetch_optional(&mut *connection).await?.is_none() {
                // Called off meanwhile.
                continue;
            }
            if put_in(connection, std::slice::from_ref(mail), now).await? == 0 {
                // The rest wait on until there is room.
                break;
            }
            sqlx::query("DELETE FROM follower WHERE key_hash = $1")
                .bind(key.to_string())
                .execute(&mut *connection)
                .await?;
        }
        transaction.commit().await?;
        self.writer.drop_words().await;
        Ok(())
    }
}
