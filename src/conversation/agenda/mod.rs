//! The agenda: drafted from the votes, made by hand, and published. What is published stays as it is; the agenda goes on
//! and can be published again, as the next version.

mod edit;
mod events;
mod mark;
mod quotes;
pub(super) mod record;
mod redraft;
mod triggers;
mod words;

use super::actor::Actor;
use super::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use crate::domain::{
    AgendaAudit, Field, ItemNumber, OperationId, PersonalText, Proposal, Rejection, clean_line,
};

pub use edit::{AgendaEdit, MAX_ITEM_QUESTION, MAX_ITEMS, OwnItem};
pub use events::{AgendaCommented, AgendaDrafted, AgendaEdited, AgendaPublished, AgendaTriggersSet};
pub use record::{
    AgendaChange, AgendaComment, AgendaDraft, AgendaRecord, Changed, FormerItem, PublishedAgenda,
};
pub use triggers::{AgendaTriggers, Freeze, MAX_PLACES, Threshold, WHOLE};
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
    Freeze {
        /// The draft.
        proposal: Box<Proposal>,
        /// The rule that it was made for.
        rule: Freeze,
    },
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
    if let AgendaAct::Draft(proposal) | AgendaAct::Freeze { proposal, .. } = act {
        if agenda.frozen.is_some() {
            return Err(Rejection::AgendaFrozen);
        }
        let rule = if let AgendaAct::Freeze { rule, .. } = act { Some(*rule) } else { None };
        let frozen = rule.is_some();
        if frozen && agenda.triggers.freeze != rule {
            return Err(Rejection::ChangedMeanwhile);
        }
        pending.push(actor, given, by, AgendaDrafted { proposal: Proposal::clone(proposal), frozen })?;
        return Ok(Decided::changed(1));
    }
    if let AgendaAct::Triggers(triggers) = act {
        let triggers = triggers.committed(desk.record.conversation.settings.privacy_min, given.salt)?;
        // A draft that stays was made for its moment: with another one, or none, it can be made anew.
        let stays = agenda.frozen.is_some() && agenda.triggers.freeze == triggers.freeze;
        pending.push(actor, given, by, AgendaTriggersSet { triggers, stays })?;
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
            let text = checked_comment(draft, *item, text)?;
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
        AgendaAct::Draft(_) | AgendaAct::Freeze { .. } | AgendaAct::Triggers(_) => {}
    }
    Ok(Decided::changed(1))
}

/// The words of a comment, where it can be made.
fn checked_comment(draft: &AgendaDraft, item: Option<ItemNumber>, text: &str) -> Result<String, Rejection> {
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
    Ok(text)
}

impl Desk {
    fn check_edit(&self, draft: &AgendaDraft, edit: &AgendaEdit<PersonalText>) -> Result<(), Rejection> {
        let (can_undo, can_redo) = draft.can_undo();
        let (undoes, redoes) = (matches!(edit, AgendaEdit::Undo), matches!(edit, AgendaEdit::Redo));
        if undoes && !can_undo || redoes && !can_redo {
            return Err(Rejection::NothingToUndo);
        }
        // What was drafted for good is not taken back by a step.
        if undoes && self.record.agenda.frozen.is_some() && draft.undo_takes_draft_back() {
            return Err(Rejection::AgendaFrozen);
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
