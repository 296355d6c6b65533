//! What somebody wrote is not lost when their session has ended meanwhile: it goes along while they sign in.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::kept::{Kept, MOST_KEPT};
use super::sign_in_page::ask_again;
use crate::edge::{Context, HttpError, SignInWanted, refuse};

/// The largest body of any form: it is read whole before anybody looks who sent it, so that whoever sends it
/// slowly acts with the rights that they have at its end.
const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// Sends whoever has to sign in to the page for it, with what they wanted.
pub(in crate::http) async fn keep_forms(
    State(context): State<Context>,
    request: Request,
    next: Next,
) -> Response {
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    if !is_read && !is_of_staff(request.uri().path()) {
        return next.run(request).await;
    }
    let (request, kept) = if is_read {
        let to = request.uri().path_and_query().map_or("/", |whole| whole.as_str()).to_owned();
        (request, Kept { to, kept: String::new() })
    } else {
        match whole(request).await {
            Ok(whole) => whole,
            Err(response) => return response,
        }
    };
    let answer = next.run(request).await;
    if answer.extensions().get::<SignInWanted>().is_none() {
        return answer;
    }
    if is_read {
        return Redirect::to(&format!("/sign-in{}", kept.query())).into_response();
    }
    ask_again(&context, &kept)
}

/// Pages whose forms only staff send.
fn is_of_staff(path: &str) -> bool {
    ["/o", "/m", "/people", "/account", "/log", "/pages", "/kept"].iter().any(|start| {
        path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '.']))
    })
}

/// A request with its whole body, and what is kept of it: the form with its address, or the page that it was on
/// where there is nothing to be sent again.
async fn whole(request: Request) -> Result<(Request, Kept), Response> {
    let path = request.uri().path().to_owned();
    let page = referring_page(request.headers());
    let is_form =
        header_text(request.headers(), header::CONTENT_TYPE).starts_with("application/x-www-form-urlencoded");
    let (parts, body) = request.into_parts();
    // What is too large, or breaks off, is told in words by whoever reads forms.
    let Ok(bytes) = to_bytes(body, MAX_BODY_BYTES).await else {
        return Err(refuse(&parts.uri, HttpError::TooLarge));
    };
    // Nobody's password stands in a page.
    let can_be_kept =
        is_form && !bytes.is_empty() && bytes.len() <= MOST_KEPT && !path.starts_with("/account");
    let kept = match can_be_kept {
        true => Kept { to: path, kept: String::from_utf8(bytes.to_vec()).unwrap_or_default() },
        false => Kept { to: page, kept: String::new() },
    };
    Ok((Request::from_parts(parts, Body::from(bytes)), kept))
}

/// The page of this site that a form was on.
fn referring_page(headers: &HeaderMap) -> String {
    let referer: Option<Uri> = header_text(headers, header::REFERER).parse().ok();
    referer.map(|uri| uri.path().to_owned()).unwrap_or_default()
}

fn header_text(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
