//! What was changed on an agenda by hand, in sentences.

use crate::conversation::{AgendaChange, AgendaEdit, Changed, FormerItem};
use crate::domain::{AgendaItem, ItemReason, PersonalText, StatementNumber};
use crate::live::Contents;
use crate::texts::Texts;

use super::source::goal;

/// What a change by hand did.
pub(in crate::http) fn change_words(
    change: &AgendaChange,
    contents: &Contents,
    texts: &Texts,
) -> Option<String> {
    let Changed::ByHand(edit) = &change.what else { return None };
    let name = change.item.as_ref().map(|item| former_name(item, contents)).unwrap_or_default();
    let about = |key: &str| texts.msg(key).text("item", &name).to_string();
    Some(match edit {
        // How many agree is told with the votes.
        AgendaEdit::Add { backed } if matches!(backed.reason, ItemReason::Threshold { .. }) => texts
            .msg("changed-threshold")
            .text("item", &statement_words(backed.statement, contents))
            .to_string(),
        AgendaEdit::Add { backed } => {
            texts.msg("changed-added").text("item", &statement_words(backed.statement, contents)).to_string()
        }
        AgendaEdit::AddOwn { items, origin } => match &items[..] {
            [item] => {
                let msg = texts.msg("changed-added-own").text("item", item.question.text());
                msg.text("origin", origin.text()).to_string()
            }
            items => {
                let msg = texts.msg("changed-added-list").num("n", items.len());
                msg.text("origin", origin.text()).to_string()
            }
        },
        AgendaEdit::Move { to, .. } => {
            let from = change.item.as_ref().map_or(0, |item| item.place);
            texts.msg("changed-moved").text("item", &name).num("from", from).num("to", *to).to_string()
        }
        AgendaEdit::Remove { reason, .. } => match reason.as_ref().map(PersonalText::text) {
            Some(reason) if !reason.is_empty() => {
                texts.msg("changed-removed-because").text("item", &name).text("reason", reason).to_string()
            }
            _ => about("changed-removed"),
        },
        AgendaEdit::Join { .. } => about("changed-joined"),
        AgendaEdit::Split { .. } => about("changed-split"),
        AgendaEdit::Confirm { .. } => about("changed-confirmed"),
        AgendaEdit::Question { text: Some(text), .. }
            if are_shown(&change.quotes, contents) && !text.text().is_empty() =>
        {
            texts.msg("changed-question").text("item", &name).text("question", text.text()).to_string()
        }
        AgendaEdit::Question { text: Some(_), .. } => about("changed-question-hidden"),
        AgendaEdit::Question { text: None, .. } => about("changed-no-question"),
        AgendaEdit::Plan { plan, .. } => {
            let msg = texts.msg("changed-plan").text("item", &name).num("minutes", plan.minutes);
            msg.text("goal", &goal(plan.goal, texts)).to_string()
        }
        AgendaEdit::Background { .. } => about("changed-background"),
        AgendaEdit::Session { .. } => texts.get("changed-session"),
        // They are no changes of their own: what they took back, or put back, is one.
        AgendaEdit::Undo | AgendaEdit::Redo => return None,
    })
}

/// Whether the public page lists a change. Times, goals and what there is to read stand on it themselves.
pub(super) fn is_listed(change: &AgendaChange) -> bool {
    match &change.what {
        Changed::Drafted => false,
        Changed::ByHand(edit) => !matches!(
            edit,
            AgendaEdit::Plan { .. } | AgendaEdit::Background { .. } | AgendaEdit::Session { .. }
        ),
    }
}

/// How an item was called before it was changed: by its question, or by the statement that stands for it.
pub(in crate::http) fn former_name(item: &FormerItem, contents: &Contents) -> String {
    let question = item.question.as_ref().filter(|question| !question.text().is_empty());
    let question = question.filter(|_| are_shown(&item.quotes, contents));
    match (question, item.statements.first()) {
        (Some(question), _) => question.text().to_owned(),
        (None, Some(statement)) => statement_words(*statement, contents),
        (None, None) => String::new(),
    }
}

/// The question of an item, where the statements are shown whose words it repeats.
pub(super) fn shown_question(item: &AgendaItem, contents: &Contents) -> Option<String> {
    let question = item.question.as_ref().filter(|_| are_shown(&item.quotes, contents))?;
    Some(question.text().to_owned()).filter(|question| !question.is_empty())
}

fn are_shown(quotes: &[StatementNumber], contents: &Contents) -> bool {
    quotes.iter().all(|number| contents.statement(*number).is_some_and(|statement| statement.is_shown))
}

/// A statement's words, where they are shown; its number, where they are not.
pub(super) fn statement_words(number: StatementNumber, contents: &Contents) -> String {
    let shown = contents.statement(number).filter(|statement| statement.is_shown);
    shown.map_or_else(|| number.to_string(), |statement| statement.text.to_string())
}
