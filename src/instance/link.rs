//! Links that let somebody in: each is a secret that is shown once and of which only the hash is kept.

use super::grant::{Grant, Scope};
use crate::domain::{ConversationId, EmailAddress, Role, StaffNumber, Timestamp};

/// What a link is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkPurpose {
    /// To come in as a colleague with this role: it makes an account, or adds to the one that is signed in.
    Invitation(Grant),
    /// To sign in once as this person, without a password: made on the server's command line.
    SignIn(StaffNumber),
    /// To look at a draft, as often as one likes.
    Preview(Scope),
}

impl LinkPurpose {
    /// The purpose's word, as it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            LinkPurpose::Invitation(_) => "invitation",
            LinkPurpose::SignIn(_) => "sign_in",
            LinkPurpose::Preview(_) => "preview",
        }
    }

    /// The role that somebody has to be able to give, to make such a link and for it to go on working.
    pub fn gives(self) -> Option<Grant> {
        match self {
            LinkPurpose::Invitation(grant) => Some(grant),
            // Whoever may name moderators may show the draft.
            LinkPurpose::Preview(scope) => Some(Grant { role: Role::Moderator, scope }),
            // Only the command line makes these.
            LinkPurpose::SignIn(_) => None,
        }
    }

    /// How long such a link is good for, in microseconds.
    pub fn life_us(self) -> i64 {
        const DAY_US: i64 = 24 * 3600 * 1_000_000;
        match self {
            LinkPurpose::Invitation(_) | LinkPurpose::Preview(_) => 7 * DAY_US,
            LinkPurpose::SignIn(_) => DAY_US,
        }
    }
}

/// A link that is out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// What it is for.
    pub purpose: LinkPurpose,
    /// Whom it was made for, where that is known.
    pub address: Option<EmailAddress>,
    /// When it was made.
    pub created_at: Timestamp,
    /// From then on it does nothing.
    pub expires_at: Timestamp,
}

impl Link {
    /// A link that is good for as long as its purpose asks for.
    pub fn new(purpose: LinkPurpose, address: Option<EmailAddress>, now: Timestamp) -> Self {
        let expires_at = Timestamp(now.0.saturating_add(purpose.life_us()));
        Self { purpose, address, created_at: now, expires_at }
    }

    /// Whether it shows this conversation while it is a draft.
    pub fn shows_draft(&self, conversation: ConversationId) -> bool {
        self.purpose == LinkPurpose::Preview(Scope::Conversation(conversation))
    }
}
