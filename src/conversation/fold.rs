//! The fold of the event log (I4).
//!
//! The live room, the export, the check and a restart all fold the same events with the same
//! [`ConversationRecord::apply`], so they can't disagree. It decides nothing: what is in the log
//! happened.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::effects::Effects;
use super::event::{Event, EventBody};
use super::payload::Header;
use super::record::ConversationRecord;
use crate::domain::{ConversationId, Seq};

/// The number of the first statement that is written here. An import keeps the numbers that it comes with.
const FIRST_STATEMENT: u32 = 1;

/// Why events can't be folded: the log is not what this program writes.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FoldError {
    /// The first event is not the conversation's creation.
    #[error("event {0} comes before the conversation was created")]
    NotCreated(Seq),
    /// A gap, or an event out of order.
    #[error("event {found} follows event {last}")]
    Gap {
        /// The last event folded.
        last: Seq,
        /// The one that came.
        found: Seq,
    },
    /// An event refers to something that does not exist.
    #[error("event {seq} refers to {what} that does not exist")]
    Dangling {
        /// The event.
        seq: Seq,
        /// What is missing.
        what: &'static str,
    },
}

impl ConversationRecord {
    /// Folds a whole log, or the beginning of one.
    pub fn fold(
        id: ConversationId,
        events: impl IntoIterator<Item = Event>,
    ) -> Result<Option<Self>, FoldError> {
        let mut record: Option<Self> = None;
        for event in events {
            match record.as_mut() {
                None => record = Some(Self::created(id, event)?),
                Some(record) => record.apply(event)?,
            }
        }
        Ok(record)
    }

    /// The record after a conversation's first event.
    pub fn created(id: ConversationId, event: Event) -> Result<Self, FoldError> {
        let EventBody::ConversationCreated(created) = event.what.body else {
            return Err(FoldError::NotCreated(event.seq));
        };
        if event.seq != Seq(1) {
            return Err(FoldError::Gap { last: Seq(0), found: event.seq });
        }
        Ok(Self {
            conversation: created.conversation(id),
            statements: BTreeMap::new(),
            seed_order: Vec::new(),
            held_authors: BTreeSet::new(),
            exclusions: Vec::new(),
            counted_again: Vec::new(),
            participants: FxHashMap::default(),
            agenda: Arc::default(),
            seq: event.seq,
            head: event.hash,
            vote_events: 0,
            votes_seq: event.seq,
            next_participant: 0,
            next_statement: FIRST_STATEMENT,
        })
    }

    /// Folds the next event. One that was folded before changes nothing.
    pub fn apply(&mut self, event: Event) -> Result<(), FoldError> {
        self.apply_with(event, &mut Effects::unwanted())
    }

    /// The same, and notes what follows from it.
    pub(super) fn apply_with(&mut self, event: Event, effects: &mut Effects) -> Result<(), FoldError> {
        if event.seq <= self.seq {
            return Ok(());
        }
        if event.seq != self.seq.next() {
            return Err(FoldError::Gap { last: self.seq, found: event.seq });
        }
        let (seq, hash) = (event.seq, event.hash);
        let header = Header { seq, at: event.at, by: event.what.by };
        let applied = event.what.body.apply(self, header, effects);
        applied.map_err(|what| FoldError::Dangling { seq, what })?;
        self.seq = seq;
        self.head = hash;
        Ok(())
    }
}
