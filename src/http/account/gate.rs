//! What somebody wrote is not lost when their session has ended meanwhile: it goes along while they sign in.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::kept::{Kept, MOST_KEPT};
use super::sign_in::ask_again;
use crate::edge::SignInWanted;

/// Sends whoever has to sign in to the page for it, with what they wanted.
pub(in crate::http) async fn keep_forms(request: Request, next: Next) -> Response {
    let to = request.uri().path_and_query().map_or("/", |whole| whole.as_str()).to_owned();
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let (request, body) = if is_read { (request, String::new()) } else { with_copy(request).await };
    let answer = next.run(request).await;
    if answer.extensions().get::<SignInWanted>().is_none() {
        return answer;
    }
    let kept = Kept { to, kept: body };
    if is_read {
        return Redirect::to(&format!("/sign-in{}", kept.query())).into_response();
    }
    ask_again(&kept)
}

/// Whether a request has a form that can be kept.
fn can_be_kept(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_form = text(header::CONTENT_TYPE).starts_with("application/x-www-form-urlencoded");
    is_form && text(header::CONTENT_LENGTH).parse().is_ok_and(|length: usize| length <= MOST_KEPT)
}

/// A request, and a copy of its form, where it has one that can be kept.
async fn with_copy(request: Request) -> (Request, String) {
    if !can_be_kept(request.headers()) {
        return (request, String::new());
    }
    let (parts, body) = request.into_parts();
    match to_bytes(body, MOST_KEPT).await {
        Ok(bytes) => {
            let copy = String::from_utf8(bytes.to_vec()).unwrap_or_default();
            (Request::from_parts(parts, Body::from(bytes)), copy)
        }
        // It broke off: the handler finds an empty form, and says so.
        Err(_) => (Request::from_parts(parts, Body::empty()), String::new()),
    }
}
