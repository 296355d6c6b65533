//! Publishing an agenda: first what becomes public and what stays hidden until the end, then the button.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::{MayOrganise, MaySeeOrganising};
use crate::conversation::{AgendaChange, ConversationState, ResultsRule};
use crate::domain::Rights;
use crate::edge::{Access, Context, Form, PageError, page};
use crate::http::agendas::{AgendaSource, AgendaView};
use crate::http::work_frame::WorkFrame;
use crate::live::Board;
use crate::texts::Texts;

struct View {
    question: String,
    revision: u32,
    agenda: AgendaView,
    /// The version it will be.
    version: u32,
    /// Items without a question of their own, and without a time.
    without_question: usize,
    without_time: usize,
    /// Items whose statements only seem to say the same.
    unconfirmed: usize,
    /// Minutes beyond the session's.
    over: u32,
    /// Whether votes and reasons stay hidden until the conversation closes.
    hides_votes: bool,
    changes: usize,
}

#[derive(Template)]
#[template(path = "organise/agenda-publish.html")]
struct PublishPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: &'a str,
    rights: Rights,
    view: View,
}

#[derive(Template)]
#[template(path = "organise/agenda-preview.html")]
struct PreviewPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: &'a str,
    view: View,
}

/// `GET /o/SLUG/agenda/publish`: asks.
pub(in crate::http) async fn confirm_agenda(
    access: Access<MaySeeOrganising>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    let Some((frame, view)) = read(&access, &context).await? else { return Ok(to_builder(&access)) };
    let (slug, rights) = (access.slug.as_str(), access.rights);
    page(&PublishPage { t: context.texts(), frame, slug, rights, view })
}

/// `GET /o/SLUG/agenda/preview`: as the public would read it.
pub(in crate::http) async fn preview_agenda(
    access: Access<MaySeeOrganising>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    let Some((frame, view)) = read(&access, &context).await? else { return Ok(to_builder(&access)) };
    page(&PreviewPage { t: context.texts(), frame, slug: access.slug.as_str(), view })
}

/// There is nothing to look at before a first draft.
fn to_builder<C>(access: &Access<C>) -> Response {
    Redirect::to(&format!("/o/{}/agenda", access.slug)).into_response()
}

async fn read<C>(access: &Access<C>, context: &Context) -> Result<Option<(WorkFrame, View)>, PageError> {
    let board = access.room.board().await?;
    let view = view(&board, context).await;
    Ok(view.map(|view| (WorkFrame::with(access, &board, "tab-agenda"), view)))
}

async fn view(board: &Arc<Board>, context: &Context) -> Option<View> {
    let contents = &board.contents;
    let draft = contents.agenda.draft.as_ref()?;
    let changes: Vec<AgendaChange> = draft.changes_by_hand().cloned().collect();
    let source = AgendaSource::of_draft(draft, &changes)?;
    let conversation = &contents.conversation;
    let hides_votes = conversation.settings.results == ResultsRule::AtClose
        && conversation.state == ConversationState::Open;
    let results = board.results().await;
    let agenda = AgendaView::new(source, contents, (!hides_votes).then_some(&*results), context.texts());
    let items = &draft.agenda.items;
    Some(View {
        question: conversation.text.question.text().to_owned(),
        revision: draft.revision,
        version: contents.agenda.latest().map_or(1, |latest| latest.version + 1),
        without_question: items.iter().filter(|item| item.question.is_none()).count(),
        without_time: items.iter().filter(|item| item.plan.minutes == 0).count(),
        unconfirmed: items.iter().filter(|item| item.unconfirmed).count(),
        over: draft.agenda.session.minutes.map_or(0, |there| draft.agenda.minutes().saturating_sub(there)),
        hides_votes,
        changes: agenda.changes.len(),
        agenda,
    })
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct PublishForm {
    /// The agenda that was read.
    revision: u32,
}

/// `POST /o/SLUG/agenda/publish`
pub(in crate::http) async fn publish_agenda(
    access: Access<MayOrganise>,
    Form(form): Form<PublishForm>,
) -> Result<Response, PageError> {
    access.room.publish_agenda(access.actor()?, form.revision).await?;
    Ok(Redirect::to(&format!("/c/{}/agenda", access.slug)).into_response())
}
