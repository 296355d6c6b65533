//! The end of a conversation: what everybody could read of it is kept; words and links are deleted, and numbered
//! votes stay in its log.

use std::sync::Arc;

use super::{Board, RoomError, RoomHandle, RoomResult};
use crate::conversation::{Actor, ForgettingAct};
use crate::disclosure::{KeptFrom, KeptResults, PublicAgenda};
use crate::domain::{Slug, Timestamp};
use crate::store::{Store, StoreError};

/// Keeps the published results, then deletes the conversation. Cut short, it is done again from the beginning.
pub(super) async fn keep_and_delete(
    room: &RoomHandle,
    store: &Store,
    slug: &Slug,
    now: Timestamp,
) -> RoomResult<()> {
    let board = room.board().await?;
    let kept = kept(&board).await;
    let kept = serde_json::to_string(&kept).map_err(|error| StoreError::damaged(error.to_string()));
    let stored = store.keep_results(slug, room.conversation, &kept.map_err(RoomError::NotSaved)?, now).await;
    stored.map_err(RoomError::NotSaved)?;
    room.act(Actor::System, ForgettingAct::Delete).await?;
    Ok(())
}

async fn kept(board: &Arc<Board>) -> KeptResults {
    let Board { contents, published, .. } = &**board;
    let conversation = &contents.conversation;
    let agenda = contents.agenda.published.as_ref();
    let from = KeptFrom {
        conversation,
        agenda: agenda.map(|(agenda, _)| PublicAgenda::new(agenda, conversation.settings.privacy_min, true)),
        counts: (published.counts.participants, published.counts.votes),
        version: published.version,
        head: published.head,
    };
    let words = |number| {
        let shown = contents.statement(number).filter(|statement| statement.is_shown);
        shown.map(|statement| statement.text.to_string())
    };
    KeptResults::new(from, &*board.results().await, words)
}
