//! What the results begin with: the five findings, and of whom they speak.

use super::rows::{Listed, Row};

/// Of whom it is said that they agree: a word that messages select by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::http) enum Whole {
    /// No groups are told apart.
    People,
    /// Both of two groups.
    Both,
    /// All of three or more.
    All,
    /// Those that are shown; others are too small.
    Shown,
}

impl Whole {
    /// Of so many groups that are shown, and so many that are not.
    pub fn of(shown: usize, hidden: usize) -> Self {
        match (shown, hidden) {
            (0 | 1, _) => Whole::People,
            (_, 1..) => Whole::Shown,
            (2, 0) => Whole::Both,
            (_, 0) => Whole::All,
        }
    }

    /// The word in messages.
    pub fn word(self) -> &'static str {
        match self {
            Whole::People => "people",
            Whole::Both => "both",
            Whole::All => "all",
            Whole::Shown => "shown",
        }
    }
}

/// What a finding says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum FindingKind {
    /// People say yes.
    Yes,
    /// People say no.
    No,
    /// Groups differ.
    Differ,
}

/// One of the first five.
pub(super) struct Finding {
    pub kind: FindingKind,
    pub row: Row,
}

/// Most of them are agreement.
const MOST_AGREED: usize = 3;
/// All together.
const MOST: usize = 5;

/// The surest three that people agree on, then those that divide most; more of either where the other is short.
pub(super) fn findings(yes: &Listed, no: &Listed, differ: &Listed) -> Vec<Finding> {
    let of = |listed: &Listed, kind| {
        listed.rows.iter().cloned().map(move |row| Finding { kind, row }).collect::<Vec<_>>()
    };
    let mut agreed = of(yes, FindingKind::Yes);
    agreed.extend(of(no, FindingKind::No));
    let mut divided = of(differ, FindingKind::Differ);
    let places = MOST - divided.len().min(MOST - MOST_AGREED);
    agreed.truncate(places);
    divided.truncate(MOST - agreed.len());
    agreed.extend(divided);
    agreed
}
