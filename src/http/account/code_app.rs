//! Setting up the app that makes codes, and the codes to print.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use qrcode::QrCode;
use serde::Deserialize;

use super::code::at_step;
use super::kept::Kept;
use super::steps::{Opening, with_status};
use crate::access::{CodeApp, new_recovery_codes, recovery_hash};
use crate::edge::{Context, Form, HttpError, PageError, Query, Visitor, page};
use crate::http::assets;
use crate::store::{Proof, SessionStage};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "account/code-app.html")]
pub(super) struct CodeAppPage<'a> {
    t: &'a Texts,
    style: String,
    kept: &'a Kept,
    /// The QR code's squares, as an SVG path, and how many there are in a row.
    qr: (String, usize),
    /// The secret in groups of four, for whoever has no camera.
    secret: String,
    /// The message of what was wrong.
    error: Option<&'a str>,
}

impl<'a> CodeAppPage<'a> {
    /// The page for an app with this secret.
    pub fn of(
        context: &Context,
        offer: &str,
        address: &str,
        kept: &'a Kept,
        error: Option<&'a str>,
    ) -> Result<Self, PageError> {
        let app = CodeApp::parse(offer).ok_or(HttpError::SignIn)?;
        let qr = squares(&app.uri(&context.texts().get("site-name"), address));
        let letters: Vec<char> = offer.chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(|four| four.iter().collect()).collect();
        let (t, style) = (context.texts(), assets::url("boule.css"));
        Ok(Self { t, style, kept, qr, secret: groups.join(" "), error })
    }
}

/// The dark squares of a QR code as a path.
fn squares(text: &str) -> (String, usize) {
    let Ok(code) = QrCode::new(text) else { return (String::new(), 0) };
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == qrcode::Color::Dark);
    let path = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width, at / width)).collect();
    (path, width)
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
    page(&CodeAppPage::of(&context, offer, &session.name, &kept, None)?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct CodeAppForm {
    code: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    kept: String,
}

#[derive(Template)]
#[template(path = "account/recovery-codes.html")]
struct RecoveryCodesPage<'a> {
    t: &'a Texts,
    style: String,
    codes: &'a [String],
    kept: &'a Kept,
}

/// `POST /sign-in/app`: the first code shows that the app has the secret.
pub(in crate::http) async fn finish_code_app(
    visitor: Visitor,
    State(context): State<Context>,
    Form(CodeAppForm { code, to, kept }): Form<CodeAppForm>,
) -> Result<Response, PageError> {
    let kept = Kept { to, kept };
    let staff = at_step(&visitor, SessionStage::SetUp)?;
    context.sign_ins.take_code(staff.session.staff).map_err(HttpError::TooFast)?;
    let now = context.clock.now();
    let offer = staff.session.offer.clone().ok_or(HttpError::SignIn)?;
    let app = CodeApp::parse(&offer).ok_or(HttpError::SignIn)?;
    let Some(step) = app.step_of(&code, now) else {
        let again = CodeAppPage::of(&context, &offer, &staff.session.name, &kept, Some("code-wrong"))?;
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &again);
    };
    let codes = new_recovery_codes();
    let hashes = codes.iter().map(|code| recovery_hash(code)).collect();
    let proof = Proof::NewApp { secret: offer, step, codes: hashes };
    let opening = Opening::full(&context, &visitor);
    if !context.store.finish_session(staff.token, &proof, &opening.session, now).await? {
        return Err(HttpError::SignIn.into());
    }
    let style = assets::url("boule.css");
    let shown = page(&RecoveryCodesPage { t: context.texts(), style, codes: &codes, kept: &kept })?;
    Ok(opening.kept_by(&visitor, shown))
}
