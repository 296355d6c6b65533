//! Statements to vote on during a time without a connection.

use std::collections::HashSet;

use axum::response::{IntoResponse, Response};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::MayTakePart;
use crate::clock::random_bytes;
use crate::conversation::ConversationState;
use crate::domain::StatementNumber;
use crate::edge::{Access, ApiError};
use crate::http::api_words::ErrorAnswer;
use crate::live::BoardStatement;

/// The most that a device keeps.
const MOST: usize = 50;

#[derive(Serialize, ToSchema)]
struct UnseenAnswer {
    statements: Vec<UnseenStatement>,
}

#[derive(Serialize, ToSchema)]
struct UnseenStatement {
    #[schema(value_type = u32)]
    number: StatementNumber,
    text: String,
    seed: bool,
    /// Worded by a moderator, from what somebody had written; left out where it was not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    worded: bool,
}

impl From<&BoardStatement> for UnseenStatement {
    fn from(statement: &BoardStatement) -> Self {
        let (seed, worded) = (statement.seed, statement.is_worded());
        Self { number: statement.number, text: statement.text.to_string(), seed, worded }
    }
}

/// `GET /api/v1/c/SLUG/unseen`: statements that the caller has not voted on, drawn by chance.
#[utoipa::path(
    get,
    path = "/api/v1/c/{slug}/unseen",
    params(("slug" = String, Path, description = "the conversation’s name in addresses")),
    responses(
        (status = 200, body = UnseenAnswer),
        (status = 404, body = ErrorAnswer, description = "no such conversation"),
    )
)]
pub(in crate::http) async fn show_unseen(
    Access { room, visitor, .. }: Access<MayTakePart>,
) -> Result<Response, ApiError> {
    let identity = visitor.identity;
    let voted = room.read(move |state| {
        let participant = identity.and_then(|token| state.desk.participant_of(&token));
        let own = participant.and_then(|participant| state.desk.record.participants.get(&participant));
        own.map(|own| own.votes.iter().map(|vote| vote.statement).collect()).unwrap_or_default()
    });
    let voted: HashSet<StatementNumber> = voted.await?;
    let board = room.board().await?;
    let is_open = board.contents.conversation.state == ConversationState::Open;
    let mut unseen: Vec<&BoardStatement> = board
        .contents
        .shown()
        .filter(|one| one.is_asked())
        .filter(|statement| is_open && !voted.contains(&statement.number))
        .collect();
    let (drawn, _) = unseen.partial_shuffle(&mut StdRng::from_seed(random_bytes()), MOST);
    let statements = drawn.iter().map(|statement| UnseenStatement::from(*statement)).collect();
    Ok(axum::Json(UnseenAnswer { statements }).into_response())
}
