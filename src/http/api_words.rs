//! Words of answers to programs, as OpenAPI describes them.

use utoipa::ToSchema;

/// How somebody voted.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "it only describes the words")]
pub(super) enum ChoiceWord {
    Agree,
    Pass,
    Disagree,
}

/// What moderators decided.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "it only describes the words")]
pub(super) enum ModerationWord {
    Pending,
    Accepted,
    Rejected,
}

/// Whether votes are taken.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[allow(dead_code, reason = "it only describes the words")]
pub(super) enum StateWord {
    Draft,
    Open,
    Closed,
}

/// Why something was refused: a stable code, and a sentence in the caller's language.
#[derive(ToSchema)]
#[allow(dead_code, reason = "it only describes the answer")]
pub(super) struct ErrorAnswer {
    error: ErrorPart,
}

#[derive(ToSchema)]
#[allow(dead_code, reason = "it only describes the answer")]
pub(super) struct ErrorPart {
    /// See docs/PROTOCOL.md, error codes.
    code: String,
    message: String,
}
