//! What is kept of people who run an instance.

use std::fmt;

use crate::conversation::{Event, EventBody, RecordedActor};
use crate::domain::{
    ChainHash, ConversationId, DepartmentNumber, EmailAddress, Role, Seq, StaffNumber, Timestamp, TokenHash,
};
use crate::instance::{Grant, INSTANCE_LOG, Link};

/// An account, with what signing in is held against.
#[derive(Clone, Debug)]
pub struct Account {
    /// Who it is in the logs.
    pub number: StaffNumber,
    /// What they sign in with.
    pub address: EmailAddress,
    /// The hash of their password, as a PHC string.
    pub password: Option<String>,
    /// The secret of the app that makes their codes, in base32.
    pub totp: Option<String>,
    /// The last of its time steps that was used.
    pub totp_step: u64,
    /// Codes to print that are left.
    pub recovery_codes: u32,
}

/// How far somebody is with signing in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionStage {
    /// The password was right; a code is asked for.
    Code,
    /// The app that makes codes has to be set up first.
    SetUp,
    /// They are in.
    Full,
}

impl SessionStage {
    /// The stage's word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            SessionStage::Code => "code",
            SessionStage::SetUp => "set_up",
            SessionStage::Full => "full",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        [Self::Code, Self::SetUp, Self::Full].into_iter().find(|stage| stage.as_str() == text)
    }
}

/// A session to be opened.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// The hash of what the browser holds.
    pub token: TokenHash,
    /// How far it is.
    pub stage: SessionStage,
    /// The secret that is offered for an app, while it is being set up.
    pub offer: Option<String>,
    /// Whether its holder came in without a password or without a code, to set either anew.
    pub recovers: bool,
    /// What the browser calls itself.
    pub browser: String,
    /// It ends then, whatever happens.
    pub expires_at: Timestamp,
}

/// A browser that is signed in, or on its way.
#[derive(Clone, Debug)]
pub struct StaffSession {
    /// Who it is.
    pub staff: StaffNumber,
    /// What they sign in with.
    pub address: Option<EmailAddress>,
    /// How they are named in lists.
    pub name: String,
    /// How far they are.
    pub stage: SessionStage,
    /// The secret that is offered for an app, while it is being set up.
    pub offer: Option<String>,
    /// Whether they came in without a password or without a code, to set either anew.
    pub recovers: bool,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was used last, as far as that is noted.
    pub seen_at: Timestamp,
    /// What they may do, and where; nothing before they are in.
    pub grants: Vec<Grant>,
}

/// One of somebody's own sessions.
#[derive(Clone, Debug)]
pub struct SessionSummary {
    /// Which: the hash of its secret.
    pub token: TokenHash,
    /// What the browser calls itself.
    pub browser: String,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was used last.
    pub seen_at: Timestamp,
}

/// What shows that somebody is who they say.
#[derive(Clone, Debug)]
pub enum Proof {
    /// A code of their app, by its time step: each works once.
    Step(u64),
    /// A code that they printed, by its hash.
    RecoveryCode(TokenHash),
    /// An app that was set up just now: its secret, the step of its first code, and new codes to print.
    NewApp {
        /// The secret, in base32.
        secret: String,
        /// The step of the code that was typed.
        step: u64,
        /// The hashes of the codes.
        codes: Vec<TokenHash>,
    },
}

/// Somebody who comes in by an invitation.
#[derive(Clone, Debug)]
pub enum Newcomer {
    /// They get an account.
    New {
        /// What they will sign in with.
        address: EmailAddress,
        /// The hash of their password.
        password: String,
        /// For what the log commits to of their address.
        salt: [u8; 16],
    },
    /// They get an account that a provider signs in.
    Provided {
        /// Their address, which the provider has checked.
        address: EmailAddress,
        /// The provider.
        issuer: String,
        /// By which it knows them.
        subject: String,
        /// For what the log commits to of their address.
        salt: [u8; 16],
    },
    /// They have one, and are signed in.
    Known(StaffNumber),
}

/// What became of an invitation that was used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Accepted {
    /// They hold the role now.
    Done {
        /// Who it is.
        staff: StaffNumber,
        /// What they may do.
        grant: Grant,
    },
    /// There is no such link, or not any more.
    NoLink,
    /// There is an account with this address already.
    AddressTaken,
    /// It is for somebody else.
    NotTheirs,
    /// They hold a role there that lets them do what this one does not.
    HoldsAnother(Role),
}

/// What became of a change of roles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Changed {
    /// It is so now.
    Done,
    /// There was nothing to change.
    Nothing,
    /// Nobody else could run the instance afterwards.
    LastOwner,
    /// Whoever asked may not do it any more.
    NotAllowed,
}

/// A link that is out, as those who made it see it.
#[derive(Clone, Debug)]
pub struct OpenLink {
    /// Which.
    pub number: u32,
    /// What is known of it.
    pub link: Link,
}

/// Somebody and a role of theirs.
#[derive(Clone, Debug)]
pub struct PersonWithRole {
    /// Who it is in the logs.
    pub staff: StaffNumber,
    /// How they are named: their address, or the name of an older link.
    pub name: String,
    /// What they may do.
    pub grant: Grant,
    /// When they were seen last; 0 for never.
    pub seen_at: Timestamp,
}

/// A named group of conversations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Department {
    /// Which.
    pub number: DepartmentNumber,
    /// Its name.
    pub name: String,
}

/// An event of a conversation's log that acts of staff are searched by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IndexedAct {
    /// Its position in the log.
    pub seq: Seq,
    /// Who did it; nobody where Boule itself or an import decided on a statement.
    pub staff: Option<StaffNumber>,
    /// Its kind.
    pub kind: String,
}

impl IndexedAct {
    /// The entry of an event, where it is an act of staff or a decision on a statement.
    pub fn of(event: &Event) -> Option<Self> {
        let staff = match event.what.by {
            RecordedActor::Staff(number) => Some(number),
            RecordedActor::System | RecordedActor::Import | RecordedActor::Participant(_) => None,
        };
        let body = &event.what.body;
        let is_one = staff.is_some() || matches!(body, EventBody::StatementModerated(_));
        is_one.then(|| Self { seq: event.seq, staff, kind: body.kind().to_owned() })
    }
}

/// Where a log ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogHead {
    /// Whose log: the id of a conversation, or none for the instance's own.
    pub conversation: Option<ConversationId>,
    /// Its last event.
    pub seq: Seq,
    /// That event's hash.
    pub hash: String,
}

/// A line of its own: the log, its last event, that event's hash.
impl fmt::Display for LogHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.conversation {
            Some(conversation) => write!(f, "{conversation} {} {}", self.seq, self.hash),
            None => write!(f, "{INSTANCE_LOG} {} {}", self.seq, self.hash),
        }
    }
}

impl LogHead {
    /// Reads such a line.
    pub fn parse(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let (log, seq, hash) = (words.next()?, words.next()?, words.next()?);
        let conversation = match log {
            INSTANCE_LOG => None,
            id => Some(ConversationId::from_stored(i64::from_str_radix(id, 16).ok()?)),
        };
        ChainHash::parse(hash)?;
        Some(Self { conversation, seq: Seq(seq.parse().ok()?), hash: hash.to_owned() })
    }
}
