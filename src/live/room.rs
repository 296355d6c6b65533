//! A room: the task that owns one open conversation. Votes, joins, commits and the map; the rare
//! commands are beside it.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Instant;

use rand::{Rng, SeedableRng, rngs::StdRng};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::clock::{Clock, random_bytes};
use crate::domain::{Choice, EventBody, OperationId, ParticipantNumber, StatementNumber, TokenHash};
use crate::store::{Grant, NewEvents, Store, StoreError};

use super::command::{CastVote, Command, Reply};
use super::handle::RoomHandle;
use super::mapping::{Mapped, Mapping};
use super::published::AfterworkAt;
use super::recompute::{self, Pace, Staleness};
use super::room_state::{DrawChance, RoomState, Undecided};
use super::{Identity, Joined, Live, LiveConfig, Published, Queue, RoomError, Voted};

/// Commands that one round takes: the most votes that one commit of this room holds.
const COMMANDS_PER_ROUND: usize = 1024;

/// The task behind a handle.
pub(super) struct Room {
    pub(super) state: RoomState,
    store: Store,
    clock: Clock,
    rng: StdRng,
    pace: Pace,
    mailbox: mpsc::Receiver<Command>,
    pub(super) published: watch::Sender<Arc<Published>>,
    pub(super) queue: watch::Sender<Queue>,
    pub(super) opened: Instant,
    pub(super) stale: Staleness,
    pub(super) mapping: Mapping,
    computing: Option<JoinHandle<Mapped>>,
    /// Votes that were cast or changed since the last map.
    pub(super) changed: HashSet<(ParticipantNumber, StatementNumber)>,
    /// Another map is wanted as soon as the one being computed is there.
    compute_again: bool,
}

/// Ends the room: its state can no longer be trusted, and the next visitor opens it from the log.
pub(super) struct MustRestart;

impl Room {
    pub(super) fn new(
        state: RoomState,
        store: Store,
        clock: Clock,
        mapping: Mapping,
        config: LiveConfig,
    ) -> (RoomHandle, Self) {
        let LiveConfig { mailbox, pace, .. } = config;
        let (sender, mailbox) = mpsc::channel(mailbox);
        let (published, published_receiver) = watch::channel(Arc::clone(&state.map));
        let (queue, queue_receiver) = watch::channel(Queue::of(&state.record));
        let handle = RoomHandle { mailbox: sender, published: published_receiver, queue: queue_receiver };
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
            computing: None,
            changed: HashSet::new(),
            compute_again: false,
        };
        (handle, room)
    }

    /// Runs until every handle is dropped, or the state can't be trusted any more.
    pub(super) async fn run(mut self) {
        let mut commands = Vec::with_capacity(COMMANDS_PER_ROUND);
        loop {
            let due = self.due();
            tokio::select! {
                taken = self.mailbox.recv_many(&mut commands, COMMANDS_PER_ROUND) => {
                    if taken == 0 {
                        return;
                    }
                    if self.round(commands.drain(..)).await.is_err() {
                        tracing::error!(conversation = %self.state.record.conversation.id,
                            "a room's state does not follow from its log; it is opened anew");
                        return;
                    }
                }
                mapped = finished(&mut self.computing) => self.publish(mapped),
                afterwork = self.mapping.afterwork() => self.publish_afterwork(afterwork),
                () = sleep_until(due) => self.start_computing(),
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
                Command::Read(read) => {
                    self.commit_hot(std::mem::take(&mut hot)).await?;
                    read(&self.state);
                }
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
        // Changing one's own vote back and forth is one change, or it would make batches of its own.
        let cast: Vec<_> = hot.batch.bodies.iter().filter_map(voted_cell).collect();
        let admitted = hot.batch.admitted.into_iter().collect();
        let result = self.record(hot.batch.bodies, admitted).await?;
        if result.is_ok() && !cast.is_empty() {
            self.changed.extend(cast);
            self.stale.changed(self.opened.elapsed(), self.changed.len() as u64);
        }
        for (participant, reply) in hot.joined {
            let _ = reply.send(result.clone().map(|()| Joined { participant }));
        }
        for (participant, reply) in hot.voted {
            let answer = result.clone().map(|()| self.voted(participant));
            let _ = reply.send(answer);
        }
        Ok(())
    }

    fn voted(&mut self, participant: ParticipantNumber) -> Voted {
        let chance = DrawChance(self.rng.r#gen(), self.rng.r#gen());
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
                self.mapping.note(&events, &self.state.record);
                self.state.apply(events, admitted).map(Ok).map_err(|_| MustRestart)
            }
            // Another writer was here: what this room knows is not what is stored.
            Err(StoreError::Conflict(_)) => Err(MustRestart),
            Err(error) => {
                tracing::error!(conversation = %self.state.record.conversation.id, %error, "nothing was saved");
                Ok(Err(RoomError::NotSaved(error)))
            }
        }
    }

    fn due(&self) -> Option<Instant> {
        if self.computing.is_some() {
            return None;
        }
        let placed = self.state.map.map.counts.placed;
        let immediate = recompute::is_immediate(&self.state.record.conversation.settings, placed);
        let for_votes = self.stale.due(&self.pace, immediate).map(|due| self.opened + due);
        let earliest = self.opened + self.stale.earliest(&self.pace);
        let for_afterwork = self.mapping.afterwork_due(&self.state.map).map(|due| due.max(earliest));
        for_votes.into_iter().chain(for_afterwork).min()
    }

    pub(super) fn start_computing(&mut self) {
        if self.computing.is_some() {
            self.compute_again = true;
            return;
        }
        self.stale.started();
        self.changed.clear();
        // What the map covers is fixed now; the map itself takes the last one's place when ready.
        let last = Arc::clone(&self.state.map.map);
        let mut covers = Published::new(&self.state.record, last, self.clock.now());
        covers.afterwork = self.state.map.afterwork.clone();
        let state = &self.state;
        let task = self.mapping.task(covers, || state.votes());
        self.computing = Some(tokio::task::spawn_blocking(move || task.run()));
    }

    fn publish(&mut self, mapped: Option<Mapped>) {
        self.computing = None;
        self.keep(mapped);
        if std::mem::take(&mut self.compute_again) {
            self.start_computing();
        }
    }

    fn keep(&mut self, mapped: Option<Mapped>) {
        let conversation = self.state.record.conversation.id;
        let Some(mut mapped) = mapped else {
            tracing::error!(%conversation, "the map could not be computed; the last one stays");
            self.mapping.lost();
            self.say_late();
            return;
        };
        self.mapping.done(&mut mapped, self.state.record.vote_events);
        self.stale.published(self.opened.elapsed(), mapped.cost);
        let Some(mut published) = mapped.published else {
            tracing::warn!(%conversation, "a map took longer than its deadline; the last one stays");
            // It is still wanted: once more, after a pause that its cost asks for.
            self.stale.changed(self.opened.elapsed(), self.changed.len() as u64);
            self.say_late();
            return;
        };
        published.state = self.state.record.conversation.state;
        published.settings = self.state.record.conversation.settings;
        self.send(published);
    }

    /// Publishes the last map again, as one that is older than it should be.
    fn say_late(&mut self) {
        if !self.state.map.late {
            let late = Published { late: true, ..self.state.map.under_the_rules_of(&self.state.record) };
            self.send(late);
        }
    }

    /// Publishes the map again, with what was found out about its groups.
    fn publish_afterwork(&mut self, afterwork: Option<AfterworkAt>) {
        if let Some(afterwork) = afterwork {
            let mut published = self.state.map.under_the_rules_of(&self.state.record);
            published.afterwork = Some(Arc::new(afterwork));
            self.send(published);
        }
    }

    fn send(&mut self, published: Published) {
        let published = Arc::new(published);
        self.state.set_map(Arc::clone(&published));
        self.published.send_replace(published);
    }
}

/// Votes and joins of one round, decided and not yet on disk, with who waits for them.
#[derive(Default)]
struct Hot {
    batch: Undecided,
    joined: Vec<(ParticipantNumber, Reply<Joined>)>,
    voted: Vec<(ParticipantNumber, Reply<Voted>)>,
}

impl Hot {
    fn join(&mut self, state: &RoomState, token: TokenHash, reply: Reply<Joined>) {
        self.joined.push((state.decide_join(token, &mut self.batch), reply));
    }

    fn vote(&mut self, state: &RoomState, vote: CastVote) {
        let CastVote { identity, statement, choice, op, reply } = vote;
        match self.decide(state, identity, statement, choice, op.as_ref()) {
            Ok(participant) => self.voted.push((participant, reply)),
            Err(rejection) => {
                let _ = reply.send(Err(rejection.into()));
            }
        }
    }

    fn decide(
        &mut self,
        state: &RoomState,
        identity: Identity,
        statement: StatementNumber,
        choice: Choice,
        op: Option<&OperationId>,
    ) -> Result<ParticipantNumber, crate::domain::Rejection> {
        let participant = match identity {
            Identity::Participant(participant) => participant,
            Identity::Token(token) => match state.participant_of(&token) {
                Some(participant) => participant,
                None => {
                    // Nobody is admitted by a vote that can't be taken.
                    state.check_votable(statement)?;
                    state.decide_join(token, &mut self.batch)
                }
            },
        };
        state.decide_vote(participant, statement, choice, op, &mut self.batch)?;
        Ok(participant)
    }
}

/// Who voted on what in this event.
fn voted_cell(body: &EventBody) -> Option<(ParticipantNumber, StatementNumber)> {
    match body {
        EventBody::VoteCast { participant, statement, .. } => Some((*participant, *statement)),
        _ => None,
    }
}

async fn finished(computing: &mut Option<JoinHandle<Mapped>>) -> Option<Mapped> {
    match computing {
        Some(handle) => handle.await.ok(),
        None => std::future::pending().await,
    }
}

async fn sleep_until(due: Option<Instant>) {
    match due {
        Some(due) => tokio::time::sleep_until(due.into()).await,
        None => std::future::pending().await,
    }
}
