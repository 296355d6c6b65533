//! A server without anything in it: what is left of the same load when the server has no work.

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

use super::stage::statement_text;
use super::target::Target;
use super::wire::Wire;

/// As long as our tickets.
const JOINED: &str = r#"{"ticket":"00000000000000000000000000000000"}"#;

/// A bare server. It speaks as much of the protocol as a load needs, with frames about as large as
/// ours, and looks at none that it gets: no sign-in, no limits, no rooms, no store, no maps.
pub(super) struct Bare {
    pub wire: Wire,
    /// Threads of its own, as a server in another process has.
    runtime: Option<Runtime>,
}

/// What a socket is told: the welcome, and what each vote is answered with, by turns.
struct Frames {
    welcome: Utf8Bytes,
    answers: Vec<Utf8Bytes>,
}

impl Bare {
    /// Starts one that offers this many statements.
    pub fn start(statements: u32) -> anyhow::Result<Self> {
        // Before there is a runtime: one may not be dropped here when this fails.
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .context("a bare server can't listen on this machine")?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let welcome = welcome().into();
        let frames = Arc::new(Frames {
            welcome,
            answers: (0..statements).map(|number| answer(number, statements)).collect(),
        });
        let app = Router::new()
            .route("/api/v1/c/{slug}/join", post(async || JOINED))
            .route("/ws/v1/{slug}", any(open))
            .with_state(frames);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener)?.tap_io(|stream| {
                // A connection that has ended already has no use for it.
                let _ = stream.set_nodelay(true);
            });
            axum::serve(listener, app).await
        });
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

/// A welcome with the first statement.
fn welcome() -> String {
    format!(
        r#"{{"t":"welcome","v":1,"slug":"load-000000000000","question":"What does a load say?","state":"open","role":"participant","joined":true,"seq":1234567,"progress":{PROGRESS},"next":{},"last":null,"max_statement_characters":280}}"#,
        offered(0)
    )
}

/// An ack of a vote on this statement, with the one after it.
fn answer(statement: u32, statements: u32) -> Utf8Bytes {
    let next = offered((statement + 1) % statements);
    format!(r#"{{"t":"ack","op":"s123-1234","seq":1234567,"next":{next},"progress":{PROGRESS}}}"#).into()
}

const PROGRESS: &str = r#"{"voted":123,"shown":1000,"placed_at":7,"results":true}"#;

fn offered(statement: u32) -> String {
    format!(r#"{{"number":{statement},"text":"{}","seed":true}}"#, statement_text(statement))
}

async fn open(State(frames): State<Arc<Frames>>, upgrade: WebSocketUpgrade) -> Response {
    ws::bounded(upgrade).on_upgrade(|socket| talk(socket, frames))
}

/// Welcomes the hello, and answers everything after it.
async fn talk(mut socket: WebSocket, frames: Arc<Frames>) {
    let welcome = std::iter::once(&frames.welcome);
    let mut frames = welcome.chain(frames.answers.iter().cycle()).cloned();
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
        let bare = Bare::start(3).unwrap();
        let mut stream = bare.wire.connect(0).await.unwrap();
        let joined = bare.wire.join(&mut stream).await.unwrap();
        let (mut socket, next) = bare.wire.open(stream, Some(&joined.ticket), FOR_ANSWERS).await.unwrap();
        assert_eq!(next, Some(0));
        for expected in [1, 2, 0, 1] {
            socket.send("anything".into()).await.unwrap();
            let heard = socket.hear().await.unwrap();
            assert_eq!(heard, Heard::Ack { seq: 1_234_567, next: Some(expected) });
        }
    }
}
