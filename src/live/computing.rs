//! When a room has a map computed, and what it does with one that is there or is late.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rustc_hash::FxHashSet;

use crate::conversation::ConversationState;
use crate::domain::ParticipantNumber;
use crate::opinion::VoteMatrix;

use super::PublishedMap;
use super::due::{Computation, IdleWork};
use super::map_task::MapOutcome;
use super::recompute;
use super::room::{Room, RoomEnd};

/// A map that is due within this time is waited for.
const SOON: Duration = Duration::from_secs(1);
/// A number of groups that has not won often enough is shown all the same when no vote has come for this
/// long: nobody may come who would settle it.
const SETTLED_AFTER: Duration = Duration::from_secs(2);

impl Room {
    pub(super) fn due(&self) -> Option<(Instant, IdleWork)> {
        if self.computing.is_some() {
            return None;
        }
        let immediate = !self.shows_in_batches();
        let map = self.stale.due(&self.pace, immediate).map(|due| (self.opened + due, IdleWork::Map));
        // A first map that is on its way is waited for: from an empty one there is nothing to draft.
        let is_first = map.is_some() && self.state.map.map.statements.is_empty();
        if let Some(votes) = self.drafts.first_wants()
            && self.mapping.can_settle()
            // Where votes show at once, those that were there when it was asked for are on a map first.
            && (!immediate && !is_first || self.state.map.version >= votes)
        {
            return Some((self.clock.instant(), IdleWork::Draft));
        }
        let earliest = self.opened + self.stale.earliest(&self.pace);
        let validation = self.mapping.validation_due(&self.state.map);
        let validation = validation.map(|due| due.max(earliest));
        let settling = self.state.map.map.k.settling.filter(|_| self.mapping.can_settle());
        let settling = settling.map(|_| {
            (earliest.max(self.opened + self.stale.last_change() + SETTLED_AFTER), IdleWork::Settling)
        });
        match (map.or(settling), validation) {
            // The map that is soon due brings its own.
            (Some((due, what)), Some(validation)) if due < validation + SOON => Some((due, what)),
            (_, Some(validation)) => Some((validation, IdleWork::Validation)),
            (map, None) => map,
        }
    }

    /// Whether votes show in batches. When they are taken no more, none can be read off the difference of
    /// two maps.
    pub(super) fn shows_in_batches(&self) -> bool {
        let conversation = &self.state.desk.record.conversation;
        let is_over = conversation.state != ConversationState::Open;
        !is_over && !recompute::is_immediate(&conversation.settings, self.state.map.map.counts.placed)
    }

    pub(super) fn start_computing(&mut self) {
        if self.computing.is_some() {
            self.compute_again = true;
            return;
        }
        self.stale.started();
        // What the map covers is fixed now; the map itself takes the last one's place when ready.
        let last = Arc::clone(&self.state.map.map);
        let covers = PublishedMap::new(&self.state.desk.record, last, self.clock.now());
        let covers = PublishedMap { oddities: Arc::clone(&self.state.map.oddities), ..covers };
        let state = &self.state;
        let in_batches = self.shows_in_batches();
        let task = self.mapping.task(covers, in_batches, || VoteMatrix::of_record(&state.desk.record));
        let people = std::mem::take(&mut self.changed);
        self.computing = Some(Computation { map: task.start(), people, what: IdleWork::Map });
    }

    /// The map that is shown, once more, with the number of groups that has been waiting to be shown.
    /// Votes that wait for others are not on it.
    pub(super) fn start_settling(&mut self) {
        let shown = self.state.map.under_the_rules_of(&self.state.desk.record);
        if let Some(task) = self.mapping.task_for_settling(shown) {
            let people = FxHashSet::default();
            self.computing = Some(Computation { map: task.start(), people, what: IdleWork::Settling });
        }
    }

    pub(super) fn start_validation(&mut self) {
        let shown = self.state.map.under_the_rules_of(&self.state.desk.record);
        if let Some(task) = self.mapping.task_for_validation(shown) {
            let people = FxHashSet::default();
            self.computing = Some(Computation { map: task.start(), people, what: IdleWork::Validation });
        }
    }

    /// Does what follows when a computation has ended.
    pub(super) async fn computed(&mut self, mut mapped: Option<MapOutcome>) -> Result<(), RoomEnd> {
        let Some(Computation { people, what, .. }) = self.computing.take() else { return Ok(()) };
        let bench = mapped.as_mut().and_then(|mapped| mapped.bench.take());
        self.keep(mapped, people, what);
        if std::mem::take(&mut self.compute_again) {
            self.start_computing();
        }
        if what == IdleWork::Draft { self.made_bench(bench).await } else { Ok(()) }
    }

    fn keep(&mut self, mapped: Option<MapOutcome>, people: FxHashSet<ParticipantNumber>, what: IdleWork) {
        let conversation = self.state.desk.record.conversation.id;
        let now = self.clock.since(self.opened);
        let Some(mut mapped) = mapped else {
            tracing::error!(%conversation, "the map could not be computed; the last one stays");
            self.mapping.lost();
            self.meters.late_maps.inc();
            // As if it had taken as long as it may: what fails may fail again.
            self.stale.published(now, self.pace.deadline, &self.pace);
            return self.is_late(people);
        };
        self.mapping.done(&mut mapped, self.state.desk.record.vote_events, what != IdleWork::Map);
        if what == IdleWork::Map {
            self.stale.published(now, mapped.cost, &self.pace);
        } else {
            self.stale.spent(now, mapped.cost, &self.pace);
        }
        match mapped.published {
            None if what == IdleWork::Draft => {}
            None if what != IdleWork::Map => {
                tracing::warn!(%conversation, "a map could not be looked into in time");
            }
            None => {
                tracing::warn!(%conversation, "a map took longer than its deadline; the last one stays");
                self.meters.late_maps.inc();
                self.is_late(people);
            }
            Some(_) if what == IdleWork::Validation => {}
            Some(mut published) => {
                self.meters.map_seconds.observe(mapped.took.as_secs_f64());
                tracing::debug!(%conversation, took_ms = mapped.took.as_millis(), cost_ms = mapped.cost.as_millis(), "a map");
                published.state = self.state.desk.record.conversation.state;
                published.settings = self.state.desk.record.conversation.settings;
                // What was found out meanwhile is not lost.
                published.validation = self.state.map.validation.clone();
                self.send(published);
                self.look_at_threshold();
            }
        }
    }
}
