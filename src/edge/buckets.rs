//! Buckets by who they are of, and as many as can be remembered.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::rate_limit::{Bucket, Rate};

/// Buckets that are remembered of each kind (I9). A full one says nothing and is forgotten first.
pub(super) const MOST_BUCKETS: usize = 100_000;
/// Who waits for a shared bucket does not ask again sooner: thousands may.
const SHORTEST_WAIT: Duration = Duration::from_millis(20);
/// More are active than can be remembered: somebody new waits until others rest.
pub(super) const WHILE_FULL: Duration = Duration::from_secs(1);

/// Buckets by who they are of.
pub(super) type Buckets<K> = Mutex<HashMap<K, Bucket>>;

/// Takes one from somebody's bucket, or says how long to wait.
pub(super) fn take_one<K: Hash + Eq>(
    buckets: &Buckets<K>,
    key: K,
    rate: Rate,
    now: Duration,
) -> Result<(), Duration> {
    let mut buckets = buckets.lock().unwrap_or_else(PoisonError::into_inner);
    if buckets.len() >= MOST_BUCKETS && !buckets.contains_key(&key) {
        buckets.retain(|_, bucket| !bucket.is_full(rate, now));
        if buckets.len() >= MOST_BUCKETS {
            return Err(WHILE_FULL);
        }
    }
    let taken = buckets.entry(key).or_insert_with(|| Bucket::full(rate)).take(rate, now);
    taken.map_err(|wait| wait.max(SHORTEST_WAIT))
}

/// Gives back what was taken.
pub(super) fn give_back<K: Hash + Eq>(buckets: &Buckets<K>, key: &K, rate: Rate) {
    let mut buckets = buckets.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(bucket) = buckets.get_mut(key) {
        bucket.give_back(rate);
    }
}
