//! Events: what happened in a conversation, in order, each chained to the one before it (I6).
//!
//! A payload is canonical JSON: keys sorted; integers, words and lists of them, no fractions. Text that
//! a person wrote stands in it as a salted commitment, so that it can be erased without breaking the
//! chain. `docs/LOG.md` has an example of each.

use serde::de::Error as _;
use serde_json::{Error, Value};

use super::actor::RecordedActor;
use super::agenda::{AgendaCommented, AgendaDrafted, AgendaEdited, AgendaPublished, AgendaTriggersSet};
use super::curation::{AuthorHeld, StatementClassified, StatementMerged, StatementPinned, SubmissionsPaused};
use super::effects::Effects;
use super::exclusion::{PeopleExcluded, PeopleIncluded};
use super::forgetting::{DeletionPlanned, LinksDestroyed, ParticipantErased};
use super::membership::{CohortAssigned, ParticipantJoined, PlaceStated};
use super::moderation::StatementModerated;
use super::payload::{ApplyResult, Entry, Header, ListingChange, Payload, Permission, Phase, VoteEffect};
use super::publishing::{HeadlineWritten, InformationWritten, ResultsKept, RowsReleased};
use super::record::ConversationRecord;
use super::rules::{
    ConversationChanged, ConversationClosed, ConversationCreated, ConversationDeleted, ConversationOpened,
    ConversationRenamed, StepAnswered,
};
use super::seeds::SeedsReordered;
use super::statements::{StatementReworded, StatementSeconded, StatementSubmitted, StatementWithdrawn};
use super::voting::VoteCast;
use crate::domain::{ChainHash, PersonalText, Seq, Timestamp};

macro_rules! kinds {
    ($($kind:ident = $word:literal),* $(,)?) => {
        /// What happened. Each kind is one line of the `kinds!` list, and its payload is in the file
        /// of its aspect.
        #[derive(Clone, PartialEq, Debug)]
        #[allow(missing_docs, reason = "each payload says what it is")]
        pub enum EventBody {
            $($kind(Box<$kind>),)*
            VoteCast(VoteCast),
        }

        impl EventBody {
            /// The words for all kinds in the log.
            pub const KINDS: &[&str] = &[$($word,)* "vote_cast"];

            /// The kind's word in the log.
            pub fn kind(&self) -> &'static str {
                match self {
                    $(EventBody::$kind(_) => $word,)*
                    EventBody::VoteCast(_) => "vote_cast",
                }
            }

            fn to_value(&self) -> Result<Value, Error> {
                match self {
                    $(EventBody::$kind(payload) => serde_json::to_value(payload),)*
                    EventBody::VoteCast(payload) => serde_json::to_value(payload),
                }
            }

            fn of_value(kind: &str, value: Value) -> Result<Self, Error> {
                match kind {
                    $($word => serde_json::from_value(value).map(EventBody::$kind),)*
                    "vote_cast" => serde_json::from_value(value).map(EventBody::VoteCast),
                    _ => Err(Error::custom("it is of a kind that this program does not know")),
                }
            }

            pub(super) fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
                effects.pages |= match &self {
                    $(EventBody::$kind(payload) => payload.is_on_pages(),)*
                    EventBody::VoteCast(payload) => payload.is_on_pages(),
                };
                match self {
                    $(EventBody::$kind(payload) => payload.apply(record, header, effects),)*
                    EventBody::VoteCast(payload) => payload.apply(record, header, effects),
                }
            }

            /// Who did it, where the payload says so already.
            pub fn implied_by(&self) -> Option<RecordedActor> {
                match self {
                    $(EventBody::$kind(payload) => payload.implied_by(),)*
                    EventBody::VoteCast(payload) => payload.implied_by(),
                }
            }

            /// Who may do it.
            pub fn who_may(&self) -> Permission {
                match self {
                    $(EventBody::$kind(_) => $kind::WHO,)*
                    EventBody::VoteCast(_) => VoteCast::WHO,
                }
            }

            /// When it may be done.
            pub fn when(&self) -> Phase {
                match self {
                    $(EventBody::$kind(_) => $kind::WHEN,)*
                    EventBody::VoteCast(_) => VoteCast::WHEN,
                }
            }

            /// What it does to current votes.
            pub fn on_votes(&self) -> VoteEffect {
                match self {
                    $(EventBody::$kind(payload) => payload.on_votes(),)*
                    EventBody::VoteCast(payload) => payload.on_votes(),
                }
            }

            /// What changes in the list of conversations after this event.
            pub fn listing(&self) -> Option<ListingChange<'_>> {
                match self {
                    $(EventBody::$kind(payload) => payload.listing(),)*
                    EventBody::VoteCast(payload) => payload.listing(),
                }
            }

            fn words(&self) -> Vec<&PersonalText> {
                match self {
                    $(EventBody::$kind(payload) => payload.words(),)*
                    EventBody::VoteCast(payload) => payload.words(),
                }
            }

            fn words_mut(&mut self) -> Vec<&mut PersonalText> {
                match self {
                    $(EventBody::$kind(payload) => payload.words_mut(),)*
                    EventBody::VoteCast(payload) => payload.words_mut(),
                }
            }
        }

        $(impl From<$kind> for EventBody {
            fn from(payload: $kind) -> Self {
                EventBody::$kind(Box::new(payload))
            }
        })*

        impl From<VoteCast> for EventBody {
            fn from(payload: VoteCast) -> Self {
                EventBody::VoteCast(payload)
            }
        }
    };
}

// Votes are almost every event: they alone are not boxed.
kinds! {
    ConversationCreated = "conversation_created",
    ConversationChanged = "conversation_changed",
    ConversationRenamed = "conversation_renamed",
    ConversationDeleted = "conversation_deleted",
    ConversationOpened = "conversation_opened",
    ConversationClosed = "conversation_closed",
    StepAnswered = "step_answered",
    ParticipantJoined = "participant_joined",
    ParticipantErased = "participant_erased",
    LinksDestroyed = "links_destroyed",
    DeletionPlanned = "deletion_planned",
    CohortAssigned = "cohort_assigned",
    PlaceStated = "place_stated",
    StatementSubmitted = "statement_submitted",
    StatementSeconded = "statement_seconded",
    StatementReworded = "statement_reworded",
    StatementWithdrawn = "statement_withdrawn",
    StatementModerated = "statement_moderated",
    StatementMerged = "statement_merged",
    StatementClassified = "statement_classified",
    StatementPinned = "statement_pinned",
    SubmissionsPaused = "submissions_paused",
    AuthorHeld = "author_held",
    PeopleExcluded = "people_excluded",
    PeopleIncluded = "people_included",
    SeedsReordered = "seeds_reordered",
    AgendaDrafted = "agenda_drafted",
    AgendaEdited = "agenda_edited",
    AgendaCommented = "agenda_commented",
    AgendaPublished = "agenda_published",
    AgendaTriggersSet = "agenda_triggers_set",
    HeadlineWritten = "headline_written",
    InformationWritten = "information_written",
    ResultsKept = "results_kept",
    RowsReleased = "rows_released",
}

/// Something that was decided and is not in the log yet.
pub type NewEvent = Entry<EventBody>;

impl NewEvent {
    /// The payload as canonical JSON.
    pub fn payload(&self) -> Result<String, Error> {
        if let EventBody::VoteCast(vote) = &self.body {
            return vote.payload();
        }
        // serde_json's map sorts its keys (its feature `preserve_order` is never on here; a test says
        // so), which is what makes the text canonical.
        let mut value = self.body.to_value()?;
        if let Value::Object(payload) = &mut value {
            if self.body.implied_by() != Some(self.by) {
                payload.insert("by".into(), serde_json::to_value(self.by)?);
            }
            if let Some(role) = &self.role {
                payload.insert("as".into(), serde_json::to_value(role)?);
            }
            if let Some(why) = &self.why {
                payload.insert("why".into(), serde_json::to_value(why)?);
            }
        }
        serde_json::to_string(&value)
    }

    /// Reads a stored event's kind and payload. A vote takes a short way.
    pub fn parse(kind: &str, payload: &str) -> Result<Self, Error> {
        if kind == "vote_cast" {
            let vote: VoteCast = serde_json::from_str(payload)?;
            return Ok(Self { by: vote.by(), role: None, why: None, body: EventBody::VoteCast(vote) });
        }
        let mut value: Value = serde_json::from_str(payload)?;
        let envelope = value.as_object_mut().ok_or_else(|| Error::custom("its payload is not an object"))?;
        let (by, role, why) = (envelope.remove("by"), envelope.remove("as"), envelope.remove("why"));
        let body = EventBody::of_value(kind, value)?;
        let by = match by {
            Some(by) => serde_json::from_value(by)?,
            None => body.implied_by().ok_or_else(|| Error::custom("it does not say who did it"))?,
        };
        let role = role.map(serde_json::from_value).transpose()?;
        let why = why.map(serde_json::from_value).transpose()?;
        Ok(Self { by, role, why, body })
    }

    /// The words in this event, to be stored beside the log.
    pub fn words(&self) -> impl Iterator<Item = &PersonalText> {
        self.body.words().into_iter().chain(self.why.as_deref())
    }

    /// The same, to put stored words back.
    pub fn words_mut(&mut self) -> impl Iterator<Item = &mut PersonalText> {
        self.body.words_mut().into_iter().chain(self.why.as_deref_mut())
    }
}

/// An event in its position in the log.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Its position in the log.
    pub seq: Seq,
    /// When the server recorded it. Order is by `seq`, never by time.
    pub at: Timestamp,
    /// What happened, and who did it.
    pub what: NewEvent,
    /// Its hash, which covers the one before it.
    pub hash: ChainHash,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::provenance::Source;
    use crate::domain::{Choice, OperationId, ParticipantNumber, StaffNumber, StatementNumber};

    fn vote(op: Option<&str>, source: Source) -> NewEvent {
        let vote = VoteCast {
            source,
            op: op.and_then(OperationId::parse),
            offered_ppm: op.map(|_| 250_000),
            ..VoteCast::new(ParticipantNumber(3), StatementNumber(12), Choice::Disagree)
        };
        NewEvent::new(vote.by(), vote)
    }

    #[test]
    fn the_short_way_of_a_vote_writes_the_same_canonical_json() {
        for op in [None, Some("a-1_B")] {
            let event = vote(op, Source::Live);
            assert_eq!(event.payload().unwrap(), event.body.to_value().unwrap().to_string());
            assert_eq!(NewEvent::parse("vote_cast", &event.payload().unwrap()).unwrap(), event);
        }
    }

    #[test]
    fn a_live_vote_takes_no_byte_for_what_it_does_not_say() {
        assert_eq!(
            vote(Some("v1"), Source::Live).payload().unwrap(),
            r#"{"choice":"disagree","offered_ppm":250000,"op":"v1","participant":3,"statement":12}"#
        );
    }

    #[test]
    fn imported_votes_keep_their_time_or_that_they_have_none() {
        for source in [Source::ImportUntimed, Source::ImportAtMs(1403054214196)] {
            let event = vote(None, source);
            let read = NewEvent::parse(event.body.kind(), &event.payload().unwrap()).unwrap();
            assert_eq!((read.by, &read), (RecordedActor::Import, &event));
        }
    }

    #[test]
    fn a_payload_has_sorted_keys_no_words_and_says_who_did_it_and_why() {
        let words = |text: &str| PersonalText::new(text, [7; 16]);
        let submitted = StatementSubmitted {
            seed: true,
            ..StatementSubmitted::new(StatementNumber(1), words("A secret opinion"))
        };
        let event = NewEvent {
            why: Some(Box::new(words("A secret reason"))),
            ..NewEvent::new(RecordedActor::Staff(StaffNumber(4)), submitted)
        };
        let payload = event.payload().unwrap();
        assert!(!payload.contains("secret"), "{payload}");
        assert!(payload.starts_with(r#"{"author":null,"by":{"staff":4},"meta":false,"#), "{payload}");
        assert!(!format!("{event:?}").contains("secret"));
        assert_eq!(event.words().count(), 2);
        let read = NewEvent::parse("statement_submitted", &payload).unwrap();
        assert_eq!((read.by, read.payload().unwrap()), (event.by, payload));
    }

    #[test]
    fn an_event_that_names_nobody_is_refused() {
        let error = NewEvent::parse("conversation_closed", "{}").unwrap_err();
        assert!(error.to_string().contains("who did it"), "{error}");
        assert!(NewEvent::parse("conversation_closed", r#"{"by":"system"}"#).is_ok());
        assert!(NewEvent::parse("conversation_closed", r#"{"by":"system","more":1}"#).is_err());
        assert!(NewEvent::parse("conversation_exploded", r#"{"by":"system"}"#).is_err());
    }
}
