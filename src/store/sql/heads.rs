//! Where logs end, and what comes after.

use std::collections::HashMap;

use crate::conversation::Event;
use crate::domain::{ChainHash, ConversationId, Seq};
use crate::store::batch::NewEvents;
use crate::store::error::StoreError;
use crate::store::place::Epoch;

/// Heads that are remembered between transactions (I9).
const MOST_HEADS: usize = 10_000;

/// Where the logs end that were written by this process. If another one writes all the same, the row of its conversation
/// says so before the commit.
#[derive(Default)]
pub(in crate::store) struct Heads(HashMap<ConversationId, KnownHead>);

#[derive(Clone, Copy)]
struct KnownHead {
    end: (Seq, ChainHash),
    /// In which epoch it was found.
    epoch: Option<Epoch>,
}

impl Heads {
    /// Where a log ends, where that is remembered.
    pub fn of(&self, conversation: ConversationId) -> Option<(Seq, ChainHash)> {
        self.0.get(&conversation).map(|known| known.end)
    }

    /// Whether that is remembered from this epoch: in another one somebody else may have written.
    pub fn knows(&self, conversation: ConversationId, epoch: Option<Epoch>) -> bool {
        self.0.get(&conversation).is_some_and(|known| known.epoch == epoch)
    }

    /// Remembers where logs end now.
    pub fn remember(&mut self, new: impl IntoIterator<Item = (ConversationId, Head)>) {
        if self.0.len() > MOST_HEADS {
            self.0.clear();
        }
        let known = |head: Head| KnownHead { end: (head.seq, head.hash), epoch: head.epoch };
        self.0.extend(new.into_iter().map(|(conversation, head)| (conversation, known(head))));
    }

    /// A log ends there, as its row says in this epoch.
    pub fn found(&mut self, conversation: ConversationId, end: (Seq, ChainHash), epoch: Option<Epoch>) {
        self.0.insert(conversation, KnownHead { end, epoch });
    }

    /// What is stored may not be what was believed.
    pub fn forget(&mut self, conversation: ConversationId) {
        self.0.remove(&conversation);
    }

    /// The same of all.
    pub fn forget_all(&mut self) {
        self.0.clear();
    }
}

/// A head that a transaction moves.
pub(in crate::store) struct Head {
    /// Where the log ended before.
    pub from: (Seq, ChainHash),
    pub seq: Seq,
    pub hash: ChainHash,
    /// In which epoch its events were decided, where anybody has the conversation.
    pub epoch: Option<Epoch>,
}

/// The heads that one transaction moves.
pub(in crate::store) struct NewHeads<'a> {
    pub known: &'a Heads,
    pub new: HashMap<ConversationId, Head>,
}

impl<'a> NewHeads<'a> {
    /// Those of a transaction that begins.
    pub fn after(known: &'a Heads) -> Self {
        Self { known, new: HashMap::new() }
    }

    /// Where a log ends, in this transaction.
    pub fn of(&self, conversation: ConversationId) -> Option<(Seq, ChainHash)> {
        let moved = self.new.get(&conversation).map(|head| (head.seq, head.hash));
        moved.or_else(|| self.known.of(conversation))
    }

    /// A log that ended there ends with these events now.
    pub fn moved(&mut self, new: &NewEvents, from: (Seq, ChainHash), events: &[Event]) {
        let Some(last) = events.last() else { return };
        let moved = Head { from, seq: last.seq, hash: last.hash, epoch: new.epoch };
        let head = self.new.entry(new.conversation).or_insert(moved);
        (head.seq, head.hash) = (last.seq, last.hash);
    }

    /// Why a batch is not written whose writer knows another end of the log, which is at `last`, or decided in another epoch than
    /// others of this transaction.
    pub fn outdated(&self, new: &NewEvents, last: Seq) -> Option<StoreError> {
        let head = self.new.get(&new.conversation);
        if head.is_some_and(|head| head.epoch != new.epoch) {
            return Some(StoreError::Outdated("somebody else has taken this conversation".into()));
        }
        (last != new.after).then(|| {
            StoreError::Outdated(format!(
                "somebody else wrote this conversation: its log is at {last}, not at {}",
                new.after
            ))
        })
    }
}

/// Gives each event its place and its hash.
pub(in crate::store) fn chain(
    new: &NewEvents,
    (mut last, mut head): (Seq, ChainHash),
) -> Result<(Vec<Event>, Vec<String>), StoreError> {
    let mut events = Vec::with_capacity(new.events.len());
    let mut payloads = Vec::with_capacity(new.events.len());
    for what in &new.events {
        let payload = what
            .payload()
            .map_err(|error| StoreError::Outdated(format!("an event can't be written: {error}")))?;
        last = last.next();
        head = ChainHash::of_event(head, new.conversation, last, new.at, what.body.kind(), &payload);
        events.push(Event { seq: last, at: new.at, what: what.clone(), hash: head });
        payloads.push(payload);
    }
    Ok((events, payloads))
}
