//! What can be done only to a draft: giving it another address, deleting it, and rewording, reordering or
//! removing its first statements.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::MayOrganise;
use crate::conversation::{RulesAct, SeedsAct};
use crate::domain::{Slug, StatementNumber};
use crate::edge::{Access, Context, Form, HttpError, PageError};
use crate::http::refused::Refused;
use crate::live::RoomError;

use super::{one, prepare};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct NameForm {
    slug: String,
}

/// `POST /o/SLUG/rename`
pub(in crate::http) async fn rename_draft(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<NameForm>,
) -> Result<Response, PageError> {
    let new = match Slug::parse(form.slug.trim()) {
        Ok(new) => new,
        Err(why) => {
            let why = context.texts().bad_address(&why);
            return prepare::mend(&context, &access, Refused::new(why), None).await;
        }
    };
    match access.try_act(RulesAct::Rename(new.clone())).await? {
        Ok(_) => Ok(Redirect::to(&format!("/o/{new}?saved=1")).into_response()),
        Err(RoomError::Rejected(why)) => {
            prepare::mend(&context, &access, Refused::because(&why, context.texts()), None).await
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct DeleteForm {
    /// The address, typed again.
    slug: String,
}

/// `POST /o/SLUG/delete`
pub(in crate::http) async fn delete_draft(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<DeleteForm>,
) -> Result<Response, PageError> {
    if form.slug.trim() != access.slug.as_str() {
        let why = context.texts().msg("delete-not-this").text("slug", access.slug.as_str()).to_string();
        return prepare::mend(&context, &access, Refused::new(why), None).await;
    }
    access.act(RulesAct::Delete).await?;
    Ok(Redirect::to("/o?deleted=1").into_response())
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SeedChange {
    Save,
    Earlier,
    Later,
    Remove,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct SeedChangeForm {
    statement: StatementNumber,
    change: SeedChange,
    #[serde(default)]
    text: String,
}

/// `POST /o/SLUG/seeds/change`
pub(in crate::http) async fn change_seed(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<SeedChangeForm>,
) -> Result<Response, PageError> {
    let SeedChangeForm { statement, change, text } = form;
    let act = match change {
        SeedChange::Save => SeedsAct::Edit { statement, text: text.clone() },
        SeedChange::Earlier => SeedsAct::Move { statement, earlier: true },
        SeedChange::Later => SeedsAct::Move { statement, earlier: false },
        SeedChange::Remove => SeedsAct::Remove { statement },
    };
    match access.try_act(act).await? {
        Ok(_) => {
            let anchor = match change {
                SeedChange::Remove => "seeds".to_owned(),
                SeedChange::Save | SeedChange::Earlier | SeedChange::Later => format!("seed-{statement}"),
            };
            Ok(Redirect::to(&format!("/o/{}?saved=1#{anchor}", access.slug)).into_response())
        }
        Err(RoomError::Rejected(why)) => {
            let refused = Refused::because(&why, context.texts());
            one::mend(&context, &access, refused.typed(format!("seed-text-{statement}"), text)).await
        }
        Err(error) => Err(HttpError::from(error).into()),
    }
}
