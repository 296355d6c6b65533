//! What went wrong, as a page or as JSON; logged once, here.

use std::any::Any;
use std::time::Duration;

use askama::Template;
use axum::http::{StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde_json::json;

use crate::live::RoomError;
use crate::store::StoreError;

use crate::texts::Texts;

/// Why a request was not answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The room says no.
    #[error(transparent)]
    Room(#[from] RoomError),
    /// The store fails.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no such page.
    #[error("This page does not exist, or not any more.")]
    NotFound,
    /// It was deleted, and what had been published of it is kept at this address.
    #[error("This conversation was deleted; what had been published is at {0}.")]
    Kept(String),
    /// Others may, not this visitor.
    #[error("This page is for others: ask for a link that lets you in.")]
    NotAllowed,
    /// Somebody of the staff may, and nobody is signed in.
    #[error("Please sign in first.")]
    SignIn,
    /// Too many ask for what takes long.
    #[error("Too many people sign in at once.")]
    Busy,
    /// It came from another site.
    #[error("This request did not come from a page of this site, so nothing was done.")]
    WrongSite,
    /// Something in it is wrong: a sentence.
    #[error("{0}")]
    BadInput(String),
    /// It can't be read.
    #[error("We could not read what was sent. Please go back, reload the page and try again.")]
    BadForm,
    /// It is too large.
    #[error("This is too large: at most 4 MB can be sent at once.")]
    TooLarge,
    /// It names no site, or two.
    #[error("This request does not name exactly one site, so nothing was done.")]
    BadHost,
    /// The address exists, but not for this method.
    #[error("This address can't be used that way. Please go back and use the page's own buttons.")]
    WrongMethod,
    /// It does not open a WebSocket.
    #[error("This address is for WebSockets. Open it with a WebSocket client, version 13.")]
    NotAWebSocket,
    /// Too many came; how long to wait.
    #[error("Too much came from here at once. Please try again in {} s.", .0.as_secs() + 1)]
    TooFast(Duration),
    /// A page can't be drawn.
    #[error("The page could not be drawn.")]
    Template(#[from] askama::Error),
}

/// The mark of an answer that is none: the room ended before it said whether it did what was asked.
#[derive(Clone, Copy, Debug)]
pub struct RoomEnded;

impl RoomEnded {
    /// Marks an answer.
    pub fn mark(mut answer: Response) -> Response {
        answer.extensions_mut().insert(RoomEnded);
        answer
    }
}

impl HttpError {
    fn status(&self) -> StatusCode {
        match self {
            HttpError::Room(RoomError::Rejected(_)) | HttpError::BadInput(_) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            HttpError::BadForm | HttpError::BadHost | HttpError::NotAWebSocket => StatusCode::BAD_REQUEST,
            HttpError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            HttpError::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            HttpError::Room(RoomError::NoSuchConversation) | HttpError::NotFound | HttpError::Kept(_) => {
                StatusCode::NOT_FOUND
            }
            HttpError::Room(_) | HttpError::Store(_) | HttpError::Busy => StatusCode::SERVICE_UNAVAILABLE,
            HttpError::SignIn => StatusCode::UNAUTHORIZED,
            HttpError::NotAllowed | HttpError::WrongSite => StatusCode::FORBIDDEN,
            HttpError::TooFast(_) => StatusCode::TOO_MANY_REQUESTS,
            HttpError::Template(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            HttpError::Room(error) => error.code(),
            HttpError::Store(_) => "unavailable",
            HttpError::NotFound | HttpError::Kept(_) => "not_found",
            HttpError::NotAllowed => "not_allowed",
            HttpError::SignIn => "sign_in",
            HttpError::Busy => "busy",
            HttpError::WrongSite => "wrong_site",
            HttpError::BadInput(_) | HttpError::BadForm | HttpError::NotAWebSocket => "bad_input",
            HttpError::BadHost => "bad_host",
            HttpError::TooLarge => "too_large",
            HttpError::WrongMethod => "wrong_method",
            HttpError::TooFast(_) => "too_fast",
            HttpError::Template(_) => "internal",
        }
    }

    /// What to tell whoever asked, in their language: never what the database said.
    fn message(&self) -> String {
        let texts = Texts::current();
        match self {
            HttpError::Room(error) => words_of(error, texts),
            HttpError::Store(_) => texts.error("unavailable"),
            HttpError::NotFound | HttpError::Kept(_) => texts.error("not_found"),
            HttpError::NotAllowed => texts.error("page_not_allowed"),
            HttpError::SignIn => texts.error("sign_in"),
            HttpError::Busy => texts.error("busy"),
            HttpError::WrongSite => texts.error("wrong_site"),
            HttpError::BadInput(why) => why.clone(),
            HttpError::BadForm => texts.error("bad_form"),
            HttpError::TooLarge => texts.error("too_large"),
            HttpError::BadHost => texts.error("bad_host"),
            HttpError::WrongMethod => texts.error("wrong_method"),
            HttpError::NotAWebSocket => texts.error("not_a_websocket"),
            HttpError::TooFast(wait) => {
                texts.msg("error-too-fast").num("seconds", wait.as_secs() + 1).to_string()
            }
            HttpError::Template(_) => texts.error("internal"),
        }
    }

    /// When to come back, for who was too fast; and that the room has ended, for whoever can ask it anew.
    fn marked(&self, mut response: Response) -> Response {
        if self.is_restarting() {
            return RoomEnded::mark(response);
        }
        if let HttpError::TooFast(wait) = self {
            response.headers_mut().insert(header::RETRY_AFTER, (wait.as_secs() + 1).into());
        }
        response
    }

    /// Whether the room ended while it was asked: the next who asks has another.
    fn is_restarting(&self) -> bool {
        matches!(self, HttpError::Room(RoomError::Stopped | RoomError::Elsewhere(_)))
    }

    fn log(&self) {
        if self.is_restarting() {
            tracing::info!("a request met a room that had just ended");
        } else if self.status().is_server_error() {
            tracing::error!(error = %self, "a request failed");
        }
    }
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    t: &'a Texts,
    /// By its plain name, which every release has: an error has no page of its own that would know the other.
    style: &'a str,
    message: &'a str,
}

/// A response carries it when whoever asked has to sign in first: they are sent to the page for that.
#[derive(Clone, Copy, Debug)]
pub struct SignInWanted;

/// An error as a page.
#[derive(Debug)]
pub struct PageError(HttpError);

impl<E: Into<HttpError>> From<E> for PageError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        self.0.log();
        if let HttpError::Kept(address) = &self.0 {
            return Redirect::to(address).into_response();
        }
        let mut response = self.0.marked(error_page(self.0.status(), &self.0.message()));
        if matches!(self.0, HttpError::SignIn) {
            response.extensions_mut().insert(SignInWanted);
        }
        response
    }
}

/// An error as JSON: `{"error":{"code","message"}}`.
#[derive(Debug)]
pub struct ApiError(HttpError);

impl<E: Into<HttpError>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        self.0.log();
        let body = json!({ "error": { "code": self.0.code(), "message": self.0.message() } });
        self.0.marked((self.0.status(), axum::Json(body)).into_response())
    }
}

fn error_page(status: StatusCode, message: &str) -> Response {
    let texts = Texts::current();
    match (ErrorPage { t: texts, style: "/static/boule.css", message }).render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], message.to_owned())
            .into_response(),
    }
}

/// Why a room did not do what it was asked, in words.
pub fn words_of(error: &RoomError, texts: &Texts) -> String {
    match error {
        RoomError::Rejected(rejection) => texts.refusal(rejection),
        other => texts.error(other.code()),
    }
}

/// A refusal of what was asked before any handler ran: as JSON for programs, as a page for others.
pub fn refuse(asked: &Uri, error: HttpError) -> Response {
    match asked.path().starts_with("/api/") {
        true => ApiError::from(error).into_response(),
        false => PageError::from(error).into_response(),
    }
}

/// Addresses that lead nowhere.
pub async fn not_found() -> PageError {
    HttpError::NotFound.into()
}

/// Addresses that are there, and not for what was asked.
pub async fn not_that_way() -> PageError {
    HttpError::WrongMethod.into()
}

/// A handler panicked: the others go on.
pub(super) fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    error_page(StatusCode::INTERNAL_SERVER_ERROR, &Texts::current().error("internal"))
}

/// A drawn page.
pub fn page(template: &impl Template) -> Result<Response, PageError> {
    Ok(Html(template.render()?).into_response())
}

/// A drawn page with another status.
pub fn page_with_status(status: StatusCode, template: &impl Template) -> Result<Response, PageError> {
    Ok((status, page(template)?).into_response())
}
