//! What organisers and moderators decide: moderation, opening and closing, the agenda, and
//! the words and rules of a conversation. PURE, like the rest of the room's state.

use crate::domain::PersonalText;
use crate::domain::agenda::ItemChange;
use crate::domain::clean_line;
use crate::domain::conversation::{MAX_DESCRIPTION, MAX_ORGANISER, MAX_QUESTION};
use crate::domain::{
    Agenda, ConversationState, ConversationText, EventBody, Moderation, RejectReason, Rejection, Seq,
    Settings, Statement, StatementNumber,
};

use super::room_state::RoomState;
use super::{AgendaChange, Many};

impl RoomState {
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

    /// The same decision on many statements at once, as after a flood. Those that it is not new for make
    /// no event.
    pub fn decide_moderations(
        &self,
        which: Many,
        to: Moderation,
        reason: Option<RejectReason>,
    ) -> Result<Vec<EventBody>, Rejection> {
        let meant = self.record.statements.values().filter(|s| which.means(s));
        let decided = meant.map(|s| self.decide_moderation(s.number, to, reason));
        decided.collect::<Result<Vec<_>, _>>().map(|bodies| bodies.into_iter().flatten().collect())
    }

    /// How many statements are rejected by a decision in this part of the log.
    pub fn rejected_between(&self, after: Seq, last: Seq) -> u32 {
        let which = Many::Rejected { after, last };
        let rejected = self.record.statements.values().filter(|s| which.means(s)).count();
        u32::try_from(rejected).unwrap_or(u32::MAX)
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

impl Many {
    /// Whether a statement is one of them.
    fn means(self, statement: &Statement) -> bool {
        match self {
            Many::Waiting { first, last } => {
                statement.moderation == Moderation::Pending && (first..=last).contains(&statement.number)
            }
            // Only what was rejected: an address with other places must take nothing else back.
            Many::Rejected { after, last } => {
                statement.moderation == Moderation::Rejected
                    && statement.decision.is_some_and(|made| made.seq > after && made.seq <= last)
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
