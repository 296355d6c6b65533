//! Readiness.

use crate::edge::{Anybody, Context};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;

/// `GET /health`: 200 once votes can be taken, 503 while the server goes down.
pub(super) async fn show_health(_: Anybody, State(context): State<Context>) -> impl IntoResponse {
    let (status, word) = if context.is_ready().await {
        (StatusCode::OK, "ok\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
    };
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], word)
}
