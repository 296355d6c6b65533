//! Participants' tokens, as hashes.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::domain::{ConversationId, ParticipantNumber, TokenHash};

use super::store::Store;
use crate::store::error::StoreError;

impl Store {
    /// Every token of a conversation and the participant it is.
    pub async fn participant_tokens(
        &self,
        conversation: ConversationId,
    ) -> Result<Vec<(TokenHash, ParticipantNumber)>, StoreError> {
        let rows = self.stored_tokens(conversation).await?;
        rows.into_iter().map(|row| row.map_err(StoreError::damaged)).collect()
    }

    /// The same row by row: the token, or what is wrong with it.
    pub async fn stored_tokens(
        &self,
        conversation: ConversationId,
    ) -> Result<Vec<Result<(TokenHash, ParticipantNumber), String>>, StoreError> {
        let rows =
            sqlx::query("SELECT token_hash, participant FROM participant_token WHERE conversation = $1")
                .bind(conversation.stored())
                .fetch_all(&self.readers)
                .await?;
        let token = |row: &AnyRow| {
            let hash: String = row.try_get("token_hash").map_err(|error| error.to_string())?;
            let number: i64 = row.try_get("participant").map_err(|error| error.to_string())?;
            let number = u32::try_from(number)
                .map_err(|_| format!("a token is of participant {number}, who can't be"))?;
            let hash = TokenHash::parse(&hash)
                .ok_or_else(|| format!("the hash of a token of participant {number} is not a hash"))?;
            Ok((hash, ParticipantNumber(number)))
        };
        Ok(rows.iter().map(token).collect())
    }
}
