//! What a room publishes: one value, shared by all sockets and pages. The map itself stays in here: what
//! leaves is what `disclosure` makes of it.

use std::sync::{Arc, OnceLock};

use super::decided::DecidedStatement;
use super::marks::Marks;
use super::oddities::Oddities;
use crate::conversation::{ConversationRecord, ConversationState, Exclusion, Settings};
use crate::disclosure::{
    ImportantFinding, LeftOut, ListedStatement, OwnPlacement, ResultSource, Results, SharedMap, Stability,
    WithheldVotes, important,
};
use crate::domain::{ChainHash, ParticipantNumber, Seq, StatementNumber, Timestamp};
use crate::drawing::MapDrawing;
use crate::opinion::{OpinionMap, Status, Validation};

/// Counts that everybody may see, as of one position in the log.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// People with at least one vote.
    pub participants: u32,
    /// Current votes.
    pub votes: u64,
    /// Statements that are shown.
    pub statements: u32,
}

/// What was found out about the groups of a map.
#[derive(Debug)]
pub(super) struct ValidationAt {
    /// The version of that map.
    pub version: Seq,
    /// How many groups it had.
    pub groups: usize,
    /// What was found out.
    pub validation: Validation,
}

/// The opinion map and the counts at one version.
#[derive(Debug)]
pub struct PublishedMap {
    /// The map's version: the position in the log up to which it read.
    pub version: Seq,
    /// The hash of that event.
    pub head: ChainHash,
    /// When it was computed.
    pub at: Timestamp,
    /// Whether votes are taken.
    pub state: ConversationState,
    /// The rules, who sees results among them.
    pub settings: Settings,
    /// The counts.
    pub counts: Counts,
    /// The map.
    pub(super) map: Arc<OpinionMap>,
    /// What is known of the groups of this map or of an earlier one; `None` until it is computed.
    pub(super) validation: Option<Arc<ValidationAt>>,
    /// Votes on the map that no table counts yet.
    pub withheld: Arc<WithheldVotes>,
    /// Whether newer votes are not on the map because it could not be computed in time.
    pub late: bool,
    /// The frame that carries it, serialised once by whoever sends it first.
    pub frame: Arc<OnceLock<bytes::Bytes>>,
    /// What moderators decided last.
    pub decided: Arc<[DecidedStatement]>,
    /// What stands out in the votes.
    pub(super) oddities: Arc<Oddities>,
    /// Whose votes are left out of the map.
    pub(super) exclusions: Arc<[Arc<Exclusion>]>,
    /// What people marked as important.
    pub(super) marks: Arc<Marks>,
    /// The map as everybody may see it, made by whoever needs it first.
    pub(super) shared: Arc<OnceLock<SharedMap>>,
    /// Its picture, the same way.
    pub(super) drawn: Arc<OnceLock<MapDrawing>>,
}

impl PublishedMap {
    /// What is published of a record and the map of its votes.
    pub fn new(record: &ConversationRecord, map: Arc<OpinionMap>, at: Timestamp) -> Self {
        let (votes, participants) = record.totals();
        let statements = u32::try_from(record.shown().count()).unwrap_or(u32::MAX);
        let marks = Arc::new(Marks::of(record));
        Self {
            version: record.seq,
            head: record.head,
            at,
            state: record.conversation.state,
            settings: record.conversation.settings,
            counts: Counts { participants, votes, statements },
            map,
            validation: None,
            withheld: Arc::default(),
            late: false,
            frame: Arc::default(),
            oddities: Arc::default(),
            exclusions: record.exclusions.as_slice().into(),
            decided: DecidedStatement::latest(record).into(),
            marks,
            shared: Arc::default(),
            drawn: Arc::default(),
        }
    }

    /// Nothing, of an empty conversation.
    #[cfg(test)]
    pub fn for_tests() -> Self {
        Self {
            version: Seq(1),
            head: ChainHash([0; 32]),
            at: Timestamp(0),
            state: ConversationState::Open,
            settings: Settings::default(),
            counts: Counts::default(),
            map: Arc::new(OpinionMap::nothing()),
            validation: None,
            withheld: Arc::default(),
            late: false,
            frame: Arc::default(),
            decided: Arc::default(),
            exclusions: Arc::default(),
            oddities: Arc::default(),
            marks: Arc::default(),
            shared: Arc::default(),
            drawn: Arc::default(),
        }
    }

    /// The map as everybody may see it.
    pub fn shared_map(&self) -> &SharedMap {
        self.shared.get_or_init(|| SharedMap::new(&self.map, self.shows_groups(), self.settings.privacy_min))
    }

    /// Its picture, the same for everybody.
    pub fn drawing(&self) -> &MapDrawing {
        self.drawn.get_or_init(|| MapDrawing::new(self.shared_map()))
    }

    /// Where a participant stands, for themselves; `None` until they are placed.
    pub fn own_placement(&self, participant: ParticipantNumber) -> Option<OwnPlacement> {
        OwnPlacement::of(&self.map, participant, self.shows_groups(), self.settings.privacy_min)
    }

    /// The results as everybody may read them, of these statements.
    pub fn results(&self, listed: &[ListedStatement]) -> Results {
        let (divided, min) = (self.shows_groups(), self.settings.privacy_min);
        Results::new(ResultSource { map: &self.map, divided, min, withheld: &self.withheld }, listed)
    }

    /// What may be told of the votes that are left out of these results.
    pub fn left_out(&self, results: &Results) -> LeftOut {
        LeftOut::new(&self.exclusions, results, &self.withheld)
    }

    /// How many people have voted on a statement, as the map counts them.
    pub fn voters_on(&self, statement: StatementNumber) -> u32 {
        self.map.statement(statement).map_or(0, |statement| statement.tally().seen())
    }

    /// The groups that the map has and that are not shown, because chance makes as good ones.
    pub fn unclear_groups(&self) -> u32 {
        if self.shows_groups() { 0 } else { self.map.k.chosen }
    }

    /// The map itself, for tests.
    #[doc(hidden)]
    pub fn map_for_tests(&self) -> &Arc<OpinionMap> {
        &self.map
    }

    /// Whether the groups are shown: not when chance makes as good ones, and others would be found
    /// in another sample.
    pub fn shows_groups(&self) -> bool {
        self.status() != Some(Status::NoClearGroups)
    }

    /// What is known of the groups, as long as there are as many as when it was found out. One
    /// group is no division that could be doubted.
    pub fn status(&self) -> Option<Status> {
        Some(self.known_of_groups()?.validation.status)
    }

    /// The version of the map that this was found out of.
    pub fn status_version(&self) -> Option<Seq> {
        Some(self.known_of_groups()?.version)
    }

    /// The version of the last map that was looked into, whatever groups it had.
    pub fn validated(&self) -> Option<Seq> {
        self.validation.as_ref().map(|known| known.version)
    }

    /// How sure the groups are that are shown, and the version of the map that this was found out of.
    pub fn stability(&self) -> Option<(Stability, Seq)> {
        let known = self.known_of_groups()?;
        Some((Stability::of(&known.validation, known.groups), known.version))
    }

    /// What was found out about the groups that are shown.
    pub(super) fn known_of_groups(&self) -> Option<&ValidationAt> {
        let groups = self.map.groups.len();
        self.validation.as_deref().filter(|known| known.groups == groups && groups > 1)
    }

    /// The same map, with what moderators have decided since.
    pub fn with_decisions(&self, record: &ConversationRecord) -> Self {
        Self {
            decided: DecidedStatement::latest(record).into(),
            // The same frame: whoever has it is not sent it again.
            frame: Arc::clone(&self.frame),
            shared: Arc::clone(&self.shared),
            drawn: Arc::clone(&self.drawn),
            ..self.under_the_rules_of(record)
        }
    }

    /// What people marked as important, where that is told.
    pub fn important(&self, listed: &[ListedStatement]) -> Vec<ImportantFinding> {
        // Marks are few, and none is told before all are there: nobody can read single ones off a difference.
        if self.state != ConversationState::Closed {
            return Vec::new();
        }
        important(listed, &self.marks.0, self.settings.privacy_min)
    }

    /// The same at the same version, after the conversation's state or rules changed.
    pub fn under_the_rules_of(&self, record: &ConversationRecord) -> Self {
        let Self { version, head, at, counts, .. } = *self;
        let (state, settings) = (record.conversation.state, record.conversation.settings);
        Self {
            version,
            head,
            at,
            state,
            settings,
            counts,
            map: Arc::clone(&self.map),
            validation: self.validation.clone(),
            withheld: Arc::clone(&self.withheld),
            oddities: Arc::clone(&self.oddities),
            exclusions: Arc::clone(&self.exclusions),
            late: self.late,
            frame: Arc::default(),
            decided: Arc::clone(&self.decided),
            // They are told once it is closed, which may be what has changed.
            marks: Arc::new(Marks::of(record)),
            shared: Arc::default(),
            drawn: Arc::default(),
        }
    }
}

/// The moderators' queue, as far as everybody who watches it needs to know: that it changed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Queue {
    /// Statements that wait.
    pub pending: u32,
    /// The position in the log of the last change.
    pub seq: Seq,
}

impl Queue {
    /// The queue of a record.
    pub fn of(record: &ConversationRecord) -> Self {
        let pending = record.waiting().count();
        Self { pending: u32::try_from(pending).unwrap_or(u32::MAX), seq: record.seq }
    }
}
