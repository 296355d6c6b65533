//! The events of what moderators do beside accepting and rejecting.

use serde::{Deserialize, Serialize};

use crate::conversation::effects::{Effects, MapChange};
use crate::conversation::payload::{ApplyResult, Header, Payload, by_staff, words_in};
use crate::conversation::pin::Pin;
use crate::conversation::record::ConversationRecord;
use crate::domain::{ParticipantNumber, PersonalText, StatementNumber};

/// Another statement is asked in the place of this one, which says the same; or both are asked again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementMerged {
    /// Which.
    pub statement: StatementNumber,
    /// The one that says the same; none where both are asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<StatementNumber>,
}

/// A statement was found to be about the person, or not to be.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementClassified {
    /// Which.
    pub statement: StatementNumber,
    /// About the person: kept out of the map.
    pub meta: bool,
}

/// A statement is shown to more people first, for some hours: less and less.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementPinned {
    /// Which.
    pub statement: StatementNumber,
    /// For so many hours from then on; 0 for no longer.
    pub hours: u32,
}

/// No new statements are taken, or they are again.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubmissionsPaused {
    /// No new ones.
    pub paused: bool,
}

/// What somebody writes from then on is shown only after a moderator has read it, or as the rule says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorHeld {
    /// Who.
    pub participant: ParticipantNumber,
    /// Only after it was read.
    pub held: bool,
}

impl Payload for StatementMerged {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        if self.into.is_some_and(|into| !record.statements.contains_key(&into)) {
            return Err("a statement");
        }
        record.statements.get_mut(&self.statement).ok_or("a statement")?.same_as = self.into;
        record.votes_seq = header.seq;
        effects.on_map(MapChange::Statement(self.statement));
        (effects.statements, effects.queue) = (true, true);
        Ok(())
    }

    words_in!();
}

impl Payload for StatementClassified {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        record.statements.get_mut(&self.statement).ok_or("a statement")?.meta = self.meta;
        record.votes_seq = header.seq;
        effects.on_map(MapChange::Statement(self.statement));
        (effects.statements, effects.queue) = (true, true);
        Ok(())
    }

    words_in!();
}

impl Payload for StatementPinned {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        let statement = record.statements.get_mut(&self.statement).ok_or("a statement")?;
        statement.pin = (self.hours > 0).then_some(Pin { from: header.at, hours: self.hours });
        (effects.statements, effects.queue) = (true, true);
        Ok(())
    }

    words_in!();
}

impl Payload for SubmissionsPaused {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, _: Header, effects: &mut Effects) -> ApplyResult {
        record.conversation.submissions_paused = self.paused;
        effects.queue = true;
        Ok(())
    }

    words_in!();
}

impl Payload for AuthorHeld {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, _: Header, effects: &mut Effects) -> ApplyResult {
        if !record.participants.contains_key(&self.participant) {
            return Err("a participant");
        }
        if self.held {
            record.held_authors.insert(self.participant);
        } else {
            record.held_authors.remove(&self.participant);
        }
        effects.queue = true;
        Ok(())
    }

    words_in!();
}
