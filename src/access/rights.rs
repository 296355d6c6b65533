//! What the grants of somebody come to.

use crate::domain::{ConversationId, Rights};
use crate::instance::{Grant, Scope, rights_in};
use crate::store::{Store, StoreError};

/// What they may do in one conversation.
pub async fn rights_in_conversation(
    store: &Store,
    grants: &[Grant],
    conversation: ConversationId,
) -> Result<Rights, StoreError> {
    // Few hold a role on a department: the others are spared the question to which one this belongs.
    let asks = grants.iter().any(|grant| matches!(grant.scope, Scope::Department(_)));
    let department = if asks { store.department_of(conversation).await? } else { None };
    Ok(rights_in(grants, conversation, department))
}

/// What they may do somewhere: which lists they have.
pub fn rights_anywhere(grants: &[Grant]) -> Rights {
    Rights::of(grants.iter().map(|grant| grant.role))
}

/// What they may do to the instance itself.
pub fn rights_on_instance(grants: &[Grant]) -> Rights {
    Rights::of(grants.iter().filter(|grant| grant.scope == Scope::Instance).map(|grant| grant.role))
}
