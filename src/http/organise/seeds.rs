//! Seed statements: one by one, or many from a CSV file.

use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::Role;
use crate::exchange::seeds::read_seeds;
use crate::http::Context;
use crate::http::error::{HttpError, PageError};
use crate::http::extract::{Visitor, staff_room};
use crate::live::RoomError;

use super::one::{After, draw};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct SeedForm {
    text: String,
    /// A checkbox: sent only when ticked.
    meta: Option<String>,
}

/// `POST /o/SLUG/seed`
pub(in crate::http) async fn add_seed(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
    Form(form): Form<SeedForm>,
) -> Result<Response, PageError> {
    let (parsed, room) = staff_room(&context, &slug, &visitor, Role::may_organise).await?;
    match room.add_seed(form.text.clone(), form.meta.is_some()).await {
        Ok(_) => Ok(Redirect::to(&format!("/o/{parsed}?added=1#seeds")).into_response()),
        Err(RoomError::Rejected(why)) => mend(&context, &slug, &visitor, why.to_string(), form.text).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /o/SLUG/seeds`: a CSV file with a column `text`, or one statement a line. All of it is
/// read before anything is added.
pub(in crate::http) async fn add_seeds_from_csv(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
    mut form: Multipart,
) -> Result<Response, PageError> {
    let (parsed, room) = staff_room(&context, &slug, &visitor, Role::may_organise).await?;
    let broken = |error: axum::extract::multipart::MultipartError| HttpError::BadInput(error.body_text());
    let field = form.next_field().await.map_err(broken)?;
    let field = field.ok_or_else(|| HttpError::BadInput("No file was sent.".into()))?;
    let bytes = field.bytes().await.map_err(broken)?;
    let seeds = match read_seeds(&bytes) {
        Ok(seeds) => seeds,
        Err(error) => return mend(&context, &slug, &visitor, error.to_string(), String::new()).await,
    };
    let mut added = 0;
    for seed in seeds {
        match room.add_seed(seed.text.clone(), false).await {
            Ok(_) => added += 1,
            Err(RoomError::Rejected(why)) => {
                let why = format!("Line {}: {why} ({added} statements before it were added.)", seed.line);
                return mend(&context, &slug, &visitor, why, seed.text).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Redirect::to(&format!("/o/{parsed}?added={added}#seeds")).into_response())
}

async fn mend(
    context: &Context,
    slug: &str,
    visitor: &Visitor,
    why: String,
    text: String,
) -> Result<Response, PageError> {
    let mut response = draw(context, slug, visitor, After::default(), Some((why, text))).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}
