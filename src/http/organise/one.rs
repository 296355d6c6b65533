//! One conversation of an organiser: its words, its rules, its seeds, and whether it is open.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::{ConversationState, ModerationRule, ResultsRule, Role, Settings, StatementNumber};
use crate::http::error::{PageError, page};
use crate::http::extract::{Visitor, staff_room};
use crate::http::request::{Form, Path, Query};
use crate::http::{Context, Texts};
use crate::live::{Counts, RoomState};

use super::conversations::ConversationForm;

/// What the address says of the step before.
#[derive(Debug, Default, Deserialize)]
pub(in crate::http) struct After {
    /// Seeds that were added.
    added: Option<u32>,
    /// Seeds that were there already.
    here: Option<u32>,
    /// Something was saved.
    saved: Option<u32>,
}

struct Seed {
    number: StatementNumber,
    text: String,
    meta: bool,
}

struct View {
    question: String,
    description: String,
    organiser: String,
    state: ConversationState,
    settings: Settings,
    seeds: Vec<Seed>,
    pending: usize,
    shown: usize,
    counts: Counts,
    has_draft: bool,
    has_agenda: bool,
}

#[derive(Template)]
#[template(path = "organise/conversation.html")]
struct ConversationPage<'a> {
    t: &'a Texts,
    style: String,
    slug: &'a str,
    role: Role,
    own_origin: &'a str,
    view: View,
    after: After,
    /// What was wrong with the last form, and the text it held.
    error: Option<(String, String)>,
}

/// `GET /o/SLUG`
pub(in crate::http) async fn show_conversation(
    State(context): State<Context>,
    Path(slug): Path<String>,
    Query(after): Query<After>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    draw(&context, &slug, &visitor, after, None).await
}

/// Draws the page; with what was wrong with the last form, and the text to mend.
pub(super) async fn draw(
    context: &Context,
    slug: &str,
    visitor: &Visitor,
    after: After,
    error: Option<(String, String)>,
) -> Result<Response, PageError> {
    let (slug, room) = staff_room(context, slug, visitor, Role::may_see_organising).await?;
    let view = room.read(view).await?;
    page(&ConversationPage {
        t: context.texts,
        style: context.assets.url("boule.css"),
        slug: slug.as_str(),
        role: visitor.role,
        own_origin: &visitor.own_origin,
        view,
        after,
        error,
    })
}

fn view(state: &RoomState) -> View {
    let record = &state.record;
    let seeds = record.statements.values().filter(|s| s.seed);
    let seeds = seeds.map(|s| Seed { number: s.number, text: s.text.text().to_owned(), meta: s.meta });
    let pending = record.statements.values().filter(|s| s.moderation == crate::domain::Moderation::Pending);
    View {
        question: record.conversation.text.question.text().to_owned(),
        description: record.conversation.text.description.text().to_owned(),
        organiser: record.conversation.text.organiser.text().to_owned(),
        state: record.conversation.state,
        settings: record.conversation.settings,
        seeds: seeds.collect(),
        pending: pending.count(),
        shown: record.shown().count(),
        counts: state.map.counts,
        has_draft: record.draft.is_some(),
        has_agenda: record.published.is_some(),
    }
}

/// `POST /o/SLUG`: changes words and rules.
pub(in crate::http) async fn change_conversation(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
    Form(form): Form<ConversationForm>,
) -> Result<Response, PageError> {
    let (slug, room) = staff_room(&context, &slug, &visitor, Role::may_organise).await?;
    let before = room.read(|state| state.record.conversation.settings).await?;
    room.change(form.conversation(slug.clone(), before)).await?;
    Ok(Redirect::to(&format!("/o/{slug}?saved=1")).into_response())
}

/// `POST /o/SLUG/open`
pub(in crate::http) async fn open_conversation(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let (slug, room) = staff_room(&context, &slug, &visitor, Role::may_organise).await?;
    room.open().await?;
    Ok(Redirect::to(&format!("/o/{slug}?saved=1")).into_response())
}

/// `POST /o/SLUG/close`
pub(in crate::http) async fn close_conversation(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let (slug, room) = staff_room(&context, &slug, &visitor, Role::may_organise).await?;
    room.close().await?;
    Ok(Redirect::to(&format!("/o/{slug}?saved=1")).into_response())
}
