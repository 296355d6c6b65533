//! A statement to vote on, and how the reader voted before.

use crate::clock::random_token;
use crate::domain::{Choice, ParticipantNumber};
use crate::live::{RoomState, ShownStatement};

/// A statement to vote on.
pub(super) struct Card {
    pub shown: ShownStatement,
    pub choice: Option<Choice>,
    /// Marked as important.
    pub important: bool,
    pub op: String,
}

impl Card {
    /// The id of what the statement says, in a list of them.
    pub fn said_id(&self) -> String {
        format!("said-{}", self.shown.number)
    }
}

/// The card of a statement that is shown.
pub(super) fn card(state: &RoomState, participant: Option<ParticipantNumber>, shown: ShownStatement) -> Card {
    let own = participant.and_then(|p| state.desk.record.participants.get(&p));
    let choice = own.and_then(|p| p.votes.on(shown.number));
    let important = own.is_some_and(|p| p.marks(shown.number));
    Card { shown, choice, important, op: random_token() }
}
