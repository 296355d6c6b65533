//! Which machine of several has a conversation, as the register of a server says.

use std::fmt;
use std::time::Duration;

use crate::domain::{ConversationId, Timestamp};

/// One start of a server among several: when it is started again, it is another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct NodeId(pub i64);

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// For the how-manieth time anybody has a conversation: what was decided in an earlier epoch is not written any more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Epoch(pub i64);

/// What a node says of itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NodeIntroduction {
    /// Where other nodes reach it; empty where it is the only one.
    pub address: String,
    /// The hash of the certificate that it shows to others, as hex.
    pub certificate: String,
    /// The version of its program.
    pub version: String,
}

/// What comes of joining.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Joined {
    /// It is among the others now.
    As(NodeId),
    /// One is there that can't be beside it: at the same address, or one of the two has none. Its address.
    InTheWay(String),
}

/// A node, as the register has it.
#[derive(Clone, Debug)]
pub struct RegisteredNode {
    /// Which start of which it is.
    pub id: NodeId,
    /// What it says of itself.
    pub said: NodeIntroduction,
    /// How long it has said nothing, by the server's clock.
    pub silent_for: Duration,
    /// It is about to end, and takes no more conversations.
    pub is_draining: bool,
}

/// What a node learns when it says that it is there.
#[derive(Clone, Debug)]
pub struct Beat {
    /// All nodes, this one too.
    pub nodes: Vec<RegisteredNode>,
    /// What time it is there.
    pub now: Timestamp,
    /// How long the server has been up.
    pub server_up_for: Duration,
    /// Conversations that this node believed to have, and has not.
    pub lost: Vec<ConversationId>,
}

/// Who has a conversation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Owner {
    /// The node.
    pub node: NodeId,
    /// For how long, by the server's clock.
    pub owned_for: Duration,
}

/// Where a conversation is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The conversation.
    pub conversation: ConversationId,
    /// Its epoch.
    pub epoch: Epoch,
    /// Who has it; nobody, where nobody was asked for it.
    pub owner: Option<Owner>,
}
