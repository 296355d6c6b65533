//! Which cells (group × statement) may be shown. PURE.

use crate::domain::Tally;

/// For each group's votes on one statement, whether they may be shown.
///
/// A cell that fewer than `min` people saw is hidden. Where that hides exactly one, the smallest
/// other cell is hidden with it: else everybody could take the shown ones from the overall count.
pub(super) fn shown_cells(tallies: &[Tally], min: u32) -> Vec<bool> {
    let mut shown: Vec<bool> = tallies.iter().map(|tally| tally.seen() >= min).collect();
    // A cell that nobody saw has nothing to hide.
    let small = tallies.iter().filter(|tally| (1..min).contains(&tally.seen())).count();
    if small == 1 {
        let others = tallies.iter().enumerate().filter(|(_, tally)| tally.seen() >= min);
        if let Some((smallest, _)) = others.min_by_key(|(_, tally)| tally.seen()) {
            shown[smallest] = false;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(seen: &[u32]) -> Vec<bool> {
        let tallies: Vec<Tally> = seen.iter().map(|&agree| Tally { agree, ..Tally::default() }).collect();
        shown_cells(&tallies, 5)
    }

    #[test]
    fn a_small_cell_takes_the_smallest_other_one_with_it() {
        assert_eq!(shown(&[9, 4]), [false, false]);
        assert_eq!(shown(&[9, 4, 7]), [true, false, false]);
    }

    #[test]
    fn two_small_cells_hide_each_other_and_an_unseen_one_needs_no_company() {
        assert_eq!(shown(&[9, 4, 3]), [true, false, false]);
        assert_eq!(shown(&[9, 0]), [true, false]);
        assert_eq!(shown(&[5, 6]), [true, true]);
        assert_eq!(shown(&[]), [false; 0]);
    }
}
