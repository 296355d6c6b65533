//! What a room knows: the desk where it decides, the last map, and the way to the next statement. PURE:
//! randomness comes in as an argument. Only [`RoomState::apply`] and a new map change it.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::conversation::{ConversationRecord, Desk, Effects, Event, FoldError, MapChange};
use crate::domain::{ParticipantNumber, StatementNumber, Timestamp, TokenHash};
use crate::opinion::findings::priority::DrawRng;
use crate::opinion::{self, OpinionMap};

use super::PublishedMap;
use super::routing::{Progress, Routing};

/// A statement as it is shown to somebody who may vote on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShownStatement {
    /// Its number.
    pub number: StatementNumber,
    /// Its words.
    pub text: String,
    /// From the organiser.
    pub seed: bool,
    /// Worded by a moderator.
    pub worded: bool,
}

/// Everything a room knows.
pub struct RoomState {
    /// The fold of the log, and what decisions rest on.
    pub desk: Desk,
    /// The last map, and the position in the log that it covers.
    pub map: Arc<PublishedMap>,
    routing: Routing,
    /// The moment of the latest event that was folded here; before the first, pins are as if they had faded.
    latest: Timestamp,
}

impl RoomState {
    /// A room's state after its log was folded.
    pub fn new(
        record: ConversationRecord,
        tokens: HashMap<TokenHash, ParticipantNumber>,
        map: Arc<PublishedMap>,
    ) -> Self {
        let desk = Desk::new(record, tokens);
        let (routing, latest) = (Routing::default(), Timestamp(i64::MAX));
        let mut state = Self { desk, map: Arc::clone(&map), routing, latest };
        state.set_map(map);
        state
    }

    /// Keeps a new map.
    pub fn set_map(&mut self, published: Arc<PublishedMap>) {
        self.map = published;
        self.route_anew();
    }

    fn route_anew(&mut self) {
        let map: &OpinionMap = &self.map.map;
        let priorities: FxHashMap<_, _> = map.statements.iter().map(|s| (s.id, s.priority)).collect();
        let priority = |number| priorities.get(&number).copied();
        self.routing = Routing::new(&self.desk.record, priority, self.latest);
    }

    /// How far a participant has come.
    pub fn progress(&self, participant: Option<ParticipantNumber>) -> Progress {
        let participant = self.still_here(participant);
        self.routing.progress(&self.desk.record, participant)
    }

    /// The same, unless they were erased: a page that was open then is that of nobody.
    fn still_here(&self, participant: Option<ParticipantNumber>) -> Option<ParticipantNumber> {
        let own = self.desk.record.participants.get(&participant?);
        participant.filter(|_| own.is_none_or(|own| !own.is_erased()))
    }

    /// With which probability the draw would offer a statement to somebody now, in millionths.
    pub(super) fn offered_ppm(
        &self,
        participant: ParticipantNumber,
        statement: StatementNumber,
    ) -> Option<u32> {
        self.routing.offered_ppm(&self.desk.record, participant, statement)
    }

    /// A statement that is shown, by number.
    pub fn shown(&self, number: StatementNumber) -> Option<ShownStatement> {
        let record = &self.desk.record;
        let statement = record.statements.get(&number).filter(|s| record.is_shown(s))?;
        let (seed, worded) = (statement.seed, statement.is_worded_by_moderator());
        Some(ShownStatement { number, text: statement.text.text().to_owned(), seed, worded })
    }

    /// The next statement for a participant (or for somebody who has not joined), drawn by
    /// priority; never one they voted on, nor one of `skip`.
    pub fn next_shown(
        &self,
        participant: Option<ParticipantNumber>,
        skip: &[StatementNumber],
        rng: DrawRng,
    ) -> Option<ShownStatement> {
        let participant = self.still_here(participant);
        let next = self.routing.next_statement(&self.desk.record, participant, skip, rng)?;
        self.shown(next)
    }

    /// The votes as the opinion core takes them.
    pub fn votes(&self) -> opinion::Votes {
        opinion::Votes::of_record(&self.desk.record)
    }

    /// Folds events that are on disk, and tokens admitted with them; what follows for others.
    pub fn apply(
        &mut self,
        events: Vec<Event>,
        admitted: impl IntoIterator<Item = (TokenHash, ParticipantNumber)>,
    ) -> Result<Effects, FoldError> {
        self.latest = events.last().map_or(self.latest, |event| event.at);
        let effects = self.desk.apply(events, admitted)?;
        if effects.statements {
            self.route_anew();
            return Ok(effects);
        }
        for change in &effects.map {
            if let MapChange::Vote(participant, statement, _) = *change {
                self.routing.voted(&self.desk.record, participant, statement);
            }
        }
        Ok(effects)
    }
}
