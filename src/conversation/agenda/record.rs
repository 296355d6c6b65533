//! The agenda of a conversation: what organisers make of the drafts, everything that was changed, and what was published.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::edit::AgendaEdit;
use super::mark::{mark_of, mark_of_plan, mark_of_session};
use super::redraft::drafted_again;
use super::triggers::AgendaTriggers;
use crate::conversation::actor::RecordedActor;
use crate::domain::{
    Agenda, AgendaAudit, ItemNumber, OperationId, PersonalText, Proposal, StatementNumber, Timestamp,
};

/// The most changes that can be taken back one after the other.
const MAX_UNDO: usize = 50;
/// Operations that are remembered: who gets no answer asks again within a few.
const MAX_OPERATIONS: usize = 100;

/// The agenda of a conversation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct AgendaRecord {
    /// The agenda in the making.
    pub draft: Option<AgendaDraft>,
    /// What was published, the latest version last.
    pub published: Vec<Arc<PublishedAgenda>>,
    /// What comes on it by itself.
    pub triggers: AgendaTriggers<PersonalText>,
    /// Since when the draft from the votes stays as it is.
    pub frozen: Option<Timestamp>,
    /// Statements that came on it by themselves, whatever became of them since.
    pub reached: BTreeSet<StatementNumber>,
}

/// An agenda in the making.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AgendaDraft {
    /// As it stands.
    pub agenda: Agenda,
    /// What the votes proposed: the first draft, the second, …
    pub proposals: Vec<Arc<Proposal>>,
    /// Counts the changes, so that who asks for one can say what they had before them.
    pub revision: u32,
    /// Everything that was changed, the earliest first.
    pub changes: Vec<AgendaChange>,
    /// What colleagues said of it.
    pub comments: Vec<AgendaComment>,
    pub(super) undo: Vec<Arc<Agenda>>,
    pub(super) redo: Vec<Arc<Agenda>>,
    operations: VecDeque<OperationId>,
}

/// A published agenda.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PublishedAgenda {
    /// 1, 2, 3, …
    pub version: u32,
    /// When it was published.
    pub at: Timestamp,
    /// The agenda.
    pub agenda: Agenda,
    /// The draft from the votes that it was made of.
    pub proposal: Arc<Proposal>,
    /// When that was drafted.
    pub drafted_at: Timestamp,
    /// What was changed by hand since that draft, and still is.
    pub changes: Vec<AgendaChange>,
    /// Whom it leaves out, where that was known.
    pub audit: Option<AgendaAudit>,
    /// Since when the draft from the votes had been fixed, where it had.
    pub frozen: Option<Timestamp>,
}

/// Something that was changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AgendaChange {
    /// The revision that it made.
    pub revision: u32,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: RecordedActor,
    /// What.
    pub what: Changed,
    /// The item as it was before, where it is about one.
    pub item: Option<FormerItem>,
    /// Statements whose words it repeats.
    pub quotes: Vec<StatementNumber>,
    /// Whether it was taken back.
    pub undone: bool,
}

/// What a change was.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// Drafted from the votes.
    Drafted,
    /// By hand.
    ByHand(AgendaEdit<PersonalText>),
}

/// An item before it was changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FormerItem {
    /// Its number.
    pub number: ItemNumber,
    /// Its place, from 1.
    pub place: u32,
    /// Its statements.
    pub statements: Vec<StatementNumber>,
    /// Its question.
    pub question: Option<PersonalText>,
    /// Its statements whose words the question repeats.
    pub quotes: Vec<StatementNumber>,
}

/// What a colleague said of an agenda.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AgendaComment {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: RecordedActor,
    /// Of which item; of the whole, where of none.
    pub item: Option<ItemNumber>,
    /// Their words.
    pub text: PersonalText,
}

impl AgendaRecord {
    /// What was published last.
    pub fn latest(&self) -> Option<&PublishedAgenda> {
        self.published.last().map(Arc::as_ref)
    }

    /// Whether the agenda stands as it was published last.
    pub fn is_published(&self) -> bool {
        let draft = self.draft.as_ref();
        self.latest().is_some_and(|latest| draft.is_some_and(|draft| draft.agenda.reads_as(&latest.agenda)))
    }

    /// Its words.
    pub fn words_mut(&mut self) -> impl Iterator<Item = &mut PersonalText> {
        let published = self.published.iter_mut();
        let published = published.map(Arc::make_mut).flat_map(|published| {
            let changes = published.changes.iter_mut().flat_map(AgendaChange::words_mut);
            published.agenda.words_mut().chain(changes)
        });
        let base = self.triggers.threshold.iter_mut().map(|threshold| &mut threshold.of);
        self.draft.iter_mut().flat_map(AgendaDraft::words_mut).chain(published).chain(base)
    }

    /// A draft from the votes takes the place of the agenda; what was made by hand of what it has again stays.
    pub(super) fn drafted(&mut self, proposal: Proposal, at: Timestamp, by: RecordedActor) {
        let Some(draft) = &mut self.draft else {
            self.draft = Some(AgendaDraft::first(proposal, at, by));
            return;
        };
        draft.proposals.push(Arc::new(proposal));
        let number = u32::try_from(draft.proposals.len()).unwrap_or(u32::MAX);
        let items = draft.proposals.last().map(|proposal| proposal.items.clone()).unwrap_or_default();
        let next = drafted_again(&draft.agenda, items, number);
        draft.change(Changed::Drafted, (None, Vec::new()), (at, by), next);
    }
}

impl AgendaDraft {
    fn first(proposal: Proposal, at: Timestamp, by: RecordedActor) -> Self {
        let agenda = drafted_again(&Agenda::default(), proposal.items.clone(), 1);
        let drafted = AgendaChange {
            revision: 1,
            at,
            by,
            what: Changed::Drafted,
            item: None,
            quotes: Vec::new(),
            undone: false,
        };
        Self {
            agenda,
            proposals: vec![Arc::new(proposal)],
            revision: 1,
            changes: vec![drafted],
            comments: Vec::new(),
            undo: Vec::new(),
            redo: Vec::new(),
            operations: VecDeque::new(),
        }
    }

    /// The draft from the votes that the agenda is made of.
    pub fn proposal(&self) -> Option<&Arc<Proposal>> {
        self.proposals.get((self.agenda.proposal as usize).checked_sub(1)?)
    }

    /// When it was drafted from the votes last; a draft that was taken back is none.
    pub fn drafted_at(&self) -> Option<Timestamp> {
        let counts = self.changes.iter().filter(|change| !change.undone);
        let mut drafts = counts.filter(|change| matches!(change.what, Changed::Drafted));
        drafts.next_back().map(|change| change.at)
    }

    /// What was changed by hand since that draft, and still is.
    pub fn changes_by_hand(&self) -> impl DoubleEndedIterator<Item = &AgendaChange> {
        let is_draft = |change: &AgendaChange| matches!(change.what, Changed::Drafted);
        let counts = self.changes.iter().filter(|change| !change.undone);
        let drafted = counts.clone().rfind(|change| is_draft(change)).map(|change| change.revision);
        counts.filter(move |change| !is_draft(change) && drafted.is_none_or(|last| change.revision > last))
    }

    /// A short mark of what an edit would change, as it stands: see [`AgendaEdit::mark`].
    pub fn mark<T>(&self, edit: &AgendaEdit<T>) -> String {
        let item = edit.item().and_then(|item| self.agenda.item(item));
        match (edit, item) {
            (AgendaEdit::Question { .. }, Some(item)) => {
                mark_of(item.question.iter().map(PersonalText::text))
            }
            (AgendaEdit::Plan { .. }, Some(item)) => mark_of_plan(item.plan),
            (AgendaEdit::Background { .. }, Some(item)) => {
                mark_of(item.background.parts().map(|part| part.map_or("", PersonalText::text)))
            }
            (AgendaEdit::Session { .. }, _) => mark_of_session(self.agenda.session),
            (AgendaEdit::Undo | AgendaEdit::Redo, _) => self.revision.to_string(),
            _ => String::new(),
        }
    }

    /// Whether there is a change to take back, and one to put back.
    pub fn can_undo(&self) -> (bool, bool) {
        (!self.undo.is_empty(), !self.redo.is_empty())
    }

    /// The agenda with this change; `None` where there is nothing to take back or put back.
    pub(super) fn edited(
        &mut self,
        (edit, quotes): (AgendaEdit<PersonalText>, Vec<StatementNumber>),
        at: Timestamp,
        by: RecordedActor,
    ) -> Option<()> {
        let is_step = |change: &&mut AgendaChange| !change.came_by_itself();
        if matches!(edit, AgendaEdit::Undo) {
            let before = self.undo.pop()?;
            let after = self.step_to(before);
            self.redo.push(after);
            let mut steps = self.changes.iter_mut().filter(is_step).rev();
            steps.find(|change| !change.undone)?.undone = true;
            self.revision += 1;
        } else if matches!(edit, AgendaEdit::Redo) {
            let after = self.redo.pop()?;
            let before = self.step_to(after);
            self.undo.push(before);
            let steps = self.changes.iter_mut().filter(is_step).rev();
            steps.take_while(|change| change.undone).last()?.undone = false;
            self.revision += 1;
        } else if edit.comes_by_itself() {
            self.add_by_itself(edit, at, by)?;
        } else {
            let mut next = self.agenda.clone();
            edit.apply(&mut next).ok()?;
            if let AgendaEdit::Join { item, into } = &edit {
                let said = self.comments.iter_mut().filter(|said| said.item == Some(*item));
                said.for_each(|said| said.item = Some(*into));
            }
            if let AgendaEdit::Question { item, .. } = &edit {
                let items = next.items.iter_mut().filter(|one| one.number == *item);
                items.for_each(|item| item.quotes.clone_from(&quotes));
            }
            let item = edit.item().and_then(|item| self.former(item));
            self.change(Changed::ByHand(edit), (item, quotes), (at, by), next);
        }
        Some(())
    }

    /// Notes that an operation was done.
    pub(super) fn done(&mut self, op: Option<OperationId>) {
        self.operations.extend(op);
        if self.operations.len() > MAX_OPERATIONS {
            self.operations.pop_front();
        }
    }

    /// Whether an operation was done already.
    pub(super) fn has_done(&self, op: Option<&OperationId>) -> bool {
        op.is_some_and(|op| self.operations.contains(op))
    }

    /// What comes by itself is no organiser's step: it is there whatever they take back or put back.
    fn add_by_itself(
        &mut self,
        edit: AgendaEdit<PersonalText>,
        at: Timestamp,
        by: RecordedActor,
    ) -> Option<()> {
        edit.apply(&mut self.agenda).ok()?;
        let item = self.agenda.items.last()?.clone();
        for agenda in self.undo.iter_mut().chain(&mut self.redo) {
            let agenda = Arc::make_mut(agenda);
            let is_there = item.numbers().any(|number| agenda.place_of(number).is_some());
            if !is_there {
                agenda.items.push(item.clone());
            }
            agenda.next_item = agenda.next_item.max(self.agenda.next_item);
        }
        self.revision += 1;
        let (revision, what) = (self.revision, Changed::ByHand(edit));
        self.changes.push(AgendaChange {
            revision,
            at,
            by,
            what,
            item: None,
            quotes: Vec::new(),
            undone: false,
        });
        Some(())
    }

    /// Whether a step back leads before the last draft from the votes.
    pub(super) fn undo_takes_draft_back(&self) -> bool {
        self.undo.last().is_some_and(|before| before.proposal != self.agenda.proposal)
    }

    /// Goes to another state of the agenda. A number that was given out stays with what had it.
    fn step_to(&mut self, next: Arc<Agenda>) -> Arc<Agenda> {
        let mut next = Arc::unwrap_or_clone(next);
        next.next_item = next.next_item.max(self.agenda.next_item);
        Arc::new(std::mem::replace(&mut self.agenda, next))
    }

    fn change(
        &mut self,
        what: Changed,
        (item, quotes): (Option<FormerItem>, Vec<StatementNumber>),
        (at, by): (Timestamp, RecordedActor),
        next: Agenda,
    ) {
        self.revision += 1;
        // What was taken back, and can't be put back any more, happened and is in the log; here it is in the way.
        self.changes.retain(|change| !change.undone);
        self.changes.push(AgendaChange {
            revision: self.revision,
            at,
            by,
            what,
            item,
            quotes,
            undone: false,
        });
        self.redo.clear();
        self.undo.push(Arc::new(std::mem::replace(&mut self.agenda, next)));
        if self.undo.len() > MAX_UNDO {
            self.undo.remove(0);
        }
    }

    fn former(&self, item: ItemNumber) -> Option<FormerItem> {
        let at = self.agenda.position(item)?;
        let item = self.agenda.items.get(at)?;
        Some(FormerItem {
            number: item.number,
            place: u32::try_from(at + 1).ok()?,
            statements: item.numbers().collect(),
            question: item.question.clone(),
            quotes: item.quotes.clone(),
        })
    }

    fn words_mut(&mut self) -> impl Iterator<Item = &mut PersonalText> {
        let history = self.undo.iter_mut().chain(&mut self.redo).map(Arc::make_mut);
        let agendas = std::iter::once(&mut self.agenda).chain(history).flat_map(Agenda::words_mut);
        let changes = self.changes.iter_mut().flat_map(AgendaChange::words_mut);
        agendas.chain(changes).chain(self.comments.iter_mut().map(|comment| &mut comment.text))
    }
}

impl AgendaChange {
    /// Whether no organiser made it.
    fn came_by_itself(&self) -> bool {
        matches!(&self.what, Changed::ByHand(edit) if edit.comes_by_itself())
    }

    fn words_mut(&mut self) -> impl Iterator<Item = &mut PersonalText> {
        let edit = match &mut self.what {
            Changed::Drafted => Vec::new(),
            Changed::ByHand(edit) => edit.words_mut(),
        };
        let question = self.item.iter_mut().flat_map(|item| &mut item.question);
        edit.into_iter().chain(question)
    }
}
