//! The same computation many times with other chance, shared among the threads.

use crate::opinion::numeric::work::{Stopped, Work};
use crate::opinion::pipeline::stages::Stages;
use crate::opinion::votes::vote_matrix::VoteMatrix;

/// Does `round` so many times, each with its number, which seeds its chance, and the rows of the people in an
/// order that doesn't depend on their numbers. What comes back is in the order of the rounds, however many
/// threads there are.
pub(super) fn rounds<T: Send>(
    times: u32,
    matrix: &VoteMatrix,
    stages: &Stages,
    work: &Work<'_>,
    round: impl Fn(u64, &[u32], &Work<'_>) -> Result<T, Stopped> + Sync,
) -> Result<Vec<T>, Stopped> {
    let alone = Work { threads: 1, ..*work };
    let people = matrix.rows_by_content(stages.weights.as_deref());
    let parts = work.split(times as usize, 1, |range| {
        range.map(|number| round(number as u64, &people, &alone)).collect::<Vec<_>>()
    });
    parts.into_iter().flatten().collect()
}
