//! What is recorded together.

use crate::conversation::{EventBody, ListingChange, NewEvent};
use crate::domain::{ConversationId, ParticipantNumber, Seq, Timestamp, TokenHash};

use super::place::Epoch;

/// A participant's token, admitted in the same transaction as the event that makes them.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// The hash of what the participant's browser holds.
    pub token: TokenHash,
    /// Who they are in this conversation.
    pub participant: ParticipantNumber,
}

/// Events to record in one conversation, all or none.
#[derive(Clone, Debug)]
pub struct NewEvents {
    /// The conversation.
    pub conversation: ConversationId,
    /// When they are recorded.
    pub at: Timestamp,
    /// What happened, in order.
    pub events: Vec<NewEvent>,
    /// Commitments whose words go away with it.
    pub forgotten: Vec<String>,
    /// What stays for everybody to read of a conversation that is deleted with them, as JSON.
    pub kept: Option<String>,
    /// What is published with them, each under its name.
    pub documents: Vec<(String, String)>,
    /// Who is admitted with them.
    pub grants: Vec<NewToken>,
    /// The last event that the writer of these knows: nothing is recorded after any other.
    pub after: Seq,
    /// The epoch in which they were decided: in another one nothing of them is recorded. None where nobody has the conversation.
    pub epoch: Option<Epoch>,
}

impl NewEvents {
    /// Events after another, with nothing else beside them.
    pub fn new(conversation: ConversationId, after: Seq, at: Timestamp, events: Vec<NewEvent>) -> Self {
        Self {
            conversation,
            at,
            events,
            forgotten: Vec::new(),
            kept: None,
            documents: Vec::new(),
            grants: Vec::new(),
            after,
            epoch: None,
        }
    }

    /// Whether words go away with them.
    pub(super) fn forgets(&self) -> bool {
        !self.forgotten.is_empty() || self.is_deleted() || self.links_go() || self.erased().next().is_some()
    }

    /// Whether these are only events with their words, and people who are admitted: nothing is looked up before they are written,
    /// and nothing else changes with them.
    pub(super) fn is_plain(&self) -> bool {
        let is_first = self.after == Seq(0);
        let is_alone = self.forgotten.is_empty() && self.kept.is_none() && self.documents.is_empty();
        is_alone && !is_first && self.listings().next().is_none() && self.erased().next().is_none()
    }

    /// Whether the whole conversation is deleted with them.
    pub(super) fn is_deleted(&self) -> bool {
        self.listings().any(|change| matches!(change, ListingChange::Deleted))
    }

    /// Whether the links to everybody who took part go with them.
    pub(super) fn links_go(&self) -> bool {
        let goes = |change| matches!(change, ListingChange::LinksDestroyed | ListingChange::Deleted);
        self.listings().any(goes)
    }

    /// Who is erased with them.
    pub(super) fn erased(&self) -> impl Iterator<Item = ParticipantNumber> {
        self.events.iter().filter_map(|what| match &what.body {
            EventBody::ParticipantErased(erased) => Some(erased.participant),
            _ => None,
        })
    }

    fn listings(&self) -> impl Iterator<Item = ListingChange<'_>> {
        self.events.iter().filter_map(|what| what.body.listing())
    }
}
