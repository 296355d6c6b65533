//! Votes that may be something else than what people think: looked for beside a map, now and then.

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
    /// Whether it is time to look again, among so many people.
    pub(super) fn is_due(&self, people: usize, now: Timestamp) -> bool {
        people < MANY || self.at.is_none_or(|at| now.0 - at.0 >= APART_US)
    }

    /// What there is in these votes.
    pub(super) fn of(matrix: &VoteMatrix, now: Timestamp) -> Self {
        Self {
            at: Some(now),
            copies: copies(matrix, CopyParams::default()),
            straight_liners: straight_liners(matrix, StraightParams::default()),
        }
    }
}
