//! Drafting an agenda: computed like a map, from the votes of the map that is shown, so that it counts no
//! vote that no page shows yet.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::RoomError;
use super::Saved;
use super::drafts::{DraftOrder, DraftRequest, KeptBench, MOST_WAITING, MadeBench};
use super::due::{Computation, IdleWork};
use super::message::{Reply, Wanted};
use super::room::{Room, RoomEnd};
use super::turn::{Request, Turn, TurnAnswer};
use crate::clock::random_bytes;
use crate::conversation::AgendaAct;
use crate::domain::{Agenda, StatementNumber};

impl Room {
    /// Takes a place in the queue for what an agenda is made of.
    pub(super) fn want_bench(&mut self, wants: Wanted) {
        let (shown, now) = (self.state.map.version, self.clock.instant());
        let fresh = self.bench.as_ref().filter(|kept| kept.is_fresh(shown, now));
        let wants = match (wants, fresh) {
            (Wanted::Look(reply), Some(kept)) => return drop(reply.send(Ok(Arc::clone(&kept.bench)))),
            (wants, _) => wants,
        };
        self.forget_deserted_drafts();
        let votes_seq = self.state.desk.record.votes_seq;
        if self.drafts.0.len() < MOST_WAITING {
            self.drafts.0.push_back(DraftRequest { wants, votes_seq, stop: Arc::default() });
        } else {
            refuse(wants);
        }
    }

    /// Lets go of drafts that nobody waits for any more.
    pub(super) fn forget_deserted_drafts(&mut self) {
        let is_computing = self.computing.as_ref().is_some_and(|computing| computing.what == IdleWork::Draft);
        self.drafts.forget_deserted(is_computing);
    }

    pub(super) fn start_drafting(&mut self) {
        let Some(wanted) = self.drafts.0.front() else { return };
        let record = &self.state.desk.record;
        let agenda = record.agenda.draft.as_ref().map(|draft| &draft.agenda);
        // Only a draft asks what is alike.
        let is_draft = wanted.wants.places() > 0;
        let shown = record.shown().filter(|_| is_draft);
        let order = DraftOrder {
            words: shown.map(|statement| (statement.number, statement.text.shared())).collect(),
            together: all_together(agenda.map(Agenda::together).unwrap_or_default(), record.merged()),
            apart: agenda.map(|agenda| agenda.apart.clone()).unwrap_or_default(),
            places: wanted.wants.places(),
            moderation: self.state.desk.record.conversation.settings.moderation,
            newer: self.mapping.newer_statements(),
            in_batches: self.shows_in_batches(),
            stop: Arc::clone(&wanted.stop),
        };
        let shown = self.state.map.under_the_rules_of(&self.state.desk.record);
        if let Some(task) = self.mapping.task_for_draft(shown, order) {
            let people = FxHashSet::default();
            self.computing = Some(Computation { map: task.start(), people, what: IdleWork::Draft });
        }
    }

    /// A bench is there, or could not be in time. Whoever asked for a draft is told when it is on disk.
    pub(super) async fn made_bench(&mut self, made: Option<Box<MadeBench>>) -> Result<(), RoomEnd> {
        let Some(DraftRequest { wants, .. }) = self.drafts.0.pop_front() else { return Ok(()) };
        let Some(MadeBench { bench, proposal }) = made.map(|made| *made) else {
            // What passes a threshold is looked for again with the next map or change of the pages.
            self.looked_at = None;
            refuse(wants);
            return Ok(());
        };
        let bench = Arc::new(bench);
        self.bench = Some(KeptBench { bench: Arc::clone(&bench), made: self.clock.instant() });
        match wants {
            Wanted::Look(reply) => {
                let _ = reply.send(Ok(bench));
                Ok(())
            }
            Wanted::Draft { by, stays, reply, .. } => {
                let proposal = Box::new(proposal.unwrap_or_else(|| bench.propose()));
                let act = match stays {
                    Some(rule) => AgendaAct::Freeze { proposal, rule },
                    None => AgendaAct::Draft(proposal),
                };
                self.do_now(Request { actor: by, act: act.into() }, reply).await
            }
            Wanted::Threshold => self.add_what_passed(&bench).await,
        }
    }

    /// Does one act before anything else.
    pub(super) async fn do_now(&mut self, request: Request, reply: Reply<Saved>) -> Result<(), RoomEnd> {
        let mut turn = Turn::default();
        match turn.take(&self.state, request, reply, &mut random_bytes) {
            TurnAnswer::Waits => self.commit(turn).await,
            TurnAnswer::Refused(reply, rejection) => {
                let _ = reply.send(Err(rejection.into()));
                Ok(())
            }
            // The turn is empty, so it can't be.
            TurnAnswer::Full(..) => Err(RoomEnd::Astray),
        }
    }
}

/// Sets of statements that belong together, whoever says so: sets that have one in common are one.
fn all_together(
    mut sets: Vec<Vec<StatementNumber>>,
    more: Vec<Vec<StatementNumber>>,
) -> Vec<Vec<StatementNumber>> {
    for set in more {
        let (touching, rest) = sets.into_iter().partition(|one: &Vec<_>| one.iter().any(|n| set.contains(n)));
        sets = rest;
        let mut whole: Vec<StatementNumber> = set;
        for number in touching.into_iter().flatten() {
            if !whole.contains(&number) {
                whole.push(number);
            }
        }
        sets.push(whole);
    }
    sets
}

fn refuse(wants: Wanted) {
    match wants {
        Wanted::Draft { reply, .. } => drop(reply.send(Err(RoomError::Busy))),
        Wanted::Look(reply) => drop(reply.send(Err(RoomError::Busy))),
        // The next map asks again.
        Wanted::Threshold => {}
    }
}
