//! What others have already said nearly like that, told before a statement is sent.

use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::access::MayTakePart;
use crate::domain::StatementNumber;
use crate::edge::{Access, ApiError, Json};
use crate::http::api_words::ErrorAnswer;
use crate::live::{BoardStatement, RoomHandle, RoomResult};

/// Statements that are shown.
const MOST: usize = 3;

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct SimilarRequest {
    /// What somebody is about to say.
    text: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct SimilarAnswer {
    statements: Vec<SimilarStatement>,
}

/// A statement that says nearly the same.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SimilarStatement {
    #[schema(value_type = u32)]
    pub number: StatementNumber,
    pub text: String,
}

impl From<BoardStatement> for SimilarStatement {
    fn from(statement: BoardStatement) -> Self {
        Self { number: statement.number, text: statement.text.to_string() }
    }
}

/// The statements that say nearly the same as a text, the nearest first.
pub(super) async fn similar_to(room: &RoomHandle, text: &str) -> RoomResult<Vec<SimilarStatement>> {
    // A longer text is refused anyway.
    let text = text.chars().take(2_000).collect();
    Ok(room.similar_to(text, MOST).await?.into_iter().map(SimilarStatement::from).collect())
}

/// `POST /api/v1/c/SLUG/similar`: by POST, since what somebody is about to say belongs in no log of addresses.
#[utoipa::path(
    post,
    path = "/api/v1/c/{slug}/similar",
    params(("slug" = String, Path, description = "the conversation’s name in addresses")),
    request_body = SimilarRequest,
    responses(
        (status = 200, body = SimilarAnswer),
        (status = 404, body = ErrorAnswer, description = "no such conversation"),
    )
)]
pub(in crate::http) async fn find_similar(
    Access { room, .. }: Access<MayTakePart>,
    Json(SimilarRequest { text }): Json<SimilarRequest>,
) -> Result<Response, ApiError> {
    Ok(axum::Json(SimilarAnswer { statements: similar_to(&room, &text).await? }).into_response())
}
