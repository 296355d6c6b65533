//! The votes of an open conversation, kept so that its next map costs little.
//!
//! Votes and moderations come in one by one. Counts are kept exactly; the axes come from sums over
//! pairs of statements that a vote changes in the time of one row; positions and counts by group
//! take one quick pass each. Groups are found anew, from nothing in the past; which number of
//! groups is *shown* waits until a new one has won for a while (OPINION B5). What a map says is
//! within rounding of a cold one of the same votes, as `live_map_tests.rs` shows.

use crate::domain::{Choice, ParticipantNumber, StatementNumber};
use crate::opinion::axes::covotes::CoVotes;
use crate::opinion::axes::projection::{Centring, Projection};
use crate::opinion::groups::grouping::Grouping;
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::map::params::ProjectionParams;
use crate::opinion::numeric::eigen::{LeadingPairs, Stop, leading_pairs};
use crate::opinion::numeric::work::{Stopped, Work};
use crate::opinion::pipeline::compute::{compute_with, finish};
use crate::opinion::pipeline::stages::{ComputedMap, centring, place_and_group};
use crate::opinion::votes::input::StatementInput;
use crate::opinion::votes::vote_matrix::{VoteMatrix, tally};

/// Maps in a row that a new number of groups must win before it is shown.
const WINS: u32 = 4;

/// A change of what the map is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InputChange {
    /// Somebody voted, or changed a vote.
    Vote(ParticipantNumber, StatementNumber, Choice),
    /// Somebody took a vote back.
    Unvote(ParticipantNumber, StatementNumber),
    /// A statement was submitted or moderated.
    Statement(StatementInput),
}

/// Votes that are kept for the next map.
#[derive(Clone, Debug)]
pub struct LiveMap {
    matrix: VoteMatrix,
    /// People by code: three numbers for each column of the matrix.
    counts: Vec<u32>,
    covotes: Option<CoVotes>,
    shown: ShownCount,
    /// Whether a change came since the last map.
    changed: bool,
}

impl LiveMap {
    /// From the votes so far.
    pub fn new(matrix: VoteMatrix) -> Self {
        let counts = matrix.counts(None, &Work::alone());
        Self { matrix, counts, covotes: None, shown: ShownCount::default(), changed: false }
    }

    /// The votes.
    pub fn matrix(&self) -> &VoteMatrix {
        &self.matrix
    }

    /// How somebody votes on a statement, as far as changes were taken in.
    pub fn choice(&self, person: ParticipantNumber, statement: StatementNumber) -> Option<Choice> {
        let (row, column) = self.matrix.row_of(person).zip(self.matrix.column(statement))?;
        let (_, code) = self.matrix.row(row).find(|(voted, _)| *voted == column)?;
        Choice::ALL.into_iter().find(|choice| (choice.value() + 1) as usize == code)
    }

    /// Takes a change in. False when it can't be: then a new one must be made from all votes.
    #[must_use]
    pub fn apply(&mut self, change: InputChange) -> bool {
        self.changed = true;
        match change {
            InputChange::Vote(person, statement, choice) => self.vote(person, statement, choice),
            InputChange::Unvote(person, statement) => {
                self.unvote(person, statement);
                true
            }
            InputChange::Statement(statement) => {
                let listed = self.matrix.set_statement(statement);
                self.counts.resize(3 * self.matrix.columns(), 0);
                if let Some(covotes) = &mut self.covotes
                    && !covotes.grow(self.matrix.columns())
                {
                    self.covotes = None;
                }
                listed
            }
        }
    }

    fn vote(&mut self, person: ParticipantNumber, statement: StatementNumber, choice: Choice) -> bool {
        let Some(change) = self.matrix.set(person, statement, choice) else { return false };
        // In range: a code of a column is below three times the number of columns.
        let code = |choice: Choice| 3 * change.column + (choice.value() + 1) as usize;
        if change.before == Some(choice) {
            // They said the same again.
            return true;
        }
        if let Some(before) = change.before {
            self.counts[code(before)] -= 1;
        }
        self.counts[code(choice)] += 1;
        if let Some(covotes) = &mut self.covotes {
            covotes.vote(change.column, change.before, choice, self.matrix.row(change.row));
        }
        true
    }

    /// What was never cast can't be taken back, and changes nothing.
    fn unvote(&mut self, person: ParticipantNumber, statement: StatementNumber) {
        let row = self.matrix.row_of(person).map(|row| self.matrix.row(row).collect::<Vec<_>>());
        let Some((row, column)) = row.zip(self.matrix.column(statement)) else { return };
        let Some(before) = self.matrix.unset(person, statement) else { return };
        // In range: as in `vote`.
        self.counts[3 * column + (before.value() + 1) as usize] -= 1;
        if let Some(covotes) = &mut self.covotes {
            covotes.unvote(column, before, row.into_iter());
        }
    }

    /// Does once, when there is time, what makes later maps cheap. Nothing where it would take too
    /// much memory or time: then each map is computed cold.
    pub fn prepare(&mut self, work: &Work<'_>) {
        if self.covotes.is_none() {
            self.covotes = CoVotes::of(&self.matrix, work);
        }
    }

    /// Whether [`Self::prepare`] has made maps cheap.
    pub fn is_prepared(&self) -> bool {
        self.covotes.is_some()
    }

    /// Forgets which number of groups was shown: the next map shows its own. For a map that is the
    /// last, which nothing will follow that could settle it.
    pub fn settle(&mut self) {
        self.shown = ShownCount::default();
    }

    /// The map of the votes so far, with the number of groups that may be shown. Once more from the
    /// same votes, it is the same map: no number of groups wins by that.
    pub fn refresh(&mut self, params: &CheckedParams, work: &Work<'_>) -> Result<ComputedMap, Stopped> {
        let mut computed = match &self.covotes {
            Some(covotes) if params.people.count_everybody_once() => {
                self.by_covotes(covotes, params, work)?
            }
            _ => compute_with(&self.matrix, params, work)?,
        };
        let mut next = self.shown.clone();
        let (shown, settling) = next.next(&computed.stages.grouping, self.changed);
        if shown != computed.stages.grouping.chosen {
            let stages = computed.stages;
            let grouping = stages.grouping.showing(shown);
            let (counts, placed) = (stages.counts, stages.placed);
            computed = finish(
                &self.matrix,
                stages.weights,
                counts,
                stages.projection,
                placed,
                grouping,
                params,
                work,
            )?;
        }
        computed.map.k.settling = settling;
        self.shown = next;
        self.changed = false;
        Ok(computed)
    }

    fn by_covotes(
        &self,
        covotes: &CoVotes,
        params: &CheckedParams,
        work: &Work<'_>,
    ) -> Result<ComputedMap, Stopped> {
        let centring = centring(&self.matrix, None, &self.counts, work);
        let projection = self.project(covotes, centring, &params.projection, work)?;
        let (placed, grouping) = place_and_group(&self.matrix, &projection, None, None, params, work)?;
        finish(&self.matrix, None, self.counts.clone(), projection, placed, grouping, params, work)
    }

    fn project(
        &self,
        covotes: &CoVotes,
        centring: Centring,
        params: &ProjectionParams,
        work: &Work<'_>,
    ) -> Result<Projection, Stopped> {
        if centring.variance <= 0.0 {
            let none = LeadingPairs::none(centring.live.len());
            return Ok(Projection::new(centring, none));
        }
        let squares: Vec<f64> = centring
            .live
            .iter()
            .zip(&centring.means)
            .map(|(column, mean)| self.squares(*column, *mean))
            .collect();
        let covariance = covotes.covariance(&centring, &squares);
        let stop = Stop { residual: params.pca_residual, max_passes: params.pca_max_passes };
        let pairs = leading_pairs(centring.live.len(), None, stop, |block| {
            work.go_on()?;
            Ok(covariance.times(block))
        })?;
        Ok(Projection::new(centring, pairs))
    }

    /// The sum of squares of one column around its mean.
    fn squares(&self, column: usize, mean: f64) -> f64 {
        let tally = tally(&self.counts, column);
        let part = |count: u32, value: f64| f64::from(count) * (value - mean) * (value - mean);
        part(tally.agree, 1.0) + part(tally.pass, 0.0) + part(tally.disagree, -1.0)
    }
}

/// Which number of groups is shown.
#[derive(Clone, Debug, Default)]
struct ShownCount {
    k: Option<usize>,
    challenger: usize,
    wins: u32,
}

impl ShownCount {
    /// The place of the candidate to show, and the number of groups that may follow it. It wins
    /// once more when something has changed.
    fn next(&mut self, grouping: &Grouping, changed: bool) -> (Option<usize>, Option<u32>) {
        let best = grouping.k;
        let still = match self.k {
            Some(1) if best > 0 => Some(None),
            Some(k) => grouping.eligible_with(k).map(Some),
            None => None,
        };
        let Some(still) = still.filter(|_| self.k != Some(best)) else {
            *self = Self { k: (best > 0).then_some(best), ..Self::default() };
            return (grouping.chosen, None);
        };
        self.wins = if self.challenger == best { self.wins + u32::from(changed) } else { 1 };
        self.challenger = best;
        if self.wins >= WINS {
            *self = Self { k: Some(best), ..Self::default() };
            return (grouping.chosen, None);
        }
        (still, Some(best as u32))
    }
}
