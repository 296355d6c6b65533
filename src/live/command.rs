//! What a room can be asked to do, and what it answers.

use tokio::sync::oneshot;

use crate::domain::agenda::ItemChange;
use crate::domain::{
    Agenda, Choice, Moderation, OperationId, ParticipantNumber, RejectReason, Rejection, Seq, Settings, Slug,
    StatementNumber, TokenHash,
};
use crate::store::StoreError;

use super::room_state::{RoomState, Shown};
use super::routing::Progress;

/// Why a room did not do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RoomError {
    /// The rules say no.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// Nothing was saved; trying again later may work.
    #[error("This was not saved. Please try again in a moment.")]
    NotSaved(#[source] StoreError),
    /// The conversation can't be read; trying again later may work.
    #[error("This conversation can't be loaded right now. Please try again in a moment.")]
    Unreadable(#[source] StoreError),
    /// The room's mailbox is full.
    #[error("Too much is happening at once. Please try again in a moment.")]
    Busy,
    /// The room has stopped; ask the registry for it again.
    #[error("This conversation is being restarted. Please try again in a moment.")]
    Stopped,
    /// There is no such conversation.
    #[error("There is no such conversation.")]
    NoSuchConversation,
}

/// An answer of a room.
pub type Live<T> = Result<T, RoomError>;

/// Who votes: somebody known, or a browser that will be admitted with its first act.
#[derive(Clone, Copy, Debug)]
pub enum Identity {
    /// A participant of this conversation.
    Participant(ParticipantNumber),
    /// The holder of this token, whoever that is here.
    Token(TokenHash),
}

/// A participant was admitted, or was known already.
#[derive(Clone, Copy, Debug)]
pub struct Joined {
    /// Who they are here.
    pub participant: ParticipantNumber,
}

/// A vote is on disk.
#[derive(Clone, Debug)]
pub struct Voted {
    /// Who voted.
    pub participant: ParticipantNumber,
    /// The log holds the vote at or before this place.
    pub seq: Seq,
    /// What to show next; `None` when everything shown has been voted on.
    pub next: Option<Shown>,
    /// How far the participant has come.
    pub progress: Progress,
}

/// A statement is on disk.
#[derive(Clone, Copy, Debug)]
pub struct Submitted {
    /// Who wrote it.
    pub participant: ParticipantNumber,
    /// Its number.
    pub statement: StatementNumber,
    /// Whether it waits for a moderator or is shown already.
    pub moderation: Moderation,
    /// The log holds it at or before this place.
    pub seq: Seq,
}

/// Something rare is on disk.
#[derive(Clone, Copy, Debug)]
pub struct Saved {
    /// The log holds it at or before this place.
    pub seq: Seq,
}

/// The words and rules of a conversation, as an organiser fills them in.
#[derive(Clone, Debug)]
pub struct NewConversation {
    /// Its name in addresses.
    pub slug: Slug,
    /// The question.
    pub question: String,
    /// What people should know first.
    pub description: String,
    /// Who asks.
    pub organiser: String,
    /// The rules.
    pub settings: Settings,
}

/// Many statements, to be decided on at once.
#[derive(Clone, Copy, Debug)]
pub enum Many {
    /// Those that wait, with these numbers.
    Waiting {
        /// The first of them.
        first: StatementNumber,
        /// The last of them.
        last: StatementNumber,
    },
    /// Those that a decision in this part of the log rejected: what was done at once is undone.
    Rejected {
        /// After this place.
        after: Seq,
        /// Up to this one.
        last: Seq,
    },
}

/// Many statements were decided on.
#[derive(Clone, Copy, Debug)]
pub struct ModeratedMany {
    /// How many.
    pub changed: u32,
    /// The place in the log before the first of the decisions.
    pub after: Seq,
    /// The place of the last one.
    pub last: Seq,
}

/// First statements were added.
#[derive(Clone, Copy, Debug)]
pub struct SeedsAdded {
    /// How many.
    pub added: u32,
    /// How many were passed over, since they were there already.
    pub here: u32,
}

/// A change of the drafted agenda.
#[derive(Clone, Debug)]
pub enum AgendaChange {
    /// Keeps a new draft, which the assembly room has made; it gets the next version.
    Draft(Box<Agenda>),
    /// Moves an item by one place.
    Move {
        /// The item.
        statement: StatementNumber,
        /// Which way.
        change: ItemChange,
    },
    /// Takes an item off.
    Remove {
        /// The item.
        statement: StatementNumber,
    },
    /// Publishes the draft, which then no longer changes.
    Publish,
}

/// Something asked of a room. Votes and joins come by the thousand and are committed together;
/// everything else is rare and goes one by one.
pub(super) enum Command {
    Vote(CastVote),
    Join { identity: TokenHash, reply: Reply<Joined> },
    Rare(Rare),
    Read(Box<dyn FnOnce(&RoomState) + Send>),
}

pub(super) type Reply<T> = oneshot::Sender<Live<T>>;

pub(super) struct CastVote {
    pub identity: Identity,
    pub statement: StatementNumber,
    pub choice: Choice,
    pub op: Option<OperationId>,
    pub reply: Reply<Voted>,
}

pub(super) enum Rare {
    Submit { identity: Identity, text: String, op: Option<OperationId>, reply: Reply<Submitted> },
    Seed { text: String, meta: bool, reply: Reply<Saved> },
    Seeds { texts: Vec<String>, reply: Reply<SeedsAdded> },
    Moderate { statement: StatementNumber, to: Moderation, reason: Option<RejectReason>, reply: Reply<Saved> },
    ModerateMany { which: Many, to: Moderation, reason: Option<RejectReason>, reply: Reply<ModeratedMany> },
    Open { reply: Reply<Saved> },
    Close { reply: Reply<Saved> },
    Change { new: Box<NewConversation>, reply: Reply<Saved> },
    Agenda { change: AgendaChange, reply: Reply<Saved> },
}
