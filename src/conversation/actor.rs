//! Who asks for something, and who did it.

use serde::{Deserialize, Serialize};

use crate::domain::{ParticipantNumber, Rejection, Role, StaffNumber, TokenHash};

/// Who did something, as the log names them. The name behind a number stands beside the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordedActor {
    /// Somebody who takes part.
    Participant(ParticipantNumber),
    /// A moderator or organiser.
    Staff(StaffNumber),
    /// Boule itself: the demo, a schedule.
    System,
    /// A file that was brought in.
    Import,
}

/// Who votes: somebody known, or a browser that will be admitted with its first act.
#[derive(Clone, Copy, Debug)]
pub enum Identity {
    /// A participant of this conversation.
    Participant(ParticipantNumber),
    /// The holder of this token, whoever that is here.
    Token(TokenHash),
}

/// A moderator or organiser who acts.
#[derive(Clone, Debug)]
pub struct StaffActor {
    /// Who it is in the log.
    pub number: StaffNumber,
    /// As what they act.
    pub role: Option<Role>,
    /// Why, in their words.
    pub why: Option<String>,
}

/// Who asks for an act.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Somebody who takes part, or will with this act.
    Visitor(Identity),
    /// A moderator or organiser.
    Staff(StaffActor),
    /// Boule itself.
    System,
}

impl Actor {
    /// A moderator or organiser who gives no reason.
    pub fn staff(number: StaffNumber) -> Self {
        Actor::Staff(StaffActor { number, role: None, why: None })
    }

    /// The same, who acts as this.
    pub fn in_role(number: StaffNumber, role: Role) -> Self {
        Actor::Staff(StaffActor { number, role: Some(role), why: None })
    }

    /// The same for a reason, where it is staff who acts.
    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Self {
        match self {
            Actor::Staff(staff) => Actor::Staff(StaffActor { why: Some(why.into()), ..staff }),
            other @ (Actor::Visitor(_) | Actor::System) => other,
        }
    }

    /// Whose act it is, where only those who take part may act.
    pub(super) fn visitor(&self) -> Result<Identity, Rejection> {
        match self {
            Actor::Visitor(identity) => Ok(*identity),
            Actor::Staff(_) | Actor::System => Err(Rejection::NotAllowed),
        }
    }

    /// Who the log names, where only those who run the conversation may act.
    pub(super) fn in_charge(&self) -> Result<RecordedActor, Rejection> {
        match self {
            Actor::Staff(staff) => Ok(RecordedActor::Staff(staff.number)),
            Actor::System => Ok(RecordedActor::System),
            Actor::Visitor(_) => Err(Rejection::NotAllowed),
        }
    }

    /// The reason that was given.
    pub(super) fn why(&self) -> Option<&str> {
        match self {
            Actor::Staff(staff) => staff.why.as_deref(),
            Actor::Visitor(_) | Actor::System => None,
        }
    }

    /// As what they act.
    pub(super) fn role(&self) -> Option<Role> {
        match self {
            Actor::Staff(staff) => staff.role,
            Actor::Visitor(_) | Actor::System => None,
        }
    }
}

impl From<Identity> for Actor {
    fn from(identity: Identity) -> Self {
        Actor::Visitor(identity)
    }
}
