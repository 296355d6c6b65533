//! The simulated room: the real [`Turn`] and the real [`RoomState`], between a simulated mailbox and a
//! simulated disk, with what comes of each step held against what is promised.

use std::collections::VecDeque;

use rand::Rng;

use crate::conversation::{Act, Actor, Ballot, Decided, Event, EventBody, NewEvent};
use crate::domain::{Moderation, ParticipantNumber, Seq};
use crate::live::room_state::RoomState;
use crate::live::simulation_model::{
    Answer, Asked, Check, Command, Fate, Known, Rarely, Vote, operation, statement_number,
};
use crate::live::turn::{Batch, Handed, Request, Stored, Taken, Turn};

use super::{Flaw, Seen, Simulation};

/// One conversation's task, between two steps.
pub(super) struct Room {
    pub(super) state: RoomState,
    pub(super) known: Known,
    pub(super) mailbox: VecDeque<Command>,
    /// What this round has taken out of the mailbox and not decided yet.
    taken: VecDeque<Command>,
    pub(super) commit: Option<Commit>,
}

pub(super) struct Commit {
    pub(super) batch: Batch,
    handed: Handed<Due>,
    /// What is known once it is written.
    pub(super) ahead: Known,
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
pub(super) struct Due {
    from: Option<(usize, u64)>,
    person: usize,
    vote: Option<(Vote, bool)>,
}

impl Room {
    pub(super) fn new(state: RoomState, known: Known) -> Self {
        Self { state, known, mailbox: VecDeque::new(), taken: VecDeque::new(), commit: None }
    }

    pub(super) fn is_idle(&self) -> bool {
        self.mailbox.is_empty() && self.taken.is_empty() && self.commit.is_none()
    }
}

/// A newcomer has one event, and the next number; who is known has neither.
fn admit(
    ahead: &mut Known,
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
            self.see(Seen::Conflicts);
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
                self.see(Seen::NotSaved);
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
    fn stored(&mut self, room: &mut Room, handed: Handed<Due>, ahead: Known, events: Vec<Event>) -> Check {
        let is_written = !events.is_empty() || ahead == room.known;
        let stored = handed.stored(&mut room.state, events);
        let Stored { answers, .. } =
            stored.map_err(|error| format!("what was written can't be folded: {error}"))?;
        if is_written {
            room.known = ahead;
        }
        let seq = room.state.desk.record.seq;
        answers.into_iter().for_each(|(due, decided)| self.acknowledge_at(seq, due, decided));
        Ok(())
    }

    fn acknowledge_at(&mut self, seq: Seq, due: Due, decided: Decided) {
        let Due { from, person, vote } = due;
        if let Some((vote, true)) = vote
            && seq < self.log.end()
        {
            self.see(Seen::StaleAnswers);
            self.haunted[person][vote.statement] = true;
        }
        let answer = vote.map(|(Vote { op, .. }, same)| Answer::Ack { op, seq: seq.0, same });
        self.answer(from, decided.participant(), answer);
    }

    fn tell_not_saved(&mut self, due: Due) {
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
        turn: &mut Turn<Due>,
        ahead: &mut Known,
        command: Command,
    ) -> Check<bool> {
        let before = turn.so_far().0.len();
        let (request, due, fate) = self.request(ahead, command);
        let taken = turn.take(&room.state, request, due, &mut || [0; 16]);
        let (events, decided) = turn.so_far();
        let new = events[before..].to_vec();
        match taken {
            Taken::Full(..) => return Ok(false),
            Taken::Refused(due, rejection) => {
                self.refused(room, command, due, fate, rejection.code(), &new)?
            }
            Taken::Waits => self.taken(ahead, command, fate, &new, decided)?,
        }
        Ok(true)
    }

    fn request(&mut self, ahead: &Known, Command { from, what }: Command) -> (Request, Due, Fate) {
        match what {
            Asked::Join { person } => {
                let actor = Actor::Visitor(crate::conversation::Identity::Token(self.fixture.tokens[person]));
                (Request { actor, act: Act::join() }, Due { from, person, vote: None }, Fate::Cast)
            }
            Asked::Vote { person, identity, vote } => {
                let fate = ahead.fate(person, vote);
                let op = Some(operation(vote.op));
                let ballot = Ballot { op, ..Ballot::new(statement_number(vote.statement), vote.choice) };
                let due = Due { from, person, vote: Some((vote, fate == Fate::Same)) };
                self.note(|| format!("{vote:?} of person {person} is {fate:?}"));
                (Request { actor: identity.into(), act: ballot.into() }, due, fate)
            }
            Asked::Rare(rarely) => {
                let act = match rarely {
                    Rarely::Moderate(number, to) => Act::moderate(statement_number(number), to, None),
                    Rarely::Open => Act::open(),
                    Rarely::Close => Act::close(),
                };
                (Request { actor: Actor::System, act }, Due { from, person: 0, vote: None }, Fate::Cast)
            }
        }
    }

    /// Holds what comes of a command that was taken against what is promised.
    fn taken(
        &mut self,
        ahead: &mut Known,
        command: Command,
        fate: Fate,
        new: &[NewEvent],
        decided: Option<Decided>,
    ) -> Check {
        let participant = decided.and_then(|decided| decided.participant());
        match command.what {
            Asked::Join { person } => {
                self.see(Seen::Joins);
                new.iter().try_for_each(|event| ahead.fold(&event.body))?;
                admit(ahead, person, participant, new)
            }
            Asked::Rare(rarely) => {
                self.see(Seen::Moderations);
                new.iter().try_for_each(|event| ahead.fold(&event.body))?;
                let is_done = match rarely {
                    Rarely::Moderate(number, to) => ahead.shown[number] == (to == Moderation::Accepted),
                    Rarely::Open => ahead.open,
                    Rarely::Close => !ahead.open,
                };
                if is_done { Ok(()) } else { Err(format!("{rarely:?} came to {new:?}")) }
            }
            Asked::Vote { person, vote, .. } => {
                let is_new = ahead.numbers[person].is_none();
                match fate {
                    Fate::Repeated if new.is_empty() => self.see(Seen::Repeats),
                    Fate::Same if new.is_empty() => self.see(Seen::Sames),
                    Fate::Cast if new.len() == 1 + usize::from(is_new) => {
                        new.iter().try_for_each(|event| ahead.fold(&event.body))?;
                        self.seen[Seen::Newcomers as usize] += u64::from(is_new);
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
        command: Command,
        due: Due,
        fate: Fate,
        code: &str,
        new: &[NewEvent],
    ) -> Check {
        let Some((vote, _)) = due.vote else { return Err(format!("{command:?} is refused: {code}")) };
        if fate != Fate::Refused(code_of(code)) || !new.is_empty() {
            return Err(format!("{vote:?} of person {} is {fate:?}, and was refused: {code}", due.person));
        }
        self.see(if code == "operation_reused" { Seen::ReusedNames } else { Seen::Refusals });
        if room.state.desk.record.seq < self.log.end() {
            self.see(Seen::StaleAnswers);
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
