//! What a room decides together and writes with one commit: neighbouring votes and joins, or one rare act
//! by itself. PURE: the room's task, and the simulation in its place, bring time, randomness and the disk.

use crate::conversation::{
    Act, Actor, Decided, DecisionInputs, Effects, Event, EventBody, FoldError, NewEvent, PendingEvents,
};
use crate::domain::{ParticipantNumber, Rejection, Seq, TokenHash};

use super::room_state::RoomState;

/// Something asked of a room.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who asks.
    pub actor: Actor,
    /// What for.
    pub act: Act,
}

/// Acts that were decided one after another and are not on disk yet, with those who wait for them.
pub struct Turn<R> {
    pending: PendingEvents<EventBody>,
    waiting: Vec<(R, Decided)>,
    /// Whether it holds an act that must be on disk before anything else is decided.
    is_closed: bool,
}

/// What a turn says of a request.
pub enum TurnAnswer<R> {
    /// It is answered with the turn's others, when they are on disk.
    Waits,
    /// The rules say no. Nothing of it is written.
    Refused(R, Rejection),
    /// What is here must be on disk first.
    Full(Request, R),
}

/// What is to be written, all of it or nothing.
pub struct Batch {
    /// The events, in order.
    pub events: Vec<NewEvent>,
    /// Tokens admitted with them, in the order of their participants.
    pub admitted: Vec<(TokenHash, ParticipantNumber)>,
    /// Commitments whose words go away with them.
    pub forgotten: Vec<String>,
    /// What stays for everybody to read of a conversation that is deleted with them, as JSON.
    pub kept: Option<String>,
    /// What is published with them, each under its name.
    pub documents: Vec<(String, String)>,
}

/// A turn whose batch was handed to the store: who is told what came of it.
pub struct HandedTurn<R> {
    waiting: Vec<(R, Decided)>,
    admitted: Vec<(TokenHash, ParticipantNumber)>,
    after: Seq,
}

/// Those who are told that their act is on disk.
pub struct StoredTurn<R> {
    /// Each of them, and what their act came to.
    pub answers: Vec<(R, Decided)>,
    /// The position in the log before the turn.
    pub after: Seq,
    /// What follows for others.
    pub effects: Effects,
}

impl<R> Default for Turn<R> {
    fn default() -> Self {
        Self { pending: PendingEvents::default(), waiting: Vec::new(), is_closed: false }
    }
}

impl<R> Turn<R> {
    /// Decides a request behind those that the turn holds.
    pub fn take(
        &mut self,
        state: &RoomState,
        request: Request,
        reply: R,
        salt: &mut dyn FnMut() -> [u8; 16],
    ) -> TurnAnswer<R> {
        let is_empty = self.pending.events.is_empty();
        let shares = request.act.shares_commit();
        if self.is_closed || !(shares || is_empty) {
            return TurnAnswer::Full(request, reply);
        }
        let offered = |participant, statement| state.offered_ppm(participant, statement);
        let mut given = DecisionInputs { salt, offered: &offered };
        match state.desk.decide(&request.actor, &request.act, &mut self.pending, &mut given) {
            Ok(decided) => {
                self.is_closed = !shares && !self.pending.events.is_empty();
                self.waiting.push((reply, decided));
                TurnAnswer::Waits
            }
            Err(rejection) => TurnAnswer::Refused(reply, rejection),
        }
    }

    /// What is to be written so far, and what the last act came to.
    #[cfg(test)]
    pub(super) fn so_far(&self) -> (&[NewEvent], Option<Decided>) {
        (&self.pending.events, self.waiting.last().map(|(_, decided)| *decided))
    }

    /// Whether nobody waits for it.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Parts what is to be written from those who wait for it.
    pub fn hand_over(self, state: &RoomState) -> (Batch, HandedTurn<R>) {
        let PendingEvents { events, admitted, forgotten, kept, documents, .. } = self.pending;
        let mut admitted: Vec<_> = admitted.into_iter().collect();
        admitted.sort_unstable_by_key(|(_, participant)| *participant);
        let after = state.desk.record.seq;
        let handed = HandedTurn { waiting: self.waiting, admitted: admitted.clone(), after };
        (Batch { events, admitted, forgotten, kept, documents }, handed)
    }
}

impl<R> HandedTurn<R> {
    /// Who waits, for a test that answers too early.
    #[cfg(test)]
    pub(super) fn take_waiting(&mut self) -> Vec<(R, Decided)> {
        std::mem::take(&mut self.waiting)
    }

    /// The batch is on disk as these events: folds them, and says who is told and what follows.
    pub fn stored(self, state: &mut RoomState, events: Vec<Event>) -> Result<StoredTurn<R>, FoldError> {
        let effects = state.apply(events, self.admitted)?;
        Ok(StoredTurn { answers: self.waiting, after: self.after, effects })
    }

    /// Nothing of it was written, and nothing changed: who is to be told.
    pub fn lost(self) -> impl Iterator<Item = R> {
        self.waiting.into_iter().map(|(reply, _)| reply)
    }
}
