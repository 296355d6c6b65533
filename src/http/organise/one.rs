//! One conversation of an organiser: its words, its rules, its seeds, and whether it is open.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::{MayOrganise, MaySeeOrganising};
use crate::conversation::{Act, ConversationState};
use crate::domain::{Rights, StatementNumber};
use crate::edge::{Access, Context, NoFields, PageError, Query, page};
use crate::http::promise_view::{PromiseView, StepStatus};
use crate::http::refused::Refused;
use crate::http::work_frame::WorkFrame;
use crate::instance::Scope;
use crate::live::{Board, Contents, Counts};
use crate::texts::Texts;

use super::checklist::{ChecklistItem, checklist};
use super::publish_view::PublishView;

/// What the address says of the step before.
#[derive(Debug, Default, Deserialize)]
pub(in crate::http) struct ConversationQuery {
    /// Seeds that were added.
    added: Option<u32>,
    /// Seeds that were there already.
    here: Option<u32>,
    /// Something was saved.
    saved: Option<u32>,
}

impl ConversationQuery {
    /// Whether something was saved a moment ago.
    pub fn is_saved(&self) -> bool {
        self.saved.is_some()
    }
}

struct Seed {
    number: StatementNumber,
    text: String,
    meta: bool,
}

struct View {
    question: String,
    promise: PromiseView,
    publish: PublishView,
    checklist: Vec<ChecklistItem>,
    archived: bool,
    state: ConversationState,
    seeds: Vec<Seed>,
    pending: usize,
    shown: usize,
    counts: Counts,
    has_draft: bool,
    has_agenda: bool,
    /// The day on which it will be deleted, where that is planned.
    deletes: Option<String>,
    /// Nobody can come back to their votes, so it stays closed.
    links_destroyed: bool,
}

impl View {
    fn is_draft(&self) -> bool {
        self.state == ConversationState::Draft
    }

    /// How much of the checklist is done.
    fn done(&self) -> usize {
        self.checklist.iter().filter(|item| item.is_done).count()
    }
}

#[derive(Template)]
#[template(path = "organise/conversation.html")]
struct ConversationPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: &'a str,
    rights: Rights,
    own_origin: &'a str,
    /// Whether other sites may show it in frames.
    can_be_framed: bool,
    view: View,
    after: ConversationQuery,
    refused: Refused,
}

impl ConversationPage<'_> {
    /// What shows this conversation in a page of another site, as HTML.
    fn frame_code(&self) -> String {
        let title = self.view.question.replace('&', "&amp;").replace('"', "&quot;");
        let title = title.replace('<', "&lt;").replace('>', "&gt;");
        format!(
            r#"<iframe src="{}/c/{}?embed=1" title="{title}" width="100%" height="560"></iframe>"#,
            self.own_origin, self.slug
        )
    }
}

/// `GET /o/SLUG`
pub(in crate::http) async fn show_conversation(
    access: Access<MaySeeOrganising>,
    State(context): State<Context>,
    Query(after): Query<ConversationQuery>,
) -> Result<Response, PageError> {
    draw(&context, &access, after, Refused::default()).await
}

async fn draw<C>(
    context: &Context,
    access: &Access<C>,
    after: ConversationQuery,
    refused: Refused,
) -> Result<Response, PageError> {
    let Access { slug, room, visitor, rights, .. } = access;
    let board = room.board().await?;
    let archived = context.store.is_archived(room.conversation).await?;
    let colleagues = context.store.people(&[Scope::Conversation(room.conversation)]).await?.len();
    let view = view(&board, context, archived, colleagues);
    page(&ConversationPage {
        t: context.texts(),
        frame: WorkFrame::with(access, &board, "tab-run"),
        slug: slug.as_str(),
        rights: *rights,
        own_origin: &visitor.own_origin,
        can_be_framed: !context.outside.frames.is_empty(),
        view,
        after,
        refused,
    })
}

fn view(board: &Board, context: &Context, archived: bool, colleagues: usize) -> View {
    let Contents { conversation, seeds, agenda, .. } = &*board.contents;
    let list = checklist(conversation, seeds.len(), colleagues);
    let seeds = seeds.iter().filter_map(|seed| board.contents.statement(*seed));
    View {
        question: conversation.text.question.text().to_owned(),
        publish: PublishView::of(conversation, context.texts()),
        promise: PromiseView::of(conversation, context.clock.now(), context.texts()),
        checklist: list,
        archived,
        state: conversation.state,
        seeds: seeds.map(|s| Seed { number: s.number, text: s.text.to_string(), meta: s.meta }).collect(),
        pending: board.contents.waiting().count(),
        shown: board.contents.shown().count(),
        counts: board.published.counts,
        has_draft: agenda.draft.is_some(),
        has_agenda: agenda.latest().is_some(),
        deletes: conversation.deletes_at.map(|at| context.texts().day(&at)),
        links_destroyed: conversation.links_destroyed.is_some(),
    }
}

/// The page again, with what is wrong.
pub(super) async fn mend(
    context: &Context,
    access: &Access<MayOrganise>,
    refused: Refused,
) -> Result<Response, PageError> {
    let mut again = draw(context, access, ConversationQuery::default(), refused).await?;
    *again.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(again)
}

/// `POST /o/SLUG/open`
pub(in crate::http) async fn open_conversation(
    access: Access<MayOrganise>,
    _: NoFields,
) -> Result<Response, PageError> {
    let slug = &access.slug;
    access.act(Act::open()).await?;
    Ok(Redirect::to(&format!("/o/{slug}?saved=1")).into_response())
}

/// `POST /o/SLUG/close`
pub(in crate::http) async fn close_conversation(
    access: Access<MayOrganise>,
    _: NoFields,
) -> Result<Response, PageError> {
    let slug = &access.slug;
    access.act(Act::close()).await?;
    Ok(Redirect::to(&format!("/o/{slug}?saved=1")).into_response())
}
