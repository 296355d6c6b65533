//! What agendas are made of, for those who wait for it: to draft one, or to see whom one leaves out.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;

use super::map_params::map_params;
use super::message::Wanted;
use super::published::PublishedMap;
use crate::assembly::{Bench, Likeness};
use crate::disclosure::tell_as_results_do;
use crate::domain::{ModerationRule, Proposal, Seq, StatementNumber};
use crate::opinion::{self, OpinionMap, StatementInput, VoteMatrix, Votes, Work};
use crate::similar::{NEARLY_THE_SAME, SimilarIndex};

/// Those of one conversation that may wait.
pub(super) const MOST_WAITING: usize = 4;
/// Statements that are looked at as saying nearly the same as one.
const MOST_ALIKE: usize = 12;
/// For so long a bench is looked at though there is a newer map.
const FRESH: Duration = Duration::from_secs(120);

/// A bench that somebody waits for.
pub(super) struct DraftRequest {
    pub wants: Wanted,
    /// Votes up to this position in the log were there when it was asked for.
    pub votes_seq: Seq,
    /// Set when nobody waits for it any more.
    pub stop: Arc<AtomicBool>,
}

/// A bench, and the draft that was asked for.
pub(super) struct MadeBench {
    pub bench: Bench,
    pub proposal: Option<Proposal>,
}

/// The bench that was made last, and when.
pub(super) struct KeptBench {
    pub bench: Arc<Bench>,
    pub made: Instant,
}

impl KeptBench {
    /// Whether it can be looked at: it is of the map that is shown, or was made a moment ago. Where votes come in all the time,
    /// making one for each of an organiser's clicks would be work for nothing.
    pub fn is_fresh(&self, shown: Seq, now: Instant) -> bool {
        self.bench.map_version == shown || now.saturating_duration_since(self.made) < FRESH
    }
}

/// Drafts that are waited for: the first is computed, or is the next to be.
#[derive(Default)]
pub(super) struct DraftQueue(pub VecDeque<DraftRequest>);

impl Drop for DraftQueue {
    /// The room has ended.
    fn drop(&mut self) {
        self.0.iter().for_each(|wanted| wanted.stop.store(true, Ordering::Relaxed));
    }
}

impl DraftOrder {
    /// The map that is shown, with the votes that its tables count and what moderators said since.
    fn shown_map(&self, shown: &PublishedMap) -> OpinionMap {
        let mut map = shown.withheld.counted_map(&shown.map);
        for statement in &mut map.statements {
            if let Some(newer) = self.newer.iter().rev().find(|newer| newer.number == statement.id) {
                (statement.moderation, statement.meta) = (newer.moderation, newer.meta);
            }
        }
        map
    }
}

impl DraftQueue {
    /// The position in the log up to which the first draft wants votes; `None` where nobody waits.
    pub fn first_wants(&self) -> Option<Seq> {
        self.0.front().map(|wanted| wanted.votes_seq)
    }

    /// Lets go of drafts that nobody waits for any more, but for the first where it is being computed.
    pub fn forget_deserted(&mut self, is_computing: bool) {
        let mut is_computed = is_computing;
        self.0.retain(|waiting| std::mem::take(&mut is_computed) || !waiting.wants.is_deserted());
    }

    /// Returns when nobody waits any more for the draft that is first; it is told to stop.
    pub async fn deserted(&mut self) {
        match self.0.front_mut().filter(|wanted| !wanted.stop.load(Ordering::Relaxed)) {
            Some(wanted) => {
                wanted.wants.deserted().await;
                wanted.stop.store(true, Ordering::Relaxed);
            }
            None => std::future::pending().await,
        }
    }
}

/// What a draft is computed from, beside the votes.
pub(super) struct DraftOrder {
    pub places: u32,
    pub moderation: ModerationRule,
    pub newer: Vec<StatementInput>,
    /// Whether votes show in batches: then an agenda has the groups of the page, or two divisions of the same
    /// votes would tell more than one.
    pub in_batches: bool,
    /// The words of statements that people see, to find those that say nearly the same.
    pub words: Vec<(StatementNumber, Arc<str>)>,
    /// What organisers said belongs together, and what does not.
    pub together: Vec<Vec<StatementNumber>>,
    pub apart: Vec<[StatementNumber; 2]>,
    pub stop: Arc<AtomicBool>,
}

impl DraftOrder {
    /// Makes a bench, and a draft where one is asked for, from the votes of the map that is shown, as its tables count them. Where votes show at once,
    /// the groups are computed cold, with the letters that people see: then they follow from the log. `None`
    /// when it was told to stop.
    pub fn run(
        &self,
        votes: &VoteMatrix,
        shown: &PublishedMap,
        late: &(dyn Fn() -> bool + Sync),
    ) -> Option<MadeBench> {
        let bench = self.bench(votes, shown, late)?;
        let stop = || late() || self.stop.load(Ordering::Relaxed);
        let proposal = (self.places > 0).then(|| bench.propose_until(&stop));
        Some(MadeBench { bench, proposal })
    }

    fn bench(
        &self,
        votes: &VoteMatrix,
        shown: &PublishedMap,
        late: &(dyn Fn() -> bool + Sync),
    ) -> Option<Bench> {
        let mut votes = votes.clone();
        // A statement that was rejected a moment ago is no candidate.
        for statement in &self.newer {
            votes.set_statement(*statement);
        }
        // It counts the votes that tables count.
        for (statement, participant, before) in shown.withheld.counted_instead() {
            match before {
                Some(choice) => drop(votes.set(participant, statement, choice)),
                None => drop(votes.unset(participant, statement)),
            }
        }
        let mut index = SimilarIndex::default();
        index.hold(self.words.iter().map(|(number, text)| (*number, &**text)));
        let words: FxHashMap<StatementNumber, &str> =
            self.words.iter().map(|(number, text)| (*number, &**text)).collect();
        let by_words = |number: StatementNumber| {
            let text = words.get(&number).copied().unwrap_or_default();
            let near = index.nearest(text, MOST_ALIKE, NEARLY_THE_SAME).into_iter();
            near.map(|similar| similar.number).filter(|other| *other != number).collect()
        };
        let (together, apart) = (self.together.clone(), self.apart.clone());
        let likeness = Likeness { by_words: &by_words, together, apart };
        let bench = |votes: &VoteMatrix, map: &OpinionMap| {
            let votes = Votes::of_matrix(votes);
            Bench::new(&votes, map, shown.version, self.moderation, self.places, &likeness)
        };
        if self.in_batches && shown.shows_groups() {
            return Some(bench(&votes, &self.shown_map(shown)));
        }
        let params = map_params(&shown.settings);
        // Where pages show no groups, an agenda can't rest on them: everybody placed counts together.
        let params = if shown.shows_groups() { params } else { params.without_groups() };
        let stop = || late() || self.stop.load(Ordering::Relaxed);
        let work = Work { threads: 1, stop: &stop };
        let map = opinion::compute_with(&votes, &params, &work).ok()?.map.continued_from(&shown.map);
        let mut bench = bench(&votes, &map);
        tell_as_results_do(bench.backed_mut(), &shown.map, &shown.withheld, shown.settings.privacy_min);
        Some(bench)
    }
}
