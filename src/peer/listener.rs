//! Where other nodes come in, each with its certificate.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::CancellationToken;

use super::greeting::{self, NOT_HERE};
use super::identity::{Identity, IdentityError, hash};
use super::passing::{Passing, is_asset, slug_in};
use super::stream::prepare;
use crate::edge::network::Peer;
use crate::edge::{ListenConfig, accept_each, converse};

/// Whoever does not show a certificate within this time is sent away.
const GREETED_WITHIN: Duration = Duration::from_secs(2);

/// How other nodes are heard.
pub struct NodeDoor {
    tls: TlsAcceptor,
    passing: Passing,
    site: Router,
}

impl NodeDoor {
    /// A door to this site.
    pub fn new(identity: &Identity, passing: Passing, site: Router) -> Result<Self, IdentityError> {
        let tls = TlsAcceptor::from(Arc::new(identity.server()?));
        let heard = passing.clone();
        let site = site.layer(from_fn(move |request, next| answer(heard.clone(), request, next)));
        Ok(Self { tls, passing, site })
    }

    /// Hears other nodes until `closing`, and then until every request under way is answered.
    pub async fn serve(self, listener: TcpListener, config: ListenConfig, closing: CancellationToken) {
        let door = Arc::new(self);
        accept_each(listener, config.connections, closing.clone(), |stream, from| {
            let (door, closing) = (Arc::clone(&door), closing.clone());
            async move {
                match door.greet(stream).await {
                    Some(stream) => converse((stream, from), door.site.clone(), closing, config).await,
                    None => tracing::debug!(%from, "somebody who is no node was sent away"),
                }
            }
        })
        .await;
    }

    /// A connection to a node that is in the register.
    async fn greet(&self, stream: TcpStream) -> Option<TlsStream<TcpStream>> {
        prepare(&stream).ok()?;
        let stream = timeout(GREETED_WITHIN, self.tls.accept(stream)).await.ok()?.ok()?;
        let shown = hash(stream.get_ref().1.peer_certificates()?.first()?);
        self.passing.places.node_with(&shown).await.map(|_| stream)
    }
}

/// Answers what another node passes on, if this one has the conversation, or takes it now.
async fn answer(passing: Passing, mut request: Request, next: Next) -> Response {
    let Some(from) = greeting::read(request.headers_mut(), &passing.operator_key) else {
        return NOT_HERE.into_response();
    };
    request.extensions_mut().insert(Peer(from));
    if is_asset(request.uri().path()) {
        return next.run(request).await;
    }
    let Some(slug) = slug_in(request.uri().path()) else { return NOT_HERE.into_response() };
    // Never on and on: whoever asked looks anew.
    passing.places.doubt(&slug);
    if passing.there(&slug).await.is_some() {
        return NOT_HERE.into_response();
    }
    let mut answer = next.run(request).await;
    greeting::tell_end(&mut answer);
    answer
}
