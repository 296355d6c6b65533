//! What a room publishes: one value, shared by all sockets and pages.

use std::sync::{Arc, OnceLock};

use crate::conversation::{ConversationRecord, ConversationState, Settings};
use crate::domain::{ChainHash, Seq, Timestamp};
use crate::opinion::{Afterwork, OpinionMap, Status};

/// People placed before a map is shown.
pub const MAP_FROM_PLACED: u32 = 7;

/// Counts that everybody may see, as of one place in the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// People with at least one vote.
    pub participants: u32,
    /// Current votes.
    pub votes: u64,
    /// Statements that are shown.
    pub statements: u32,
}

/// What was found out about the groups of a map.
#[derive(Debug)]
pub struct AfterworkAt {
    /// The version of that map.
    pub version: Seq,
    /// How many groups it had.
    pub groups: usize,
    /// What was found out.
    pub afterwork: Afterwork,
}

/// The opinion map and the counts at one version.
#[derive(Debug)]
pub struct Published {
    /// The map's version: the place in the log up to which it read.
    pub version: Seq,
    /// The hash of that event.
    pub head: ChainHash,
    /// When it was computed.
    pub at: Timestamp,
    /// Whether votes are taken.
    pub state: ConversationState,
    /// The rules, who sees results among them.
    pub settings: Settings,
    /// The counts.
    pub counts: Counts,
    /// The map.
    pub map: Arc<OpinionMap>,
    /// What is known of the groups of this map or of an earlier one; `None` until it is computed.
    pub afterwork: Option<Arc<AfterworkAt>>,
    /// Whether newer votes are not on the map because it could not be computed in time.
    pub late: bool,
    /// The frame that carries it, serialised once by whoever sends it first.
    pub frame: OnceLock<bytes::Bytes>,
}

impl Published {
    /// What is published of a record and the map of its votes.
    pub fn new(record: &ConversationRecord, map: Arc<OpinionMap>, at: Timestamp) -> Self {
        let (votes, participants) = record.totals();
        let statements = u32::try_from(record.shown().count()).unwrap_or(u32::MAX);
        Self {
            version: record.seq,
            head: record.head,
            at,
            state: record.conversation.state,
            settings: record.conversation.settings,
            counts: Counts { participants, votes, statements },
            map,
            afterwork: None,
            late: false,
            frame: OnceLock::new(),
        }
    }

    /// Nothing, of an empty conversation.
    #[cfg(test)]
    pub fn for_tests() -> Self {
        Self {
            version: Seq(1),
            head: ChainHash([0; 32]),
            at: Timestamp(0),
            state: ConversationState::Open,
            settings: Settings::default(),
            counts: Counts::default(),
            map: Arc::new(OpinionMap::nothing()),
            afterwork: None,
            late: false,
            frame: OnceLock::new(),
        }
    }

    /// Whether the groups are shown: not when chance makes as good ones, and others would be found
    /// in another sample.
    pub fn shows_groups(&self) -> bool {
        self.status() != Some(Status::NoClearGroups)
    }

    /// What is known of the groups, as long as there are as many as when it was found out. One
    /// group is no division that could be doubted.
    pub fn status(&self) -> Option<Status> {
        Some(self.known_of_groups()?.afterwork.status)
    }

    /// The version of the map that this was found out of.
    pub fn status_version(&self) -> Option<Seq> {
        Some(self.known_of_groups()?.version)
    }

    /// What was found out about the groups that are shown.
    pub fn known_of_groups(&self) -> Option<&AfterworkAt> {
        let groups = self.map.groups.len();
        self.afterwork.as_deref().filter(|known| known.groups == groups && groups > 1)
    }

    /// The same at the same version, after the conversation's state or rules changed.
    pub fn under_the_rules_of(&self, record: &ConversationRecord) -> Self {
        let Self { version, head, at, counts, .. } = *self;
        let (state, settings) = (record.conversation.state, record.conversation.settings);
        Self {
            version,
            head,
            at,
            state,
            settings,
            counts,
            map: Arc::clone(&self.map),
            afterwork: self.afterwork.clone(),
            late: self.late,
            frame: OnceLock::new(),
        }
    }
}

/// The moderators' queue, as far as everybody who watches it needs to know: that it changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Queue {
    /// Statements that wait.
    pub pending: u32,
    /// The place in the log of the last change.
    pub seq: Seq,
}

impl Queue {
    /// The queue of a record.
    pub fn of(record: &ConversationRecord) -> Self {
        let pending = record.waiting().count();
        Self { pending: u32::try_from(pending).unwrap_or(u32::MAX), seq: record.seq }
    }
}
