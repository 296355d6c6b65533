//! The registry of rooms: opens a conversation when somebody asks for it, once.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::{Clock, random_bytes};
use crate::conversation::{Brief, ConversationCreated, NewEvent, RecordedActor};
use crate::domain::{ConversationId, Rejection, Seq, Slug};
use crate::store::{NewEvents, Store, StoreError};

use super::handle::RoomHandle;
use super::map_task::{Permits, first_map};
use super::mapping::Mapping;
use super::places::{Held, Places};
use super::recompute::Pace;
use super::room::Room;
use super::room_state::RoomState;
use super::{LiveMeters, RoomError, RoomResult};

/// Bounds and pace of the live rooms.
#[derive(Clone, Copy, Debug)]
pub struct LiveConfig {
    /// Commands that may wait for one room; one more is told that the room is busy.
    pub mailbox: usize,
    /// How the map follows the votes.
    pub pace: Pace,
    /// Threads that compute one map.
    pub threads: usize,
    /// Maps whose groups are looked into at once, one thread of low priority each.
    pub validations: usize,
    /// A room that nobody has asked anything, and nobody watches, for this long is let go.
    pub idle: Duration,
}

/// How soon it is looked again whether a conversation was let go.
const HANDED_OVER_AGAIN: Duration = Duration::from_millis(2);
const IDLE: Duration = Duration::from_secs(600);

impl Default for LiveConfig {
    fn default() -> Self {
        // One core is left to the votes, where there is more than one to share.
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
        let threads = cores.saturating_sub(1).clamp(1, 4);
        Self { mailbox: 16_384, pace: Pace::default(), threads, validations: cores.div_ceil(4), idle: IDLE }
    }
}

/// One try to open a room, for all who wait for it. It goes on when they have gone.
type Opening = Shared<BoxFuture<'static, RoomResult<RoomHandle>>>;

/// A conversation that was asked for.
struct OpenRoom {
    opening: Opening,
    /// When somebody asked for it last, or held it.
    used: Instant,
}

impl OpenRoom {
    /// The room, once it is open.
    fn room(&self) -> Option<&RoomHandle> {
        self.opening.peek()?.as_ref().ok()
    }

    /// Whether it is being opened, or somebody has a handle on it.
    fn is_held(&self) -> bool {
        self.opening.peek().is_none() || self.room().is_some_and(RoomHandle::is_held)
    }

    /// Whether it is to be opened once more: the room has ended, or could not be opened.
    fn is_over(&self) -> bool {
        self.opening.peek().is_some_and(|opened| opened.as_ref().map_or(true, RoomHandle::is_stopped))
    }
}

/// All open rooms of this process; cheap to clone.
#[derive(Clone)]
pub struct Rooms {
    store: Store,
    clock: Clock,
    config: LiveConfig,
    permits: Permits,
    open: Arc<Mutex<HashMap<Slug, OpenRoom>>>,
    tasks: TaskTracker,
    meters: Arc<LiveMeters>,
    /// Where conversations are, where this process is not the only one.
    places: Option<Places>,
}

impl Rooms {
    /// A registry without any open room.
    pub fn new(store: Store, clock: Clock, config: LiveConfig) -> Self {
        Self {
            permits: Permits::new(config.validations),
            store,
            clock,
            config,
            open: Arc::default(),
            tasks: TaskTracker::new(),
            meters: Arc::default(),
            places: None,
        }
    }

    /// The same on a node among others: it opens what it has taken.
    #[must_use]
    pub fn among(self, places: Places) -> Self {
        Self { places: Some(places), ..self }
    }

    /// Where conversations are, where this process is not the only one.
    pub fn places(&self) -> Option<&Places> {
        self.places.as_ref()
    }

    /// Whether a conversation's room is open in this process.
    pub fn is_open(&self, slug: &Slug) -> bool {
        self.lock().get(slug).and_then(OpenRoom::room).is_some_and(|room| !room.is_stopped())
    }

    /// The room of a conversation, opened from its log when it is not open yet.
    pub async fn room(&self, slug: &Slug) -> RoomResult<RoomHandle> {
        self.opening(slug, false).await
    }

    /// Makes a conversation; it is a draft until it is opened.
    pub async fn create(&self, by: RecordedActor, slug: Slug, brief: &Brief) -> RoomResult<RoomHandle> {
        let created = ConversationCreated::new(slug.clone(), brief, &mut random_bytes)?;
        let conversation = ConversationId::from_random(random_bytes());
        let events = vec![NewEvent::new(by, created)];
        let new = NewEvents::new(conversation, Seq(0), self.clock.now(), events);
        self.store.record(new).await.map_err(|error| match error {
            StoreError::Taken(slug) => RoomError::Rejected(Rejection::AddressTaken(slug)),
            // It may be there; “not saved” may be untrue.
            StoreError::Unknown(_) => RoomError::Busy,
            other => RoomError::NotSaved(other),
        })?;
        match self.opening(&slug, true).await {
            // That was the try of somebody who had asked for it before it was there.
            Err(RoomError::NoSuchConversation | RoomError::Elsewhere(_)) => self.opening(&slug, true).await,
            opened => opened,
        }
    }

    /// Lets go of every room and waits until all have finished what they were asked.
    pub async fn shut_down(&self) {
        self.lock().clear();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Hands every conversation over to other nodes, one after the other, before this one ends: whoever is asked next takes it.
    pub async fn hand_over(&self) {
        let Some(places) = &self.places else { return };
        places.drain();
        for handle in self.open() {
            let (conversation, held) = (handle.conversation, places.epoch_of(handle.conversation));
            handle.leaving.cancel();
            drop(handle);
            // As long as it is this room's: its successor may be opened here, where nobody else is left.
            while held.is_some() && places.epoch_of(conversation) == held {
                tokio::time::sleep(HANDED_OVER_AGAIN).await;
            }
        }
    }

    /// The try to open a room that is under way or done; a new one where there is none, or the last is over. `is_new` says that
    /// the conversation was made here a moment ago.
    fn opening(&self, slug: &Slug, is_new: bool) -> Opening {
        let mut open = self.lock();
        let used = self.clock.instant();
        if let Some(before) = open.get_mut(slug) {
            before.used = used;
            if !before.is_over() {
                return before.opening.clone();
            }
            if before.room().is_some() {
                self.meters.restarts.inc();
            }
        }
        let (rooms, asked) = (self.clone(), slug.clone());
        let opening = AssertUnwindSafe(async move { rooms.open_room(&asked, is_new).await })
            .catch_unwind()
            .map(|opened| opened.unwrap_or(Err(RoomError::Stopped)))
            .boxed()
            .shared();
        open.insert(slug.clone(), OpenRoom { opening: opening.clone(), used });
        // Whoever asked may go away meanwhile: what was taken is opened all the same, or let go.
        let (rooms, slug, goes_on) = (self.clone(), slug.clone(), opening.clone());
        self.tasks.spawn(async move {
            if goes_on.clone().await.is_err() {
                rooms.forget(&slug, &goes_on);
            }
        });
        opening
    }

    /// Lets go of rooms that nobody has held for a while; they finish what they were asked and end.
    /// The next visitor opens them from the log. (One that still writes when it is opened again
    /// finds that the log is not where it believes, and ends, as after any other writer.)
    pub fn let_go_of_idle(&self) {
        let now = self.clock.instant();
        self.lock().retain(|slug, open| {
            if open.is_held() {
                open.used = now;
            }
            let stays = now.duration_since(open.used) < self.config.idle;
            if !stays {
                tracing::debug!(%slug, "an idle room is let go");
            }
            stays
        });
    }

    /// What the rooms measure of themselves.
    pub fn meters(&self) -> &LiveMeters {
        &self.meters
    }

    /// Brings the meters up to date that are only looked at; how long the oldest change of all rooms
    /// has waited for a map.
    pub fn measure(&self) -> Duration {
        let handles = self.open();
        self.meters.rooms.set(i64::try_from(handles.len()).unwrap_or(i64::MAX));
        let deepest = handles.iter().map(RoomHandle::mailbox_depth).max().unwrap_or(0);
        self.meters.mailbox.set(i64::try_from(deepest).unwrap_or(i64::MAX));
        let now = self.clock.instant();
        handles.iter().map(|handle| handle.staleness(now)).max().unwrap_or_default()
    }

    /// The rooms that are open.
    pub fn open(&self) -> Vec<RoomHandle> {
        self.lock().values().filter(|open| !open.is_over()).filter_map(|open| open.room().cloned()).collect()
    }

    /// How many rooms are open.
    pub fn count(&self) -> usize {
        self.lock().len()
    }

    /// Lets go of a try that failed; another one may be under way since.
    fn forget(&self, slug: &Slug, failed: &Opening) {
        let mut open = self.lock();
        if open.get(slug).is_some_and(|open| open.opening.ptr_eq(failed)) {
            open.remove(slug);
        }
    }

    async fn open_room(&self, slug: &Slug, is_new: bool) -> RoomResult<RoomHandle> {
        let Some(places) = &self.places else { return self.open_taken(slug, None).await };
        let (held, end) = places.take(slug, is_new).await?;
        let opened = self.open_taken(slug, Some((held, end))).await;
        if opened.is_err() {
            places.let_go(held).await;
        }
        opened
    }

    /// Opens a conversation that this node has taken, where it is not alone.
    async fn open_taken(
        &self,
        slug: &Slug,
        taken: Option<(Held, CancellationToken)>,
    ) -> RoomResult<RoomHandle> {
        let unreadable = |error: StoreError| {
            tracing::error!(%slug, %error, "a conversation can't be opened");
            self.store.note_damage(&error);
            RoomError::Unreadable(error)
        };
        let id = self.store.conversation(slug).await.map_err(unreadable)?;
        let id = id.ok_or(RoomError::NoSuchConversation)?;
        let record = self.store.restore(id).await.map_err(unreadable)?;
        let record = record.ok_or(RoomError::NoSuchConversation)?;
        let tokens = self.store.participant_tokens(id).await.map_err(unreadable)?;
        let letters = self.store.letters(id).await.unwrap_or_default();
        let (now, threads) = (self.clock.now(), self.config.threads);
        let opened = tokio::task::spawn_blocking(move || {
            let (map, votes) = first_map(&record, &letters, now, threads);
            (RoomState::new(record, tokens.into_iter().collect(), Arc::new(map)), votes)
        });
        let (state, votes) = opened.await.map_err(|_| RoomError::Stopped)?;
        let LiveConfig { pace, threads, .. } = self.config;
        let mapping = Mapping::new(votes, threads, pace.deadline, self.clock.clone(), self.permits.clone());
        let (held, end) = taken.unzip();
        let epoch = held.map(|held| held.epoch);
        let (handle, room, teller) = Room::new(
            state,
            self.store.clone(),
            self.clock.clone(),
            mapping,
            (self.config, Arc::clone(&self.meters)),
            (epoch, end.unwrap_or_default()),
        );
        self.tasks.spawn(teller.run());
        let places = self.places.clone();
        self.tasks.spawn(async move {
            // One that panics has ended, too.
            let _ = AssertUnwindSafe(room.run()).catch_unwind().await;
            if let (Some(places), Some(held)) = (places, held) {
                places.let_go(held).await;
            }
        });
        Ok(handle)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Slug, OpenRoom>> {
        // The map holds plain values: a panic elsewhere can't have left it half-changed.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
