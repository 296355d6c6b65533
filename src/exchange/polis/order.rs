//! In which order vote events count.
//!
//! A cell is one voter's votes on one statement. In it, later moments overwrite earlier ones, and
//! events of the same moment count in the order of the file. An event of an unknown moment stays
//! behind the event that is before it in the file, so that it is never moved without a reason.
//!
//! Invariant: the last event of a cell is the same here, in the log that is made of an import
//! (`events`) and in an export of that log (`write`).

use super::ImportedVote;
use crate::domain::{ParticipantNumber, StatementNumber};

fn cell(vote: &ImportedVote) -> (StatementNumber, ParticipantNumber) {
    (vote.statement, vote.participant)
}

/// The moment by which each event is placed. `None` only where a whole cell has no moments.
fn moments(votes: &[ImportedVote]) -> Vec<Option<i64>> {
    let mut moments: Vec<Option<i64>> = votes.iter().map(|vote| vote.at_ms).collect();
    if moments.iter().all(Option::is_some) || moments.iter().all(Option::is_none) {
        return moments;
    }
    let mut by_cell: Vec<usize> = (0..votes.len()).collect();
    by_cell.sort_by_key(|&at| cell(&votes[at])); // stable: the order of the file within a cell
    for events in by_cell.chunk_by(|&a, &b| cell(&votes[a]) == cell(&votes[b])) {
        let mut before = events.iter().find_map(|&at| moments[at]);
        for &at in events {
            moments[at] = moments[at].or(before);
            before = moments[at];
        }
    }
    moments
}

/// Current votes: the last event of each cell, sorted by statement, then participant.
pub fn current(votes: &[ImportedVote]) -> Vec<ImportedVote> {
    let moments = moments(votes);
    let key = |(at, vote): (usize, &ImportedVote)| (cell(vote), moments[at], at);
    let mut keys: Vec<_> = votes.iter().enumerate().map(key).collect();
    keys.sort_unstable();
    let last = |events: &[(_, _, usize)]| events.last().map(|&(_, _, at)| votes[at]);
    keys.chunk_by(|a, b| a.0 == b.0).filter_map(last).collect()
}

/// All events in the order of time; what has no moment comes last, in the order of the file.
pub(super) fn by_time(votes: &[ImportedVote]) -> Vec<ImportedVote> {
    let moments = moments(votes);
    let mut order: Vec<usize> = (0..votes.len()).collect();
    order.sort_by_key(|&at| (moments[at].is_none(), moments[at]));
    order.into_iter().map(|at| votes[at]).collect()
}

/// Events that stand in the order in which they happened, sorted by statement and participant, then
/// as they stand. A moment before that of the event before it in its cell (the server's clock was
/// set back) is raised to it, for the order is the truth and moments are what readers sort by.
pub(super) fn by_cell(log: &[ImportedVote]) -> Vec<ImportedVote> {
    let mut votes = log.to_vec();
    votes.sort_by_key(cell);
    for events in votes.chunk_by_mut(|a, b| cell(a) == cell(b)) {
        let mut latest = i64::MIN;
        for moment in events.iter_mut().filter_map(|vote| vote.at_ms.as_mut()) {
            *moment = latest.max(*moment);
            latest = *moment;
        }
    }
    votes
}
