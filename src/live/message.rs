//! What a room can be asked, and what it answers.

use std::sync::Arc;

use tokio::sync::oneshot;

use crate::assembly::Bench;
use crate::conversation::{Actor, Decided, Freeze};
use crate::domain::{Moderation, ParticipantNumber, Rejection, Seq, StatementNumber};
use crate::store::{NodeId, StoreError};

use super::Board;
use super::room_state::{RoomState, ShownStatement};
use super::routing::Progress;
use super::turn::Request;

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
    /// Another node has the conversation.
    #[error("This conversation is being restarted. Please try again in a moment.")]
    Elsewhere(NodeId),
    /// There is no such conversation.
    #[error("There is no such conversation.")]
    NoSuchConversation,
}

impl RoomError {
    /// P20: the stable code of a refusal.
    pub fn code(&self) -> &'static str {
        match self {
            RoomError::Rejected(rejection) => rejection.code(),
            RoomError::NotSaved(_) => "not_saved",
            RoomError::Unreadable(_) => "unreadable",
            RoomError::Busy => "busy",
            RoomError::Stopped | RoomError::Elsewhere(_) => "restarting",
            RoomError::NoSuchConversation => "no_such_conversation",
        }
    }

    /// Whether asking the same again later may work.
    pub fn is_worth_retrying(&self) -> bool {
        !matches!(self, RoomError::Rejected(_) | RoomError::NoSuchConversation)
    }
}

/// An answer of a room.
pub type RoomResult<T> = Result<T, RoomError>;

/// An act is on disk.
#[derive(Clone, Debug)]
pub struct Saved {
    /// What it came to.
    pub decided: Decided,
    /// The position in the log before it and what was written with it.
    pub after: Seq,
    /// The log holds it at or before this position.
    pub seq: Seq,
    /// Where a voter goes from here.
    pub route: Option<VoterRoute>,
    /// What became of a statement that was submitted.
    pub submitted: Option<Submitted>,
}

impl Saved {
    /// Who acted, where they take part.
    pub fn participant(&self) -> Option<ParticipantNumber> {
        self.decided.participant()
    }

    /// How many things changed, and how many were there already.
    pub fn counts(&self) -> (u32, u32) {
        match self.decided {
            Decided::Changed { changed, passed_over } => (changed, passed_over),
            Decided::Joined { .. } | Decided::Voted { .. } | Decided::Submitted { .. } => (0, 0),
        }
    }
}

/// Where a voter goes from here.
#[derive(Clone, Debug)]
pub struct VoterRoute {
    /// What to show next; `None` when everything shown has been voted on.
    pub next: Option<ShownStatement>,
    /// How far the participant has come.
    pub progress: Progress,
}

/// What became of a statement that was submitted.
#[derive(Clone, Copy, Debug)]
pub struct Submitted {
    /// Its number, once it is shown: before, it would tell whether others have submitted the same.
    pub shown: Option<StatementNumber>,
    /// Whether it waits for a moderator or is shown already.
    pub moderation: Moderation,
}

/// Something asked of a room.
pub(super) enum RoomMessage {
    Act {
        request: Request,
        reply: Reply<Saved>,
    },
    Read(Box<dyn FnOnce(&RoomState) + Send>),
    /// For what an agenda is made of.
    Bench(Wanted),
    /// For a board that shows what is on disk by now.
    Board {
        reply: Reply<Arc<Board>>,
    },
}

/// For what somebody waits for what an agenda is made of.
pub(super) enum Wanted {
    /// To draft an agenda of that many items.
    Draft {
        /// Who asks.
        by: Actor,
        places: u32,
        /// The rule by which it stays as it is from then on, where there is one.
        stays: Option<Freeze>,
        reply: Reply<Saved>,
    },
    /// To put on the agenda what enough people agree with. Nobody waits for it.
    Threshold,
    /// To look at an agenda that is there.
    Look(Reply<Arc<Bench>>),
}

impl Wanted {
    /// How many places a draft is to have.
    pub fn places(&self) -> u32 {
        match self {
            Self::Draft { places, .. } => *places,
            Self::Threshold | Self::Look(_) => 0,
        }
    }

    /// Whether nobody waits for it any more.
    pub fn is_deserted(&self) -> bool {
        match self {
            Self::Draft { reply, .. } => reply.is_closed(),
            Self::Threshold => false,
            Self::Look(reply) => reply.is_closed(),
        }
    }

    /// Returns when nobody waits for it any more.
    pub async fn deserted(&mut self) {
        match self {
            Self::Draft { reply, .. } => reply.closed().await,
            Self::Threshold => std::future::pending().await,
            Self::Look(reply) => reply.closed().await,
        }
    }
}

pub(super) type Reply<T> = oneshot::Sender<RoomResult<T>>;
