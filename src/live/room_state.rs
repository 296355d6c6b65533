//! What a room knows, and what it decides. PURE: chance, time and salt come in as arguments.
//!
//! `decide_*` turns a wish into events or a [`Rejection`]; [`RoomState::apply`] folds events that
//! are on disk. Nothing else changes the state.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::domain::PersonalText;
use crate::domain::record::{Done, FoldError};
use crate::domain::statement::{MAX_STATEMENT_CHARACTERS, clean_statement_text};
use crate::domain::{
    Choice, ConversationRecord, ConversationState, Event, EventBody, Moderation, OperationId,
    ParticipantNumber, Rejection, Source, StatementNumber, TokenHash,
};
use crate::opinion::priority::Chance;
use crate::opinion::{self, OpinionMap};

use super::routing::{Progress, Routing};
use super::twins::Twins;
use super::{Identity, Published};

/// A participant's statements that may wait for a moderator at once.
const MAX_PENDING_PER_AUTHOR: usize = 10;
/// Statements in one conversation that are shown or wait, as many as Polis holds. Rejected ones take
/// nobody's place.
const MAX_STATEMENTS: usize = 10_000;
/// Places among these that only organisers can fill.
const FOR_ORGANISERS: usize = 1_000;
/// Statements in all, rejected ones included: as many as an import takes. Floods are slowed down by the
/// rates of submissions long before.
const MAX_EVER: usize = 90_000;

/// Whose statement it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum By {
    Participant,
    Organiser,
}

/// A statement as it is shown to somebody who may vote on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// Its number.
    pub number: StatementNumber,
    /// Its words.
    pub text: String,
    /// From the organiser.
    pub seed: bool,
}

/// Everything a room knows.
pub struct RoomState {
    /// The fold of the log.
    pub record: ConversationRecord,
    /// The last map, and the place in the log that it covers.
    pub map: Arc<Published>,
    tokens: HashMap<TokenHash, ParticipantNumber>,
    routing: Routing,
    twins: Twins,
}

/// Votes and joins that were decided and are not on disk yet. Later decisions of the same batch
/// see them; when the disk refuses, they are dropped and the state has never seen them.
#[derive(Default)]
pub struct Undecided {
    /// The events, in order.
    pub bodies: Vec<EventBody>,
    /// Tokens admitted with them, as they are stored in this conversation.
    pub admitted: HashMap<TokenHash, ParticipantNumber>,
    votes: FxHashMap<(ParticipantNumber, StatementNumber), Choice>,
    ops: FxHashMap<ParticipantNumber, Vec<(OperationId, Done)>>,
}

impl RoomState {
    /// A room's state after its log was folded.
    pub fn new(
        record: ConversationRecord,
        tokens: HashMap<TokenHash, ParticipantNumber>,
        map: Arc<Published>,
    ) -> Self {
        let twins = Twins::of(&record);
        let mut state = Self { record, map: Arc::clone(&map), tokens, routing: Routing::default(), twins };
        state.set_map(map);
        state
    }

    /// Keeps a new map.
    pub fn set_map(&mut self, published: Arc<Published>) {
        self.map = published;
        self.route_anew();
    }

    fn route_anew(&mut self) {
        let map: &OpinionMap = &self.map.map;
        let priorities: FxHashMap<_, _> = map.statements.iter().map(|s| (s.id, s.priority)).collect();
        self.routing = Routing::new(&self.record, |number| priorities.get(&number).copied());
    }

    /// Who holds this token here.
    pub fn participant_of(&self, token: &TokenHash) -> Option<ParticipantNumber> {
        self.tokens.get(&token.within(self.record.conversation.id)).copied()
    }

    /// How far a participant has come.
    pub fn progress(&self, participant: Option<ParticipantNumber>) -> Progress {
        self.routing.progress(&self.record, participant)
    }

    /// A statement that is shown, by number.
    pub fn shown(&self, number: StatementNumber) -> Option<Shown> {
        let statement = self.record.statements.get(&number).filter(|s| self.record.is_shown(s))?;
        Some(Shown { number, text: statement.text.text().to_owned(), seed: statement.seed })
    }

    /// The next statement for a participant (or for somebody who has not joined), drawn by
    /// priority; never one they voted on, nor one of `skip`.
    pub fn next_shown(
        &self,
        participant: Option<ParticipantNumber>,
        skip: &[StatementNumber],
        chance: Chance,
    ) -> Option<Shown> {
        let next = self.routing.next_statement(&self.record, participant, skip, chance)?;
        self.shown(next)
    }

    /// The votes as the opinion core takes them.
    pub fn votes(&self) -> opinion::Votes {
        opinion::Votes::of_record(&self.record)
    }

    /// Folds events that are on disk, and tokens admitted with them.
    pub fn apply(
        &mut self,
        events: Vec<Event>,
        admitted: impl IntoIterator<Item = (TokenHash, ParticipantNumber)>,
    ) -> Result<(), FoldError> {
        let mut shown_changed = false;
        for event in events {
            match event.body {
                EventBody::VoteCast { participant, statement, .. } => {
                    self.record.apply(event)?;
                    self.routing.voted(&self.record, participant, statement);
                    continue;
                }
                EventBody::ParticipantJoined { .. } => {}
                EventBody::StatementSubmitted { statement, ref text, .. } => {
                    self.twins.add(statement, text.text());
                    shown_changed = true;
                }
                _ => shown_changed = true,
            }
            self.record.apply(event)?;
        }
        if shown_changed {
            self.route_anew();
        }
        self.tokens.extend(admitted);
        Ok(())
    }

    /// Admits the holder of a token, who may be known already.
    pub fn decide_join(&self, token: TokenHash, batch: &mut Undecided) -> ParticipantNumber {
        let stored = token.within(self.record.conversation.id);
        let known = self.tokens.get(&stored).or_else(|| batch.admitted.get(&stored)).copied();
        if let Some(participant) = known {
            return participant;
        }
        let new = batch.admitted.len();
        let participant = ParticipantNumber(self.record.next_participant().0 + count(new));
        batch.bodies.push(EventBody::ParticipantJoined { participant });
        batch.admitted.insert(stored, participant);
        participant
    }

    /// The same for whoever it is: a newcomer is admitted with it, in the same batch.
    pub fn decide_vote_of(
        &self,
        identity: Identity,
        statement: StatementNumber,
        choice: Choice,
        op: Option<&OperationId>,
        batch: &mut Undecided,
    ) -> Result<ParticipantNumber, Rejection> {
        let participant = match identity {
            Identity::Participant(participant) => participant,
            Identity::Token(token) => match self.participant_of(&token) {
                Some(participant) => participant,
                None => {
                    // Nobody is admitted by a vote that can't be taken.
                    self.check_votable(statement)?;
                    self.decide_join(token, batch)
                }
            },
        };
        self.decide_vote(participant, statement, choice, op, batch)?;
        Ok(participant)
    }

    /// Casts or changes a vote. The same choice again, and an operation that was done already,
    /// make no event.
    pub fn decide_vote(
        &self,
        participant: ParticipantNumber,
        statement: StatementNumber,
        choice: Choice,
        op: Option<&OperationId>,
        batch: &mut Undecided,
    ) -> Result<(), Rejection> {
        let done = Done::Voted(statement, choice);
        match op.and_then(|op| self.done(participant, op, batch)) {
            Some(before) if before == done => return Ok(()),
            Some(_) => return Err(Rejection::OperationReused),
            None => self.check_votable(statement)?,
        }
        let stored = self.record.participants.get(&participant);
        if stored.is_none() && !batch.admitted.values().any(|admitted| *admitted == participant) {
            return Err(Rejection::UnknownParticipant);
        }
        let waiting = batch.votes.get(&(participant, statement)).copied();
        let current = waiting.or_else(|| stored.and_then(|p| p.votes.on(statement)));
        if current == Some(choice) {
            return Ok(());
        }
        batch.votes.insert((participant, statement), choice);
        if let Some(op) = op {
            batch.ops.entry(participant).or_default().push((op.clone(), done));
        }
        let op = op.cloned();
        let offered = || self.routing.offered_ppm(&self.record, participant, statement);
        let offered_ppm = if current.is_none() { offered() } else { None };
        let source = Source::Live;
        batch.bodies.push(EventBody::VoteCast { participant, statement, choice, source, op, offered_ppm });
        Ok(())
    }

    /// Whether votes on a statement are taken now, whoever casts them.
    pub fn check_votable(&self, statement: StatementNumber) -> Result<(), Rejection> {
        self.check_open()?;
        let shown = self.record.statements.get(&statement).ok_or(Rejection::UnknownStatement)?;
        if self.record.is_shown(shown) { Ok(()) } else { Err(Rejection::StatementNotShown) }
    }

    /// A participant's statement, with their own agreement.
    pub fn decide_submission(
        &self,
        participant: ParticipantNumber,
        text: &str,
        op: Option<&OperationId>,
        salt: [u8; 16],
    ) -> Result<Vec<EventBody>, Rejection> {
        self.check_open()?;
        let author = self.record.participants.get(&participant).ok_or(Rejection::UnknownParticipant)?;
        match op.and_then(|op| author.done(op)) {
            Some(Done::Submitted(_)) => return Ok(Vec::new()),
            Some(Done::Voted(..)) => return Err(Rejection::OperationReused),
            None => {}
        }
        let text = self.check_new_statement(text, || self.room_for(By::Participant))?;
        let pending = self
            .record
            .statements
            .values()
            .filter(|s| s.author == Some(participant) && s.moderation == Moderation::Pending);
        if pending.count() >= MAX_PENDING_PER_AUTHOR {
            return Err(Rejection::TooManyPending { max: MAX_PENDING_PER_AUTHOR });
        }
        let statement = self.record.next_statement();
        Ok(vec![
            EventBody::StatementSubmitted {
                statement,
                author: Some(participant),
                seed: false,
                meta: false,
                text: PersonalText::new(text, salt),
                source: Source::Live,
                op: op.cloned(),
            },
            EventBody::VoteCast {
                participant,
                statement,
                choice: Choice::Agree,
                source: Source::Live,
                op: None,
                offered_ppm: None,
            },
        ])
    }

    /// Whether a statement with these words would be taken now, whoever submits it.
    pub fn check_submittable(&self, text: &str) -> Result<(), Rejection> {
        self.check_open()?;
        self.check_new_statement(text, || self.room_for(By::Participant)).map(|_| ())
    }

    /// The statement that a repeated submission made.
    pub fn submission_of(&self, participant: ParticipantNumber, op: &OperationId) -> Option<StatementNumber> {
        match self.record.participants.get(&participant)?.done(op)? {
            Done::Submitted(statement) => Some(statement),
            Done::Voted(..) => None,
        }
    }

    /// What an operation did, on disk or decided in this batch.
    fn done(&self, participant: ParticipantNumber, op: &OperationId, batch: &Undecided) -> Option<Done> {
        let stored = self.record.participants.get(&participant).and_then(|p| p.done(op));
        stored.or_else(|| {
            let decided = batch.ops.get(&participant)?;
            decided.iter().find(|(name, _)| name == op).map(|(_, done)| *done)
        })
    }

    fn check_open(&self) -> Result<(), Rejection> {
        match self.record.conversation.state {
            ConversationState::Open => Ok(()),
            _ => Err(Rejection::NotOpen),
        }
    }

    /// A statement's words as they would be taken, where there is room for `left()` more.
    pub(super) fn check_new_statement(
        &self,
        text: &str,
        left: impl FnOnce() -> usize,
    ) -> Result<String, Rejection> {
        let text = clean_statement_text(text)?;
        if let Some(twin) = self.twins.of_text(&self.record, &text) {
            return Err(Rejection::StatementExists(twin));
        }
        if left() == 0 { Err(Rejection::TooManyStatements) } else { Ok(text) }
    }

    /// How many more statements are taken.
    pub(super) fn room_for(&self, by: By) -> usize {
        let kept = if by == By::Participant { FOR_ORGANISERS } else { 0 };
        let all = &self.record.statements;
        let here = all.values().filter(|s| s.moderation != Moderation::Rejected).count();
        (MAX_STATEMENTS.saturating_sub(here)).min(MAX_EVER.saturating_sub(all.len())).saturating_sub(kept)
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The most characters of a statement, for pages that say so.
pub const STATEMENT_LIMIT: usize = MAX_STATEMENT_CHARACTERS;
