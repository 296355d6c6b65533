//! The published agenda.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::MayTakePart;
use crate::conversation::PublishedAgenda;
use crate::disclosure::{PublicBacked, Results};
use crate::domain::{AgendaItem, StatementNumber};
use crate::edge::{Access, ApiError, Context, HttpError, PageError, page};
use crate::http::api_words::ErrorAnswer;
use crate::http::assets;
use crate::http::public_frame::{PublicFrame, PublicTab};
use crate::http::results::{VotesPart, may_read, own};
use crate::live::{Board, Counts};
use crate::texts::{Texts, iso_moment};

use super::source::AgendaSource;
use super::view::{AgendaView, BackedView};

/// What became of the conversation: how many of what came this far.
struct Funnel {
    rejected: usize,
    accepted: usize,
    /// Statements whose votes may be told.
    voted_on: usize,
    /// Statements that the votes proposed, and that are on the agenda now.
    proposed: usize,
    on_agenda: usize,
}

struct PublishedView {
    version: u32,
    at: String,
    agenda: AgendaView,
}

struct View {
    organiser: String,
    published: Option<PublishedView>,
    is_latest: bool,
    /// The other versions, with the day of each.
    others: Vec<(u32, String)>,
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

/// `GET /c/SLUG/agenda`: the latest.
pub(in crate::http) async fn show_agenda(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    let board = access.room.board().await?;
    show(&access, &context, &board, board.contents.agenda.latest()).await
}

/// `GET /c/SLUG/agenda/VERSION`: as it was published then.
pub(in crate::http) async fn show_version(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Path((_, version)): Path<(String, u32)>,
) -> Result<Response, PageError> {
    let board = access.room.board().await?;
    let published = &board.contents.agenda.published;
    let published = published.iter().find(|one| one.version == version).ok_or(HttpError::NotFound)?;
    show(&access, &context, &board, Some(published)).await
}

async fn show(
    access: &Access<MayTakePart>,
    context: &Context,
    board: &Arc<Board>,
    published: Option<&PublishedAgenda>,
) -> Result<Response, PageError> {
    let (_, own_votes) = own(&access.room, &access.visitor).await?;
    let conversation = &board.contents.conversation;
    let has_numbers = may_read(access, conversation, own_votes);
    let view = view(board, published, &*board.results().await, has_numbers, context.texts());
    page(&AgendaPage {
        t: context.texts(),
        style: assets::url("boule.css"),
        frame: PublicFrame::of(access.slug.as_str(), board, Some(PublicTab::Agenda), context.texts()),
        view,
    })
}

fn view(
    board: &Board,
    published: Option<&PublishedAgenda>,
    results: &Results,
    has_numbers: bool,
    texts: &Texts,
) -> View {
    let Board { contents, published: map, .. } = board;
    let text = &contents.conversation.text;
    let told = has_numbers.then_some(results);
    let day = |one: &PublishedAgenda| (one.version, texts.day(&one.at));
    View {
        organiser: text.organiser.text().to_owned(),
        others: {
            let others = contents.agenda.published.iter().rev();
            others
                .filter(|one| published.is_some_and(|shown| shown.version != one.version))
                .map(day)
                .collect()
        },
        is_latest: published.map(|shown| shown.version) == contents.agenda.latest().map(|one| one.version),
        published: published.map(|one| PublishedView {
            version: one.version,
            at: texts.moment(&one.at),
            agenda: AgendaView::new(AgendaSource::from(one), contents, told, texts),
        }),
        funnel: Funnel {
            rejected: contents.rejected().count(),
            accepted: contents.shown().count(),
            voted_on: results.statements.iter().filter(|row| row.cells.overall.is_some()).count(),
            proposed: published.map_or(0, |one| one.proposal.items.len()),
            on_agenda: published
                .map_or(0, |one| one.agenda.items.iter().flat_map(AgendaItem::numbers).count()),
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
    /// When the meeting begins; null where that is not set.
    starts_at: Option<String>,
    items: Vec<AgendaItemAnswer>,
}

#[derive(Serialize, ToSchema)]
struct AgendaItemAnswer {
    number: u32,
    /// What the meeting is asked; null where the first statement stands for it.
    question: Option<String>,
    goal: &'static str,
    /// 0 where no time is set.
    minutes: u32,
    /// Where it comes from, where it is not from the votes.
    origin: Option<String>,
    /// The one that stands for all of them first.
    statements: Vec<AgendaStatementAnswer>,
}

#[derive(Serialize, ToSchema)]
struct AgendaStatementAnswer {
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
    let published = contents.agenda.latest().ok_or(HttpError::NotFound)?;
    let has_numbers = may_read(&access, &contents.conversation, own_votes);
    let results = board.results().await;
    let source = AgendaSource::from(published);
    let view = AgendaView::new(source, contents, has_numbers.then_some(&*results), context.texts());
    let statement = |(backed, told): (&BackedView, &PublicBacked)| AgendaStatementAnswer {
        statement: told.number,
        text: backed.row.text.clone(),
        why: backed.why.clone(),
        votes: told.votes.map(VotesPart::from),
    };
    let items = source.agenda.items.iter().zip(view.items.iter().zip(&view.told.items));
    let answer = AgendaAnswer {
        version: published.version,
        map_version: view.told.map_version,
        published_at: iso_moment(published.at),
        starts_at: source.agenda.session.starts_at.map(iso_moment),
        items: items
            .map(|(item, (shown, told))| AgendaItemAnswer {
                number: item.number.0,
                question: shown.question.clone(),
                goal: item.plan.goal.as_str(),
                minutes: item.plan.minutes,
                origin: shown.origin.clone(),
                statements: shown.statements().zip(&told.statements).map(statement).collect(),
            })
            .collect(),
    };
    Ok(axum::Json(answer).into_response())
}
