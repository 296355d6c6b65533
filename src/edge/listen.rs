//! Connections: how many, for how long, and their orderly end.
//!
//! A connection that says nothing, or only half of what it has to say, is closed; and there are
//! never more than the process has descriptors for, so that silent ones can't lock everybody out.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::network::Peer;

use super::metered::MeteredStream;
use super::unread::ReadToItsEnd;
use crate::clock::Clock;

/// Bounds of connections.
#[derive(Clone, Copy, Debug)]
pub struct ListenConfig {
    /// Connections at once that are no WebSockets; one more waits until another ends.
    pub connections: usize,
    /// WebSockets at once; one more is refused.
    pub sockets: usize,
    /// A request's head must be there within this time, the first and every later one.
    pub head_within: Duration,
}

impl Default for ListenConfig {
    fn default() -> Self {
        Self { connections: 10_000, sockets: 50_000, head_within: Duration::from_secs(10) }
    }
}

/// Descriptors that the database, its log, the listener and the standard streams need.
const KEPT_DESCRIPTORS: u64 = 64;
/// After the system could not give a connection: it needs time more than another try.
const ACCEPT_AGAIN: Duration = Duration::from_millis(50);

impl ListenConfig {
    /// These bounds, within the descriptors that the system gives this process. Where it is a node among others, what it passes on
    /// takes two, and others knock, too.
    pub fn within_the_system(self, is_among_others: bool) -> Self {
        let ends = if is_among_others { 3 } else { 1 };
        let wanted = (ends * self.connections + self.sockets) as u64 + KEPT_DESCRIPTORS;
        let given = rlimit::increase_nofile_limit(wanted).unwrap_or(1024);
        let room = usize::try_from(given.saturating_sub(KEPT_DESCRIPTORS)).unwrap_or(usize::MAX);
        // A quarter for requests, which are short, and half for those of several nodes; people who vote stay.
        let for_requests = if is_among_others { room / 2 } else { room / 4 };
        let connections = self.connections.min((for_requests / ends).max(16));
        let sockets = self.sockets.min(room.saturating_sub(ends * connections).max(16));
        Self { connections, sockets, ..self }
    }
}

/// What the kernel keeps for a connection that does not read (it doubles this): by default that
/// grows to megabytes, for each.
const SEND_BUFFER: usize = 64 * 1024;

/// Serves until `closing`, and then until every request under way is answered.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    clock: Clock,
    closing: CancellationToken,
    config: ListenConfig,
) {
    // Connections have what their listener has.
    if let Err(error) = rustix::net::sockopt::set_socket_send_buffer_size(&listener, SEND_BUFFER) {
        tracing::warn!(%error, "the size of send buffers can't be set; slow readers will take more memory");
    }
    accept_each(listener, config.connections, closing.clone(), |stream, peer| {
        // Answers are small and waited for: never held back to fill a packet.
        let _ = stream.set_nodelay(true);
        let stream = MeteredStream::new(stream, clock.clone());
        converse((stream, peer), router.clone(), closing.clone(), config)
    })
    .await;
}

/// Holds each connection that comes, so many at once, until `closing`; and then until the last has ended. One more waits.
pub async fn accept_each<C: Future<Output = ()> + Send + 'static>(
    listener: TcpListener,
    at_once: usize,
    closing: CancellationToken,
    connection: impl Fn(TcpStream, SocketAddr) -> C,
) {
    let slots = Arc::new(Semaphore::new(at_once));
    let connections = TaskTracker::new();
    loop {
        let accepted = tokio::select! {
            () = closing.cancelled() => break,
            accepted = accept(&listener, &slots) => accepted,
        };
        let Some((stream, peer, slot)) = accepted else { continue };
        let connection = connection(stream, peer);
        connections.spawn(async move {
            connection.await;
            drop(slot);
        });
    }
    connections.close();
    connections.wait().await;
}

async fn accept(
    listener: &TcpListener,
    slots: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let slot = Arc::clone(slots).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, slot)),
        Err(error) => {
            tracing::warn!(%error, "a connection could not be accepted");
            tokio::time::sleep(ACCEPT_AGAIN).await;
            None
        }
    }
}

/// Answers what comes on one connection.
pub async fn converse<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    (stream, peer): (S, SocketAddr),
    router: Router,
    closing: CancellationToken,
    config: ListenConfig,
) {
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        router.call(ReadToItsEnd::of(request))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(config.head_within)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    tokio::select! {
        // What goes wrong on one connection is its own end, and nobody else's news.
        _ = connection.as_mut() => return,
        () = closing.cancelled() => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::MAX_BODY_BYTES;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    async fn start(config: ListenConfig) -> (SocketAddr, CancellationToken) {
        let router = Router::new().route("/", axum::routing::get(|| async { "here" }));
        start_with(config, router).await
    }

    async fn start_with(config: ListenConfig, router: Router) -> (SocketAddr, CancellationToken) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let closing = CancellationToken::new();
        tokio::spawn(serve(listener, router, Clock::system(), closing.clone(), config));
        (address, closing)
    }

    /// A server that takes nothing that is sent.
    async fn start_refusing() -> (SocketAddr, CancellationToken) {
        let refusing = axum::routing::post(|| async { axum::http::StatusCode::PAYLOAD_TOO_LARGE });
        start_with(ListenConfig::default(), Router::new().route("/", refusing)).await
    }

    async fn ask(address: SocketAddr) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn silent_and_half_said_connections_are_closed_and_make_room() {
        let config = ListenConfig { connections: 4, sockets: 4, head_within: Duration::from_millis(300) };
        let (address, _closing) = start(config).await;
        let mut held = Vec::new();
        for number in 0..8 {
            let mut stream = TcpStream::connect(address).await.unwrap();
            if number % 2 == 0 {
                stream.write_all(b"GET / HTTP/1.1\r\nhos").await.unwrap();
            }
            held.push(stream);
        }
        let answer = tokio::time::timeout(Duration::from_secs(5), ask(address)).await.unwrap();
        assert!(answer.ends_with("here"), "{answer}");
        for mut stream in held {
            let mut rest = Vec::new();
            let end = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut rest)).await;
            assert!(end.is_ok(), "a silent connection is still open");
        }
    }

    /// The answer to what is too large reaches whoever sends on: else they see a broken connection.
    #[tokio::test]
    async fn who_is_refused_while_they_send_is_told_so() {
        let (address, _closing) = start_refusing().await;
        for length in [MAX_BODY_BYTES + 1, 2 * MAX_BODY_BYTES] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let head = format!("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: {length}\r\n\r\n");
            stream.write_all(head.as_bytes()).await.unwrap();
            // The answer is written long before the rest is.
            for part in vec![b'x'; length].chunks(length / 4 + 1) {
                stream.write_all(part).await.unwrap();
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            // And the connection is good for the next request.
            stream.write_all(b"GET /nothing HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.unwrap();
            let mut answers = String::new();
            stream.read_to_string(&mut answers).await.unwrap();
            let (first, next) = answers.split_at(answers.rfind("HTTP/1.1").unwrap());
            assert!(first.starts_with("HTTP/1.1 413") && next.starts_with("HTTP/1.1 404"), "{answers}");
        }
    }

    /// Whoever asks before sending is refused before sending.
    #[tokio::test]
    async fn who_waits_to_be_asked_is_not_asked_for_what_is_refused() {
        let (address, _closing) = start_refusing().await;
        let mut stream = TcpStream::connect(address).await.unwrap();
        let head = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\nexpect: 100-continue\r\n\r\n";
        stream.write_all(head).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 413") && !answer.contains("100 Continue"), "{answer}");
    }

    #[tokio::test]
    async fn when_the_server_ends_idle_connections_end_with_it() {
        let (address, closing) = start(ListenConfig::default()).await;
        let mut idle = TcpStream::connect(address).await.unwrap();
        assert!(ask(address).await.ends_with("here"));
        closing.cancel();
        let mut rest = Vec::new();
        let end = tokio::time::timeout(Duration::from_secs(2), idle.read_to_end(&mut rest)).await;
        assert!(end.is_ok(), "an idle connection outlives the server");
    }
}
