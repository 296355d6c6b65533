//! Sockets with nothing behind them: what a load is compared with.

use std::io;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::{any, post};
use axum::serve::ListenerExt;

use boule::ws::bounded;

/// What a bare server says.
#[derive(Debug)]
pub struct BareFrames {
    /// The answer to a join.
    pub joined: String,
    /// What the first frame of a socket is answered with.
    pub welcome: String,
    /// What the frames after it are answered with, by turns.
    pub answers: Vec<String>,
}

struct BareState {
    welcome: Utf8Bytes,
    answers: Vec<Utf8Bytes>,
}

/// Serves joins and sockets of every conversation, with the buffers of our own sockets, until it is
/// dropped. It looks at nothing that it gets: no sign-in, no limits, no rooms, no store, no maps.
pub async fn serve_bare(listener: std::net::TcpListener, frames: BareFrames) -> io::Result<()> {
    let BareFrames { joined, welcome, answers } = frames;
    let joined = Utf8Bytes::from(joined);
    let answers = answers.into_iter().map(Utf8Bytes::from).collect();
    let app = Router::new()
        .route("/api/v1/c/{slug}/join", post(async move || joined.as_str().to_owned()))
        .route("/ws/v1/{slug}", any(open))
        .with_state(Arc::new(BareState { welcome: welcome.into(), answers }));
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?.tap_io(|stream| {
        // A connection that has ended already has no use for it.
        let _ = stream.set_nodelay(true);
    });
    axum::serve(listener, app).await
}

async fn open(State(frames): State<Arc<BareState>>, upgrade: WebSocketUpgrade) -> Response {
    bounded(upgrade).on_upgrade(|socket| talk(socket, frames))
}

/// Welcomes the hello, and answers everything after it.
async fn talk(mut socket: WebSocket, frames: Arc<BareState>) {
    let welcome = std::iter::once(&frames.welcome);
    let mut frames = welcome.chain(frames.answers.iter().cycle()).cloned();
    while let Some(Ok(Message::Text(_))) = socket.recv().await {
        let Some(frame) = frames.next() else { return };
        if socket.send(Message::Text(frame)).await.is_err() {
            return;
        }
    }
}
