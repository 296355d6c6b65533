//! The end of a conversation: what everybody could read of it is kept; words and links are deleted, and numbered
//! votes stay in its log.

use std::sync::Arc;

use super::{Board, RoomError, RoomHandle, RoomResult};
use crate::conversation::{Actor, ForgettingAct, LastResults};
use crate::disclosure::{KeptFrom, KeptResults, PublicAgenda};
use crate::domain::StatementNumber;
use crate::store::{Store, StoreError};

/// Deletes a conversation, and keeps its published results in the same commit. Whoever is erased while they are
/// copied is not in them: it is refused then, and done again from the beginning.
pub(super) async fn keep_and_delete(room: &RoomHandle, store: &Store) -> RoomResult<()> {
    let (at, votes) = room.read(|state| (state.desk.record.seq, state.desk.record.votes_seq)).await?;
    let board = room.board().await?;
    if board.published.version < votes && !board.published.late {
        // A second later the numbers are those of the votes that are there now. A map that takes too long for
        // that holds up no deletion that was promised.
        return Ok(());
    }
    // The note knows more than a backup that was restored.
    let erased = store.erased_kept_statements(room.conversation).await.map_err(RoomError::NotSaved)?;
    let kept = kept(&board, &erased).await;
    let results = serde_json::to_string(&kept).map_err(|error| StoreError::damaged(error.to_string()));
    let last = LastResults { results: results.map_err(RoomError::NotSaved)?, at };
    room.act(Actor::System, ForgettingAct::Delete(Box::new(last))).await?;
    Ok(())
}

/// The results that everybody may read now, without words: they are put in where they are shown.
pub(super) async fn kept_without_words(board: &Arc<Board>) -> KeptResults {
    let mut kept = kept(board, &[]).await;
    kept.erase_all();
    kept
}

async fn kept(board: &Arc<Board>, erased: &[StatementNumber]) -> KeptResults {
    let Board { contents, published, .. } = &**board;
    let conversation = &contents.conversation;
    let min = conversation.settings.privacy_min;
    let from = KeptFrom {
        conversation,
        agenda: contents
            .agenda
            .latest()
            .map(|latest| PublicAgenda::new(&latest.agenda, &latest.proposal, min, true)),
        left_out: &contents.left_out,
        counts: (published.counts.participants, published.counts.votes),
        version: published.version,
        head: published.head,
    };
    let words = |number| {
        let shown = contents.statement(number).filter(|statement| statement.is_shown);
        shown.map(|statement| statement.text.to_string())
    };
    let mut kept = KeptResults::new(from, &*board.results().await, words);
    for statement in erased {
        kept.erase(*statement);
    }
    kept
}
