//! Votes that may be something else than what people think: looked for beside a map, now and then.

use std::sync::Arc;

use crate::domain::{ParticipantNumber, Timestamp};
use crate::opinion::VoteMatrix;
use crate::opinion::watch::{CopyParams, StraightParams, copies, straight_liners};

/// Among many people they are looked for at most so often, in microseconds.
const APART_US: i64 = 60_000_000;
/// Among fewer it takes a few milliseconds.
const MANY: usize = 10_000;

/// What was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Oddities {
    /// When it was looked for; never, where it is none.
    pub at: Option<Timestamp>,
    /// People whose votes are the same.
    pub copies: Vec<Vec<ParticipantNumber>>,
    /// People who give the same answer to everything.
    pub straight_liners: Vec<ParticipantNumber>,
}

impl Oddities {
    /// What there is in these votes, where it is time to look again; else what was found last.
    pub(super) fn after(last: Arc<Self>, matrix: &VoteMatrix, now: Timestamp) -> Arc<Self> {
        let is_due = matrix.rows() < MANY || last.at.is_none_or(|at| now.0 - at.0 >= APART_US);
        if !is_due {
            return last;
        }
        Arc::new(Self {
            at: Some(now),
            copies: copies(matrix, CopyParams::default()),
            straight_liners: straight_liners(matrix, StraightParams::default()),
        })
    }
}
