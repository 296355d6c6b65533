//! Where a conversation is to be: with whom it is, with this node, or nowhere for a moment. PURE.
//!
//! Nothing is safe by it and nothing unsafe: what two nodes decide at once, the log's row lets one of them write. It is about
//! how soon somebody has a conversation whose node has gone, and that none goes back and forth.

use std::time::Duration;

use crate::store::{NodeId, Place, RegisteredNode};

/// A node that has said nothing for so long is taken for gone.
pub const SILENT_AFTER: Duration = Duration::from_secs(2);
/// Nodes say that they are there this often.
pub const BEATS_EVERY: Duration = Duration::from_millis(500);
/// A beat that comes so late is late: whoever is late judges nobody.
const LATE_AFTER: Duration = Duration::from_millis(1_200);
/// A node that others can't reach for so long is gone for them, though it says that it is there.
const UNREACHABLE_AFTER: Duration = Duration::from_secs(3);
/// What was taken from somebody stays at least so long where it is now.
const STAYS_FOR: Duration = Duration::from_secs(10);
/// A node that nobody has tried to reach for so long is tried again.
const TRIED_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// How another node was reached last.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Reach {
    /// It was, or nobody tried.
    #[default]
    Works,
    /// Nobody listens there, or somebody else: that start of it has ended.
    Ended,
    /// It has not answered for so long.
    Silent(Duration),
}

/// How tries to reach a node have failed since it was reached last. Moments are told from when this node began.
#[derive(Clone, Copy, Debug)]
pub struct Failures {
    /// The first and the last of those that came close after each other.
    first: Duration,
    last: Duration,
    /// Whether nobody listened there the last time, or somebody else.
    is_refused: bool,
    /// Since when that happens.
    refused_since: Option<Duration>,
    /// It said that it is there after that: a firewall refuses, and the node has not ended.
    lives: bool,
}

impl Failures {
    /// One more than before.
    pub fn after(before: Option<Self>, at: Duration, is_refused: bool) -> Self {
        let first = before.filter(|before| at.saturating_sub(before.last) < TRIED_AGAIN_AFTER);
        let refused_since = before.and_then(|before| before.refused_since);
        Self {
            first: first.map_or(at, |before| before.first),
            last: at,
            is_refused,
            refused_since: refused_since.or(is_refused.then_some(at)),
            lives: before.is_some_and(|before| before.lives),
        }
    }

    /// The register was asked at that moment, or later, and had not heard of the node for so long.
    pub fn note_beat(&mut self, asked: Duration, silent_for: Duration) {
        self.lives |= self.refused_since.is_some_and(|since| asked > since + silent_for);
    }

    /// How the node is reached, as far as is known now.
    pub fn reach(&self, now: Duration) -> Reach {
        if now.saturating_sub(self.last) >= TRIED_AGAIN_AFTER {
            Reach::Works
        } else if self.is_refused && !self.lives {
            Reach::Ended
        } else {
            Reach::Silent(self.last.saturating_sub(self.first))
        }
    }
}

/// What this node knows of all.
#[derive(Clone, Debug)]
pub struct ClusterView {
    /// Which it is.
    pub me: NodeId,
    /// Who is registered, and for how long each has said nothing.
    pub nodes: Vec<RegisteredNode>,
    /// Whether this node's own last beats were on time, and the server is up long enough that others' can have been.
    pub is_steady: bool,
    /// Whether this node is about to end.
    pub is_draining: bool,
}

/// Why a node takes a conversation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Claim {
    /// Nobody has it.
    Free,
    /// It is this node's already.
    Mine,
    /// Whoever has it says nothing any more.
    Silent,
    /// Whoever had it has ended.
    Ended,
    /// Whoever has it can't be reached from here.
    CutOff,
}

/// Where to go with what is asked of a conversation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decision {
    /// This node takes it, and answers.
    Here(Claim),
    /// That node answers.
    There(NodeId),
    /// Nobody can say yet: ask again in a moment.
    Wait,
}

impl ClusterView {
    /// Whether a node's beats so far apart, on a server that is up for so long, say anything about others.
    pub fn is_steady(last_beats_apart: [Option<Duration>; 2], server_up_for: Duration) -> bool {
        let is_on_time = |apart: &Option<Duration>| apart.is_some_and(|apart| apart <= LATE_AFTER);
        last_beats_apart.iter().all(is_on_time) && server_up_for > SILENT_AFTER
    }

    /// Whether there is any other node that could answer.
    pub fn has_others(&self) -> bool {
        self.others().next().is_some()
    }

    /// Whether the register knows this node.
    pub fn is_registered(&self) -> bool {
        self.node(self.me).is_some()
    }

    /// The other nodes that are there.
    pub fn others(&self) -> impl Iterator<Item = NodeId> {
        let others = self.nodes.iter().filter(|node| node.id != self.me && node.silent_for <= SILENT_AFTER);
        others.map(|node| node.id)
    }

    /// Whether a node is there no more, as far as this one can judge.
    pub fn is_gone(&self, id: NodeId) -> bool {
        self.node(id).is_none_or(|node| self.is_steady && node.silent_for > SILENT_AFTER)
    }

    fn node(&self, id: NodeId) -> Option<&RegisteredNode> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// Who else could take a conversation.
    fn another(&self, conversation: i64) -> Option<NodeId> {
        let others: Vec<NodeId> =
            self.others().filter(|id| self.node(*id).is_some_and(|node| !node.is_draining)).collect();
        // What leaves one node goes to all others in equal parts.
        let at = conversation.rem_euclid(i64::try_from(others.len()).ok()?.max(1));
        others.get(usize::try_from(at).ok()?).copied()
    }

    /// Takes a conversation, or leaves it to another where this node is about to end.
    fn take(&self, place: &Place, why: Claim) -> Decision {
        match self.another(place.conversation.stored()) {
            Some(node) if self.is_draining => Decision::There(node),
            _ => Decision::Here(why),
        }
    }

    /// Where a conversation is to be that is there now, and whose node is reached so from here.
    pub fn decide(&self, place: &Place, reach: Reach) -> Decision {
        let Some(owner) = place.owner else { return self.take(place, Claim::Free) };
        if owner.node == self.me {
            // What is being handed over is not opened anew.
            let is_handed_over = self.is_draining && self.another(place.conversation.stored()).is_some();
            return if is_handed_over { Decision::Wait } else { Decision::Here(Claim::Mine) };
        }
        let Some(node) = self.node(owner.node) else {
            if owner.owned_for <= LATE_AFTER {
                // It may have joined a moment ago: the next view has it.
                return Decision::Wait;
            }
            // It is in no register any more: it left, or was started again.
            return self.take(place, Claim::Ended);
        };
        match reach {
            Reach::Ended => self.take(place, Claim::Ended),
            _ if node.silent_for > SILENT_AFTER => match self.is_steady {
                true => self.take(place, Claim::Silent),
                false => Decision::Wait,
            },
            Reach::Silent(since) if since >= UNREACHABLE_AFTER && owner.owned_for > STAYS_FOR => {
                self.take(place, Claim::CutOff)
            }
            Reach::Works | Reach::Silent(_) => Decision::There(owner.node),
        }
    }
}
