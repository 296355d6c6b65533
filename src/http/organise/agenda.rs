//! Drafting an agenda: the slate's rule proposes, the organiser moves and removes by hand (which
//! is logged and shown), and publishes.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::assembly;
use crate::conversation::AgendaAct;
use crate::domain::agenda::ItemChange;
use crate::domain::{Role, StatementNumber};
use crate::http::agenda_view::AgendaView;
use crate::http::error::{HttpError, PageError, page};
use crate::http::extract::{Visitor, staff_room};
use crate::http::request::{Form, Path};
use crate::http::{Context, Texts};

/// The most items that one agenda may have.
const MAX_PLACES: u32 = 50;

struct View {
    question: String,
    draft: Option<AgendaView>,
    /// Whether the draft is the published agenda, which no longer changes.
    frozen: bool,
}

#[derive(Template)]
#[template(path = "organise/agenda.html")]
struct AgendaPage<'a> {
    t: &'a Texts,
    style: String,
    slug: &'a str,
    role: Role,
    view: View,
}

/// `GET /o/SLUG/agenda`
pub(in crate::http) async fn show_agenda(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let (slug, room) = staff_room(&context, &slug, &visitor, Role::may_see_organising).await?;
    let texts = context.texts;
    let view = room.read(move |state| {
        let record = &state.desk.record;
        let draft = record.agenda.draft.as_ref();
        let published = record.agenda.published.as_ref().map(|(agenda, _)| agenda.version);
        View {
            question: record.conversation.text.question.text().to_owned(),
            draft: draft.map(|agenda| AgendaView::new(agenda, record, true, texts)),
            frozen: draft.is_some_and(|draft| published == Some(draft.version)),
        }
    });
    let view = view.await?;
    let style = context.assets.url("boule.css");
    page(&AgendaPage { t: context.texts, style, slug: slug.as_str(), role: visitor.role, view })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct DraftForm {
    places: u32,
}

/// `POST /o/SLUG/agenda`: drafts from the votes as they are now.
pub(in crate::http) async fn draft_agenda(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
    Form(form): Form<DraftForm>,
) -> Result<Response, PageError> {
    let (slug, room) = staff_room(&context, &slug, &visitor, Role::may_organise).await?;
    if !(1..=MAX_PLACES).contains(&form.places) {
        let why = format!("An agenda has between 1 and {MAX_PLACES} items.");
        return Err(HttpError::BadInput(why).into());
    }
    let read = room.read(|state| {
        let moderation = state.desk.record.conversation.settings.moderation;
        (state.votes(), state.desk.record.seq, moderation, std::sync::Arc::clone(&state.map))
    });
    let (votes, seq, moderation, live) = read.await?;
    // Computed cold from the votes that the agenda names; only the letters are those that people
    // see on the results page.
    let drafting = tokio::task::spawn_blocking(move || {
        let mut params = crate::opinion::Params::default();
        if !live.shows_groups() {
            // Where pages show no groups, an agenda can't rest on them: nothing is large enough to
            // be one, and everybody placed counts together.
            params.group_min = u32::MAX;
        }
        let map = crate::opinion::compute(&votes, &params);
        assembly::draft(&votes, &map.continued_from(&live.map), seq, moderation, form.places)
    });
    let agenda = drafting.await.map_err(|_| crate::live::RoomError::Busy)?;
    room.act(visitor.actor()?, AgendaAct::Draft(Box::new(agenda))).await?;
    Ok(Redirect::to(&format!("/o/{slug}/agenda")).into_response())
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Change {
    Up,
    Down,
    Remove,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ChangeForm {
    statement: StatementNumber,
    change: Change,
}

/// `POST /o/SLUG/agenda/change`
pub(in crate::http) async fn change_agenda(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
    Form(form): Form<ChangeForm>,
) -> Result<Response, PageError> {
    let (slug, room) = staff_room(&context, &slug, &visitor, Role::may_organise).await?;
    let statement = form.statement;
    let act = match form.change {
        Change::Up => AgendaAct::Move { statement, change: ItemChange::MovedUp },
        Change::Down => AgendaAct::Move { statement, change: ItemChange::MovedDown },
        Change::Remove => AgendaAct::Remove { statement },
    };
    room.act(visitor.actor()?, act).await?;
    let anchor =
        if matches!(form.change, Change::Remove) { String::new() } else { format!("#item-{statement}") };
    Ok(Redirect::to(&format!("/o/{slug}/agenda{anchor}")).into_response())
}

/// `POST /o/SLUG/agenda/publish`
pub(in crate::http) async fn publish_agenda(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let (slug, room) = staff_room(&context, &slug, &visitor, Role::may_organise).await?;
    room.act(visitor.actor()?, AgendaAct::Publish).await?;
    Ok(Redirect::to(&format!("/c/{slug}/agenda")).into_response())
}
