//! A socket whose conversation another node has: its bytes go there and back as they are.

use std::sync::Arc;

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::io::copy_bidirectional_with_sizes;
use tokio::sync::Semaphore;

use super::meters::PeerMeters;

/// What waits to be handed on, each way. Small: ten thousand idle sockets must not hold gigabytes.
const BUFFER: usize = 4 * 1024;

/// The answer to a request for a socket; where the other node opened one, the two are joined, until either end closes or `over`.
/// Then both are closed, and the client comes back.
pub(super) fn joined(
    client: OnUpgrade,
    mut answer: Response,
    (sockets, meters): (&Arc<Semaphore>, &PeerMeters),
    over: impl Future<Output = ()> + Send + 'static,
) -> Response {
    if answer.status() != StatusCode::SWITCHING_PROTOCOLS {
        return answer;
    }
    let Ok(permit) = Arc::clone(sockets).try_acquire_owned() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let there = hyper::upgrade::on(&mut answer);
    let open = meters.sockets.clone();
    tokio::spawn(async move {
        let _permit = permit;
        let (Ok(client), Ok(there)) = tokio::join!(client, there) else { return };
        open.inc();
        let (mut client, mut there) = (TokioIo::new(client), TokioIo::new(there));
        tokio::select! {
            _ = copy_bidirectional_with_sizes(&mut client, &mut there, BUFFER, BUFFER) => {}
            () = over => {}
        }
        open.dec();
    });
    answer.map(|_| Body::empty())
}
