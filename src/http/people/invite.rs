//! An invitation: a link that is shown once, to be handed over.

use crate::clock::{random_bytes, random_token};
use crate::domain::{EmailAddress, TokenHash};
use crate::edge::{Context, HttpError, PageError};
use crate::instance::{Grant, InstanceActor, Link, LinkPurpose};
use crate::notify::MailWords;

/// A link that was made just now: nobody sees it again.
pub(super) struct NewLink {
    pub url: String,
    pub address: Option<String>,
    /// Until when it is good, in words.
    pub until: String,
    /// Whether it is on its way by mail.
    pub mailed: bool,
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
    let (texts, url) = (context.texts(), format!("{origin}{path}?key={key}"));
    let until = texts.day(&link.expires_at);
    let mail = match (&link.address, purpose) {
        (Some(to), LinkPurpose::Invitation(grant)) if context.outside.sends_mail => {
            let said = (texts.role(&grant.role), url.as_str(), until.as_str());
            Some(MailWords::new(texts, origin).invitation(to.clone(), (&said.0, said.1, said.2)))
        }
        _ => None,
    };
    let (token, kept) = (TokenHash::of(&key), (&link, random_bytes()));
    if !context.store.add_link_and_write(by, token, kept, mail.as_slice()).await? {
        return Err(HttpError::NotAllowed.into());
    }
    Ok(NewLink {
        url,
        address: link.address.map(|address| address.to_string()),
        until,
        mailed: mail.is_some(),
    })
}
