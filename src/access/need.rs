//! What a route needs, as a value: for lists of routes, and tests that walk them.

use super::capability::Capability;
use crate::domain::Rights;

/// What a request needs: a capability, as a value that a list of routes can hold.
#[derive(Clone, Copy)]
pub struct Need {
    /// The capability's name.
    pub name: &'static str,
    /// Where it has to be held.
    pub place: NeedPlace,
    /// Whether somebody with these rights has it.
    pub is_of: fn(Rights) -> bool,
    /// Whether they have it in a draft.
    pub is_of_in_draft: fn(Rights) -> bool,
}

/// Where a capability has to be held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NeedPlace {
    /// Nothing is needed.
    Nowhere,
    /// It is enough to be signed in.
    SignedIn,
    /// In the conversation that the request is about.
    Conversation,
    /// In some conversation, or on the instance.
    Anywhere,
    /// On the instance.
    Instance,
}

impl Need {
    /// Nothing: anybody may ask.
    pub const NOTHING: Self = Self::everybody("anybody", NeedPlace::Nowhere);
    /// An account, whatever it may do.
    pub const ACCOUNT: Self = Self::everybody("an account", NeedPlace::SignedIn);

    const fn everybody(name: &'static str, place: NeedPlace) -> Self {
        Self { name, place, is_of: |_| true, is_of_in_draft: |_| true }
    }

    /// This capability, there.
    pub const fn of<C: Capability>(place: NeedPlace) -> Self {
        Self { name: C::NAME, place, is_of: C::is_of, is_of_in_draft: C::is_of_in_draft }
    }
}
