//! The simulated room: the real [`Turn`] and the real [`RoomState`], between a simulated mailbox and a
//! simulated disk, with what comes of each step held against what is promised.

use std::collections::VecDeque;

use rand::Rng;

use crate::conversation::{Act, Actor, Ballot, Decided, Event, EventBody, NewEvent};
use crate::domain::{Moderation, ParticipantNumber, Seq};
use crate::live::room_state::RoomState;
use crate::live::simulation_model::{
    Answer, Check, Fate, ModelAct, ModelMessage, ModelRecord, RareAct, Vote, operation, statement_number,
};
use crate::live::turn::{Batch, HandedTurn, Request, StoredTurn, Turn, TurnAnswer};

use super::{Flaw, RunEvent, Simulation};

/// One conversation's task, between two steps.
pub(super) struct Room {
    pub(super) state: RoomState,
    pub(super) known: ModelRecord,
    pub(super) mailbox: VecDeque<ModelMessage>,
    /// What this round has taken out of the mailbox and not decided yet.
    taken: VecDeque<ModelMessage>,
    pub(super) commit: Option<Commit>,
}

pub(super) struct Commit {
    pub(super) batch: Batch,
    handed: HandedTurn<Waiter>,
    /// What is known once it is written.
    pub(super) ahead: ModelRecord,
    pub(super) disk: Disk,
}

pub(super) enum Disk {
    Waits,
    Written(Vec<Event>),
    Failed,
    Conflict,
}

/// Who waits for a commit, and for which vote; `true` when it made no event.
#[derive(Clone, Copy)]
pub(super) struct Waiter {
    from: Option<(usize, u64)>,
    person: usize,
    vote: Option<(Vote, bool)>,
}

impl Room {
    pub(super) fn new(state: RoomState, known: ModelRecord) -> Self {
        Self { state, known, mailbox: VecDeque::new(), taken: VecDeque::new(), commit: None }
    }

    pub(super) fn is_idle(&self) -> bool {
        self.mailbox.is_empty() && self.taken.is_empty() && self.commit.is_none()
    }
}

/// A newcomer has one event, and the next number; who is known has neither.
fn admit(
    ahead: &mut ModelRecord,
    person: usize,
    participant: Option<ParticipantNumber>,
    new: &[NewEvent],
) -> Check {
    let participant = participant.ok_or("nobody acted")?;
    let joined = new.iter().filter(|event| matches!(event.body, EventBody::ParticipantJoined(_))).count();
    let is_right = match ahead.numbers[person] {
        Some(known) => joined == 0 && known == participant,
        None => joined == 1 && participant.0 as usize + 1 == ahead.people.len(),
    };
    if !is_right {
        return Err(format!("person {person} becomes participant {participant} with {joined} events"));
    }
    ahead.numbers[person] = Some(participant);
    Ok(())
}

impl Simulation<'_> {
    /// One step of a room: what the disk has answered, or the next round.
    pub(super) fn work(&mut self, which: usize) -> Check {
        let Some(mut room) = self.rooms[which].take() else { return Ok(()) };
        if !self.work_in(&mut room)? {
            self.see(RunEvent::Conflicts);
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
                self.see(RunEvent::NotSaved);
                match self.flaw {
                    Flaw::HidesFullDisk => self.stored(room, commit.handed, commit.ahead, Vec::new())?,
                    _ => commit.handed.lost().for_each(|due| self.tell_not_saved(due)),
                }
            }
            Disk::Written(events) => {
                let written = events.last().map_or(Seq(0), |event| event.seq);
                self.stored(room, commit.handed, commit.ahead, events)?;
                let seq = room.state.desk.record.seq;
                if seq != written || seq.0 != room.known.seq {
                    return Err(format!("written to {written}, folded to {seq}"));
                }
            }
        }
        Ok(true)
    }

    /// Folds what is on disk, and answers.
    fn stored(
        &mut self,
        room: &mut Room,
        handed: HandedTurn<Waiter>,
        ahead: ModelRecord,
        events: Vec<Event>,
    ) -> Check {
        let is_written = !events.is_empty() || ahead == room.known;
        let stored = handed.stored(&mut room.state, events);
        let StoredTurn { answers, .. } =
            stored.map_err(|error| format!("what was written can't be folded: {error}"))?;
        if is_written {
            room.known = ahead;
        }
        let seq = room.state.desk.record.seq;
        answers.into_iter().for_each(|(due, decided)| self.acknowledge_at(seq, due, decided));
        Ok(())
    }

    fn acknowledge_at(&mut self, seq: Seq, due: Waiter, decided: Decided) {
        let Waiter { from, person, vote } = due;
        if let Some((vote, true)) = vote
            && seq < self.log.end()
        {
            self.see(RunEvent::StaleAnswers);
            self.haunted[person][vote.statement] = true;
        }
        let answer = vote.map(|(Vote { op, .. }, same)| Answer::Ack { op, seq: seq.0, same });
        self.answer(from, decided.participant(), answer);
    }

    fn tell_not_saved(&mut self, due: Waiter) {
        let answer = due.vote.map(|(Vote { op, .. }, _)| Answer::Refused { op, retry: true });
        self.answer(due.from, None, answer);
    }

    /// Neighbouring votes and joins share a commit; what does not waits for the next round.
    fn round(&mut self, room: &mut Room) -> Check {
        let (mut turn, mut ahead) = (Turn::default(), room.known.clone());
        while let Some(command) = room.taken.pop_front() {
            if !self.take(room, &mut turn, &mut ahead, command)? {
                room.taken.push_front(command);
                break;
            }
        }
        if turn.is_empty() {
            return Ok(());
        }
        let (batch, mut handed) = turn.hand_over(&room.state);
        if batch.events.is_empty() {
            return self.stored(room, handed, ahead, Vec::new());
        }
        if self.flaw == Flaw::AnswersEarly {
            let early = handed.take_waiting();
            early.into_iter().for_each(|(due, decided)| self.acknowledge_at(Seq(ahead.seq), due, decided));
        }
        room.commit = Some(Commit { batch, handed, ahead, disk: Disk::Waits });
        Ok(())
    }

    /// Whether the turn had room for a command.
    fn take(
        &mut self,
        room: &Room,
        turn: &mut Turn<Waiter>,
        ahead: &mut ModelRecord,
        command: ModelMessage,
    ) -> Check<bool> {
        let before = turn.so_far().0.len();
        let (request, due, fate) = self.request(ahead, command);
        let taken = turn.take(&room.state, request, due, &mut || [0; 16]);
        let (events, decided) = turn.so_far();
        let new = events[before..].to_vec();
        match taken {
            TurnAnswer::Full(..) => return Ok(false),
            TurnAnswer::Refused(due, rejection) => {
                self.refused(room, command, due, fate, rejection.code(), &new)?;
            }
            TurnAnswer::Waits => self.taken(ahead, command, fate, &new, decided)?,
        }
        Ok(true)
    }

    fn request(
        &mut self,
        ahead: &ModelRecord,
        ModelMessage { from, what }: ModelMessage,
    ) -> (Request, Waiter, Fate) {
        match what {
            ModelAct::Join { person } => {
                let actor = Actor::Visitor(crate::conversation::Identity::Token(self.fixture.tokens[person]));
                (Request { actor, act: Act::join() }, Waiter { from, person, vote: None }, Fate::Cast)
            }
            ModelAct::Vote { person, identity, vote } => {
                let fate = ahead.fate(person, vote);
                let op = Some(operation(vote.op));
                let ballot = Ballot { op, ..Ballot::new(statement_number(vote.statement), vote.choice) };
                let due = Waiter { from, person, vote: Some((vote, fate == Fate::Same)) };
                self.note(|| format!("{vote:?} of person {person} is {fate:?}"));
                (Request { actor: identity.into(), act: ballot.into() }, due, fate)
            }
            ModelAct::Rare(rarely) => {
                let act = match rarely {
                    RareAct::Moderate(number, to) => Act::moderate(statement_number(number), to, None),
                    RareAct::Open => Act::open(),
                    RareAct::Close => Act::close(),
                };
                (Request { actor: Actor::System, act }, Waiter { from, person: 0, vote: None }, Fate::Cast)
            }
        }
    }

    /// Holds what comes of a command that was taken against what is promised.
    fn taken(
        &mut self,
        ahead: &mut ModelRecord,
        command: ModelMessage,
        fate: Fate,
        new: &[NewEvent],
        decided: Option<Decided>,
    ) -> Check {
        let participant = decided.and_then(|decided| decided.participant());
        match command.what {
            ModelAct::Join { person } => {
                self.see(RunEvent::Joins);
                new.iter().try_for_each(|event| ahead.fold(&event.body))?;
                admit(ahead, person, participant, new)
            }
            ModelAct::Rare(rarely) => {
                self.see(RunEvent::Moderations);
                new.iter().try_for_each(|event| ahead.fold(&event.body))?;
                let is_done = match rarely {
                    RareAct::Moderate(number, to) => ahead.shown[number] == (to == Moderation::Accepted),
                    RareAct::Open => ahead.open,
                    RareAct::Close => !ahead.open,
                };
                if is_done { Ok(()) } else { Err(format!("{rarely:?} came to {new:?}")) }
            }
            ModelAct::Vote { person, vote, .. } => {
                let is_new = ahead.numbers[person].is_none();
                match fate {
                    Fate::Repeated if new.is_empty() => self.see(RunEvent::Repeats),
                    Fate::Same if new.is_empty() => self.see(RunEvent::Sames),
                    Fate::Cast if new.len() == 1 + usize::from(is_new) => {
                        new.iter().try_for_each(|event| ahead.fold(&event.body))?;
                        self.seen[RunEvent::Newcomers as usize] += u64::from(is_new);
                    }
                    _ => return Err(format!("{vote:?} of person {person} is {fate:?}, and came to {new:?}")),
                }
                admit(ahead, person, participant, new)?;
                let own = ahead.own(person).ok_or("a vote of nobody")?;
                let is_current = own.cells[vote.statement] == Some(vote.choice);
                let act = own.act(vote.op);
                let is_done = match fate {
                    Fate::Same => is_current,
                    Fate::Cast => is_current && act == Some((vote, ahead.seq)),
                    _ => act.is_some_and(|(done, _)| done == vote),
                };
                if is_done {
                    return Ok(());
                }
                Err(format!("{vote:?} of person {person} was taken as {fate:?}, and is not there"))
            }
        }
    }

    /// Refusals are told at once: nothing of them is written.
    fn refused(
        &mut self,
        room: &Room,
        command: ModelMessage,
        due: Waiter,
        fate: Fate,
        code: &str,
        new: &[NewEvent],
    ) -> Check {
        let Some((vote, _)) = due.vote else { return Err(format!("{command:?} is refused: {code}")) };
        if fate != Fate::Refused(code_of(code)) || !new.is_empty() {
            return Err(format!("{vote:?} of person {} is {fate:?}, and was refused: {code}", due.person));
        }
        self.see(if code == "operation_reused" { RunEvent::ReusedNames } else { RunEvent::Refusals });
        if room.state.desk.record.seq < self.log.end() {
            self.see(RunEvent::StaleAnswers);
            self.haunted[due.person][vote.statement] = true;
        }
        self.answer(due.from, None, Some(Answer::Refused { op: vote.op, retry: false }));
        Ok(())
    }
}

/// The codes that votes can be refused with.
fn code_of(code: &str) -> &'static str {
    let known = ["operation_reused", "not_open", "statement_not_shown"];
    known.into_iter().find(|known| *known == code).unwrap_or("another")
}
