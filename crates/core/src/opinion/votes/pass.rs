//! Passes over all votes: the only loops whose cost is the number of votes.
//!
//! They know rows of codes and tables over codes, and nothing of what these mean. Everything that
//! is summed over people is summed as whole numbers, so that neither the order of rows nor the
//! number of threads can show (I7); what is summed within a row is summed in four fixed lanes.

use std::ops::Range;

use pulp::{Simd, WithSimd};

use crate::opinion::numeric::simd::{DOUBLES, fast, in_lanes};
use crate::opinion::numeric::work::Work;
use crate::opinion::votes::rows::{Code, CodeRows};
use crate::opinion::votes::rows::{NO_GROUP, Weight};

/// Votes that are worth a thread of their own.
const GRAIN: usize = 200_000;

/// Entries of a table over the codes of so many columns: a power of two, so that an index can be
/// masked instead of checked.
fn entries(columns: usize) -> usize {
    (3 * columns).max(1).next_power_of_two()
}

/// A code's place in a table of so many entries.
/// In range: no table is empty, and what is masked with `entries − 1` is at most that.
#[inline(always)]
fn slot<C: Code>(code: C, entries: usize) -> usize {
    code.index() & (entries - 1)
}

/// A table of zeros over the codes of so many columns.
pub(in crate::opinion) fn table<const W: usize>(columns: usize) -> Vec<[f64; W]> {
    vec![[0.0; W]; entries(columns)]
}

fn bounds<C: Code>(rows: &CodeRows<C>, work: &Work<'_>) -> Vec<usize> {
    rows.bounds(work.threads.clamp(1, 64).min(rows.votes() / GRAIN).max(1))
}

/// The sums of several threads, as one.
fn merged<T: Copy + std::ops::AddAssign>(mut parts: Vec<Vec<T>>, len: usize) -> Vec<T> {
    let mut sum = if parts.is_empty() { Vec::new() } else { parts.swap_remove(0) };
    for part in parts {
        sum.iter_mut().zip(&part).take(len).for_each(|(sum, part)| *sum += *part);
    }
    sum.truncate(len);
    sum
}

/// Adds something to the count of each code of a row.
#[inline(always)]
fn count<C: Code, T: Copy + std::ops::AddAssign>(row: &[C], counts: &mut [T], more: T) {
    // In range: see `place`.
    for code in row {
        let slot = slot(*code, counts.len());
        counts[slot] += more;
    }
}

/// People with any weight, code by code.
pub(in crate::opinion) fn counts<C: Code>(
    rows: &CodeRows<C>,
    columns: usize,
    weights: Option<&[Weight]>,
    work: &Work<'_>,
) -> Vec<u32> {
    // In range: there is a weight for each row.
    let parts = work.each(&bounds(rows, work), |range| {
        let mut counts = vec![0u32; entries(columns)];
        for row in range.filter(|row| weights.is_none_or(|weights| weights[*row] > 0)) {
            count(rows.row(row), &mut counts, 1);
        }
        counts
    });
    merged(parts, 3 * columns)
}

/// The weight of the people, code by code.
pub(in crate::opinion) fn masses<C: Code>(
    rows: &CodeRows<C>,
    columns: usize,
    weights: &[Weight],
    work: &Work<'_>,
) -> Vec<u64> {
    // In range: there is a weight for each row.
    let parts = work.each(&bounds(rows, work), |range| {
        let mut masses = vec![0u64; entries(columns)];
        for row in range.filter(|row| weights[*row] > 0) {
            count(rows.row(row), &mut masses, u64::from(weights[row]));
        }
        masses
    });
    merged(parts, 3 * columns)
}

/// People of each group, code by code; each row counts so many `times`.
pub(in crate::opinion) fn counts_by_group<C: Code>(
    rows: &CodeRows<C>,
    columns: usize,
    group_of_row: &[u8],
    groups: usize,
    times: impl Fn(usize) -> u32 + Sync,
    work: &Work<'_>,
) -> Vec<Vec<u32>> {
    // In range: there is a group, or `NO_GROUP`, for each row.
    let parts = work.each(&bounds(rows, work), |range| {
        let mut counts = vec![vec![0u32; entries(columns)]; groups];
        for row in range.filter(|row| group_of_row[*row] != NO_GROUP) {
            if let Some(counts) = counts.get_mut(usize::from(group_of_row[row])) {
                count(rows.row(row), counts, times(row));
            }
        }
        counts
    });
    let mut by_group: Vec<Vec<Vec<u32>>> = vec![Vec::new(); groups];
    for part in parts {
        part.into_iter().zip(&mut by_group).for_each(|(counts, group)| group.push(counts));
    }
    by_group.into_iter().map(|parts| merged(parts, 3 * columns)).collect()
}

/// Calls `each` with every row's sum of table entries, in the order of rows; one result a thread.
pub(in crate::opinion) fn gather<C: Code, R: Send>(
    rows: &CodeRows<C>,
    table: &[[f64; DOUBLES]],
    work: &Work<'_>,
    start: impl Fn(Range<usize>) -> R + Sync,
    each: impl Fn(&mut R, usize, [f64; DOUBLES]) + Sync,
) -> Vec<R> {
    work.each(&bounds(rows, work), |range| {
        let mut result = start(range.clone());
        in_lanes(Gather { rows, table, range, each: |row, sum| each(&mut result, row, sum) });
        result
    })
}

struct Gather<'a, C, F> {
    rows: &'a CodeRows<C>,
    table: &'a [[f64; DOUBLES]],
    range: Range<usize>,
    each: F,
}

impl<C: Code, F: FnMut(usize, [f64; DOUBLES])> WithSimd for Gather<'_, C, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        // An entry is one vector on every machine.
        let (table, _) = S::as_simd_f64s(self.table.as_flattened());
        for row in self.range {
            let mut sum = [0.0; DOUBLES];
            simd.partial_store_f64s(&mut sum, vector_sum(simd, self.rows.row(row), table));
            (self.each)(row, sum);
        }
    }
}

/// The sum of a row's entries, in four running sums.
#[inline(always)]
fn vector_sum<S: Simd, C: Code>(simd: S, row: &[C], table: &[S::f64s]) -> S::f64s {
    // In range: see `place`.
    let zero = simd.splat_f64s(0.0);
    let mut lanes = [zero; 4];
    let (fours, rest) = row.as_chunks::<4>();
    for four in fours {
        for (lane, code) in lanes.iter_mut().zip(four) {
            *lane = simd.add_f64s(*lane, table[slot(*code, table.len())]);
        }
    }
    for (lane, code) in lanes.iter_mut().zip(rest) {
        *lane = simd.add_f64s(*lane, table[slot(*code, table.len())]);
    }
    simd.add_f64s(simd.add_f64s(lanes[0], lanes[1]), simd.add_f64s(lanes[2], lanes[3]))
}

/// A table over codes and the sums that come of it, kept from pass to pass.
pub(in crate::opinion) struct Scatter<const W: usize> {
    columns: usize,
    /// What a row sums up, by code.
    pub table: Vec<[f64; W]>,
    sums: Vec<Vec<[i64; W]>>,
}

impl<const W: usize> Scatter<W> {
    /// An empty table over the codes of so many columns.
    pub fn new(columns: usize) -> Self {
        Self { columns, table: table(columns), sums: Vec::new() }
    }

    /// For every row that `takes_part`: the sum of its table entries goes through `answer`, and
    /// what comes out is added to the sum of each of its codes. Gives the sums by code, and the sum
    /// over the rows.
    pub fn pass<C: Code>(
        &mut self,
        rows: &CodeRows<C>,
        work: &Work<'_>,
        takes_part: impl Fn(usize) -> bool + Sync,
        answer: impl Fn(usize, [f64; W]) -> [i64; W] + Sync,
    ) -> (&[[i64; W]], [i64; W]) {
        let (bounds, used) = (bounds(rows, work), 3 * self.columns);
        self.sums.resize_with(bounds.len() - 1, || vec![[0; W]; entries(self.columns)]);
        // In range: `entries` is at least three times the number of columns.
        self.sums.iter_mut().for_each(|sums| sums[..used].fill([0; W]));
        let table = &self.table;
        let by_row = work.each_with(&bounds, &mut self.sums, |range, sums| {
            let mut by_row = [0; W];
            fast(
                #[inline(always)]
                || {
                    for row in range.filter(|row| takes_part(*row)) {
                        let codes = rows.row(row);
                        let addend = answer(row, sum(codes, table));
                        scatter(codes, sums, addend);
                        add(&mut by_row, addend);
                    }
                },
            );
            by_row
        });
        let by_row = by_row.into_iter().fold([0; W], |mut all, part| {
            add(&mut all, part);
            all
        });
        let Some((sums, parts)) = self.sums.split_first_mut() else { return (&[], by_row) };
        for part in parts {
            sums.iter_mut().zip(part).take(used).for_each(|(sum, part)| add(sum, *part));
        }
        (&sums[..used], by_row)
    }
}

#[inline(always)]
fn scatter<C: Code, const W: usize>(row: &[C], sums: &mut [[i64; W]], addend: [i64; W]) {
    let (fours, rest) = row.as_chunks::<4>();
    // In range: see `place`.
    for code in fours.as_flattened().iter().chain(rest) {
        let slot = slot(*code, sums.len());
        add(&mut sums[slot], addend);
    }
}

#[inline(always)]
fn add<const W: usize>(sum: &mut [i64; W], addend: [i64; W]) {
    // In range: `w` is below W.
    for w in 0..W {
        sum[w] = sum[w].wrapping_add(addend[w]);
    }
}

#[inline(always)]
fn sum<C: Code, const W: usize>(row: &[C], table: &[[f64; W]]) -> [f64; W] {
    // In range: see `place`; `w` is below W, and an entry has W numbers.
    let mut lanes = [[0.0f64; W]; 4];
    let (fours, rest) = row.as_chunks::<4>();
    for four in fours {
        for (lane, code) in lanes.iter_mut().zip(four) {
            let entry = &table[slot(*code, table.len())];
            for w in 0..W {
                lane[w] += entry[w];
            }
        }
    }
    for (lane, code) in lanes.iter_mut().zip(rest) {
        let entry = &table[slot(*code, table.len())];
        for w in 0..W {
            lane[w] += entry[w];
        }
    }
    let mut sum = [0.0; W];
    for w in 0..W {
        sum[w] = (lanes[0][w] + lanes[1][w]) + (lanes[2][w] + lanes[3][w]);
    }
    sum
}

/// Turns numbers into whole ones that can be summed in any order, and back.
#[derive(Clone, Copy, Debug)]
pub(in crate::opinion) struct FixedPoint {
    scale: f64,
}

impl FixedPoint {
    /// For sums whose absolute parts add up to `bound` at most: as fine as 63 bits allow.
    pub fn up_to(bound: f64) -> Self {
        let bits = libm::ilogb(bound.clamp(1e-9, 1e300)) + 1;
        Self { scale: libm::ldexp(1.0, (61 - bits).clamp(-900, 900)) }
    }

    /// The whole number for a part of the sum.
    #[inline(always)]
    pub fn whole(self, value: f64) -> i64 {
        (value * self.scale) as i64
    }

    /// The sum as a number again.
    pub fn number(self, whole: i64) -> f64 {
        whole as f64 / self.scale
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::numeric::simd::in_plain_lanes;

    fn rows() -> CodeRows<u16> {
        let mut rows = CodeRows::default();
        for row in 0..50u16 {
            rows.push((0..30).filter(|c| (c * 7 + row) % 3 > 0).map(|c| 3 * c + (c + row) % 3));
        }
        rows
    }

    #[test]
    fn work_is_the_same_with_and_without_vector_instructions() {
        let rows = rows();
        let mut table = table::<4>(30);
        (0..90).for_each(|code| table[code] = [code as f64 * 0.1, 1.0 / (code as f64 + 1.0), 0.3, 1.0]);
        let parts = gather(&rows, &table, &Work::alone(), |_| Vec::new(), |found, _, sum| found.push(sum));
        let plain: Vec<[f64; 4]> = (0..rows.len()).map(|row| sum(rows.row(row), &table)).collect();
        let mut without = Vec::new();
        in_plain_lanes(Gather { rows: &rows, table: &table, range: 0..50, each: |_, sum| without.push(sum) });
        assert_eq!((parts.concat(), without), (plain.clone(), plain));
    }

    #[test]
    fn what_is_scattered_is_the_sum_over_the_rows_that_have_the_code() {
        let rows = rows();
        let mut scatter = Scatter::<2>::new(30);
        (0..90).for_each(|code| scatter.table[code] = [code as f64, 1.0]);
        let (sums, by_row) =
            scatter.pass(&rows, &Work::alone(), |row| row != 3, |_, sum| sum.map(|x| x as i64));
        let mut naive = vec![[0i64; 2]; 90];
        for row in (0..rows.len()).filter(|row| *row != 3) {
            let codes = rows.row(row);
            let own = codes.iter().map(|code| i64::from(*code)).sum::<i64>();
            codes.iter().for_each(|code| {
                naive[usize::from(*code)][0] += own;
                naive[usize::from(*code)][1] += codes.len() as i64;
            });
        }
        assert_eq!(sums, naive);
        assert_eq!(by_row[1], (rows.votes() - rows.row(3).len()) as i64);
    }

    #[test]
    fn fixed_point_numbers_are_exact_to_sixty_bits_and_never_overflow() {
        for bound in [0.0, 1e-3, 1.0, 7.0, 1e6, 1e12] {
            let fixed = FixedPoint::up_to(bound);
            assert!(fixed.whole(bound) < i64::MAX / 2);
            assert!((fixed.number(fixed.whole(bound)) - bound).abs() <= bound * 1e-15);
        }
    }
}
