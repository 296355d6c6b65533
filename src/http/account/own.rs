//! One's own account: the browsers that are signed in, the password, the app that makes codes.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::browser::browser_words;
use super::code::proof;
use super::code_app::{CodeAppForm, CodeAppPage, RecoveryCodesPage, new_app};
use super::kept::Kept;
use super::password::problem_with;
use super::steps::note_refusal;
use crate::access::{CodeApp, MIN_PASSWORD, rights_anywhere};
use crate::domain::{EmailAddress, Role, TokenHash};
use crate::edge::{Context, Form, HttpError, PageError, Query, SignedIn, page, page_with_status};
use crate::http::done_query::DoneQuery;
use crate::http::people::place_of;
use crate::http::work_frame::WorkFrame;
use crate::instance::{Grant, Scope};
use crate::notify::MailWords;
use crate::store::{Account, SessionSummary, StoreError};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "account/account.html")]
struct AccountPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    sessions: Vec<SessionSummary>,
    here: TokenHash,
    recovery_codes: u32,
    /// Whether neither the old password nor a code is asked for.
    recovers: bool,
    roles: Vec<RoleRow>,
    min: usize,
    done: bool,
    error: Option<String>,
}

/// A role that one holds.
struct RoleRow {
    role: Role,
    place: String,
    /// The same as a form sends it.
    scope: String,
}

async fn roles(context: &Context, person: &SignedIn) -> Result<Vec<RoleRow>, StoreError> {
    let departments = context.store.departments().await?;
    let conversations = context.store.stored_conversations().await?;
    let row = |grant: &Grant| {
        let (place, scope) = match grant.scope {
            Scope::Conversation(id) => {
                let named = conversations.iter().find(|(one, _)| *one == id);
                let slug = named.and_then(|(_, slug)| slug.as_deref()).unwrap_or_default();
                (format!("/c/{slug}"), format!("conversation:{id}"))
            }
            Scope::Department(number) => {
                (place_of(grant.scope, &departments, context.texts()), number.to_string())
            }
            Scope::Instance => (place_of(grant.scope, &departments, context.texts()), String::new()),
        };
        RoleRow { role: grant.role, place, scope }
    };
    Ok(person.staff.session.grants.iter().map(row).collect())
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
    Query(after): Query<DoneQuery>,
) -> Result<Response, PageError> {
    page(&draw(&context, &person, after.is_done(), None).await?)
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
        recovers: recovers(context, person),
        roles: roles(context, person).await?,
        min: MIN_PASSWORD,
        done,
        error,
    })
}

async fn mend(context: &Context, person: &SignedIn, error: String) -> Result<Response, PageError> {
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &draw(context, person, false, Some(error)).await?)
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
    context.sign_ins.take_own(person.staff.token).map_err(HttpError::TooFast)?;
    // Whoever came in by a link of the command line has none yet, or has forgotten it.
    let is_right = match &account.password {
        Some(hashed) if !recovers(&context, &person) => {
            context.passwords.is_right(form.password, Some(hashed.clone())).await
        }
        Some(_) | None => Ok(true),
    };
    if !is_right.map_err(|_| HttpError::Busy)? {
        note_refusal(&context, account.number);
        return mend(&context, &person, texts.get("password-wrong")).await;
    }
    if let Some(problem) = problem_with(&form.new_password, account.address.as_str(), texts) {
        return mend(&context, &person, problem).await;
    }
    let hashed = context.passwords.hash(form.new_password).await.map_err(|_| HttpError::Busy)?;
    let mail = written_to(&context, &person).map(|(words, to)| words.password_changed(to));
    let (keep, now) = (person.staff.token, context.clock.now());
    context.store.set_password(account.number, &hashed, keep, mail.as_slice(), now).await?;
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
    context.sign_ins.take_own(person.staff.token).map_err(HttpError::TooFast)?;
    let now = context.clock.now();
    let is_theirs = match (&account.totp, proof(&account, &form.code, now)) {
        (None, _) => true,
        (Some(_), _) if recovers(&context, &person) => true,
        (Some(_), Some(proof)) => context.store.use_code(account.number, &proof, &[], now).await?,
        (Some(_), None) => false,
    };
    if !is_theirs {
        note_refusal(&context, account.number);
        return mend(&context, &person, context.texts().get("code-wrong")).await;
    }
    context.store.offer_app(person.staff.token, &CodeApp::random().base32()).await?;
    Ok(Redirect::to("/account/app").into_response())
}

/// `GET /account/app`: the new app, while the one before still works.
pub(in crate::http) async fn show_own_app(
    person: SignedIn,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    let offer = person.staff.session.offer.as_deref().ok_or(HttpError::NotFound)?;
    page(&CodeAppPage::of(&context, (offer, OWN_APP), &person.staff.session.name, &to_account(), None)?)
}

/// `POST /account/app/confirm`: the first code of the new app.
pub(in crate::http) async fn confirm_own_app(
    person: SignedIn,
    State(context): State<Context>,
    Form(form): Form<CodeAppForm>,
) -> Result<Response, PageError> {
    context.sign_ins.take_own(person.staff.token).map_err(HttpError::TooFast)?;
    let (now, session) = (context.clock.now(), &person.staff.session);
    let offer = session.offer.clone().ok_or(HttpError::NotFound)?;
    let Some((proof, codes)) = new_app(&offer, &form.code, now) else {
        let kept = to_account();
        let again = CodeAppPage::of(&context, (&offer, OWN_APP), &session.name, &kept, Some("code-wrong"))?;
        return page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &again);
    };
    let mail = written_to(&context, &person).map(|(words, to)| words.code_app_set(to));
    context.store.use_code(session.staff, &proof, mail.as_slice(), now).await?;
    page(&RecoveryCodesPage::new(&codes, &to_account()))
}

/// The words of mail about somebody's own account and where it goes, where mail is sent.
fn written_to<'a>(context: &Context, person: &'a SignedIn) -> Option<(MailWords<'a>, EmailAddress)> {
    let to = EmailAddress::parse(&person.staff.session.name).filter(|_| context.outside.sends_mail)?;
    Some((MailWords::new(context.texts(), &person.visitor.own_origin), to))
}

/// Where the forms of these pages go.
const OWN_APP: &str = "/account/app/confirm";

fn to_account() -> Kept {
    Kept { to: "/account".into(), kept: String::new() }
}

/// Whether somebody came in a moment ago without a password or without a code: they may set either anew.
fn recovers(context: &Context, person: &SignedIn) -> bool {
    const FOR_US: i64 = 30 * 60 * 1_000_000;
    let session = &person.staff.session;
    session.recovers && context.clock.now().0.saturating_sub(session.created_at.0) < FOR_US
}

async fn own(context: &Context, person: &SignedIn) -> Result<Account, PageError> {
    let account = context.store.account_of(person.staff.session.staff).await?;
    Ok(account.ok_or(HttpError::NotAllowed)?)
}
