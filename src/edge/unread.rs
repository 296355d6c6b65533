//! What a client still sends when its answer is there.
//!
//! A connection that is closed while the client still sends loses the answer on its way: the system tells the client that the
//! connection broke, and a browser shows that instead of "this file is too large". So the rest is read and thrown away, for a while.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::Request;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::EXPECT;
use tokio::runtime::Handle;
use tokio::time::timeout;

/// How long the rest may take. A photo or a scan is read by then at the rate that every connection has; a film is not.
const WITHIN: Duration = Duration::from_secs(30);

/// A request's body, whose rest is read when it is dropped.
pub(super) struct ReadToItsEnd {
    /// None only while it is dropped.
    body: Option<Incoming>,
    /// The client sends nothing before it hears that it may: that is said when somebody first reads.
    waits: bool,
}

impl ReadToItsEnd {
    pub(super) fn of(request: Request<Incoming>) -> Request<Self> {
        let waits = request.headers().contains_key(EXPECT);
        request.map(|body| Self { body: Some(body), waits })
    }
}

impl Body for ReadToItsEnd {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        self.waits = false;
        self.body.as_mut().map_or(Poll::Ready(None), |body| Pin::new(body).poll_frame(context))
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Incoming::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body.as_ref().map_or_else(SizeHint::default, Incoming::size_hint)
    }
}

impl Drop for ReadToItsEnd {
    fn drop(&mut self) {
        let Some(rest) = self.body.take().filter(|body| !body.is_end_stream() && !self.waits) else { return };
        // None where the process ends: then nobody is answered.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(timeout(WITHIN, read_away(rest)));
        }
    }
}

async fn read_away(mut rest: Incoming) {
    while let Some(Ok(_)) = poll_fn(|context| Pin::new(&mut rest).poll_frame(context)).await {}
}
