//! A room: the task that owns one open conversation. Votes, joins, commits and the map; the rare
//! commands are beside it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::{Rng, SeedableRng, rngs::StdRng};
use rustc_hash::FxHashSet;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tracing::Instrument;

use crate::clock::{Clock, random_bytes};
use crate::domain::{ConversationState, EventBody, ParticipantNumber, Seq, TokenHash};
use crate::opinion::VoteMatrix;
use crate::opinion::priority::Chance;
use crate::store::{Grant, NewEvents, Store, StoreError};

use super::command::Command;
use super::fan_out::{Teller, fan_out};
use super::handle::RoomHandle;
use super::hot::Hot;
use super::mapping::{Mapped, Mapping};
use super::recompute::{self, Pace, Staleness};
use super::room_state::RoomState;
use super::{Live, LiveConfig, LiveMeters, Published, Queue, RoomError, Voted};

/// Commands that one round takes: the most votes that one commit of this room holds.
const COMMANDS_PER_ROUND: usize = 1024;

/// A map that is due within this time is waited for.
const SOON: Duration = Duration::from_secs(1);
/// A number of groups that has not won often enough is shown all the same when no vote has come for this
/// long: nobody may come who would settle it.
const SETTLED_AFTER: Duration = Duration::from_secs(2);

/// The task behind a handle.
pub(super) struct Room {
    pub(super) state: RoomState,
    pub(super) store: Store,
    clock: Clock,
    rng: StdRng,
    pace: Pace,
    mailbox: mpsc::Receiver<Command>,
    pub(super) published: watch::Sender<Arc<Published>>,
    pub(super) queue: watch::Sender<Queue>,
    pub(super) opened: Instant,
    pub(super) stale: Staleness,
    pub(super) mapping: Mapping,
    meters: Arc<LiveMeters>,
    /// Whether the store refused what was written last.
    fails: bool,
    /// Since when changes wait for a map.
    waits: watch::Sender<Option<Instant>>,
    computing: Option<Computing>,
    /// People who voted, or changed a vote, since the last map.
    pub(super) changed: FxHashSet<ParticipantNumber>,
    /// When the letters of groups were kept last, and of which map: its version and number of groups.
    pub(super) letters: Option<(Instant, (Seq, usize))>,
    /// Keeps them once more when they may be kept again.
    pub(super) letters_later: Option<JoinHandle<()>>,
    /// Another map is wanted as soon as the one being computed is there.
    compute_again: bool,
}

/// A map that is being computed.
struct Computing {
    map: oneshot::Receiver<Mapped>,
    /// Whose votes are on it for the first time.
    people: FxHashSet<ParticipantNumber>,
    /// What it is computed for.
    what: Due,
}

/// What a room does when nobody asks for anything.
#[derive(Clone, Copy, PartialEq)]
enum Due {
    /// A map of votes that are on none yet.
    Map,
    /// The map that is shown, once more, with the number of groups that has been waiting to be shown.
    Settling,
    /// The map that is shown, once more, for what comes after it.
    Afterwork,
}

/// Ends the room: its state can no longer be trusted, and the next visitor opens it from the log.
pub(super) struct MustRestart;

impl Room {
    pub(super) fn new(
        state: RoomState,
        store: Store,
        clock: Clock,
        mapping: Mapping,
        (config, meters): (LiveConfig, Arc<LiveMeters>),
    ) -> (RoomHandle, Self, Teller) {
        let LiveConfig { mailbox, pace, .. } = config;
        let (sender, mailbox) = mpsc::channel(mailbox);
        let (published, published_receiver) = watch::channel(Arc::clone(&state.map));
        let (queue, queue_receiver) = watch::channel(Queue::of(&state.record));
        let (fan_out, teller) = fan_out(published_receiver.clone());
        let (waits, waits_since) = watch::channel(None);
        let handle = RoomHandle {
            mailbox: sender,
            published: published_receiver,
            queue: queue_receiver,
            fan_out,
            waits_since,
        };
        let rng = StdRng::from_seed(random_bytes());
        let (opened, stale) = (Instant::now(), Staleness::default());
        let room = Self {
            state,
            store,
            clock,
            rng,
            pace,
            mailbox,
            published,
            queue,
            opened,
            stale,
            mapping,
            meters,
            fails: false,
            waits,
            computing: None,
            changed: FxHashSet::default(),
            letters: None,
            letters_later: None,
            compute_again: false,
        };
        (handle, room, teller)
    }

    /// Runs until every handle is dropped, or the state can't be trusted any more.
    pub(super) async fn run(mut self) {
        let mut commands = Vec::with_capacity(COMMANDS_PER_ROUND);
        loop {
            let due = self.due();
            self.tell_staleness();
            tokio::select! {
                taken = self.mailbox.recv_many(&mut commands, COMMANDS_PER_ROUND) => {
                    if taken == 0 {
                        self.keep_letters().await;
                        return;
                    }
                    self.meters.round_commands.observe(taken as f64);
                    let span = tracing::debug_span!("round", commands = taken);
                    if self.round(commands.drain(..)).instrument(span).await.is_err() {
                        tracing::error!(conversation = %self.state.record.conversation.id,
                            "a room's state does not follow from its log; it is opened anew");
                        return;
                    }
                }
                mapped = finished(&mut self.computing) => self.computed(mapped),
                afterwork = self.mapping.afterwork() => self.publish_afterwork(afterwork),
                what = sleep_until(due) => match what {
                    Due::Map => self.start_computing(),
                    Due::Settling => self.start_settling(),
                    Due::Afterwork => self.start_afterwork(),
                }
            }
        }
    }

    /// Works through waiting commands in order; neighbouring votes and joins share a commit.
    async fn round(&mut self, commands: impl Iterator<Item = Command>) -> Result<(), MustRestart> {
        let mut hot = Hot::default();
        for command in commands {
            match command {
                Command::Vote(vote) => hot.vote(&self.state, vote),
                Command::Join { identity, reply } => hot.join(&self.state, identity, reply),
                // What is read is what is on disk. Who reads after their own vote has waited for it;
                // a commit for each reader would part the others' batches.
                Command::Read(read) => read(&self.state),
                Command::Rare(rare) => {
                    self.commit_hot(std::mem::take(&mut hot)).await?;
                    self.rare(rare).await?;
                }
            }
        }
        self.commit_hot(hot).await
    }

    /// Commits decided votes and joins, applies them, and only then answers.
    async fn commit_hot(&mut self, hot: Hot) -> Result<(), MustRestart> {
        let cast = hot.voters();
        let admitted = hot.batch.admitted.into_iter().collect();
        let result = self.record(hot.batch.bodies, admitted).await?;
        if result.is_ok() && !cast.is_empty() {
            self.changed.extend(cast);
            self.stale.changed(self.opened.elapsed(), self.changed.len() as u64);
        }
        for (participant, reply) in hot.joined {
            let _ = reply.send(result.clone().map(|()| super::Joined { participant }));
        }
        for (participant, reply) in hot.voted {
            let answer = result.clone().map(|()| self.voted(participant));
            let _ = reply.send(answer);
        }
        Ok(())
    }

    fn voted(&mut self, participant: ParticipantNumber) -> Voted {
        let chance = Chance::new(self.rng.r#gen());
        Voted {
            participant,
            seq: self.state.record.seq,
            next: self.state.next_shown(Some(participant), &[], chance),
            progress: self.state.progress(Some(participant)),
        }
    }

    /// Writes events and folds them. The inner error is for who asked; nothing was changed then.
    pub(super) async fn record(
        &mut self,
        bodies: Vec<EventBody>,
        admitted: Vec<(TokenHash, ParticipantNumber)>,
    ) -> Result<Live<()>, MustRestart> {
        if bodies.is_empty() {
            return Ok(Ok(()));
        }
        let record = &self.state.record;
        let grants = admitted.iter().map(|&(token, participant)| Grant { token, participant }).collect();
        let new = NewEvents {
            conversation: record.conversation.id,
            at: self.clock.now(),
            bodies,
            grants,
            after: record.seq,
        };
        match self.store.record(new).await {
            Ok(events) => {
                if std::mem::take(&mut self.fails) {
                    tracing::info!(conversation = %self.state.record.conversation.id, "votes are saved again");
                }
                self.mapping.note(&events, &self.state.record);
                self.state.apply(events, admitted).map(Ok).map_err(|_| MustRestart)
            }
            // Another writer was here: what this room knows is not what is stored.
            Err(StoreError::Conflict(_)) => Err(MustRestart),
            Err(error) => {
                // Said once, and not for each of thousands that the same full disk refuses.
                if !std::mem::replace(&mut self.fails, true) {
                    let conversation = self.state.record.conversation.id;
                    tracing::error!(%conversation, %error, "nothing is saved");
                }
                Ok(Err(RoomError::NotSaved(error)))
            }
        }
    }

    fn tell_staleness(&self) {
        let since = self.stale.waits_since().map(|since| self.opened + since);
        self.waits.send_if_modified(|told| std::mem::replace(told, since) != since);
    }

    fn due(&self) -> Option<(Instant, Due)> {
        if self.computing.is_some() {
            return None;
        }
        let placed = self.state.map.map.counts.placed;
        let conversation = &self.state.record.conversation;
        // When votes are taken no more, none can be read off the difference of two maps.
        let is_over = conversation.state != ConversationState::Open;
        let immediate = is_over || recompute::is_immediate(&conversation.settings, placed);
        let map = self.stale.due(&self.pace, immediate).map(|due| (self.opened + due, Due::Map));
        let earliest = self.opened + self.stale.earliest(&self.pace);
        let afterwork = self.mapping.afterwork_due(&self.state.map);
        let afterwork = afterwork.map(|due| due.max(earliest));
        let settling = self.state.map.map.k.settling.filter(|_| self.mapping.can_settle());
        let settling = settling
            .map(|_| (earliest.max(self.opened + self.stale.last_change() + SETTLED_AFTER), Due::Settling));
        match (map.or(settling), afterwork) {
            // The map that is soon due brings its own.
            (Some((due, what)), Some(afterwork)) if due < afterwork + SOON => Some((due, what)),
            (_, Some(afterwork)) => Some((afterwork, Due::Afterwork)),
            (map, None) => map,
        }
    }

    pub(super) fn start_computing(&mut self) {
        if self.computing.is_some() {
            self.compute_again = true;
            return;
        }
        self.stale.started();
        // What the map covers is fixed now; the map itself takes the last one's place when ready.
        let last = Arc::clone(&self.state.map.map);
        let covers = Published::new(&self.state.record, last, self.clock.now());
        let state = &self.state;
        let task = self.mapping.task(covers, || VoteMatrix::of_record(&state.record));
        let people = std::mem::take(&mut self.changed);
        self.computing = Some(Computing { map: task.start(), people, what: Due::Map });
    }

    /// The map that is shown, once more, with the number of groups that has been waiting to be shown.
    /// Votes that wait for others are not on it.
    fn start_settling(&mut self) {
        let shown = self.state.map.under_the_rules_of(&self.state.record);
        if let Some(task) = self.mapping.task_for_settling(shown) {
            let people = FxHashSet::default();
            self.computing = Some(Computing { map: task.start(), people, what: Due::Settling });
        }
    }

    fn start_afterwork(&mut self) {
        let shown = self.state.map.under_the_rules_of(&self.state.record);
        if let Some(task) = self.mapping.task_for_afterwork(shown) {
            let people = FxHashSet::default();
            self.computing = Some(Computing { map: task.start(), people, what: Due::Afterwork });
        }
    }

    fn computed(&mut self, mapped: Option<Mapped>) {
        if let Some(Computing { people, what, .. }) = self.computing.take() {
            self.keep(mapped, people, what);
        }
        if std::mem::take(&mut self.compute_again) {
            self.start_computing();
        }
    }

    fn keep(&mut self, mapped: Option<Mapped>, people: FxHashSet<ParticipantNumber>, what: Due) {
        let conversation = self.state.record.conversation.id;
        let now = self.opened.elapsed();
        let Some(mut mapped) = mapped else {
            tracing::error!(%conversation, "the map could not be computed; the last one stays");
            self.mapping.lost();
            self.meters.late_maps.inc();
            // As if it had taken as long as it may: what fails may fail again.
            self.stale.published(now, self.pace.deadline, &self.pace);
            return self.is_late(people);
        };
        self.mapping.done(&mut mapped, self.state.record.vote_events, what != Due::Map);
        if what != Due::Map {
            self.stale.spent(now, mapped.cost, &self.pace);
        } else {
            self.stale.published(now, mapped.cost, &self.pace);
        }
        match mapped.published {
            None if what != Due::Map => {
                tracing::warn!(%conversation, "a map could not be looked into in time");
            }
            None => {
                tracing::warn!(%conversation, "a map took longer than its deadline; the last one stays");
                self.meters.late_maps.inc();
                self.is_late(people);
            }
            Some(_) if what == Due::Afterwork => {}
            Some(mut published) => {
                self.meters.map_seconds.observe(mapped.took.as_secs_f64());
                tracing::debug!(%conversation, took_ms = mapped.took.as_millis(), cost_ms = mapped.cost.as_millis(), "a map");
                published.state = self.state.record.conversation.state;
                published.settings = self.state.record.conversation.settings;
                // What was found out meanwhile is not lost.
                published.afterwork = self.state.map.afterwork.clone();
                self.send(published);
            }
        }
    }
}

async fn finished(computing: &mut Option<Computing>) -> Option<Mapped> {
    match computing {
        Some(computing) => (&mut computing.map).await.ok(),
        None => std::future::pending().await,
    }
}

async fn sleep_until(due: Option<(Instant, Due)>) -> Due {
    match due {
        Some((due, what)) => {
            tokio::time::sleep_until(due.into()).await;
            what
        }
        None => std::future::pending().await,
    }
}
