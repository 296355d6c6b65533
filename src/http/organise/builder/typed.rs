//! What was typed into the form of an agenda: each field against what the form brought, and lists that were pasted.

use std::collections::HashMap;

use crate::conversation::{AgendaEdit, OwnItem};
use crate::domain::{Agenda, Background, Evidence, Goal, ItemNumber, Plan, Session, clean_line};
use crate::texts::parse_local_moment;

/// The fields of the form, by name; some names come several times.
pub(super) struct Fields(HashMap<String, Vec<String>>);

impl Fields {
    /// From what was sent.
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut fields: HashMap<String, Vec<String>> = HashMap::new();
        for (name, value) in pairs {
            fields.entry(name).or_default().push(value);
        }
        Self(fields)
    }

    /// What fields of this name hold.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// What the first field of this name holds.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.all(name).first().map(String::as_str)
    }

    /// The items that the form had.
    pub fn items(&self) -> Vec<ItemNumber> {
        let numbers = self.0.keys().filter_map(|name| name.strip_prefix("was-plan-")?.parse().ok());
        let mut items: Vec<ItemNumber> = numbers.map(ItemNumber).collect();
        items.sort_unstable();
        items
    }

    /// What an item's field holds.
    pub fn of_item(&self, name: &str, item: ItemNumber) -> Option<&str> {
        self.one(&format!("{name}-{item}"))
    }
}

/// An edit, and the mark of what whoever made it had before them.
pub(super) type Typed = (AgendaEdit<String>, Option<String>);

/// What was typed that differs from what the form brought.
pub(super) fn typed(fields: &Fields, agenda: &Agenda) -> Vec<Typed> {
    let mut all = Vec::new();
    let mut add = |edit: AgendaEdit<String>, was: Option<&str>| {
        if was.is_some_and(|was| was != edit.mark()) {
            all.push((edit, was.map(str::to_owned)));
        }
    };
    // Also those that a colleague has taken off meanwhile: what was typed for them is not dropped without a word.
    for item in fields.items() {
        if let Some(question) = fields.of_item("question", item) {
            let text = Some(clean_line(question)).filter(|text| !text.is_empty());
            add(AgendaEdit::Question { item, text }, fields.of_item("was-question", item));
        }
        if let (Some(goal), Some(minutes)) = (fields.of_item("goal", item), fields.of_item("minutes", item)) {
            let goal = Goal::parse(goal).unwrap_or(Goal::Deliberate);
            // What is no time that a meeting can have is refused, and not taken for none.
            let minutes = minutes.trim();
            let minutes = if minutes.is_empty() { 0 } else { minutes.parse().unwrap_or(u32::MAX) };
            let plan = Plan { goal, minutes };
            add(AgendaEdit::Plan { item, plan }, fields.of_item("was-plan", item));
        }
        if let Some(notes) = fields.of_item("notes", item) {
            let background = background(fields, item, notes);
            add(AgendaEdit::Background { item, background }, fields.of_item("was-background", item));
        }
    }
    if let (Some(minutes), Some(starts)) = (fields.one("session-minutes"), fields.one("session-starts")) {
        let minutes = minutes.trim();
        let minutes = (!minutes.is_empty()).then(|| minutes.parse().unwrap_or(u32::MAX));
        // A moment that nobody can read changes nothing.
        let before = agenda.session.starts_at.filter(|_| !starts.trim().is_empty());
        let starts_at = parse_local_moment(starts).or(before);
        let session = Session { minutes: minutes.filter(|minutes| *minutes > 0), starts_at };
        add(AgendaEdit::Session { session }, fields.one("was-session"));
    }
    all
}

fn background(fields: &Fields, item: ItemNumber, notes: &str) -> Background<String> {
    let column = |name: &str| fields.all(&format!("{name}-{item}"));
    let (titles, by, links) = (column("title"), column("by"), column("link"));
    let row = |(at, title): (usize, &String)| {
        let cell = |cells: &[String]| {
            let text = cells.get(at).map(|text| clean_line(text)).unwrap_or_default();
            Some(text).filter(|text| !text.is_empty())
        };
        let (title, by, link) = (clean_line(title), cell(by), cell(links));
        let is_empty = title.is_empty() && by.is_none() && link.is_none();
        (!is_empty).then_some(Evidence { title, by, link })
    };
    let notes = notes.lines().map(clean_line).collect::<Vec<_>>().join("\n").trim().to_owned();
    Background {
        evidence: titles.iter().enumerate().filter_map(row).collect(),
        notes: Some(notes).filter(|notes| !notes.is_empty()),
    }
}

/// Items that are not from the votes: one a line, as a list or a sheet is pasted. A mark before it or a number is no part of the
/// question; minutes may follow after a tab.
pub(super) fn own_items(text: &str) -> Vec<OwnItem<String>> {
    let item = |line: &str| {
        let (question, minutes) = line.split_once('\t').unwrap_or((line, ""));
        let question = question.trim();
        let number = question.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        let after_number = question[number..].strip_prefix(['.', ')']).filter(|_| number > 0);
        let after_mark = question.strip_prefix(['-', '–', '•', '*']);
        let rest = after_number.or(after_mark).filter(|rest| rest.starts_with(char::is_whitespace));
        let question = rest.unwrap_or(question).trim().to_owned();
        let minutes = minutes.trim();
        // What is no time that a meeting can have is refused, and not taken for none.
        let minutes = if minutes.is_empty() { 0 } else { minutes.parse().unwrap_or(u32::MAX) };
        OwnItem { question, plan: Plan { goal: Goal::Deliberate, minutes } }
    };
    text.lines().filter(|line| !line.trim().is_empty()).map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::AgendaItem;

    #[test]
    fn a_pasted_list_is_one_item_a_line() {
        let items =
            own_items("1. Minutes of the last meeting\t5\n\n- Budget\r\n  2027: what first?\n12 trees\tsoon");
        let items: Vec<(&str, u32)> =
            items.iter().map(|item| (item.question.as_str(), item.plan.minutes)).collect();
        let trees = ("12 trees", u32::MAX);
        let expected = [("Minutes of the last meeting", 5), ("Budget", 0), ("2027: what first?", 0), trees];
        assert_eq!(items, expected);
    }

    #[test]
    fn only_what_differs_from_what_the_form_brought_is_asked_for() {
        let item = ItemNumber(1);
        let edit = AgendaEdit::Question { item, text: Some("Why?".to_owned()) };
        let mut agenda = Agenda::default();
        agenda.items.push(AgendaItem {
            number: item,
            statements: Vec::new(),
            unconfirmed: false,
            origin: None,
            question: None,
            quotes: Vec::new(),
            plan: Plan { goal: Goal::Decide, minutes: 5 },
            background: Background::default(),
        });
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let sent = |was: &str| {
            Fields::of(vec![
                pair("question-1", "  Why? "),
                pair("was-question-1", was),
                pair("goal-1", "decide"),
                pair("minutes-1", "5"),
                pair("was-plan-1", "decide 5"),
            ])
        };
        assert!(typed(&sent(&edit.mark()), &agenda).is_empty());
        assert_eq!(typed(&sent("other"), &agenda), [(edit, Some("other".to_owned()))]);
    }
}
