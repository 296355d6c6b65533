//! The HTTP side of the protocol: joining, and opening a socket.

use std::sync::Arc;

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::HeaderMap;
use axum::http::header::{self, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::clock::random_token;
use crate::conversation::ConversationState;
use crate::conversation::{Act, Identity};
use crate::domain::TokenHash;
use crate::http::request::{ApiPath, Json, Path};
use crate::live::RoomError;
use crate::ws::{self, Opener, Ticket};

use super::Context;
use super::error::{ApiError, HttpError, PageError};
use super::extract::{Visitor, is_operator, make_room_for_newcomer, public_room};

/// How the caller wants to be recognised later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Keep {
    /// A bearer token in the answer, for programs.
    #[default]
    Token,
    /// A cookie that scripts can't read, for browsers.
    Cookie,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct JoinRequest {
    #[serde(default)]
    keep: Keep,
}

#[derive(Debug, Serialize)]
struct JoinAnswer {
    ticket: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

/// `POST /api/v1/c/SLUG/join`: makes a participant, or recognises one, and gives a one-time ticket.
pub(super) async fn join(
    State(context): State<Context>,
    ApiPath(slug): ApiPath<String>,
    visitor: Visitor,
    headers: HeaderMap,
    Json(JoinRequest { keep }): Json<JoinRequest>,
) -> Result<Response, ApiError> {
    let (slug, room) = public_room(&context, &slug, &visitor).await?;
    let fresh = visitor.identity.is_none().then(random_token);
    let identity = match (&visitor.identity, &fresh) {
        (Some(identity), _) => *identity,
        (None, fresh) => TokenHash::of(fresh.as_deref().unwrap_or_default()),
    };
    let exempt = is_operator(&headers, &context);
    if !exempt {
        make_room_for_newcomer(&context, &room, identity, visitor.network).await?;
    }
    room.act(Identity::Token(identity), Act::join()).await?;
    let ticket =
        context.gateway.tickets.issue(Ticket { slug, identity, exempt }, context.gateway.clock.now());
    let ticket = ticket.ok_or(HttpError::Room(RoomError::Busy))?;
    let cookie = match (&fresh, keep) {
        (Some(token), Keep::Cookie) => visitor.participant_cookie(token),
        _ => None,
    };
    let token = fresh.filter(|_| keep == Keep::Token);
    let mut response = axum::Json(JoinAnswer { ticket, token }).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

#[derive(Debug, Serialize)]
struct ConversationAnswer {
    slug: String,
    question: String,
    description: String,
    organiser: String,
    state: ConversationState,
    participants: u32,
    votes: u64,
    statements: u32,
    version: u64,
    head: String,
}

/// `GET /api/v1/c/SLUG`: what everybody may know of a conversation.
pub(super) async fn show_conversation(
    State(context): State<Context>,
    ApiPath(slug): ApiPath<String>,
    visitor: Visitor,
) -> Result<Response, ApiError> {
    let (slug, room) = public_room(&context, &slug, &visitor).await?;
    let board = room.board().await?;
    let (conversation, published) = (&board.contents.conversation, &board.published);
    let text = &conversation.text;
    let answer = ConversationAnswer {
        slug: slug.to_string(),
        question: text.question.text().to_owned(),
        description: text.description.text().to_owned(),
        organiser: text.organiser.text().to_owned(),
        state: conversation.state,
        participants: published.counts.participants,
        votes: published.counts.votes,
        statements: published.counts.statements,
        version: published.version.0,
        head: published.head.to_string(),
    };
    Ok(axum::Json(answer).into_response())
}

/// `GET /ws/v1/SLUG`: the protocol's socket.
pub(super) async fn open_socket(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, PageError> {
    let upgrade = upgrade.ok().filter(|_| has_whole_key(&headers)).ok_or(HttpError::NotAWebSocket)?;
    let (slug, room) = public_room(&context, &slug, &visitor).await?;
    let Visitor { identity, role, role_session, network, .. } = visitor;
    let opener = Opener { identity, role, role_session, network };
    let among_its_own = if is_operator(&headers, &context) {
        None
    } else {
        let place = context.gateway.limiter.open_socket(network);
        Some(place.ok_or(HttpError::Room(RoomError::Busy))?)
    };
    let place = Arc::clone(&context.gateway.sockets).try_acquire_owned();
    let place = place.map_err(|_| HttpError::Room(RoomError::Busy))?;
    Ok(ws::open_socket(Arc::clone(&context.gateway), upgrade, slug, room, opener, (place, among_its_own)))
}

/// Whether the key is 16 bytes in base64, as RFC 6455 (4.2.1) asks: axum takes any text.
fn has_whole_key(headers: &HeaderMap) -> bool {
    let key = headers.get(header::SEC_WEBSOCKET_KEY).and_then(|key| key.to_str().ok()).unwrap_or_default();
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    key.strip_suffix("==").is_some_and(|letters| letters.len() == 22 && letters.bytes().all(is_letter))
}
