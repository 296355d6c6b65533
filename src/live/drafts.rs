//! Agendas that are waited for, and what each is drafted from.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Saved;
use super::command::Reply;
use super::published::Published;
use crate::assembly;
use crate::conversation::Actor;
use crate::domain::{Agenda, ModerationRule};
use crate::opinion::{self, Params, StatementInput, VoteMatrix, Votes, Work};

/// Drafts of one conversation that may wait.
pub(super) const MOST_WAITING: usize = 4;

/// A draft that somebody waits for.
pub(super) struct Wanted {
    pub by: Actor,
    pub places: u32,
    pub reply: Reply<Saved>,
    /// Set when nobody waits for it any more.
    pub stop: Arc<AtomicBool>,
}

/// Drafts that are waited for: the first is computed, or is the next to be.
#[derive(Default)]
pub(super) struct Drafts(pub VecDeque<Wanted>);

impl Drop for Drafts {
    /// The room has ended.
    fn drop(&mut self) {
        self.0.iter().for_each(|wanted| wanted.stop.store(true, Ordering::Relaxed));
    }
}

impl Drafts {
    /// Whether somebody waits.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns when nobody waits any more for the draft that is first; it is told to stop.
    pub async fn deserted(&mut self) {
        match self.0.front_mut().filter(|wanted| !wanted.stop.load(Ordering::Relaxed)) {
            Some(wanted) => {
                wanted.reply.closed().await;
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
    pub stop: Arc<AtomicBool>,
}

impl DraftOrder {
    /// Drafts from the votes of the map that is shown. Computed cold; only the letters are those that
    /// people see. `None` when it was told to stop.
    pub fn run(
        &self,
        votes: &VoteMatrix,
        shown: &Published,
        late: &(dyn Fn() -> bool + Sync),
    ) -> Option<Agenda> {
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
        let mut params = Params::default();
        if !shown.shows_groups() {
            // Where pages show no groups, an agenda can't rest on them: nothing is large enough to be one,
            // and everybody placed counts together.
            params.group_min = u32::MAX;
        }
        let stop = || late() || self.stop.load(Ordering::Relaxed);
        let work = Work { threads: 1, stop: &stop };
        let map = opinion::compute_with(&votes, &params, &work).ok()?.map.continued_from(&shown.map);
        Some(assembly::draft(&Votes::of_matrix(&votes), &map, shown.version, self.moderation, self.places))
    }
}
