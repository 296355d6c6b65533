//! The second step: a code of the app, or one that was printed.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::kept::Kept;
use super::sign_in_page::ask_again;
use super::steps::{Opening, arrive, note_refusal};
use crate::access::{CodeApp, recovery_hash};
use crate::domain::Timestamp;
use crate::edge::{
    Context, Form, HttpError, PageError, Query, StaffVisitor, Visitor, page, page_with_status,
};
use crate::http::assets;
use crate::store::{Account, Proof, SessionStage};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "account/code.html")]
pub(super) struct CodePage<'a> {
    t: &'a Texts,
    style: String,
    kept: &'a Kept,
    /// The message of what was wrong.
    error: Option<&'a str>,
}

impl<'a> CodePage<'a> {
    /// The page, with the message of what was wrong.
    pub fn new(kept: &'a Kept, error: Option<&'a str>) -> Self {
        Self { t: Texts::current(), style: assets::url("boule.css"), kept, error }
    }
}

/// Whoever is at this step.
pub(super) fn at_step(visitor: &Visitor, step: SessionStage) -> Result<&StaffVisitor, HttpError> {
    visitor.staff.as_ref().filter(|staff| staff.session.stage == step).ok_or(HttpError::SignIn)
}

/// `GET /sign-in/code`
pub(in crate::http) async fn show_code(
    visitor: Visitor,
    Query(kept): Query<Kept>,
) -> Result<Response, PageError> {
    at_step(&visitor, SessionStage::Code)?;
    page(&CodePage::new(&Kept { kept: String::new(), ..kept }, None))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct CodeForm {
    code: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    kept: String,
}

/// `POST /sign-in/code`
pub(in crate::http) async fn check_code(
    visitor: Visitor,
    State(context): State<Context>,
    Form(CodeForm { code, to, kept }): Form<CodeForm>,
) -> Result<Response, PageError> {
    let kept = Kept { to, kept };
    let Ok(staff) = at_step(&visitor, SessionStage::Code) else { return Ok(ask_again(&context, &kept)) };
    context.sign_ins.take_code(staff.session.staff).map_err(HttpError::TooFast)?;
    let now = context.clock.now();
    let account = context.store.account_of(staff.session.staff).await?.ok_or(HttpError::SignIn)?;
    let proof = proof(&account, &code, now);
    // Whoever has used a printed code has no app any more: they may set another one up.
    let opening = match proof {
        Some(Proof::RecoveryCode(_)) => Opening::recovering(&context, &visitor),
        _ => Opening::full(&context, &visitor),
    };
    let is_in = match proof {
        Some(proof) => context.store.finish_session(staff.token, &proof, &opening.session, now).await?,
        None => false,
    };
    if is_in {
        return Ok(opening.kept_by(&visitor, arrive(&context, &kept)?));
    }
    note_refusal(&context, account.number);
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &CodePage::new(&kept, Some("code-wrong")))
}

/// What a code shows. Six digits are the app's; anything else was printed.
pub(super) fn proof(account: &Account, code: &str, now: Timestamp) -> Option<Proof> {
    let digits = code.chars().filter(|c| !c.is_whitespace());
    if digits.clone().count() == 6 && digits.clone().all(|c| c.is_ascii_digit()) {
        let app = account.totp.as_deref().and_then(CodeApp::parse)?;
        return app.step_of(code, now).map(Proof::Step);
    }
    Some(Proof::RecoveryCode(recovery_hash(code)))
}
