//! The form posts of participants: the same acts that a socket asks for.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::MayTakePart;
use crate::conversation::{Act, Ballot, Identity};
use crate::domain::{Choice, OperationId, StatementNumber};
use crate::edge::limiter::too_many_statements;
use crate::edge::{Access, Context, Form, HttpError, PageError, Query, identity_or_new};
use crate::live::RoomError;

use super::conversation::{ConversationQuery, RefusedStatement, draw};
use super::embed::{self, EmbedQuery};
use super::similar::similar_to;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct VoteForm {
    statement: StatementNumber,
    choice: Choice,
    op: Option<OperationId>,
    /// Marked as important: a checkbox that is not ticked sends nothing.
    important: Option<String>,
    /// The version of the information that was read before.
    pack: Option<u32>,
    /// The page of the list that it was cast on.
    list: Option<usize>,
    /// Who somebody is, in a frame of another site where the browser keeps no cookie.
    token: Option<String>,
}

/// `POST /c/SLUG/vote`
pub(in crate::http) async fn cast_vote(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Query(embedded): Query<EmbedQuery>,
    Form(form): Form<VoteForm>,
) -> Result<Response, PageError> {
    let VoteForm { statement, choice, op, important, pack, list, token } = form;
    let (important, pack) = (important.is_some(), pack.unwrap_or(0));
    let ballot = Ballot { op, important, pack, ..Ballot::new(statement, choice) };
    if embedded.is_embedded() {
        return embed::cast(&access, &context, (ballot, token)).await;
    }
    let slug = &access.slug;
    let (identity, cookie) = identity_or_new(&access.visitor, &context, (slug, &access.room)).await?;
    access.room.act(identity, ballot).await?;
    let back = match list {
        Some(page) => format!("/c/{slug}/list?page={page}&voted={statement}#s-{statement}"),
        None => format!("/c/{slug}?voted={statement}"),
    };
    Ok(redirect(&back, cookie))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct StatementForm {
    text: String,
    op: Option<OperationId>,
    /// They have seen what others say nearly like that.
    sure: Option<u8>,
}

/// `POST /c/SLUG/submit`
pub(in crate::http) async fn submit_statement(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Form(form): Form<StatementForm>,
) -> Result<Response, PageError> {
    // What is refused, or sent again because its answer was lost, is no other statement.
    let token = access.visitor.identity.map(Identity::Token);
    let is_known = match access.room.look_at_submission(token, form.text.clone(), form.op.clone()).await {
        Err(RoomError::Rejected(why)) => {
            return refused(
                &context,
                &access,
                form.text,
                context.texts().refusal(&why),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await;
        }
        looked_at => looked_at?,
    };
    if !is_known && form.sure.is_none() {
        let similar = similar_to(&access.room, &form.text).await?;
        if !similar.is_empty() {
            let written = RefusedStatement { text: form.text, why: String::new(), similar };
            return draw(&context, &access, ConversationQuery::default(), None, Some(written)).await;
        }
    }
    let limiter = &context.limiter;
    if !is_known && let Err(wait) = limiter.take_submission(access.visitor.identity, access.visitor.network) {
        let why = too_many_statements(wait, context.texts());
        return refused(&context, &access, form.text, why, StatusCode::TOO_MANY_REQUESTS).await;
    }
    match submit(&context, &access, &form).await {
        Ok(cookie) => Ok(redirect(&format!("/c/{}?submitted=1", access.slug), cookie)),
        Err(HttpError::Room(RoomError::Rejected(why))) => {
            refused(
                &context,
                &access,
                form.text,
                context.texts().refusal(&why),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await
        }
        Err(error) => {
            // Nobody could take it.
            if !is_known {
                limiter.give_back_submission(access.visitor.identity, access.visitor.network);
            }
            Err(error.into())
        }
    }
}

async fn submit(
    context: &Context,
    access: &Access<MayTakePart>,
    form: &StatementForm,
) -> Result<Option<HeaderValue>, HttpError> {
    let (identity, cookie) = identity_or_new(&access.visitor, context, (&access.slug, &access.room)).await?;
    access.room.act(identity, Act::submit(form.text.clone(), form.op.clone())).await?;
    Ok(cookie)
}

/// The page again, with what was written still in the form and the reason beside it.
async fn refused(
    context: &Context,
    access: &Access<MayTakePart>,
    text: String,
    why: String,
    status: StatusCode,
) -> Result<Response, PageError> {
    let mut response = draw(
        context,
        access,
        ConversationQuery::default(),
        None,
        Some(RefusedStatement { text, why, similar: Vec::new() }),
    )
    .await?;
    *response.status_mut() = status;
    Ok(response)
}

fn redirect(to: &str, cookie: Option<HeaderValue>) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
