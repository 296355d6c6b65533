//! The body of another node's answer: nobody waits for the rest of it when that node is gone.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, Incoming, SizeHint};

type Over = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A body that breaks off, with an error, when `over` comes before its end.
pub(super) fn breaking_off(body: Incoming, over: impl Future<Output = ()> + Send + 'static) -> Body {
    if body.is_end_stream() {
        return Body::empty();
    }
    Body::new(BreakingOff { body, over: Box::pin(over) })
}

struct BreakingOff<B> {
    body: B,
    over: Over,
}

impl<B: HttpBody<Data = Bytes, Error: Into<axum::BoxError>> + Unpin> HttpBody for BreakingOff<B> {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        ready!(self.over.as_mut().poll(context));
        Poll::Ready(Some(Err(io::Error::from(io::ErrorKind::ConnectionAborted).into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::time::Duration;

    use axum::body::to_bytes;
    use futures_util::stream;

    use super::*;

    fn body(ends: bool, over: impl Future<Output = ()> + Send + 'static) -> Body {
        let first = stream::iter([Ok::<_, Infallible>(Bytes::from_static(b"half"))]);
        let rest = stream::pending();
        let body = if ends {
            Body::from_stream(first)
        } else {
            Body::from_stream(stream::StreamExt::chain(first, rest))
        };
        Body::new(BreakingOff { body, over: Box::pin(over) })
    }

    #[tokio::test]
    async fn an_answer_is_whole_or_breaks_off_when_its_node_is_gone() {
        let whole = to_bytes(body(true, std::future::pending()), 100).await.unwrap();
        assert_eq!(whole, "half");
        let gone = tokio::time::sleep(Duration::from_millis(50));
        let broken = tokio::time::timeout(Duration::from_secs(5), to_bytes(body(false, gone), 100)).await;
        assert!(broken.expect("it is not waited for any more").is_err(), "half an answer is none");
    }
}
