//! What may be done in a conversation, and which rights that takes. A handler names what it needs in its
//! signature; without it there is no conversation to act on (I11).

use crate::domain::Rights;

/// Something that may be done in a conversation.
pub trait Capability {
    /// Its name, for people who read a table of routes.
    const NAME: &'static str;

    /// Whether somebody with these rights may do it.
    fn is_of(rights: Rights) -> bool;

    /// Whether they may do so in a draft.
    fn is_of_in_draft(rights: Rights) -> bool {
        Self::is_of(rights)
    }
}

macro_rules! capabilities {
    ($($(#[$doc:meta])* $kind:ident = $may:path),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $kind;

        impl Capability for $kind {
            const NAME: &'static str = stringify!($kind);

            fn is_of(rights: Rights) -> bool {
                $may(rights)
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

    fn is_of(_: Rights) -> bool {
        true
    }

    fn is_of_in_draft(rights: Rights) -> bool {
        rights.may_see_moderation()
    }
}

capabilities! {
    /// Deciding on statements.
    MayModerate = Rights::may_moderate,
    /// Looking at the queue and at decisions.
    MaySeeModeration = Rights::may_see_moderation,
    /// Preparing, opening and closing a conversation, and drafting its agenda.
    MayOrganise = Rights::may_organise,
    /// Looking at that.
    MaySeeOrganising = Rights::may_see_organising,
    /// Reading the instance's own log.
    MayOversee = Rights::may_oversee,
    /// Saying who else runs the instance, and where.
    MayOwn = Rights::may_own,
}
