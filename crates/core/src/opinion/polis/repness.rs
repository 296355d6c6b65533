//! Polis's representative statements and its consensus (OPINION §8, §9).
//!
//! It knows tallies. The tests are those of `significance.rs`; the rules of selection are Polis's,
//! in the order of columns, on which they depend.

use super::votes::PolisVotes;
use crate::domain::Tally;
use crate::opinion::map::direction::Direction;
use crate::opinion::numeric::significance::{difference_test, share_test, smoothed_share};
use crate::opinion::votes::tallies::sum;

/// One-sided 90 %, as Polis writes it.
const SIGNIFICANT: f64 = 1.2816;
/// Representative statements of a group, and consensus statements of a side.
const LISTED: usize = 5;

/// A representative statement.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct RepnessEntry {
    /// The column.
    pub column: usize,
    /// The side it is representative for.
    pub direction: Direction,
    /// Votes on that side.
    pub n_success: u32,
    /// Votes, passes included.
    pub n_trials: u32,
    /// The smoothed share.
    pub p_success: f64,
    /// The test of "more than half".
    pub p_test: f64,
    /// The ratio of the group's share to that of the rest.
    pub repness: f64,
    /// The test of "more than the rest".
    pub repness_test: f64,
    /// Whether it is the group's best agreement.
    pub best_agree: bool,
}

/// A consensus statement.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ConsensusEntry {
    /// The column.
    pub column: usize,
    /// Votes on that side.
    pub n_success: u32,
    /// Votes, passes included.
    pub n_trials: u32,
    /// The smoothed share.
    pub p_success: f64,
    /// The test of "more than half".
    pub p_test: f64,
}

/// Both sides of a statement in a group.
#[derive(Clone, Copy)]
struct Sides {
    column: usize,
    tally: Tally,
    pa: f64,
    pd: f64,
    pat: f64,
    pdt: f64,
    ra: f64,
    rd: f64,
    rat: f64,
    rdt: f64,
}

impl Sides {
    fn new(column: usize, own: Tally, rest: Tally) -> Self {
        let trials = [own.seen(), rest.seen()];
        let (pa, pd) = (smoothed_share(own.agree, trials[0]), smoothed_share(own.disagree, trials[0]));
        Self {
            column,
            tally: own,
            pa,
            pd,
            pat: share_test(own.agree, trials[0]),
            pdt: share_test(own.disagree, trials[0]),
            ra: pa / smoothed_share(rest.agree, trials[1]),
            rd: pd / smoothed_share(rest.disagree, trials[1]),
            rat: difference_test([own.agree, rest.agree], trials),
            rdt: difference_test([own.disagree, rest.disagree], trials),
        }
    }

    fn is_sufficient(&self) -> bool {
        (self.rat > SIGNIFICANT && self.pat > SIGNIFICANT)
            || (self.rdt > SIGNIFICANT && self.pdt > SIGNIFICANT)
    }

    fn entry(&self, best_agree: bool) -> RepnessEntry {
        let agree = self.rat > self.rdt;
        let of = |a: f64, b: f64| if agree { a } else { b };
        let direction = if agree { Direction::Agree } else { Direction::Disagree };
        RepnessEntry {
            column: self.column,
            direction,
            n_success: direction.of(&self.tally),
            n_trials: self.tally.seen(),
            p_success: of(self.pa, self.pd),
            p_test: of(self.pat, self.pdt),
            repness: of(self.ra, self.rd),
            repness_test: of(self.rat, self.rdt),
            best_agree,
        }
    }

    /// Whether it takes the place of the best agreement so far; the yardstick is the incumbent's.
    fn beats(&self, incumbent: Option<&Sides>) -> bool {
        if self.tally.agree == 0 && self.tally.disagree == 0 {
            return false;
        }
        match incumbent {
            Some(best) if best.ra > 1.0 => {
                self.ra * self.rat * self.pa * self.pat > best.ra * best.rat * best.pa * best.pat
            }
            Some(best) => self.pa * self.pat > best.pa * best.pat,
            None => self.pat > SIGNIFICANT || (self.ra > 1.0 && self.pa > 0.5),
        }
    }
}

/// What each group stands for.
pub fn repness(votes: &PolisVotes, group_votes: &[Vec<Tally>]) -> Vec<Vec<RepnessEntry>> {
    (0..group_votes.len()).map(|group| of_group(votes, group_votes, group)).collect()
}

fn of_group(votes: &PolisVotes, group_votes: &[Vec<Tally>], group: usize) -> Vec<RepnessEntry> {
    let mut sufficient: Vec<RepnessEntry> = Vec::new();
    let mut best: Option<RepnessEntry> = None;
    let mut best_agree: Option<Sides> = None;
    // In range: `group` is one of the groups, and every list by column has an entry for each statement.
    for column in (0..votes.statements.len()).filter(|&column| !votes.moderated_out[column]) {
        let others = group_votes.iter().enumerate().filter(|(other, _)| *other != group);
        let sides =
            Sides::new(column, group_votes[group][column], sum(others.map(|(_, votes)| &votes[column])));
        if sides.is_sufficient() {
            sufficient.push(sides.entry(false));
        }
        let strength = sides.rat.max(sides.rdt);
        if sufficient.is_empty() && best.as_ref().is_none_or(|best| strength > best.repness_test) {
            best = Some(sides.entry(false));
        }
        if sides.beats(best_agree.as_ref()) {
            best_agree = Some(sides);
        }
    }
    let best_agree = best_agree.map(|sides| sides.entry(true));
    if sufficient.is_empty() {
        return best_agree.or(best).into_iter().collect();
    }
    let metric = |entry: &RepnessEntry| entry.repness * entry.repness_test * entry.p_success * entry.p_test;
    sufficient.retain(|entry| best_agree.is_none_or(|best| best.column != entry.column));
    sufficient.sort_by(|a, b| metric(b).total_cmp(&metric(a)));
    let mut listed: Vec<RepnessEntry> = best_agree.into_iter().chain(sufficient).take(LISTED).collect();
    listed.sort_by_key(|entry| entry.direction == Direction::Disagree);
    listed
}

/// What most of all rows agree and disagree with.
pub fn consensus(votes: &PolisVotes) -> [Vec<ConsensusEntry>; 2] {
    let tallies = votes.tallies();
    [Direction::Agree, Direction::Disagree].map(|direction| {
        // In range: there are a tally and a flag for each column.
        let columns = (0..tallies.len()).filter(|&column| !votes.moderated_out[column]);
        let entries = columns.map(|column| {
            let (success, trials) = (direction.of(&tallies[column]), tallies[column].seen());
            ConsensusEntry {
                column,
                n_success: success,
                n_trials: trials,
                p_success: smoothed_share(success, trials),
                p_test: share_test(success, trials),
            }
        });
        let mut listed: Vec<ConsensusEntry> =
            entries.filter(|entry| entry.p_success > 0.5 && entry.p_test > SIGNIFICANT).collect();
        listed.sort_by(|a, b| (b.p_success * b.p_test).total_cmp(&(a.p_success * a.p_test)));
        listed.truncate(LISTED);
        listed
    })
}
