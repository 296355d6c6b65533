//! Questions that repeat a statement's words: they are not shown, or go away, with the statement.

use std::sync::Arc;

use super::edit::AgendaEdit;
use super::record::{AgendaChange, AgendaDraft, AgendaRecord, Changed};
use crate::conversation::record::ConversationRecord;
use crate::domain::{Agenda, PersonalText, StatementNumber, twin_key};

/// The statements of an item whose words its new question repeats.
pub(super) fn repeated(
    record: &ConversationRecord,
    draft: &AgendaDraft,
    edit: &AgendaEdit<PersonalText>,
) -> Vec<StatementNumber> {
    let AgendaEdit::Question { item, text: Some(question) } = edit else { return Vec::new() };
    let Some(item) = draft.agenda.item(*item) else { return Vec::new() };
    let question = twin_key(question.text());
    let is_repeated = |number: &StatementNumber| {
        let words = record.statements.get(number).map(|statement| twin_key(statement.text.text()));
        words.is_some_and(|words| !words.is_empty() && question.contains(&words))
    };
    item.numbers().filter(is_repeated).collect()
}

impl AgendaRecord {
    /// Forgets the questions that repeat words of these statements; the commitments of what was forgotten.
    pub(in crate::conversation) fn forget_quotes_of(
        &mut self,
        statements: &[StatementNumber],
    ) -> Vec<String> {
        let mut forgotten = Vec::new();
        let mut forget = |quotes: &[StatementNumber], text: &mut PersonalText| {
            if quotes.iter().any(|quoted| statements.contains(quoted)) {
                forgotten.push(text.commitment().to_owned());
                text.forget();
            }
        };
        if let Some(draft) = &mut self.draft {
            in_agenda(&mut draft.agenda, &mut forget);
            for agenda in draft.undo.iter_mut().chain(&mut draft.redo) {
                in_agenda(Arc::make_mut(agenda), &mut forget);
            }
            draft.changes.iter_mut().for_each(|change| in_change(change, &mut forget));
        }
        for published in &mut self.published {
            let published = Arc::make_mut(published);
            in_agenda(&mut published.agenda, &mut forget);
            published.changes.iter_mut().for_each(|change| in_change(change, &mut forget));
        }
        forgotten.sort_unstable();
        forgotten.dedup();
        forgotten
    }
}

fn in_agenda(agenda: &mut Agenda, forget: &mut impl FnMut(&[StatementNumber], &mut PersonalText)) {
    for item in &mut agenda.items {
        item.question.iter_mut().for_each(|question| forget(&item.quotes, question));
    }
}

fn in_change(change: &mut AgendaChange, forget: &mut impl FnMut(&[StatementNumber], &mut PersonalText)) {
    if let Changed::ByHand(AgendaEdit::Question { text: Some(text), .. }) = &mut change.what {
        forget(&change.quotes, text);
    }
    if let Some(item) = &mut change.item {
        item.question.iter_mut().for_each(|question| forget(&item.quotes, question));
    }
}
