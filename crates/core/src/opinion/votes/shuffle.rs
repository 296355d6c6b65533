//! Rows in an order that no numbering shows in, and votes shuffled within statements: what
//! resamples and shuffles of a public begin with.

use crate::opinion::votes::rows::Code;
use crate::opinion::votes::vote_matrix::{VoteMatrix, Weight, each_width};

impl VoteMatrix {
    /// The rows with a weight, in the order of what they say: an order that does not hang on who
    /// has which number. Of equal rows, any may come first: nothing tells them apart.
    pub fn rows_by_content(&self, weights: Option<&[Weight]>) -> Vec<u32> {
        // In range: there is a weight for each row.
        let has_weight = |row: &u32| weights.is_none_or(|weights| weights[*row as usize] > 0);
        let mut order: Vec<u32> = (0..self.rows() as u32).filter(has_weight).collect();
        each_width!(&self.codes, rows => {
            order.sort_by(|a, b| rows.row(*a as usize).cmp(rows.row(*b as usize)));
        });
        order
    }

    /// These people have voted on the same statements, but what they said is shuffled within each
    /// statement; the votes of all others stay. `draw` gives a number below its argument.
    pub fn shuffled(&self, people: &[u32], mut draw: impl FnMut(u32) -> u32) -> Self {
        let mut shuffled = self.clone();
        // In range: codes are below three times the columns (see `VoteMatrix`), and `value` is at most 2.
        let mut left = vec![0u32; 3 * self.columns()];
        each_width!(&self.codes, rows => {
            people.iter().flat_map(|row| rows.row(*row as usize)).for_each(|code| left[code.index()] += 1);
        });
        // The next of what is left of a column, drawn without putting back: a uniform shuffle.
        let mut next = |column: usize| {
            let left = &mut left[3 * column..3 * column + 3];
            let mut at = draw(left[0] + left[1] + left[2]);
            let mut value = 0;
            while value < 2 && at >= left[value] {
                at -= left[value];
                value += 1;
            }
            left[value] -= 1;
            3 * column + value
        };
        each_width!(&mut shuffled.codes, rows => {
            people.iter().for_each(|row| rows.replace(*row as usize, |code| Code::new(next(code.index() / 3) as u32)));
        });
        shuffled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::Work;
    use crate::opinion::votes::input::Votes;
    use crate::opinion::votes::synthetic::SyntheticPublic;

    #[test]
    fn a_shuffle_keeps_who_voted_on_what_and_how_often_each_answer_was_given() {
        let public = SyntheticPublic { participants: 50, statements: 9, density: 0.5, seed: 2 };
        let matrix = public.matrix();
        let mut state = 1u32;
        let shuffled = matrix.shuffled(&matrix.rows_by_content(None), |below| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % below
        });
        assert_eq!(matrix.counts(None, &Work::alone()), shuffled.counts(None, &Work::alone()));
        let columns =
            |matrix: &VoteMatrix, row| matrix.row(row).map(|(column, _)| column).collect::<Vec<_>>();
        assert!((0..matrix.rows()).all(|row| columns(&matrix, row) == columns(&shuffled, row)));
        assert!((0..matrix.rows()).any(|row| !matrix.row(row).eq(shuffled.row(row))));
    }

    #[test]
    fn who_is_left_out_neither_gives_votes_to_the_shuffle_nor_takes_any() {
        let matrix = VoteMatrix::new(&Votes::drawn(&["+++", "---", "---", "---"]));
        let people = matrix.rows_by_content(Some(&[0, 1, 1, 1]));
        let shuffled = matrix.shuffled(&people, |_| 0);
        assert!((0..4).all(|row| shuffled.row(row).eq(matrix.row(row))));
    }

    #[test]
    fn the_order_of_rows_is_that_of_what_they_say() {
        let grid = ["+-.", "--+", "0.+", "+-0"];
        let other = [grid[2], grid[0], grid[3], grid[1]];
        let [first, second] = [grid, other].map(|grid| {
            let matrix = VoteMatrix::new(&Votes::drawn(&grid));
            let rows = matrix.rows_by_content(None);
            rows.iter().map(|row| matrix.row(*row as usize).collect::<Vec<_>>()).collect::<Vec<_>>()
        });
        assert_eq!(first, second);
    }
}
