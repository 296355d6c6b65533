//! Role links: a GET shows a button, so that a mail scanner does not use the link up; the POST
//! opens a session.

use askama::Template;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::clock::random_token;
use crate::domain::{Role, Timestamp, TokenHash};
use crate::edge::{Anybody, Context, Form, HttpError, PageError, Query, Visitor, page};

use super::assets;
use crate::texts::Texts;

/// A role session's life: twelve hours, a working day.
const SESSION_S: u32 = 12 * 3600;

#[derive(Default, Deserialize)]
pub(super) struct LinkQuery {
    #[serde(default)]
    key: String,
}

#[derive(Template)]
#[template(path = "enter.html")]
struct EnterPage<'a> {
    t: &'a Texts,
    style: String,
    role: Option<Role>,
    key: &'a str,
}

/// `GET /enter?key=…`
pub(super) async fn show_enter(
    _: Anybody,
    State(context): State<Context>,
    Query(link): Query<LinkQuery>,
) -> Result<Response, PageError> {
    let now = context.clock.now();
    let role = context.store.role_link(TokenHash::of(&link.key), now).await?;
    page(&EnterPage { t: context.texts(), style: assets::url("boule.css"), role, key: &link.key })
}

/// `POST /enter`
pub(super) async fn use_link(
    visitor: Visitor,
    State(context): State<Context>,
    Form(link): Form<LinkQuery>,
) -> Result<Response, PageError> {
    let now = context.clock.now();
    let session = random_token();
    let expires = Timestamp(now.0 + i64::from(SESSION_S) * 1_000_000);
    let used =
        context.store.use_role_link(TokenHash::of(&link.key), TokenHash::of(&session), now, expires).await?;
    let role = used.ok_or(HttpError::NotAllowed)?;
    let to = if role.may_see_organising() { "/o" } else { "/m" };
    let mut response = Redirect::to(to).into_response();
    if let Some(cookie) = visitor.role_cookie(&session, SESSION_S) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

/// `POST /leave`
pub(super) async fn leave(visitor: Visitor, State(context): State<Context>) -> Result<Response, PageError> {
    if let Some(session) = visitor.role_session {
        context.store.end_session(session).await?;
    }
    let mut response = Redirect::to("/").into_response();
    if let Some(cookie) = visitor.role_cookie("", 0) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
