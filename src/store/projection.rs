//! Current votes as a table: a projection of the log, folded at idle in chunks.
//!
//! It is never written in the hot transaction of votes, where it would cost a dirty page a vote.
//! Its watermark says how far it reads the log; who needs it exact reads the log behind that.

use std::collections::BTreeMap;

use sqlx::Row;

use crate::domain::{Choice, ConversationId, EventBody, ParticipantNumber, Seq, StatementNumber};

use super::inserts::fold_into_table;
use super::writer::{read_seq, stored_seq};
use super::{Store, StoreError};

/// How many events one transaction folds. Votes wait for as long as it takes: three or four
/// milliseconds, of which a sync of the disk is the part that differs. Fewer would write more pages.
const FOLD_CHUNK: u32 = 2_000;

/// A row of the projection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)] // the columns of the table
pub struct StoredVote {
    pub participant: ParticipantNumber,
    pub statement: StatementNumber,
    pub choice: Choice,
}

impl Store {
    /// How far a conversation's votes are folded.
    async fn votes_folded_to(&self, conversation: ConversationId) -> Result<Seq, StoreError> {
        let seq = sqlx::query_scalar::<_, i64>("SELECT votes_folded_to FROM conversation WHERE id = ?")
            .bind(conversation.stored())
            .fetch_one(&self.readers)
            .await?;
        Ok(read_seq(seq))
    }

    /// Conversations whose log is longer than their projection.
    pub async fn conversations_to_fold(&self) -> Result<Vec<ConversationId>, StoreError> {
        let ids = sqlx::query_scalar::<_, i64>("SELECT id FROM conversation WHERE votes_folded_to < seq")
            .fetch_all(&self.readers)
            .await?;
        Ok(ids.into_iter().map(ConversationId::from_stored).collect())
    }

    /// Folds the next chunk of a log. `true` while there may be more.
    pub async fn fold_votes(&self, conversation: ConversationId) -> Result<bool, StoreError> {
        let from = self.votes_folded_to(conversation).await?;
        let chunk = self.stored_events(conversation, from, FOLD_CHUNK).await?;
        let Some(last) = chunk.last() else { return Ok(false) };
        // Sorted by key, so that the table's pages are touched in order; the last vote stays.
        let mut votes = BTreeMap::new();
        for stored in chunk.iter().filter(|stored| stored.kind == "vote_cast") {
            if let EventBody::VoteCast { participant, statement, choice, .. } = stored.parse()?.body {
                votes.insert((participant, statement), (choice, stored.seq));
            }
        }
        let mut transaction = self.writer.begin().await?;
        fold_into_table(transaction.connection(), conversation, &votes).await?;
        sqlx::query("UPDATE conversation SET votes_folded_to = ? WHERE id = ?")
            .bind(stored_seq(last.seq))
            .bind(conversation.stored())
            .execute(transaction.connection())
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// The projection, by participant and statement, and how far it reads the log.
    pub async fn stored_votes(
        &self,
        conversation: ConversationId,
    ) -> Result<(Seq, Vec<StoredVote>), StoreError> {
        let mut view = self.readers.begin().await?;
        let folded_to = sqlx::query_scalar::<_, i64>("SELECT votes_folded_to FROM conversation WHERE id = ?")
            .bind(conversation.stored())
            .fetch_one(&mut *view)
            .await?;
        let rows = sqlx::query(
            "SELECT participant, statement, choice FROM vote WHERE conversation = ?
             ORDER BY participant, statement",
        )
        .bind(conversation.stored())
        .fetch_all(&mut *view)
        .await?;
        let corrupt = || StoreError::Corrupt("a row of the table vote is out of range".into());
        let votes: Result<Vec<StoredVote>, StoreError> = rows
            .iter()
            .map(|row| {
                let number = |column| -> Result<u32, StoreError> {
                    u32::try_from(row.try_get::<i64, _>(column)?).map_err(|_| corrupt())
                };
                Ok(StoredVote {
                    participant: ParticipantNumber(number("participant")?),
                    statement: StatementNumber(number("statement")?),
                    choice: Choice::from_value(row.try_get("choice")?).ok_or_else(corrupt)?,
                })
            })
            .collect();
        Ok((read_seq(folded_to), votes?))
    }
}
