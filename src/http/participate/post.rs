//! The form posts of participants: the same commands that a socket sends.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::conversation::{Act, Ballot, Identity};
use crate::domain::{Choice, OperationId, StatementNumber};
use crate::http::Context;
use crate::http::error::{HttpError, PageError};
use crate::http::extract::{Visitor, public_room};
use crate::http::request::{Form, Path};
use crate::live::{RoomError, RoomHandle};
use crate::ws::limiter::too_many_statements;

use super::conversation::{After, Refused, draw};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct VoteForm {
    statement: StatementNumber,
    choice: Choice,
    op: Option<OperationId>,
}

/// `POST /c/SLUG/vote`
pub(in crate::http) async fn cast_vote(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
    Form(form): Form<VoteForm>,
) -> Result<Response, PageError> {
    let (slug, room) = public_room(&context, &slug, &visitor).await?;
    let (identity, cookie) = visitor.identity_or_new(&context, &room).await?;
    room.act(identity, Ballot { op: form.op, ..Ballot::new(form.statement, form.choice) }).await?;
    Ok(redirect(&format!("/c/{slug}?voted={}", form.statement), cookie))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct StatementForm {
    text: String,
    op: Option<OperationId>,
}

/// `POST /c/SLUG/submit`
pub(in crate::http) async fn submit_statement(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
    Form(form): Form<StatementForm>,
) -> Result<Response, PageError> {
    let (parsed, room) = public_room(&context, &slug, &visitor).await?;
    // What is refused, or sent again because its answer was lost, is no other statement.
    let token = visitor.identity.map(Identity::Token);
    let is_known = match room.look_at_submission(token, form.text.clone(), form.op.clone()).await {
        Err(RoomError::Rejected(why)) => {
            return refused(
                &context,
                &slug,
                &visitor,
                form.text,
                why.to_string(),
                StatusCode::UNPROCESSABLE_ENTITY,
            )
            .await;
        }
        looked_at => looked_at?,
    };
    let limiter = &context.gateway.limiter;
    if !is_known && let Err(wait) = limiter.take_submission(visitor.identity, visitor.network) {
        let why = too_many_statements(wait);
        return refused(&context, &slug, &visitor, form.text, why, StatusCode::TOO_MANY_REQUESTS).await;
    }
    match submit(&context, &room, &visitor, &form).await {
        Ok(cookie) => Ok(redirect(&format!("/c/{parsed}?submitted=1"), cookie)),
        Err(HttpError::Room(RoomError::Rejected(why))) => {
            refused(&context, &slug, &visitor, form.text, why.to_string(), StatusCode::UNPROCESSABLE_ENTITY)
                .await
        }
        Err(error) => {
            // Nobody could take it.
            if !is_known {
                limiter.give_back_submission(visitor.identity, visitor.network);
            }
            Err(error.into())
        }
    }
}

async fn submit(
    context: &Context,
    room: &RoomHandle,
    visitor: &Visitor,
    form: &StatementForm,
) -> Result<Option<HeaderValue>, HttpError> {
    let (identity, cookie) = visitor.identity_or_new(context, room).await?;
    room.act(identity, Act::submit(form.text.clone(), form.op.clone())).await?;
    Ok(cookie)
}

/// The page again, with what was written still in the form and the reason beside it.
async fn refused(
    context: &Context,
    slug: &str,
    visitor: &Visitor,
    text: String,
    why: String,
    status: StatusCode,
) -> Result<Response, PageError> {
    let mut response =
        draw(context, slug, visitor, After::default(), None, Some(Refused { text, why })).await?;
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
