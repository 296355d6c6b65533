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
use crate::domain::{EmailAddress, Role, StaffNumber, TokenHash};
use crate::edge::{
    Context, Form, HttpError, PageError, Query, SignedIn, StaffVisitor, Visitor, page, page_with_status,
};
use crate::http::done_query::DoneQuery;
use crate::http::people::place_of;
use crate::http::work_frame::WorkFrame;
use crate::instance::{Grant, Scope};
use crate::notify::MailWords;
use crate::store::{Account, SessionSummary, StoreError};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "account/account.html")]
pub(super) struct AccountPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    sessions: Vec<SessionSummary>,
    here: TokenHash,
    recovery_codes: u32,
    /// Whether neither the old password nor a code is asked for.
    recovers: bool,
    /// Whether they have a password, and an app that makes codes.
    has: (bool, bool),
    /// Whether they have to sign in again before they can set the one that they have not.
    is_too_long_ago: bool,
    /// The provider that signs staff in, where theirs is not joined with it.
    joins: Option<String>,
    /// What signs them in besides.
    joined: Vec<JoinedRow>,
    roles: Vec<RoleRow>,
    min: usize,
    done: bool,
    error: Option<String>,
}

impl AccountPage<'_> {
    fn asks_password(&self) -> bool {
        self.has.0 && !self.recovers
    }

    fn asks_code(&self) -> bool {
        self.has.1 && !self.recovers
    }
}

/// A provider that signs one in.
struct JoinedRow {
    /// What it is called here.
    name: String,
    /// The same as a form sends it.
    issuer: String,
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
    page(&draw_account(&context, &person, after.is_done(), None).await?)
}

/// One's own account, with what was wrong.
pub(super) async fn draw_account<'a>(
    context: &Context,
    person: &SignedIn,
    done: bool,
    error: Option<String>,
) -> Result<AccountPage<'a>, PageError> {
    let staff = person.staff.session.staff;
    let account = context.store.account_of(staff).await?;
    let has = account.as_ref().is_some_and(|account| account.password.is_some());
    let has = (has, account.as_ref().is_some_and(|account| account.totp.is_some()));
    let joined = joined(context, staff).await?;
    let provider = context.provider.as_ref();
    let joins = provider.filter(|provider| joined.iter().all(|row| row.issuer != provider.issuer()));
    Ok(AccountPage {
        t: context.texts(),
        frame: WorkFrame::of(person, "tab-account"),
        sessions: context.store.sessions_of(staff, context.clock.now()).await?,
        here: person.staff.token,
        recovery_codes: account.map_or(0, |account| account.recovery_codes),
        recovers: recovers(context, person),
        has,
        is_too_long_ago: has != (true, true) && !is_recent(context, person),
        joins: joins.map(|provider| provider.name().to_owned()),
        joined,
        roles: roles(context, person).await?,
        min: MIN_PASSWORD,
        done,
        error,
    })
}

/// The page again, with what was wrong.
pub(super) async fn mend(context: &Context, person: &SignedIn, error: String) -> Result<Response, PageError> {
    let again = draw_account(context, person, false, Some(error)).await?;
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

/// What a provider is called here: its address, where it is not the one that signs staff in now.
pub(super) fn provider_name(context: &Context, issuer: &str) -> String {
    let known = context.provider.as_ref().filter(|provider| provider.issuer() == issuer);
    known.map_or_else(|| issuer.to_owned(), |provider| provider.name().to_owned())
}

/// What signs somebody in besides a password and a code.
async fn joined(context: &Context, staff: StaffNumber) -> Result<Vec<JoinedRow>, StoreError> {
    let issuers = context.store.providers_of(staff).await?;
    let row = |issuer: String| JoinedRow { name: provider_name(context, &issuer), issuer };
    Ok(issuers.into_iter().map(row).collect())
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
    match &account.password {
        Some(_) if recovers(&context, &person) => {}
        Some(hashed) => {
            let is_right = context.passwords.is_right(form.password, Some(hashed.clone())).await;
            if !is_right.map_err(|_| HttpError::Busy)? {
                note_refusal(&context, account.number);
                return mend(&context, &person, texts.get("password-wrong")).await;
            }
        }
        // Whoever finds a browser that was left open must not make the account their own.
        None if is_recent(&context, &person) => {}
        None => return mend(&context, &person, texts.get("sign-in-again")).await,
    }
    if let Some(problem) = problem_with(&form.new_password, account.address.as_str(), texts) {
        return mend(&context, &person, problem).await;
    }
    let hashed = context.passwords.hash(form.new_password).await.map_err(|_| HttpError::Busy)?;
    let mail = written_to(&context, &person.staff, &person.visitor);
    let mail = mail.map(|(words, to)| words.password_changed(to));
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
    if let Some(wrong) = not_shown(&context, &person, &account, &form.code).await? {
        return mend(&context, &person, context.texts().get(wrong)).await;
    }
    context.store.offer_app(person.staff.token, &CodeApp::random().base32(), context.clock.now()).await?;
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
    let mail = written_to(&context, &person.staff, &person.visitor);
    let mail = mail.map(|(words, to)| words.code_app_set(to));
    context.store.use_code(session.staff, &proof, mail.as_slice(), now).await?;
    page(&RecoveryCodesPage::new(&codes, &to_account()))
}

/// What keeps somebody from changing how their account is signed in to: a code of their app is asked for, and where
/// they have none, that they signed in a moment ago.
pub(super) async fn not_shown(
    context: &Context,
    person: &SignedIn,
    account: &Account,
    code: &str,
) -> Result<Option<&'static str>, PageError> {
    context.sign_ins.take_own(person.staff.token).map_err(HttpError::TooFast)?;
    let now = context.clock.now();
    let is_theirs = match (&account.totp, proof(account, code, now)) {
        (None, _) => return Ok((!is_recent(context, person)).then_some("sign-in-again")),
        (Some(_), _) if recovers(context, person) => true,
        (Some(_), Some(proof)) => context.store.use_code(account.number, &proof, &[], now).await?,
        (Some(_), None) => false,
    };
    if !is_theirs {
        note_refusal(context, account.number);
    }
    Ok((!is_theirs).then_some("code-wrong"))
}

/// The words of mail about somebody's own account and where it goes, where mail is sent.
pub(super) fn written_to<'a>(
    context: &Context,
    staff: &StaffVisitor,
    visitor: &'a Visitor,
) -> Option<(MailWords<'a>, EmailAddress)> {
    let to = EmailAddress::parse(&staff.session.name).filter(|_| context.outside.sends_mail)?;
    Some((MailWords::new(context.texts(), &visitor.own_origin), to))
}

/// Where the forms of these pages go.
const OWN_APP: &str = "/account/app/confirm";

fn to_account() -> Kept {
    Kept { to: "/account".into(), kept: String::new() }
}

/// Whether somebody came in a moment ago without a password or without a code: they may set either anew.
fn recovers(context: &Context, person: &SignedIn) -> bool {
    person.staff.session.recovers && is_recent(context, person)
}

/// Whether somebody signed in within the last half hour.
fn is_recent(context: &Context, person: &SignedIn) -> bool {
    const HALF_AN_HOUR_US: i64 = 30 * 60 * 1_000_000;
    context.clock.now().0.saturating_sub(person.staff.session.created_at.0) < HALF_AN_HOUR_US
}

/// The account of whoever is signed in.
pub(super) async fn own(context: &Context, person: &SignedIn) -> Result<Account, PageError> {
    let account = context.store.account_of(person.staff.session.staff).await?;
    Ok(account.ok_or(HttpError::NotAllowed)?)
}
