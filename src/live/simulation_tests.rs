//! A conversation under every kind of trouble at once, simulated: clients that lose their connection
//! and send again, frames that arrive late and twice, a disk that is slow, full or gone, rooms that
//! crash, rest and stand in each other's way. One seed decides everything.
//!
//! The decisions are those of the real [`RoomState`]; the log has the real chain; what is promised is
//! written down once more in `simulation_model`. A run that breaks a promise says its seed and how it
//! came to that; `BOULE_TEST_SEED=… BOULE_TEST_INTERLEAVINGS=1` repeats it.
//! `BOULE_TEST_INTERLEAVINGS=1000000` is the long run.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::domain::{
    Choice, Event, EventBody, Moderation, ParticipantNumber, Rejection, Seq, Tally, Timestamp, TokenHash,
};
use crate::opinion::priority::Chance;

use super::Identity;
use super::room_state::{RoomState, Undecided};
use super::simulation_model::{
    Answer, Asked, Check, Command, Conn, Device, Fate, Fixture, Frame, Known, Log, MOST_OPS, PEOPLE, Rarely,
    STATEMENTS, Told, Vote, Waiting, operation, statement_number,
};

/// What can happen in a run.
#[derive(Clone, Copy, Debug)]
enum Seen {
    Steps,
    Events,
    Acks,
    Refusals,
    NotSaved,
    Crashes,
    CrashesBeforeTheAnswer,
    Conflicts,
    Repeats,
    Sames,
    ReusedNames,
    Duplicates,
    LateFrames,
    Replaced,
    Newcomers,
    Joins,
    Rests,
    SecondRooms,
    Moderations,
    SharedBatches,
    CellsCheckedToTheEnd,
    /// Votes that counted after their client had given them up.
    Ghosts,
    /// Answers of a room that did not know yet that another one had written.
    StaleAnswers,
}

use Seen::{
    Acks, CellsCheckedToTheEnd, Conflicts, Crashes, CrashesBeforeTheAnswer, Duplicates, Events, Ghosts, Joins,
    LateFrames, Moderations, Newcomers, NotSaved, Refusals, Repeats, Replaced, Rests, ReusedNames, Sames,
    SecondRooms, SharedBatches, StaleAnswers, Steps,
};

const ALL: [Seen; 23] = [
    Steps,
    Events,
    Acks,
    Refusals,
    NotSaved,
    Crashes,
    CrashesBeforeTheAnswer,
    Conflicts,
    Repeats,
    Sames,
    ReusedNames,
    Duplicates,
    LateFrames,
    Replaced,
    Newcomers,
    Joins,
    Rests,
    SecondRooms,
    Moderations,
    SharedBatches,
    CellsCheckedToTheEnd,
    Ghosts,
    StaleAnswers,
];

/// How many of [`ALL`] must have happened in a run of many seeds; the rest are too rare to insist on.
const MUST_HAPPEN: usize = 21;

type Counts = [u64; ALL.len()];

/// Mistakes of the room's task and of the store, which stand here in the simulation's own words: it
/// has to find each of them.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Flaw {
    None,
    /// Answers before the commit.
    AnswersEarly,
    /// The store does not look whether its writer knows the whole log.
    TakesAnyWriter,
    /// A batch that could not be written is acknowledged all the same.
    HidesFullDisk,
    /// A batch that could not be written stays decided.
    KeepsRefusedBatch,
}

/// One conversation's task, between two steps.
struct Room {
    state: RoomState,
    known: Known,
    mailbox: VecDeque<Command>,
    /// What this round has taken out of the mailbox and not decided yet.
    taken: VecDeque<Command>,
    commit: Option<Commit>,
}

struct Commit {
    bodies: Vec<EventBody>,
    admitted: Vec<(TokenHash, ParticipantNumber)>,
    /// What is known once it is written.
    ahead: Known,
    waiting: Vec<Due>,
    disk: Disk,
}

enum Disk {
    Waits,
    Written(Vec<Event>),
    Failed,
    Conflict,
}

/// Who waits for a commit, and for which vote; `true` when it made no event.
struct Due {
    from: Option<(usize, u64)>,
    person: usize,
    participant: ParticipantNumber,
    vote: Option<(Vote, bool)>,
}

/// Votes and joins of one round.
struct Round {
    batch: Undecided,
    ahead: Known,
    waiting: Vec<Due>,
}

impl Room {
    fn new(state: RoomState, known: Known) -> Self {
        Self { state, known, mailbox: VecDeque::new(), taken: VecDeque::new(), commit: None }
    }

    fn is_idle(&self) -> bool {
        self.mailbox.is_empty() && self.taken.is_empty() && self.commit.is_none()
    }
}

/// As `Hot::decide` in `room.rs`, word for word.
fn decide(
    state: &RoomState,
    identity: Identity,
    vote: Vote,
    batch: &mut Undecided,
) -> Result<ParticipantNumber, Rejection> {
    let (statement, op) = (statement_number(vote.statement), operation(vote.op));
    let participant = match identity {
        Identity::Participant(participant) => participant,
        Identity::Token(token) => match state.participant_of(&token) {
            Some(participant) => participant,
            None => {
                state.check_votable(statement)?;
                state.decide_join(token, batch)
            }
        },
    };
    state.decide_vote(participant, statement, vote.choice, Some(&op), batch)?;
    Ok(participant)
}

struct Simulation<'a> {
    fixture: &'a Fixture,
    flaw: Flaw,
    rng: Xoshiro256PlusPlus,
    step: i64,
    log: Log,
    /// The room that everybody comes to, and one that was let go and still has something to do.
    rooms: [Option<Room>; 2],
    devices: Vec<Device>,
    connections: u64,
    /// Frames of sockets that their clients have given up, which may still arrive.
    strays: Vec<(usize, Frame)>,
    /// Everybody's operations, by person and number.
    told: Vec<Vec<Told>>,
    /// Cells whose end their client can't know: a vote counted that it had given up.
    haunted: [[bool; STATEMENTS]; PEOPLE],
    seen: Counts,
    trace: Option<Vec<String>>,
}

impl<'a> Simulation<'a> {
    fn new(fixture: &'a Fixture, seed: u64, flaw: Flaw) -> Self {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let people = rng.gen_range(2..=PEOPLE);
        let mut devices = Vec::new();
        for person in 0..people {
            let joins = rng.gen_ratio(1, 3);
            devices.push(Device::new(person, joins));
            if rng.gen_ratio(1, 3) {
                devices.push(Device::new(person, joins));
            }
        }
        Self {
            fixture,
            flaw,
            rng,
            step: 0,
            log: fixture.log(),
            rooms: [None, None],
            devices,
            connections: 0,
            strays: Vec::new(),
            told: (0..people).map(|_| Vec::new()).collect(),
            haunted: [[false; STATEMENTS]; PEOPLE],
            seen: [0; ALL.len()],
            trace: None,
        }
    }

    fn run(&mut self) -> Check {
        for _ in 0..self.rng.gen_range(60..150) {
            self.act()?;
        }
        self.come_to_rest()?;
        self.check_the_end()
    }

    fn see(&mut self, what: Seen) {
        self.seen[what as usize] += 1;
    }

    fn note(&mut self, text: impl FnOnce() -> String) {
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{:>4}  {}", self.step, text()));
        }
    }

    /// The first device from this one on that `may`.
    fn device(&self, from: usize, may: impl Fn(&Device) -> bool) -> usize {
        let count = self.devices.len();
        let found = (0..count).map(|more| (from + more) % count).find(|at| may(&self.devices[*at]));
        found.unwrap_or(from)
    }

    fn act(&mut self) -> Check {
        self.step += 1;
        self.see(Steps);
        let any = self.rng.gen_range(0..self.devices.len());
        let which = usize::from(self.rows_of_second_room());
        match self.rng.gen_range(0..100) {
            0..22 => self.cast(any),
            22..30 => {
                let device = self.device(any, |own| own.conn.is_none());
                self.connect(device)?;
            }
            30..54 => {
                let may = |conn: &Conn| !conn.busy && !conn.up.is_empty();
                let device = self.device(any, |own| own.conn.as_ref().is_some_and(may));
                self.up(device);
            }
            54..64 => {
                let device = self.device(any, |own| own.conn.as_ref().is_some_and(|c| !c.down.is_empty()));
                self.down(device)?;
            }
            64..76 => self.work(which)?,
            76..86 => self.disk(which)?,
            86..88 => self.flush(any),
            88..92 => self.stray()?,
            _ => self.trouble(any)?,
        }
        Ok(())
    }

    /// Whether it is the second room's turn, if there is one.
    fn rows_of_second_room(&mut self) -> bool {
        self.rooms[1].is_some() && self.rng.gen_ratio(1, 2)
    }

    fn trouble(&mut self, any: usize) -> Check {
        match self.rng.gen_range(0..14) {
            0..5 => {
                let device = self.device(any, |own| own.conn.is_some());
                self.disconnect(device);
            }
            5 => self.crash(),
            6 => self.rest()?,
            7 | 8 => self.let_go_of_a_busy_room()?,
            9..12 => self.ask_something_rare(),
            _ => self.reuse_a_name(),
        }
        Ok(())
    }
}

/// The clients and the network.
impl Simulation<'_> {
    fn cast(&mut self, device: usize) {
        let statement = self.rng.gen_range(0..STATEMENTS);
        let choice = Choice::ALL[self.rng.gen_range(0..Choice::ALL.len())];
        let own = &mut self.devices[device];
        let told = &mut self.told[own.person];
        if told.len() >= MOST_OPS {
            return;
        }
        if let Some(at) = own.outbox.iter().position(|waiting| waiting.vote.statement == statement) {
            // One operation in flight for each statement; offline, the last choice is kept.
            if own.conn.is_some() {
                return;
            }
            own.outbox.remove(at);
            own.unsure[statement] = true;
            self.seen[Replaced as usize] += 1;
        }
        let vote = Vote { op: u32::try_from(told.len()).unwrap(), statement, choice };
        told.push(Told::new(vote, device));
        own.outbox.push(Waiting { vote, sent: false });
        self.note(|| format!("device {device} casts {vote:?}"));
        self.flush(device);
    }

    /// Sends what waits and is not under way.
    fn flush(&mut self, device: usize) {
        let own = &mut self.devices[device];
        let Some(conn) = own.conn.as_mut() else { return };
        for waiting in own.outbox.iter_mut().filter(|waiting| !waiting.sent) {
            waiting.sent = true;
            let frame = Frame::Vote(waiting.vote);
            conn.up.push_back(frame);
            if self.rng.gen_ratio(1, 8) {
                self.strays.push((device, frame));
                self.seen[Duplicates as usize] += 1;
            }
        }
    }

    fn connect(&mut self, device: usize) -> Check {
        if self.devices[device].conn.is_some() {
            return Ok(());
        }
        self.open()?;
        self.connections += 1;
        let own = &mut self.devices[device];
        let token = self.fixture.tokens[own.person];
        let participant = self.rooms[0].as_ref().and_then(|room| room.state.participant_of(&token));
        let (mut up, down) = (VecDeque::new(), VecDeque::new());
        if own.joins && participant.is_none() {
            up.push_back(Frame::Join);
        }
        let number = self.connections;
        own.conn = Some(Conn { number, up, down, participant, busy: false, last_seq: 0 });
        own.outbox.iter_mut().for_each(|waiting| waiting.sent = false);
        self.note(|| format!("device {device} connects"));
        self.flush(device);
        Ok(())
    }

    fn disconnect(&mut self, device: usize) {
        let Some(conn) = self.devices[device].conn.take() else { return };
        self.note(|| format!("device {device} loses its connection"));
        for frame in conn.up {
            if self.rng.gen_ratio(1, 2) {
                self.strays.push((device, frame));
            }
        }
    }

    /// The server reads a device's next frame.
    fn up(&mut self, device: usize) {
        let own = &mut self.devices[device];
        let (Some(conn), Some(room)) = (own.conn.as_mut(), self.rooms[0].as_mut()) else { return };
        if conn.busy {
            return;
        }
        let Some(frame) = conn.up.pop_front() else { return };
        conn.busy = true;
        let token = Identity::Token(self.fixture.tokens[own.person]);
        let identity = conn.participant.map_or(token, Identity::Participant);
        let what = asked(own.person, identity, frame);
        room.mailbox.push_back(Command { from: Some((device, conn.number)), what });
        self.note(|| format!("room 0 is asked by device {device}: {frame:?}"));
    }

    /// A frame of a socket that is gone arrives after all, or never does.
    fn stray(&mut self) -> Check {
        if self.strays.is_empty() {
            return Ok(());
        }
        let at = self.rng.gen_range(0..self.strays.len());
        let (device, frame) = self.strays.swap_remove(at);
        if self.rng.gen_ratio(1, 6) {
            return Ok(());
        }
        self.open()?;
        let person = self.devices[device].person;
        let token = self.fixture.tokens[person];
        if let Some(room) = &mut self.rooms[0] {
            let known = room.state.participant_of(&token);
            let identity = known.map_or(Identity::Token(token), Identity::Participant);
            room.mailbox.push_back(Command { from: None, what: asked(person, identity, frame) });
        }
        self.see(LateFrames);
        self.note(|| format!("room 0 is asked late, of device {device}: {frame:?}"));
        Ok(())
    }

    /// A device reads its next answer.
    fn down(&mut self, device: usize) -> Check {
        let own = &mut self.devices[device];
        let Some(conn) = own.conn.as_mut() else { return Ok(()) };
        let Some(answer) = conn.down.pop_front() else { return Ok(()) };
        match answer {
            Answer::Ack { op, seq, same } => {
                if seq < conn.last_seq {
                    return Err(format!("an ack at {seq} after one at {}", conn.last_seq));
                }
                conn.last_seq = seq;
                let told = &mut self.told[own.person][op as usize];
                told.acked = Some(told.acked.map_or(seq, |before| before.min(seq)));
                told.same |= same;
                if let Some(at) = own.position(op) {
                    let vote = own.outbox.remove(at).vote;
                    own.settled[vote.statement] = Some(vote.choice);
                    own.unsure[vote.statement] = false;
                    self.seen[Acks as usize] += 1;
                }
            }
            Answer::Refused { op, retry: true } => {
                if let Some(at) = own.position(op) {
                    own.outbox[at].sent = false;
                }
            }
            Answer::Refused { op, retry: false } => {
                if let Some(at) = own.position(op) {
                    let vote = own.outbox.remove(at).vote;
                    let told = &mut self.told[own.person][op as usize];
                    told.refused = true;
                    self.haunted[own.person][vote.statement] |= told.durable || own.unsure[vote.statement];
                }
            }
        }
        self.note(|| format!("device {device} reads {answer:?}"));
        Ok(())
    }

    /// Somebody uses the name of an operation that was acknowledged for something else.
    fn reuse_a_name(&mut self) {
        let person = self.rng.gen_range(0..self.told.len());
        let start = self.rng.gen_range(0..MOST_OPS);
        let told = self.told[person].iter().cycle().skip(start).take(self.told[person].len());
        let done = told.filter(|told| told.acked.is_some() && told.durable && !told.same).last();
        let Some((device, vote)) = done.map(|told| (told.device, told.vote)) else { return };
        let Some(choice) = Choice::ALL.into_iter().find(|choice| *choice != vote.choice) else { return };
        self.strays.push((device, Frame::Vote(Vote { choice, ..vote })));
        self.note(|| format!("somebody will reuse operation {} of person {person}", vote.op));
    }

    fn ask_something_rare(&mut self) {
        let statement = self.rng.gen_range(0..STATEMENTS);
        let moderation = if self.rng.gen_ratio(1, 2) { Moderation::Accepted } else { Moderation::Rejected };
        let moderates = self.rng.gen_ratio(3, 5);
        let Some(room) = &mut self.rooms[0] else { return };
        let rarely = match room.known.open {
            false => Rarely::Open,
            true if moderates => Rarely::Moderate(statement, moderation),
            true => Rarely::Close,
        };
        room.mailbox.push_back(Command { from: None, what: Asked::Rare(rarely) });
        self.note(|| format!("room 0 is asked: {rarely:?}"));
    }

    /// Whether the socket is still the one that asked; what it asked is done then.
    fn answer(
        &mut self,
        from: Option<(usize, u64)>,
        participant: Option<ParticipantNumber>,
        answer: Option<Answer>,
    ) {
        let Some((device, number)) = from else { return };
        let conn = self.devices[device].conn.as_mut().filter(|conn| conn.number == number);
        let Some(conn) = conn else { return };
        conn.busy = false;
        conn.participant = participant.or(conn.participant);
        conn.down.extend(answer);
    }
}

fn asked(person: usize, identity: Identity, frame: Frame) -> Asked {
    match frame {
        Frame::Join => Asked::Join { person },
        Frame::Vote(vote) => Asked::Vote { person, identity, vote },
    }
}

/// The disk, and the ends of rooms and processes.
impl Simulation<'_> {
    /// Opens the room from its log, unless it is open.
    fn open(&mut self) -> Check {
        if self.rooms[0].is_none() {
            let (state, known) = (self.fixture.open(&self.log)?, self.fixture.known(&self.log)?);
            self.rooms[0] = Some(Room::new(state, known));
            self.note(|| "room 0 opens".to_owned());
        }
        Ok(())
    }

    fn hang_up(&mut self) {
        for device in 0..self.devices.len() {
            self.disconnect(device);
        }
    }

    fn crash(&mut self) {
        let is_unanswered = |commit: &Commit| matches!(commit.disk, Disk::Written(_));
        if self.rooms.iter().flatten().any(|room| room.commit.as_ref().is_some_and(is_unanswered)) {
            self.see(CrashesBeforeTheAnswer);
        }
        self.see(Crashes);
        self.note(|| "the process crashes".to_owned());
        self.rooms = [None, None];
        self.hang_up();
    }

    /// A room without work is let go.
    fn rest(&mut self) -> Check {
        let Some(room) = self.rooms[0].take_if(|room| room.is_idle()) else { return Ok(()) };
        self.hang_up();
        self.see(Rests);
        self.note(|| "room 0 is let go".to_owned());
        if room.state.record.seq == self.log.end() { self.compare(&room) } else { Ok(()) }
    }

    /// A room that nobody holds any more still has something to do when it is opened again.
    fn let_go_of_a_busy_room(&mut self) -> Check {
        if self.rooms[1].is_some() {
            return Ok(());
        }
        let Some(room) = self.rooms[0].take_if(|room| !room.is_idle()) else { return Ok(()) };
        self.rooms[1] = Some(room);
        self.hang_up();
        self.see(SecondRooms);
        self.note(|| "room 0 becomes room 1".to_owned());
        self.open()
    }

    fn disk(&mut self, which: usize) -> Check {
        match self.rng.gen_range(0..24) {
            0 | 1 => {
                let commit = self.rooms[which].as_mut().and_then(|room| room.commit.as_mut());
                if let Some(commit) = commit.filter(|commit| matches!(commit.disk, Disk::Waits)) {
                    commit.disk = Disk::Failed;
                    self.note(|| format!("room {which}: the disk is full"));
                }
            }
            2 if self.rooms[which].as_ref().is_some_and(|room| room.commit.is_some()) => self.crash(),
            3 if self.rooms[which].as_ref().is_some_and(|room| room.commit.is_some()) => {
                self.write(which)?;
                self.crash();
            }
            4..8 => {}
            _ => self.write(which)?,
        }
        Ok(())
    }

    /// The store takes a batch, unless somebody else wrote meanwhile.
    fn write(&mut self, which: usize) -> Check {
        let Some(room) = self.rooms[which].as_mut() else { return Ok(()) };
        let knows = room.state.record.seq;
        let commit = room.commit.as_mut().filter(|commit| matches!(commit.disk, Disk::Waits));
        let Some(commit) = commit else { return Ok(()) };
        let after = if self.flaw == Flaw::TakesAnyWriter { self.log.end() } else { knows };
        let at = Timestamp(self.step);
        let Some(events) = self.log.commit(after, at, &commit.bodies, &commit.admitted)? else {
            commit.disk = Disk::Conflict;
            self.note(|| format!("room {which}: another room wrote"));
            return Ok(());
        };
        let numbers = commit.ahead.numbers;
        let mut votes = Vec::new();
        for event in &events {
            if let EventBody::VoteCast { participant, op: Some(op), .. } = &event.body {
                let person = numbers.iter().position(|number| *number == Some(*participant));
                let number = op.as_str().strip_prefix('o').and_then(|number| number.parse::<usize>().ok());
                votes.push((person.ok_or("a vote of nobody")?, number.ok_or("a strange operation")?));
            }
        }
        let end = self.log.end();
        self.seen[Events as usize] += events.len() as u64;
        self.seen[SharedBatches as usize] += u64::from(votes.len() > 1);
        commit.disk = Disk::Written(events);
        self.note(|| format!("room {which}: the log is written up to {end}"));
        votes.into_iter().try_for_each(|(person, op)| self.is_durable(person, op))
    }

    fn is_durable(&mut self, person: usize, op: usize) -> Check {
        let told = self.told[person].get_mut(op).ok_or("a vote that nobody cast")?;
        if std::mem::replace(&mut told.durable, true) {
            return Err(format!("operation {op} of person {person} is written twice"));
        }
        let (device, vote) = (told.device, told.vote);
        if self.devices[device].position(vote.op).is_none() {
            self.haunted[person][vote.statement] = true;
            self.see(Ghosts);
        }
        Ok(())
    }
}

/// The room.
impl Simulation<'_> {
    /// One step of a room: what the disk has answered, or the next round.
    fn work(&mut self, which: usize) -> Check {
        let Some(mut room) = self.rooms[which].take() else { return Ok(()) };
        if !self.work_in(&mut room)? {
            self.see(Conflicts);
            self.note(|| format!("room {which} ends"));
            if which == 0 {
                self.hang_up();
            }
        } else if which == 0 || !room.is_idle() {
            self.rooms[which] = Some(room);
        }
        Ok(())
    }

    /// `false` when the room must end.
    fn work_in(&mut self, room: &mut Room) -> Check<bool> {
        let Some(commit) = room.commit.take() else {
            if room.taken.is_empty() && !room.mailbox.is_empty() {
                let all = room.mailbox.len();
                let some = if self.rng.gen_ratio(1, 4) { self.rng.gen_range(1..=all) } else { all };
                room.taken.extend(room.mailbox.drain(..some));
            }
            self.round(room)?;
            return Ok(true);
        };
        match commit.disk {
            Disk::Waits => room.commit = Some(commit),
            Disk::Conflict => return Ok(false),
            Disk::Failed => {
                self.see(NotSaved);
                match self.flaw {
                    Flaw::HidesFullDisk => self.acknowledge(room, commit.waiting),
                    _ => self.tell_not_saved(commit.waiting),
                }
                if self.flaw == Flaw::KeepsRefusedBatch {
                    room.known = commit.ahead;
                }
            }
            Disk::Written(events) => {
                let written = events.last().map_or(Seq(0), |event| event.seq);
                let applied = room.state.apply(events, commit.admitted);
                applied.map_err(|error| format!("what was written can't be folded: {error}"))?;
                room.known = commit.ahead;
                let seq = room.state.record.seq;
                if seq != written || seq.0 != room.known.seq {
                    return Err(format!("written to {written}, folded to {seq}"));
                }
                self.acknowledge(room, commit.waiting);
            }
        }
        Ok(true)
    }

    fn acknowledge(&mut self, room: &Room, waiting: Vec<Due>) {
        self.acknowledge_at(room.state.record.seq, waiting);
    }

    fn acknowledge_at(&mut self, seq: Seq, waiting: Vec<Due>) {
        let is_stale = seq < self.log.end();
        for Due { from, person, participant, vote } in waiting {
            if let Some((vote, true)) = vote
                && is_stale
            {
                self.see(StaleAnswers);
                self.haunted[person][vote.statement] = true;
            }
            let answer = vote.map(|(Vote { op, .. }, same)| Answer::Ack { op, seq: seq.0, same });
            self.answer(from, Some(participant), answer);
        }
    }

    fn tell_not_saved(&mut self, waiting: Vec<Due>) {
        for Due { from, vote, .. } in waiting {
            let answer = vote.map(|(Vote { op, .. }, _)| Answer::Refused { op, retry: true });
            self.answer(from, None, answer);
        }
    }

    /// Neighbouring votes and joins share a commit, as in `Room::round`.
    fn round(&mut self, room: &mut Room) -> Check {
        let (batch, ahead) = (Undecided::default(), room.known.clone());
        let mut round = Round { batch, ahead, waiting: Vec::new() };
        while let Some(command) = room.taken.pop_front() {
            match command.what {
                Asked::Join { person } => self.join(room, &mut round, command.from, person)?,
                Asked::Vote { person, identity, vote } => {
                    self.vote(room, &mut round, command.from, person, identity, vote)?;
                }
                Asked::Rare(rarely) if round.waiting.is_empty() => {
                    return self.rare(room, round.ahead, rarely);
                }
                Asked::Rare(_) => {
                    room.taken.push_front(command);
                    break;
                }
            }
        }
        let Round { batch, ahead, waiting } = round;
        let mut admitted: Vec<_> = batch.admitted.into_iter().collect();
        admitted.sort_by_key(|(_, participant)| *participant);
        self.save(room, batch.bodies, admitted, ahead, waiting);
        Ok(())
    }

    fn save(
        &mut self,
        room: &mut Room,
        bodies: Vec<EventBody>,
        admitted: Vec<(TokenHash, ParticipantNumber)>,
        ahead: Known,
        mut waiting: Vec<Due>,
    ) {
        if bodies.is_empty() {
            return self.acknowledge(room, waiting);
        }
        if self.flaw == Flaw::AnswersEarly {
            self.acknowledge_at(Seq(ahead.seq), std::mem::take(&mut waiting));
        }
        room.commit = Some(Commit { bodies, admitted, ahead, waiting, disk: Disk::Waits });
    }

    fn rare(&mut self, room: &mut Room, mut ahead: Known, rarely: Rarely) -> Check {
        let decided = match rarely {
            Rarely::Moderate(number, to) => room.state.decide_moderation(statement_number(number), to, None),
            Rarely::Open => Ok(room.state.decide_open()),
            Rarely::Close => room.state.decide_close(),
        };
        let bodies = decided.map_err(|rejection| format!("{rarely:?} is refused: {rejection}"))?;
        bodies.iter().try_for_each(|body| ahead.fold(body))?;
        let is_done = match rarely {
            Rarely::Moderate(number, to) => ahead.shown[number] == (to == Moderation::Accepted),
            Rarely::Open => ahead.open,
            Rarely::Close => !ahead.open,
        };
        if !is_done {
            return Err(format!("{rarely:?} came to {bodies:?}"));
        }
        self.see(Moderations);
        self.save(room, bodies, Vec::new(), ahead, Vec::new());
        Ok(())
    }

    fn join(
        &mut self,
        room: &Room,
        round: &mut Round,
        from: Option<(usize, u64)>,
        person: usize,
    ) -> Check {
        let before = round.batch.bodies.len();
        let participant = room.state.decide_join(self.fixture.tokens[person], &mut round.batch);
        for body in &round.batch.bodies[before..] {
            round.ahead.fold(body)?;
        }
        self.admit(round, person, participant, before)?;
        self.see(Joins);
        round.waiting.push(Due { from, person, participant, vote: None });
        Ok(())
    }

    /// A newcomer has one event, and the next number; who is known has neither.
    fn admit(
        &mut self,
        round: &mut Round,
        person: usize,
        participant: ParticipantNumber,
        before: usize,
    ) -> Check {
        let joins = |body: &&EventBody| matches!(body, EventBody::ParticipantJoined { .. });
        let joined = round.batch.bodies[before..].iter().filter(joins).count();
        let is_right = match round.ahead.numbers[person] {
            Some(known) => joined == 0 && known == participant,
            None => joined == 1 && participant.0 as usize + 1 == round.ahead.people.len(),
        };
        if !is_right {
            return Err(format!("person {person} becomes participant {participant} with {joined} events"));
        }
        round.ahead.numbers[person] = Some(participant);
        Ok(())
    }

    /// Decides a vote, and holds what comes of it against what is promised.
    fn vote(
        &mut self,
        room: &Room,
        round: &mut Round,
        from: Option<(usize, u64)>,
        person: usize,
        identity: Identity,
        vote: Vote,
    ) -> Check {
        let before = round.batch.bodies.len();
        let (fate, is_new) = (round.ahead.fate(person, vote), round.ahead.numbers[person].is_none());
        let decided = decide(&room.state, identity, vote, &mut round.batch);
        let new = &round.batch.bodies[before..];
        let broken = || Err(format!("{vote:?} of person {person} is {fate:?}, and came to {decided:?}, {new:?}"));
        self.note(|| format!("{vote:?} of person {person} is {fate:?}"));
        match (fate, &decided) {
            (Fate::Refused(code), Err(rejection)) if new.is_empty() && rejection.code() == code => {
                self.see(if code == "operation_reused" { ReusedNames } else { Refusals });
                if room.state.record.seq < self.log.end() {
                    self.see(StaleAnswers);
                    self.haunted[person][vote.statement] = true;
                }
                self.answer(from, None, Some(Answer::Refused { op: vote.op, retry: false }));
                return Ok(());
            }
            (Fate::Repeated, Ok(_)) if new.is_empty() => self.see(Repeats),
            (Fate::Same, Ok(_)) if new.is_empty() => self.see(Sames),
            (Fate::Cast, Ok(_)) if new.len() == 1 + usize::from(is_new) => {
                new.iter().try_for_each(|body| round.ahead.fold(body))?;
                self.seen[Newcomers as usize] += u64::from(is_new);
            }
            _ => return broken(),
        }
        let Ok(participant) = decided else { return broken() };
        self.admit(round, person, participant, before)?;
        let own = round.ahead.own(person).ok_or("a vote of nobody")?;
        let is_done = match fate {
            Fate::Same => own.cells[vote.statement] == Some(vote.choice),
            Fate::Cast => {
                own.cells[vote.statement] == Some(vote.choice)
                    && own.act(vote.op).is_some_and(|(done, seq)| done == vote && seq == round.ahead.seq)
            }
            _ => own.act(vote.op).is_some_and(|(done, _)| done == vote),
        };
        if !is_done {
            return Err(format!("{vote:?} of person {person} was taken as {fate:?}, and is not there"));
        }
        round.waiting.push(Due { from, person, participant, vote: Some((vote, fate == Fate::Same)) });
        Ok(())
    }
}

/// The end, and what must hold then.
impl Simulation<'_> {
    /// Nothing breaks any more, and everybody sends until all is answered.
    fn come_to_rest(&mut self) -> Check {
        for _ in 0..1_000 {
            self.step += 1;
            let rooms = self.rooms[0].as_ref().is_some_and(Room::is_idle) && self.rooms[1].is_none();
            if rooms && self.strays.is_empty() && self.devices.iter().all(Device::is_quiet) {
                return Ok(());
            }
            self.stray()?;
            for device in 0..self.devices.len() {
                self.connect(device)?;
                self.flush(device);
                self.up(device);
                self.down(device)?;
            }
            for which in [0, 1] {
                self.work(which)?;
                self.write(which)?;
                self.work(which)?;
            }
        }
        Err("it never comes to rest".to_owned())
    }

    fn check_the_end(&mut self) -> Check {
        let room = self.rooms[0].take().ok_or("no room is left")?;
        // A room that another one wrote beside, and that has not written since, can't know.
        if room.state.record.seq == self.log.end() {
            self.compare(&room)?;
        }
        self.log.check_chain()?;
        let known = self.fixture.known(&self.log)?;
        for (person, told) in self.told.iter().enumerate() {
            for told in told {
                self.check_what_was_told(&known, person, told)?;
            }
        }
        for device in 0..self.devices.len() {
            self.check_what_is_settled(&known, device)?;
        }
        Ok(())
    }

    fn check_what_was_told(&self, known: &Known, person: usize, told: &Told) -> Check {
        let done = known.own(person).and_then(|own| own.act(told.vote.op));
        let why = match (done, told.acked) {
            (None, Some(_)) if !told.same => "acknowledged, and not in the log",
            (Some((vote, _)), _) if vote != told.vote => "another one in the log",
            (Some((_, seq)), Some(acked)) if acked < seq && !told.same => "acknowledged before its place",
            (Some(_), _) if told.refused && !self.haunted[person][told.vote.statement] => {
                "refused, and in the log"
            }
            (done, _) if done.is_some() != told.durable => "not what the disk has written",
            _ => return Ok(()),
        };
        Err(format!("{:?} of person {person} is {why}: {done:?}, acked {:?}", told.vote, told.acked))
    }

    /// What a person's only device was told last is what counts.
    fn check_what_is_settled(&mut self, known: &Known, device: usize) -> Check {
        let Device { person, settled, .. } = self.devices[device];
        if self.devices.iter().filter(|other| other.person == person).count() > 1 {
            return Ok(());
        }
        for (statement, settled) in settled.into_iter().enumerate() {
            let counts = known.own(person).and_then(|own| own.cells[statement]);
            if self.haunted[person][statement] {
                continue;
            }
            if counts != settled {
                return Err(format!(
                    "person {person} was told {settled:?} of statement {statement}, and {counts:?} counts"
                ));
            }
            self.seen[CellsCheckedToTheEnd as usize] += u64::from(settled.is_some());
        }
        Ok(())
    }

    /// A room that has the whole log knows what a fresh one would.
    fn compare(&self, room: &Room) -> Check {
        let (fresh, known) = (self.fixture.open(&self.log)?, self.fixture.known(&self.log)?);
        if known != room.known {
            return Err(format!("the log says {known:?}, and it was {:?}", room.known));
        }
        let (live, folded) = (&room.state.record, &fresh.record);
        let ends = [live, folded].map(|record| {
            let numbers = (record.next_participant(), record.next_statement(), record.participants.len());
            let place = (record.seq, record.head, record.vote_events, record.votes_seq);
            (numbers, place, record.conversation.state, record.totals())
        });
        if ends[0] != ends[1] {
            return Err(format!("the room is at {:?}, its log at {:?}", ends[0], ends[1]));
        }
        for (statement, shown) in known.shown.iter().enumerate() {
            let mut tally = Tally::default();
            known.people.iter().filter_map(|own| own.cells[statement]).for_each(|choice| tally.add(choice));
            for record in [live, folded] {
                let held = record.statements.get(&statement_number(statement)).ok_or("a statement is gone")?;
                if held.tally != tally || record.is_shown(held) != *shown {
                    return Err(format!("statement {statement} has {:?}, and {tally:?} counted", held.tally));
                }
            }
        }
        for (person, token) in self.fixture.tokens.iter().enumerate() {
            let number = known.numbers[person];
            if room.state.participant_of(token) != number || fresh.participant_of(token) != number {
                return Err(format!("the token of person {person} is not that of {number:?}"));
            }
            self.compare_participant(&room.state, &fresh, number)?;
            let Some((number, own)) = number.zip(known.own(person)) else { continue };
            let held = live.participants.get(&number).ok_or("a participant is gone")?;
            for (statement, choice) in own.cells.iter().enumerate() {
                if held.choice_on(statement_number(statement)) != *choice {
                    return Err(format!("person {person} holds another vote than {choice:?} on {statement}"));
                }
            }
        }
        Ok(())
    }

    fn compare_participant(
        &self,
        live: &RoomState,
        fresh: &RoomState,
        number: Option<ParticipantNumber>,
    ) -> Check {
        let [held, folded] = [live, fresh].map(|state| {
            let own = number.and_then(|number| state.record.participants.get(&number));
            let next = state.next_shown(number, &[], Chance::new(self.log.end().0));
            (format!("{own:?}"), state.progress(number), next)
        });
        if held == folded { Ok(()) } else { Err(format!("a room holds {held:?}, a fresh one {folded:?}")) }
    }
}

/// A run's end, and what it has seen. A panic of the code under test breaks a promise too.
fn simulate(fixture: &Fixture, seed: u64, flaw: Flaw) -> (Check, Counts) {
    let mut simulation = Simulation::new(fixture, seed, flaw);
    let result = catch_unwind(AssertUnwindSafe(|| simulation.run()));
    (result.unwrap_or_else(|_| Err("it panics".to_owned())), simulation.seen)
}

/// The same, step by step.
fn trace(fixture: &Fixture, seed: u64) -> Vec<String> {
    let mut simulation = Simulation::new(fixture, seed, Flaw::None);
    simulation.trace = Some(Vec::new());
    let _ = catch_unwind(AssertUnwindSafe(|| simulation.run()));
    simulation.trace.unwrap_or_default()
}

fn number_from_env(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn any_interleaving_of_retries_crashes_and_slow_disks_keeps_every_promise() {
    let first = number_from_env("BOULE_TEST_SEED", 1);
    let runs = number_from_env("BOULE_TEST_INTERLEAVINGS", 10_000);
    let fixture = Fixture::new();
    let mut seen: Counts = [0; ALL.len()];
    for seed in first..first.saturating_add(runs) {
        let (result, counts) = simulate(&fixture, seed, Flaw::None);
        if let Err(why) = result {
            let trace = trace(&fixture, seed);
            let last = trace[trace.len().saturating_sub(40)..].join("\n");
            panic!("BOULE_TEST_SEED={seed} BOULE_TEST_INTERLEAVINGS=1: {why}\n{last}");
        }
        seen.iter_mut().zip(counts).for_each(|(all, one)| *all += one);
    }
    println!("{runs} runs from seed {first}:");
    for what in ALL {
        println!("{:>12}  {what:?}", seen[what as usize]);
    }
    if runs >= 1_000 {
        let missing: Vec<_> = ALL[..MUST_HAPPEN].iter().filter(|what| seen[**what as usize] == 0).collect();
        assert!(missing.is_empty(), "these never happened: {missing:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_trace() {
    let fixture = Fixture::new();
    let hash = |seed| {
        let trace = trace(&fixture, seed);
        assert!(trace.len() >= 20, "{} steps", trace.len());
        let mut hasher = DefaultHasher::new();
        trace.hash(&mut hasher);
        hasher.finish()
    };
    for seed in 1..=50 {
        assert_eq!(hash(seed), hash(seed), "seed {seed}");
        assert_ne!(hash(seed), hash(seed + 1), "seed {seed}");
    }
}

#[test]
fn a_room_or_a_store_with_a_flaw_is_found_out() {
    let fixture = Fixture::new();
    let flaws =
        [Flaw::AnswersEarly, Flaw::TakesAnyWriter, Flaw::HidesFullDisk, Flaw::KeepsRefusedBatch];
    for flaw in flaws {
        let found = (1..=5_000).find(|seed| simulate(&fixture, *seed, flaw).0.is_err());
        assert!(found.is_some(), "{flaw:?} breaks no promise");
    }
}
