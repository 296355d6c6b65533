//! What stands beside the logs and can be made again from them: files beside a database in a file, which has one writer, and rows
//! of a server, which every node reads. What is missing or damaged is passed over.

use std::io;
use std::path::PathBuf;

use super::error::StoreError;
use super::place::Epoch;
use super::postgres::kept_rows::KeptRows;
use crate::domain::ConversationId;
use crate::private::write_whole;

/// What is kept of a conversation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::store) enum Kept {
    /// Its record as of some moment.
    Snapshot,
    /// The letters of its groups.
    Letters,
}

impl Kept {
    /// What rows of it are named.
    pub fn as_str(self) -> &'static str {
        match self {
            Kept::Snapshot => "snapshot",
            Kept::Letters => "letters",
        }
    }

    fn path(self, conversation: ConversationId) -> String {
        match self {
            Kept::Snapshot => format!("snapshots/{conversation}.snapshot"),
            Kept::Letters => format!("letters/{conversation}.letters"),
        }
    }
}

/// Where it is kept.
pub(in crate::store) enum Beside {
    /// In files of this directory.
    Files(PathBuf),
    /// In rows of a server.
    Rows(KeptRows),
}

impl Beside {
    /// What was kept last.
    pub async fn read(&self, kept: Kept, conversation: ConversationId) -> Option<Vec<u8>> {
        match self {
            Beside::Files(dir) => {
                let path = dir.join(kept.path(conversation));
                tokio::task::spawn_blocking(move || std::fs::read(path).ok()).await.ok().flatten()
            }
            Beside::Rows(rows) => match rows.read(kept.as_str(), conversation).await {
                Ok(bytes) => bytes,
                Err(error) => {
                    tracing::warn!(%conversation, kept = kept.as_str(), %error, "what is kept beside the log can't be read");
                    None
                }
            },
        }
    }

    /// Keeps what `pack` makes, in the place of what was kept before; not where another node has the conversation since that epoch.
    pub async fn write(
        &self,
        kept: Kept,
        (conversation, of): (ConversationId, Option<Epoch>),
        pack: impl FnOnce() -> io::Result<Vec<u8>> + Send + 'static,
    ) -> Result<(), StoreError> {
        let failed = |error| StoreError::failed("what stands beside the log can't be written", error);
        let file = match self {
            Beside::Files(dir) => Some(dir.join(kept.path(conversation))),
            Beside::Rows(_) => None,
        };
        // Packing takes a while; so does a disk.
        let packed = tokio::task::spawn_blocking(move || {
            let bytes = pack()?;
            match file {
                Some(path) => write_whole(&path, &bytes).map(|()| Vec::new()),
                None => Ok(bytes),
            }
        });
        let bytes = packed.await.map_err(|error| failed(io::Error::other(error)))?.map_err(failed)?;
        match self {
            Beside::Files(_) => Ok(()),
            Beside::Rows(rows) => rows.write(kept.as_str(), conversation, of, &bytes).await,
        }
    }
}
