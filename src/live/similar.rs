//! Statements that say nearly the same as a text. The index is kept between questions and holds what the board
//! shows; nobody's vote waits for it.

use std::sync::{Arc, Mutex, PoisonError};

use super::background::{self, GIVES_WAY};
use super::{Board, BoardStatement, RoomHandle, RoomResult};
use crate::similar::{NEARLY_THE_SAME, SimilarIndex};

/// The index of a conversation's statements, shared by all who ask.
pub(super) type SharedIndex = Arc<Mutex<SimilarIndex>>;

impl RoomHandle {
    /// The statements on which people vote that say nearly the same as this text, the nearest first.
    pub async fn similar_to(&self, text: String, most: usize) -> RoomResult<Vec<BoardStatement>> {
        let board = self.board().await?;
        let index = Arc::clone(&self.similar);
        let found =
            background::run("similar statements", GIVES_WAY, move || nearest(&index, &board, &text, most));
        // Searching doesn't panic; if it did, nothing would be found.
        Ok(found.await.unwrap_or_default())
    }
}

fn nearest(index: &SharedIndex, board: &Board, text: &str, most: usize) -> Vec<BoardStatement> {
    let shown = board.contents.shown().map(|statement| (statement.number, &*statement.text));
    let mut index = index.lock().unwrap_or_else(PoisonError::into_inner);
    index.hold(shown);
    let found = index.nearest(text, most, NEARLY_THE_SAME);
    found.into_iter().filter_map(|similar| board.contents.statement(similar.number).cloned()).collect()
}
