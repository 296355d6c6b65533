//! What an organiser publishes beside the results: a headline, information to read first, results as they stand
//! today, and everybody's votes as rows.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::MayOrganise;
use crate::conversation::PublishingAct;
use crate::disclosure::Uniqueness;
use crate::edge::{Access, Context, Form, HttpError, NoFields, PageError, page};
use crate::http::refused::Refused;
use crate::http::work_frame::WorkFrame;
use crate::live::RoomError;
use crate::texts::Texts;

use super::one;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct HeadlineForm {
    headline: String,
}

/// `POST /o/SLUG/headline`
pub(in crate::http) async fn write_headline(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<HeadlineForm>,
) -> Result<Response, PageError> {
    let act = PublishingAct::Headline(form.headline.clone());
    publish(&access, &context, act, ("publish", Some(("headline", form.headline)))).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct InformationForm {
    information: String,
}

/// `POST /o/SLUG/information`
pub(in crate::http) async fn write_information(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<InformationForm>,
) -> Result<Response, PageError> {
    let act = PublishingAct::Information(form.information.clone());
    publish(&access, &context, act, ("information", Some(("information-text", form.information)))).await
}

/// `POST /o/SLUG/snapshot`
pub(in crate::http) async fn keep_snapshot(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    _: NoFields,
) -> Result<Response, PageError> {
    let document = access.room.snapshot_document().await?;
    publish(&access, &context, PublishingAct::Snapshot(Box::new(document)), ("publish", None)).await
}

/// Publishes, and comes back to that part of the page; where it is refused, with what was typed in a field.
async fn publish(
    access: &Access<MayOrganise>,
    context: &Context,
    act: PublishingAct,
    (part, typed): (&str, Option<(&str, String)>),
) -> Result<Response, PageError> {
    match access.try_act(act).await? {
        Ok(_) => Ok(Redirect::to(&format!("/o/{}?saved=1#{part}", access.slug)).into_response()),
        Err(RoomError::Rejected(why)) => {
            let refused = Refused::because(&why, context.texts());
            let refused = match typed {
                Some((field, text)) => refused.typed(field, text),
                None => refused,
            };
            one::mend(context, access, refused).await
        }
        Err(error) => Err(HttpError::from(error).into()),
    }
}

#[derive(Template)]
#[template(path = "organise/rows.html")]
struct RowsPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: &'a str,
    uniqueness: Uniqueness,
}

/// `GET /o/SLUG/rows`: how easily people would be found, before their votes are released.
pub(in crate::http) async fn show_rows(
    access: Access<MayOrganise>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    let uniqueness = match access.room.rows_uniqueness().await {
        Ok(uniqueness) => uniqueness,
        Err(RoomError::Rejected(why)) => {
            return one::mend(&context, &access, Refused::because(&why, context.texts())).await;
        }
        Err(error) => return Err(HttpError::from(error).into()),
    };
    let board = access.room.board().await?;
    page(&RowsPage {
        t: context.texts(),
        frame: WorkFrame::with(&access, &board, "tab-run"),
        slug: access.slug.as_str(),
        uniqueness,
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct RowsForm {
    /// The address of the conversation, typed by hand.
    slug: String,
}

/// `POST /o/SLUG/rows`: releases everybody's votes, for good.
pub(in crate::http) async fn release_rows(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<RowsForm>,
) -> Result<Response, PageError> {
    if form.slug.trim() != access.slug.as_str() {
        let why = context.texts().msg("delete-not-this").text("slug", access.slug.as_str()).to_string();
        return one::mend(&context, &access, Refused::new(why)).await;
    }
    let document = match access.room.rows_document().await {
        Ok(document) => document,
        Err(RoomError::Rejected(why)) => {
            return one::mend(&context, &access, Refused::because(&why, context.texts())).await;
        }
        Err(error) => return Err(HttpError::from(error).into()),
    };
    publish(&access, &context, PublishingAct::Rows(Box::new(document)), ("publish", None)).await
}
