//! What a route needs, as a value: for lists of routes, and tests that walk them.

use super::capability::Capability;
use crate::domain::Role;

/// What a request needs: a capability, as a value that a list of routes can hold.
#[derive(Clone, Copy)]
pub struct Need {
    /// The capability's name.
    pub name: &'static str,
    /// Whether a role has it.
    pub is_of: fn(Role) -> bool,
    /// Whether a role has it in a draft.
    pub is_of_in_draft: fn(Role) -> bool,
}

impl Need {
    /// Nothing: anybody may ask.
    pub const NOTHING: Self = Self { name: "anybody", is_of: |_| true, is_of_in_draft: |_| true };

    /// This capability.
    pub const fn of<C: Capability>() -> Self {
        Self { name: C::NAME, is_of: C::is_of, is_of_in_draft: C::is_of_in_draft }
    }
}
