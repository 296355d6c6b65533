//! A server without anything in it: the peer that says what this machine gives at most.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::{any, post};
use axum::serve::ListenerExt;
use tokio::runtime::Runtime;

use crate::ws;

use super::target::Target;
use super::wire::Wire;

const JOINED: &str = r#"{"ticket":"bare"}"#;
const WELCOME: &str = r#"{"t":"welcome","next":{"number":0}}"#;

/// A bare server. It speaks as much of the protocol as a load needs, with frames as large as ours,
/// and looks at none that it gets: no sign-in, no limits, no rooms, no store, no maps.
pub(super) struct Bare {
    pub wire: Wire,
    /// Threads of its own, as a server in another process has.
    runtime: Option<Runtime>,
}

/// What each vote is answered with, by turns.
type Answers = Arc<[Utf8Bytes]>;

impl Bare {
    /// Starts one that offers this many statements.
    pub fn start(statements: u32) -> anyhow::Result<Self> {
        let answers: Answers = (0..statements).map(answer).collect();
        let app = Router::new()
            .route("/api/v1/c/{slug}/join", post(async || JOINED))
            .route("/ws/v1/{slug}", any(open))
            .with_state(answers);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .context("a bare server can't listen on this machine")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let listener = {
            let _entered = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let listener = listener.tap_io(|stream| {
            // A connection that has ended already has no use for it.
            let _ = stream.set_nodelay(true);
        });
        runtime.spawn(async move { axum::serve(listener, app).await });
        Ok(Self { wire: wire(address), runtime: Some(runtime) })
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        // It may not be waited for among asynchronous work.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

fn wire(address: SocketAddr) -> Wire {
    let target = Target { address, host: address.to_string() };
    Wire { target, slug: "bare".into(), operator_key: "none".into() }
}

/// An ack with the next statement, as long as ours.
fn answer(statement: u32) -> Utf8Bytes {
    format!(
        r#"{{"t":"ack","op":"s123-1234","seq":1234567,"next":{{"number":{statement},"text":"Statement number {statement} of a load.","seed":true}},"progress":{{"voted":123,"shown":1000,"placed_at":7,"results":true}}}}"#
    )
    .into()
}

async fn open(State(answers): State<Answers>, upgrade: WebSocketUpgrade) -> Response {
    ws::bounded(upgrade).on_upgrade(|socket| talk(socket, answers))
}

/// Welcomes the hello, and answers everything after it.
async fn talk(mut socket: WebSocket, answers: Answers) {
    let welcome = std::iter::once(Utf8Bytes::from_static(WELCOME));
    let mut frames = welcome.chain(answers.iter().cycle().cloned());
    while let Some(Ok(Message::Text(_))) = socket.recv().await {
        let Some(frame) = frames.next() else { return };
        if socket.send(Message::Text(frame)).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::cli::load::wire::{FOR_ANSWERS, Heard};

    use super::*;

    #[tokio::test]
    async fn a_load_is_answered_as_by_a_server() {
        let bare = Bare::start(2).unwrap();
        let mut stream = bare.wire.connect(0).await.unwrap();
        let joined = bare.wire.join(&mut stream).await.unwrap();
        let (mut socket, next) = bare.wire.open(stream, Some(&joined.ticket), FOR_ANSWERS).await.unwrap();
        assert_eq!(next, Some(0));
        for expected in [0, 1, 0] {
            socket.send("anything".into()).await.unwrap();
            let heard = socket.hear().await.unwrap();
            assert_eq!(heard, Heard::Ack { seq: 1_234_567, next: Some(expected) });
        }
    }
}
