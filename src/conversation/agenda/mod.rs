//! The agenda: drafted from the votes, made by hand, and published. What is published stays as it is; the agenda goes on
//! and can be published again, as the next version.

mod edit;
mod mark;
pub(super) mod record;
mod words;

use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use super::effects::Effects;
use super::payload::{ApplyResult, Header, Payload, by_staff, words_in};
use super::record::ConversationRecord;
use crate::domain::{Field, ItemNumber, PersonalText, Proposal, Rejection, clean_line};

pub use edit::{AgendaEdit, MAX_ITEM_QUESTION, MAX_ITEMS};
pub use record::{
    AgendaChange, AgendaComment, AgendaDraft, AgendaRecord, Changed, FormerItem, PublishedAgenda,
};
pub use words::{MAX_EVIDENCE, MAX_MINUTES};

/// The longest comment.
const MAX_COMMENT: usize = 1_000;
/// The most comments on an agenda.
const MAX_COMMENTS: usize = 1_000;

/// A change of the agenda.
#[derive(Clone, Debug)]
pub enum AgendaAct {
    /// Keeps a new draft, which the assembly module has made.
    Draft(Box<Proposal>),
    /// Changes it by hand.
    Edit {
        /// What whoever asks had before them of what they change, as [`AgendaDraft::mark`] has it; where it is something else
        /// by now, nothing is changed. Not given: it is changed however it stands.
        was: Option<String>,
        /// The change.
        edit: Box<AgendaEdit<String>>,
    },
    /// Says something of it to colleagues.
    Comment {
        /// Of which item; of the whole, where of none.
        item: Option<ItemNumber>,
        /// What.
        text: String,
    },
    /// Publishes it as it stands.
    Publish {
        /// The revision that whoever publishes it has read.
        revision: u32,
    },
}

/// An agenda was drafted from the votes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaDrafted {
    /// The draft.
    pub proposal: Proposal,
}

/// It was changed by hand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaEdited {
    /// The change.
    pub edit: AgendaEdit<PersonalText>,
}

/// A colleague said something of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaCommented {
    /// Of which item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemNumber>,
    /// What.
    pub text: PersonalText,
}

/// It was published.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaPublished {
    /// Its version.
    pub version: u32,
}

impl Payload for AgendaDrafted {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, _: &mut Effects) -> ApplyResult {
        record.agenda.drafted(self.proposal, header.at, header.by);
        Ok(())
    }

    words_in!();
}

impl Payload for AgendaEdited {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, _: &mut Effects) -> ApplyResult {
        let draft = record.agenda.draft.as_mut().ok_or("an agenda")?;
        draft.edited(self.edit, header.at, header.by).ok_or("an agenda item")
    }

    fn words(&self) -> Vec<&PersonalText> {
        self.edit.words()
    }

    fn words_mut(&mut self) -> Vec<&mut PersonalText> {
        self.edit.words_mut()
    }
}

impl Payload for AgendaCommented {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, _: &mut Effects) -> ApplyResult {
        let draft = record.agenda.draft.as_mut().ok_or("an agenda")?;
        let Self { item, text } = self;
        draft.comments.push(AgendaComment { at: header.at, by: header.by, item, text });
        Ok(())
    }

    words_in!(text);
}

impl Payload for AgendaPublished {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, _: &mut Effects) -> ApplyResult {
        let draft = record.agenda.draft.as_ref().ok_or("an agenda")?;
        let published = PublishedAgenda {
            version: self.version,
            at: header.at,
            agenda: draft.agenda.clone(),
            proposal: draft.proposal().ok_or("a draft from the votes")?.clone(),
            changes: draft.changes_by_hand().cloned().collect(),
        };
        record.agenda.published.push(published);
        Ok(())
    }

    words_in!();
}

pub(super) fn decide<B>(
    desk: &Desk,
    actor: &Actor,
    act: &AgendaAct,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection>
where
    B: From<AgendaDrafted> + From<AgendaEdited> + From<AgendaCommented> + From<AgendaPublished>,
{
    let by = actor.in_charge()?;
    let agenda = &desk.record.agenda;
    if let AgendaAct::Draft(proposal) = act {
        pending.push(actor, given, by, AgendaDrafted { proposal: Proposal::clone(proposal) })?;
        return Ok(Decided::changed(1));
    }
    let draft = agenda.draft.as_ref().ok_or(Rejection::NoAgenda)?;
    match act {
        AgendaAct::Edit { was, edit } => {
            if was.as_ref().is_some_and(|was| *was != draft.mark(edit)) {
                return Err(Rejection::ChangedMeanwhile);
            }
            let edit = edit.committed(given.salt)?;
            desk.check_edit(draft, &edit)?;
            pending.push(actor, given, by, AgendaEdited { edit })?;
        }
        AgendaAct::Comment { item, text } => {
            let text = clean_line(text);
            if !(1..=MAX_COMMENT).contains(&text.chars().count()) {
                return Err(Rejection::BadText { field: Field::Comment, max: MAX_COMMENT });
            }
            if draft.comments.len() >= MAX_COMMENTS {
                return Err(Rejection::TooManyItems { max: MAX_COMMENTS });
            }
            if item.is_some_and(|item| draft.agenda.item(item).is_none()) {
                return Err(Rejection::AgendaItem);
            }
            let text = PersonalText::new(text, (given.salt)());
            pending.push(actor, given, by, AgendaCommented { item: *item, text })?;
        }
        AgendaAct::Publish { revision } => {
            if agenda.is_published() {
                return Err(Rejection::AgendaPublished);
            }
            if *revision != draft.revision {
                return Err(Rejection::ChangedMeanwhile);
            }
            let version = agenda.latest().map_or(1, |latest| latest.version + 1);
            pending.push(actor, given, by, AgendaPublished { version })?;
        }
        AgendaAct::Draft(_) => {}
    }
    Ok(Decided::changed(1))
}

impl Desk {
    fn check_edit(&self, draft: &AgendaDraft, edit: &AgendaEdit<PersonalText>) -> Result<(), Rejection> {
        let (can_undo, can_redo) = draft.can_undo();
        let (undoes, redoes) = (matches!(edit, AgendaEdit::Undo), matches!(edit, AgendaEdit::Redo));
        if undoes && !can_undo || redoes && !can_redo {
            return Err(Rejection::NothingToUndo);
        }
        if let AgendaEdit::Add { backed } = edit {
            let statement = self.record.statements.get(&backed.statement);
            if !statement.is_some_and(|statement| self.record.is_shown(statement)) {
                return Err(Rejection::StatementNotShown);
            }
        }
        // What the log says is folded as it is tried here.
        edit.apply(&mut draft.agenda.clone())
    }
}
