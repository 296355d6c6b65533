//! This machine among several: it says that it is there, learns who else is, and takes and leaves conversations.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::place::{BEATS_EVERY, ClusterView, Decision, Reach, SILENT_AFTER};
use super::{RoomError, RoomResult};
use crate::clock::{Clock, Ticks};
use crate::domain::{ConversationId, Slug};
use crate::store::{Epoch, NodeId, NodeIntroduction, Place, Register, RegisteredNode, StoreError};

/// How long whoever asks for a conversation waits for somebody to have it: longer than a silent node is waited for.
const WAITED_FOR: Duration = Duration::from_secs(5);
const LOOKED_AT_EVERY: Duration = Duration::from_millis(50);
/// Where a conversation is, is believed for so long.
const BELIEVED_FOR: Duration = Duration::from_millis(500);
/// Conversations of others whose place is remembered (I9).
const MOST_BELIEVED: usize = 10_000;
/// A second server without an address waits so long for the first to be gone.
const ALONE_WITHIN: Duration = Duration::from_secs(4);

/// A conversation that this node has.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Which.
    pub conversation: ConversationId,
    /// In which epoch.
    pub epoch: Epoch,
}

/// Why a node can't join the others.
#[derive(Debug, thiserror::Error)]
pub enum JoinError {
    /// There is another one, and one of them has no address.
    #[error(
        "another Boule serves this database{}; to have several, give each of them an address for the others with --node",
        if .0.is_empty() { String::new() } else { format!(" (the node at {})", .0) }
    )]
    NotAlone(String),
    /// The register can't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The places of conversations among nodes; cheap to clone.
#[derive(Clone)]
pub struct Places(Arc<PlacesState>);

struct PlacesState {
    register: Register,
    introduction: NodeIntroduction,
    clock: Clock,
    view: watch::Sender<Arc<ClusterView>>,
    held: Mutex<HashMap<ConversationId, (Epoch, CancellationToken)>>,
    believed: Mutex<HashMap<Slug, (NodeId, Instant)>>,
    reached: Mutex<HashMap<NodeId, Unreached>>,
}

/// A node that has not been heard for so long ends its rooms: longer than a server stalls now and then.
const UNHEARD_FOR: Duration = Duration::from_secs(10);

/// How a node failed to be reached.
#[derive(Clone, Copy, Debug)]
struct Unreached {
    /// Nobody listened there, or somebody else.
    has_ended: bool,
    first: Instant,
    last: Instant,
}

impl Places {
    /// Joins the nodes of this register.
    pub async fn join(
        register: Register,
        introduction: NodeIntroduction,
        clock: Clock,
    ) -> Result<Self, JoinError> {
        let began = clock.instant();
        loop {
            let nodes = register.nodes().await?;
            let others = nodes.iter().filter(|node| node.silent_for <= SILENT_AFTER);
            let mut in_the_way = others
                .filter(|node| introduction.address.is_empty() || node.said.address.is_empty())
                .map(|node| node.said.address.clone());
            let Some(address) = in_the_way.next() else { break };
            // One that was killed a moment ago is silent soon.
            if clock.since(began) > ALONE_WITHIN {
                return Err(JoinError::NotAlone(address));
            }
            tokio::time::sleep(BEATS_EVERY).await;
        }
        let me = register.join(&introduction).await?;
        let beat = register.beat(me, false, &[]).await?;
        let view = ClusterView { me, nodes: beat.nodes, is_steady: false, is_draining: false };
        Ok(Self(Arc::new(PlacesState {
            register,
            introduction,
            clock,
            view: watch::channel(Arc::new(view)).0,
            held: Mutex::default(),
            believed: Mutex::default(),
            reached: Mutex::default(),
        })))
    }

    /// What is known of all nodes.
    pub fn view(&self) -> Arc<ClusterView> {
        Arc::clone(&self.0.view.borrow())
    }

    /// The same, and a way to wait for what comes next.
    pub fn views(&self) -> watch::Receiver<Arc<ClusterView>> {
        self.0.view.subscribe()
    }

    /// Whether this node has a conversation.
    pub fn has(&self, conversation: ConversationId) -> bool {
        locked(&self.0.held).contains_key(&conversation)
    }

    /// Says that this node is there until the server ends, and ends the rooms of conversations that others have taken.
    pub async fn keep_beating(self, closing: CancellationToken) {
        let mut ticks = Ticks::new(BEATS_EVERY, closing);
        let mut last: [Option<Instant>; 3] = [None; 3];
        while ticks.next().await {
            let held: Vec<_> = locked(&self.0.held).iter().map(|(id, (epoch, _))| (*id, *epoch)).collect();
            let me = self.view().me;
            let is_draining = self.view().is_draining;
            let beat = match self.0.register.beat(me, is_draining, &held).await {
                Ok(beat) => beat,
                Err(error) => {
                    tracing::warn!(%error, "this node can't say that it is there");
                    let now = self.0.clock.instant();
                    if last[0].is_some_and(|last| now.saturating_duration_since(last) > UNHEARD_FOR) {
                        // Others have them by now; what is shown here grows old.
                        self.end_all();
                    }
                    continue;
                }
            };
            let now = self.0.clock.instant();
            last = [Some(now), last[0], last[1]];
            let apart = |later: Option<Instant>, earlier: Option<Instant>| {
                Some(later?.saturating_duration_since(earlier?))
            };
            let apart = [apart(last[0], last[1]), apart(last[1], last[2])];
            let is_steady = ClusterView::is_steady(apart, beat.server_up_for);
            for conversation in beat.lost {
                self.end(conversation, &held);
            }
            if !beat.nodes.iter().any(|node| node.id == me) {
                self.join_again().await;
                continue;
            }
            locked(&self.0.reached).retain(|id, _| beat.nodes.iter().any(|node| node.id == *id));
            self.publish(me, beat.nodes, is_steady);
        }
    }

    fn publish(&self, me: NodeId, nodes: Vec<RegisteredNode>, is_steady: bool) {
        self.0.view.send_modify(|view| {
            let is_draining = view.is_draining;
            *view = Arc::new(ClusterView { me, nodes, is_steady, is_draining });
        });
    }

    /// The register knows this node no more: somebody started another one at its address, or the server lost some of what it had.
    async fn join_again(&self) {
        tracing::error!(
            "this node is in the register no more; it enters itself anew, and its conversations are opened anew"
        );
        self.end_all();
        match self.0.register.join(&self.0.introduction).await {
            Ok(me) => {
                self.publish(me, self.view().nodes.clone(), false);
            }
            Err(error) => tracing::error!(%error, "this node can't enter itself in the register"),
        }
    }

    fn end_all(&self) {
        locked(&self.0.held).drain().for_each(|(_, (_, end))| end.cancel());
    }

    /// Ends the room of a conversation that was lost, unless it was taken again since.
    fn end(&self, conversation: ConversationId, seen: &[(ConversationId, Epoch)]) {
        let mut held = locked(&self.0.held);
        let is_same = |epoch: &Epoch| seen.contains(&(conversation, *epoch));
        if held.get(&conversation).is_some_and(|(epoch, _)| is_same(epoch))
            && let Some((_, end)) = held.remove(&conversation)
        {
            tracing::info!(%conversation, "another node has taken a conversation");
            end.cancel();
        }
    }

    /// Takes a conversation, so that this node may write it. The token is cancelled when it has it no more. An error where another
    /// node has it.
    pub async fn take(&self, slug: &Slug) -> RoomResult<(Held, CancellationToken)> {
        let unreadable = |error: StoreError| {
            tracing::warn!(%slug, %error, "where a conversation is, can't be found out");
            RoomError::Busy
        };
        let began = self.0.clock.instant();
        while self.0.clock.since(began) < WAITED_FOR {
            let place = self.0.register.place(slug).await.map_err(unreadable)?;
            let place = place.ok_or(RoomError::NoSuchConversation)?;
            match self.decide(&place) {
                Decision::There(node) => {
                    self.believe(slug, node);
                    return Err(RoomError::Elsewhere(node));
                }
                Decision::Here(why) => {
                    let me = self.view().me;
                    let claimed = self.0.register.claim(place.conversation, me, place.epoch).await;
                    if let Some(epoch) = claimed.map_err(unreadable)? {
                        tracing::debug!(%slug, epoch = epoch.0, ?why, "this node has taken a conversation");
                        let end = CancellationToken::new();
                        locked(&self.0.held).insert(place.conversation, (epoch, end.clone()));
                        locked(&self.0.believed).remove(slug);
                        return Ok((Held { conversation: place.conversation, epoch }, end));
                    }
                    // Somebody else was quicker.
                }
                Decision::Wait => tokio::time::sleep(LOOKED_AT_EVERY).await,
            }
        }
        Err(RoomError::Busy)
    }

    fn decide(&self, place: &Place) -> Decision {
        let reach = place.owner.map(|owner| self.reach(owner.node)).unwrap_or_default();
        self.view().decide(place, reach)
    }

    fn reach(&self, node: NodeId) -> Reach {
        let now = self.0.clock.instant();
        match locked(&self.0.reached).get(&node) {
            // What nobody has tried for a while is to be tried again.
            Some(tried) if now.saturating_duration_since(tried.last) < WAITED_FOR => match tried.has_ended {
                true => Reach::Ended,
                false => Reach::Silent(tried.last.saturating_duration_since(tried.first)),
            },
            _ => Reach::Works,
        }
    }

    /// Lets go of a conversation whose room has ended.
    pub async fn let_go(&self, held: Held) {
        let Held { conversation, epoch } = held;
        {
            let mut all = locked(&self.0.held);
            // Taken again meanwhile.
            if all.get(&conversation).is_none_or(|(now, _)| *now != epoch) {
                return;
            }
            all.remove(&conversation);
        }
        if let Err(error) = self.0.register.release(conversation, self.view().me, epoch).await {
            tracing::warn!(%conversation, %error, "a conversation could not be let go; others take it when this node is gone");
        }
    }

    /// From now on this node takes no conversation while there is another that could.
    pub fn drain(&self) {
        self.0.view.send_modify(|view| {
            *view = Arc::new(ClusterView { is_draining: true, ..ClusterView::clone(view) });
        });
    }

    /// Leaves the other nodes.
    pub async fn leave(&self) {
        if let Err(error) = self.0.register.leave(self.view().me).await {
            tracing::warn!(%error, "this node could not strike itself off the register");
        }
    }

    /// The node that has a conversation, as far as that was found out a moment ago.
    pub fn believed(&self, slug: &Slug) -> Option<NodeId> {
        let believed = locked(&self.0.believed);
        let (node, at) = believed.get(slug)?;
        (self.0.clock.since(*at) < BELIEVED_FOR).then_some(*node)
    }

    fn believe(&self, slug: &Slug, node: NodeId) {
        let mut believed = locked(&self.0.believed);
        if believed.len() >= MOST_BELIEVED {
            believed.clear();
        }
        believed.insert(slug.clone(), (node, self.0.clock.instant()));
    }

    /// What was believed of a conversation was wrong.
    pub fn doubt(&self, slug: &Slug) {
        locked(&self.0.believed).remove(slug);
    }

    /// A registered node, as it was seen last.
    pub fn node(&self, id: NodeId) -> Option<RegisteredNode> {
        self.0.view.borrow().nodes.iter().find(|node| node.id == id).cloned()
    }

    /// The node with this certificate. Where none is known, the register is asked: it may have joined a moment ago.
    pub async fn node_with(&self, certificate: &str) -> Option<RegisteredNode> {
        let is_it = |node: &&RegisteredNode| node.said.certificate == certificate;
        if let Some(node) = self.0.view.borrow().nodes.iter().find(is_it) {
            return Some(node.clone());
        }
        self.0.register.nodes().await.ok()?.iter().find(is_it).cloned()
    }

    /// A node was reached.
    pub fn note_reached(&self, node: NodeId) {
        locked(&self.0.reached).remove(&node);
    }

    /// A node could not be reached; it has ended where nobody listens there, or somebody else.
    pub fn note_unreached(&self, node: NodeId, has_ended: bool) {
        let now = self.0.clock.instant();
        let mut reached = locked(&self.0.reached);
        let before = reached.get(&node).filter(|tried| now.duration_since(tried.last) < WAITED_FOR);
        let first = before.map_or(now, |tried| tried.first);
        reached.insert(node, Unreached { has_ended, first, last: now });
    }
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    // Plain values: a panic elsewhere can't have left them half-changed.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
