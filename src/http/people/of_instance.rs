//! The people of the whole instance and of its departments.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::invite::{Invited, NewLink, make_invitation};
use super::rows::{LinkRow, PersonRow, RowMaker, links, role_to_give};
use crate::access::{MayOversee, MayOwn};
use crate::domain::{ConversationId, DepartmentNumber, Rights, Role, StaffNumber};
use crate::edge::{Context, Form, HttpError, OnInstance, PageError, Query, SignedIn, page, page_with_status};
use crate::http::done_query::DoneQuery;
use crate::http::refused::Refused;
use crate::http::work_frame::WorkFrame;
use crate::instance::{Grant, Scope};
use crate::store::{Changed, Department};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "people/instance.html")]
struct PeoplePage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    may_own: bool,
    people: Vec<PersonRow>,
    links: Vec<LinkRow>,
    departments: Vec<Department>,
    done: bool,
    made: Option<NewLink>,
    refused: Refused,
}

/// `GET /people`
pub(in crate::http) async fn show_people(
    access: OnInstance<MayOversee>,
    State(context): State<Context>,
    Query(after): Query<DoneQuery>,
) -> Result<Response, PageError> {
    let mut drawn = draw(&context, &access.person, access.rights).await?;
    drawn.done = after.is_done();
    page(&drawn)
}

async fn draw<'a>(context: &Context, person: &SignedIn, rights: Rights) -> Result<PeoplePage<'a>, PageError> {
    let departments = context.store.departments().await?;
    let of_departments = departments.iter().map(|department| Scope::Department(department.number));
    let scopes: Vec<Scope> = std::iter::once(Scope::Instance).chain(of_departments).collect();
    let maker = RowMaker {
        texts: context.texts(),
        departments: &departments,
        visitor: Some(person.staff.session.staff),
        rights,
        changes: None,
    };
    let people =
        context.store.people(&scopes).await?.into_iter().map(|person| maker.person(person)).collect();
    let links = links(context, &maker, &scopes).await?;
    Ok(PeoplePage {
        t: context.texts(),
        frame: WorkFrame::of(person, "tab-people"),
        may_own: rights.may_own(),
        people,
        links,
        departments,
        done: false,
        made: None,
        refused: Refused::default(),
    })
}

/// The page again, with what is wrong.
pub(super) async fn mend(
    context: &Context,
    access: &OnInstance<MayOwn>,
    refused: Refused,
) -> Result<Response, PageError> {
    let mut again = draw(context, &access.person, access.rights).await?;
    again.refused = refused;
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

/// The scope that a form names: nothing for everything, or a department's number.
async fn scope_of(context: &Context, word: &str) -> Result<Scope, PageError> {
    if word.is_empty() {
        return Ok(Scope::Instance);
    }
    let number = DepartmentNumber(word.parse().map_err(|_| HttpError::BadForm)?);
    let is_there = context.store.departments().await?.iter().any(|department| department.number == number);
    if is_there { Ok(Scope::Department(number)) } else { Err(HttpError::BadForm.into()) }
}

/// Owners are of the whole instance.
fn check_place(role: Role, scope: Scope) -> Result<(), HttpError> {
    if role == Role::Owner && scope != Scope::Instance { Err(HttpError::BadForm) } else { Ok(()) }
}

fn done() -> Response {
    Redirect::to("/people?done=1").into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct InviteForm {
    #[serde(default)]
    address: String,
    role: String,
    #[serde(default)]
    scope: String,
}

/// `POST /people`: makes an invitation.
pub(in crate::http) async fn invite(
    access: OnInstance<MayOwn>,
    State(context): State<Context>,
    Form(form): Form<InviteForm>,
) -> Result<Response, PageError> {
    let grant = Grant {
        role: role_to_give(&form.role, access.rights)?,
        scope: scope_of(&context, &form.scope).await?,
    };
    if check_place(grant.role, grant.scope).is_err() {
        return mend(&context, &access, Refused::new(context.texts().get("owner-everywhere"))).await;
    }
    let Some(invited) = Invited::parse(&form.address) else {
        let refused = Refused::new(context.texts().get("address-bad"));
        return mend(&context, &access, refused.typed("address", form.address)).await;
    };
    let by = (access.person.instance_actor(), access.person.visitor.own_origin.as_str());
    let made = make_invitation(&context, by, grant, invited).await?;
    let mut drawn = draw(&context, &access.person, access.rights).await?;
    drawn.made = Some(made);
    page(&drawn)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct RoleForm {
    staff: u32,
    role: String,
    #[serde(default)]
    scope: String,
}

/// `POST /people/role`
pub(in crate::http) async fn change_role(
    access: OnInstance<MayOwn>,
    State(context): State<Context>,
    Form(form): Form<RoleForm>,
) -> Result<Response, PageError> {
    let role = role_to_give(&form.role, access.rights)?;
    let (scope, staff) = (scope_of(&context, &form.scope).await?, StaffNumber(form.staff));
    check_place(role, scope)?;
    if !context.store.people(&[scope]).await?.iter().any(|person| person.staff == staff) {
        return Err(HttpError::BadForm.into());
    }
    let (by, grant) = (access.person.instance_actor(), Grant { role, scope });
    match context.store.give_role(by, staff, grant, context.clock.now()).await? {
        Changed::Done | Changed::Nothing if staff == access.person.staff.session.staff => {
            Ok(Redirect::to("/desk").into_response())
        }
        Changed::Done | Changed::Nothing => Ok(done()),
        Changed::NotAllowed => Err(HttpError::NotAllowed.into()),
        Changed::LastOwner => mend(&context, &access, Refused::new(context.texts().get("last-owner"))).await,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct PersonForm {
    staff: u32,
    #[serde(default)]
    scope: String,
}

/// `POST /people/remove`
pub(in crate::http) async fn remove_person(
    access: OnInstance<MayOwn>,
    State(context): State<Context>,
    Form(form): Form<PersonForm>,
) -> Result<Response, PageError> {
    let scope = scope_of(&context, &form.scope).await?;
    let (by, now) = (access.person.instance_actor(), context.clock.now());
    match context.store.take_role(by, StaffNumber(form.staff), scope, now).await? {
        Changed::Done | Changed::Nothing => Ok(done()),
        Changed::NotAllowed => Err(HttpError::NotAllowed.into()),
        Changed::LastOwner => mend(&context, &access, Refused::new(context.texts().get("last-owner"))).await,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct LeaveForm {
    #[serde(default)]
    scope: String,
}

/// `POST /people/leave`: gives one's own role back.
pub(in crate::http) async fn leave(
    person: SignedIn,
    State(context): State<Context>,
    Form(form): Form<LeaveForm>,
) -> Result<Response, PageError> {
    // On one's own account any scope is named; here a department, or nothing.
    let scope = match form.scope.strip_prefix("conversation:") {
        Some(id) => {
            let id = i64::from_str_radix(id, 16).map_err(|_| HttpError::BadForm)?;
            Scope::Conversation(ConversationId::from_stored(id))
        }
        None => scope_of(&context, &form.scope).await?,
    };
    let (by, staff) = (person.instance_actor(), person.staff.session.staff);
    match context.store.take_role(by, staff, scope, context.clock.now()).await? {
        Changed::Done | Changed::Nothing => Ok(Redirect::to("/account?done=1").into_response()),
        Changed::NotAllowed => Err(HttpError::NotAllowed.into()),
        Changed::LastOwner => Err(HttpError::BadInput(context.texts().get("last-owner")).into()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct LinkForm {
    link: u32,
    #[serde(default)]
    scope: String,
}

/// `POST /people/withdraw`: takes a link back.
pub(in crate::http) async fn withdraw(
    access: OnInstance<MayOwn>,
    State(context): State<Context>,
    Form(form): Form<LinkForm>,
) -> Result<Response, PageError> {
    let scope = scope_of(&context, &form.scope).await?;
    let (by, now) = (access.person.instance_actor(), context.clock.now());
    context.store.withdraw_link(by, form.link, scope, now).await?;
    Ok(done())
}
