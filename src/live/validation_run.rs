//! Validation under way: what is found out about a map's groups, on a thread that gives way to everything
//! else. It ends when its handle is dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, oneshot};

use super::PublishedMap;
use super::background::{self, GIVES_WAY_TO_ALL};
use super::published::ValidationAt;
use crate::clock::Clock;
use crate::opinion::{self, ComputedMap, VoteMatrix, Work};

/// Validation is stale when votes have grown by this share since it began.
const STALE_SHARE: u64 = 20;

/// What a validation begins with.
pub(super) struct ValidationInput {
    pub matrix: VoteMatrix,
    pub computed: ComputedMap,
    pub permit: OwnedSemaphorePermit,
}

/// A validation that is being computed.
pub(super) struct ValidationRun {
    votes: u64,
    groups: usize,
    stop: Arc<AtomicBool>,
    began: Instant,
    result: oneshot::Receiver<Option<ValidationAt>>,
}

impl ValidationRun {
    /// Starts the validation of a map.
    pub fn begin(after: ValidationInput, published: &PublishedMap, votes: u64, began: Instant) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (version, groups, stopped) = (published.version, published.map.groups.len(), Arc::clone(&stop));
        let result = background::run("validation", GIVES_WAY_TO_ALL, move || {
            let ValidationInput { matrix, computed, permit } = after;
            let stop = || {
                background::let_others_go_first();
                stopped.load(Ordering::Relaxed)
            };
            let work = Work { threads: 1, stop: &stop };
            let validation = opinion::validate(&matrix, &computed, &computed.map.engine.params, &work).ok();
            drop(permit);
            Some(ValidationAt { version, groups, validation: validation? })
        });
        Self { votes, groups, stop, began, result }
    }

    /// Gives it up when too many votes have come since, or when another number of groups is shown.
    pub fn stop_if_stale(&self, votes: u64, shown: Option<&PublishedMap>) {
        let has_grown = votes > self.votes + self.votes / STALE_SHARE + 20;
        let of_others = shown.is_some_and(|shown| shown.map.groups.len() != self.groups);
        if has_grown || of_others {
            self.stop.store(true, Ordering::Relaxed);
        }
    }

    /// Waits for its end.
    pub async fn end(&mut self, clock: &Clock) -> ValidationOutcome {
        let found = (&mut self.result).await.ok().flatten();
        let was_stopped = found.is_none() && self.stop.load(Ordering::Relaxed);
        ValidationOutcome { found, took: clock.since(self.began), was_stopped }
    }
}

/// What came of a validation.
pub(super) struct ValidationOutcome {
    pub found: Option<ValidationAt>,
    pub took: Duration,
    /// Whether it was given up before its end.
    pub was_stopped: bool,
}

impl Drop for ValidationRun {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}
