//! The time and the randomness of the real world, handed to whoever needs them: nobody else asks the
//! system, so that tests can hold both still.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use tokio_util::sync::CancellationToken;

use crate::domain::Timestamp;

/// A clock that can be cloned and handed on: what time it is, and how much of it passes.
#[derive(Clone)]
pub struct Clock {
    wall: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    monotonic: Arc<dyn Fn() -> Instant + Send + Sync>,
    /// How far the clock that it goes by is ahead of its own, in microseconds.
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self::from_fn(|| {
            #[expect(clippy::disallowed_methods, reason = "here the system is asked, and nowhere else")]
            let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
        })
    }

    /// A clock that asks `now` what time it is. How much passes, it asks the system.
    pub fn from_fn(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        #[expect(clippy::disallowed_methods, reason = "here the system is asked, and nowhere else")]
        let monotonic = || Instant::now();
        Self { wall: Arc::new(now), monotonic: Arc::new(monotonic), ahead: Arc::default() }
    }

    /// The same, where time passes as `instant` says: for comparisons. What sleeps, sleeps by the system's time.
    pub fn passing(self, instant: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self { monotonic: Arc::new(instant), ..self }
    }

    /// What time it is. It may be set back: order never follows from it.
    pub fn now(&self) -> Timestamp {
        Timestamp((self.wall)().0.saturating_add(self.ahead.load(Ordering::Relaxed)))
    }

    /// Goes by another clock from now on, which shows `theirs`, if the two are further apart than they can be compared; whoever
    /// has this clock does. How far this one went wrong, in microseconds, where it did.
    pub fn go_by(&self, theirs: Timestamp, exact_to: Duration) -> Option<i64> {
        let exact_to = i64::try_from(exact_to.as_micros()).unwrap_or(i64::MAX);
        let apart = theirs.0.saturating_sub(self.now().0);
        if apart.saturating_abs() <= exact_to {
            return None;
        }
        self.ahead.fetch_add(apart, Ordering::Relaxed);
        Some(apart)
    }

    /// What time it is by this clock and by the one that it goes by: what can't be undone is not done before both say so.
    pub fn surely(&self) -> Timestamp {
        self.now().min((self.wall)())
    }

    /// A moment to measure from. It never goes back, and says nothing of the time of day.
    pub fn instant(&self) -> Instant {
        (self.monotonic)()
    }

    /// How much time has passed since then.
    pub fn since(&self, then: Instant) -> Duration {
        self.instant().saturating_duration_since(then)
    }
}

/// Work that comes again until the server ends: at once, and then so much later each time that it was done.
pub struct Ticks {
    every: tokio::time::Interval,
    closing: CancellationToken,
}

impl Ticks {
    /// Ticks this far apart.
    pub fn new(apart: Duration, closing: CancellationToken) -> Self {
        let mut every = tokio::time::interval(apart);
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        Self { every, closing }
    }

    /// Waits for the next. False once the server ends.
    pub async fn next(&mut self) -> bool {
        tokio::select! {
            () = self.closing.cancelled() => false,
            _ = self.every.tick() => !self.closing.is_cancelled(),
        }
    }
}

/// Random bytes from the system. The process ends when the system has none: without randomness no
/// secret can be made, and nothing is safe.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if getrandom::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    bytes
}

/// A secret of 128 random bits, as 32 hex digits.
pub fn random_token() -> String {
    hex::encode(random_bytes::<16>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_wrong_goes_by_another_and_so_does_whoever_has_it() {
        let clock = Clock::from_fn(|| Timestamp(1_000_000));
        let handed_on = clock.clone();
        let second = Duration::from_secs(1);
        assert_eq!(clock.go_by(Timestamp(1_900_000), second), None, "as near as can be told");
        assert_eq!(handed_on.now(), Timestamp(1_000_000));
        assert_eq!(clock.go_by(Timestamp(9_000_000), second), Some(8_000_000));
        assert_eq!((handed_on.now(), handed_on.surely()), (Timestamp(9_000_000), Timestamp(1_000_000)));
        assert_eq!(clock.go_by(Timestamp(3_000_000), second), Some(-6_000_000), "and back");
        assert_eq!((handed_on.now(), handed_on.surely()), (Timestamp(3_000_000), Timestamp(1_000_000)));
    }
}
