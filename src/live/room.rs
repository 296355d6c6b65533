//! A room: the task that owns one open conversation. It takes what waits, commits it, folds it, answers,
//! and does what follows; and it has the map computed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use rand::{Rng, SeedableRng, rngs::StdRng};
use rustc_hash::FxHashSet;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use crate::clock::{Clock, random_bytes};
use crate::conversation::{Decided, Effects, Event};
use crate::domain::{Moderation, ParticipantNumber, Rejection, Seq};
use crate::opinion::findings::priority::DrawRng;
use crate::store::{Epoch, NewEvents, NewToken, Store, StoreError};

use super::activity::Activity;
use super::drafts::{DraftQueue, KeptBench};
use super::due::{Computation, IdleWork, finished, sleep_until};
use super::fan_out::{Teller, fan_out};
use super::handle::RoomHandle;
use super::mapping::Mapping;
use super::message::{Reply, RoomMessage};
use super::recompute::{Pace, Staleness};
use super::room_state::RoomState;
use super::turn::{Batch, StoredTurn, Turn, TurnAnswer};
use super::{
    Board, Contents, LiveConfig, LiveMeters, PublishedMap, Queue, RoomError, Saved, Submitted, VoterRoute,
};

/// Commands that one round takes: the most votes that one commit of this room holds.
const COMMANDS_PER_ROUND: usize = 1024;

/// The task behind a handle.
pub(super) struct Room {
    pub(super) state: RoomState,
    pub(super) store: Store,
    pub(super) clock: Clock,
    rng: StdRng,
    pub(super) pace: Pace,
    mailbox: mpsc::Receiver<RoomMessage>,
    pub(super) published: watch::Sender<Arc<PublishedMap>>,
    pub(super) queue: watch::Sender<Queue>,
    board: watch::Sender<Arc<Board>>,
    board_is_stale: Arc<AtomicBool>,
    pub(super) opened: Instant,
    pub(super) stale: Staleness,
    pub(super) mapping: Mapping,
    pub(super) meters: Arc<LiveMeters>,
    /// Whether the store refused what was written last.
    fails: bool,
    /// Since when changes wait for a map.
    waits: watch::Sender<Option<Instant>>,
    pub(super) computing: Option<Computation>,
    /// People who voted, or changed a vote, since the last map.
    pub(super) changed: FxHashSet<ParticipantNumber>,
    /// When the letters of groups were kept last, and of which map: its version and number of groups.
    pub(super) letters: Option<(Instant, (Seq, usize))>,
    /// Keeps them once more when they may be kept again.
    pub(super) letters_later: Option<JoinHandle<()>>,
    /// Agendas that somebody waits for.
    pub(super) drafts: DraftQueue,
    /// What the last one was made of.
    pub(super) bench: Option<KeptBench>,
    /// On which map statements were last looked at that pass a threshold, and which.
    pub(super) looked_at: Option<(Seq, u32)>,
    /// What happens from minute to minute.
    pub(super) activity: Arc<Activity>,
    /// Another map is wanted as soon as the one being computed is there.
    pub(super) compute_again: bool,
    /// The epoch in which this node has the conversation, where it is not alone.
    pub(super) epoch: Option<Epoch>,
    /// Cancelled when this node has it no more, or can't know.
    lost: CancellationToken,
    /// Cancelled when another node is to have it.
    leaving: CancellationToken,
}

/// Why a room ends; the next visitor opens it from the log.
pub(super) enum RoomEnd {
    /// It is found under this address no more.
    Gone,
    /// Another node has the conversation.
    Moved,
    /// Its state can no longer be trusted.
    Astray,
    /// Nobody knows whether the last commit was saved. Whoever asks again finds out, by the ids of operations.
    Unsure,
}

impl Room {
    pub(super) fn new(
        state: RoomState,
        store: Store,
        clock: Clock,
        mapping: Mapping,
        (config, meters): (LiveConfig, Arc<LiveMeters>),
        (epoch, lost): (Option<Epoch>, CancellationToken),
    ) -> (RoomHandle, Self, Teller) {
        let LiveConfig { mailbox, pace, .. } = config;
        let (sender, mailbox) = mpsc::channel(mailbox);
        let (published, published_receiver) = watch::channel(Arc::clone(&state.map));
        let (queue, queue_receiver) = watch::channel(Queue::of(&state.desk.record));
        let contents = Arc::new(Contents::of(&state.desk.record));
        let (board, boards) = watch::channel(Arc::new(Board::new(contents, Arc::clone(&state.map))));
        let board_is_stale = Arc::new(AtomicBool::new(false));
        let (fan_out, teller) = fan_out(published_receiver.clone(), clock.clone());
        let (waits, waits_since) = watch::channel(None);
        let (activity, leaving) = (Arc::<Activity>::default(), CancellationToken::new());
        let handle = RoomHandle {
            conversation: state.desk.record.conversation.id,
            mailbox: sender,
            published: published_receiver,
            queue: queue_receiver,
            board: boards,
            board_is_stale: Arc::clone(&board_is_stale),
            fan_out,
            waits_since,
            similar: Arc::default(),
            words: Arc::default(),
            freezing: Arc::default(),
            activity: Arc::clone(&activity),
            looking: Arc::default(),
            watched: Arc::default(),
            clock: clock.clone(),
            leaving: leaving.clone(),
        };
        let rng = StdRng::from_seed(random_bytes());
        let (opened, stale) = (clock.instant(), Staleness::default());
        let room = Self {
            state,
            store,
            clock,
            rng,
            pace,
            mailbox,
            published,
            queue,
            board,
            board_is_stale,
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
            drafts: DraftQueue::default(),
            bench: None,
            looked_at: None,
            activity,
            compute_again: false,
            epoch,
            lost,
            leaving,
        };
        (handle, room, teller)
    }

    /// Runs until every handle is dropped, or the state can't be trusted any more.
    pub(super) async fn run(mut self) {
        let mut commands = Vec::with_capacity(COMMANDS_PER_ROUND);
        self.look_at_threshold();
        loop {
            let due = self.due();
            self.tell_staleness();
            let went_on = tokio::select! {
                taken = self.mailbox.recv_many(&mut commands, COMMANDS_PER_ROUND) => {
                    if taken == 0 {
                        self.keep_letters().await;
                        return;
                    }
                    self.meters.round_commands.observe(taken as f64);
                    let span = tracing::debug_span!("round", commands = taken);
                    self.round(commands.drain(..)).instrument(span).await
                }
                // What it knows may be no longer so: nothing more is answered. Whoever ended it has said why.
                () = self.lost.cancelled() => return,
                () = self.leaving.cancelled(), if !self.mailbox.is_closed() => {
                    // What waits already is answered; then nothing more comes, and the room ends above.
                    self.mailbox.close();
                    Ok(())
                }
                mapped = finished(&mut self.computing) => self.computed(mapped).await,
                validation = self.mapping.validation() => {
                    self.publish_validation(validation);
                    Ok(())
                }
                () = self.drafts.deserted() => {
                    self.forget_deserted_drafts();
                    Ok(())
                }
                what = sleep_until(due) => {
                    match what {
                        IdleWork::Map => self.start_computing(),
                        IdleWork::Settling => self.start_settling(),
                        IdleWork::Validation => self.start_validation(),
                        IdleWork::Draft => self.start_drafting(),
                    }
                    Ok(())
                }
            };
            match went_on {
                Ok(()) => {}
                Err(RoomEnd::Gone) => return,
                Err(RoomEnd::Moved) => {
                    let conversation = self.state.desk.record.conversation.id;
                    tracing::info!(%conversation, "another node writes this conversation; its room here ends");
                    return;
                }
                Err(RoomEnd::Unsure) => {
                    let conversation = self.state.desk.record.conversation.id;
                    tracing::warn!(%conversation,
                        "whether the last commit was saved is not known; the room is opened anew from what is stored");
                    return;
                }
                Err(RoomEnd::Astray) => {
                    let conversation = self.state.desk.record.conversation.id;
                    tracing::error!(%conversation,
                        "a room's state does not follow from its log; it is opened anew");
                    return;
                }
            }
        }
    }

    /// Works through waiting commands in order; neighbouring votes and joins share a commit.
    async fn round(&mut self, commands: impl Iterator<Item = RoomMessage>) -> Result<(), RoomEnd> {
        let mut turn = Turn::default();
        for command in commands {
            match command {
                // A read sees what is on disk. People who read after their own vote have waited for it;
                // a commit for each reader would split the others' batches.
                RoomMessage::Read(read) => read(&self.state),
                RoomMessage::Bench(wants) => self.want_bench(wants),
                RoomMessage::Board { reply } => drop(reply.send(Ok(self.current_board()))),
                RoomMessage::Act { request, reply } => {
                    let mut taken = turn.take(&self.state, request, reply, &mut random_bytes);
                    if let TurnAnswer::Full(request, reply) = taken {
                        self.commit(std::mem::take(&mut turn)).await?;
                        taken = turn.take(&self.state, request, reply, &mut random_bytes);
                    }
                    match taken {
                        TurnAnswer::Waits => {}
                        TurnAnswer::Refused(reply, rejection) => drop(reply.send(Err(rejection.into()))),
                        // Nothing is in its way, so it can't be; whoever asked hears that the room stopped.
                        TurnAnswer::Full(..) => return Err(RoomEnd::Astray),
                    }
                }
            }
        }
        self.commit(turn).await
    }

    /// Writes what was decided, folds it, and only then answers and does what follows.
    pub(super) async fn commit(&mut self, turn: Turn<Reply<Saved>>) -> Result<(), RoomEnd> {
        if turn.is_empty() {
            return Ok(());
        }
        let (Batch { events, admitted, forgotten, kept, documents }, handed) = turn.hand_over(&self.state);
        let record = &self.state.desk.record;
        let grants = admitted.iter().map(|&(token, participant)| NewToken { token, participant }).collect();
        let (conversation, after, at) = (record.conversation.id, record.seq, self.clock.now());
        let epoch = self.epoch;
        let new = NewEvents { conversation, at, events, forgotten, kept, documents, grants, after, epoch };
        let written =
            if new.events.is_empty() { self.is_still_so().await } else { self.store.record(new).await };
        let events = match written {
            Ok(events) => events,
            // Another writer was here: what this room knows is not what is stored. Among several nodes that happens.
            Err(StoreError::Outdated(_)) if self.epoch.is_some() => return Err(RoomEnd::Moved),
            Err(StoreError::Outdated(_)) => return Err(RoomEnd::Astray),
            // “Not saved” may be untrue: whoever waits hears that the room is opened anew.
            Err(StoreError::Unknown(_)) => return Err(RoomEnd::Unsure),
            Err(error) => {
                let error = self.not_saved(error);
                handed.lost().for_each(|reply| drop(reply.send(Err(error.clone()))));
                return Ok(());
            }
        };
        if !events.is_empty() && std::mem::take(&mut self.fails) {
            tracing::info!(%conversation, "votes are saved again");
        }
        self.activity.note_events(events.iter().map(|event| &event.what), at);
        let stored = handed.stored(&mut self.state, events).map_err(|_| RoomEnd::Astray)?;
        let StoredTurn { answers, after, effects } = stored;
        self.follow(&effects);
        for (reply, decided) in answers {
            let saved = self.saved(decided, after);
            let _ = reply.send(Ok(saved));
        }
        // Who asks for it again finds it under its new address, or not at all.
        if effects.gone { Err(RoomEnd::Gone) } else { Ok(()) }
    }

    /// Nothing new is to be written; but that all is as it was asked for is true only while no other node has the conversation.
    async fn is_still_so(&self) -> Result<Vec<Event>, StoreError> {
        if let Some(epoch) = self.epoch {
            self.store.check_epoch(self.state.desk.record.conversation.id, epoch).await?;
        }
        Ok(Vec::new())
    }

    /// Why nothing was written. Said once, and not for each of thousands that the same full disk refuses.
    fn not_saved(&mut self, error: StoreError) -> RoomError {
        if let StoreError::Taken(slug) = error {
            return RoomError::Rejected(Rejection::AddressTaken(slug));
        }
        if !std::mem::replace(&mut self.fails, true) {
            let conversation = self.state.desk.record.conversation.id;
            tracing::error!(%conversation, %error, "nothing is saved");
        }
        RoomError::NotSaved(error)
    }

    fn saved(&mut self, decided: Decided, after: Seq) -> Saved {
        let record = &self.state.desk.record;
        let (seq, mut route, mut submitted) = (record.seq, None, None);
        match decided {
            Decided::Voted { participant } => {
                let rng = DrawRng::new(self.rng.r#gen());
                let next = self.state.next_shown(Some(participant), &[], rng);
                route = Some(VoterRoute { next, progress: self.state.progress(Some(participant)) });
            }
            Decided::Submitted { participant, statement } => {
                // Sent again after it was taken back: it is nobody's business what others keep of it.
                let own = record.statements.get(&statement).filter(|s| s.words_of(participant).is_some());
                submitted = Some(match own {
                    Some(own) => Submitted {
                        shown: Some(statement).filter(|_| record.is_shown(own)),
                        moderation: own.moderation,
                    },
                    None => Submitted { shown: None, moderation: Moderation::Rejected },
                });
            }
            Decided::Joined { .. } | Decided::Changed { .. } => {}
        }
        Saved { decided, after, seq, route, submitted }
    }

    /// Does what follows from events that are on disk.
    fn follow(&mut self, effects: &Effects) {
        self.mapping.note(&effects.map, &self.state.desk.record);
        if effects.makes_map_stale() {
            self.changed.extend(effects.voters());
            self.stale.changed(self.clock.since(self.opened), self.changed.len() as u64);
        }
        if effects.pages {
            // Before anybody is answered, so that people who read after their own act see it.
            self.board_is_stale.store(true, Ordering::Release);
            self.look_at_threshold();
        }
        if effects.rules {
            self.publish_rules();
        }
        if effects.decided {
            self.publish_decisions();
        }
        if effects.closed {
            // The last map covers every vote, however few came since the one before.
            self.start_computing();
        }
        if effects.queue {
            self.queue.send_replace(Queue::of(&self.state.desk.record));
        }
    }

    /// The board, made anew where events have changed what it shows.
    fn current_board(&self) -> Arc<Board> {
        if self.board_is_stale.load(Ordering::Acquire) {
            let contents = Arc::new(Contents::of(&self.state.desk.record));
            self.board.send_replace(Arc::new(Board::new(contents, Arc::clone(&self.state.map))));
            // Only now: whoever finds the board fresh takes this one. Nothing else makes it stale meanwhile.
            self.board_is_stale.store(false, Ordering::Release);
        }
        Arc::clone(&self.board.borrow())
    }

    /// Shows everybody what is published now.
    pub(super) fn show(&mut self) {
        let contents = Arc::clone(&self.board.borrow().contents);
        self.board.send_replace(Arc::new(Board::new(contents, Arc::clone(&self.state.map))));
        self.published.send_replace(Arc::clone(&self.state.map));
    }

    fn tell_staleness(&self) {
        let since = self.stale.waits_since().map(|since| self.opened + since);
        self.waits.send_if_modified(|told| std::mem::replace(told, since) != since);
    }
}
