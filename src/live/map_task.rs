//! One computation of a room's map, on a thread of its own: what goes there, what it does, what comes back.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::PublishedMap;
use super::background::{self, GIVES_WAY};
use super::drafts::{DraftOrder, MadeBench};
use super::map_params::map_params;
use super::oddities::Oddities;
use super::validation_run::ValidationInput;
use crate::clock::Clock;
use crate::conversation::ConversationRecord;
use crate::disclosure::{LastPlace, WithheldVotes};
use crate::domain::letters::Letters;
use crate::domain::{Choice, ParticipantNumber, StatementNumber, Timestamp};
use crate::opinion::{self, InputChange, LiveMap, VoteMatrix, Work};

/// Maps that are computed at once, in all rooms; more would only make each take longer.
const MAPS_AT_ONCE: usize = 64;

/// Permits for computations, which all rooms share.
#[derive(Clone)]
pub(super) struct Permits {
    maps: Arc<Semaphore>,
    pub validations: Arc<Semaphore>,
}

impl Permits {
    /// Permits for that many validations at once.
    pub fn new(validations: usize) -> Self {
        Self {
            maps: Arc::new(Semaphore::new(MAPS_AT_ONCE)),
            validations: Arc::new(Semaphore::new(validations)),
        }
    }
}

/// Something that the next map takes in.
#[derive(Clone, Copy, Debug)]
pub(super) enum NotedChange {
    /// As it comes.
    Ordinary(InputChange),
    /// Somebody's vote is left out: where few go together, tables count on what was.
    Excluded(ParticipantNumber, StatementNumber),
    /// Somebody whose vote was left out took it back, or was erased.
    Gone(ParticipantNumber, StatementNumber),
}

/// A computation that was handed over.
pub(super) struct Task {
    pub votes: Option<Box<LiveMap>>,
    pub anew: Option<VoteMatrix>,
    pub withheld: WithheldVotes,
    /// Whether votes show in batches: then tables count those on a statement together.
    pub in_batches: bool,
    pub changes: Vec<NotedChange>,
    pub covers: PublishedMap,
    pub threads: usize,
    pub deadline: Duration,
    pub clock: Clock,
    pub permits: Permits,
    /// The permit for a validation, if one is to follow.
    pub permit: Option<OwnedSemaphorePermit>,
    /// Whether the map is the last one, which nothing will settle.
    pub is_last: bool,
    /// What an agenda is made of, to be found out instead.
    pub draft: Option<DraftOrder>,
}

/// A map, or why there is none, and what comes back with it.
pub(super) struct MapOutcome {
    /// `None` when it took longer than its deadline.
    pub published: Option<PublishedMap>,
    /// How long it took.
    pub took: Duration,
    /// For how long it computed; the rest it waited for others.
    pub cost: Duration,
    /// What an agenda is made of, where that was asked for.
    pub bench: Option<Box<MadeBench>>,
    pub votes: Option<Box<LiveMap>>,
    pub withheld: WithheldVotes,
    pub after: Option<Box<ValidationInput>>,
}

impl Task {
    /// Computes the map on a thread of its own, once it has a permit; the deadline begins then.
    pub fn start(self) -> oneshot::Receiver<MapOutcome> {
        let (sender, result) = oneshot::channel();
        let permits = Arc::clone(&self.permits.maps);
        tokio::spawn(async move {
            // Nobody closes it.
            let Ok(_permit) = permits.acquire().await else { return };
            if let Ok(mapped) = background::run("map", GIVES_WAY, move || self.run()).await {
                // The room may have ended.
                let _ = sender.send(mapped);
            }
        });
        result
    }

    fn run(self) -> MapOutcome {
        let clock = self.clock.clone();
        let (started, computed_before) = (clock.instant(), background::thread_time());
        let took = || {
            let cost = background::thread_time().saturating_sub(computed_before);
            (clock.since(started), cost)
        };
        let deadline = self.deadline;
        let stop = || {
            background::let_others_go_first();
            clock.since(started) > deadline
        };
        if let Some(order) = &self.draft {
            let bench = self.votes.as_ref().and_then(|votes| order.run(votes.matrix(), &self.covers, &stop));
            let (took, cost) = took();
            return MapOutcome {
                published: None,
                took,
                cost,
                bench: bench.map(Box::new),
                votes: self.votes,
                withheld: self.withheld,
                after: None,
            };
        }
        let work = Work { threads: self.threads, stop: &stop };
        let mut withheld = self.withheld;
        let in_batches = self.in_batches;
        let mut votes = match (self.votes, self.anew) {
            (Some(votes), _) => {
                let noted = Noted { withheld: &mut withheld, last: &self.covers.map, in_batches };
                take_in(votes, self.changes, noted, &work)
            }
            (None, anew) => {
                // What was noted of the votes before may not be so any more.
                withheld.release_all();
                anew.map(|votes| Box::new(LiveMap::new(votes)))
            }
        };
        if self.is_last
            && let Some(votes) = &mut votes
        {
            votes.settle();
        }
        let computed =
            votes.as_mut().and_then(|votes| votes.refresh(&map_params(&self.covers.settings), &work).ok());
        let Some(mut computed) = computed else {
            let (took, cost) = took();
            return MapOutcome { published: None, took, cost, bench: None, votes, withheld, after: None };
        };
        let wanted = votes.as_ref().zip(self.permit).filter(|_| computed.map.counts.placed > 0);
        let after = wanted.map(|(votes, permit)| {
            Box::new(ValidationInput { matrix: votes.matrix().clone(), computed: computed.clone(), permit })
        });
        let empty = opinion::OpinionMap::nothing();
        let map = std::mem::replace(&mut computed.map, empty).continued_from(&self.covers.map);
        withheld.release(&map, self.covers.settings.privacy_min, in_batches);
        let withheld_now = Arc::new(withheld.clone());
        let mut published = PublishedMap { map: Arc::new(map), withheld: withheld_now, ..self.covers };
        if let Some(votes) = &votes {
            published.oddities = Oddities::after(published.oddities, votes.matrix(), published.at);
        }
        let (took, cost) = took();
        MapOutcome { published: Some(published), took, cost, bench: None, votes, withheld, after }
    }
}

/// Where it is noted what counts instead of votes that are taken in.
struct Noted<'a> {
    withheld: &'a mut WithheldVotes,
    last: &'a opinion::OpinionMap,
    /// Whether votes show in batches.
    in_batches: bool,
}

/// Takes in what has changed since the last map; `None` where the votes must be read anew.
fn take_in(
    mut votes: Box<LiveMap>,
    changes: Vec<NotedChange>,
    mut noted: Noted<'_>,
    work: &Work<'_>,
) -> Option<Box<LiveMap>> {
    let is_taken = changes.into_iter().all(|change| {
        noted.note(&votes, change);
        match change {
            NotedChange::Ordinary(change) => votes.apply(change),
            NotedChange::Excluded(person, statement) => votes.apply(InputChange::Unvote(person, statement)),
            // It is not among them.
            NotedChange::Gone(..) => true,
        }
    });
    // Before the map and not after it: the one that is late is not the first.
    is_taken.then(|| votes.prepare(work))?;
    Some(votes)
}

impl Noted<'_> {
    /// Notes what a change makes of somebody's vote, before it is taken in.
    fn note(&mut self, votes: &LiveMap, noted: NotedChange) {
        match noted {
            NotedChange::Ordinary(InputChange::Vote(person, statement, now)) => {
                self.exchange((person, statement), votes.choice(person, statement), Some(now));
            }
            NotedChange::Ordinary(InputChange::Unvote(person, statement)) => {
                self.exchange((person, statement), votes.choice(person, statement), None);
            }
            NotedChange::Ordinary(InputChange::Statement(_)) => {}
            NotedChange::Excluded(person, statement) => {
                let (counted, stood) = (votes.choice(person, statement), LastPlace::on(self.last, person));
                self.withheld.set_aside((statement, person), counted, stood);
            }
            NotedChange::Gone(person, statement) => self.exchange((person, statement), None, None),
        }
    }

    /// Somebody's vote is another one. Where votes show in batches, it counts with others.
    fn exchange(
        &mut self,
        (person, statement): (ParticipantNumber, StatementNumber),
        counted: Option<Choice>,
        now: Option<Choice>,
    ) {
        // What counted on until now, where they had been left out.
        let (counted, stood) = match self.withheld.take_back((statement, person)) {
            Some((before, stood)) => (Some(before), stood),
            None => (counted, LastPlace::on(self.last, person)),
        };
        if self.in_batches {
            self.withheld.note(statement, person, (counted, now), stood);
        }
    }
}

/// The map of a record, computed now, and its votes for the next one.
pub(super) fn first_map(
    record: &ConversationRecord,
    letters: &Letters,
    now: Timestamp,
    threads: usize,
) -> (PublishedMap, LiveMap) {
    let mut votes = LiveMap::new(VoteMatrix::of_record(record));
    let map = match votes.refresh(&map_params(&record.conversation.settings), &Work::on(threads)) {
        Ok(computed) => computed.map,
        // Nobody can stop work that nobody else knows of.
        Err(opinion::Stopped) => opinion::OpinionMap::nothing(),
    };
    (PublishedMap::new(record, Arc::new(map.continued_from_letters(letters)), now), votes)
}
