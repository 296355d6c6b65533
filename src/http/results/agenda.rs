//! The published agenda.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::MayTakePart;
use crate::edge::{Access, Context, PageError, page};
use crate::http::agenda_view::AgendaView;
use crate::http::assets;
use crate::http::public_frame::{PublicFrame, PublicTab};
use crate::live::{Board, Counts};
use crate::texts::Texts;

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
    let results = board.results().await;
    let told = results.statements.iter().filter(|row| row.cells.overall.is_some()).count();
    let view = view(&board, told, has_numbers, context.texts());
    page(&AgendaPage {
        t: context.texts(),
        style: assets::url("boule.css"),
        frame: PublicFrame::of(access.slug.as_str(), &board, Some(PublicTab::Agenda), context.texts()),
        view,
    })
}

fn view(board: &Board, told: usize, has_numbers: bool, texts: &Texts) -> View {
    let Board { contents, published: map, .. } = board;
    let text = &contents.conversation.text;
    let published = contents.agenda.published.as_ref();
    View {
        organiser: text.organiser.text().to_owned(),
        published: published
            .map(|(agenda, at)| (AgendaView::new(agenda, contents, has_numbers, texts), texts.moment(at))),
        funnel: Funnel {
            rejected: contents.rejected().count(),
            accepted: contents.shown().count(),
            voted_on: told,
        },
        counts: map.counts,
    }
}
