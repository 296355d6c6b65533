//! A conversation on a stage: acts are done as a room does them, and a restart reads what a disk would hold.

use std::collections::HashMap;

use super::super::*;
use crate::domain::{
    ChainHash, Choice, ConversationId, Moderation, ModerationRule, ParticipantNumber, Rejection, Seq, Slug,
    StaffNumber, StatementNumber, Timestamp, TokenHash, VoteSource,
};

/// A conversation with its log, as a disk would hold it: kinds, payloads, and words beside them.
pub(super) struct Stage {
    pub(super) desk: Desk,
    pub(super) log: Vec<(&'static str, String)>,
    pub(super) words: HashMap<String, (String, String)>,
    /// Votes as a map follows them.
    pub(super) counted: HashMap<(ParticipantNumber, StatementNumber), Choice>,
    pub(super) salts: u8,
}

pub(super) const ID: i64 = 5;

pub(super) fn staff() -> Actor {
    Actor::staff(StaffNumber(1))
}

pub(super) fn person(number: u32) -> Identity {
    Identity::Token(TokenHash::of(&format!("person {number}")))
}

pub(super) fn brief(moderation: ModerationRule) -> Brief {
    Brief {
        question: "What now?".into(),
        organiser: "Us".into(),
        promise: "The council answers each of them.".into(),
        policy: vec!["It is an advert".into(), "It attacks people".into()],
        settings: Settings { moderation, important: true, ..Settings::default() },
        ..Brief::default()
    }
}

/// The agendas of a record with their words, which `Debug` does not show of themselves.
struct Words<'a>(&'a ConversationRecord);

impl std::fmt::Debug for Words<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut record = AgendaRecord::clone(&self.0.agenda);
        f.debug_list().entries(record.words_mut().map(|text| text.text().to_owned())).finish()
    }
}

impl Stage {
    pub(super) fn draft(moderation: ModerationRule) -> Self {
        let slug = Slug::parse("a").unwrap();
        let created = ConversationCreated::new(slug, &brief(moderation), &mut || [9; 16]).unwrap();
        let created = NewEvent::new(RecordedActor::Staff(StaffNumber(1)), created);
        let event = Event { seq: Seq(1), at: Timestamp(1), what: created.clone(), hash: ChainHash([0; 32]) };
        let record = ConversationRecord::created(ConversationId::from_stored(ID), event).unwrap();
        let desk = Desk::new(record, HashMap::new());
        let mut stage =
            Self { desk, log: Vec::new(), words: HashMap::new(), counted: HashMap::new(), salts: 0 };
        stage.write(&[created], &[]);
        stage
    }

    pub(super) fn open(moderation: ModerationRule) -> Self {
        let mut stage = Self::draft(moderation);
        stage.act(staff(), Act::open()).unwrap();
        stage
    }

    pub(super) fn write(&mut self, events: &[NewEvent], forgotten: &[String]) {
        for event in events {
            self.log.push((event.body.kind(), event.payload().unwrap()));
            for text in event.words() {
                let words = (text.salt().to_owned(), text.text().to_owned());
                self.words.insert(text.commitment().to_owned(), words);
            }
        }
        forgotten.iter().for_each(|commitment| drop(self.words.remove(commitment)));
    }

    pub(super) fn act(
        &mut self,
        actor: impl Into<Actor>,
        act: impl Into<Act>,
    ) -> Result<(Decided, Effects), Rejection> {
        let mut pending = PendingEvents::default();
        let salts = &mut self.salts;
        let mut salt = || {
            *salts = salts.wrapping_add(1);
            [*salts; 16]
        };
        let mut given = DecisionInputs { salt: &mut salt, offered: &|_, _| Some(7) };
        let decided = self.desk.decide(&actor.into(), &act.into(), &mut pending, &mut given);
        if decided.is_err() {
            assert!(pending.events.is_empty() && pending.forgotten.is_empty(), "a refusal leaves nothing");
        }
        let decided = decided?;
        let next = self.desk.record.seq.0;
        self.write(&pending.events, &pending.forgotten);
        let event =
            |(at, what)| Event { seq: Seq(next + 1 + at), at: Timestamp(5), what, hash: ChainHash([0; 32]) };
        let events = (0..).zip(pending.events).map(event).collect();
        let effects = self.desk.apply(events, pending.admitted).unwrap();
        for change in &effects.map {
            match *change {
                // Votes of people who are left out wait until they are counted again.
                MapChange::Vote(participant, ..) | MapChange::Unvote(participant, _)
                    if self.desk.record.is_excluded(participant) => {}
                MapChange::Vote(participant, statement, choice)
                | MapChange::Included(participant, statement, choice) => {
                    self.counted.insert((participant, statement), choice);
                }
                MapChange::Unvote(participant, statement) | MapChange::Excluded(participant, statement) => {
                    self.counted.remove(&(participant, statement));
                }
                MapChange::Statement(_) | MapChange::Rule => {}
            }
        }
        Ok((decided, effects))
    }

    /// The record as a restart makes it: read from the disk, words put back.
    pub(super) fn restarted(&self) -> ConversationRecord {
        let event = |(at, (kind, payload)): (u64, &(&'static str, String))| {
            let mut what = NewEvent::parse(kind, payload).unwrap();
            assert_eq!(what.payload().unwrap(), *payload, "a payload has one way to be written");
            for text in what.words_mut() {
                if let Some((salt, words)) = self.words.get(text.commitment()) {
                    assert!(text.restore(salt.clone(), words.clone()));
                }
            }
            let at_us = if at == 0 { 1 } else { 5 };
            Event { seq: Seq(at + 1), at: Timestamp(at_us), what, hash: ChainHash([0; 32]) }
        };
        let events = (0..).zip(&self.log).map(event);
        ConversationRecord::fold(ConversationId::from_stored(ID), events).unwrap().unwrap()
    }

    pub(super) fn check(&self) {
        let again = self.restarted();
        self.check_map(&again);
        assert_eq!(again.clone().to_snapshot().unwrap(), self.desk.record.clone().to_snapshot().unwrap());
        // Words come back beside a snapshot, too, wherever they stand.
        let mut cached = ConversationRecord::from_snapshot(&again.clone().to_snapshot().unwrap()).unwrap();
        for text in cached.words_mut() {
            if let Some((salt, words)) = self.words.get(text.commitment()) {
                assert!(text.restore(salt.clone(), words.clone()));
            }
        }
        let agendas = |record: &ConversationRecord| format!("{:?}", Words(record));
        assert_eq!(agendas(&cached), agendas(&self.desk.record));
        assert_eq!(agendas(&again), agendas(&self.desk.record));
        for (live, again) in self.desk.record.statements.values().zip(again.statements.values()) {
            assert_eq!(live.text.text(), again.text.text());
            let votes = self.desk.record.participants.values().filter_map(|own| own.votes.on(live.number));
            assert_eq!(votes.count() as u32, live.tally.seen(), "statement {}", live.number);
        }
        let twins = |desk: &Desk| desk.twins.shared();
        assert_eq!(twins(&Desk::new(self.desk.record.clone(), HashMap::new())), twins(&self.desk));
    }

    /// A map that has followed what followed from each act counts what a restart counts.
    pub(super) fn check_map(&self, again: &ConversationRecord) {
        let cold: HashMap<_, _> = again
            .voters()
            .into_iter()
            .flat_map(|(p, own)| own.iter().map(move |v| ((p, v.statement), v.choice)))
            .collect();
        assert_eq!(self.counted, cold);
    }

    /// What a participant is told of each of their statements.
    pub(super) fn told(&self, number: u32) -> Vec<(String, Moderation)> {
        let Identity::Token(token) = person(number) else { panic!("a token") };
        let participant = self.desk.participant_of(&token).unwrap();
        let own = self.desk.record.statements.values();
        own.filter_map(|s| Some((s.words_of(participant)?.text().to_owned(), s.moderation))).collect()
    }

    pub(super) fn words_of(&self, number: u32, statement: u32) -> String {
        let Identity::Token(token) = person(number) else { panic!("a token") };
        let participant = self.desk.participant_of(&token).unwrap();
        let statement = &self.desk.record.statements[&StatementNumber(statement)];
        statement.words_of(participant).unwrap().commitment().to_owned()
    }

    pub(super) fn statement(&self, number: u32) -> &Statement {
        &self.desk.record.statements[&StatementNumber(number)]
    }
}
