//! This machine among several: it says that it is there, learns who else is, and takes and leaves conversations.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::place::{BEATS_EVERY, Claim, ClusterView, Decision, Failures, Reach, SILENT_AFTER};
use super::{RoomError, RoomResult};
use crate::clock::{Clock, Ticks};
use crate::domain::{ConversationId, Slug, Timestamp};
use crate::store::{
    Beat, Epoch, Joined, NodeId, NodeIntroduction, Place, Register, RegisteredNode, StoreError,
};

/// How long whoever asks for a conversation waits for somebody to have it: longer than a silent node is waited for.
const WAITED_FOR: Duration = Duration::from_secs(5);
const LOOKED_AT_EVERY: Duration = Duration::from_millis(50);
/// Where a conversation is, is believed for so long.
const BELIEVED_FOR: Duration = Duration::from_millis(500);
/// How often it is tried to let go of a conversation; after that, others take it when this node is gone.
const RELEASE_TRIES: u32 = 3;
/// A node that joined a moment ago is in the next view, or the one after it.
const HEARD_OF_WITHIN: Duration = Duration::from_millis(1_200);
/// Conversations of others whose place is remembered (I9).
const MOST_BELIEVED: usize = 10_000;
/// Whoever can't be beside another node waits so long for it to be gone: it may have been killed a moment ago.
const GONE_WITHIN: Duration = Duration::from_secs(4);
/// The clock of the database is compared with one's own, and what lies between asking and hearing is in doubt.
const CLOCKS_APART: Duration = Duration::from_secs(1);

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
    /// There is another one at the same address.
    #[error(
        "another Boule of this database says that it is at {0}, too; give each of them an address of its own with --node"
    )]
    SameAddress(String),
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
    /// When this node began.
    began: Instant,
    view: watch::Sender<Arc<ClusterView>>,
    held: Mutex<HashMap<ConversationId, (Epoch, CancellationToken)>>,
    believed: Mutex<HashMap<Slug, (NodeId, Instant)>>,
    unreached: Mutex<HashMap<NodeId, Failures>>,
}

/// A node that has not been heard for so long ends its rooms: longer than a server stalls now and then.
const UNHEARD_FOR: Duration = Duration::from_secs(10);

impl Places {
    /// Joins the nodes of this register.
    pub async fn join(
        register: Register,
        introduction: NodeIntroduction,
        clock: Clock,
    ) -> Result<Self, JoinError> {
        let began = clock.instant();
        let me = loop {
            match register.join(&introduction, SILENT_AFTER).await {
                Ok(Joined::As(me)) => break me,
                Ok(Joined::InTheWay(address)) if clock.since(began) > GONE_WITHIN => {
                    let is_same = !address.is_empty() && address == introduction.address;
                    return Err(if is_same {
                        JoinError::SameAddress(address)
                    } else {
                        JoinError::NotAlone(address)
                    });
                }
                // Somebody else who joins may hang.
                Err(error) if clock.since(began) > GONE_WITHIN => return Err(error.into()),
                Ok(Joined::InTheWay(_)) | Err(_) => tokio::time::sleep(BEATS_EVERY).await,
            }
        };
        let asked = clock.instant();
        let beat = register.beat(me, false, &[]).await?;
        let took = clock.since(asked);
        let view = ClusterView { me, nodes: beat.nodes.clone(), is_steady: false, is_draining: false };
        let places = Self(Arc::new(PlacesState {
            register,
            introduction,
            began,
            clock,
            view: watch::channel(Arc::new(view)).0,
            held: Mutex::default(),
            believed: Mutex::default(),
            unreached: Mutex::default(),
        }));
        places.compare_clocks(&beat, took);
        Ok(places)
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
        self.epoch_of(conversation).is_some()
    }

    /// In which epoch it has it.
    pub(super) fn epoch_of(&self, conversation: ConversationId) -> Option<Epoch> {
        locked(&self.0.held).get(&conversation).map(|(epoch, _)| *epoch)
    }

    /// Says that this node is there until the server ends, and ends the rooms of conversations that others have taken.
    pub async fn keep_beating(self, closing: CancellationToken) {
        let mut ticks = Ticks::new(BEATS_EVERY, closing);
        let mut last: [Option<Instant>; 3] = [None; 3];
        while ticks.next().await {
            let held: Vec<_> = locked(&self.0.held).iter().map(|(id, (epoch, _))| (*id, *epoch)).collect();
            let me = self.view().me;
            let is_draining = self.view().is_draining;
            let asked = self.0.clock.instant();
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
            self.compare_clocks(&beat, now.saturating_duration_since(asked));
            for conversation in beat.lost {
                self.end(conversation, &held);
            }
            self.note_beats(asked, &beat.nodes);
            self.publish(me, beat.nodes, is_steady);
            if !self.view().is_registered() {
                self.join_again().await;
            }
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
        match self.0.register.join(&self.0.introduction, SILENT_AFTER).await {
            // With the next beat it is in the view.
            Ok(Joined::As(me)) => self.publish(me, self.view().nodes.clone(), false),
            Ok(Joined::InTheWay(address)) => {
                tracing::error!(%address, "another node is there at the address of this one; it is tried again");
            }
            Err(error) => tracing::error!(%error, "this node can't enter itself in the register"),
        }
    }

    /// What was refused by a node that goes on saying that it is there, was not refused because it has ended.
    fn note_beats(&self, asked: Instant, nodes: &[RegisteredNode]) {
        let asked = asked.saturating_duration_since(self.0.began);
        locked(&self.0.unreached).retain(|id, failures| {
            let node = nodes.iter().find(|node| node.id == *id);
            node.inspect(|node| failures.note_beat(asked, node.silent_for)).is_some()
        });
    }

    /// All nodes go by the clock of the database: what is due is due for all of them at once.
    fn compare_clocks(&self, beat: &Beat, took: Duration) {
        // It was looked at somewhere between asking and hearing.
        let theirs = Timestamp(beat.now.0 + i64::try_from(took.as_micros() / 2).unwrap_or(0));
        if let Some(apart_us) = self.0.clock.go_by(theirs, CLOCKS_APART + took) {
            tracing::warn!(
                seconds = apart_us / 1_000_000,
                "the clock of this machine and that of the database are apart; this node goes by the database's"
            );
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
    /// node has it, or is to have it. (One that was made here a moment ago stays here even where this node is about to end:
    /// whoever made it goes on with it.)
    pub async fn take(&self, slug: &Slug, is_new: bool) -> RoomResult<(Held, CancellationToken)> {
        let unreadable = |error: StoreError| {
            tracing::warn!(%slug, %error, "where a conversation is, can't be found out");
            RoomError::Busy
        };
        let began = self.0.clock.instant();
        while self.0.clock.since(began) < WAITED_FOR {
            let place = self.0.register.place(slug).await.map_err(unreadable)?;
            let place = place.ok_or(RoomError::NoSuchConversation)?;
            let why = match self.decide(&place) {
                Decision::There(_) if is_new && place.owner.is_none() => Claim::Free,
                Decision::There(node) => {
                    self.believe(slug, node);
                    return Err(RoomError::Elsewhere(node));
                }
                Decision::Here(why) => why,
                Decision::Wait => {
                    tokio::time::sleep(LOOKED_AT_EVERY).await;
                    continue;
                }
            };
            if let Some(taken) = self.claim(slug, &place, why).await {
                return Ok(taken);
            }
        }
        Err(RoomError::Busy)
    }

    /// Claims a conversation that nobody has, or whose node is gone. None where somebody else was quicker, or holds its row for a
    /// moment.
    async fn claim(&self, slug: &Slug, seen: &Place, why: Claim) -> Option<(Held, CancellationToken)> {
        let conversation = seen.conversation;
        let epoch = match self.0.register.claim(conversation, self.view().me, seen.epoch).await {
            Ok(epoch) => epoch?,
            Err(error) => {
                tracing::warn!(%slug, %error, "a conversation could not be taken; it is tried again");
                tokio::time::sleep(LOOKED_AT_EVERY).await;
                return None;
            }
        };
        tracing::debug!(%slug, epoch = epoch.0, ?why, "this node has taken a conversation");
        let end = CancellationToken::new();
        locked(&self.0.held).insert(conversation, (epoch, end.clone()));
        locked(&self.0.believed).remove(slug);
        Some((Held { conversation, epoch }, end))
    }

    fn decide(&self, place: &Place) -> Decision {
        let reach = place.owner.map(|owner| self.reach(owner.node)).unwrap_or_default();
        self.view().decide(place, reach)
    }

    fn reach(&self, node: NodeId) -> Reach {
        let now = self.0.clock.since(self.0.began);
        locked(&self.0.unreached).get(&node).map_or(Reach::Works, |failures| failures.reach(now))
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
        for _ in 0..RELEASE_TRIES {
            match self.0.register.release(conversation, self.view().me, epoch).await {
                Ok(()) => return,
                Err(error) => tracing::warn!(%conversation, %error, "a conversation could not be let go"),
            }
            tokio::time::sleep(LOOKED_AT_EVERY).await;
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

    /// The node with this certificate. One that joined a moment ago is heard of with the next beat.
    pub async fn node_with(&self, certificate: &str) -> Option<RegisteredNode> {
        let is_it = |node: &&RegisteredNode| node.said.certificate == certificate;
        let mut views = self.views();
        let known = views.wait_for(|view| view.nodes.iter().any(|node| is_it(&node)));
        let view = tokio::time::timeout(HEARD_OF_WITHIN, known).await.ok()?.ok()?;
        view.nodes.iter().find(is_it).cloned()
    }

    /// A node was reached.
    pub fn note_reached(&self, node: NodeId) {
        locked(&self.0.unreached).remove(&node);
    }

    /// A node could not be reached; `is_refused` where nobody listens there, or somebody else.
    pub fn note_unreached(&self, node: NodeId, is_refused: bool) {
        let at = self.0.clock.since(self.0.began);
        let mut unreached = locked(&self.0.unreached);
        let before = unreached.get(&node).copied();
        unreached.insert(node, Failures::after(before, at, is_refused));
    }
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    // Plain values: a panic elsewhere can't have left them half-changed.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
