//! Drafting an agenda: computed like a map, from the votes of the map that is shown, so that it counts no
//! vote that no page shows yet.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::drafts::{DraftOrder, DraftRequest, MOST_WAITING};
use super::due::{Computation, IdleWork};
use super::message::Reply;
use super::room::{Room, RoomEnd};
use super::turn::{Request, Turn, TurnAnswer};
use super::{RoomError, Saved};
use crate::clock::random_bytes;
use crate::conversation::{Actor, AgendaAct};
use crate::domain::Agenda;

impl Room {
    /// Takes a draft's place in the queue.
    pub(super) fn want_draft(&mut self, by: Actor, places: u32, reply: Reply<Saved>) {
        self.forget_deserted_drafts();
        let votes_seq = self.state.desk.record.votes_seq;
        if self.drafts.0.len() < MOST_WAITING {
            self.drafts.0.push_back(DraftRequest { by, places, reply, votes_seq, stop: Arc::default() });
        } else {
            let _ = reply.send(Err(RoomError::Busy));
        }
    }

    /// Lets go of drafts that nobody waits for any more.
    pub(super) fn forget_deserted_drafts(&mut self) {
        let is_computing = self.computing.as_ref().is_some_and(|computing| computing.what == IdleWork::Draft);
        self.drafts.forget_deserted(is_computing);
    }

    pub(super) fn start_drafting(&mut self) {
        let Some(wanted) = self.drafts.0.front() else { return };
        let order = DraftOrder {
            places: wanted.places,
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

    /// An agenda is drafted, or could not be in time: whoever asked is told when it is on disk.
    pub(super) async fn drafted(&mut self, agenda: Option<Box<Agenda>>) -> Result<(), RoomEnd> {
        let Some(DraftRequest { by, reply, .. }) = self.drafts.0.pop_front() else { return Ok(()) };
        let Some(agenda) = agenda else {
            let _ = reply.send(Err(RoomError::Busy));
            return Ok(());
        };
        let request = Request { actor: by, act: AgendaAct::Draft(agenda).into() };
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
