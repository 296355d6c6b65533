//! The events of a conversation's words and rules.

use serde::{Deserialize, Serialize};

use crate::conversation::effects::{Effects, MapChange};
use crate::conversation::payload::{ApplyResult, Header, ListingChange, Payload, by_staff, words_in};
use crate::conversation::publications::Publications;
use crate::conversation::record::{Conversation, ConversationRecord};
use crate::conversation::settings::{ConversationState, Schedule, Settings};
use crate::conversation::terms::{PromiseChange, StepAnswer, Terms};
use crate::conversation::text::{Brief, ConversationText};
use crate::domain::{ConversationId, PersonalText, Rejection, Slug};

/// The first event: somebody prepares a conversation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConversationCreated {
    /// The format of the log: 1.
    #[serde(deserialize_with = "known_format")]
    pub format: u32,
    /// Its name in addresses.
    pub slug: Slug,
    /// Its words.
    pub text: ConversationText,
    /// When it is meant to open and to close.
    #[serde(default, skip_serializing_if = "Schedule::is_empty")]
    pub schedule: Schedule,
    /// Its rules.
    pub settings: Settings,
    /// The address that an imported conversation came from, or nothing.
    pub source_url: String,
    /// People that an imported conversation counted who neither voted nor wrote.
    pub onlookers: u32,
}

/// Words or rules were changed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConversationChanged {
    /// Its words.
    pub text: ConversationText,
    /// When it is meant to open and to close.
    #[serde(default, skip_serializing_if = "Schedule::is_empty")]
    pub schedule: Schedule,
    /// Its rules.
    pub settings: Settings,
    /// Why it is another after the opening: everybody reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<PersonalText>,
}

/// The organiser says what became of something that was promised. A later answer stands instead of an earlier one.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepAnswered {
    /// The number of the step.
    pub step: u32,
    /// The answer.
    pub text: PersonalText,
}

/// A draft was given a new address.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConversationRenamed {
    /// Its new name in addresses.
    pub slug: Slug,
}

/// A draft was deleted, or a conversation of which that had been planned.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConversationDeleted {}

/// Votes and statements are taken from now on. What is promised is fixed with it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConversationOpened {
    /// What is promised about what becomes of the answers.
    pub promise: PersonalText,
    /// The rules by which statements are rejected.
    pub policy: Vec<PersonalText>,
    /// What is promised, in parts.
    #[serde(default, skip_serializing_if = "Terms::is_empty")]
    pub terms: Terms,
    /// When it is meant to open and to close.
    #[serde(default, skip_serializing_if = "Schedule::is_empty")]
    pub schedule: Schedule,
}

/// Votes and statements are no longer accepted.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConversationClosed {}

fn known_format<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        ConversationCreated::FORMAT => Ok(ConversationCreated::FORMAT),
        other => Err(serde::de::Error::custom(format!(
            "the log has format {other}, and this program reads format {}",
            ConversationCreated::FORMAT
        ))),
    }
}

impl ConversationCreated {
    /// The format of the logs that this program writes.
    pub const FORMAT: u32 = 1;

    /// The conversation after its first event.
    pub(in crate::conversation) fn conversation(self, id: ConversationId) -> Conversation {
        let Self { format: _, slug, text, schedule, settings, source_url, onlookers } = self;
        let state = ConversationState::Draft;
        Conversation {
            id,
            slug,
            text,
            schedule,
            settings,
            state,
            source_url,
            onlookers,
            earlier_policies: Vec::new(),
            changes: Vec::new(),
            answers: Vec::new(),
            published: Publications::default(),
            submissions_paused: false,
            opened_at: None,
            closed_at: None,
            links_destroyed: None,
            deletes_at: None,
        }
    }

    /// The first event of a conversation that is made here.
    pub fn new(slug: Slug, brief: &Brief, salt: &mut dyn FnMut() -> [u8; 16]) -> Result<Self, Rejection> {
        Ok(Self {
            format: Self::FORMAT,
            slug,
            text: ConversationText::checked(brief, salt)?,
            schedule: brief.schedule,
            settings: brief.settings.checked(),
            source_url: String::new(),
            onlookers: 0,
        })
    }
}

macro_rules! conversation_text {
    () => {
        fn words(&self) -> Vec<&PersonalText> {
            self.text.words()
        }

        fn words_mut(&mut self) -> Vec<&mut PersonalText> {
            self.text.words_mut().collect()
        }
    };
}

impl Payload for ConversationCreated {
    by_staff!(AnyTime);

    fn apply(self, _: &mut ConversationRecord, _: Header, _: &mut Effects) -> ApplyResult {
        Err("a second creation")
    }

    conversation_text!();
}

impl Payload for ConversationChanged {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        let conversation = &mut record.conversation;
        let before = conversation.settings;
        let makes_another_map = self.settings.moderation != before.moderation
            || self.settings.weigh_copies != before.weigh_copies;
        if makes_another_map {
            record.votes_seq = header.seq;
            effects.on_map(MapChange::Rule);
            (effects.statements, effects.queue) = (true, true);
        }
        conversation.published.rows_promised &= self.text.terms.releases_rows;
        conversation.set_text(self.text, header.seq);
        conversation.schedule = self.schedule;
        conversation.settings = self.settings;
        let change = self.reason.map(|reason| PromiseChange { at: header.at, reason });
        conversation.changes.extend(change);
        effects.rules = true;
        Ok(())
    }

    fn words(&self) -> Vec<&PersonalText> {
        self.text.words().into_iter().chain(&self.reason).collect()
    }

    fn words_mut(&mut self) -> Vec<&mut PersonalText> {
        self.text.words_mut().chain(&mut self.reason).collect()
    }

    fn listing(&self) -> Option<ListingChange<'_>> {
        let (question, listed) = (self.text.question.commitment(), self.settings.listed);
        let moderated_within_hours = self.text.terms.moderated_within_hours;
        Some(ListingChange::Words { question, listed, schedule: self.schedule, moderated_within_hours })
    }
}

impl Payload for StepAnswered {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        let answers = &mut record.conversation.answers;
        answers.retain(|answer| answer.step != self.step);
        answers.push(StepAnswer { step: self.step, at: header.at, text: self.text });
        effects.rules = true;
        Ok(())
    }

    words_in!(text);
}

impl Payload for ConversationRenamed {
    by_staff!(InDraft);

    fn apply(self, record: &mut ConversationRecord, _: Header, effects: &mut Effects) -> ApplyResult {
        record.conversation.slug = self.slug;
        effects.gone = true;
        Ok(())
    }

    words_in!();

    fn listing(&self) -> Option<ListingChange<'_>> {
        Some(ListingChange::Renamed(&self.slug))
    }
}

impl Payload for ConversationDeleted {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, _: Header, effects: &mut Effects) -> ApplyResult {
        record.conversation.state = ConversationState::Deleted;
        (effects.rules, effects.gone, effects.all_unlinked) = (true, true, true);
        Ok(())
    }

    words_in!();

    fn listing(&self) -> Option<ListingChange<'_>> {
        Some(ListingChange::Deleted)
    }
}

impl Payload for ConversationOpened {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        let is_first = record.conversation.opened_at.is_none();
        let published = &mut record.conversation.published;
        // Whoever voted before was told otherwise.
        published.rows_promised = self.terms.releases_rows && (is_first || published.rows_promised);
        record.conversation.opened_at.get_or_insert(header.at);
        record.conversation.closed_at = None;
        let before = record.conversation.text.clone();
        let text =
            ConversationText { promise: self.promise, policy: self.policy, terms: self.terms, ..before };
        record.conversation.set_text(text, header.seq);
        record.conversation.state = ConversationState::Open;
        record.conversation.deletes_at = None;
        record.conversation.schedule = self.schedule;
        // Decisions made after the last closing now come before the next one.
        let decisions = record.statements.values_mut().filter_map(|s| s.decision.as_mut());
        decisions.for_each(|decision| decision.after_close = false);
        (effects.rules, effects.statements) = (true, true);
        Ok(())
    }

    fn words(&self) -> Vec<&PersonalText> {
        std::iter::once(&self.promise).chain(&self.policy).chain(self.terms.words()).collect()
    }

    fn words_mut(&mut self) -> Vec<&mut PersonalText> {
        let own = std::iter::once(&mut self.promise).chain(&mut self.policy);
        own.chain(self.terms.words_mut()).collect()
    }

    fn listing(&self) -> Option<ListingChange<'_>> {
        Some(ListingChange::State(ConversationState::Open))
    }
}

impl Payload for ConversationClosed {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        record.conversation.closed_at = Some(header.at);
        record.conversation.state = ConversationState::Closed;
        (effects.rules, effects.closed) = (true, true);
        Ok(())
    }

    words_in!();

    fn listing(&self) -> Option<ListingChange<'_>> {
        Some(ListingChange::State(ConversationState::Closed))
    }
}
