//! Who may do what, where: a role on a conversation, on a department's conversations, or on all.

use serde::{Deserialize, Serialize};

use crate::domain::{ConversationId, DepartmentNumber, Rights, Role};

/// Where a role holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Everywhere on this instance.
    Instance,
    /// In every conversation of a department.
    Department(DepartmentNumber),
    /// In one conversation.
    Conversation(ConversationId),
}

impl Scope {
    /// The scope's word and number, as they are stored.
    pub fn stored(self) -> (&'static str, i64) {
        match self {
            Scope::Instance => ("instance", 0),
            Scope::Department(department) => ("department", department.0.into()),
            Scope::Conversation(conversation) => ("conversation", conversation.stored()),
        }
    }

    /// Reads a stored scope.
    pub fn from_stored(word: &str, subject: i64) -> Option<Self> {
        match word {
            "instance" => Some(Scope::Instance),
            "department" => u32::try_from(subject).ok().map(|n| Scope::Department(DepartmentNumber(n))),
            "conversation" => Some(Scope::Conversation(ConversationId::from_stored(subject))),
            _ => None,
        }
    }

    /// Whether a role that is given here holds in this conversation.
    pub fn covers(self, conversation: ConversationId, of: Option<DepartmentNumber>) -> bool {
        match self {
            Scope::Instance => true,
            Scope::Department(department) => of == Some(department),
            Scope::Conversation(one) => one == conversation,
        }
    }
}

/// A role that somebody holds, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// Where it holds.
    pub scope: Scope,
}

/// What somebody with these grants may do in a conversation of that department.
pub fn rights_in(grants: &[Grant], conversation: ConversationId, of: Option<DepartmentNumber>) -> Rights {
    let here = grants.iter().filter(|grant| grant.scope.covers(conversation, of));
    Rights::of(here.map(|grant| grant.role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_holds_where_it_is_given_and_nowhere_else() {
        let [parks, roads] = [1, 2].map(ConversationId::from_stored);
        let [green, grey] = [1, 2].map(DepartmentNumber);
        let held = |scope| vec![Grant { role: Role::Moderator, scope }];
        for (scope, in_parks, in_roads) in [
            (Scope::Instance, true, true),
            (Scope::Department(green), true, false),
            (Scope::Conversation(parks), true, false),
            (Scope::Department(grey), false, true),
        ] {
            let grants = held(scope);
            assert_eq!(rights_in(&grants, parks, Some(green)).may_moderate(), in_parks, "{scope:?}");
            assert_eq!(rights_in(&grants, roads, Some(grey)).may_moderate(), in_roads, "{scope:?}");
            let (word, subject) = scope.stored();
            assert_eq!(Scope::from_stored(word, subject), Some(scope));
        }
        assert!(!rights_in(&held(Scope::Department(green)), parks, None).may_moderate());
        assert_eq!(Scope::from_stored("planet", 0), None);
    }
}
