//! The HTTP side of the protocol: joining, and what everybody may know of a conversation.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::{MayTakePart, Ticket};
use crate::clock::random_token;
use crate::conversation::{ConversationState, Identity, MembershipAct};
use crate::domain::TokenHash;
use crate::edge::{Access, ApiError, Context, HttpError, Json, make_room_for_newcomer};
use crate::live::RoomError;

use super::api_words::{ErrorAnswer, StateWord};

/// How the caller wants to be recognised later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum CredentialKind {
    /// A bearer token in the answer, for programs.
    #[default]
    Token,
    /// A cookie that scripts can't read, for browsers.
    Cookie,
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JoinRequest {
    #[serde(default)]
    keep: CredentialKind,
}

#[derive(Debug, Serialize, ToSchema)]
struct JoinAnswer {
    ticket: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

/// `POST /api/v1/c/SLUG/join`: makes a participant, or recognises one, and gives a one-time ticket.
#[utoipa::path(
    post,
    path = "/api/v1/c/{slug}/join",
    params(
        ("slug" = String, Path, description = "the conversation’s name in addresses"),
        ("by" = Option<String>, Query, description = "the name of the link that a newcomer came through"),
    ),
    request_body = JoinRequest,
    responses(
        (status = 200, body = JoinAnswer),
        (status = 404, body = ErrorAnswer, description = "no such conversation"),
    )
)]
pub(super) async fn join(
    Access { slug, room, visitor, .. }: Access<MayTakePart>,
    State(context): State<Context>,
    Json(JoinRequest { keep }): Json<JoinRequest>,
) -> Result<Response, ApiError> {
    let fresh = visitor.identity.is_none().then(random_token);
    let identity = match (&visitor.identity, &fresh) {
        (Some(identity), _) => *identity,
        (None, fresh) => TokenHash::of(fresh.as_deref().unwrap_or_default()),
    };
    let exempt = visitor.exempt;
    if !exempt {
        make_room_for_newcomer(&context, &room, identity, visitor.network).await?;
    }
    let join = MembershipAct::Join(visitor.admission(slug.as_str()));
    room.act(Identity::Token(identity), join).await?;
    let ticket = context.tickets.issue(Ticket { slug, identity, exempt }, context.clock.now());
    let ticket = ticket.ok_or(HttpError::Room(RoomError::Busy))?;
    let cookie = match (&fresh, keep) {
        (Some(token), CredentialKind::Cookie) => visitor.participant_cookie(token),
        _ => None,
    };
    let token = fresh.filter(|_| keep == CredentialKind::Token);
    let mut response = axum::Json(JoinAnswer { ticket, token }).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

#[derive(Debug, Serialize, ToSchema)]
struct ConversationAnswer {
    slug: String,
    question: String,
    description: String,
    organiser: String,
    #[schema(value_type = StateWord)]
    state: ConversationState,
    participants: u32,
    votes: u64,
    statements: u32,
    version: u64,
    head: String,
}

/// `GET /api/v1/c/SLUG`: what everybody may know of a conversation.
#[utoipa::path(
    get,
    path = "/api/v1/c/{slug}",
    params(("slug" = String, Path, description = "the conversation’s name in addresses")),
    responses(
        (status = 200, body = ConversationAnswer),
        (status = 404, body = ErrorAnswer, description = "no such conversation"),
    )
)]
pub(super) async fn show_conversation(
    Access { slug, room, .. }: Access<MayTakePart>,
) -> Result<Response, ApiError> {
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
