//! A socket whose conversation another node has: its bytes go there and back as they are.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt, split};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::meters::PeerMeters;

/// When one end has closed, the other is told, and may finish what it says within this time.
const CLOSES_WITHIN: Duration = Duration::from_secs(2);
/// It takes the places of two: one to the client, and one to the other node.
const ENDS: u32 = 2;

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
    let Ok(permit) = Arc::clone(sockets).try_acquire_many_owned(ENDS) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let there = hyper::upgrade::on(&mut answer);
    let open = meters.sockets.clone();
    tokio::spawn(async move {
        let _permit = permit;
        let (Ok(client), Ok(there)) = tokio::join!(client, there) else { return };
        open.inc();
        let ends = (TokioIo::new(client), TokioIo::new(there));
        tokio::select! {
            () = both_ways(ends) => {}
            () = over => {}
        }
        open.dec();
    });
    answer.map(|_| Body::empty())
}

/// Hands on what comes from either end until one closes, and for a moment longer.
async fn both_ways<A: AsyncRead + AsyncWrite, B: AsyncRead + AsyncWrite>((one, other): (A, B)) {
    let ((from_one, to_one), (from_other, to_other)) = (split(one), split(other));
    let (mut there, mut back) = (pin!(hand_on(from_one, to_other)), pin!(hand_on(from_other, to_one)));
    // What is left then is nobody's any more.
    let _ = tokio::select! {
        () = &mut there => timeout(CLOSES_WITHIN, back).await,
        () = &mut back => timeout(CLOSES_WITHIN, there).await,
    };
}

async fn hand_on(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin) {
    // How a socket ends is no news: both ends notice.
    let _ = tokio::io::copy(&mut from, &mut to).await;
    let _ = to.shutdown().await;
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, DuplexStream, duplex};

    use super::*;

    fn two_ends() -> (DuplexStream, DuplexStream, tokio::task::JoinHandle<()>) {
        let ((client, near), (far, node)) = (duplex(64), duplex(64));
        (client, node, tokio::spawn(both_ways((near, far))))
    }

    #[tokio::test]
    async fn what_one_end_says_the_other_hears() {
        let (mut client, mut node, _joined) = two_ends();
        client.write_all(b"vote").await.unwrap();
        let mut heard = [0; 4];
        node.read_exact(&mut heard).await.unwrap();
        node.write_all(b"done").await.unwrap();
        client.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"done");
    }

    #[tokio::test]
    async fn whoever_does_not_hear_that_the_other_end_has_closed_holds_nothing() {
        let (mut client, node, joined) = two_ends();
        drop(node);
        assert_eq!(client.read(&mut [0]).await.unwrap(), 0, "it is told");
        // And says nothing.
        timeout(2 * CLOSES_WITHIN, joined).await.expect("its place is free").unwrap();
    }
}
