//! The clients and the network: votes, joins and answers that come late, twice or never.

use super::*;

/// The clients and the network.
impl Simulation<'_> {
    pub(super) fn cast(&mut self, device: usize) {
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
            self.seen[RunEvent::Replaced as usize] += 1;
        }
        let vote = Vote { op: u32::try_from(told.len()).unwrap(), statement, choice };
        told.push(OperationFate::new(vote, device));
        own.outbox.push(QueuedVote { vote, sent: false });
        self.note(|| format!("device {device} casts {vote:?}"));
        self.flush(device);
    }

    /// Sends what waits and is not under way.
    pub(super) fn flush(&mut self, device: usize) {
        let own = &mut self.devices[device];
        let Some(conn) = own.conn.as_mut() else { return };
        for waiting in own.outbox.iter_mut().filter(|waiting| !waiting.sent) {
            waiting.sent = true;
            let frame = Frame::Vote(waiting.vote);
            conn.up.push_back(frame);
            if self.rng.gen_ratio(1, 8) {
                self.strays.push((device, frame));
                self.seen[RunEvent::Duplicates as usize] += 1;
            }
        }
    }

    pub(super) fn connect(&mut self, device: usize) -> Check {
        if self.devices[device].conn.is_some() {
            return Ok(());
        }
        self.open()?;
        self.connections += 1;
        let own = &mut self.devices[device];
        let token = self.fixture.tokens[own.person];
        let participant = self.rooms[0].as_ref().and_then(|room| room.state.desk.participant_of(&token));
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

    pub(super) fn disconnect(&mut self, device: usize) {
        let Some(conn) = self.devices[device].conn.take() else { return };
        self.note(|| format!("device {device} loses its connection"));
        for frame in conn.up {
            if self.rng.gen_ratio(1, 2) {
                self.strays.push((device, frame));
            }
        }
    }

    /// The server reads a device's next frame.
    pub(super) fn up(&mut self, device: usize) {
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
        room.mailbox.push_back(ModelMessage { from: Some((device, conn.number)), what });
        self.note(|| format!("room 0 is asked by device {device}: {frame:?}"));
    }

    /// A frame of a socket that is gone arrives after all, or never does.
    pub(super) fn stray(&mut self) -> Check {
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
            let known = room.state.desk.participant_of(&token);
            let identity = known.map_or(Identity::Token(token), Identity::Participant);
            room.mailbox.push_back(ModelMessage { from: None, what: asked(person, identity, frame) });
        }
        self.see(RunEvent::LateFrames);
        self.note(|| format!("room 0 is asked late, of device {device}: {frame:?}"));
        Ok(())
    }

    /// A device reads its next answer.
    pub(super) fn down(&mut self, device: usize) -> Check {
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
                    self.seen[RunEvent::Acks as usize] += 1;
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
    pub(super) fn reuse_a_name(&mut self) {
        let person = self.rng.gen_range(0..self.told.len());
        let start = self.rng.gen_range(0..MOST_OPS);
        let told = self.told[person].iter().cycle().skip(start).take(self.told[person].len());
        let done = told.filter(|told| told.acked.is_some() && told.durable && !told.same).last();
        let Some((device, vote)) = done.map(|told| (told.device, told.vote)) else { return };
        let Some(choice) = Choice::ALL.into_iter().find(|choice| *choice != vote.choice) else { return };
        self.strays.push((device, Frame::Vote(Vote { choice, ..vote })));
        self.note(|| format!("somebody will reuse operation {} of person {person}", vote.op));
    }

    pub(super) fn ask_something_rare(&mut self) {
        let statement = self.rng.gen_range(0..STATEMENTS);
        let moderation = if self.rng.gen_ratio(1, 2) { Moderation::Accepted } else { Moderation::Rejected };
        let moderates = self.rng.gen_ratio(3, 5);
        let Some(room) = &mut self.rooms[0] else { return };
        let rarely = match room.known.open {
            false => RareAct::Open,
            true if moderates => RareAct::Moderate(statement, moderation),
            true => RareAct::Close,
        };
        room.mailbox.push_back(ModelMessage { from: None, what: ModelAct::Rare(rarely) });
        self.note(|| format!("room 0 is asked: {rarely:?}"));
    }

    /// Answers who asked, if their socket is still the same; its next frame is read then.
    pub(super) fn answer(
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

fn asked(person: usize, identity: Identity, frame: Frame) -> ModelAct {
    match frame {
        Frame::Join => ModelAct::Join { person },
        Frame::Vote(vote) => ModelAct::Vote { person, identity, vote },
    }
}
