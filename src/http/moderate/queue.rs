//! The moderators' queue and the live groups beside it.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::{Moderation, RejectReason, Role, StatementNumber};
use crate::http::error::{PageError, page};
use crate::http::extract::{Visitor, staff_room};
use crate::http::map_view::MapView;
use crate::http::{Context, Texts};
use crate::live::{Counts, RoomState};
use crate::store::ConversationSummary;

/// Statements of each kind that one page shows.
const PAGE: usize = 50;

struct Item {
    number: StatementNumber,
    text: String,
    moderation: Moderation,
    reason: Option<RejectReason>,
    votes: u32,
    seed: bool,
}

struct View {
    question: String,
    pending: Vec<Item>,
    pending_total: usize,
    decided: Vec<Item>,
    last: Option<Item>,
    counts: Counts,
}

#[derive(Template)]
#[template(path = "moderate/queue.html")]
struct QueuePage<'a> {
    t: &'a Texts,
    style: String,
    script: String,
    slug: &'a str,
    role: Role,
    view: View,
    map: MapView,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct After {
    /// The statement that was decided on last, so that it can be undone.
    decided: Option<u32>,
}

#[derive(Template)]
#[template(path = "moderate/conversations.html")]
struct ConversationsPage<'a> {
    t: &'a Texts,
    style: String,
    role: Role,
    conversations: Vec<ConversationSummary>,
}

/// `GET /m`
pub(in crate::http) async fn show_conversations(
    State(context): State<Context>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    visitor.authorise(Role::may_see_moderation)?;
    let conversations = context.store.conversations().await?;
    let style = context.assets.url("boule.css");
    page(&ConversationsPage { t: context.texts, style, role: visitor.role, conversations })
}

/// `GET /m/SLUG`
pub(in crate::http) async fn show_queue(
    State(context): State<Context>,
    Path(slug): Path<String>,
    Query(after): Query<After>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let (slug, room) = staff_room(&context, &slug, &visitor, Role::may_see_moderation).await?;
    let decided = after.decided.map(StatementNumber);
    let (view, map) = room.read(move |state| (view(state, decided), MapView::new(&state.map, None))).await?;
    page(&QueuePage {
        t: context.texts,
        style: context.assets.url("boule.css"),
        script: context.assets.url("moderate.js"),
        slug: slug.as_str(),
        role: visitor.role,
        view,
        map,
    })
}

fn view(state: &RoomState, decided: Option<StatementNumber>) -> View {
    let item = |s: &crate::domain::Statement| Item {
        number: s.number,
        text: s.text.text().to_owned(),
        moderation: s.moderation,
        reason: s.reason,
        votes: s.tally.seen(),
        seed: s.seed,
    };
    let statements = &state.record.statements;
    let pending = || statements.values().filter(|s| s.moderation == Moderation::Pending);
    let done = statements.values().rev().filter(|s| s.moderation != Moderation::Pending);
    let shown = u32::try_from(state.record.shown().count()).unwrap_or(u32::MAX);
    View {
        question: state.record.conversation.text.question.text().to_owned(),
        pending_total: pending().count(),
        pending: pending().take(PAGE).map(item).collect(),
        decided: done.take(PAGE).map(item).collect(),
        last: decided.and_then(|number| statements.get(&number)).map(item),
        counts: Counts { statements: shown, ..state.map.counts },
    }
}

/// What a moderator says: `accept`, `pending`, or the code of a reason to reject.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct Decision {
    statement: StatementNumber,
    decision: String,
}

/// `POST /m/SLUG/moderate`
pub(in crate::http) async fn moderate_statement(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
    Form(form): Form<Decision>,
) -> Result<Response, PageError> {
    let (slug, room) = staff_room(&context, &slug, &visitor, Role::may_moderate).await?;
    let (to, reason) = decision(&form.decision)?;
    room.moderate(form.statement, to, reason).await?;
    Ok(Redirect::to(&format!("/m/{slug}?decided={}", form.statement)).into_response())
}

fn decision(word: &str) -> Result<(Moderation, Option<RejectReason>), PageError> {
    match word {
        "accept" => Ok((Moderation::Accepted, None)),
        "pending" => Ok((Moderation::Pending, None)),
        word => {
            let reason = RejectReason::ALL.into_iter().find(|reason| reason.as_str() == word);
            let bad = || {
                super::super::error::HttpError::BadInput(
                    "A rejection needs one of the listed reasons.".into(),
                )
            };
            Ok((Moderation::Rejected, Some(reason.ok_or_else(bad)?)))
        }
    }
}
