//! Statements that say nearly the same as a text. The index is kept between questions and holds what the board
//! shows; nobody's vote waits for it.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

use super::background::{self, GIVES_WAY};
use super::{BoardStatement, Contents, RoomHandle, RoomResult};
use crate::domain::{Moderation, StatementNumber};
use crate::similar::{ALIKE, NEARLY_THE_SAME, SimilarIndex};

/// The indexes of a conversation's statements, shared by all who ask.
pub(super) struct SharedIndex {
    /// Of those on which people vote.
    held: Mutex<Held>,
    /// Of those, and those that wait: for moderators.
    with_waiting: Mutex<Held>,
    /// Who comes while so many search is told nothing: it is a help, and no vote may wait for it.
    places: Arc<Semaphore>,
}

impl Default for SharedIndex {
    fn default() -> Self {
        Self {
            held: Mutex::default(),
            with_waiting: Mutex::default(),
            places: Arc::new(Semaphore::new(MOST_AT_ONCE)),
        }
    }
}

/// The index, and the contents that it holds.
#[derive(Default)]
struct Held {
    index: SimilarIndex,
    of: Option<Arc<Contents>>,
}

/// Of those that are like a statement, so many are looked at.
const MOST_BESIDE: usize = 6;
/// Searches of one conversation at once.
const MOST_AT_ONCE: usize = 4;

impl RoomHandle {
    /// The statements on which people vote that say nearly the same as this text, the nearest first.
    pub async fn similar_to(&self, text: String, most: usize) -> RoomResult<Vec<BoardStatement>> {
        let board = self.board().await?;
        let shared = Arc::clone(&self.similar);
        let Ok(place) = Arc::clone(&shared.places).try_acquire_owned() else { return Ok(Vec::new()) };
        let found = background::run("similar statements", GIVES_WAY, move || {
            let _place = place;
            nearest(&shared.held, &board.contents, BoardStatement::is_voted_on, &text, most)
        });
        // Searching doesn't panic; if it did, nothing would be found.
        Ok(found.await.unwrap_or_default())
    }
}

impl RoomHandle {
    /// The same for moderators: also those that wait.
    pub async fn similar_with_waiting(&self, text: String, most: usize) -> RoomResult<Vec<BoardStatement>> {
        let board = self.board().await?;
        let shared = Arc::clone(&self.similar);
        // Nobody closes it.
        let place = Arc::clone(&shared.places).acquire_owned().await.ok();
        let found = background::run("similar statements", GIVES_WAY, move || {
            let _place = place;
            nearest(&shared.with_waiting, &board.contents, is_for_moderators, &text, most)
        });
        Ok(found.await.unwrap_or_default())
    }
}

impl BoardStatement {
    fn is_voted_on(&self) -> bool {
        self.is_asked()
    }
}

/// Statements that moderators may want beside another one.
pub(super) fn is_for_moderators(statement: &BoardStatement) -> bool {
    statement.moderation != Moderation::Rejected
}

impl Held {
    /// The index of these contents.
    fn index(&mut self, contents: &Arc<Contents>, is_in: fn(&BoardStatement) -> bool) -> &SimilarIndex {
        if !self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, contents)) {
            let all = contents.statements.iter().filter(|statement| is_in(statement));
            self.index.hold(all.map(|statement| (statement.number, &*statement.text)));
            self.of = Some(Arc::clone(contents));
        }
        &self.index
    }
}

impl SharedIndex {
    /// The numbers of statements that are alike enough to stand beside each other in a list.
    pub(super) fn numbers_like(
        &self,
        contents: &Arc<Contents>,
        is_in: fn(&BoardStatement) -> bool,
        text: &str,
    ) -> Vec<StatementNumber> {
        let mut held = self.with_waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let found = held.index(contents, is_in).nearest(text, MOST_BESIDE, ALIKE);
        found.into_iter().map(|similar| similar.number).collect()
    }
}

fn nearest(
    held: &Mutex<Held>,
    contents: &Arc<Contents>,
    is_in: fn(&BoardStatement) -> bool,
    text: &str,
    most: usize,
) -> Vec<BoardStatement> {
    let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
    let found = held.index(contents, is_in).nearest(text, most, NEARLY_THE_SAME);
    found.into_iter().filter_map(|similar| contents.statement(similar.number).cloned()).collect()
}
