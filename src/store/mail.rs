//! Mail that waits to be sent.

use crate::domain::{EmailAddress, Timestamp};

/// What a mail is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MailKind {
    /// Somebody is invited.
    Invitation,
    /// Something about one's own account was changed.
    Confirmation,
    /// Statements wait longer than was promised.
    Waiting,
    /// A conversation closes soon.
    Closing,
    /// Something stands out in what happens.
    Alarm,
    /// Where all logs end.
    Heads,
    /// Somebody wants a mail when there is something new: whether the address is theirs.
    FollowAsked,
    /// There is something new.
    FollowDue,
}

impl MailKind {
    /// Its word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            MailKind::Invitation => "invitation",
            MailKind::Confirmation => "confirmation",
            MailKind::Waiting => "waiting",
            MailKind::Closing => "closing",
            MailKind::Alarm => "alarm",
            MailKind::Heads => "heads",
            MailKind::FollowAsked => "follow_asked",
            MailKind::FollowDue => "follow_due",
        }
    }
}

/// A mail to be sent. `Debug` shows nothing of what it says: an invitation's key may stand in it.
#[derive(Clone, PartialEq, Eq)]
pub struct NewMail {
    /// What it is about.
    pub kind: MailKind,
    /// To whom.
    pub to: EmailAddress,
    /// Its subject.
    pub subject: String,
    /// What it says.
    pub body: String,
    /// Where a mail program calls it off with one click; nothing where there is nothing to call off.
    pub unsubscribe: String,
}

impl std::fmt::Debug for NewMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewMail({})", self.kind.as_str())
    }
}

/// A mail that is due.
#[derive(Clone, Debug)]
pub struct WaitingMail {
    /// By which the outbox knows it.
    pub number: i64,
    /// How often it was tried already.
    pub tries: u32,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it is to be sent.
    pub due_at: Timestamp,
    /// What it is about, for the log.
    pub what: String,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// What it says.
    pub body: String,
    /// Where a mail program calls it off with one click; nothing where there is nothing to call off.
    pub unsubscribe: String,
}
