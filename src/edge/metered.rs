//! A connection from which only so many bytes are read a second.
//!
//! Messages and requests have rates of their own, but not what they are made of: a WebSocket message can
//! come in any number of empty pieces, each of which costs the server and counts nowhere. Here they cost
//! their bytes.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep_until};

use crate::clock::Clock;

/// At once: more than the largest request.
const BURST: f64 = 8.0 * 1024.0 * 1024.0;
/// In the long run: more than anybody needs who keeps to the size and the rate of messages.
const PER_SECOND: f64 = 1024.0 * 1024.0;

/// A stream with a rate for what is read.
pub(super) struct MeteredStream<S> {
    stream: S,
    clock: Clock,
    /// Bytes that may be read at `at`; below zero after more came at once.
    left: f64,
    at: Instant,
    rest: Option<Pin<Box<Sleep>>>,
}

impl<S> MeteredStream<S> {
    /// A stream of which nothing was read yet: the whole burst is to come.
    pub fn new(stream: S, clock: Clock) -> Self {
        Self { stream, left: BURST, at: clock.instant(), clock, rest: None }
    }

    /// Pays for bytes that were read; until when to rest, if that was more than there was.
    fn pay(&mut self, bytes: usize, now: impl FnOnce(&Clock) -> Instant) -> Option<Instant> {
        self.left -= bytes as f64;
        if self.left >= 0.0 {
            return None;
        }
        let now = now(&self.clock);
        let since = now.duration_since(self.at).as_secs_f64();
        self.left = (self.left + since * PER_SECOND).min(BURST);
        self.at = now;
        (self.left < 0.0).then(|| now + Duration::from_secs_f64(-self.left / PER_SECOND))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for MeteredStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Some(rest) = &mut self.rest {
            ready!(rest.as_mut().poll(context));
            self.rest = None;
        }
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        let until = self.pay(buffer.filled().len() - before, Clock::instant);
        self.rest = until.map(|until| Box::pin(sleep_until(until.into())));
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for MeteredStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn after_the_burst_bytes_cost_time() {
        let mut stream = MeteredStream::new(tokio::io::empty(), Clock::system());
        let began = stream.at;
        let (burst, second) = (BURST as usize, Duration::from_secs(1));
        assert_eq!(stream.pay(burst, |_| began), None, "the burst is not held back");
        let until = stream.pay(3 * PER_SECOND as usize, |_| began);
        assert_eq!(until, Some(began + 3 * second));
        assert_eq!(stream.pay(PER_SECOND as usize, |_| began + 3 * second), Some(began + 4 * second));
        assert_eq!(stream.pay(PER_SECOND as usize, |_| began + 60 * second), None);
    }
}
