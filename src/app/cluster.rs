//! A server among others on one database: it joins them, hears them, and hands its conversations over before it ends.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::reserved::Reserved;
use crate::clock::Clock;
use crate::edge::{Context, ListenConfig};
use crate::live::{JoinError, Places, Rooms};
use crate::peer::{Identity, IdentityError, NodeDoor, Passing, PassingParts, PeerMeters, passed_on};
use crate::store::{NodeIntroduction, Store};

/// Balancers that ask for readiness see within this time that a node is about to end.
const SEEN_WITHIN: Duration = Duration::from_secs(3);

/// Why a node can't take its place.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// Others serve the same database.
    #[error(transparent)]
    Join(#[from] JoinError),
    /// What other nodes know this one by.
    #[error(transparent)]
    Identity(#[from] IdentityError),
    /// The port for other nodes.
    #[error("the address for other nodes can't be listened on: {0}; choose another with --node")]
    Address(std::io::Error),
}

/// This node among others.
pub(super) struct Cluster {
    places: Places,
    rooms: Rooms,
    meters: PeerMeters,
    listener: Option<(TcpListener, Identity)>,
    /// The door at which others knock, once they are heard.
    door: Option<JoinHandle<()>>,
    /// Cancelled when nobody needs to hear from it any more.
    left: CancellationToken,
}

impl Cluster {
    /// Joins the other nodes of a database, where it is on a server; there others reach it, if it listens for them.
    pub async fn join(
        store: &Store,
        rooms: Rooms,
        reserved: Option<Reserved>,
        clock: &Clock,
    ) -> Result<Option<Self>, ClusterError> {
        let Some(register) = store.register() else { return Ok(None) };
        let address = reserved.as_ref().map_or_else(String::new, |reserved| reserved.address().to_string());
        let identity = Identity::new()?;
        let certificate = identity.certificate();
        let version = env!("CARGO_PKG_VERSION").to_owned();
        let introduction = NodeIntroduction { address, certificate, version };
        let places = Places::join(register, introduction, clock.clone()).await?;
        let left = CancellationToken::new();
        tokio::spawn(places.clone().keep_beating(left.clone()));
        let rooms = rooms.among(places.clone());
        // Only now: until then others are refused here, and know that an earlier start at this address has ended.
        let listener = reserved.map(Reserved::listen).transpose().map_err(ClusterError::Address)?;
        let listener = listener.map(|listener| (listener, identity));
        Ok(Some(Self { places, rooms, meters: PeerMeters::default(), listener, door: None, left }))
    }

    /// The rooms of this node.
    pub fn rooms(&self) -> Rooms {
        self.rooms.clone()
    }

    /// The way of what is asked here: to this node's own site, or to another node. Others are heard from now on.
    pub fn way(
        &mut self,
        site: Router,
        context: &Context,
        (listen, sockets): (ListenConfig, Arc<Semaphore>),
    ) -> Result<Router, ClusterError> {
        let Some((listener, identity)) = self.listener.take() else { return Ok(site) };
        let closing = context.closing.clone();
        let parts = PassingParts {
            rooms: self.rooms.clone(),
            places: self.places.clone(),
            operator_key: context.operator_key.clone(),
            secure: context.outside.is_secure(),
            sockets,
            meters: self.meters.clone(),
            clock: context.clock.clone(),
            closing: closing.clone(),
        };
        let identity = Arc::new(identity);
        let passing = Passing::new(parts, Arc::clone(&identity));
        let door = NodeDoor::new(&identity, passing.clone(), site.clone())?;
        self.door = Some(tokio::spawn(door.serve(listener, listen, closing)));
        Ok(passed_on(site, passing))
    }

    /// What is passed on.
    pub fn meters(&self) -> &PeerMeters {
        &self.meters
    }

    /// Hands its conversations over, while it still answers and passes on.
    pub async fn hand_over(&self) {
        if self.places.view().has_others() {
            tokio::join!(self.rooms.hand_over(), tokio::time::sleep(SEEN_WITHIN));
        }
    }

    /// Waits until what others passed on is answered.
    pub async fn answered(&mut self) {
        if let Some(door) = self.door.take() {
            // One that panicked has nothing more to answer.
            let _ = door.await;
        }
    }

    /// Leaves the others: nothing is written any more.
    pub async fn leave(&self) {
        self.left.cancel();
        self.places.leave().await;
    }
}
