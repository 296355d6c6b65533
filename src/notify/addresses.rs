//! To whom mail about a conversation or the instance goes.

use crate::domain::{ConversationId, EmailAddress, Rights};
use crate::instance::Scope;
use crate::store::{Store, StoreError};

/// Those with these rights in a conversation: its own people, or else those of its department, or else of the
/// instance. Who runs everything is not written to about each conversation that others run.
pub(super) async fn people_of(
    store: &Store,
    conversation: ConversationId,
    may: fn(Rights) -> bool,
) -> Result<Vec<EmailAddress>, StoreError> {
    let department = store.department_of(conversation).await?.map(Scope::Department);
    let scopes = [Some(Scope::Conversation(conversation)), department, Some(Scope::Instance)];
    for scope in scopes.into_iter().flatten() {
        let people = people_in(store, scope, may).await?;
        if !people.is_empty() {
            return Ok(people);
        }
    }
    Ok(Vec::new())
}

/// Those with these rights by a role on just this.
pub(super) async fn people_in(
    store: &Store,
    scope: Scope,
    may: fn(Rights) -> bool,
) -> Result<Vec<EmailAddress>, StoreError> {
    let people = store.people(&[scope]).await?.into_iter().filter(|person| may(person.grant.role.into()));
    // Who came in by an older Boule's links has a name and no address.
    Ok(people.filter_map(|person| EmailAddress::parse(&person.name)).collect())
}
