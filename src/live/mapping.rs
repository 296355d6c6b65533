//! How a room comes by its maps: off the room's task, from votes that are kept for it.
//!
//! One computation at a time, with a deadline; the votes for the next map ([`LiveMap`]) go with it
//! and come back. What takes longer (are the groups real?) runs on a thread of low priority of its
//! own, is told to stop when it has become stale, and is published with the version it belongs to.
//! The rooms of a process share the permits for these threads.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::OwnedSemaphorePermit;

use super::PublishedMap;
use super::drafts::DraftOrder;
use super::map_task::{MapOutcome, NotedChange, Permits, Task};
use super::published::ValidationAt;
use super::validation_run::{ValidationOutcome, ValidationRun};
use crate::clock::Clock;
use crate::conversation::{ConversationRecord, ConversationState, MapChange, Statement};
use crate::disclosure::WithheldVotes;
use crate::domain::Seq;
use crate::opinion::{InputChange, LiveMap, StatementInput, VoteMatrix};

/// Changes that may wait for the next map; beyond them the votes are read anew.
const MOST_CHANGES: usize = 1 << 20;
/// After a validation that cost `c`, the next begins `c` × this later at the earliest.
const PAUSE_PER_COST: u32 = 4;
/// If other rooms hold all permits for validation, one is asked for again after this long.
const NEXT_PERMIT: Duration = Duration::from_secs(1);

/// What a room keeps for its maps.
pub(super) struct Mapping {
    /// The votes; `None` while they are with a computation, or after one was lost.
    votes: Option<Box<LiveMap>>,
    /// Votes on the last map that tables do not count yet; away with the votes.
    withheld: WithheldVotes,
    /// What has changed since.
    changes: Vec<NotedChange>,
    /// Whether `changes` are not all: the votes must be read anew.
    incomplete: bool,
    threads: usize,
    deadline: Duration,
    clock: Clock,
    permits: Permits,
    validation: Option<ValidationRun>,
    /// The map that was looked into last: its version, and how many groups it had.
    validated: Option<(Seq, usize)>,
    /// Whether the votes have changes that are on no map yet, since it was late.
    ahead: bool,
    rest_until: Option<Instant>,
}

impl Mapping {
    /// What a room keeps when it opens, with the votes of its first map.
    pub fn new(votes: LiveMap, threads: usize, deadline: Duration, clock: Clock, permits: Permits) -> Self {
        Self {
            votes: Some(Box::new(votes)),
            withheld: WithheldVotes::default(),
            changes: Vec::new(),
            incomplete: false,
            threads,
            deadline,
            clock,
            permits,
            validation: None,
            validated: None,
            ahead: false,
            rest_until: None,
        }
    }

    /// Takes note of what follows from events that were folded into this record.
    pub fn note(&mut self, changes: &[MapChange], record: &ConversationRecord) {
        for change in changes {
            match *change {
                // They count again as they are then.
                MapChange::Vote(participant, ..) if record.is_excluded(participant) => {}
                MapChange::Unvote(participant, statement) if record.is_excluded(participant) => {
                    self.push_change(NotedChange::Gone(participant, statement));
                }
                MapChange::Vote(participant, statement, choice)
                | MapChange::Included(participant, statement, choice) => {
                    self.push(InputChange::Vote(participant, statement, choice));
                }
                MapChange::Excluded(participant, statement) => {
                    self.push_change(NotedChange::Excluded(participant, statement));
                }
                MapChange::Statement(number) => {
                    if let Some(statement) = record.statements.get(&number) {
                        self.push_statement(statement, record);
                    }
                }
                MapChange::Rule => record.waiting().for_each(|waiting| self.push_statement(waiting, record)),
                MapChange::Unvote(participant, statement) => {
                    self.push(InputChange::Unvote(participant, statement));
                }
            }
        }
    }

    fn push_statement(&mut self, s: &Statement, record: &ConversationRecord) {
        let rule = record.conversation.settings.moderation;
        self.push(InputChange::Statement(s.input(rule)));
    }

    fn push(&mut self, change: InputChange) {
        self.push_change(NotedChange::Ordinary(change));
    }

    fn push_change(&mut self, change: NotedChange) {
        if self.changes.len() < MOST_CHANGES {
            self.changes.push(change);
        } else {
            self.incomplete = true;
        }
    }

    /// A computation of the map that covers what is published in `covers`. `all` reads the votes
    /// anew, which is only needed when they were lost.
    pub fn task(&mut self, covers: PublishedMap, in_batches: bool, all: impl FnOnce() -> VoteMatrix) -> Task {
        let votes = self.votes.take().filter(|_| !self.incomplete);
        self.incomplete = false;
        let changes = std::mem::take(&mut self.changes);
        let permit = self.permit();
        let is_last = covers.state != ConversationState::Open;
        let anew = votes.is_none().then(all);
        let changes = if votes.is_none() { Vec::new() } else { changes };
        Task { anew, changes, in_batches, ..self.task_of(votes, covers, permit, is_last) }
    }

    /// A computation of the map that is shown, once more, for what comes after it: without changes
    /// that came since, which may have to wait for others. `None` if there is no permit for it.
    pub fn task_for_validation(&mut self, shown: PublishedMap) -> Option<Task> {
        let permit = self.permit()?;
        self.again(shown, Some(permit), false)
    }

    /// Whether the votes are here, without changes that are on no map.
    pub fn can_settle(&self) -> bool {
        self.votes.is_some() && !self.ahead
    }

    /// The same with the number of groups that it would have if it was the last.
    pub fn task_for_settling(&mut self, shown: PublishedMap) -> Option<Task> {
        let permit = self.permit();
        self.again(shown, permit, true)
    }

    fn again(
        &mut self,
        covers: PublishedMap,
        permit: Option<OwnedSemaphorePermit>,
        is_last: bool,
    ) -> Option<Task> {
        let votes = self.votes.take()?;
        Some(self.task_of(Some(votes), covers, permit, is_last))
    }

    /// A computation from these votes, without changes.
    fn task_of(
        &mut self,
        votes: Option<Box<LiveMap>>,
        covers: PublishedMap,
        permit: Option<OwnedSemaphorePermit>,
        is_last: bool,
    ) -> Task {
        Task {
            anew: None,
            changes: Vec::new(),
            votes,
            withheld: std::mem::take(&mut self.withheld),
            in_batches: true,
            covers,
            threads: self.threads,
            deadline: self.deadline,
            clock: self.clock.clone(),
            permits: self.permits.clone(),
            permit,
            is_last,
            draft: None,
        }
    }

    /// An agenda from the votes of the map that is shown. Nothing while they are with another computation.
    pub fn task_for_draft(&mut self, shown: PublishedMap, order: DraftOrder) -> Option<Task> {
        Some(Task { draft: Some(order), ..self.again(shown, None, false)? })
    }

    /// Statements as they are now, where the map that is shown does not know it yet.
    pub fn newer_statements(&self) -> Vec<StatementInput> {
        let statement = |change: &NotedChange| match change {
            NotedChange::Ordinary(InputChange::Statement(statement)) => Some(*statement),
            NotedChange::Ordinary(InputChange::Vote(..) | InputChange::Unvote(..))
            | NotedChange::Excluded(..)
            | NotedChange::Gone(..) => None,
        };
        self.changes.iter().filter_map(statement).collect()
    }

    /// A permit for the validation of the next map, if one is to follow it.
    fn permit(&mut self) -> Option<OwnedSemaphorePermit> {
        let rests = self.rest_until.is_some_and(|until| self.clock.instant() < until);
        if self.validation.is_some() || rests {
            return None;
        }
        let permit = Arc::clone(&self.permits.validations).try_acquire_owned().ok();
        if permit.is_none() {
            self.rest_until = Some(self.clock.instant() + NEXT_PERMIT);
        }
        permit
    }

    /// When the map that is shown may be looked into, if that has not been done.
    pub fn validation_due(&self, shown: &PublishedMap) -> Option<Instant> {
        let this = Some((shown.version, shown.map.groups.len()));
        let wanted = shown.map.counts.placed > 0 && self.validated != this;
        let possible = self.validation.is_none() && self.votes.is_some() && !self.ahead;
        (wanted && possible).then(|| self.rest_until.unwrap_or_else(|| self.clock.instant()))
    }

    /// Takes back what went with a computation, and begins what comes after its map.
    pub fn done(&mut self, mapped: &mut MapOutcome, vote_events: u64, is_shown: bool) {
        self.votes = mapped.votes.take();
        self.withheld = std::mem::take(&mut mapped.withheld);
        // The map that is shown, computed once more, has no other votes.
        self.ahead = mapped.published.is_none() && (self.ahead || !is_shown);
        if let Some(running) = &self.validation {
            running.stop_if_stale(vote_events, mapped.published.as_ref());
        }
        if let Some((after, published)) = mapped.after.take().zip(mapped.published.as_ref()) {
            self.validated = Some((published.version, published.map.groups.len()));
            self.validation =
                Some(ValidationRun::begin(*after, published, vote_events, self.clock.instant()));
        }
    }

    /// A computation was lost with the votes that went with it.
    pub fn lost(&mut self) {
        self.votes = None;
        self.withheld = WithheldVotes::default();
        self.incomplete = true;
    }

    /// Waits for the validation that is being computed; for ever where there is none.
    pub async fn validation(&mut self) -> Option<ValidationAt> {
        let Some(running) = &mut self.validation else { return std::future::pending().await };
        let ValidationOutcome { found, took, was_stopped } = running.end(&self.clock).await;
        self.validation = None;
        if was_stopped {
            // The map that made it stale has had none.
            self.validated = None;
        }
        self.rest_until = Some(self.clock.instant() + took * PAUSE_PER_COST);
        found
    }
}
