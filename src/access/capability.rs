//! What may be done in a conversation, and which roles may do it. A handler names what it needs in its
//! signature; without it there is no conversation to act on (I11).

use crate::domain::Role;

/// Something that may be done in a conversation.
pub trait Capability {
    /// Its name, for people who read a table of routes.
    const NAME: &'static str;

    /// Whether a role may do it.
    fn is_of(role: Role) -> bool;

    /// Whether a role that may do it may do so in a draft.
    fn is_of_in_draft(role: Role) -> bool {
        Self::is_of(role)
    }
}

macro_rules! capabilities {
    ($($(#[$doc:meta])* $kind:ident = $may:path),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $kind;

        impl Capability for $kind {
            const NAME: &'static str = stringify!($kind);

            fn is_of(role: Role) -> bool {
                $may(role)
            }
        }
    )*};
}

/// Reading a conversation and taking part in it: everybody may. A draft is there only for those who prepare
/// it.
#[derive(Clone, Copy, Debug)]
pub struct MayTakePart;

impl Capability for MayTakePart {
    const NAME: &'static str = "MayTakePart";

    fn is_of(_: Role) -> bool {
        true
    }

    fn is_of_in_draft(role: Role) -> bool {
        role.may_see_moderation()
    }
}

capabilities! {
    /// Deciding on statements.
    MayModerate = Role::may_moderate,
    /// Looking at the queue and at decisions.
    MaySeeModeration = Role::may_see_moderation,
    /// Preparing, opening and closing a conversation, and drafting its agenda.
    MayOrganise = Role::may_organise,
    /// Looking at that.
    MaySeeOrganising = Role::may_see_organising,
}
