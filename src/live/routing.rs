//! How far participants have come, and which statement they are shown next, without looking at
//! every statement or every own vote for each vote. PURE.
//!
//! Everything here follows from the record and the priorities of the last map; it is made anew when
//! either changes in another way than by votes.

use rustc_hash::FxHashMap;

use crate::conversation::{ConversationRecord, Participant, Statement};
use crate::domain::{ParticipantNumber, StatementNumber, Timestamp};
use crate::opinion::ProjectionParams;
use crate::opinion::findings::priority::{self, DrawRng, DrawTable};

/// A statement's weight in the draw before any map has one for it: that of a statement nobody has
/// voted on, `[2.25 · (1 + E)]²` with extremity 0 (OPINION §11), so that newcomers never starve.
const UNSEEN_PRIORITY: f64 = 5.0625;
/// The share of draws that ignores priorities, so that every statement meets everybody.
const EXPLORE: f64 = 0.2;

/// How far a participant has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    /// Own votes on statements that are shown.
    pub voted: u32,
    /// Statements that are shown.
    pub shown: u32,
    /// Somebody with this many votes of their own is certain to be on the map. Votes on statements about
    /// the person, which place nobody, are among them.
    pub placed_at: u32,
}

/// How one participant stands to the statements that are shown.
#[derive(Clone, Copy, Default)]
struct Standing {
    /// Own votes that are counted here.
    votes: usize,
    /// Those of them on statements that are shown.
    voted: u32,
    /// The weight of these statements.
    weight: f64,
}

/// What a room keeps to answer quickly.
#[derive(Default)]
pub(super) struct Routing {
    shown: DrawTable,
    standings: FxHashMap<ParticipantNumber, Standing>,
    /// Statements that are shown and can shape the map.
    live: u32,
    /// Statements that are shown and are about the person: votes on them place nobody.
    metas: Vec<StatementNumber>,
    /// Statements that are shown, and in whose place another one is asked.
    merged: Vec<StatementNumber>,
}

impl Routing {
    /// From a record and the priorities of a map, as they are at this moment.
    pub fn new(
        record: &ConversationRecord,
        priority: impl Fn(StatementNumber) -> Option<f64>,
        now: Timestamp,
    ) -> Self {
        let weigh = |number| priority(number).unwrap_or(UNSEEN_PRIORITY);
        let boost = |statement: &Statement| statement.pin.map_or(1.0, |pin| pin.boost(now));
        let shown = DrawTable::new(record.asked().map(|s| (s.number, weigh(s.number) * boost(s))));
        let metas: Vec<_> = record.asked().filter(|s| s.meta).map(|s| s.number).collect();
        let merged: Vec<_> = record.shown().filter(|s| !record.is_asked(s)).map(|s| s.number).collect();
        // Votes on all that is shown place somebody, also on what is asked no more.
        let live = u32::try_from(record.shown().filter(|s| !s.meta).count()).unwrap_or(u32::MAX);
        Self { shown, standings: FxHashMap::default(), live, metas, merged }
    }

    /// A vote of this participant was folded into the record.
    pub fn voted(
        &mut self,
        record: &ConversationRecord,
        participant: ParticipantNumber,
        statement: StatementNumber,
    ) {
        let Some(own) = record.participants.get(&participant) else { return };
        let shown = &self.shown;
        let standing = self.standings.entry(participant).or_insert_with(|| Standing::of(shown, own));
        if own.votes.len() == standing.votes + 1 {
            standing.votes += 1;
            standing.count(shown, statement);
        } else if own.votes.len() != standing.votes {
            *standing = Standing::of(shown, own);
        }
    }

    fn standing(&self, record: &ConversationRecord, participant: Option<ParticipantNumber>) -> Standing {
        let Some(participant) = participant else { return Standing::default() };
        let Some(own) = record.participants.get(&participant) else { return Standing::default() };
        let known = self.standings.get(&participant).filter(|known| known.votes == own.votes.len());
        known.copied().unwrap_or_else(|| Standing::of(&self.shown, own))
    }

    /// With which probability the draw would offer a statement to somebody now, in millionths.
    pub fn offered_ppm(
        &self,
        record: &ConversationRecord,
        participant: ParticipantNumber,
        statement: StatementNumber,
    ) -> Option<u32> {
        let standing = self.standing(record, Some(participant));
        let left = self.shown.len().saturating_sub(standing.voted);
        let weight = self.shown.weight(statement)?;
        let probability =
            priority::offer_probability(weight, self.shown.total() - standing.weight, left, EXPLORE)?;
        Some((probability * 1e6).round() as u32)
    }

    /// How far a participant has come.
    pub fn progress(&self, record: &ConversationRecord, participant: Option<ParticipantNumber>) -> Progress {
        let own = participant.and_then(|participant| record.participants.get(&participant));
        let on = |own: &Participant, some: &[StatementNumber]| {
            let voted = some.iter().filter(|s| own.votes.on(**s).is_some()).count();
            u32::try_from(voted).unwrap_or(u32::MAX)
        };
        let on_metas = own.map_or(0, |own| on(own, &self.metas));
        // Whoever voted on it has voted on it, though nobody else is asked.
        let on_merged = own.map_or(0, |own| on(own, &self.merged));
        Progress {
            voted: self.standing(record, participant).voted + on_merged,
            shown: self.shown.len() + on_merged,
            placed_at: ProjectionParams::default().placement_votes.min(self.live.max(1)) + on_metas,
        }
    }

    /// The next statement for a participant (or for somebody who has not joined), drawn by
    /// priority; never one they voted on, nor one of `skip`.
    pub fn next_statement(
        &self,
        record: &ConversationRecord,
        participant: Option<ParticipantNumber>,
        skip: &[StatementNumber],
        rng: DrawRng,
    ) -> Option<StatementNumber> {
        let own = participant.and_then(|participant| record.participants.get(&participant));
        if self.standing(record, participant).voted >= self.shown.len() {
            return None;
        }
        let is_new = |number| own.is_none_or(|own| own.votes.on(number).is_none());
        self.shown.draw(EXPLORE, rng, |number| is_new(number) && !skip.contains(&number))
    }
}

impl Standing {
    fn of(shown: &DrawTable, own: &Participant) -> Self {
        let mut standing = Self { votes: own.votes.len(), ..Self::default() };
        own.votes.iter().for_each(|vote| standing.count(shown, vote.statement));
        standing
    }

    fn count(&mut self, shown: &DrawTable, statement: StatementNumber) {
        if let Some(weight) = shown.weight(statement) {
            self.voted += 1;
            self.weight += weight;
        }
    }
}
