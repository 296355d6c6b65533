//! What a client still sends when its answer is there.
//!
//! A connection that is closed while the client still sends loses the answer on its way: the system tells the client that the
//! connection broke, and a browser shows that instead of "this file is too large". So the rest is read and thrown away, within bounds.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};

/// How much of the rest is read: what somebody may take for a list of statements, a photo or a scan.
const MOST_BYTES: usize = 64 * 1024 * 1024;
/// How long the rest may take.
const WITHIN: Duration = Duration::from_secs(30);

/// A request's body, whose rest is read when it is dropped.
pub(super) struct ReadToItsEnd(Option<Incoming>);

impl ReadToItsEnd {
    pub(super) fn new(body: Incoming) -> Self {
        Self(Some(body))
    }
}

impl Body for ReadToItsEnd {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        self.0.as_mut().map_or(Poll::Ready(None), |body| Pin::new(body).poll_frame(context))
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(Incoming::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.as_ref().map_or_else(|| SizeHint::with_exact(0), Incoming::size_hint)
    }
}

impl Drop for ReadToItsEnd {
    fn drop(&mut self) {
        let Some(rest) = self.0.take().filter(|body| !body.is_end_stream()) else { return };
        // None where the process ends: then nobody is answered.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(tokio::time::timeout(WITHIN, read_away(rest)));
        }
    }
}

async fn read_away(mut rest: Incoming) {
    let mut left = MOST_BYTES;
    while let Some(Ok(frame)) = std::future::poll_fn(|context| Pin::new(&mut rest).poll_frame(context)).await
    {
        let read = frame.data_ref().map_or(0, Bytes::len);
        let Some(now_left) = left.checked_sub(read) else { return };
        left = now_left;
    }
}
