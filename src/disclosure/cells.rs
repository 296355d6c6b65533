//! The votes of people that may be told: never those of few. PURE.
//!
//! [`PublicTally`] is made by [`Cells::of`] only, or of one with more votes, so each has the votes of at least as many people
//! as the publication minimum asks for, and nothing beside it gives a smaller number away.

use crate::domain::Tally;

/// Votes that may be told: those of at least the publication minimum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PublicTally(Tally);

impl PublicTally {
    /// The votes.
    pub fn votes(&self) -> Tally {
        self.0
    }

    /// How many people they are of.
    pub fn n(&self) -> u32 {
        self.0.seen()
    }

    /// The same with more votes, which may be told by themselves.
    pub(super) fn with(&self, more: Tally) -> Self {
        let Tally { agree, disagree, pass } = self.0;
        Self(Tally { agree: agree + more.agree, disagree: disagree + more.disagree, pass: pass + more.pass })
    }

    /// The shares that agree, pass and disagree, in whole percents that add up to 100.
    pub fn percents(&self) -> [u32; 3] {
        super::shares::of_votes(&self.0)
    }
}

/// What may be told of the votes on one statement. A cell that is `None` is hidden.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cells {
    /// Everybody's.
    pub overall: Option<PublicTally>,
    /// Those of each group.
    pub groups: Vec<Option<PublicTally>>,
}

impl Cells {
    /// What may be told of everybody's votes, and of those of these groups.
    ///
    /// People who are in none of them are on no page, but follow from everybody's votes and the groups':
    /// they count as one more cell, always hidden.
    pub fn of(overall: Tally, groups: &[Tally], min: u32) -> Self {
        let shown = shown_cells(groups, rest_of(overall, groups), min);
        let cell = |(tally, shown): (&Tally, bool)| shown.then_some(PublicTally(*tally));
        Self {
            overall: (overall.seen() >= min.max(1)).then_some(PublicTally(overall)),
            groups: groups.iter().zip(shown).map(cell).collect(),
        }
    }

    /// Whether nothing of it is hidden.
    pub fn is_whole(&self) -> bool {
        self.overall.is_some() && self.groups.iter().all(Option::is_some)
    }
}

/// Everybody's votes as they are told. `on_map` are those of every group of the map, shown or not. Where those who
/// are not on the map are few, their votes are left out: a handful who voted little would hide what two groups of
/// hundreds say. It does not depend on which groups are shown, so no two pages differ by those few.
pub(super) fn told_of(everyone: Tally, on_map: &[Tally], min: u32) -> Tally {
    let off_map = rest_of(everyone, on_map);
    if (1..min).contains(&off_map.seen()) { rest_of(everyone, &[off_map]) } else { everyone }
}

/// For each group's votes on one statement, whether they may be shown. `rest` are the votes of everybody
/// who is in none of these groups: they are on no page, but follow from everyone's votes and the groups'.
///
/// A cell that fewer than `min` people saw is hidden. What is hidden, the rest with it, can be had
/// together by taking what is shown from everyone's votes: so as long as that is the votes of fewer than
/// `min` people, or of one hidden cell alone, the smallest cell that is left is hidden too.
fn shown_cells(tallies: &[Tally], rest: Tally, min: u32) -> Vec<bool> {
    let mut shown: Vec<bool> = tallies.iter().map(|tally| tally.seen() >= min.max(1)).collect();
    while gives_away(tallies, &shown, rest, min) {
        let left = tallies.iter().enumerate().filter(|(at, tally)| shown[*at] && tally.seen() > 0);
        match left.min_by_key(|(_, tally)| tally.seen()) {
            Some((smallest, _)) => shown[smallest] = false,
            None => break,
        }
    }
    shown
}

/// Whether everyone's votes minus those that are shown reveal what few people, or one hidden group, said.
fn gives_away(tallies: &[Tally], shown: &[bool], rest: Tally, min: u32) -> bool {
    let hidden = tallies.iter().zip(shown).filter(|(_, shown)| !**shown).map(|(tally, _)| tally.seen());
    // A cell that nobody saw has nothing to hide.
    let hidden: Vec<u32> = hidden.filter(|seen| *seen > 0).collect();
    let together = hidden.iter().sum::<u32>() + rest.seen();
    let alone = hidden.len() == 1 && rest.seen() == 0;
    (1..min).contains(&together) || alone && hidden.iter().any(|seen| *seen < min)
}

/// What is left of everyone's votes without those of groups.
fn rest_of(everyone: Tally, tallies: &[Tally]) -> Tally {
    tallies.iter().fold(everyone, |rest, tally| Tally {
        agree: rest.agree.saturating_sub(tally.agree),
        disagree: rest.disagree.saturating_sub(tally.disagree),
        pass: rest.pass.saturating_sub(tally.pass),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tally(agree: u32) -> Tally {
        Tally { agree, ..Tally::default() }
    }

    fn shown(seen: &[u32], rest: u32) -> Vec<bool> {
        let tallies: Vec<Tally> = seen.iter().map(|&agree| tally(agree)).collect();
        shown_cells(&tallies, tally(rest), 5)
    }

    #[test]
    fn a_small_cell_takes_the_smallest_other_one_with_it() {
        assert_eq!(shown(&[9, 4], 0), [false, false]);
        assert_eq!(shown(&[9, 4, 7], 0), [true, false, false]);
    }

    #[test]
    fn two_small_cells_hide_each_other_and_an_unseen_one_needs_no_company() {
        assert_eq!(shown(&[9, 4, 3], 0), [true, false, false]);
        assert_eq!(shown(&[9, 1, 1], 0), [false, false, false], "two people together are few");
        assert_eq!(shown(&[9, 0], 0), [true, false]);
        assert_eq!(shown(&[5, 6], 0), [true, true]);
        assert_eq!(shown(&[], 3), [false; 0]);
    }

    #[test]
    fn few_people_off_the_map_are_left_out_and_hide_nobody() {
        let on_map = [tally(9), tally(8)];
        assert_eq!(told_of(tally(20), &on_map, 5), tally(17), "three voted who are not on the map");
        assert!(Cells::of(tally(17), &on_map, 5).is_whole());
        assert_eq!(told_of(tally(22), &on_map, 5), tally(22), "five did");
        assert_eq!(told_of(tally(20), &[tally(17)], 5), tally(17), "whatever the groups are");
    }

    #[test]
    fn people_in_no_group_are_hidden_like_a_group() {
        assert_eq!(shown(&[9, 8], 3), [true, false], "everyone without both would be the three");
        assert_eq!(shown(&[9, 8], 5), [true, true]);
        assert_eq!(shown(&[9, 4], 3), [true, false], "seven people together");
    }

    proptest! {
        #[test]
        fn no_difference_tells_what_few_people_said(
            seen in prop::collection::vec(0u32..12, 0..6), rest in 0u32..12,
        ) {
            let shown = shown(&seen, rest);
            let everyone: u32 = seen.iter().sum::<u32>() + rest;
            let of_shown: u32 = seen.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(n, _)| n).sum();
            let anything = shown.iter().any(|shown| *shown);
            let difference = everyone - of_shown;
            prop_assert!(!anything || difference == 0 || difference >= 5, "{seen:?} {rest}: {shown:?}");
            prop_assert!(seen.iter().zip(&shown).all(|(n, shown)| !shown || *n >= 5));
        }
    }
}
