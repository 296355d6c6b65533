//! What is told of the votes that moderators left out: whose they are not, but how many people, by what they were found, why, and how
//! the answers look with them. PURE.
//!
//! What was left out of a statement is a cell like any other: it has at least as many votes as the publication minimum, or is not
//! told, and then nor are the answers with it.

use std::sync::Arc;

use super::cells::PublicTally;
use super::results::Results;
use super::withheld::WithheldVotes;
use crate::conversation::{Exclusion, ExclusionBasis};
use crate::domain::{Seq, StatementNumber, Tally, Timestamp};

/// A set of people whose votes are left out.
#[derive(Clone, PartialEq, Debug)]
pub struct LeftOutSet {
    /// Its name: a place in the log.
    pub set: Seq,
    /// Since when.
    pub at: Timestamp,
    /// By what they were found.
    pub basis: ExclusionBasis,
    /// Why, in a moderator's words.
    pub reason: Arc<str>,
    /// How many people, where that may be told.
    pub people: Option<u32>,
}

/// The votes on a statement without those that are left out, and with them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WithAndWithout {
    /// Which.
    pub number: StatementNumber,
    /// As the results count.
    pub without: PublicTally,
    /// With those that are left out.
    pub with: PublicTally,
}

/// What is told of the votes that are left out of results.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LeftOut {
    /// The sets, the earliest first.
    pub sets: Vec<LeftOutSet>,
    /// The statements that more votes can be told of than are counted, by number.
    pub statements: Vec<WithAndWithout>,
}

impl LeftOutSet {
    /// What may be told of these sets.
    pub fn all(exclusions: &[Arc<Exclusion>], min: u32) -> Vec<Self> {
        let told = |one: &Arc<Exclusion>| {
            let people = u32::try_from(one.people.len()).unwrap_or(u32::MAX);
            Self {
                set: one.set,
                at: one.at,
                basis: one.basis,
                reason: one.reason.shared(),
                people: (people >= min).then_some(people),
            }
        };
        exclusions.iter().map(told).collect()
    }
}

impl LeftOut {
    /// What may be told of these sets beside these results.
    pub fn new(exclusions: &[Arc<Exclusion>], results: &Results, withheld: &WithheldVotes) -> Self {
        let min = results.min;
        // Without those of one who was erased, a difference would tell theirs.
        let is_whole = exclusions.iter().all(|set| set.votes.is_some());
        let shown = results.statements.iter().filter(|row| is_whole && !withheld.counts_on(row.number));
        let compared = shown.filter_map(|row| {
            let (number, without) = (row.number, row.cells.overall?);
            let removed = removed(exclusions, number, min).filter(|removed| removed.seen() > 0)?;
            Some(WithAndWithout { number, without, with: without.with(removed) })
        });
        Self { sets: LeftOutSet::all(exclusions, min), statements: compared.collect() }
    }

    /// The most that the share of those who agree differs by, in percentage points.
    pub fn most_apart(&self) -> u32 {
        self.statements.iter().map(WithAndWithout::apart).max().unwrap_or(0)
    }
}

impl WithAndWithout {
    /// By how much the share of those who agree differs, in percentage points.
    pub fn apart(&self) -> u32 {
        self.without.percents()[0].abs_diff(self.with.percents()[0])
    }
}

/// The votes on a statement that sets took out of its table; `None` where those of a set are too few to be told.
fn removed(exclusions: &[Arc<Exclusion>], statement: StatementNumber, min: u32) -> Option<Tally> {
    let of = |set: &Exclusion| {
        let votes = set.votes.as_deref().unwrap_or_default();
        let at = votes.binary_search_by_key(&statement, |(number, _)| *number).ok();
        at.map_or(Tally::default(), |at| votes[at].1)
    };
    let all = exclusions.iter().map(|set| of(set));
    all.clone()
        .all(|votes| votes.seen() == 0 || votes.seen() >= min)
        .then(|| all.fold(Tally::default(), added))
}

fn added(a: Tally, b: Tally) -> Tally {
    Tally { agree: a.agree + b.agree, disagree: a.disagree + b.disagree, pass: a.pass + b.pass }
}
