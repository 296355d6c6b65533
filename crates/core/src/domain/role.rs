//! Who somebody is to an instance or a conversation, and what that lets them do.

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
    /// Everything; gives the roles of the whole instance.
    Owner,
}

impl Role {
    /// The roles that can be given, the weakest first.
    pub const OF_STAFF: [Role; 4] = [Role::Overseer, Role::Moderator, Role::Organiser, Role::Owner];

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

    /// The role with this word, of those that can be given.
    pub fn parse(text: &str) -> Option<Self> {
        Self::OF_STAFF.into_iter().find(|role| role.as_str() == text)
    }
}

/// What somebody may do: the roles that they hold together. A moderator who is an overseer as well sees what
/// overseers see, and decides what moderators decide.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Rights(u8);

impl Rights {
    /// Those of whoever takes part.
    pub const NONE: Self = Self(0);

    /// Those of these roles together.
    pub fn of(roles: impl IntoIterator<Item = Role>) -> Self {
        let bit = |role| match role {
            Role::Participant => 0,
            Role::Overseer => 1,
            Role::Moderator => 2,
            Role::Organiser => 4,
            Role::Owner => 8,
        };
        Self(roles.into_iter().fold(0, |bits, role| bits | bit(role)))
    }

    fn any(self, roles: &[Role]) -> bool {
        self.0 & Self::of(roles.iter().copied()).0 != 0
    }

    /// Whether these let somebody do all that the others do.
    pub fn include(self, others: Self) -> bool {
        let both = |may: fn(Self) -> bool| may(self) || !may(others);
        both(Self::may_see_moderation)
            && both(Self::may_moderate)
            && both(Self::may_see_organising)
            && both(Self::may_organise)
            && both(Self::may_own)
    }

    /// The role that people know them by: the strongest.
    pub fn leading(self) -> Role {
        let held = Role::OF_STAFF.into_iter().rev().find(|role| self.any(&[*role]));
        held.unwrap_or(Role::Participant)
    }

    /// May see the moderators' queue and the live groups.
    pub fn may_see_moderation(self) -> bool {
        self != Self::NONE
    }

    /// May accept and reject.
    pub fn may_moderate(self) -> bool {
        self.any(&[Role::Moderator, Role::Organiser, Role::Owner])
    }

    /// May see the organisers' pages, the people and the log.
    pub fn may_see_organising(self) -> bool {
        self.any(&[Role::Overseer, Role::Organiser, Role::Owner])
    }

    /// May make, change, open and close conversations, draft agendas and invite colleagues.
    pub fn may_organise(self) -> bool {
        self.any(&[Role::Organiser, Role::Owner])
    }

    /// May read the log of what is done to a whole instance.
    pub fn may_oversee(self) -> bool {
        self.any(&[Role::Overseer, Role::Owner])
    }

    /// May say who else runs this instance.
    pub fn may_own(self) -> bool {
        self.any(&[Role::Owner])
    }

    /// May give and take a role: nobody gives more than they hold.
    pub fn may_give(self, role: Role) -> bool {
        self.may_own() || self.may_organise() && role < Role::Owner
    }
}

impl From<Role> for Rights {
    fn from(role: Role) -> Self {
        Self::of([role])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overseer_sees_everything_and_changes_nothing() {
        let rights = Rights::from(Role::Overseer);
        assert!(rights.may_see_moderation() && rights.may_see_organising());
        assert!(!rights.may_moderate() && !rights.may_organise() && !rights.may_own());
        assert!(Role::OF_STAFF.iter().all(|role| !rights.may_give(*role)));
    }

    #[test]
    fn a_moderator_does_not_organise_and_a_participant_does_neither() {
        let moderator = Rights::from(Role::Moderator);
        assert!(moderator.may_moderate() && !moderator.may_see_organising());
        assert!(!Rights::NONE.may_see_moderation() && !Rights::NONE.may_moderate());
        assert_eq!(Rights::from(Role::Participant), Rights::NONE);
    }

    #[test]
    fn roles_add_up_and_nobody_gives_more_than_they_hold() {
        let both = Rights::of([Role::Moderator, Role::Overseer]);
        assert!(both.may_moderate() && both.may_see_organising() && !both.may_organise());
        assert_eq!(both.leading(), Role::Moderator);
        assert!(both.include(Role::Overseer.into()) && !Rights::from(Role::Moderator).include(both));
        assert!(Rights::from(Role::Organiser).include(both) && !both.include(Role::Organiser.into()));
        let organiser = Rights::from(Role::Organiser);
        assert!(organiser.may_give(Role::Organiser) && !organiser.may_give(Role::Owner));
        assert!(!both.may_give(Role::Overseer));
        assert!(Rights::from(Role::Owner).may_give(Role::Owner));
        assert_eq!(Role::parse("participant"), None, "nobody is given what everybody has");
    }
}
