//! The letters of each conversation's groups, beside the log, like snapshots. What is missing or damaged is passed over, and
//! groups are lettered by size.

use crate::domain::ConversationId;
use crate::domain::letters::Letters;

use super::beside::Kept;
use super::error::StoreError;
use super::place::Epoch;
use super::sql::store::Store;

/// What they begin with.
const MAGIC: &[u8] = b"boule letters 1\n";

impl Store {
    /// Keeps the letters of a conversation's groups, as the room of this epoch shows them, where there are several nodes.
    pub async fn keep_letters(
        &self,
        conversation: ConversationId,
        epoch: Option<Epoch>,
        letters: Letters,
    ) -> Result<(), StoreError> {
        // One at a time: a later one must not meet an earlier one in the same file.
        let _alone = self.keeping_letters.lock().await;
        let pack = move || postcard::to_extend(&letters, MAGIC.to_vec()).map_err(std::io::Error::other);
        self.beside.write(Kept::Letters, (conversation, epoch), pack).await
    }

    /// The letters that were kept last.
    pub async fn letters(&self, conversation: ConversationId) -> Option<Letters> {
        let bytes = self.beside.read(Kept::Letters, conversation).await?;
        let letters = bytes.strip_prefix(MAGIC).and_then(|packed| postcard::from_bytes(packed).ok());
        if letters.is_none() {
            tracing::warn!(%conversation, "letters of groups can't be read; they are given anew");
        }
        letters
    }
}
