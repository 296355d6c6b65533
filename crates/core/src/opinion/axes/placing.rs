//! Where the axes put people: positions, and how far each may be off.
//!
//! A position is the sum of somebody's votes along the axes, blown up by how few they are: √(C/m)
//! (OPINION §5, B11).

use crate::opinion::axes::projection::Projection;
use crate::opinion::numeric::work::Work;
use crate::opinion::votes::pass;
use crate::opinion::votes::rows::{Code, CodeRows};
use crate::opinion::votes::vote_matrix::{VoteMatrix, Weight, each_width};

/// Who is on the map, and where; everything in the order of rows, and every list has one entry a person.
#[derive(Clone, Debug, Default)]
pub struct Placements {
    /// Row numbers; each is below the matrix's number of rows.
    pub rows: Vec<u32>,
    /// Positions along the first axis.
    pub x: Vec<f64>,
    /// Positions along the second axis.
    pub y: Vec<f64>,
    /// How far a position may be off, for want of votes.
    pub radius: Vec<f32>,
    /// How often somebody gave the answer that they gave most.
    pub most_given: Vec<u32>,
    /// Live votes.
    pub votes: Vec<u32>,
}

impl Placements {
    fn with_capacity(people: usize) -> Self {
        Self {
            rows: Vec::with_capacity(people),
            x: Vec::with_capacity(people),
            y: Vec::with_capacity(people),
            radius: Vec::with_capacity(people),
            most_given: Vec::with_capacity(people),
            votes: Vec::with_capacity(people),
        }
    }

    /// The number of people.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nobody is placed.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Projection {
    /// Where everybody with at least `needed` live votes stands, row by row.
    pub fn place(
        &self,
        matrix: &VoteMatrix,
        weights: Option<&[Weight]>,
        needed: f64,
        work: &Work<'_>,
    ) -> Placements {
        each_width!(&matrix.codes, rows => self.place_rows(rows, matrix.columns(), weights, needed, work))
    }

    fn place_rows<C: Code>(
        &self,
        rows: &CodeRows<C>,
        columns: usize,
        weights: Option<&[Weight]>,
        needed: f64,
        work: &Work<'_>,
    ) -> Placements {
        // In range: table and components cover what `each_code` gives, and there is a weight for each row.
        let mut table = pass::table::<4>(columns);
        self.centring.each_code(|index, code, centred| {
            let (x, y) = (centred * self.components[0][index], centred * self.components[1][index]);
            table[code] = [x, y, x * x + y * y, answers(code % 3)];
        });
        let count = self.columns();
        let packs = self.centring.live.len() < 1 << ANSWER_BITS;
        let room = |range: std::ops::Range<usize>| Placements::with_capacity(range.len());
        let parts = pass::gather(
            rows,
            &table,
            work,
            room,
            |placed: &mut Placements, row, [x, y, squares, packed]| {
                let (votes, most) = if packs { unpacked(packed) } else { self.counted(rows.row(row)) };
                if votes >= needed && weights.is_none_or(|weights| weights[row] > 0) {
                    let scale = (count / votes).sqrt();
                    placed.rows.push(row as u32);
                    placed.x.push(scale * x);
                    placed.y.push(scale * y);
                    // Where they would be if what they have not seen moved them as much as what they
                    // have (OPINION B11).
                    placed.radius.push(((count - votes) * squares / votes).max(0.0).sqrt() as f32);
                    placed.most_given.push(most as u32);
                    placed.votes.push(votes as u32);
                }
            },
        );
        let mut parts = parts.into_iter();
        let mut placed = parts.next().unwrap_or_default();
        for part in parts {
            placed.rows.extend_from_slice(&part.rows);
            placed.x.extend_from_slice(&part.x);
            placed.y.extend_from_slice(&part.y);
            placed.radius.extend_from_slice(&part.radius);
            placed.most_given.extend_from_slice(&part.most_given);
            placed.votes.extend_from_slice(&part.votes);
        }
        placed
    }

    /// The live answers of a row, and those given most: for more columns than a packed sum can count.
    fn counted<C: Code>(&self, row: &[C]) -> (f64, f64) {
        // In range: a remainder by 3 is below 3.
        let mut counts = [0u32; 3];
        for code in row {
            if self.centring.live.binary_search(&(code.index() / 3)).is_ok() {
                counts[code.index() % 3] += 1;
            }
        }
        let [a, b, c] = counts;
        (f64::from(a + b + c), f64::from(a.max(b).max(c)))
    }
}

/// The bits that the number of one answer has in a packed sum: three fit a double's 53.
const ANSWER_BITS: u32 = 17;

/// One answer of this value as a part of a packed sum.
fn answers(value: usize) -> f64 {
    libm::exp2(f64::from(ANSWER_BITS) * value as f64)
}

/// The number of answers of a packed sum, and of the one given most.
#[inline(always)]
fn unpacked(packed: f64) -> (f64, f64) {
    let bits = packed as u64;
    let count = |value: u32| (bits >> (ANSWER_BITS * value)) & ((1 << ANSWER_BITS) - 1);
    let all = [count(0), count(1), count(2)];
    ((all[0] + all[1] + all[2]) as f64, all[0].max(all[1]).max(all[2]) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::axes::projection::tests::projection;

    #[test]
    fn somebody_with_more_votes_than_a_packed_sum_can_count_is_counted() {
        let columns = (1 << ANSWER_BITS) + 5;
        let (all, few) = ("+".repeat(columns), format!("---{}", ".".repeat(columns - 3)));
        let (matrix, projection) = projection(&[&all, &few]);
        let placed = projection.place(&matrix, None, 1.0, &Work::alone());
        let first = matrix.participants().iter().position(|p| p.0 == 0).expect("they have a row");
        assert_eq!(placed.votes[first], columns as u32);
        assert_eq!((placed.most_given[first], placed.radius[first]), (columns as u32, 0.0));
    }

    #[test]
    fn a_position_is_less_certain_the_fewer_votes_it_comes_from() {
        let (matrix, projection) = projection(&["++--++--", "++--++..", "++......", "--++--++", "+-+-+-+-"]);
        let placed = projection.place(&matrix, None, 1.0, &Work::alone());
        assert!(placed.radius[0] == 0.0 && placed.radius[1] > 0.0 && placed.radius[2] > placed.radius[1]);
    }
}
