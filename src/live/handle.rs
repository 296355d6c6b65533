//! The handle on a room: what everybody else can ask of it.

use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{mpsc, oneshot, watch};
use tokio_util::sync::CancellationToken;

use crate::assembly::Bench;
use crate::clock::Clock;
use crate::conversation::{Act, Actor, AgendaAct, Identity};
use crate::disclosure::{ToldCoverage, ToldWatch};
use crate::domain::{
    AgendaAudit, BackedStatement, ConversationId, OperationId, Rejection, StaffNumber, StatementNumber,
};

use super::activity::Activity;
use super::background::{self, GIVES_WAY};
use super::fan_out::{FanOut, Listener};
use super::looking::Looking;
use super::message::{Reply, RoomMessage, Wanted};
use super::room_state::RoomState;
use super::similar::SharedIndex;
use super::turn::Request;
use super::words::WordsKnown;
use super::{Board, PublishedMap, Queue, RoomError, RoomResult, Saved};

/// A handle on an open conversation; cheap to clone.
#[derive(Clone)]
pub struct RoomHandle {
    /// Which conversation it is.
    pub conversation: ConversationId,
    pub(super) mailbox: mpsc::Sender<RoomMessage>,
    pub(super) published: watch::Receiver<Arc<PublishedMap>>,
    pub(super) queue: watch::Receiver<Queue>,
    pub(super) board: watch::Receiver<Arc<Board>>,
    /// Whether events have changed what the board shows.
    pub(super) board_is_stale: Arc<AtomicBool>,
    pub(super) fan_out: FanOut,
    /// Since when changes wait for a map.
    pub(super) waits_since: watch::Receiver<Option<Instant>>,
    /// Which statements say nearly the same.
    pub(super) similar: Arc<SharedIndex>,
    /// What their words tell moderators.
    pub(super) words: Arc<WordsKnown>,
    /// What happens from minute to minute.
    pub(super) activity: Arc<Activity>,
    pub(super) clock: Clock,
    /// Ends the room when it has answered what waits.
    pub(super) leaving: CancellationToken,
    /// Which statement each moderator has before them.
    pub(super) looking: Arc<Looking>,
    /// What moderators were told last, and when.
    pub(super) watched: Arc<Mutex<Option<(Instant, ToldWatch)>>>,
    /// Whether an agenda is being drafted that stays.
    pub(super) freezing: Arc<AtomicBool>,
}

/// Among so many people, what happens is counted anew at most so often.
const MANY: u32 = 2_000;
const WATCHED_FOR: Duration = Duration::from_secs(5);

/// An agenda that is due and could not be drafted is tried again after this time.
const AGAIN_AFTER: Duration = Duration::from_secs(30);
/// Whoever publishes an agenda waits no longer than this for whom it leaves out.
const AUDIT_WITHIN: Duration = Duration::from_secs(15);

impl RoomHandle {
    /// Asks for an act. `Ok` means that it is on disk.
    pub async fn act(&self, actor: impl Into<Actor>, act: impl Into<Act>) -> RoomResult<Saved> {
        let request = Request { actor: actor.into(), act: act.into() };
        self.ask(|reply| RoomMessage::Act { request, reply }).await
    }

    /// Asks for an agenda of that many items, drafted from the votes that are on the map. It waits its turn
    /// among the computations of maps; a caller who goes away before that gets none.
    pub async fn draft_agenda(&self, by: Actor, places: u32) -> RoomResult<Saved> {
        self.ask(|reply| RoomMessage::Bench(Wanted::Draft { by, places, stays: None, reply })).await
    }

    /// Begins to draft the agenda that stays, as was set for this moment; one at a time. It is not waited for: others are due,
    /// too. Nothing, where that was changed meanwhile.
    pub async fn freeze_agenda(&self) -> RoomResult<()> {
        let board = self.board().await?;
        let agenda = &board.contents.agenda;
        let Some(rule) = agenda.triggers.freeze.filter(|_| agenda.frozen.is_none()) else { return Ok(()) };
        if self.freezing.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        let room = self.clone();
        tokio::spawn(async move {
            let (by, places, stays) = (Actor::System, rule.places, Some(rule));
            let drafted =
                room.ask(|reply| RoomMessage::Bench(Wanted::Draft { by, places, stays, reply })).await;
            if let Err(error) = drafted {
                tracing::warn!(conversation = %room.conversation, %error, "the agenda that is due could not be drafted; later again");
                tokio::time::sleep(AGAIN_AFTER).await;
            }
            room.freezing.store(false, Ordering::Release);
        });
        Ok(())
    }

    /// Publishes the agenda as it stands, with whom it leaves out.
    pub async fn publish_agenda(&self, by: Actor, revision: u32) -> RoomResult<Saved> {
        let board = self.board().await?;
        let draft = board.contents.agenda.draft.as_ref().ok_or(Rejection::NoAgenda)?;
        let items = draft.agenda.items.iter().map(|item| item.numbers().collect()).collect();
        // Without it an agenda can be published, too.
        let audit = tokio::time::timeout(AUDIT_WITHIN, self.audit(items)).await;
        let audit = audit.ok().and_then(Result::ok).map(Box::new);
        // Of another revision than the one that was audited, nothing is published.
        let revision = if draft.revision == revision { revision } else { 0 };
        self.act(by, AgendaAct::Publish { revision, audit }).await
    }

    /// Whom an agenda of these items leaves out, going by the votes that are on the map, or were a moment ago, as far as
    /// that may be told of at least `min` people. It waits its turn like a draft.
    pub async fn coverage(&self, items: Vec<Vec<StatementNumber>>, min: u32) -> RoomResult<ToldCoverage> {
        Ok(ToldCoverage::new(&self.audit(items).await?, min))
    }

    async fn audit(&self, items: Vec<Vec<StatementNumber>>) -> RoomResult<AgendaAudit> {
        let bench = self.bench().await?;
        let audit = move || bench.coverage(&items);
        background::run("audit", GIVES_WAY, audit).await.map_err(|_| RoomError::Stopped)
    }

    /// A statement with the votes that would stand beside it on an agenda.
    pub async fn backed(&self, statement: StatementNumber) -> RoomResult<Option<BackedStatement>> {
        Ok(self.bench().await?.backed(statement).cloned())
    }

    async fn bench(&self) -> RoomResult<Arc<Bench>> {
        self.ask(|reply| RoomMessage::Bench(Wanted::Look(reply))).await
    }

    /// Whether this operation has already submitted a statement; a rejection if it would not be taken now.
    /// Asking this first does not split votes that are written together.
    pub async fn look_at_submission(
        &self,
        identity: Option<Identity>,
        text: String,
        op: Option<OperationId>,
    ) -> RoomResult<bool> {
        let looked_at = self.read(move |state| {
            let participant = match identity? {
                Identity::Participant(participant) => Some(participant),
                Identity::Token(token) => state.desk.participant_of(&token),
            };
            state.desk.submission_of(participant?, op.as_ref()?)
        });
        if looked_at.await?.is_some() {
            return Ok(true);
        }
        let would_be_taken = self.read(move |state| state.desk.check_submittable(&text)).await?;
        would_be_taken.map(|()| false).map_err(RoomError::from)
    }

    /// Reads the room's state, between two commits. `read` must be quick: votes wait for it.
    pub async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&RoomState) -> T + Send + 'static,
    ) -> RoomResult<T> {
        self.ask(|reply: Reply<T>| {
            RoomMessage::Read(Box::new(move |state| {
                let _ = reply.send(Ok(read(state)));
            }))
        })
        .await
    }

    /// What pages for everybody draw from. Costs the room nothing, but for the first reader after a
    /// change of words, rules or statements: for them it is made anew.
    pub async fn board(&self) -> RoomResult<Arc<Board>> {
        if self.board_is_stale.load(Ordering::Acquire) {
            self.ask(|reply| RoomMessage::Board { reply }).await
        } else {
            Ok(Arc::clone(&self.board.borrow()))
        }
    }

    /// What happens in the conversation, and what stands out in the votes, for its moderators.
    pub fn watch(&self) -> ToldWatch {
        let map = self.latest();
        let now = self.clock.instant();
        let mut watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        let is_fresh = |at: Instant| now.saturating_duration_since(at) < WATCHED_FOR;
        if let Some((_, told)) =
            watched.as_ref().filter(|(at, _)| map.counts.participants >= MANY && is_fresh(*at))
        {
            return told.clone();
        }
        let told = ToldWatch::new(&self.activity.now(&map, self.clock.now()), map.settings.privacy_min);
        *watched = Some((now, told.clone()));
        told
    }

    /// A moderator has this statement before them. The statements that others have.
    pub fn look_at(&self, who: StaffNumber, at: Option<StatementNumber>) -> Vec<StatementNumber> {
        self.looking.look(who, at, self.clock.instant())
    }

    /// Somebody came for the first time, from this network.
    pub fn note_network(&self, network: &impl Hash) {
        self.activity.note_network(network, self.clock.now());
    }

    /// The last map, and a way to wait for the next.
    pub fn published(&self) -> watch::Receiver<Arc<PublishedMap>> {
        self.published.clone()
    }

    /// The word that something was published, for one socket more: many are told in parts.
    pub fn news(&self) -> Listener {
        self.fan_out.listen()
    }

    /// What was published last.
    pub fn latest(&self) -> Arc<PublishedMap> {
        Arc::clone(&self.published.borrow())
    }

    /// Looks at what was published last. `look` must be quick.
    pub fn peek<T>(&self, look: impl FnOnce(&PublishedMap) -> T) -> T {
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
    pub(super) fn staleness(&self, now: Instant) -> Duration {
        self.waits_since.borrow().map_or(Duration::ZERO, |since| now.saturating_duration_since(since))
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

    async fn ask<T>(&self, command: impl FnOnce(Reply<T>) -> RoomMessage) -> RoomResult<T> {
        let (reply, answer) = oneshot::channel();
        self.mailbox.try_send(command(reply)).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => RoomError::Busy,
            mpsc::error::TrySendError::Closed(_) => RoomError::Stopped,
        })?;
        answer.await.map_err(|_| RoomError::Stopped)?
    }
}
