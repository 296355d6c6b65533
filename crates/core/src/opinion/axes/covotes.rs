//! What people who voted on both of two statements said: sums of whole numbers that a vote changes
//! in the time of one row.
//!
//! From them the covariance of all statements follows exactly, so that a map's axes need no pass
//! over the votes. They cost memory by the square of the statements, so they are kept for
//! conversations of [`MOST_COLUMNS`] at most. Invariant: after any changes they equal what
//! [`CoVotes::of`] would build anew.

use pulp::{Simd, WithSimd};

use crate::domain::Choice;
use crate::opinion::axes::projection::Centring;
use crate::opinion::numeric::eigen::Block;
use crate::opinion::numeric::simd::{DOUBLES, in_lanes};
use crate::opinion::numeric::work::Work;
use crate::opinion::votes::vote_matrix::VoteMatrix;

/// The most columns for which they are kept: 64 MB where votes came on each of them.
pub const MOST_COLUMNS: usize = 2000;
/// The most pairs of votes that are worth counting once: some seconds.
const MOST_PAIRS: u64 = 8_000_000_000;

/// Of the people who voted on both of two columns: how many, the sum of the products of their votes, the sum
/// of their votes on the one whose row it stands in, and on the other.
type Pair = [i32; 4];

/// The sums of all pairs of columns.
///
/// A pair has two places, one in the row of each column, and its sums are those of both together. A vote
/// changes the row of its own column alone, from one end to the other: no other order of memory is as fast.
#[derive(Clone, Debug)]
pub struct CoVotes {
    /// As many as the matrix has: it grows with it.
    columns: usize,
    /// One for each column, as long as it was needed so far; what is beyond its end is zero.
    rows: Vec<Vec<Pair>>,
}

impl CoVotes {
    /// Counts every pair of votes; `None` where that would take too much memory or time.
    pub fn of(matrix: &VoteMatrix, work: &Work<'_>) -> Option<Self> {
        let columns = matrix.columns();
        let pairs = (0..matrix.rows()).map(|row| (matrix.votes_of_row(row) as u64).pow(2) / 2).sum::<u64>();
        if columns > MOST_COLUMNS || pairs > MOST_PAIRS || work.go_on().is_err() {
            return None;
        }
        Some(Self::of_parts(matrix, work, 20_000))
    }

    /// Counts `grain` people or more at a time, side by side where there are threads.
    fn of_parts(matrix: &VoteMatrix, work: &Work<'_>, grain: usize) -> Self {
        let columns = matrix.columns();
        let parts = work.split(matrix.rows(), grain, |range| {
            let mut part = Self::empty(columns);
            let mut row_votes: Vec<(usize, i32)> = Vec::new();
            for row in range {
                row_votes.clear();
                row_votes.extend(matrix.row(row).map(|(column, value)| (column, value as i32 - 1)));
                part.add_row(&row_votes);
            }
            part
        });
        let mut all = Self::empty(columns);
        for part in parts {
            for (all, part) in all.rows.iter_mut().zip(part.rows) {
                lengthen(all, part.len());
                // In range: a pair has four numbers.
                all.iter_mut().zip(part).for_each(|(all, part)| (0..4).for_each(|i| all[i] += part[i]));
            }
        }
        all
    }

    fn empty(columns: usize) -> Self {
        Self { columns, rows: vec![Vec::new(); columns] }
    }

    /// The row of a column, with a place for each of the others below `end`.
    fn row(&mut self, column: usize, end: usize) -> &mut [Pair] {
        // In range: `column` is below `columns`, and there are as many rows.
        let row = &mut self.rows[column];
        lengthen(row, end);
        row
    }

    /// What stands in the row of `own` for `other`.
    fn at(&self, own: usize, other: usize) -> Pair {
        self.rows.get(own).and_then(|row| row.get(other)).copied().unwrap_or([0; 4])
    }

    /// Of the people who voted on both: how many, the sum of products, of votes on `low`, and on `high`.
    fn pair(&self, low: usize, high: usize) -> Pair {
        let ([n, product, on_high, on_low], [more, and, low_too, high_too]) =
            (self.at(high, low), self.at(low, high));
        [n + more, product + and, on_low + low_too, on_high + high_too]
    }

    fn add_row(&mut self, votes: &[(usize, i32)]) {
        // In range: a row's columns ascend below `columns`, and each is below the end of its own row's others.
        for (index, &(high, on_high)) in votes.iter().enumerate() {
            let others = self.row(high, high);
            for &(low, on_low) in &votes[..index] {
                let pair = &mut others[low];
                let more = [1, on_low * on_high, on_high, on_low];
                (0..4).for_each(|i| pair[i] += more[i]);
            }
        }
    }

    /// Makes room for columns that were added.
    pub fn grow(&mut self, columns: usize) -> bool {
        if columns > MOST_COLUMNS {
            return false;
        }
        if columns > self.columns {
            self.columns = columns;
            self.rows.resize(columns, Vec::new());
        }
        true
    }

    /// Somebody voted on `column`, or changed that vote; `row` is all they have voted by now.
    pub fn vote(
        &mut self,
        column: usize,
        before: Option<Choice>,
        now: Choice,
        row: impl Iterator<Item = (usize, usize)>,
    ) {
        let new = i32::from(before.is_none());
        let change = i32::from(now.value()) - before.map_or(0, |before| i32::from(before.value()));
        let pairs = self.row(column, self.columns);
        // In range: `other` is below `columns`, and the row has as many places.
        for (other, value) in row.filter(|(other, _)| *other != column) {
            let said = value as i32 - 1;
            let pair = &mut pairs[other];
            pair[0] += new;
            pair[1] += change * said;
            pair[2] += change;
            pair[3] += new * said;
        }
    }

    /// Somebody took their vote on `column` back; `row` is what they had voted until then.
    pub fn unvote(&mut self, column: usize, before: Choice, row: impl Iterator<Item = (usize, usize)>) {
        let before = i32::from(before.value());
        let pairs = self.row(column, self.columns);
        // In range: as in `vote`.
        for (other, value) in row.filter(|(other, _)| *other != column) {
            let said = value as i32 - 1;
            let pair = &mut pairs[other];
            pair[0] -= 1;
            pair[1] -= before * said;
            pair[2] -= before;
            pair[3] -= said;
        }
    }

    /// The matrix XᵀX of the centred votes of the live columns, dense.
    pub fn covariance(&self, centring: &Centring, squares: &[f64]) -> Covariance {
        let size = centring.live.len();
        let stride = size.next_multiple_of(DOUBLES);
        let mut values = vec![0.0; size * stride];
        // Square by square: each pair has a place in two rows, and those of a square fit a core's cache.
        const SIDE: usize = 64;
        for rows in (0..size).step_by(SIDE) {
            for columns in (0..=rows).step_by(SIDE) {
                // In range: live columns, their means and `squares` are `size` long, and `stride` is no less.
                for i in rows..size.min(rows + SIDE) {
                    let (high, mean_high) = (centring.live[i], centring.means[i]);
                    for j in columns..i.min(columns + SIDE) {
                        let (low, mean_low) = (centring.live[j], centring.means[j]);
                        let [n, product, on_low, on_high] = self.pair(low, high).map(f64::from);
                        let value =
                            product - mean_high * on_low - mean_low * on_high + mean_low * mean_high * n;
                        values[i * stride + j] = value;
                        values[j * stride + i] = value;
                    }
                    values[i * stride + i] = squares[i];
                }
            }
        }
        Covariance { size, stride, values }
    }
}

/// Makes room for so many, and no more: rows are most of what a room keeps.
fn lengthen(row: &mut Vec<Pair>, end: usize) {
    if row.len() < end {
        row.reserve_exact(end - row.len());
        row.resize(end, [0; 4]);
    }
}

/// A dense symmetric matrix, filled up with zeros to whole vectors.
pub struct Covariance {
    size: usize,
    stride: usize,
    values: Vec<f64>,
}

impl Covariance {
    /// The product with two vectors at once.
    pub fn times(&self, block: &Block) -> Block {
        let padded = |vector: &Vec<f64>| {
            let mut padded = vector.clone();
            padded.resize(self.stride, 0.0);
            padded
        };
        in_lanes(CovarianceProduct { of: self, block: [padded(&block[0]), padded(&block[1])] })
    }
}

struct CovarianceProduct<'a> {
    of: &'a Covariance,
    block: Block,
}

impl WithSimd for CovarianceProduct<'_> {
    type Output = Block;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Block {
        let (first, _) = S::as_simd_f64s(&self.block[0]);
        let (second, _) = S::as_simd_f64s(&self.block[1]);
        let mut out = [Vec::with_capacity(self.of.size), Vec::with_capacity(self.of.size)];
        if self.of.stride == 0 {
            return out;
        }
        for row in self.of.values.chunks_exact(self.of.stride) {
            let (row, _) = S::as_simd_f64s(row);
            let zero = simd.splat_f64s(0.0);
            // Two running sums for each vector: additions need not wait for one another.
            let mut sums = [[zero; 2]; 2];
            for (index, ((a, x), y)) in row.iter().zip(first).zip(second).enumerate() {
                // In range: `turn` is 0 or 1.
                let turn = index % 2;
                sums[0][turn] = simd.add_f64s(sums[0][turn], simd.mul_f64s(*a, *x));
                sums[1][turn] = simd.add_f64s(sums[1][turn], simd.mul_f64s(*a, *y));
            }
            for (out, [even, odd]) in out.iter_mut().zip(sums) {
                let mut lanes = [0.0; DOUBLES];
                simd.partial_store_f64s(&mut lanes, simd.add_f64s(even, odd));
                out.push((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]));
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Moderation, ModerationRule, ParticipantNumber, StatementInput, StatementNumber};
    use crate::opinion::votes::synthetic::SyntheticPublic;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]
        #[test]
        fn after_any_votes_the_sums_are_those_of_a_new_count(
            votes in proptest::collection::vec((0u32..9, 0u32..8, -2i64..2), 1..120),
        ) {
            let public = SyntheticPublic { participants: 6, statements: 7, density: 0.4, seed: 1 };
            let mut matrix = public.matrix();
            let mut kept = CoVotes::of(&matrix, &Work::alone()).expect("it is small");
            for (person, statement, value) in votes {
                if statement == 7 && matrix.columns() == 7 {
                    matrix.set_statement(StatementInput::new(
                        StatementNumber(7), Moderation::Accepted, false, ModerationRule::Before,
                    ));
                    kept.grow(matrix.columns());
                }
                let (person, statement) = (ParticipantNumber(person), StatementNumber(statement));
                let Some(choice) = Choice::from_value(value) else {
                    let row = matrix.row_of(person).map(|row| matrix.row(row).collect::<Vec<_>>());
                    let place = row.zip(matrix.column(statement));
                    if let Some(((row, column), before)) = place.zip(matrix.unset(person, statement)) {
                        kept.unvote(column, before, row.into_iter());
                    }
                    continue;
                };
                let change = matrix.set(person, statement, choice);
                let change = change.expect("the statement is listed");
                kept.vote(change.column, change.before, choice, matrix.row(change.row));
            }
            let new = CoVotes::of_parts(&matrix, &Work::on(3), 1);
            for (low, high) in (0..matrix.columns()).flat_map(|high| (0..high).map(move |low| (low, high))) {
                prop_assert_eq!(kept.pair(low, high), new.pair(low, high), "{} and {}", low, high);
            }
        }
    }

    #[test]
    fn too_many_columns_are_not_kept() {
        let public = SyntheticPublic { participants: 3, statements: 2001, density: 0.1, seed: 1 };
        assert!(CoVotes::of(&public.matrix(), &Work::alone()).is_none());
        let small = SyntheticPublic { statements: 2000, ..public };
        let mut kept = CoVotes::of(&small.matrix(), &Work::alone()).expect("it just fits");
        assert!(!kept.grow(2001));
    }
}
