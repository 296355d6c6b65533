//! What the form of an agenda sends: everything that was typed, and the button that was pressed.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::access::MayOrganise;
use crate::conversation::{AgendaAct, AgendaDraft, AgendaEdit, MAX_PLACES, OwnItem};
use crate::domain::{
    Agenda, AgendaItem, Background, Evidence, Goal, ItemNumber, OperationId, Plan, Rejection, Session,
    StatementNumber, clean_line,
};
use crate::edge::{Access, Context, Form, HttpError, PageError};
use crate::live::RoomError;
use crate::texts::{Texts, parse_local_moment};

use super::item::Unsaved;
use super::page::draw;
use super::pool::PoolQuery;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct DraftForm {
    places: u32,
}

/// `POST /o/SLUG/agenda`: drafts from the votes that are on the map.
pub(in crate::http) async fn draft_agenda(
    access: Access<MayOrganise>,
    Form(form): Form<DraftForm>,
) -> Result<Response, PageError> {
    let slug = &access.slug;
    if !(1..=MAX_PLACES).contains(&form.places) {
        return Err(RoomError::from(Rejection::BadPlaces { max: MAX_PLACES }).into());
    }
    access.room.draft_agenda(access.actor()?, form.places).await?;
    Ok(Redirect::to(&format!("/o/{slug}/agenda")).into_response())
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct CommentForm {
    /// Of the whole, where it is empty.
    item: String,
    text: String,
    /// Of the page: the same sent twice from it is said once.
    #[serde(default)]
    op: String,
}

/// `POST /o/SLUG/agenda/comment`
pub(in crate::http) async fn comment_on_agenda(
    access: Access<MayOrganise>,
    Form(form): Form<CommentForm>,
) -> Result<Response, PageError> {
    let item = match form.item.as_str() {
        "" => None,
        number => Some(ItemNumber(number.parse().map_err(|_| HttpError::BadForm)?)),
    };
    let op = named(&form.op, &format!("{}|{}", form.item, form.text));
    access.act(AgendaAct::Comment { item, text: form.text, op }).await?;
    Ok(Redirect::to(&format!("/o/{}/agenda#comments", access.slug)).into_response())
}

/// The fields of the form, by name; some names come several times.
struct Fields(HashMap<String, Vec<String>>);

impl Fields {
    fn of(pairs: Vec<(String, String)>) -> Self {
        let mut fields: HashMap<String, Vec<String>> = HashMap::new();
        for (name, value) in pairs {
            fields.entry(name).or_default().push(value);
        }
        Self(fields)
    }

    fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    fn one(&self, name: &str) -> Option<&str> {
        self.all(name).first().map(String::as_str)
    }

    /// The items that the form had.
    fn items(&self) -> Vec<ItemNumber> {
        let numbers = self.0.keys().filter_map(|name| name.strip_prefix("was-plan-")?.parse().ok());
        let mut items: Vec<ItemNumber> = numbers.map(ItemNumber).collect();
        items.sort_unstable();
        items
    }

    fn of_item(&self, name: &str, item: ItemNumber) -> Option<&str> {
        self.one(&format!("{name}-{item}"))
    }
}

/// A button: what it does, to which item or statement, and to which place.
#[derive(Debug, PartialEq)]
struct Pressed<'a> {
    what: &'a str,
    number: u32,
    place: u32,
}

impl<'a> Pressed<'a> {
    /// `remove-3`, `to-3-1`, `save`.
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let what = parts.next()?;
        let mut number = || parts.next().map_or(Some(0), |part| part.parse().ok());
        Some(Self { what, number: number()?, place: number()? })
    }
}

/// An edit, and the mark of what whoever made it had before them.
type Typed = (AgendaEdit<String>, Option<String>);

/// What was typed that differs from what the form brought.
fn typed(fields: &Fields, agenda: &Agenda) -> Vec<Typed> {
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

/// What the pressed button asks for; `None` where it only saves.
async fn asked(
    access: &Access<MayOrganise>,
    fields: &Fields,
    agenda: &Agenda,
    pressed: &Pressed<'_>,
) -> Result<Option<Typed>, PageError> {
    let item = ItemNumber(pressed.number);
    let place = agenda.position(item).map_or(0, |at| u32::try_from(at + 1).unwrap_or(0));
    let edit = match pressed.what {
        // Enter in the field of an own item presses the first button.
        "save" if fields.one("own-question").is_none_or(|text| text.trim().is_empty()) => return Ok(None),
        "keep" => return Ok(None),
        "undo" => AgendaEdit::Undo,
        "redo" => AgendaEdit::Redo,
        "up" => AgendaEdit::Move { item, to: place.saturating_sub(1) },
        "down" => AgendaEdit::Move { item, to: place + 1 },
        "to" => AgendaEdit::Move { item, to: pressed.place },
        "remove" => {
            let reason = fields.of_item("reason", item).map(str::to_owned);
            AgendaEdit::Remove { item, reason }
        }
        "join" => {
            let into = fields.of_item("into", item).and_then(|into| into.parse().ok());
            AgendaEdit::Join { item, into: ItemNumber(into.ok_or(HttpError::BadForm)?) }
        }
        "split" => {
            let ticked = fields.all(&format!("part-{item}")).iter();
            let statements = ticked.map(|number| number.parse().map(StatementNumber));
            AgendaEdit::Split {
                item,
                statements: statements.collect::<Result<_, _>>().map_err(|_| HttpError::BadForm)?,
            }
        }
        "confirm" => AgendaEdit::Confirm { item },
        "own" | "save" => AgendaEdit::AddOwn {
            items: own_items(fields.one("own-question").unwrap_or_default()),
            origin: fields.one("own-origin").unwrap_or_default().to_owned(),
        },
        "add" => {
            let backed = access.room.backed(StatementNumber(pressed.number)).await?;
            AgendaEdit::Add { backed: backed.ok_or(Rejection::StatementNotShown).map_err(RoomError::from)? }
        }
        _ => return Err(HttpError::BadForm.into()),
    };
    Ok(Some((edit, None)))
}

/// Items that are not from the votes: one a line, as a list or a sheet is pasted. A mark before it or a number is no part of the
/// question; minutes may follow after a tab.
fn own_items(text: &str) -> Vec<OwnItem<String>> {
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

/// Names what was sent from a page: the same from the same page is done once, because the second time no answer had come.
fn named(page: &str, what: &str) -> Option<OperationId> {
    if page.is_empty() {
        return None;
    }
    OperationId::parse(&hex::encode(Sha256::digest(format!("{page}|{what}"))))
}

/// Whether an edit may be asked for again from the same page and mean more: one place further, one step back.
fn has_own_place(edit: &AgendaEdit<String>) -> bool {
    matches!(edit, AgendaEdit::Move { .. } | AgendaEdit::Plan { .. } | AgendaEdit::Undo | AgendaEdit::Redo)
}

/// The meeting's time, shared out evenly among the items, in steps of five minutes where there is enough.
fn shared_out(fields: &Fields, agenda: &Agenda) -> Vec<Typed> {
    let there =
        fields.one("session-minutes").and_then(|minutes| minutes.trim().parse::<u32>().ok()).unwrap_or(0);
    let each = there / u32::try_from(agenda.items.len()).unwrap_or(u32::MAX).max(1);
    let minutes = if each >= 5 { each - each % 5 } else { each };
    let plan = |item: &AgendaItem| {
        let goal = fields.of_item("goal", item.number).and_then(Goal::parse).unwrap_or(item.plan.goal);
        (AgendaEdit::Plan { item: item.number, plan: Plan { goal, minutes } }, None)
    };
    agenda.items.iter().filter(|item| item.plan.minutes != minutes).map(plan).collect()
}

/// `POST /o/SLUG/agenda/change`: saves what was typed, and does what the button says.
pub(in crate::http) async fn change_agenda(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let fields = Fields::of(pairs);
    let pressed = fields.one("do").and_then(Pressed::parse).ok_or(HttpError::BadForm)?;
    let board = access.room.board().await?;
    let Some(draft) = &board.contents.agenda.draft else {
        return Err(RoomError::from(Rejection::NoAgenda).into());
    };
    let pool = PoolQuery::of_form(fields.one("pool-q"), fields.one("pool-show"), fields.one("pool-page"));
    let mut unsaved = Vec::new();
    let mut revision = fields.one("revision").and_then(|revision| revision.parse::<u32>().ok()).unwrap_or(0);
    let mut edits = typed(&fields, &draft.agenda);
    if pressed.what == "keep" {
        // They have read both wordings: where a third is saved by now, it is a conflict again.
        let item = ItemNumber(pressed.number);
        for (edit, was) in edits.iter_mut().filter(|(edit, _)| edit.item() == Some(item)) {
            let name = match edit {
                AgendaEdit::Question { .. } => "theirs-question",
                AgendaEdit::Plan { .. } => "theirs-plan",
                _ => "theirs-background",
            };
            if let Some(read) = fields.of_item(name, item) {
                *was = Some(read.to_owned());
            }
        }
    }
    for typed in edits {
        revision += make(&access, &context, draft, typed, (revision, None), &mut unsaved).await?;
    }
    // Only now: what was typed is saved, whatever comes of the button.
    let asked = if pressed.what == "share" {
        shared_out(&fields, &draft.agenda)
    } else {
        asked(&access, &fields, &draft.agenda, &pressed).await?.into_iter().collect()
    };
    let page = fields.one("op").unwrap_or_default();
    for asked in asked {
        let op = if has_own_place(&asked.0) { None } else { named(page, &format!("{:?}", asked.0)) };
        revision += make(&access, &context, draft, asked, (revision, op), &mut unsaved).await?;
    }
    if unsaved.is_empty() {
        let anchor = match pressed.what {
            "up" | "down" | "to" | "split" => format!("#item-{}", pressed.number),
            "add" => "#pool".to_owned(),
            "join" => {
                format!("#item-{}", fields.of_item("into", ItemNumber(pressed.number)).unwrap_or_default())
            }
            _ => String::new(),
        };
        return Ok(Redirect::to(&format!("{}{anchor}", pool.address(access.slug.as_str()))).into_response());
    }
    draw(&access, &context, &pool, unsaved).await
}

/// Makes one change. How many there were: 1, or 0 where it was not made.
async fn make(
    access: &Access<MayOrganise>,
    context: &Context,
    draft: &AgendaDraft,
    (edit, was): Typed,
    (revision, op): (u32, Option<OperationId>),
    unsaved: &mut Vec<Unsaved>,
) -> Result<u32, PageError> {
    let is_step = matches!(edit, AgendaEdit::Undo | AgendaEdit::Redo);
    // A colleague has made the same of it.
    if was.is_some() && !is_step && edit.mark() == draft.mark(&edit) {
        return Ok(0);
    }
    // What was typed was saved a moment ago: it is the last change now.
    let was = if is_step { Some(revision.to_string()) } else { was };
    let act = AgendaAct::Edit { was: was.clone(), edit: Box::new(edit.clone()), op };
    match access.try_act(act).await? {
        Ok(_) => Ok(1),
        Err(RoomError::Rejected(why)) => {
            unsaved.push(not_saved(edit, was, &why, context.texts()));
            Ok(0)
        }
        Err(error) => Err(error.into()),
    }
}

fn not_saved(edit: AgendaEdit<String>, was: Option<String>, why: &Rejection, texts: &Texts) -> Unsaved {
    let is_conflict = *why == Rejection::ChangedMeanwhile;
    let item = edit.item().map_or(0, |item| item.0);
    let why = if is_conflict { texts.get("agenda-conflict") } else { texts.refusal(why) };
    Unsaved { item, edit, was, why, is_conflict }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_says_what_it_does_and_to_which() {
        assert_eq!(Pressed::parse("to-3-1"), Some(Pressed { what: "to", number: 3, place: 1 }));
        assert_eq!(Pressed::parse("save"), Some(Pressed { what: "save", number: 0, place: 0 }));
        assert_eq!(Pressed::parse("up-x"), None);
    }

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
