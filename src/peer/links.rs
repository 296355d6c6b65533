//! Connections to other nodes: kept while they are of use, and none that does not answer is waited for.

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Body;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

use super::identity::{Identity, NAME};
use super::stream::prepare;
use crate::store::{NodeId, RegisteredNode};

/// A node that does not answer within this time is tried again, or taken for gone.
const CONNECTED_WITHIN: Duration = Duration::from_secs(1);
/// And then to greet.
const GREETED_WITHIN: Duration = Duration::from_secs(1);
/// Connections to one node that wait for the next request.
const MOST_IDLE: usize = 64;

/// How long they do. The other end waits ten seconds.
const KEPT_FOR: Duration = Duration::from_secs(5);

/// A connection that can take a request.
pub(super) type Link = SendRequest<Body>;

/// Why a node could not be reached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unreached {
    /// Nobody listens there, or somebody else.
    Refused,
    /// No way leads there.
    Silent,
    /// It did not answer in time: it has too much to do, or hangs. Its beats tell which.
    Busy,
}

/// Links to all nodes.
pub(super) struct Links {
    identity: Arc<Identity>,
    nodes: Mutex<HashMap<NodeId, NodeLinks>>,
}

/// Links to one node.
struct NodeLinks {
    tls: Arc<ClientConfig>,
    /// And since when each waits.
    idle: Vec<(Link, Instant)>,
}

impl Links {
    /// None yet.
    pub fn new(identity: Arc<Identity>) -> Self {
        Self { identity, nodes: Mutex::default() }
    }

    /// One that waits for a request already, where there is one.
    pub fn idle(&self, node: NodeId, now: Instant) -> Option<Link> {
        let mut nodes = self.locked();
        let idle = &mut nodes.get_mut(&node)?.idle;
        loop {
            let (link, since) = idle.pop()?;
            // The other end closes what waits for long: none is used that may be closed at this moment.
            if link.is_ready() && now.saturating_duration_since(since) < KEPT_FOR {
                return Some(link);
            }
        }
    }

    /// Keeps one for the next request.
    pub fn keep(&self, node: NodeId, link: Link, now: Instant) {
        if let Some(links) = self.locked().get_mut(&node).filter(|links| links.idle.len() < MOST_IDLE) {
            links.idle.push((link, now));
        }
    }

    /// Lets go of links to nodes that are there no more.
    pub fn retain(&self, is_there: impl Fn(NodeId) -> bool) {
        self.locked().retain(|node, _| is_there(*node));
    }

    /// A new one.
    pub async fn connect(&self, node: &RegisteredNode) -> Result<Link, Unreached> {
        let connecting = TcpStream::connect(&node.said.address);
        let connected = timeout(CONNECTED_WITHIN, connecting).await.map_err(|_| Unreached::Silent)?;
        let stream = connected.map_err(|error| unreached(&error))?;
        prepare(&stream).map_err(|_| Unreached::Silent)?;
        let tls = TlsConnector::from(self.tls_to(node)?);
        let greeting = async {
            let name = ServerName::try_from(NAME).map_err(|_| Unreached::Busy)?;
            let stream = tls.connect(name, stream).await.map_err(|error| unreached(&error))?;
            let (link, connection) =
                http1::handshake(TokioIo::new(stream)).await.map_err(|_| Unreached::Busy)?;
            tokio::spawn(connection.with_upgrades());
            Ok(link)
        };
        timeout(GREETED_WITHIN, greeting).await.unwrap_or(Err(Unreached::Busy))
    }

    fn tls_to(&self, node: &RegisteredNode) -> Result<Arc<ClientConfig>, Unreached> {
        let mut nodes = self.locked();
        if let Some(links) = nodes.get(&node.id) {
            return Ok(Arc::clone(&links.tls));
        }
        let tls = self.identity.client(node.said.certificate.clone());
        let tls = Arc::new(tls.map_err(|_| Unreached::Silent)?);
        nodes.insert(node.id, NodeLinks { tls: Arc::clone(&tls), idle: Vec::new() });
        Ok(tls)
    }

    fn locked(&self) -> MutexGuard<'_, HashMap<NodeId, NodeLinks>> {
        // Plain values: a panic elsewhere can't have left them half-changed.
        self.nodes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether an error says that the node was not there: nobody listens there, or somebody with another certificate.
fn unreached(error: &io::Error) -> Unreached {
    let is_another = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>())
        .is_some_and(|error| matches!(error, rustls::Error::InvalidCertificate(_)));
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Unreached::Refused,
        _ if is_another => Unreached::Refused,
        _ => Unreached::Silent,
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use tokio::net::TcpListener;

    use super::*;
    use crate::store::NodeIntroduction;

    fn node(at: SocketAddr, certificate: String) -> RegisteredNode {
        let said = NodeIntroduction { address: at.to_string(), certificate, version: String::new() };
        RegisteredNode { id: NodeId(1), said, silent_for: Duration::ZERO, is_draining: false }
    }

    /// A busy node keeps its conversations; from one that can't be reached they are taken.
    #[tokio::test]
    async fn who_greets_too_late_is_busy_and_who_is_not_there_refuses() {
        let links = Links::new(Arc::new(Identity::new().unwrap()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let there = node(listener.local_addr().unwrap(), String::new());
        // The system takes the connection, and nobody greets.
        assert_eq!(links.connect(&there).await.err(), Some(Unreached::Busy));
        drop(listener);
        assert_eq!(links.connect(&there).await.err(), Some(Unreached::Refused));
    }
}
