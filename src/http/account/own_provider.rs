//! One's own account and a provider: joined, so that it signs one in, and parted again.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::own::{mend, not_shown, own, provider_name, written_to};
use super::provider::lead_there;
use crate::access::Wish;
use crate::edge::{Context, Form, HttpError, PageError, SignedIn};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct JoinForm {
    code: String,
}

/// `POST /account/provider`: to the provider, to join one's account with it.
pub(in crate::http) async fn join_provider(
    person: SignedIn,
    State(context): State<Context>,
    Form(form): Form<JoinForm>,
) -> Result<Response, PageError> {
    let name = context.provider.as_ref().ok_or(HttpError::NotFound)?.name();
    let account = own(&context, &person).await?;
    if let Some(wrong) = not_shown(&context, &person, &account, &form.code).await? {
        return mend(&context, &person, context.texts().get(wrong)).await;
    }
    let wish = Wish { join: Some(person.staff.token.to_string()), ..Wish::default() };
    match lead_there(&person.visitor, &context, wish).await? {
        Some(response) => Ok(response),
        None => {
            let down = context.texts().msg("sign-in-provider-down").text("name", name).to_string();
            mend(&context, &person, down).await
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct PartForm {
    issuer: String,
    code: String,
}

/// `POST /account/provider/part`: the provider no longer signs one in.
pub(in crate::http) async fn part_from_provider(
    person: SignedIn,
    State(context): State<Context>,
    Form(form): Form<PartForm>,
) -> Result<Response, PageError> {
    let account = own(&context, &person).await?;
    if account.password.is_none() {
        return mend(&context, &person, context.texts().get("provider-part-password")).await;
    }
    if let Some(wrong) = not_shown(&context, &person, &account, &form.code).await? {
        return mend(&context, &person, context.texts().get(wrong)).await;
    }
    let name = provider_name(&context, &form.issuer);
    let mail = written_to(&context, &person.staff, &person.visitor);
    let mail = mail.map(|(words, to)| words.provider_parted(to, &name));
    let (keep, now) = (person.staff.token, context.clock.now());
    let parted = context.store.part_from_provider(account.number, &form.issuer, keep, mail.as_slice(), now);
    let to = if parted.await? { "/account?done=1" } else { "/account" };
    Ok(Redirect::to(to).into_response())
}
