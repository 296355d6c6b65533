//! What follows from events that were stored, for those who act on it: the map, the sockets, the queue.

use crate::domain::{Choice, ParticipantNumber, StatementNumber};

/// A change of what the map is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MapChange {
    /// Somebody voted, or changed a vote.
    Vote(ParticipantNumber, StatementNumber, Choice),
    /// A statement was submitted, moderated or withdrawn.
    Statement(StatementNumber),
    /// Another rule says whether statements that wait are shown.
    Rule,
    /// Somebody took a vote back.
    Unvote(ParticipantNumber, StatementNumber),
    /// Somebody's vote is left out.
    Excluded(ParticipantNumber, StatementNumber),
    /// A vote that was left out counts again.
    Included(ParticipantNumber, StatementNumber, Choice),
}

/// What follows from some events, in their order.
#[derive(Debug, Default)]
pub struct Effects {
    /// What the map has to take in.
    pub map: Vec<MapChange>,
    /// Statements that have other words than before.
    pub worded: Vec<StatementNumber>,
    /// Which statements are shown, their words or their order changed.
    pub statements: bool,
    /// The rules changed, or whether votes are taken: everybody is told at once.
    pub rules: bool,
    /// Pages that are the same for everybody look different, before there is another map.
    pub pages: bool,
    /// Moderators decided on statements: those who have them before them are told.
    pub decided: bool,
    /// The moderators' queue changed.
    pub queue: bool,
    /// Votes are no longer accepted: the last map covers every one of them.
    pub closed: bool,
    /// This address no longer leads to the conversation.
    pub gone: bool,
    /// People who were erased: their tokens are nobody's.
    pub unlinked: Vec<ParticipantNumber>,
    /// No token is anybody's any more.
    pub all_unlinked: bool,
    /// Nobody acts on these: a log is only folded.
    unwanted: bool,
}

impl Effects {
    /// For a fold that nobody acts on.
    pub fn unwanted() -> Self {
        Self { unwanted: true, ..Self::default() }
    }

    /// Notes a change of the map.
    pub(super) fn on_map(&mut self, change: MapChange) {
        if !self.unwanted {
            self.map.push(change);
        }
    }

    /// Notes that a statement has new words.
    pub(super) fn on_words(&mut self, statement: StatementNumber) {
        if !self.unwanted {
            self.worded.push(statement);
        }
        self.statements = true;
    }

    /// Notes that nobody is this participant any more.
    pub(super) fn unlink(&mut self, participant: ParticipantNumber) {
        if !self.unwanted {
            self.unlinked.push(participant);
        }
    }

    /// The people whose votes changed. However often somebody changed theirs, they are one.
    pub fn voters(&self) -> impl Iterator<Item = ParticipantNumber> {
        self.map.iter().filter_map(|change| match change {
            MapChange::Vote(participant, ..)
            | MapChange::Excluded(participant, _)
            | MapChange::Included(participant, ..) => Some(*participant),
            MapChange::Unvote(..) | MapChange::Statement(_) | MapChange::Rule => None,
        })
    }

    /// Whether a new map would say something else than the last one.
    pub fn makes_map_stale(&self) -> bool {
        !self.map.is_empty()
    }
}
