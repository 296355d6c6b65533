//! Who somebody is to an instance, and what that lets them do.

use serde::{Deserialize, Serialize};

/// The roles of Boule. An overseer sees everything and can change nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Votes and submits statements.
    Participant,
    /// Sees what moderators and organisers see; changes nothing.
    Overseer,
    /// Accepts and rejects statements.
    Moderator,
    /// Makes conversations, opens and closes them, drafts agendas; may moderate.
    Organiser,
    /// Everything, and the faithful export.
    Owner,
}

impl Role {
    /// The role's word in links, forms and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Participant => "participant",
            Role::Overseer => "overseer",
            Role::Moderator => "moderator",
            Role::Organiser => "organiser",
            Role::Owner => "owner",
        }
    }

    /// The role with this word.
    pub fn parse(text: &str) -> Option<Self> {
        [Role::Participant, Role::Overseer, Role::Moderator, Role::Organiser, Role::Owner]
            .into_iter()
            .find(|role| role.as_str() == text)
    }

    /// May see the moderators' queue and the live clusters.
    pub fn may_see_moderation(self) -> bool {
        self != Role::Participant
    }

    /// May accept and reject.
    pub fn may_moderate(self) -> bool {
        matches!(self, Role::Moderator | Role::Organiser | Role::Owner)
    }

    /// May see the organisers' pages.
    pub fn may_see_organising(self) -> bool {
        matches!(self, Role::Overseer | Role::Organiser | Role::Owner)
    }

    /// May make, change, open and close conversations and draft agendas.
    pub fn may_organise(self) -> bool {
        matches!(self, Role::Organiser | Role::Owner)
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn an_overseer_sees_everything_and_changes_nothing() {
        let role = Role::Overseer;
        assert!(role.may_see_moderation() && role.may_see_organising());
        assert!(!role.may_moderate() && !role.may_organise());
    }

    #[test]
    fn a_moderator_does_not_organise_and_a_participant_does_neither() {
        assert!(Role::Moderator.may_moderate() && !Role::Moderator.may_see_organising());
        assert!(!Role::Participant.may_see_moderation() && !Role::Participant.may_moderate());
    }
}
