//! A room: the task that owns one open conversation, and the handle on it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rand::{Rng, SeedableRng, rngs::StdRng};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

use crate::clock::{Clock, random_bytes};
use crate::domain::{
    Choice, EventBody, Moderation, OperationId, ParticipantNumber, RejectReason, StatementNumber, Timestamp,
    TokenHash,
};
use crate::opinion::{self, Votes};
use crate::store::{Grant, NewEvents, Store, StoreError};

use super::command::{CastVote, Command, Rare, Reply};
use super::recompute::{self, Pace, Staleness};
use super::room_state::{self, DrawChance, RoomState, Undecided};
use super::{
    AgendaChange, Identity, Joined, Live, NewConversation, Published, Queue, RoomError, Saved, Submitted,
    Voted,
};

/// Commands that one round takes: the most votes that one commit of this room holds.
const COMMANDS_PER_ROUND: usize = 1024;

/// A handle on an open conversation; cheap to clone.
#[derive(Clone)]
pub struct RoomHandle {
    mailbox: mpsc::Sender<Command>,
    published: watch::Receiver<Arc<Published>>,
    queue: watch::Receiver<Queue>,
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

    /// Adds an organiser's statement.
    pub async fn add_seed(&self, text: String, meta: bool) -> Live<Saved> {
        self.ask(|reply| Command::Rare(Rare::Seed { text, meta, reply })).await
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

    /// The moderators' queue, and a way to wait for its next change.
    pub fn queue(&self) -> watch::Receiver<Queue> {
        self.queue.clone()
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

/// The task behind a handle.
pub(super) struct Room {
    state: RoomState,
    store: Store,
    clock: Clock,
    rng: StdRng,
    pace: Pace,
    mailbox: mpsc::Receiver<Command>,
    published: watch::Sender<Arc<Published>>,
    queue: watch::Sender<Queue>,
    opened: Instant,
    stale: Staleness,
    computing: Option<JoinHandle<Computed>>,
}

/// A map, and what it was made of.
struct Computed {
    published: Published,
    cost: Duration,
}

/// Ends the room: its state can no longer be trusted, and the next visitor opens it from the log.
struct MustRestart;

impl Room {
    pub(super) fn new(
        state: RoomState,
        store: Store,
        clock: Clock,
        pace: Pace,
        mailbox_size: usize,
    ) -> (RoomHandle, Self) {
        let (sender, mailbox) = mpsc::channel(mailbox_size);
        let (published, published_receiver) = watch::channel(Arc::clone(&state.map));
        let (queue, queue_receiver) = watch::channel(queue_of(&state));
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
            computing: None,
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
                computed = finished(&mut self.computing) => self.publish(computed),
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
        let votes = hot.batch.bodies.iter().filter(|b| matches!(b, EventBody::VoteCast { .. })).count();
        let admitted = hot.batch.admitted.into_iter().collect();
        let result = self.record(hot.batch.bodies, admitted).await?;
        if result.is_ok() && votes > 0 {
            self.stale.changed(self.opened.elapsed(), votes as u64);
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
    async fn record(
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
            Ok(events) => self.state.apply(events, admitted).map(Ok).map_err(|_| MustRestart),
            // Another writer was here: what this room knows is not what is stored.
            Err(StoreError::Conflict(_)) => Err(MustRestart),
            Err(error) => {
                tracing::error!(conversation = %self.state.record.conversation.id, %error, "nothing was saved");
                Ok(Err(RoomError::NotSaved(error)))
            }
        }
    }

    async fn rare(&mut self, rare: Rare) -> Result<(), MustRestart> {
        match rare {
            Rare::Submit { identity, text, op, reply } => {
                let answer = self.submit(identity, &text, op.as_ref()).await?;
                let _ = reply.send(answer);
            }
            Rare::Seed { text, meta, reply } => {
                let decided = self.state.decide_seed(&text, meta, random_bytes());
                self.save(decided, reply).await?;
            }
            Rare::Moderate { statement, to, reason, reply } => {
                let decided = self.state.decide_moderation(statement, to, reason);
                self.save(decided, reply).await?;
            }
            Rare::Open { reply } => {
                let decided = Ok(self.state.decide_open());
                self.save(decided, reply).await?;
                self.publish_rules();
            }
            Rare::Close { reply } => {
                let decided = self.state.decide_close();
                self.save(decided, reply).await?;
                self.publish_rules();
                // The last map covers every vote, however few came since the one before.
                self.start_computing();
            }
            Rare::Change { new, reply } => {
                let salts = [random_bytes(), random_bytes(), random_bytes()];
                let settings = room_state::checked_settings(new.settings);
                let text =
                    room_state::conversation_text(&new.question, &new.description, &new.organiser, salts);
                let decided = text.map(|text| vec![EventBody::ConversationChanged { text, settings }]);
                self.save(decided, reply).await?;
                self.publish_rules();
            }
            Rare::Agenda { change, reply } => {
                let decided = self.state.decide_agenda(change);
                self.save(decided, reply).await?;
            }
        }
        self.queue.send_if_modified(|queue| {
            let now = queue_of(&self.state);
            let changed = *queue != now;
            *queue = now;
            changed
        });
        Ok(())
    }

    async fn submit(
        &mut self,
        identity: Identity,
        text: &str,
        op: Option<&OperationId>,
    ) -> Result<Live<Submitted>, MustRestart> {
        let participant = match identity {
            Identity::Participant(participant) => participant,
            Identity::Token(token) => {
                let mut batch = Undecided::default();
                let participant = self.state.decide_join(token, &mut batch);
                if let Err(error) = self.record(batch.bodies, batch.admitted.into_iter().collect()).await? {
                    return Ok(Err(error));
                }
                participant
            }
        };
        if let Some(done) = op.and_then(|op| self.state.submission_of(participant, op)) {
            return Ok(Ok(self.submitted(participant, done)));
        }
        let statement = self.state.record.next_statement();
        let bodies = match self.state.decide_submission(participant, text, op, random_bytes()) {
            Ok(bodies) => bodies,
            Err(rejection) => return Ok(Err(rejection.into())),
        };
        let result = self.record(bodies, Vec::new()).await?;
        self.stale.changed(self.opened.elapsed(), 1);
        Ok(result.map(|()| self.submitted(participant, statement)))
    }

    fn submitted(&self, participant: ParticipantNumber, statement: StatementNumber) -> Submitted {
        let stored = self.state.record.statements.get(&statement);
        let moderation = stored.map_or(Moderation::Pending, |stored| stored.moderation);
        Submitted { participant, statement, moderation, seq: self.state.record.seq }
    }

    async fn save(
        &mut self,
        decided: Result<Vec<EventBody>, crate::domain::Rejection>,
        reply: Reply<Saved>,
    ) -> Result<(), MustRestart> {
        let answer = match decided {
            Err(rejection) => Err(rejection.into()),
            Ok(bodies) => {
                let stale = bodies.iter().any(|b| matches!(b, EventBody::StatementModerated { .. }));
                let result = self.record(bodies, Vec::new()).await?;
                if stale && result.is_ok() {
                    self.stale.changed(self.opened.elapsed(), 0);
                }
                result.map(|()| Saved { seq: self.state.record.seq })
            }
        };
        let _ = reply.send(answer);
        Ok(())
    }

    /// Says at once that the conversation was opened, closed or given other rules.
    fn publish_rules(&mut self) {
        self.state.map = Arc::new(self.state.map.under_the_rules_of(&self.state.record));
        self.published.send_replace(Arc::clone(&self.state.map));
    }

    fn due(&self) -> Option<Instant> {
        if self.computing.is_some() {
            return None;
        }
        let placed = self.state.map.map.counts.placed;
        let immediate = recompute::is_immediate(&self.state.record.conversation.settings, placed);
        Some(self.opened + self.stale.due(&self.pace, immediate)?)
    }

    fn start_computing(&mut self) {
        if self.computing.is_some() {
            return;
        }
        self.stale.started();
        let votes = self.state.votes();
        // What the map covers is fixed now; the map itself takes the last one's place when ready.
        let last = Arc::clone(&self.state.map.map);
        let covers = Published::new(&self.state.record, last, self.clock.now());
        self.computing = Some(tokio::task::spawn_blocking(move || {
            let started = Instant::now();
            let map = Arc::new(opinion::compute(&votes, &opinion::Params::default()));
            Computed { published: Published { map, ..covers }, cost: started.elapsed() }
        }));
    }

    fn publish(&mut self, computed: Option<Computed>) {
        self.computing = None;
        let Some(Computed { mut published, cost }) = computed else {
            tracing::error!(conversation = %self.state.record.conversation.id,
                "the map could not be computed; the last one stays");
            return;
        };
        self.stale.published(self.opened.elapsed(), cost);
        published.state = self.state.record.conversation.state;
        published.settings = self.state.record.conversation.settings;
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

/// The map of a record, computed now.
pub(super) fn first_map(record: &crate::domain::ConversationRecord, now: Timestamp) -> Published {
    let map = opinion::compute(&Votes::of_record(record), &opinion::Params::default());
    Published::new(record, Arc::new(map), now)
}

fn queue_of(state: &RoomState) -> Queue {
    let pending = state.record.statements.values().filter(|s| s.moderation == Moderation::Pending).count();
    Queue { pending: u32::try_from(pending).unwrap_or(u32::MAX), seq: state.record.seq }
}

async fn finished(computing: &mut Option<JoinHandle<Computed>>) -> Option<Computed> {
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
