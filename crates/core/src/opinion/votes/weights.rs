//! How much each row counts in the geometry of a map: exclusions, and copies.
//!
//! Counts of people are never weighed: a weight changes means, axes and groups, and an excluded
//! person is not counted at all. Both are parameters, so that either result can be had again.

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::opinion::map::params::PeopleParams;
use crate::opinion::votes::vote_matrix::{ONE, VoteMatrix, Weight};

/// The rows' weights; `None` when every row is one person.
pub fn row_weights(matrix: &VoteMatrix, params: &PeopleParams) -> Option<Vec<Weight>> {
    if params.count_everybody_once() {
        return None;
    }
    let excluded: HashSet<_> = params.excluded.iter().collect();
    let mut weights: Vec<Weight> =
        matrix.participants().iter().map(|p| if excluded.contains(p) { 0 } else { ONE }).collect();
    if params.weigh_copies {
        weigh_copies(matrix, params.copy_votes, &mut weights);
    }
    Some(weights)
}

/// How much a row counts when groups are found. Copies that are 1/√c each in the axes are 1/c each
/// here: all of them stand at one point, and however far out that is, they count as one person.
pub fn in_groups(weight: Weight, params: &PeopleParams) -> f64 {
    let weight = f64::from(weight) / f64::from(ONE);
    if params.weigh_copies && weight < 1.0 { weight * weight } else { weight }
}

/// c identical rows of enough live votes get 1/√c each: together they count as √c people.
fn weigh_copies(matrix: &VoteMatrix, copy_votes: u32, weights: &mut [Weight]) {
    // In range: `weights` has an entry for each row.
    let rows = (0..matrix.rows()).filter(|&row| weights[row] > 0).collect();
    for copies in identical_rows(matrix, rows, copy_votes) {
        let weight = (f64::from(ONE) / (copies.len() as f64).sqrt()).round() as Weight;
        copies.iter().for_each(|&row| weights[row] = weight);
    }
}

/// These rows in sets of those with the same live votes, as far as they have enough of them.
pub(in crate::opinion) fn identical_rows(
    matrix: &VoteMatrix,
    mut rows: Vec<usize>,
    votes: u32,
) -> Vec<Vec<usize>> {
    // In range: `is_live` has an entry for each column.
    let is_live: Vec<bool> =
        matrix.statements().iter().map(crate::domain::vote_source::StatementInput::is_live).collect();
    let live = |row: usize| matrix.row(row).filter(|(column, _)| is_live[*column]);
    rows.retain(|&row| live(row).take(votes.max(1) as usize).count() >= votes as usize);
    rows.sort_unstable_by(|&a, &b| live(a).cmp(live(b)).then(a.cmp(&b)));
    rows.chunk_by(|&a, &b| live(a).cmp(live(b)) == Ordering::Equal).map(<[usize]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Moderation, ParticipantNumber};
    use crate::opinion::votes::input::Votes;

    #[test]
    fn four_copies_count_as_two_people_and_short_rows_are_no_copies() {
        let mut votes = Votes::drawn(&[
            "++++++++", "++++++++", "++++++++", "++++++++", "+-......", "+-......", "+-+-+-+-",
        ]);
        let params = PeopleParams { weigh_copies: true, ..PeopleParams::default() };
        let weights = row_weights(&VoteMatrix::new(&votes), &params).expect("they are weighed");
        assert_eq!(weights, [ONE / 2, ONE / 2, ONE / 2, ONE / 2, ONE, ONE, ONE]);
        // A vote on a rejected statement makes no difference.
        votes.statements[7].moderation = Moderation::Rejected;
        votes.participants[0].votes.pop();
        let weights = row_weights(&VoteMatrix::new(&votes), &params).expect("they are weighed");
        assert_eq!(weights[..4], [ONE / 2; 4]);
    }

    #[test]
    fn the_excluded_weigh_nothing_and_are_nobodys_copies() {
        let votes = Votes::drawn(&["++++++++", "++++++++"]);
        let excluded = vec![ParticipantNumber(1), ParticipantNumber(99)];
        let params = PeopleParams { weigh_copies: true, excluded, ..PeopleParams::default() };
        assert_eq!(row_weights(&VoteMatrix::new(&votes), &params), Some(vec![ONE, 0]));
        assert_eq!(row_weights(&VoteMatrix::new(&votes), &PeopleParams::default()), None);
    }
}
