//! What is different in a published agenda from the version before it.

use crate::conversation::PublishedAgenda;
use crate::domain::{Agenda, AgendaItem, ItemNumber, Plan};
use crate::live::Contents;
use crate::texts::Texts;

use super::changes::{shown_question, statement_words};
use super::source::goal;
use super::wordings::{Piece, both_wordings};

/// What is different from the version before.
pub(in crate::http) struct Differences {
    /// The version before.
    pub before: u32,
    /// What came, went, moved or has another time, in sentences.
    pub lines: Vec<String>,
    /// Items that are called otherwise: as they were, and as they are.
    pub reworded: Vec<[Vec<Piece>; 2]>,
}

impl Differences {
    /// Between two versions.
    pub fn of(before: &PublishedAgenda, after: &PublishedAgenda, contents: &Contents, texts: &Texts) -> Self {
        let (old, new) = (&before.agenda, &after.agenda);
        let said =
            |key: &str, item: &AgendaItem| texts.msg(key).text("item", &name(item, contents)).to_string();
        let gone = old.items.iter().filter(|item| new.item(item.number).is_none());
        let came = new.items.iter().filter(|item| old.item(item.number).is_none());
        let mut lines: Vec<String> = came.map(|item| said("version-new", item)).collect();
        lines.extend(gone.map(|item| said("version-gone", item)));
        let mut reworded = Vec::new();
        for item in &new.items {
            let Some(was) = old.item(item.number) else { continue };
            let [then, now] = [was, item].map(|item| name(item, contents));
            if then != now {
                reworded.push(both_wordings(&then, &now));
            }
            if was.plan != item.plan {
                let plan = planned(item.plan, texts);
                lines.push(texts.msg("version-plan").text("item", &now).text("plan", &plan).to_string());
            }
            if was.background.evidence != item.background.evidence {
                lines.push(said("version-reading", item));
            }
        }
        if kept(old, new) != kept(new, old) {
            lines.push(texts.get("version-order"));
        }
        if old.session != new.session {
            lines.push(texts.get("version-session"));
        }
        Self { before: before.version, lines, reworded }
    }
}

/// The items that both have, in the order of the first.
fn kept(first: &Agenda, second: &Agenda) -> Vec<ItemNumber> {
    let numbers = first.items.iter().map(|item| item.number);
    numbers.filter(|number| second.item(*number).is_some()).collect()
}

/// What the meeting is to do, and in which time.
fn planned(plan: Plan, texts: &Texts) -> String {
    let goal = goal(plan.goal, texts);
    if plan.minutes == 0 {
        return goal;
    }
    format!("{goal}, {}", texts.msg("item-takes").num("n", plan.minutes))
}

/// How an item is called: by its question, or by the statement that stands for it, where that is shown.
fn name(item: &AgendaItem, contents: &Contents) -> String {
    let statement = || item.numbers().next().map(|number| statement_words(number, contents));
    shown_question(item, contents).or_else(statement).unwrap_or_default()
}
