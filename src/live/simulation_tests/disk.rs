//! The simulated disk, and how rooms and processes end.

use rand::Rng;

use crate::conversation::{EventBody, VoteCast};
use crate::domain::Timestamp;
use crate::live::simulation_model::Check;
use crate::live::turn::Batch;

use super::room::{Commit, Disk, Room};
use super::{Flaw, RunEvent, Simulation};

impl Simulation<'_> {
    /// Opens the room from its log, unless it is open.
    pub(super) fn open(&mut self) -> Check {
        if self.rooms[0].is_none() {
            let (state, known) = (self.fixture.open(&self.log)?, self.fixture.known(&self.log)?);
            self.rooms[0] = Some(Room::new(state, known));
            self.note(|| "room 0 opens".to_owned());
        }
        Ok(())
    }

    pub(super) fn hang_up(&mut self) {
        for device in 0..self.devices.len() {
            self.disconnect(device);
        }
    }

    pub(super) fn crash(&mut self) {
        let is_unanswered = |commit: &Commit| matches!(commit.disk, Disk::Written(_));
        if self.rooms.iter().flatten().any(|room| room.commit.as_ref().is_some_and(is_unanswered)) {
            self.see(RunEvent::CrashesBeforeTheAnswer);
        }
        self.see(RunEvent::Crashes);
        self.note(|| "the process crashes".to_owned());
        self.rooms = [None, None];
        self.hang_up();
    }

    /// A room without work is let go.
    pub(super) fn rest(&mut self) -> Check {
        let Some(room) = self.rooms[0].take_if(|room| room.is_idle()) else { return Ok(()) };
        self.hang_up();
        self.see(RunEvent::Rests);
        self.note(|| "room 0 is let go".to_owned());
        if room.state.desk.record.seq == self.log.end() { self.compare(&room) } else { Ok(()) }
    }

    /// A room that nobody holds any more still has something to do when it is opened again.
    pub(super) fn let_go_of_a_busy_room(&mut self) -> Check {
        if self.rooms[1].is_some() {
            return Ok(());
        }
        let Some(room) = self.rooms[0].take_if(|room| !room.is_idle()) else { return Ok(()) };
        self.rooms[1] = Some(room);
        self.hang_up();
        self.see(RunEvent::SecondRooms);
        self.note(|| "room 0 becomes room 1".to_owned());
        self.open()
    }

    pub(super) fn disk(&mut self, which: usize) -> Check {
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
    pub(super) fn write(&mut self, which: usize) -> Check {
        let Some(room) = self.rooms[which].as_mut() else { return Ok(()) };
        let knows = room.state.desk.record.seq;
        let commit = room.commit.as_mut().filter(|commit| matches!(commit.disk, Disk::Waits));
        let Some(commit) = commit else { return Ok(()) };
        let after = if self.flaw == Flaw::TakesAnyWriter { self.log.end() } else { knows };
        let at = Timestamp(self.step);
        let Batch { events, admitted, .. } = &commit.batch;
        let Some(events) = self.log.commit(after, at, events, admitted)? else {
            commit.disk = Disk::Conflict;
            self.note(|| format!("room {which}: another room wrote"));
            return Ok(());
        };
        let numbers = commit.ahead.numbers;
        let mut votes = Vec::new();
        for event in &events {
            if let EventBody::VoteCast(VoteCast { participant, op: Some(op), .. }) = &event.what.body {
                let person = numbers.iter().position(|number| *number == Some(*participant));
                let number = op.as_str().strip_prefix('o').and_then(|number| number.parse::<usize>().ok());
                votes.push((person.ok_or("a vote of nobody")?, number.ok_or("a strange operation")?));
            }
        }
        let end = self.log.end();
        self.seen[RunEvent::Events as usize] += events.len() as u64;
        self.seen[RunEvent::SharedBatches as usize] += u64::from(votes.len() > 1);
        commit.disk = Disk::Written(events);
        self.note(|| format!("room {which}: the log is written up to {end}"));
        votes.into_iter().try_for_each(|(person, op)| self.mark_durable(person, op))
    }

    fn mark_durable(&mut self, person: usize, op: usize) -> Check {
        let told = self.told[person].get_mut(op).ok_or("a vote that nobody cast")?;
        if std::mem::replace(&mut told.durable, true) {
            return Err(format!("operation {op} of person {person} is written twice"));
        }
        let (device, vote) = (told.device, told.vote);
        if self.devices[device].position(vote.op).is_none() {
            self.haunted[person][vote.statement] = true;
            self.see(RunEvent::Ghosts);
        }
        Ok(())
    }
}
