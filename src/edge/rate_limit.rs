//! A token bucket. PURE: time comes in.

use std::time::Duration;

/// How much is let through: `burst` at once, `per_second` in the long run.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// At once.
    pub burst: f64,
    /// In the long run.
    pub per_second: f64,
}

/// What is left of a rate.
#[derive(Clone, Copy, Debug)]
pub struct Bucket {
    left: f64,
    at: Duration,
}

impl Bucket {
    /// A full bucket.
    pub fn full(rate: Rate) -> Self {
        Self { left: rate.burst, at: Duration::ZERO }
    }

    /// Gives one back that was taken and not used.
    pub fn give_back(&mut self, rate: Rate) {
        self.left = (self.left + 1.0).min(rate.burst);
    }

    /// Whether nothing is missing from it.
    pub fn is_full(&self, rate: Rate, now: Duration) -> bool {
        let since = now.saturating_sub(self.at);
        self.left + since.as_secs_f64() * rate.per_second >= rate.burst
    }

    /// Takes one, or says how long to wait until one can be taken. `now` is time since any fixed
    /// moment; it never runs backwards here even if the caller's does.
    pub fn take(&mut self, rate: Rate, now: Duration) -> Result<(), Duration> {
        let since = now.saturating_sub(self.at);
        self.at = self.at.max(now);
        self.left = (self.left + since.as_secs_f64() * rate.per_second).min(rate.burst);
        if self.left >= 1.0 {
            self.left -= 1.0;
            return Ok(());
        }
        let wait = (1.0 - self.left) / rate.per_second.max(f64::MIN_POSITIVE);
        Err(Duration::from_secs_f64(wait.min(3600.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { burst: 3.0, per_second: 10.0 };

    #[test]
    fn a_burst_passes_and_then_the_rate_holds() {
        let mut bucket = Bucket::full(RATE);
        let now = Duration::from_secs(5);
        assert_eq!((0..5).filter(|_| bucket.take(RATE, now).is_ok()).count(), 3);
        let wait = bucket.take(RATE, now).err();
        assert!(wait.is_some_and(|wait| wait > Duration::from_millis(90)), "{wait:?}");
        assert!(bucket.take(RATE, now + Duration::from_millis(101)).is_ok());
        assert!(bucket.take(RATE, now + Duration::from_millis(102)).is_err());
    }

    #[test]
    fn a_clock_that_runs_backwards_gives_nothing_away() {
        let mut bucket = Bucket::full(RATE);
        for _ in 0..3 {
            assert!(bucket.take(RATE, Duration::from_secs(10)).is_ok());
        }
        assert!(bucket.take(RATE, Duration::from_secs(1)).is_err());
        assert!(bucket.take(RATE, Duration::from_secs(10)).is_err());
    }
}
