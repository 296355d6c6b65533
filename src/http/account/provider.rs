//! Signing in with a provider: there, and back.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::kept::Kept;
use super::own::{draw_account, written_to};
use super::sign_in_page::SignInPage;
use super::steps::{Opening, arrive};
use crate::access::{Provider, ProviderIdentity, Wish};
use crate::clock::random_bytes;
use crate::domain::TokenHash;
use crate::edge::{Context, Form, HttpError, PageError, Query, SignedIn, Visitor, page, page_with_status};
use crate::http::assets;
use crate::store::{Accepted, Newcomer};
use crate::texts::Texts;

/// How long a browser holds what it comes back with.
const ATTEMPT_S: u32 = 10 * 60;
/// A longer address is not held on the way: a cookie has no room for it.
const MOST_TO: usize = 400;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ProviderForm {
    /// Where they wanted to go.
    #[serde(default)]
    to: String,
    /// The key of an invitation that they come by.
    #[serde(default)]
    key: String,
}

#[derive(Template)]
#[template(path = "account/to-provider.html")]
struct ToProviderPage<'a> {
    t: &'a Texts,
    style: String,
    name: &'a str,
    url: String,
}

fn provider(context: &Context) -> Result<&Provider, HttpError> {
    context.provider.as_ref().ok_or(HttpError::NotFound)
}

/// `POST /sign-in/provider`: to the provider.
pub(in crate::http) async fn go_to_provider(
    visitor: Visitor,
    State(context): State<Context>,
    Form(form): Form<ProviderForm>,
) -> Result<Response, PageError> {
    let kept = Kept { to: form.to, kept: String::new() };
    let wish = Wish {
        to: kept.target().filter(|to| to.len() <= MOST_TO).unwrap_or_default().to_owned(),
        invitation: Some(form.key)
            .filter(|key| key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit())),
        join: None,
    };
    match lead_there(&visitor, &context, wish).await? {
        Some(response) => Ok(response),
        None => again(&context, "sign-in-provider-down"),
    }
}

/// A page that leads to the provider; nothing where it is down.
pub(super) async fn lead_there(
    visitor: &Visitor,
    context: &Context,
    wish: Wish,
) -> Result<Option<Response>, PageError> {
    let provider = provider(context)?;
    match provider.begin(&visitor.own_origin, wish, context.clock.now()).await {
        Ok((url, held)) => {
            // Not by a redirect: our pages let no form lead to another site.
            let (t, style) = (context.texts(), assets::url("boule.css"));
            let mut response = page(&ToProviderPage { t, style, name: provider.name(), url })?;
            if let Some(cookie) = visitor.provider_cookie(&held, ATTEMPT_S) {
                response.headers_mut().append(SET_COOKIE, cookie);
            }
            Ok(Some(response))
        }
        Err(error) => {
            tracing::warn!(%error, "nobody can sign in by the provider");
            Ok(None)
        }
    }
}

#[derive(Default, Deserialize)]
pub(in crate::http) struct BackQuery {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
}

/// `GET /sign-in/back`: from the provider. What it brings works once, and only in the browser that was sent.
pub(in crate::http) async fn come_back(
    visitor: Visitor,
    State(context): State<Context>,
    Query(BackQuery { state, code }): Query<BackQuery>,
) -> Result<Response, PageError> {
    let provider = provider(&context)?;
    let Some(held) = &visitor.provider else { return again(&context, "sign-in-provider-failed") };
    context.sign_ins.take_provider(visitor.network).map_err(HttpError::TooFast)?;
    let answer = match provider.finish(held, (&state, &code), context.clock.now()).await {
        Ok((identity, Wish { join: Some(session), .. })) => {
            join(visitor.clone(), &context, identity, &session).await
        }
        Ok((identity, wish)) => let_in(&visitor, &context, identity, wish).await,
        Err(error) => {
            tracing::warn!(%error, "somebody did not come in by the provider");
            match visitor.signed_in().cloned() {
                Some(staff) => {
                    let person = SignedIn { visitor: visitor.clone(), staff };
                    not_joined(person, &context, "sign-in-provider-failed").await
                }
                None => again(&context, "sign-in-provider-failed"),
            }
        }
    };
    let mut answer = answer?;
    if let Some(gone) = visitor.provider_cookie("", 0) {
        answer.headers_mut().append(SET_COOKIE, gone);
    }
    Ok(answer)
}

/// Joins the account of whoever began in this session.
async fn join(
    visitor: Visitor,
    context: &Context,
    ProviderIdentity { issuer, subject, address }: ProviderIdentity,
    session: &str,
) -> Result<Response, PageError> {
    let staff = visitor.signed_in().filter(|staff| staff.token.to_string() == session).cloned();
    let Some(staff) = staff else { return again(context, "sign-in-provider-failed") };
    let (number, name) = ((staff.session.staff, staff.token), provider(context)?.name());
    // Somebody else may be signed in there in this browser.
    let is_theirs = address.is_some() && address == staff.session.address;
    let mail = written_to(context, &staff, &visitor).map(|(words, to)| words.provider_joined(to, name));
    let (identity, now) = ((issuer.as_str(), subject.as_str()), context.clock.now());
    if is_theirs && context.store.join_provider(number, identity, mail.as_slice(), now).await? {
        return Ok(Redirect::to("/account?done=1").into_response());
    }
    let error = if is_theirs { "provider-not-joined" } else { "provider-other-address" };
    not_joined(SignedIn { visitor, staff }, context, error).await
}

/// The account of whoever wanted to join it, with what went wrong.
async fn not_joined(person: SignedIn, context: &Context, error: &str) -> Result<Response, PageError> {
    let error = context.texts().msg(error).text("name", provider(context)?.name()).to_string();
    page_with_status(StatusCode::CONFLICT, &draw_account(context, &person, false, Some(error)).await?)
}

async fn let_in(
    visitor: &Visitor,
    context: &Context,
    identity: ProviderIdentity,
    wish: Wish,
) -> Result<Response, PageError> {
    let opening = Opening::full(context, visitor);
    let now = context.clock.now();
    let ProviderIdentity { issuer, subject, address } = identity;
    let known = (issuer.as_str(), subject.as_str());
    if context.store.sign_in_by_provider(known, &opening.session, now).await?.is_some() {
        let kept = Kept { to: wish.to, kept: String::new() };
        let next = match wish.invitation {
            // They accept it as who they are.
            Some(key) => Redirect::to(&format!("/enter?key={key}")).into_response(),
            None => arrive(context, &kept)?,
        };
        return Ok(opening.kept_by(visitor, next));
    }
    let Some(key) = wish.invitation else { return again(context, "sign-in-provider-unknown") };
    // An account is made only for an address that the provider has checked.
    let Some(address) = address else { return again(context, "sign-in-provider-no-address") };
    let token = TokenHash::of(&key);
    let link = context.store.link(token, now).await?;
    if link.is_some_and(|link| link.address.is_some_and(|named| named != address)) {
        return again(context, "enter-not-yours");
    }
    let newcomer = Newcomer::Provided { address, issuer, subject, salt: random_bytes() };
    match context.store.accept_invitation(token, &newcomer, Some(&opening.session), now).await? {
        Accepted::Done { .. } => Ok(opening.kept_by(visitor, Redirect::to("/desk").into_response())),
        Accepted::AddressTaken => again(context, "address-taken"),
        Accepted::NoLink | Accepted::NotTheirs | Accepted::HoldsAnother(_) => again(context, "enter-bad"),
    }
}

/// The page to sign in, with what went wrong.
fn again(context: &Context, error: &'static str) -> Result<Response, PageError> {
    let kept = Kept::default();
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &SignInPage::new(context, "", &kept, Some(error)))
}
