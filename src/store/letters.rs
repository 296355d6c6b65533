//! The letters of each conversation's groups: files beside the database, like snapshots. What is missing
//! or damaged is passed over, and groups are lettered by size.

use std::path::PathBuf;

use crate::domain::ConversationId;
use crate::domain::letters::Letters;

use super::error::StoreError;
use super::sql::store::Store;
use crate::private::write_whole;

/// What such a file begins with.
const MAGIC: &[u8] = b"boule letters 1\n";

impl Store {
    /// Keeps the letters of a conversation's groups.
    pub async fn keep_letters(
        &self,
        conversation: ConversationId,
        letters: Letters,
    ) -> Result<(), StoreError> {
        // One at a time: a later one must not meet an earlier one in the same file.
        let _alone = self.keeping_letters.lock().await;
        let path = self.letters_path(conversation);
        let written = tokio::task::spawn_blocking(move || {
            let bytes = postcard::to_extend(&letters, MAGIC.to_vec());
            let bytes = bytes.map_err(|error| std::io::Error::other(error.to_string()))?;
            write_whole(&path, &bytes)
        });
        let written = written.await.map_err(|error| StoreError::failed("letters can't be written", error))?;
        written.map_err(|error| StoreError::failed("letters can't be written", error))
    }

    /// The letters that were kept last.
    pub async fn letters(&self, conversation: ConversationId) -> Option<Letters> {
        let path = self.letters_path(conversation);
        let read = tokio::task::spawn_blocking(move || {
            let bytes = std::fs::read(&path).ok()?;
            let letters = postcard::from_bytes(bytes.strip_prefix(MAGIC)?);
            if letters.is_err() {
                tracing::warn!(path = %path.display(), "letters of groups can't be read; they are given anew");
            }
            letters.ok()
        });
        read.await.ok().flatten()
    }

    fn letters_path(&self, conversation: ConversationId) -> PathBuf {
        self.dir.join("letters").join(format!("{conversation}.letters"))
    }
}
