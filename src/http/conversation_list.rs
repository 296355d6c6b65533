//! A page of the conversations that there are: for everybody, for those who prepare them, for moderators.

use super::paging::{ListPage, Pages};
use crate::store::{ConversationSummary, Listing, Store, StoreError};

/// Conversations that one page lists.
const CONVERSATIONS_PER_PAGE: usize = 50;

/// A page of the conversations that there are.
pub(super) struct ConversationList {
    /// Those on this page, the newest first.
    pub conversations: Vec<ConversationSummary>,
    /// Where it is among the others.
    pub pages: Pages,
}

impl ConversationList {
    /// The page that is asked for.
    pub async fn read(store: &Store, which: Listing, asked: ListPage) -> Result<Self, StoreError> {
        let total = store.count_conversations(which).await?;
        let pages = Pages::new(asked.page, total, CONVERSATIONS_PER_PAGE);
        let conversations = store.conversations(which, pages.skip(), pages.take()).await?;
        Ok(Self { conversations, pages })
    }
}
