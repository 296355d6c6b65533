//! What becomes of a conversation as a whole: a copy of it as a template, putting it away, and its deletion.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::MayOrganise;
use crate::conversation::{Act, Brief, ForgettingAct, RecordedActor, Schedule};
use crate::domain::{Slug, Timestamp};
use crate::edge::{Access, Context, Form, HttpError, PageError};
use crate::instance::{Grant, InstanceActor, Scope};
use crate::live::RoomError;

use super::one;
use super::prepare::mend;

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
        Err(error) => return mend(&context, &access, context.texts().bad_address(&error), None).await,
    };
    let board = access.room.board().await?;
    let mut brief = Brief::from(&board.contents.conversation);
    brief.schedule = Schedule::default();
    brief.terms.steps.clear();
    let staff = access.visitor.signed_in().ok_or(HttpError::SignIn)?.session.staff;
    let copy = match context.rooms.create(RecordedActor::Staff(staff), slug.clone(), &brief).await {
        Ok(copy) => copy,
        Err(RoomError::Rejected(why)) => {
            return mend(&context, &access, context.texts().refusal(&why), None).await;
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
            return one::mend(&context, &access, why).await;
        }
        None => Some(Timestamp(context.clock.now().0 + GRACE_DAYS * DAY_US)),
    };
    let actor = access.actor()?.because(form.why);
    match access.room.act(actor, ForgettingAct::PlanDeletion(at)).await {
        Ok(_) => Ok(Redirect::to(&format!("/o/{}?saved=1#deletion", access.slug)).into_response()),
        Err(RoomError::Rejected(why)) => one::mend(&context, &access, texts.refusal(&why)).await,
        Err(error) => Err(error.into()),
    }
}
