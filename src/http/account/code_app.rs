//! Setting up the app that makes codes, and the codes to print.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::code::at_step;
use super::kept::Kept;
use super::sign_in_page::ask_again;
use super::steps::Opening;
use crate::access::{CodeApp, new_recovery_codes, recovery_hash};
use crate::domain::Timestamp;
use crate::edge::{Context, Form, HttpError, PageError, Query, Visitor, page, page_with_status};
use crate::http::assets;
use crate::http::qr::Qr;
use crate::store::{Proof, SessionStage};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "account/code-app.html")]
pub(super) struct CodeAppPage<'a> {
    t: &'a Texts,
    style: String,
    kept: &'a Kept,
    /// Where its form goes.
    action: &'static str,
    qr: Qr,
    /// The secret in groups of four, for whoever has no camera.
    secret: String,
    /// The message of what was wrong.
    error: Option<&'a str>,
}

impl<'a> CodeAppPage<'a> {
    /// The page for an app with this secret.
    pub fn of(
        context: &Context,
        (offer, action): (&str, &'static str),
        address: &str,
        kept: &'a Kept,
        error: Option<&'a str>,
    ) -> Result<Self, PageError> {
        let app = CodeApp::parse(offer).ok_or(HttpError::SignIn)?;
        let qr = Qr::of(&app.uri(&context.texts().get("site-name"), address));
        let letters: Vec<char> = offer.chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
        let (t, style) = (context.texts(), assets::url("boule.css"));
        Ok(Self { t, style, kept, action, qr, secret: groups.join(" "), error })
    }
}

/// `GET /sign-in/app`
pub(in crate::http) async fn show_code_app(
    visitor: Visitor,
    State(context): State<Context>,
    Query(kept): Query<Kept>,
) -> Result<Response, PageError> {
    let kept = Kept { kept: String::new(), ..kept };
    let session = &at_step(&visitor, SessionStage::SetUp)?.session;
    let offer = session.offer.as_deref().ok_or(HttpError::SignIn)?;
    page(&CodeAppPage::of(&context, (offer, FIRST_APP), &session.name, &kept, None)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct CodeAppForm {
    pub code: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    kept: String,
}

#[derive(Template)]
#[template(path = "account/recovery-codes.html")]
pub(super) struct RecoveryCodesPage<'a> {
    t: &'a Texts,
    style: String,
    codes: &'a [String],
    kept: &'a Kept,
}

impl<'a> RecoveryCodesPage<'a> {
    /// The codes, and where to go on.
    pub fn new(codes: &'a [String], kept: &'a Kept) -> Self {
        Self { t: Texts::current(), style: assets::url("boule.css"), codes, kept }
    }
}

/// Where the form goes of somebody who is not in yet.
pub(super) const FIRST_APP: &str = "/sign-in/app";

/// An app whose first code is right, and new codes to print.
pub(super) fn new_app(offer: &str, code: &str, now: Timestamp) -> Option<(Proof, Vec<String>)> {
    let step = CodeApp::parse(offer)?.step_of(code, now)?;
    let printed = new_recovery_codes();
    let codes = printed.iter().map(|code| recovery_hash(code)).collect();
    Some((Proof::NewApp { secret: offer.to_owned(), step, codes }, printed))
}

/// `POST /sign-in/app`: the first code shows that the app has the secret.
pub(in crate::http) async fn finish_code_app(
    visitor: Visitor,
    State(context): State<Context>,
    Form(CodeAppForm { code, to, kept }): Form<CodeAppForm>,
) -> Result<Response, PageError> {
    let kept = Kept { to, kept };
    let Ok(staff) = at_step(&visitor, SessionStage::SetUp) else { return Ok(ask_again(&context, &kept)) };
    context.sign_ins.take_own(staff.token).map_err(HttpError::TooFast)?;
    let now = context.clock.now();
    let offer = staff.session.offer.clone().ok_or(HttpError::SignIn)?;
    let Some((proof, codes)) = new_app(&offer, &code, now) else {
        let name = &staff.session.name;
        let again = CodeAppPage::of(&context, (&offer, FIRST_APP), name, &kept, Some("code-wrong"))?;
        return page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &again);
    };
    let opening = Opening::full(&context, &visitor);
    if !context.store.finish_session(staff.token, &proof, &opening.session, now).await? {
        return Ok(ask_again(&context, &kept));
    }
    Ok(opening.kept_by(&visitor, page(&RecoveryCodesPage::new(&codes, &kept))?))
}
