//! Drafting an agenda: the slate's rule proposes, the organiser moves and removes by hand (which
//! is logged and shown), and publishes.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::{MayOrganise, MaySeeOrganising};
use crate::conversation::AgendaAct;
use crate::domain::agenda::ItemChange;
use crate::domain::{Rights, StatementNumber};
use crate::edge::{Access, Context, Form, HttpError, NoFields, PageError, page};
use crate::http::results::AgendaView;
use crate::http::work_frame::WorkFrame;
use crate::texts::Texts;

/// The most items that one agenda may have.
const MAX_PLACES: u32 = 50;

struct View {
    question: String,
    draft: Option<AgendaView>,
    /// Whether the draft is the published agenda, which no longer changes.
    frozen: bool,
}

impl View {
    /// The message above the draft.
    fn title(&self) -> &'static str {
        if self.frozen { "agenda-frozen" } else { "agenda-draft-title" }
    }
}

#[derive(Template)]
#[template(path = "organise/agenda.html")]
struct AgendaPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: &'a str,
    rights: Rights,
    view: View,
}

/// `GET /o/SLUG/agenda`
pub(in crate::http) async fn show_agenda(
    access: Access<MaySeeOrganising>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    let board = access.room.board().await?;
    let contents = &board.contents;
    let draft = contents.agenda.draft.as_ref();
    let published = contents.agenda.published.as_ref().map(|(agenda, _)| agenda.version);
    let results = board.results().await;
    let view = View {
        question: contents.conversation.text.question.text().to_owned(),
        draft: draft.map(|agenda| AgendaView::new(agenda, contents, Some(&*results), context.texts())),
        frozen: draft.is_some_and(|draft| published == Some(draft.version)),
    };
    page(&AgendaPage {
        t: context.texts(),
        frame: WorkFrame::with(&access, &board, "tab-agenda"),
        slug: access.slug.as_str(),
        rights: access.rights,
        view,
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct DraftForm {
    places: u32,
}

/// `POST /o/SLUG/agenda`: drafts from the votes that are on the map.
pub(in crate::http) async fn draft_agenda(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<DraftForm>,
) -> Result<Response, PageError> {
    let slug = &access.slug;
    if !(1..=MAX_PLACES).contains(&form.places) {
        let why = context.texts().msg("error-places").num("max", MAX_PLACES).to_string();
        return Err(HttpError::BadInput(why).into());
    }
    access.room.draft_agenda(access.actor()?, form.places).await?;
    Ok(Redirect::to(&format!("/o/{slug}/agenda")).into_response())
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AgendaChange {
    Up,
    Down,
    Remove,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ChangeForm {
    statement: StatementNumber,
    change: AgendaChange,
}

/// `POST /o/SLUG/agenda/change`
pub(in crate::http) async fn change_agenda(
    access: Access<MayOrganise>,
    Form(form): Form<ChangeForm>,
) -> Result<Response, PageError> {
    let slug = &access.slug;
    let statement = form.statement;
    let act = match form.change {
        AgendaChange::Up => AgendaAct::Move { statement, change: ItemChange::MovedUp },
        AgendaChange::Down => AgendaAct::Move { statement, change: ItemChange::MovedDown },
        AgendaChange::Remove => AgendaAct::Remove { statement },
    };
    access.act(act).await?;
    let anchor = if matches!(form.change, AgendaChange::Remove) {
        String::new()
    } else {
        format!("#item-{statement}")
    };
    Ok(Redirect::to(&format!("/o/{slug}/agenda{anchor}")).into_response())
}

/// `POST /o/SLUG/agenda/publish`
pub(in crate::http) async fn publish_agenda(
    access: Access<MayOrganise>,
    _: NoFields,
) -> Result<Response, PageError> {
    let slug = &access.slug;
    access.act(AgendaAct::Publish).await?;
    Ok(Redirect::to(&format!("/c/{slug}/agenda")).into_response())
}
