//! What is recorded together.

use crate::conversation::{ListingChange, NewEvent};
use crate::domain::{ConversationId, ParticipantNumber, Seq, Timestamp, TokenHash};

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
    /// Who is admitted with them.
    pub grants: Vec<NewToken>,
    /// The last event that the writer of these knows: nothing is recorded after any other.
    pub after: Seq,
}

impl NewEvents {
    /// Whether words go away with them.
    pub(super) fn forgets(&self) -> bool {
        let deletes = |what: &NewEvent| matches!(what.body.listing(), Some(ListingChange::Deleted));
        !self.forgotten.is_empty() || self.events.iter().any(deletes)
    }
}
