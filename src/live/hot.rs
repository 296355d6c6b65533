//! Votes and joins of one round: decided one after the other, committed together.

use crate::domain::{EventBody, ParticipantNumber, TokenHash};

use super::command::{CastVote, Reply};
use super::room_state::{RoomState, Undecided};
use super::{Joined, Voted};

/// Votes and joins of one round, decided and not yet on disk, with who waits for them.
#[derive(Default)]
pub(super) struct Hot {
    pub batch: Undecided,
    pub joined: Vec<(ParticipantNumber, Reply<Joined>)>,
    pub voted: Vec<(ParticipantNumber, Reply<Voted>)>,
}

impl Hot {
    pub fn join(&mut self, state: &RoomState, token: TokenHash, reply: Reply<Joined>) {
        self.joined.push((state.decide_join(token, &mut self.batch), reply));
    }

    pub fn vote(&mut self, state: &RoomState, vote: CastVote) {
        let CastVote { identity, statement, choice, op, reply } = vote;
        match state.decide_vote_of(identity, statement, choice, op.as_ref(), &mut self.batch) {
            Ok(participant) => self.voted.push((participant, reply)),
            Err(rejection) => {
                let _ = reply.send(Err(rejection.into()));
            }
        }
    }

    /// Who voted. However much somebody changes, they are one.
    pub fn voters(&self) -> Vec<ParticipantNumber> {
        let voter = |body: &EventBody| match body {
            EventBody::VoteCast { participant, .. } => Some(*participant),
            _ => None,
        };
        self.batch.bodies.iter().filter_map(voter).collect()
    }
}
