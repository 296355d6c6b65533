//! The simulated room: rounds as in `room.rs`, with the decisions of the real
//! [`RoomState`], each held against what is promised.

use std::collections::VecDeque;

use rand::Rng;

use crate::domain::{Event, EventBody, Moderation, ParticipantNumber, Rejection, Seq, TokenHash};
use crate::live::Identity;
use crate::live::room_state::{RoomState, Undecided};
use crate::live::simulation_model::{
    Answer, Asked, Check, Command, Fate, Known, Rarely, Vote, operation, statement_number,
};

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
    pub(super) bodies: Vec<EventBody>,
    pub(super) admitted: Vec<(TokenHash, ParticipantNumber)>,
    /// What is known once it is written.
    pub(super) ahead: Known,
    waiting: Vec<Due>,
    pub(super) disk: Disk,
}

pub(super) enum Disk {
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
    pub(super) fn new(state: RoomState, known: Known) -> Self {
        Self { state, known, mailbox: VecDeque::new(), taken: VecDeque::new(), commit: None }
    }

    pub(super) fn is_idle(&self) -> bool {
        self.mailbox.is_empty() && self.taken.is_empty() && self.commit.is_none()
    }
}

fn decide(
    state: &RoomState,
    identity: Identity,
    vote: Vote,
    batch: &mut Undecided,
) -> Result<ParticipantNumber, Rejection> {
    let (statement, op) = (statement_number(vote.statement), operation(vote.op));
    state.decide_vote_of(identity, statement, vote.choice, Some(&op), batch)
}

impl Round {
    /// A newcomer has one event, and the next number; who is known has neither.
    fn admit(&mut self, person: usize, participant: ParticipantNumber, before: usize) -> Check {
        let new = self.batch.bodies[before..].iter();
        let joined = new.filter(|body| matches!(body, EventBody::ParticipantJoined { .. })).count();
        let is_right = match self.ahead.numbers[person] {
            Some(known) => joined == 0 && known == participant,
            None => joined == 1 && participant.0 as usize + 1 == self.ahead.people.len(),
        };
        if !is_right {
            return Err(format!("person {person} becomes participant {participant} with {joined} events"));
        }
        self.ahead.numbers[person] = Some(participant);
        Ok(())
    }
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
                    Flaw::HidesFullDisk => self.acknowledge(room, commit.waiting),
                    _ => self.tell_not_saved(commit.waiting),
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
                self.see(Seen::StaleAnswers);
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
        self.see(Seen::Moderations);
        self.save(room, bodies, Vec::new(), ahead, Vec::new());
        Ok(())
    }

    fn join(&mut self, room: &Room, round: &mut Round, from: Option<(usize, u64)>, person: usize) -> Check {
        let before = round.batch.bodies.len();
        let participant = room.state.decide_join(self.fixture.tokens[person], &mut round.batch);
        for body in &round.batch.bodies[before..] {
            round.ahead.fold(body)?;
        }
        round.admit(person, participant, before)?;
        self.see(Seen::Joins);
        round.waiting.push(Due { from, person, participant, vote: None });
        Ok(())
    }

    /// Refusals are told at once: nothing of them is written.
    fn refuse(&mut self, room: &Room, from: Option<(usize, u64)>, person: usize, vote: Vote, code: &str) {
        self.see(if code == "operation_reused" { Seen::ReusedNames } else { Seen::Refusals });
        if room.state.record.seq < self.log.end() {
            self.see(Seen::StaleAnswers);
            self.haunted[person][vote.statement] = true;
        }
        self.answer(from, None, Some(Answer::Refused { op: vote.op, retry: false }));
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
        self.note(|| format!("{vote:?} of person {person} is {fate:?}"));
        let participant = match (fate, &decided) {
            (Fate::Refused(code), Err(rejection)) if new.is_empty() && rejection.code() == code => {
                self.refuse(room, from, person, vote, code);
                return Ok(());
            }
            (Fate::Repeated, Ok(participant)) if new.is_empty() => {
                self.see(Seen::Repeats);
                *participant
            }
            (Fate::Same, Ok(participant)) if new.is_empty() => {
                self.see(Seen::Sames);
                *participant
            }
            (Fate::Cast, Ok(participant)) if new.len() == 1 + usize::from(is_new) => {
                new.iter().try_for_each(|body| round.ahead.fold(body))?;
                self.seen[Seen::Newcomers as usize] += u64::from(is_new);
                *participant
            }
            _ => {
                return Err(format!(
                    "{vote:?} of person {person} is {fate:?}, and came to {decided:?}, {new:?}"
                ));
            }
        };
        round.admit(person, participant, before)?;
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
