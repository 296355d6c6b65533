//! The handle on a room: what everybody else can ask of it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot, watch};

use crate::domain::{Choice, Moderation, OperationId, RejectReason, StatementNumber, TokenHash};

use super::command::{CastVote, Command, Rare, Reply};
use super::fan_out::{FanOut, Listener};
use super::room_state::RoomState;
use super::{
    AgendaChange, Identity, Joined, Live, Many, ModeratedMany, NewConversation, Published, Queue, RoomError,
    Saved, SeedsAdded, Submitted, Voted,
};

/// A handle on an open conversation; cheap to clone.
#[derive(Clone)]
pub struct RoomHandle {
    pub(super) mailbox: mpsc::Sender<Command>,
    pub(super) published: watch::Receiver<Arc<Published>>,
    pub(super) queue: watch::Receiver<Queue>,
    pub(super) fan_out: FanOut,
    /// Since when changes wait for a map.
    pub(super) waits_since: watch::Receiver<Option<Instant>>,
}

impl RoomHandle {
    /// Casts or changes a vote. `Ok` means that it is on disk.
    pub async fn cast_vote(
        &self,
        identity: Identity,
        statement: StatementNumber,
        choice: Choice,
        op: Option<OperationId>,
    ) -> Live<Voted> {
        self.ask(|reply| Command::Vote(CastVote { identity, statement, choice, op, reply })).await
    }

    /// Admits the holder of a token, or finds who they are here.
    pub async fn join(&self, identity: TokenHash) -> Live<Joined> {
        self.ask(|reply| Command::Join { identity, reply }).await
    }

    /// Submits a statement, with the author's own agreement.
    pub async fn submit(&self, identity: Identity, text: String, op: Option<OperationId>) -> Live<Submitted> {
        self.ask(|reply| Command::Rare(Rare::Submit { identity, text, op, reply })).await
    }

    /// Whether a statement was submitted by this operation already; a rejection where it would not be
    /// taken now. What is looked at before parts no votes that are written together.
    pub async fn look_at_submission(
        &self,
        identity: Option<Identity>,
        text: String,
        op: Option<OperationId>,
    ) -> Live<bool> {
        let looked_at = self.read(move |state| {
            let participant = match identity? {
                Identity::Participant(participant) => Some(participant),
                Identity::Token(token) => state.participant_of(&token),
            };
            state.submission_of(participant?, op.as_ref()?)
        });
        if looked_at.await?.is_some() {
            return Ok(true);
        }
        let would_be_taken = self.read(move |state| state.check_submittable(&text)).await?;
        would_be_taken.map(|()| false).map_err(RoomError::from)
    }

    /// Adds an organiser's statement.
    pub async fn add_seed(&self, text: String, meta: bool) -> Live<Saved> {
        self.ask(|reply| Command::Rare(Rare::Seed { text, meta, reply })).await
    }

    /// Adds an organiser's statements: all that are new, or none.
    pub async fn add_seeds(&self, texts: Vec<String>) -> Live<SeedsAdded> {
        self.ask(|reply| Command::Rare(Rare::Seeds { texts, reply })).await
    }

    /// Accepts, rejects or puts a statement back into the queue.
    pub async fn moderate(
        &self,
        statement: StatementNumber,
        to: Moderation,
        reason: Option<RejectReason>,
    ) -> Live<Saved> {
        self.ask(|reply| Command::Rare(Rare::Moderate { statement, to, reason, reply })).await
    }

    /// The same for many at once.
    pub async fn moderate_many(
        &self,
        which: Many,
        to: Moderation,
        reason: Option<RejectReason>,
    ) -> Live<ModeratedMany> {
        self.ask(|reply| Command::Rare(Rare::ModerateMany { which, to, reason, reply })).await
    }

    /// Opens the conversation for votes and statements.
    pub async fn open(&self) -> Live<Saved> {
        self.ask(|reply| Command::Rare(Rare::Open { reply })).await
    }

    /// Closes it.
    pub async fn close(&self) -> Live<Saved> {
        self.ask(|reply| Command::Rare(Rare::Close { reply })).await
    }

    /// Changes its words and rules; its slug stays.
    pub async fn change(&self, new: NewConversation) -> Live<Saved> {
        self.ask(|reply| Command::Rare(Rare::Change { new: Box::new(new), reply })).await
    }

    /// Drafts, changes or publishes the agenda.
    pub async fn change_agenda(&self, change: AgendaChange) -> Live<Saved> {
        self.ask(|reply| Command::Rare(Rare::Agenda { change, reply })).await
    }

    /// Reads the room's state, between two commits. `read` must be quick: votes wait for it.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&RoomState) -> T + Send + 'static,
    ) -> Live<T> {
        self.ask(|reply: Reply<T>| {
            Command::Read(Box::new(move |state| {
                let _ = reply.send(Ok(read(state)));
            }))
        })
        .await
    }

    /// The last map, and a way to wait for the next.
    pub fn published(&self) -> watch::Receiver<Arc<Published>> {
        self.published.clone()
    }

    /// The word that something was published, for one socket more: many are told in parts.
    pub fn news(&self) -> Listener {
        self.fan_out.listen()
    }

    /// What was published last.
    pub fn latest(&self) -> Arc<Published> {
        Arc::clone(&self.published.borrow())
    }

    /// Looks at what was published last. `look` must be quick.
    pub fn peek<T>(&self, look: impl FnOnce(&Published) -> T) -> T {
        look(&self.published.borrow())
    }

    /// The moderators' queue now.
    pub fn current_queue(&self) -> Queue {
        *self.queue.borrow()
    }

    /// The moderators' queue, and a way to wait for its next change.
    pub fn queue(&self) -> watch::Receiver<Queue> {
        self.queue.clone()
    }

    /// Commands that wait.
    pub(super) fn mailbox_depth(&self) -> usize {
        self.mailbox.max_capacity() - self.mailbox.capacity()
    }

    /// How long the oldest change has waited for a map.
    pub(super) fn staleness(&self) -> Duration {
        self.waits_since.borrow().map_or(Duration::ZERO, |since| since.elapsed())
    }

    /// How often something was published, to tell what one socket missed.
    pub fn publications(&self) -> u64 {
        self.fan_out.publications()
    }

    /// Whether anybody has another handle on the same room.
    pub(super) fn is_held(&self) -> bool {
        self.mailbox.strong_count() > 1
    }

    /// Whether the room's task has ended.
    pub fn is_stopped(&self) -> bool {
        self.mailbox.is_closed()
    }

    async fn ask<T>(&self, command: impl FnOnce(Reply<T>) -> Command) -> Live<T> {
        let (reply, answer) = oneshot::channel();
        self.mailbox.try_send(command(reply)).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => RoomError::Busy,
            mpsc::error::TrySendError::Closed(_) => RoomError::Stopped,
        })?;
        answer.await.map_err(|_| RoomError::Stopped)?
    }
}
