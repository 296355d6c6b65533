//! The pieces of the simulation in `simulation_tests`: clients with their outboxes, the log, and what
//! the protocol promises, written down once more in the simplest way.

use std::collections::VecDeque;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::conversation::{
    Brief, ConversationCreated, ConversationOpened, ConversationRecord, Event, EventBody, Identity, NewEvent,
    RecordedActor, Source, StatementModerated, StatementSubmitted, VoteCast,
};
use crate::domain::{
    ChainHash, Choice, ConversationId, Moderation, OperationId, ParticipantNumber, PersonalText, Seq, Slug,
    StatementNumber, Timestamp, TokenHash,
};

use super::PublishedMap;
use super::room_state::RoomState;

/// The most people of one run.
pub(super) const PEOPLE: usize = 6;
/// Statements of every run.
pub(super) const STATEMENTS: usize = 5;
/// The most operations of one person: no more than a room remembers.
pub(super) const MOST_OPS: usize = 60;

/// `Err` says which promise is broken.
pub(super) type Check<T = ()> = Result<T, String>;

/// What somebody says of a statement, under the number of their operation.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Vote {
    pub op: u32,
    pub statement: usize,
    pub choice: Choice,
}

/// Everybody counts their operations from 0, so that names of different people are the same.
pub(super) fn operation(number: u32) -> OperationId {
    OperationId::parse(&format!("o{number}")).expect("a good name")
}

pub(super) fn statement_number(statement: usize) -> StatementNumber {
    StatementNumber(u32::try_from(statement).expect("few statements"))
}

/// A browser or program of one person.
pub(super) struct Device {
    pub person: usize,
    /// Asks to be admitted before it votes.
    pub joins: bool,
    pub conn: Option<Conn>,
    /// Votes that were not answered, in order, one for each statement.
    pub outbox: Vec<QueuedVote>,
    /// What was acknowledged last.
    pub settled: [Option<Choice>; STATEMENTS],
    /// An unanswered vote was replaced, and nobody knows whether it counted.
    pub unsure: [bool; STATEMENTS],
}

pub(super) struct QueuedVote {
    pub vote: Vote,
    pub sent: bool,
}

impl Device {
    pub fn new(person: usize, joins: bool) -> Self {
        let (settled, unsure) = ([None; STATEMENTS], [false; STATEMENTS]);
        Self { person, joins, conn: None, outbox: Vec::new(), settled, unsure }
    }

    pub fn position(&self, op: u32) -> Option<usize> {
        self.outbox.iter().position(|waiting| waiting.vote.op == op)
    }

    pub fn is_quiet(&self) -> bool {
        let is_quiet = |conn: &Conn| conn.up.is_empty() && conn.down.is_empty() && !conn.busy;
        self.outbox.is_empty() && self.conn.as_ref().is_some_and(is_quiet)
    }
}

/// A socket: both its queues, and what the server's end of it knows.
pub(super) struct Conn {
    pub number: u64,
    pub up: VecDeque<Frame>,
    pub down: VecDeque<Answer>,
    pub participant: Option<ParticipantNumber>,
    /// A frame is being worked on; the next one is not read before.
    pub busy: bool,
    pub last_seq: u64,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Frame {
    Join,
    Vote(Vote),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    Ack { op: u32, seq: u64, same: bool },
    Refused { op: u32, retry: bool },
}

/// Something in a room's mailbox, and the device and socket that wait for the answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct ModelMessage {
    pub from: Option<(usize, u64)>,
    pub what: ModelAct,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum ModelAct {
    Join { person: usize },
    Vote { person: usize, identity: Identity, vote: Vote },
    Rare(RareAct),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum RareAct {
    Moderate(usize, Moderation),
    Open,
    Close,
}

/// What became of an operation, as its client was told and as the disk has it.
pub(super) struct OperationFate {
    pub vote: Vote,
    pub device: usize,
    /// The least place that an ack named.
    pub acked: Option<u64>,
    /// An ack said so without an event, because it was the current choice.
    pub same: bool,
    pub refused: bool,
    pub durable: bool,
}

impl OperationFate {
    pub fn new(vote: Vote, device: usize) -> Self {
        Self { vote, device, acked: None, same: false, refused: false, durable: false }
    }
}

/// A row of the log.
struct LogRow {
    seq: Seq,
    at: Timestamp,
    kind: &'static str,
    payload: String,
    hash: ChainHash,
}

/// The disk.
pub(super) struct Log {
    id: ConversationId,
    base: (Seq, ChainHash),
    events: Vec<LogRow>,
    grants: Vec<(TokenHash, ParticipantNumber)>,
}

impl Log {
    pub fn end(&self) -> Seq {
        self.head().0
    }

    fn head(&self) -> (Seq, ChainHash) {
        self.events.last().map_or(self.base, |event| (event.seq, event.hash))
    }

    /// All or nothing; `None` when the log does not end where its writer believes.
    pub fn commit(
        &mut self,
        after: Seq,
        at: Timestamp,
        new: &[NewEvent],
        grants: &[(TokenHash, ParticipantNumber)],
    ) -> Check<Option<Vec<Event>>> {
        let (mut seq, mut hash) = self.head();
        if after != seq {
            return Ok(None);
        }
        for grant in grants {
            if self.grants.iter().any(|known| known.0 == grant.0 || known.1 == grant.1) {
                return Err(format!("participant {} or their token is there already", grant.1));
            }
        }
        let mut events = Vec::with_capacity(new.len());
        for what in new {
            let (kind, payload) = (what.body.kind(), what.payload().map_err(|error| error.to_string())?);
            seq = seq.next();
            hash = ChainHash::of_event(hash, self.id, seq, at, kind, &payload);
            events.push(Event { seq, at, what: what.clone(), hash });
            self.events.push(LogRow { seq, at, kind, payload, hash });
        }
        self.grants.extend_from_slice(grants);
        Ok(Some(events))
    }

    fn read(&self) -> impl Iterator<Item = Check<Event>> {
        self.events.iter().map(|stored| -> Check<Event> {
            let what = NewEvent::parse(stored.kind, &stored.payload).map_err(|error| error.to_string())?;
            Ok(Event { seq: stored.seq, at: stored.at, what, hash: stored.hash })
        })
    }

    /// Seq without a gap and every hash over the one before, by hand from PROTOCOL's words.
    pub fn check_chain(&self) -> Check {
        let (mut seq, mut before) = self.base;
        for event in &self.events {
            let LogRow { at, kind, payload, .. } = event;
            let text = format!("{before}|{}|{}|{}|{kind}|{payload}", self.id, seq.0 + 1, at.0);
            let hash = ChainHash(Sha256::digest(text.as_bytes()).into());
            if event.seq != seq.next() || event.hash != hash {
                return Err(format!("the chain breaks at {}", event.seq));
            }
            (seq, before) = (event.seq, hash);
        }
        Ok(())
    }
}

/// What every run begins with.
pub(super) struct Fixture {
    pub tokens: [TokenHash; PEOPLE],
    stored: [TokenHash; PEOPLE],
    base: ConversationRecord,
    map: Arc<PublishedMap>,
}

impl Fixture {
    pub fn new() -> Self {
        let id = ConversationId::from_stored(7);
        let base = (Seq(0), ChainHash::genesis(id));
        let mut log = Log { id, base, events: Vec::new(), grants: Vec::new() };
        log.commit(Seq(0), Timestamp(0), &beginning(), &[]).expect("a log").expect("an empty log");
        let events = log.read().map(|event| event.expect("what was written is read"));
        let base = ConversationRecord::fold(id, events).expect("a good log").expect("a conversation");
        let tokens: [TokenHash; PEOPLE] =
            std::array::from_fn(|person| TokenHash::of(&format!("secret {person}")));
        let stored = tokens.map(|token| token.within(id));
        Self { tokens, stored, base, map: Arc::new(PublishedMap::for_tests()) }
    }

    /// The log of a conversation that was just opened.
    pub fn log(&self) -> Log {
        let base = (self.base.seq, self.base.head);
        Log { id: self.base.conversation.id, base, events: Vec::new(), grants: Vec::new() }
    }

    /// A room's state, folded from its log.
    pub fn open(&self, log: &Log) -> Check<RoomState> {
        let mut record = self.base.clone();
        for event in log.read() {
            record.apply(event?).map_err(|error| error.to_string())?;
        }
        Ok(RoomState::new(record, log.grants.iter().copied().collect(), Arc::clone(&self.map)))
    }

    /// What a log says, by the rules of this file.
    pub fn known(&self, log: &Log) -> Check<ModelRecord> {
        let mut known = ModelRecord {
            seq: self.base.seq.0,
            open: true,
            shown: [true; STATEMENTS],
            people: Vec::new(),
            numbers: [None; PEOPLE],
        };
        for event in log.read() {
            known.fold(&event?.what.body)?;
        }
        if log.grants.len() != known.people.len() {
            return Err("somebody has no token".to_owned());
        }
        for (token, number) in &log.grants {
            let person = self.stored.iter().position(|stored| stored == token).ok_or("nobody's token")?;
            if known.people.len() <= number.0 as usize || known.numbers[person].replace(*number).is_some() {
                return Err(format!("the token of person {person} does not mean one participant"));
            }
        }
        Ok(known)
    }
}

fn beginning() -> Vec<NewEvent> {
    let brief = Brief { question: "?".into(), organiser: "me".into(), ..Brief::default() };
    let slug = Slug::parse("c").expect("a good slug");
    let created = ConversationCreated::new(slug, &brief, &mut || [0; 16]).expect("a good brief");
    let opened = ConversationOpened {
        promise: created.text.promise.clone(),
        terms: Default::default(),
        policy: Vec::new(),
        schedule: created.schedule,
    };
    let mut bodies: Vec<EventBody> = vec![created.into()];
    for number in 0..STATEMENTS {
        let (statement, text) = (statement_number(number), format!("Statement {number}"));
        let submitted = StatementSubmitted::new(statement, PersonalText::new(text, [0; 16]));
        bodies.push(StatementSubmitted { seed: true, ..submitted }.into());
        bodies.push(StatementModerated { statement, to: Moderation::Accepted, rule: None }.into());
    }
    bodies.push(opened.into());
    bodies.into_iter().map(|body| NewEvent::new(RecordedActor::System, body)).collect()
}

/// What should become of a vote.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Fate {
    Cast,
    /// Its operation was done before.
    Repeated,
    /// It is the current choice.
    Same,
    Refused(&'static str),
}

/// A log's meaning as PROTOCOL has it, without any of the room's ways to be quick.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct ModelRecord {
    pub seq: u64,
    pub open: bool,
    pub shown: [bool; STATEMENTS],
    /// By participant number.
    pub people: Vec<ModelParticipant>,
    /// Each person's participant number.
    pub numbers: [Option<ParticipantNumber>; PEOPLE],
}

/// One participant's votes and operations.
#[derive(Clone, Default, PartialEq, Debug)]
pub(super) struct ModelParticipant {
    pub cells: [Option<Choice>; STATEMENTS],
    done: Vec<(Vote, u64)>,
}

impl ModelParticipant {
    /// What an operation did, and where the log holds it.
    pub fn act(&self, op: u32) -> Option<(Vote, u64)> {
        self.done.iter().find(|(vote, _)| vote.op == op).copied()
    }
}

impl ModelRecord {
    pub fn own(&self, person: usize) -> Option<&ModelParticipant> {
        self.people.get(self.numbers[person]?.0 as usize)
    }

    pub fn fate(&self, person: usize, vote: Vote) -> Fate {
        let own = self.own(person);
        match own.and_then(|own| own.act(vote.op)) {
            Some((before, _)) if before == vote => Fate::Repeated,
            Some(_) => Fate::Refused("operation_reused"),
            None if !self.open => Fate::Refused("not_open"),
            None if !self.shown[vote.statement] => Fate::Refused("statement_not_shown"),
            None if own.is_some_and(|own| own.cells[vote.statement] == Some(vote.choice)) => Fate::Same,
            None => Fate::Cast,
        }
    }

    /// The next event.
    pub fn fold(&mut self, body: &EventBody) -> Check {
        self.seq += 1;
        match body {
            EventBody::ParticipantJoined(joined) => {
                let participant = joined.participant;
                if participant.0 as usize != self.people.len() {
                    return Err(format!("participant {participant} comes after {}", self.people.len()));
                }
                self.people.push(ModelParticipant::default());
            }
            EventBody::VoteCast(vote) if vote.source == Source::Live => {
                let VoteCast { participant, statement, choice, op, offered_ppm, .. } = vote;
                let own = self.people.get_mut(participant.0 as usize).ok_or("a vote of nobody")?;
                let op: Option<u32> = op.as_ref().and_then(|op| op.as_str().strip_prefix('o')?.parse().ok());
                let op = op.ok_or("a vote without its operation")?;
                if own.act(op).is_some() {
                    return Err(format!("operation {op} of participant {participant} is twice in the log"));
                }
                let statement = statement.0 as usize;
                let before = own.cells.get_mut(statement).ok_or("a vote on nothing")?.replace(*choice);
                if offered_ppm.is_some() != before.is_none() || before == Some(*choice) {
                    return Err(format!("event {} is no change as it says", self.seq));
                }
                own.done.push((Vote { op, statement, choice: *choice }, self.seq));
            }
            EventBody::StatementModerated(moderated) => {
                let shown = self.shown.get_mut(moderated.statement.0 as usize).ok_or("moderates nothing")?;
                *shown = moderated.to == Moderation::Accepted;
            }
            EventBody::ConversationOpened(_) => self.open = true,
            EventBody::ConversationClosed(_) => self.open = false,
            other => return Err(format!("nobody asked for {other:?}")),
        }
        Ok(())
    }
}
