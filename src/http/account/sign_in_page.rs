//! The page on which staff sign in.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::kept::Kept;
use crate::edge::{Context, page_with_status};
use crate::http::assets;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "account/sign-in.html")]
pub(super) struct SignInPage<'a> {
    t: &'a Texts,
    style: String,
    address: &'a str,
    kept: &'a Kept,
    /// The provider that signs staff in.
    provider: Option<String>,
    /// The message of what was wrong.
    error: Option<&'a str>,
}

impl<'a> SignInPage<'a> {
    /// The page, with the message of what was wrong.
    pub fn new(context: &Context, address: &'a str, kept: &'a Kept, error: Option<&'a str>) -> Self {
        let provider = context.provider.as_ref().map(|provider| provider.name().to_owned());
        Self { t: Texts::current(), style: assets::url("boule.css"), address, kept, provider, error }
    }
}

impl SignInPage<'_> {
    /// What was wrong, in words.
    fn said(&self, error: &str) -> String {
        let name = self.provider.as_deref().unwrap_or_default();
        self.t.msg(error).text("name", name).to_string()
    }
}

/// The page for somebody whose session has ended while they wrote.
pub(super) fn ask_again(context: &Context, kept: &Kept) -> Response {
    let error = if kept.has_form() { "sign-in-kept" } else { "sign-in-ended" };
    page_with_status(StatusCode::UNAUTHORIZED, &SignInPage::new(context, "", kept, Some(error)))
        .unwrap_or_else(IntoResponse::into_response)
}
