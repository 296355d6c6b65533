//! What organisers and moderators decide: seeds, moderation, opening and closing, the agenda, and
//! the words and rules of a conversation. PURE, like the rest of the room's state.

use crate::domain::PersonalText;
use crate::domain::agenda::ItemChange;
use crate::domain::conversation::{MAX_DESCRIPTION, MAX_ORGANISER, MAX_QUESTION};
use crate::domain::statement::clean_line;
use crate::domain::{
    Agenda, ConversationState, ConversationText, EventBody, Moderation, RejectReason, Rejection, Settings,
    Source, StatementNumber,
};

use super::AgendaChange;
use super::room_state::RoomState;

impl RoomState {
    /// An organiser's seed statement, accepted at once.
    pub fn decide_seed(&self, text: &str, meta: bool, salt: [u8; 16]) -> Result<Vec<EventBody>, Rejection> {
        if self.record.conversation.state == ConversationState::Closed {
            return Err(Rejection::NotOpen);
        }
        let text = PersonalText::new(self.check_new_statement(text)?, salt);
        let statement = self.record.next_statement();
        let source = Source::Live;
        Ok(vec![
            EventBody::StatementSubmitted {
                statement,
                author: None,
                seed: true,
                meta,
                text,
                source,
                op: None,
            },
            EventBody::StatementModerated { statement, to: Moderation::Accepted, reason: None },
        ])
    }

    /// A moderator's decision. The same again makes no event.
    pub fn decide_moderation(
        &self,
        statement: StatementNumber,
        to: Moderation,
        reason: Option<RejectReason>,
    ) -> Result<Vec<EventBody>, Rejection> {
        let now = self.record.statements.get(&statement).ok_or(Rejection::UnknownStatement)?;
        let reason = reason.filter(|_| to == Moderation::Rejected);
        if now.moderation == to && now.reason == reason {
            return Ok(Vec::new());
        }
        Ok(vec![EventBody::StatementModerated { statement, to, reason }])
    }

    /// Opens the conversation, for the first time or again.
    pub fn decide_open(&self) -> Vec<EventBody> {
        match self.record.conversation.state {
            ConversationState::Open => Vec::new(),
            _ => vec![EventBody::ConversationOpened {}],
        }
    }

    /// Closes the conversation.
    pub fn decide_close(&self) -> Result<Vec<EventBody>, Rejection> {
        match self.record.conversation.state {
            ConversationState::Draft => Err(Rejection::NotOpen),
            ConversationState::Open => Ok(vec![EventBody::ConversationClosed {}]),
            ConversationState::Closed => Ok(Vec::new()),
        }
    }

    /// Changes the drafted agenda, or drafts a new one that the assembly room has made.
    pub fn decide_agenda(&self, change: AgendaChange) -> Result<Vec<EventBody>, Rejection> {
        let change = match change {
            AgendaChange::Draft(agenda) => {
                let version = self.record.draft.as_ref().map_or(1, |draft| draft.version + 1);
                return Ok(vec![EventBody::AgendaDrafted { agenda: Agenda { version, ..*agenda } }]);
            }
            other => other,
        };
        let draft = self.record.draft.as_ref().ok_or(Rejection::NoAgenda)?;
        let version = draft.version;
        if self.record.published.as_ref().is_some_and(|(agenda, _)| agenda.version == version) {
            return Err(Rejection::AgendaFrozen);
        }
        let item = |statement| draft.position(statement).ok_or(Rejection::AgendaItem);
        match change {
            AgendaChange::Move { statement, change } => {
                let at = item(statement)?;
                let stuck = match change {
                    ItemChange::MovedUp => at == 0,
                    ItemChange::MovedDown => at + 1 == draft.items.len(),
                };
                if stuck {
                    return Err(Rejection::AgendaItem);
                }
                Ok(vec![EventBody::AgendaItemMoved { version, statement, change }])
            }
            AgendaChange::Remove { statement } => {
                item(statement)?;
                Ok(vec![EventBody::AgendaItemRemoved { version, statement }])
            }
            AgendaChange::Publish | AgendaChange::Draft(_) => {
                Ok(vec![EventBody::AgendaPublished { version }])
            }
        }
    }
}

/// Checks the words of a conversation and commits to them.
pub fn conversation_text(
    question: &str,
    description: &str,
    organiser: &str,
    salts: [[u8; 16]; 3],
) -> Result<ConversationText, Rejection> {
    let line = |field, text: &str, max| {
        let clean = clean_line(text);
        let fits = (1..=max).contains(&clean.chars().count());
        if fits { Ok(clean) } else { Err(Rejection::BadText { field, max }) }
    };
    let question = line("The question", question, MAX_QUESTION)?;
    let organiser = line("Who asks", organiser, MAX_ORGANISER)?;
    // The description keeps its paragraphs.
    let description: Vec<String> = description.lines().map(clean_line).collect();
    let description = description.join("\n").trim().to_owned();
    if description.chars().count() > MAX_DESCRIPTION {
        return Err(Rejection::BadText { field: "The description", max: MAX_DESCRIPTION });
    }
    Ok(ConversationText {
        question: PersonalText::new(question, salts[0]),
        description: PersonalText::new(description, salts[1]),
        organiser: PersonalText::new(organiser, salts[2]),
    })
}

/// Settings that may be used: the publication minimum is never lowered.
pub fn checked_settings(settings: Settings) -> Settings {
    let min = crate::domain::conversation::PRIVACY_MIN;
    Settings {
        privacy_min: settings.privacy_min.clamp(min, 1000),
        after_n: settings.after_n.min(1000),
        ..settings
    }
}
