//! An invitation: a link that is shown once, to be handed over.

use crate::clock::{random_bytes, random_token};
use crate::domain::{EmailAddress, TokenHash};
use crate::edge::{Context, HttpError, PageError};
use crate::instance::{Grant, InstanceActor, Link, LinkPurpose};

/// A link that was made just now: nobody sees it again.
pub(super) struct NewLink {
    pub url: String,
    pub address: Option<String>,
    /// Until when it is good, in words.
    pub until: String,
}

/// What a form says of whom to invite.
pub(super) enum Invited {
    /// Whoever has the link.
    Anybody,
    /// This address.
    Somebody(EmailAddress),
}

impl Invited {
    /// Reads the field; none where it is not an address.
    pub fn parse(typed: &str) -> Option<Self> {
        match typed.trim() {
            "" => Some(Invited::Anybody),
            typed => EmailAddress::parse(typed).map(Invited::Somebody),
        }
    }
}

/// Makes an invitation.
pub(super) async fn make_invitation(
    context: &Context,
    (by, origin): (InstanceActor, &str),
    grant: Grant,
    invited: Invited,
) -> Result<NewLink, PageError> {
    let address = match invited {
        Invited::Anybody => None,
        Invited::Somebody(address) => Some(address),
    };
    make_link(context, (by, origin), LinkPurpose::Invitation(grant), address, "/enter").await
}

/// Makes a link of any purpose, to a page that takes its key.
pub(super) async fn make_link(
    context: &Context,
    (by, origin): (InstanceActor, &str),
    purpose: LinkPurpose,
    address: Option<EmailAddress>,
    path: &str,
) -> Result<NewLink, PageError> {
    let (key, now) = (random_token(), context.clock.now());
    let link = Link::new(purpose, address, now);
    if !context.store.add_link(by, TokenHash::of(&key), &link, random_bytes()).await? {
        return Err(HttpError::NotAllowed.into());
    }
    Ok(NewLink {
        url: format!("{origin}{path}?key={key}"),
        address: link.address.map(|address| address.to_string()),
        until: context.texts().day(&link.expires_at),
    })
}
