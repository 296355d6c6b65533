//! The heads of all logs, to be noted outside: once that is done, nobody changes what came before unseen.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::access::MayOversee;
use crate::edge::{Context, OnInstance, PageError};

/// `GET /log/heads`: a line for each log, as `boule check --heads` reads them.
pub(in crate::http) async fn send_heads(
    _: OnInstance<MayOversee>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    let heads = context.store.log_heads().await?;
    let body: String = heads.iter().map(|head| format!("{head}\n")).collect();
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"heads.txt\""),
    ];
    Ok((headers, body).into_response())
}
