//! What is in the log of an agenda: drafted, changed, talked about, published, and what comes on it by itself.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::edit::AgendaEdit;
use super::record::{AgendaComment, PublishedAgenda};
use super::triggers::AgendaTriggers;
use crate::conversation::effects::Effects;
use crate::conversation::payload::{ApplyResult, Header, ListingChange, Payload, by_staff, words_in};
use crate::conversation::record::ConversationRecord;
use crate::domain::{AgendaAudit, ItemNumber, OperationId, PersonalText, Proposal, StatementNumber};

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

/// Other rules say what comes on the agenda by itself.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaTriggersSet {
    /// The rules.
    pub triggers: AgendaTriggers<PersonalText>,
    /// Whether a draft that was made for good stays so: the moment for it is the same as before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stays: bool,
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
            && self.edit.comes_by_itself()
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

impl Payload for AgendaTriggersSet {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, _: Header, _: &mut Effects) -> ApplyResult {
        let agenda = Arc::make_mut(&mut record.agenda);
        if !self.stays {
            agenda.frozen = None;
        }
        agenda.triggers = self.triggers;
        Ok(())
    }

    fn words(&self) -> Vec<&PersonalText> {
        self.triggers.threshold.iter().map(|threshold| &threshold.of).collect()
    }

    fn words_mut(&mut self) -> Vec<&mut PersonalText> {
        self.triggers.threshold.iter_mut().map(|threshold| &mut threshold.of).collect()
    }

    fn listing(&self) -> Option<ListingChange<'_>> {
        let due = self.triggers.freeze.filter(|_| !self.stays);
        Some(ListingChange::AgendaDue(due.map(|freeze| freeze.at)))
    }
}
