//! One conversation's log, read again from the beginning by somebody who trusts nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::conversation::{
    ConversationRecord, ConversationState, Event, EventBody, RecordedActor, Source, Statement, VoteEffect,
};
use crate::domain::{
    ChainHash, Choice, ConversationId, ParticipantNumber, Seq, StaffNumber, StatementNumber, Tally, TokenHash,
};
use crate::store::{IndexedAct, LogEnd, StoredEvent, Words};

use super::noted::{problem_at, problem_of_end};
use super::provenance::Provenance;

type Votes = BTreeMap<(ParticipantNumber, StatementNumber), Choice>;

/// What was found so far.
pub(super) struct LogAudit {
    pub last: Seq,
    pub events: u64,
    pub votes: u64,
    pub problems: Vec<String>,
    id: ConversationId,
    hash: ChainHash,
    record: Option<ConversationRecord>,
    current: Votes,
    provenance: Provenance,
    words: Words,
    snapshot: Option<ConversationRecord>,
    /// Heads that somebody noted.
    noted: BTreeMap<Seq, String>,
    /// Acts of staff, and decisions on statements.
    acts: Vec<IndexedAct>,
    /// Acts whose reason is gone. Nothing ever takes one away but a draft that is deleted.
    mute_acts: usize,
}

impl LogAudit {
    /// Nothing read yet.
    pub fn new(
        id: ConversationId,
        (words, last_staff): (Words, StaffNumber),
        snapshot: Option<ConversationRecord>,
        noted: BTreeMap<Seq, String>,
    ) -> Self {
        Self {
            last: Seq(0),
            events: 0,
            votes: 0,
            problems: Vec::new(),
            id,
            hash: ChainHash::genesis(id),
            record: None,
            current: Votes::new(),
            provenance: Provenance::new(last_staff),
            words,
            snapshot,
            noted,
            acts: Vec::new(),
            mute_acts: 0,
        }
    }

    /// Notes a problem. The first ones are enough: one broken link breaks everything behind it.
    pub fn note(&mut self, problem: String) {
        if self.problems.len() < 20 {
            self.problems.push(problem);
        }
    }

    /// Reads the next row: its place, its hash, and what it says.
    pub fn row(&mut self, row: &StoredEvent) {
        if row.seq != self.last.next() {
            self.note(format!("event {} follows event {}: a gap", row.seq, self.last));
        }
        self.hash = ChainHash::of_event(self.hash, self.id, row.seq, row.at, &row.kind, &row.payload);
        if self.hash.to_string() != row.hash {
            self.note(format!("event {} does not have the hash that it should have", row.seq));
            // Go on from what is stored, to find further breaks.
            self.hash = ChainHash::parse(&row.hash).unwrap_or(self.hash);
        }
        problem_at(&self.noted, row.seq, &row.hash).into_iter().for_each(|problem| self.note(problem));
        self.last = row.seq;
        self.events += 1;
        match row.parse() {
            Err(error) => self.note(error.to_string()),
            Ok(event) => {
                if event.what.payload().ok().as_deref() != Some(row.payload.as_str()) {
                    self.note(format!("event {} is not written as its format says", row.seq));
                }
                self.event(event);
            }
        }
    }

    fn event(&mut self, mut event: Event) {
        if let Err(error) = self.words.put_back(&mut event) {
            self.note(error.to_string());
        }
        self.mute_acts += usize::from(event.what.why.as_ref().is_some_and(|why| why.salt().is_empty()));
        let problem = self.provenance.problem(&event, self.record.as_ref());
        problem.into_iter().for_each(|problem| self.note(problem));
        self.acts.extend(IndexedAct::of(&event));
        self.votes_of(&event);
        self.check_forgotten(&event);
        let applied = match self.record.as_mut() {
            None => ConversationRecord::created(self.id, event).map(|new| self.record = Some(new)),
            Some(record) => record.apply(event),
        };
        if let Err(error) = applied {
            self.note(error.to_string());
        }
        self.check_snapshot();
    }

    /// Where a snapshot of this log ends, the fold must be what it says. (One of another log is passed
    /// over by who reads it, and is nothing wrong.)
    fn check_snapshot(&mut self) {
        let Some(record) = &self.record else { return };
        if self.snapshot.as_ref().is_none_or(|kept| (kept.seq, kept.head) != (record.seq, record.head)) {
            return;
        }
        let (Some(kept), folded) = (self.snapshot.take(), record.clone()) else { return };
        if kept.to_snapshot().ok() != folded.to_snapshot().ok() {
            self.note(format!("the snapshot is not the fold of the log up to event {}", self.last));
        }
    }

    /// Follows votes by itself, and asks of each whether it could be cast then.
    fn votes_of(&mut self, event: &Event) {
        let (participant, statement) = match event.what.body.on_votes() {
            VoteEffect::Cast { participant, statement, choice, source, .. } => {
                self.votes += 1;
                self.current.insert((participant, statement), choice);
                if source != Source::Live {
                    return;
                }
                (participant, statement)
            }
            VoteEffect::TakenBack(statement) => return self.taken_back(event, statement),
            VoteEffect::Erased(gone) => return self.current.retain(|(voter, _), _| *voter != gone),
            VoteEffect::Nothing => return,
        };
        if !self.may_vote(participant, statement) {
            self.note(format!("event {} is a vote that could not be cast then", event.seq));
        }
    }

    /// Whoever takes their statement back takes their vote with it, and the words are gone.
    fn taken_back(&mut self, event: &Event, statement: StatementNumber) {
        let stored = self.record.as_ref().and_then(|record| record.statements.get(&statement));
        let mut words = stored.map(|stored| stored.text.commitment().to_owned());
        if let RecordedActor::Participant(goes) = event.what.by {
            self.current.remove(&(goes, statement));
            let record = self.record.as_ref();
            let theirs = stored.and_then(|stored| {
                stored.words_of(goes).or_else(|| record.and_then(|all| all.made_of_theirs(goes, stored)))
            });
            words = theirs.map(|words| words.commitment().to_owned());
        }
        if words.is_some_and(|words| self.words.has(&words)) {
            self.note(format!("the words that event {} takes back are still there", event.seq));
        }
    }

    /// What an event says was destroyed is not there any more.
    fn check_forgotten(&mut self, event: &Event) {
        let Some(record) = &self.record else { return };
        let words = match &event.what.body {
            EventBody::ParticipantErased(erased) => record.words_about(erased.participant),
            EventBody::LinksDestroyed(_) => record.words_unshown(),
            _ => return,
        };
        if words.iter().any(|words| self.words.has(words)) {
            self.note(format!("words that event {} destroys are still there", event.seq));
        }
    }

    /// Whether somebody was admitted, the conversation open, and the statement shown to them: their
    /// own is cast with its submission, before any moderator has read it.
    fn may_vote(&self, participant: ParticipantNumber, statement: StatementNumber) -> bool {
        let Some(record) = &self.record else { return false };
        let Some(statement) = record.statements.get(&statement) else { return false };
        record.conversation.state == ConversationState::Open
            && record.participants.contains_key(&participant)
            && (record.is_shown(statement) || statement.words_of(participant).is_some())
    }

    /// Compares the index that acts of staff are searched by with the log.
    pub fn check_acts(&mut self, index: &[IndexedAct]) {
        if index != self.acts {
            self.note("the index of what staff did does not say what the log says".into());
        }
    }

    /// Compares the log's end, and what is kept beside the log, with the log.
    pub fn finish(&mut self, end: &LogEnd, tokens: &[(TokenHash, ParticipantNumber)]) {
        if self.hash.to_string() != end.hash {
            self.note(format!("the head's hash is not that of event {}", self.last));
        }
        problem_of_end(&self.noted, self.last).into_iter().for_each(|problem| self.note(problem));
        let Some(mut record) = self.record.take() else { return };
        self.check_tallies(&record);
        self.check_tokens(&record, tokens);
        self.check_listing(&record, &end.listing);
        self.check_words(&mut record);
    }

    fn check_tallies(&mut self, record: &ConversationRecord) {
        let mut recount: BTreeMap<StatementNumber, Tally> = BTreeMap::new();
        for ((_, statement), choice) in &self.current {
            recount.entry(*statement).or_default().add(*choice);
        }
        for statement in record.statements.values() {
            let counted = recount.get(&statement.number).copied().unwrap_or_default();
            if statement.tally != counted {
                let (number, tally) = (statement.number, statement.tally);
                self.note(format!("statement {number} has the tally {tally:?}, a recount gives {counted:?}"));
            }
        }
    }

    fn check_tokens(&mut self, record: &ConversationRecord, tokens: &[(TokenHash, ParticipantNumber)]) {
        let mut held = BTreeSet::new();
        for (_, participant) in tokens {
            match record.participants.get(participant) {
                None => self.note(format!("a token is that of participant {participant}, who never joined")),
                Some(own) if own.is_erased() || record.conversation.links_destroyed.is_some() => {
                    self.note(format!("a token still leads to participant {participant}, who was erased"));
                }
                Some(_) => {}
            }
            if !held.insert(*participant) {
                self.note(format!("participant {participant} has two tokens"));
            }
        }
    }

    fn check_listing(
        &mut self,
        record: &ConversationRecord,
        (slug, state, listed): &(Option<String>, String, bool),
    ) {
        let conversation = &record.conversation;
        let is_deleted = conversation.state == ConversationState::Deleted;
        let name = (!is_deleted).then(|| conversation.slug.to_string());
        let is_right =
            *slug == name && state == conversation.state.as_str() && *listed == conversation.settings.listed;
        if !is_right {
            self.note("the list of conversations does not say of it what its log says".into());
        }
    }

    /// Words that are gone are no damage to the log, but somebody should know.
    fn check_words(&mut self, record: &mut ConversationRecord) {
        if record.conversation.state == ConversationState::Deleted {
            return;
        }
        let is_missing = |s: &&Statement| !s.withdrawn && s.text.salt().is_empty();
        let missing = record.statements.values().filter(is_missing).count();
        if missing > 0 {
            self.note(format!("the words of {missing} statements are missing"));
        }
        let rules = record.statements.values_mut().filter_map(|statement| statement.reason.as_mut());
        let kept = record.conversation.words_mut().chain(rules);
        let mute = kept.filter(|words| words.salt().is_empty()).count();
        if mute > 0 {
            self.note(format!(
                "{mute} words of the conversation are missing: question, promise, rules, reasons or answers"
            ));
        }
        if self.mute_acts > 0 {
            self.note(format!("the reasons of {} acts are missing", self.mute_acts));
        }
    }
}
