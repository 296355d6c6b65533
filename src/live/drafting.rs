//! Drafting an agenda: computed like a map, from the votes of the map that is shown, so that it counts no
//! vote that no page shows yet.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashSet;

use super::command::Reply;
use super::due::{Computing, Due};
use super::room::{Ended, Room};
use super::turn::{Request, Taken, Turn};
use super::{Published, RoomError, Saved};
use crate::assembly;
use crate::clock::random_bytes;
use crate::conversation::{Actor, AgendaAct};
use crate::domain::{Agenda, ModerationRule};
use crate::opinion::{self, Params, StatementInput, VoteMatrix, Votes, Work};

/// Drafts of one conversation that may wait.
const MOST_WAITING: usize = 4;

/// A draft that somebody waits for.
pub(super) struct Wanted {
    by: Actor,
    places: u32,
    reply: Reply<Saved>,
    /// Set when nobody waits for it any more.
    stop: Arc<AtomicBool>,
}

/// Drafts that are waited for: the first is computed, or is the next to be.
#[derive(Default)]
pub(super) struct Drafts(VecDeque<Wanted>);

impl Drop for Drafts {
    /// The room has ended.
    fn drop(&mut self) {
        self.0.iter().for_each(|wanted| wanted.stop.store(true, Ordering::Relaxed));
    }
}

/// What a draft is computed from, beside the votes.
pub(super) struct DraftOrder {
    places: u32,
    moderation: ModerationRule,
    newer: Vec<StatementInput>,
    stop: Arc<AtomicBool>,
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

impl Room {
    /// Takes a draft's place in the queue.
    pub(super) fn want_draft(&mut self, by: Actor, places: u32, reply: Reply<Saved>) {
        if self.drafts.0.len() < MOST_WAITING {
            self.drafts.0.push_back(Wanted { by, places, reply, stop: Arc::default() });
        } else {
            let _ = reply.send(Err(RoomError::Busy));
        }
    }

    pub(super) fn start_drafting(&mut self) {
        let Some(wanted) = self.drafts.0.front() else { return };
        let order = DraftOrder {
            places: wanted.places,
            moderation: self.state.desk.record.conversation.settings.moderation,
            newer: self.mapping.newer_statements(),
            stop: Arc::clone(&wanted.stop),
        };
        let shown = self.state.map.under_the_rules_of(&self.state.desk.record);
        if let Some(task) = self.mapping.task_for_draft(shown, order) {
            let people = FxHashSet::default();
            self.computing = Some(Computing { map: task.start(), people, what: Due::Draft });
        }
    }

    /// An agenda is drafted, or could not be in time: whoever asked is told when it is on disk.
    pub(super) async fn drafted(&mut self, agenda: Option<Box<Agenda>>) -> Result<(), Ended> {
        let Some(Wanted { by, reply, .. }) = self.drafts.0.pop_front() else { return Ok(()) };
        let Some(agenda) = agenda else {
            let _ = reply.send(Err(RoomError::Busy));
            return Ok(());
        };
        let request = Request { actor: by, act: AgendaAct::Draft(agenda).into() };
        let mut turn = Turn::default();
        match turn.take(&self.state, request, reply, &mut random_bytes) {
            Taken::Waits => self.commit(turn).await,
            Taken::Refused(reply, rejection) => {
                let _ = reply.send(Err(rejection.into()));
                Ok(())
            }
            // The turn is empty, so it can't be.
            Taken::Full(..) => Err(Ended::Astray),
        }
    }
}
