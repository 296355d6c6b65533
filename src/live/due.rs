//! What a room does when nobody asks for anything, and the map that it waits for.

use std::time::Instant;

use rustc_hash::FxHashSet;
use tokio::sync::oneshot;

use super::map_task::MapOutcome;
use crate::domain::ParticipantNumber;

/// What is being computed: a map, or an agenda from one.
pub(super) struct Computation {
    pub map: oneshot::Receiver<MapOutcome>,
    /// Whose votes are on it for the first time.
    pub people: FxHashSet<ParticipantNumber>,
    /// What it is computed for.
    pub what: IdleWork,
}

/// What a room does when nobody asks for anything.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum IdleWork {
    /// A map of votes that are on none yet.
    Map,
    /// The map that is shown, once more, with the number of groups that has been waiting to be shown.
    Settling,
    /// The map that is shown, once more, for what comes after it.
    Validation,
    /// An agenda that somebody asked for.
    Draft,
}

pub(super) async fn finished(computing: &mut Option<Computation>) -> Option<MapOutcome> {
    match computing {
        Some(computing) => (&mut computing.map).await.ok(),
        None => std::future::pending().await,
    }
}

pub(super) async fn sleep_until(due: Option<(Instant, IdleWork)>) -> IdleWork {
    match due {
        Some((due, what)) => {
            tokio::time::sleep_until(due.into()).await;
            what
        }
        None => std::future::pending().await,
    }
}
