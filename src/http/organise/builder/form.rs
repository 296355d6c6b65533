//! What the form of an agenda sends: everything that was typed, and the button that was pressed.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::access::MayOrganise;
use crate::conversation::{AgendaAct, AgendaDraft, AgendaEdit, MAX_PLACES};
use crate::domain::{Agenda, AgendaItem, Goal, ItemNumber, OperationId, Plan, Rejection, StatementNumber};
use crate::edge::{Access, Context, Form, HttpError, PageError};
use crate::live::RoomError;
use crate::texts::Texts;

use super::item::Unsaved;
use super::page::draw;
use super::pool::PoolQuery;
use super::typed::{Fields, Typed, own_items, typed};

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

/// Names what was sent from a page: the same from the same page is done once, because the second time no answer had come.
fn named(page: &str, what: &str) -> Option<OperationId> {
    if page.is_empty() {
        return None;
    }
    OperationId::parse(&hex::encode(Sha256::digest(format!("{page}|{what}"))))
}

/// The name of what was asked for from a page. A step has none: it says which change it follows.
fn name_of(edit: &AgendaEdit<String>, page: &str, button: &str) -> Option<OperationId> {
    match edit {
        AgendaEdit::Plan { .. } | AgendaEdit::Undo | AgendaEdit::Redo => None,
        // Where it goes follows from where it is by now.
        AgendaEdit::Move { .. } => named(page, button),
        edit => named(page, &format!("{edit:?}")),
    }
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
        let op = name_of(&asked.0, page, fields.one("do").unwrap_or_default());
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
}
