//! One's own account: the browsers that are signed in, the password, the app that makes codes.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::code::proof;
use super::password::problem_with;
use super::steps::{Opening, with_status};
use crate::access::{MIN_PASSWORD, rights_anywhere};
use crate::domain::TokenHash;
use crate::edge::{Context, Form, HttpError, PageError, Query, SignedIn, page};
use crate::http::work_frame::WorkFrame;
use crate::store::{Account, SessionSummary};
use crate::texts::Texts;

#[derive(Default, Deserialize)]
pub(in crate::http) struct AccountQuery {
    /// The message of what was done.
    done: Option<u32>,
}

#[derive(Template)]
#[template(path = "account/account.html")]
struct AccountPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    sessions: Vec<SessionSummary>,
    here: TokenHash,
    recovery_codes: u32,
    min: usize,
    done: bool,
    error: Option<String>,
}

/// `GET /desk`: where whoever is signed in works.
pub(in crate::http) async fn show_desk(person: SignedIn) -> Redirect {
    let rights = rights_anywhere(&person.staff.session.grants);
    Redirect::to(match (rights.may_see_organising(), rights.may_see_moderation()) {
        (true, _) => "/o",
        (false, true) => "/m",
        (false, false) => "/account",
    })
}

/// `GET /account`
pub(in crate::http) async fn show_account(
    person: SignedIn,
    State(context): State<Context>,
    Query(after): Query<AccountQuery>,
) -> Result<Response, PageError> {
    page(&draw(&context, &person, after.done.is_some(), None).await?)
}

async fn draw<'a>(
    context: &Context,
    person: &SignedIn,
    done: bool,
    error: Option<String>,
) -> Result<AccountPage<'a>, PageError> {
    let staff = person.staff.session.staff;
    let account = context.store.account_of(staff).await?;
    Ok(AccountPage {
        t: context.texts(),
        frame: WorkFrame::of(person, "tab-account"),
        sessions: context.store.sessions_of(staff, context.clock.now()).await?,
        here: person.staff.token,
        recovery_codes: account.map_or(0, |account| account.recovery_codes),
        min: MIN_PASSWORD,
        done,
        error,
    })
}

async fn mend(context: &Context, person: &SignedIn, error: String) -> Result<Response, PageError> {
    with_status(StatusCode::UNPROCESSABLE_ENTITY, &draw(context, person, false, Some(error)).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct SessionForm {
    /// Which session; none for all.
    #[serde(default)]
    session: String,
}

/// `POST /account/sessions/end`
pub(in crate::http) async fn end_sessions(
    person: SignedIn,
    State(context): State<Context>,
    Form(form): Form<SessionForm>,
) -> Result<Response, PageError> {
    let which = match form.session.as_str() {
        "" => None,
        named => Some(TokenHash::parse(named).ok_or(HttpError::BadForm)?),
    };
    context.store.end_sessions(person.staff.session.staff, which, context.clock.now()).await?;
    let to = if which.is_none_or(|one| one == person.staff.token) { "/sign-in" } else { "/account?done=1" };
    Ok(Redirect::to(to).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct PasswordForm {
    password: String,
    new_password: String,
}

/// `POST /account/password`
pub(in crate::http) async fn change_password(
    person: SignedIn,
    State(context): State<Context>,
    Form(form): Form<PasswordForm>,
) -> Result<Response, PageError> {
    let account = own(&context, &person).await?;
    let texts = context.texts();
    context.sign_ins.take_code(account.number).map_err(HttpError::TooFast)?;
    // Whoever came in by a link of the command line has none yet, or has forgotten it.
    let is_right = match &account.password {
        Some(hashed) => context.passwords.is_right(form.password, Some(hashed.clone())).await,
        None => Ok(true),
    };
    if !is_right.map_err(|_| HttpError::Busy)? {
        return mend(&context, &person, texts.get("password-wrong")).await;
    }
    if let Some(problem) = problem_with(&form.new_password, account.address.as_str(), texts) {
        return mend(&context, &person, problem).await;
    }
    let hashed = context.passwords.hash(form.new_password).await.map_err(|_| HttpError::Busy)?;
    context.store.set_password(account.number, &hashed, person.staff.token, context.clock.now()).await?;
    Ok(Redirect::to("/account?done=1").into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct AppForm {
    code: String,
}

/// `POST /account/app`: another app, or codes to print once more. A code of the old one is asked for.
pub(in crate::http) async fn start_code_app(
    person: SignedIn,
    State(context): State<Context>,
    Form(form): Form<AppForm>,
) -> Result<Response, PageError> {
    let account = own(&context, &person).await?;
    context.sign_ins.take_code(account.number).map_err(HttpError::TooFast)?;
    let now = context.clock.now();
    let opening = Opening::set_up(&context, &person.visitor);
    let is_theirs = match (&account.totp, proof(&account, &form.code, now)) {
        (None, _) => true,
        (Some(_), Some(proof)) => context.store.use_code(account.number, &proof, now).await?,
        (Some(_), None) => false,
    };
    if !is_theirs {
        return mend(&context, &person, context.texts().get("code-wrong")).await;
    }
    context.store.open_session(account.number, &opening.session, now).await?;
    let next = Redirect::to("/sign-in/app?to=/account").into_response();
    Ok(opening.kept_by(&person.visitor, next))
}

async fn own(context: &Context, person: &SignedIn) -> Result<Account, PageError> {
    let account = context.store.account_of(person.staff.session.staff).await?;
    Ok(account.ok_or(HttpError::NotAllowed)?)
}
