//! What an event is made of: who did it, why, and a payload that folds itself.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::actor::RecordedActor;
use super::effects::Effects;
use super::provenance::Source;
use super::record::ConversationRecord;
use super::settings::{ConversationState, Schedule};
use crate::domain::{Choice, ParticipantNumber, PersonalText, Role, Seq, Slug, StatementNumber, Timestamp};

/// What an event refers to but the record lacks: the log is not one that this program writes.
pub(super) type MissingReference = &'static str;

/// What comes of folding an event.
pub(super) type ApplyResult = Result<(), MissingReference>;

/// Where an event stands, and who did it.
#[derive(Clone, Copy, Debug)]
pub struct Header {
    /// Its position in the log.
    pub seq: Seq,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who did it.
    pub by: RecordedActor,
}

/// What the payload of each kind can do.
pub(super) trait Payload: Serialize + DeserializeOwned {
    /// Folds it into the record, and notes what follows from it.
    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult;

    /// Who may do it.
    const WHO: Permission;
    /// When it may be done.
    const WHEN: Phase;

    /// Who did it, where the payload says so already.
    fn implied_by(&self) -> Option<RecordedActor>;

    /// What it does to current votes.
    fn on_votes(&self) -> VoteEffect;

    /// Its words, which stand beside the log.
    fn words(&self) -> Vec<&PersonalText>;

    /// The same, to put stored words back.
    fn words_mut(&mut self) -> Vec<&mut PersonalText>;

    /// What changes in the list of conversations after this event.
    fn listing(&self) -> Option<ListingChange<'_>> {
        None
    }

    /// Whether pages that are the same for everybody look different after it, before there is another map.
    fn is_on_pages(&self) -> bool {
        true
    }
}

/// Who may do what an event says: an audit holds each event against it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Permission {
    /// Those in charge, and nobody else.
    InCharge,
    /// Participants too.
    Anybody,
}

/// When what an event says may be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Phase {
    /// Only as long as the conversation is a draft.
    InDraft,
    /// By participants only as long as it is open.
    WhileOpen,
    /// As long as it is there.
    AnyTime,
}

/// What an event does to current votes: whoever counts votes without the fold asks here.
#[derive(Clone, Copy, Debug)]
pub enum VoteEffect {
    /// Nothing.
    Nothing,
    /// It is a vote.
    Cast {
        /// Whose.
        participant: ParticipantNumber,
        /// On which statement.
        statement: StatementNumber,
        /// What they say of it.
        choice: Choice,
        /// Where it comes from.
        source: Source,
        /// Marked as important.
        important: bool,
    },
    /// Somebody's vote on a statement is taken back with the statement, where a participant did it.
    TakenBack(StatementNumber),
    /// All of somebody's votes count no more.
    Erased(ParticipantNumber),
}

/// What changes in the list of conversations after an event.
#[derive(Clone, Copy, Debug)]
pub enum ListingChange<'a> {
    /// Whether votes are taken.
    State(ConversationState),
    /// It is not there any more.
    Deleted,
    /// The links to everybody who took part are gone.
    LinksDestroyed,
    /// It will be deleted then, or is not to be any more.
    DeletionPlanned(Option<Timestamp>),
    /// Its agenda is to be drafted for good then, or is not any more.
    AgendaDue(Option<Timestamp>),
    /// It has another address.
    Renamed(&'a Slug),
    /// It asks something else, or is listed or not.
    Words {
        /// The commitment of its question.
        question: &'a str,
        /// Whether the first page shows it.
        listed: bool,
        /// When it is meant to open and to close.
        schedule: Schedule,
        /// Within how many hours moderators promise to decide.
        moderated_within_hours: u32,
    },
}

/// What is so of most events: those in charge do it, in this phase; the payload doesn't say who it was, and it
/// changes nobody's vote.
macro_rules! by_staff {
    ($phase:ident) => {
        const WHO: $crate::conversation::Permission = $crate::conversation::Permission::InCharge;
        const WHEN: $crate::conversation::Phase = $crate::conversation::Phase::$phase;

        fn implied_by(&self) -> Option<$crate::conversation::RecordedActor> {
            None
        }

        fn on_votes(&self) -> $crate::conversation::VoteEffect {
            $crate::conversation::VoteEffect::Nothing
        }
    };
}
pub(super) use by_staff;

/// The fields of a payload that hold words; none, for a payload without words.
macro_rules! words_in {
    ($($field:ident),*) => {
        fn words(&self) -> Vec<&PersonalText> {
            vec![$(&self.$field),*]
        }

        fn words_mut(&mut self) -> Vec<&mut PersonalText> {
            vec![$(&mut self.$field),*]
        }
    };
}
pub(super) use words_in;

/// Something that somebody did. Which payloads there are is known in `event.rs` alone.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry<B> {
    /// Who did it.
    pub by: RecordedActor,
    /// As what they did it, where staff did it and it was noted.
    pub role: Option<Role>,
    /// Why, in their words.
    pub why: Option<Box<PersonalText>>,
    /// What they did.
    pub body: B,
}

impl<B> Entry<B> {
    /// Something that somebody did without giving a reason.
    pub fn new(by: RecordedActor, body: impl Into<B>) -> Self {
        Self { by, role: None, why: None, body: body.into() }
    }
}
