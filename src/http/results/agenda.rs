//! The published agenda.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::MayTakePart;
use crate::disclosure::{PublicItem, Results};
use crate::domain::StatementNumber;
use crate::edge::{Access, ApiError, Context, HttpError, PageError, page};
use crate::http::api_words::ErrorAnswer;
use crate::http::assets;
use crate::http::public_frame::{PublicFrame, PublicTab};
use crate::live::{Board, Counts};
use crate::texts::{Texts, iso_moment};

use super::agenda_view::{AgendaView, ItemView};
use super::download::VotesPart;
use super::reader::{may_read, own};

/// What became of the conversation: how many of what came this far.
struct Funnel {
    rejected: usize,
    accepted: usize,
    /// Statements whose votes may be told.
    voted_on: usize,
}

struct View {
    organiser: String,
    published: Option<(AgendaView, String)>,
    funnel: Funnel,
    counts: Counts,
}

#[derive(Template)]
#[template(path = "results/agenda.html")]
struct AgendaPage<'a> {
    t: &'a Texts,
    style: String,
    frame: PublicFrame,
    view: View,
}

/// `GET /c/SLUG/agenda`
pub(in crate::http) async fn show_agenda(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    let board = access.room.board().await?;
    let (_, own_votes) = own(&access.room, &access.visitor).await?;
    let conversation = &board.contents.conversation;
    let has_numbers = may_read(&access, conversation, own_votes);
    let view = view(&board, &*board.results().await, has_numbers, context.texts());
    page(&AgendaPage {
        t: context.texts(),
        style: assets::url("boule.css"),
        frame: PublicFrame::of(access.slug.as_str(), &board, Some(PublicTab::Agenda), context.texts()),
        view,
    })
}

fn view(board: &Board, results: &Results, has_numbers: bool, texts: &Texts) -> View {
    let Board { contents, published: map, .. } = board;
    let text = &contents.conversation.text;
    let published = contents.agenda.published.as_ref();
    let told = has_numbers.then_some(results);
    View {
        organiser: text.organiser.text().to_owned(),
        published: published
            .map(|(agenda, at)| (AgendaView::new(agenda, contents, told, texts), texts.moment(at))),
        funnel: Funnel {
            rejected: contents.rejected().count(),
            accepted: contents.shown().count(),
            voted_on: results.statements.iter().filter(|row| row.cells.overall.is_some()).count(),
        },
        counts: map.counts,
    }
}

/// The published agenda, for programs.
#[derive(Serialize, ToSchema)]
struct AgendaAnswer {
    version: u32,
    /// The position in the log up to which votes were read.
    map_version: u64,
    published_at: String,
    items: Vec<AgendaItemAnswer>,
}

#[derive(Serialize, ToSchema)]
struct AgendaItemAnswer {
    #[schema(value_type = u32)]
    statement: StatementNumber,
    text: String,
    /// Why it is there, in a sentence.
    why: String,
    /// Null where they are hidden.
    votes: Option<VotesPart>,
}

/// `GET /api/v1/c/SLUG/agenda`: the published agenda.
#[utoipa::path(
    get,
    path = "/api/v1/c/{slug}/agenda",
    params(("slug" = String, Path, description = "the conversation’s name in addresses")),
    responses(
        (status = 200, body = AgendaAnswer),
        (status = 404, body = ErrorAnswer, description = "no such conversation, or no agenda yet"),
    )
)]
pub(in crate::http) async fn list_agenda(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, ApiError> {
    let board = access.room.board().await?;
    let (_, own_votes) = own(&access.room, &access.visitor).await?;
    let contents = &board.contents;
    let (agenda, at) = contents.agenda.published.as_ref().ok_or(HttpError::NotFound)?;
    let has_numbers = may_read(&access, &contents.conversation, own_votes);
    let results = board.results().await;
    let view = AgendaView::new(agenda, contents, has_numbers.then_some(&*results), context.texts());
    let item = |(item, told): (&ItemView, &PublicItem)| AgendaItemAnswer {
        statement: told.number,
        text: item.row.text.clone(),
        why: item.why.clone(),
        votes: told.votes.map(VotesPart::from),
    };
    let answer = AgendaAnswer {
        version: view.told.version,
        map_version: view.told.map_version,
        published_at: iso_moment(*at),
        items: view.items.iter().zip(&view.told.items).map(item).collect(),
    };
    Ok(axum::Json(answer).into_response())
}
