//! The form posts of participants: the same commands that a socket sends.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::{Choice, OperationId, StatementNumber};
use crate::http::Context;
use crate::http::error::PageError;
use crate::http::extract::{Visitor, public_room};
use crate::live::RoomError;

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
    room.cast_vote(identity, form.statement, form.choice, form.op).await?;
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
    let (identity, cookie) = visitor.identity_or_new(&context, &room).await?;
    match room.submit(identity, form.text.clone(), form.op).await {
        Ok(done) => Ok(redirect(&format!("/c/{parsed}?submitted={}", done.statement), cookie)),
        // What was written stays in the form, with the reason beside it.
        Err(RoomError::Rejected(rejection)) => {
            let refused = Some(Refused { text: form.text, why: rejection.to_string() });
            let mut response = draw(&context, &slug, &visitor, After::default(), None, refused).await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error.into()),
    }
}

fn redirect(to: &str, cookie: Option<HeaderValue>) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
