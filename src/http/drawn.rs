//! A page that was drawn for everybody, on its way to one of them.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

use crate::live::Page;

/// Sends a page that is the same for everybody, compressed once for all.
pub(super) async fn send(drawn: &Page, headers: &HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let takes_brotli = accepted.is_some_and(|list| list.split(',').any(|one| one.trim() == "br"));
    if takes_brotli && let Ok(compressed) = drawn.compressed(brotli).await {
        let mut answer = Html(compressed).into_response();
        answer.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
        answer.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        return answer;
    }
    Html(drawn.plain()).into_response()
}

/// As small as it gets in a time that the first reader does not notice.
fn brotli(page: &[u8]) -> std::io::Result<Vec<u8>> {
    let quick = brotli::enc::BrotliEncoderParams { quality: 6, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*page, &mut compressed, &quick)?;
    Ok(compressed)
}
