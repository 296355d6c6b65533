//! Departments: named groups of conversations, with people who run all of them.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::of_instance::mend;
use crate::access::{MayOrganise, MayOwn, rights_on_instance};
use crate::clock::random_bytes;
use crate::domain::{DepartmentNumber, PersonalText, clean_line};
use crate::edge::{Access, Context, Form, HttpError, OnInstance, PageError};
use crate::http::refused::Refused;

/// The longest name, in characters.
const MAX_NAME: usize = 80;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct DepartmentForm {
    name: String,
}

/// A name that a department can have.
fn checked(name: &str) -> Option<PersonalText> {
    let name = clean_line(name);
    (1..=MAX_NAME).contains(&name.chars().count()).then(|| PersonalText::new(name, random_bytes()))
}

/// `POST /people/departments`
pub(in crate::http) async fn add_department(
    access: OnInstance<MayOwn>,
    State(context): State<Context>,
    Form(form): Form<DepartmentForm>,
) -> Result<Response, PageError> {
    let (by, now) = (access.person.instance_actor(), context.clock.now());
    let added = match checked(&form.name) {
        Some(name) => context.store.add_department(by, name, now).await?,
        None => None,
    };
    match added {
        Some(_) => Ok(Redirect::to("/people?done=1").into_response()),
        None => mend(&context, &access, bad_name(&context).typed("department-name", form.name)).await,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct RenameForm {
    department: u32,
    name: String,
}

/// `POST /people/departments/rename`
pub(in crate::http) async fn rename_department(
    access: OnInstance<MayOwn>,
    State(context): State<Context>,
    Form(form): Form<RenameForm>,
) -> Result<Response, PageError> {
    let (by, now) = (access.person.instance_actor(), context.clock.now());
    let renamed = match checked(&form.name) {
        Some(name) => {
            context.store.rename_department(by, DepartmentNumber(form.department), name, now).await?
        }
        None => false,
    };
    match renamed {
        true => Ok(Redirect::to("/people?done=1").into_response()),
        false => {
            let field = format!("department-{}", form.department);
            mend(&context, &access, bad_name(&context).typed(field, form.name)).await
        }
    }
}

fn bad_name(context: &Context) -> Refused {
    Refused::new(context.texts().msg("department-bad-name").num("max", MAX_NAME).to_string())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct AssignForm {
    /// A department's number; nothing for none.
    department: String,
}

/// `POST /o/SLUG/department`: says to which department a conversation belongs. It changes who may do what in it,
/// so whoever does it runs the whole instance.
pub(in crate::http) async fn assign_conversation(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<AssignForm>,
) -> Result<Response, PageError> {
    if !rights_on_instance(access.visitor.grants()).may_organise() {
        return Err(HttpError::NotAllowed.into());
    }
    let department = match form.department.as_str() {
        "" => None,
        number => Some(DepartmentNumber(number.parse().map_err(|_| HttpError::BadForm)?)),
    };
    let (by, now) = (access.instance_actor()?, context.clock.now());
    context.store.assign_conversation(by, access.room.conversation, department, now).await?;
    Ok(Redirect::to(&format!("/o/{}/people?done=1", access.slug)).into_response())
}
