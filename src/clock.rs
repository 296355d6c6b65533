//! The time and the randomness of the real world, handed to whoever needs them: nobody else asks the
//! system, so that tests can hold both still.

use std::sync::Arc;
use std::time::SystemTime;

use crate::domain::Timestamp;

/// A clock that can be cloned and handed on.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self::from_fn(|| {
            #[allow(clippy::disallowed_methods)] // the one place that asks
            let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
        })
    }

    /// A clock that asks `now`.
    pub fn from_fn(now: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The moment.
    pub fn now(&self) -> Timestamp {
        (self.0)()
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
