//! The deletion of a closed conversation: planned, and called off as long as its day has not come.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::one;
use crate::access::MayOrganise;
use crate::conversation::ForgettingAct;
use crate::domain::Timestamp;
use crate::edge::{Access, Context, Form, PageError};
use crate::http::refused::Refused;
use crate::live::RoomError;

/// How long a deletion that was asked for can be called off.
const GRACE_DAYS: i64 = 14;
const DAY_US: i64 = 24 * 3600 * 1_000_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct DeletionForm {
    /// The address, typed to confirm it; nothing where the conversation stays after all.
    #[serde(default)]
    slug: String,
    #[serde(default)]
    why: String,
    /// Whether it stays after all.
    keep: Option<String>,
}

/// `POST /o/SLUG/deletion`: plans the deletion of a closed conversation, or calls it off.
pub(in crate::http) async fn plan_deletion(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<DeletionForm>,
) -> Result<Response, PageError> {
    let texts = context.texts();
    let at = match form.keep {
        Some(_) => None,
        None if form.slug.trim() != access.slug.as_str() => {
            let why = texts.msg("delete-not-this").text("slug", access.slug.as_str()).to_string();
            return one::mend(&context, &access, Refused::new(why)).await;
        }
        None => Some(Timestamp(context.clock.now().0 + GRACE_DAYS * DAY_US)),
    };
    let actor = access.actor()?.because(form.why);
    match access.room.act(actor, ForgettingAct::PlanDeletion(at)).await {
        Ok(_) => Ok(Redirect::to(&format!("/o/{}?saved=1#deletion", access.slug)).into_response()),
        Err(RoomError::Rejected(why)) => one::mend(&context, &access, Refused::because(&why, texts)).await,
        Err(error) => Err(error.into()),
    }
}
