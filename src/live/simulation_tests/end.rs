//! How a run of the simulation comes to rest, and what must hold then.

use crate::domain::{ParticipantNumber, Tally};
use crate::live::room_state::RoomState;
use crate::live::simulation_model::{Check, Device, ModelRecord, OperationFate, statement_number};
use crate::opinion::findings::priority::DrawRng;

use super::room::Room;
use super::{RunEvent, Simulation};

impl Simulation<'_> {
    /// Nothing breaks any more, and everybody sends until all is answered.
    pub(super) fn come_to_rest(&mut self) -> Check {
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

    pub(super) fn check_the_end(&mut self) -> Check {
        let room = self.rooms[0].take().ok_or("no room is left")?;
        // A room that another one wrote beside, and that has not written since, can't know.
        if room.state.desk.record.seq == self.log.end() {
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

    fn check_what_was_told(&self, known: &ModelRecord, person: usize, told: &OperationFate) -> Check {
        let done = known.own(person).and_then(|own| own.act(told.vote.op));
        let why = match (done, told.acked) {
            (None, Some(_)) if !told.same => "acknowledged, and not in the log",
            (Some((vote, _)), _) if vote != told.vote => "another one in the log",
            (Some((_, seq)), Some(acked)) if acked < seq && !told.same => "acknowledged before its log_end",
            (Some(_), _) if told.refused && !self.haunted[person][told.vote.statement] => {
                "refused, and in the log"
            }
            (done, _) if done.is_some() != told.durable => "not what the disk has written",
            _ => return Ok(()),
        };
        Err(format!("{:?} of person {person} is {why}: {done:?}, acked {:?}", told.vote, told.acked))
    }

    /// What a person's only device was told last is what counts.
    fn check_what_is_settled(&mut self, known: &ModelRecord, device: usize) -> Check {
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
            self.seen[RunEvent::CellsCheckedToTheEnd as usize] += u64::from(settled.is_some());
        }
        Ok(())
    }

    /// A room that has the whole log knows what a fresh one would.
    pub(super) fn compare(&self, room: &Room) -> Check {
        let (fresh, known) = (self.fixture.open(&self.log)?, self.fixture.known(&self.log)?);
        if known != room.known {
            return Err(format!("the log says {known:?}, and it was {:?}", room.known));
        }
        let (live, folded) = (&room.state.desk.record, &fresh.desk.record);
        let ends = [live, folded].map(|record| {
            let numbers = (record.next_participant(), record.next_statement(), record.participants.len());
            let log_end = (record.seq, record.head, record.vote_events, record.votes_seq);
            (numbers, log_end, record.conversation.state, record.totals())
        });
        if ends[0] != ends[1] {
            return Err(format!("the room is at {:?}, its log at {:?}", ends[0], ends[1]));
        }
        for (statement, shown) in known.shown.iter().enumerate() {
            let mut tally = Tally::default();
            known.people.iter().filter_map(|own| own.cells[statement]).for_each(|choice| tally.add(choice));
            for record in [live, folded] {
                let held =
                    record.statements.get(&statement_number(statement)).ok_or("a statement is gone")?;
                if held.tally != tally || record.is_shown(held) != *shown {
                    return Err(format!("statement {statement} has {:?}, and {tally:?} counted", held.tally));
                }
            }
        }
        for (person, token) in self.fixture.tokens.iter().enumerate() {
            let number = known.numbers[person];
            if room.state.desk.participant_of(token) != number || fresh.desk.participant_of(token) != number {
                return Err(format!("the token of person {person} is not that of {number:?}"));
            }
            self.compare_participant(&room.state, &fresh, number)?;
            let Some((number, own)) = number.zip(known.own(person)) else { continue };
            let held = live.participants.get(&number).ok_or("a participant is gone")?;
            for (statement, choice) in own.cells.iter().enumerate() {
                if held.votes.on(statement_number(statement)) != *choice {
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
            let own = number.and_then(|number| state.desk.record.participants.get(&number));
            let next = state.next_shown(number, &[], DrawRng::new(self.log.end().0));
            (format!("{own:?}"), state.progress(number), next)
        });
        if held == folded { Ok(()) } else { Err(format!("a room holds {held:?}, a fresh one {folded:?}")) }
    }
}
