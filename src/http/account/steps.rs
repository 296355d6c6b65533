//! From one step of signing in to the next.

use askama::Template;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};

use super::kept::Kept;
use crate::access::CodeApp;
use crate::clock::random_token;
use crate::domain::{StaffNumber, Timestamp, TokenHash};
use crate::edge::{Context, PageError, Visitor, page};
use crate::http::assets;
use crate::instance::{InstanceAct, InstanceActor};
use crate::store::{Account, NewSession, SessionStage};
use crate::texts::Texts;

/// A session ends after a week, whatever happens.
const SESSION_S: u32 = 7 * 24 * 3600;
/// Whoever has shown a password has this long to show a code, or to set up the app that makes them.
const STEP_S: u32 = 15 * 60;

/// A session to be opened, and the secret that the browser is to hold.
pub(super) struct Opening {
    pub session: NewSession,
    secret: String,
    seconds: u32,
}

impl Opening {
    fn new(context: &Context, visitor: &Visitor, stage: SessionStage) -> Self {
        let (secret, now) = (random_token(), context.clock.now());
        let seconds = if stage == SessionStage::Full { SESSION_S } else { STEP_S };
        let expires_at = Timestamp(now.0 + i64::from(seconds) * 1_000_000);
        let (token, browser) = (TokenHash::of(&secret), visitor.browser.clone());
        Self {
            session: NewSession { token, stage, offer: None, recovers: false, browser, expires_at },
            secret,
            seconds,
        }
    }

    /// For somebody who is in.
    pub fn full(context: &Context, visitor: &Visitor) -> Self {
        Self::new(context, visitor, SessionStage::Full)
    }

    /// The same for somebody who came in without a password or without a code, and may set either anew.
    pub fn recovering(context: &Context, visitor: &Visitor) -> Self {
        let mut opening = Self::full(context, visitor);
        opening.session.recovers = true;
        opening
    }

    /// For somebody who has to set up an app that makes codes.
    pub fn set_up(context: &Context, visitor: &Visitor) -> Self {
        let mut opening = Self::new(context, visitor, SessionStage::SetUp);
        opening.session.offer = Some(CodeApp::random().base32());
        opening
    }

    /// For somebody whose password was right.
    pub fn after_password(context: &Context, visitor: &Visitor, account: &Account) -> Self {
        match account.totp {
            Some(_) => Self::new(context, visitor, SessionStage::Code),
            None => Self::set_up(context, visitor),
        }
    }

    /// Has the browser keep the secret.
    pub fn kept_by(&self, visitor: &Visitor, mut response: Response) -> Response {
        if let Some(cookie) = visitor.staff_cookie(&self.secret, self.seconds) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }
}

#[derive(Template)]
#[template(path = "account/kept.html")]
struct KeptPage<'a> {
    t: &'a Texts,
    style: String,
    kept: &'a Kept,
}

/// Where somebody goes who is in now: to what they wanted, with what they had written.
pub(super) fn arrive(context: &Context, kept: &Kept) -> Result<Response, PageError> {
    if kept.has_form() {
        return page(&KeptPage { t: context.texts(), style: assets::url("boule.css"), kept });
    }
    Ok(Redirect::to(kept.target().unwrap_or("/desk")).into_response())
}

/// Notes in the log that somebody guesses. Nobody waits for it: from the time that the answer takes, they would
/// learn that there is such an account.
pub(super) fn note_refusal(context: &Context, account: StaffNumber) {
    let (store, now) = (context.store.clone(), context.clock.now());
    tokio::spawn(async move {
        let act = InstanceAct::SignInRefused { account };
        if let Err(error) = store.note(now, InstanceActor::System, act).await {
            tracing::warn!(%error, "a refused sign-in could not be noted");
        }
    });
}
