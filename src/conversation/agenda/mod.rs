//! The agenda: drafted from the votes, made by hand, and published. What is published stays as it is; the agenda goes on
//! and can be published again, as the next version.

mod edit;
mod mark;
mod quotes;
pub(super) mod record;
mod triggers;
mod words;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::actor::Actor;
use super::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use super::effects::Effects;
use super::payload::{ApplyResult, Header, ListingChange, Payload, by_staff, words_in};
use super::record::ConversationRecord;
use crate::domain::{
    AgendaAudit, Field, ItemNumber, ItemReason, OperationId, PersonalText, Proposal, Rejection,
    StatementNumber, clean_line,
};

pub use edit::{AgendaEdit, MAX_ITEM_QUESTION, MAX_ITEMS, OwnItem};
pub use record::{
    AgendaChange, AgendaComment, AgendaDraft, AgendaRecord, Changed, FormerItem, PublishedAgenda,
};
pub use triggers::{AgendaTriggers, AgendaTriggersSet, Freeze, MAX_PLACES, Threshold, WHOLE};
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
    /// Keeps the one that stays, at the moment that was set for it.
    Freeze(Box<Proposal>),
    /// Sets what comes on it by itself.
    Triggers(Box<AgendaTriggers<String>>),
    /// Changes it by hand.
    Edit {
        /// What whoever asks had before them of what they change, as [`AgendaDraft::mark`] has it; where it is something else
        /// by now, nothing is changed. Not given: it is changed however it stands.
        was: Option<String>,
        /// The change.
        edit: Box<AgendaEdit<String>>,
        /// Names what was asked for: asked for again, because no answer came, it is done once.
        op: Option<OperationId>,
    },
    /// Says something of it to colleagues.
    Comment {
        /// Of which item; of the whole, where of none.
        item: Option<ItemNumber>,
        /// What.
        text: String,
        /// As of a change.
        op: Option<OperationId>,
    },
    /// Publishes it as it stands.
    Publish {
        /// The revision that whoever publishes it has read.
        revision: u32,
        /// Whom it leaves out, where that is known.
        audit: Option<Box<AgendaAudit>>,
    },
}

/// An agenda was drafted from the votes.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaDrafted {
    /// The draft.
    pub proposal: Proposal,
    /// Whether it stays: no other draft is made after it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub frozen: bool,
}

/// It was changed by hand.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaEdited {
    /// The change.
    pub edit: AgendaEdit<PersonalText>,
    /// What whoever asked for it named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<OperationId>,
    /// Statements of the item whose words its new question repeats.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<StatementNumber>,
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
    /// What whoever said it named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<OperationId>,
}

/// It was published.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaPublished {
    /// Its version.
    pub version: u32,
    /// Whom it leaves out, where that was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<AgendaAudit>,
}

impl Payload for AgendaDrafted {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, _: &mut Effects) -> ApplyResult {
        let agenda = Arc::make_mut(&mut record.agenda);
        agenda.drafted(self.proposal, header.at, header.by);
        if self.frozen {
            agenda.frozen = Some(header.at);
        }
        Ok(())
    }

    words_in!();

    fn listing(&self) -> Option<ListingChange<'_>> {
        self.frozen.then_some(ListingChange::AgendaDue(None))
    }
}

impl Payload for AgendaEdited {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, _: &mut Effects) -> ApplyResult {
        let agenda = Arc::make_mut(&mut record.agenda);
        let draft = agenda.draft.as_mut().ok_or("an agenda")?;
        if let AgendaEdit::Add { backed } = &self.edit
            && matches!(backed.reason, ItemReason::Threshold { .. })
        {
            agenda.reached.insert(backed.statement);
        }
        draft.edited((self.edit, self.quotes), header.at, header.by).ok_or("an agenda item")?;
        draft.done(self.op);
        Ok(())
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
        let draft = Arc::make_mut(&mut record.agenda).draft.as_mut().ok_or("an agenda")?;
        let Self { item, text, op } = self;
        draft.comments.push(AgendaComment { at: header.at, by: header.by, item, text });
        draft.done(op);
        Ok(())
    }

    words_in!(text);
}

impl Payload for AgendaPublished {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, _: &mut Effects) -> ApplyResult {
        let agenda = Arc::make_mut(&mut record.agenda);
        let draft = agenda.draft.as_ref().ok_or("an agenda")?;
        let published = PublishedAgenda {
            version: self.version,
            at: header.at,
            agenda: draft.agenda.clone(),
            proposal: Arc::clone(draft.proposal().ok_or("a draft from the votes")?),
            drafted_at: draft.drafted_at().unwrap_or(header.at),
            changes: draft.changes_by_hand().cloned().collect(),
            audit: self.audit,
            frozen: agenda.frozen,
        };
        agenda.published.push(Arc::new(published));
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
    B: From<AgendaDrafted>
        + From<AgendaEdited>
        + From<AgendaCommented>
        + From<AgendaPublished>
        + From<AgendaTriggersSet>,
{
    let by = actor.in_charge()?;
    let agenda = &desk.record.agenda;
    if let AgendaAct::Draft(proposal) | AgendaAct::Freeze(proposal) = act {
        if agenda.frozen.is_some() {
            return Err(Rejection::AgendaFrozen);
        }
        let frozen = matches!(act, AgendaAct::Freeze(_));
        pending.push(actor, given, by, AgendaDrafted { proposal: Proposal::clone(proposal), frozen })?;
        return Ok(Decided::changed(1));
    }
    if let AgendaAct::Triggers(triggers) = act {
        let triggers = triggers.committed(desk.record.conversation.settings.privacy_min, given)?;
        pending.push(actor, given, by, AgendaTriggersSet { triggers })?;
        return Ok(Decided::changed(1));
    }
    let draft = agenda.draft.as_ref().ok_or(Rejection::NoAgenda)?;
    match act {
        AgendaAct::Edit { op, .. } | AgendaAct::Comment { op, .. } if draft.has_done(op.as_ref()) => {
            return Ok(Decided::changed(0));
        }
        AgendaAct::Edit { was, edit, op } => {
            if was.as_ref().is_some_and(|was| *was != draft.mark(edit)) {
                return Err(Rejection::ChangedMeanwhile);
            }
            let edit = edit.committed(given.salt)?;
            desk.check_edit(draft, &edit)?;
            let quotes = quotes::repeated(&desk.record, draft, &edit);
            pending.push(actor, given, by, AgendaEdited { edit, op: op.clone(), quotes })?;
        }
        AgendaAct::Comment { item, text, op } => {
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
            pending.push(actor, given, by, AgendaCommented { item: *item, text, op: op.clone() })?;
        }
        AgendaAct::Publish { revision, audit } => {
            if agenda.is_published() {
                return Err(Rejection::AgendaPublished);
            }
            if *revision != draft.revision {
                return Err(Rejection::ChangedMeanwhile);
            }
            let version = agenda.latest().map_or(1, |latest| latest.version + 1);
            pending.push(actor, given, by, AgendaPublished { version, audit: audit.as_deref().cloned() })?;
        }
        AgendaAct::Draft(_) | AgendaAct::Freeze(_) | AgendaAct::Triggers(_) => {}
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
