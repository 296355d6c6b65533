//! Signing in with an address and a password. The answers to a wrong address and to a wrong password are
//! equal, and take equally long.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::code::CodePage;
use super::code_app::{CodeAppPage, FIRST_APP};
use super::kept::Kept;
use super::sign_in_page::SignInPage;
use super::steps::{Opening, arrive, note_refusal};
use crate::domain::EmailAddress;
use crate::edge::{Context, Form, HttpError, NoFields, PageError, Query, Visitor, page, page_with_status};
use crate::store::{NewSession, SessionStage};

/// `GET /sign-in`
pub(in crate::http) async fn show_sign_in(
    visitor: Visitor,
    State(context): State<Context>,
    Query(kept): Query<Kept>,
) -> Result<Response, PageError> {
    // A form comes from the page before, never from an address.
    let kept = Kept { kept: String::new(), ..kept };
    match visitor.signed_in() {
        Some(_) => arrive(&context, &kept),
        None => page(&SignInPage::new(&context, "", &kept, None)),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct SignInForm {
    address: String,
    password: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    kept: String,
}

/// `POST /sign-in`
pub(in crate::http) async fn sign_in(
    visitor: Visitor,
    State(context): State<Context>,
    Form(form): Form<SignInForm>,
) -> Result<Response, PageError> {
    let SignInForm { address: typed, password, to, kept } = form;
    let kept = Kept { to, kept };
    context.sign_ins.take(&typed.trim().to_lowercase(), visitor.network).map_err(HttpError::TooFast)?;
    let account = match EmailAddress::parse(&typed) {
        Some(address) => context.store.account(&address).await?,
        None => None,
    };
    let hashed = account.as_ref().and_then(|account| account.password.clone());
    let is_right = context.passwords.is_right(password, hashed).await.map_err(|_| HttpError::Busy)?;
    let account = match account {
        Some(account) if is_right => account,
        other => {
            if let Some(account) = other {
                note_refusal(&context, account.number);
            }
            let page = SignInPage::new(&context, &typed, &kept, Some("sign-in-wrong"));
            return page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let opening = Opening::after_password(&context, &visitor, &account);
    context.store.open_session(account.number, &opening.session, context.clock.now()).await?;
    let next = next_step(&context, &opening.session, account.address.as_str(), &kept)?;
    Ok(opening.kept_by(&visitor, next))
}

/// What comes after a password: a code, or the app that makes codes.
fn next_step(
    context: &Context,
    session: &NewSession,
    address: &str,
    kept: &Kept,
) -> Result<Response, PageError> {
    let step = match session.stage {
        SessionStage::Full => return arrive(context, kept),
        SessionStage::Code => "code",
        SessionStage::SetUp => "app",
    };
    if !kept.has_form() {
        return Ok(Redirect::to(&format!("/sign-in/{step}{}", kept.query())).into_response());
    }
    // With a form that is kept there is no address to go to: it stands in the page.
    match &session.offer {
        Some(offer) => {
            CodeAppPage::of(context, (offer, FIRST_APP), address, kept, None).and_then(|drawn| page(&drawn))
        }
        None => page(&CodePage::new(kept, None)),
    }
}

/// `POST /leave`
pub(in crate::http) async fn sign_out(
    visitor: Visitor,
    State(context): State<Context>,
    _: NoFields,
) -> Result<Response, PageError> {
    if let Some(staff) = &visitor.staff {
        context.store.end_sessions(staff.session.staff, Some(staff.token), context.clock.now()).await?;
    }
    let mut response = Redirect::to("/").into_response();
    if let Some(cookie) = visitor.staff_cookie("", 0) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
