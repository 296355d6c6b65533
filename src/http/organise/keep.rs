//! What becomes of a conversation as a whole: a copy of it as a template, and putting it away.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::MayOrganise;
use crate::conversation::{Act, Brief, RecordedActor, Schedule};
use crate::domain::Slug;
use crate::edge::{Access, Context, Form, HttpError, PageError};
use crate::http::refused::Refused;
use crate::instance::{Grant, InstanceActor, Scope};
use crate::live::RoomError;

use super::prepare::mend;

/// The page again, with the address that can't be had.
async fn refuse(
    context: &Context,
    access: &Access<MayOrganise>,
    why: String,
    typed: String,
) -> Result<Response, PageError> {
    mend(context, access, Refused::new(why).typed("copy", typed), None).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct CopyForm {
    slug: String,
}

/// `POST /o/SLUG/copy`: a draft with the same words, rules and first statements. Its dates are still to be set.
pub(in crate::http) async fn copy_conversation(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<CopyForm>,
) -> Result<Response, PageError> {
    let slug = match Slug::parse(form.slug.trim()) {
        Ok(slug) => slug,
        Err(error) => return refuse(&context, &access, context.texts().bad_address(&error), form.slug).await,
    };
    let board = access.room.board().await?;
    let mut brief = Brief::from(&board.contents.conversation);
    brief.schedule = Schedule::default();
    brief.terms.steps.clear();
    let staff = access.visitor.signed_in().ok_or(HttpError::SignIn)?.session.staff;
    let copy = match context.rooms.create(RecordedActor::Staff(staff), slug.clone(), &brief).await {
        Ok(copy) => copy,
        Err(RoomError::Rejected(why)) => {
            return refuse(&context, &access, context.texts().refusal(&why), form.slug).await;
        }
        Err(error) => return Err(error.into()),
    };
    let (by, now) = (access.instance_actor()?, context.clock.now());
    let department = context.store.department_of(access.room.conversation).await?;
    context.store.assign_conversation(by, copy.conversation, department, now).await?;
    // Whoever runs only the one that was copied runs the copy.
    let grant = Grant { role: access.rights.leading(), scope: Scope::Conversation(copy.conversation) };
    if !access.is_above_conversation() {
        context.store.give_role(InstanceActor::System, staff, grant, now).await?;
    }
    for seed in &board.contents.seeds {
        if let Some(statement) = board.contents.statement(*seed) {
            copy.act(access.actor()?, Act::seed(statement.text.to_string(), statement.meta)).await?;
        }
    }
    Ok(Redirect::to(&format!("/o/{slug}?saved=1")).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ArchiveForm {
    archived: bool,
}

/// `POST /o/SLUG/archive`: puts it away, or back into lists. Its address goes on working.
pub(in crate::http) async fn archive_conversation(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<ArchiveForm>,
) -> Result<Response, PageError> {
    let (by, now) = (access.instance_actor()?, context.clock.now());
    context.store.archive_conversation(by, access.room.conversation, form.archived, now).await?;
    Ok(Redirect::to(&format!("/o/{}?saved=1", access.slug)).into_response())
}
