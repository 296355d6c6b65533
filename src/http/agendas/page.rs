//! The published agenda.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::access::MayTakePart;
use crate::conversation::{AgendaRecord, PublishedAgenda};
use crate::disclosure::Results;
use crate::domain::AgendaItem;
use crate::edge::{Access, Context, HttpError, PageError, page};
use crate::http::assets;
use crate::http::public_frame::{PublicFrame, PublicTab};
use crate::http::results::{may_read, own};
use crate::live::{Board, Contents, Counts};
use crate::texts::Texts;

use super::source::AgendaSource;
use super::triggers::{frozen, promises};
use super::versions::Differences;
use super::view::AgendaView;

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
    /// The day on which it was drafted from the votes.
    drafted: String,
    /// That the choice from the votes had been fixed before.
    frozen: Option<String>,
    /// What is different from the version before.
    differences: Option<Differences>,
}

struct View {
    organiser: String,
    published: Option<PublishedView>,
    is_latest: bool,
    /// What comes on the agenda by itself.
    promises: Vec<String>,
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
    let published = self::version(&board.contents, version).ok_or(HttpError::NotFound)?;
    show(&access, &context, &board, Some(published)).await
}

fn version(contents: &Contents, version: u32) -> Option<&PublishedAgenda> {
    contents.agenda.published.iter().find(|one| one.version == version).map(Arc::as_ref)
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

/// What comes onto the agenda by itself. That the choice was fixed is told with the version that was made of it.
fn rules_of(record: &AgendaRecord, published: Option<&PublishedAgenda>, texts: &Texts) -> Vec<String> {
    let is_told = published.is_some_and(|published| published.frozen.is_some());
    promises(record, is_told, texts)
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
    let day = |one: &Arc<PublishedAgenda>| (one.version, texts.day(&one.at));
    let before = published.and_then(|shown| version(contents, shown.version.checked_sub(1)?));
    View {
        organiser: text.organiser.text().to_owned(),
        promises: rules_of(&contents.agenda, published, texts),
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
            drafted: texts.day(&one.drafted_at),
            frozen: one.frozen.map(|at| frozen(at, texts)),
            differences: before.map(|before| Differences::of(before, one, contents, texts)),
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
