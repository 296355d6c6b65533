//! Events: what happened in a conversation, in order, each chained to the one before it (I6).
//!
//! A payload is canonical JSON: keys sorted, integers and strings only (and lists of them). Text
//! that a person wrote stands in it as a salted commitment, so that it can be erased without
//! breaking the chain.

use serde::{Deserialize, Serialize};

use super::agenda::{Agenda, ItemChange};
use super::chain::ChainHash;
use super::conversation::{ConversationText, Settings};
use super::id::{OperationId, ParticipantNumber, Seq, Slug, StatementNumber, Timestamp};
use super::personal_text::PersonalText;
use super::statement::{Moderation, RejectReason};
use super::vote::Choice;

/// Where a vote or a statement comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Cast or written here; its time is that of its event.
    #[default]
    Live,
    /// From an import that did not know the time.
    ImportUntimed,
    /// From an import, at this moment in milliseconds since 1970.
    ImportAtMs(i64),
}

impl Source {
    fn is_live(&self) -> bool {
        *self == Source::Live
    }

    /// The moment in milliseconds since 1970, for an event recorded at `at`.
    pub fn moment_ms(self, at: Timestamp) -> Option<i64> {
        match self {
            Source::Live => Some(at.as_ms()),
            Source::ImportUntimed => None,
            Source::ImportAtMs(ms) => Some(ms),
        }
    }
}

/// What happened.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", content = "payload", rename_all = "snake_case")]
#[allow(missing_docs)] // the variants and fields say what they are
pub enum EventBody {
    ConversationCreated {
        slug: Slug,
        text: ConversationText,
        settings: Settings,
        source_url: String,
        onlookers: u32,
    },
    ConversationChanged {
        text: ConversationText,
        settings: Settings,
    },
    ConversationOpened {},
    ConversationClosed {},
    ParticipantJoined {
        participant: ParticipantNumber,
    },
    StatementSubmitted {
        statement: StatementNumber,
        author: Option<ParticipantNumber>,
        seed: bool,
        meta: bool,
        text: PersonalText,
        #[serde(default, skip_serializing_if = "Source::is_live")]
        source: Source,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        op: Option<OperationId>,
    },
    StatementModerated {
        statement: StatementNumber,
        to: Moderation,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<RejectReason>,
    },
    VoteCast {
        participant: ParticipantNumber,
        statement: StatementNumber,
        choice: Choice,
        #[serde(default, skip_serializing_if = "Source::is_live")]
        source: Source,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        op: Option<OperationId>,
        /// With which probability the draw offers this statement to this person, in millionths;
        /// on first votes only. It lets the bias of routing be undone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        offered_ppm: Option<u32>,
    },
    AgendaDrafted {
        agenda: Agenda,
    },
    AgendaItemMoved {
        version: u32,
        statement: StatementNumber,
        change: ItemChange,
    },
    AgendaItemRemoved {
        version: u32,
        statement: StatementNumber,
    },
    AgendaPublished {
        version: u32,
    },
}

impl EventBody {
    /// The kind's word in the log.
    pub fn kind(&self) -> &'static str {
        match self {
            EventBody::ConversationCreated { .. } => "conversation_created",
            EventBody::ConversationChanged { .. } => "conversation_changed",
            EventBody::ConversationOpened {} => "conversation_opened",
            EventBody::ConversationClosed {} => "conversation_closed",
            EventBody::ParticipantJoined { .. } => "participant_joined",
            EventBody::StatementSubmitted { .. } => "statement_submitted",
            EventBody::StatementModerated { .. } => "statement_moderated",
            EventBody::VoteCast { .. } => "vote_cast",
            EventBody::AgendaDrafted { .. } => "agenda_drafted",
            EventBody::AgendaItemMoved { .. } => "agenda_item_moved",
            EventBody::AgendaItemRemoved { .. } => "agenda_item_removed",
            EventBody::AgendaPublished { .. } => "agenda_published",
        }
    }

    /// The payload as canonical JSON.
    pub fn payload(&self) -> Result<String, serde_json::Error> {
        if let EventBody::VoteCast { participant, statement, choice, source: Source::Live, op, offered_ppm } =
            self
        {
            return Ok(vote_payload(*participant, *statement, *choice, op.as_ref(), *offered_ppm));
        }
        // serde_json's map sorts its keys (its feature `preserve_order` is never on here; a test
        // says so), which is what makes the text canonical.
        let value = serde_json::to_value(self)?;
        serde_json::to_string(value.get("payload").unwrap_or(&serde_json::Value::Null))
    }

    /// Reads a stored event's kind and payload. A vote — almost every event — takes a short way.
    pub fn parse(kind: &str, payload: &str) -> Result<Self, serde_json::Error> {
        if kind == "vote_cast" {
            let vote: VotePayload = serde_json::from_str(payload)?;
            let VotePayload { participant, statement, choice, source, op, offered_ppm } = vote;
            return Ok(EventBody::VoteCast { participant, statement, choice, source, op, offered_ppm });
        }
        let payload: serde_json::Value = serde_json::from_str(payload)?;
        serde_json::from_value(serde_json::json!({ "kind": kind, "payload": payload }))
    }

    /// The words in this event, to be stored beside the log.
    pub fn personal_texts(&self) -> Vec<&PersonalText> {
        match self {
            EventBody::ConversationCreated { text, .. } | EventBody::ConversationChanged { text, .. } => {
                vec![&text.question, &text.description, &text.organiser]
            }
            EventBody::StatementSubmitted { text, .. } => vec![text],
            _ => Vec::new(),
        }
    }

    /// The same, to put stored words back.
    pub fn personal_texts_mut(&mut self) -> Vec<&mut PersonalText> {
        match self {
            EventBody::ConversationCreated { text, .. } | EventBody::ConversationChanged { text, .. } => {
                vec![&mut text.question, &mut text.description, &mut text.organiser]
            }
            EventBody::StatementSubmitted { text, .. } => vec![text],
            _ => Vec::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VotePayload {
    participant: ParticipantNumber,
    statement: StatementNumber,
    choice: Choice,
    #[serde(default)]
    source: Source,
    #[serde(default)]
    op: Option<OperationId>,
    #[serde(default)]
    offered_ppm: Option<u32>,
}

/// The payload of a live vote, written by hand: it is the hot path, and an [`OperationId`] needs
/// no escaping. A test holds it against the general way.
fn vote_payload(
    participant: ParticipantNumber,
    statement: StatementNumber,
    choice: Choice,
    op: Option<&OperationId>,
    offered_ppm: Option<u32>,
) -> String {
    use std::fmt::Write;
    // Writing to a String does not fail.
    let mut text = format!(r#"{{"choice":"{choice}","#);
    if let Some(ppm) = offered_ppm {
        let _ = write!(text, r#""offered_ppm":{ppm},"#);
    }
    if let Some(op) = op {
        let _ = write!(text, r#""op":"{}","#, op.as_str());
    }
    let _ = write!(text, r#""participant":{participant},"statement":{statement}}}"#);
    text
}

/// An event in its place in the log.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Its place.
    pub seq: Seq,
    /// When the server recorded it. Order is by `seq`, never by time.
    pub at: Timestamp,
    /// What happened.
    pub body: EventBody,
    /// Its hash, which covers the one before it.
    pub hash: ChainHash,
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn vote(op: Option<&str>, source: Source) -> EventBody {
        EventBody::VoteCast {
            participant: ParticipantNumber(3),
            statement: StatementNumber(12),
            choice: Choice::Disagree,
            source,
            op: op.and_then(OperationId::parse),
            offered_ppm: op.map(|_| 250_000),
        }
    }

    #[test]
    fn the_short_way_of_a_vote_writes_the_same_canonical_json() {
        for op in [None, Some("a-1_B")] {
            let body = vote(op, Source::Live);
            let general = serde_json::to_value(&body).unwrap();
            assert_eq!(body.payload().unwrap(), general["payload"].to_string());
            assert_eq!(EventBody::parse("vote_cast", &body.payload().unwrap()).unwrap(), body);
        }
    }

    #[test]
    fn imported_votes_keep_their_time_or_that_they_have_none() {
        for source in [Source::ImportUntimed, Source::ImportAtMs(1403054214196)] {
            let body = vote(None, source);
            assert_eq!(EventBody::parse(body.kind(), &body.payload().unwrap()).unwrap(), body);
        }
    }

    #[test]
    fn a_payload_has_sorted_keys_and_no_words() {
        let body = EventBody::StatementSubmitted {
            statement: StatementNumber(1),
            author: None,
            seed: true,
            meta: false,
            text: PersonalText::new("A secret opinion", [7; 16]),
            source: Source::Live,
            op: None,
        };
        let payload = body.payload().unwrap();
        assert!(!payload.contains("secret"), "{payload}");
        assert!(payload.starts_with(r#"{"author":null,"meta":false,"seed":true,"statement":1,"#));
        assert!(!format!("{body:?}").contains("secret"));
    }
}
