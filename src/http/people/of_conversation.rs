//! The people of one conversation.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::invite::{Invited, NewLink, make_invitation, make_link};
use super::rows::{LinkRow, PersonRow, RowMaker, links, role_to_give};
use crate::access::{MayOrganise, MaySeeModeration, MaySeeOrganising};
use crate::conversation::ConversationState;
use crate::domain::{DepartmentNumber, Role, StaffNumber};
use crate::edge::{Access, Context, Form, HttpError, NoFields, PageError, Query, page, page_with_status};
use crate::http::done_query::DoneQuery;
use crate::http::refused::Refused;
use crate::http::work_frame::WorkFrame;
use crate::instance::{Grant, LinkPurpose, Scope};
use crate::store::{Changed, Department};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "people/conversation.html")]
struct PeoplePage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: String,
    may_organise: bool,
    /// Whether the visitor may say to which department it belongs.
    may_assign: bool,
    people: Vec<PersonRow>,
    links: Vec<LinkRow>,
    departments: Vec<Department>,
    department: Option<DepartmentNumber>,
    done: bool,
    made: Option<NewLink>,
    refused: Refused,
}

impl PeoplePage<'_> {
    /// Where its forms go.
    fn action(&self) -> String {
        format!("/o/{}/people", self.slug)
    }
}

/// `GET /o/SLUG/people`
pub(in crate::http) async fn show_people(
    access: Access<MaySeeOrganising>,
    State(context): State<Context>,
    Query(after): Query<DoneQuery>,
) -> Result<Response, PageError> {
    let mut drawn = draw(&context, &access).await?;
    drawn.done = after.is_done();
    page(&drawn)
}

async fn draw<'a, C>(context: &Context, access: &Access<C>) -> Result<PeoplePage<'a>, PageError> {
    let scope = Scope::Conversation(access.room.conversation);
    let department = context.store.department_of(access.room.conversation).await?;
    let departments = context.store.departments().await?;
    let above = department.map(Scope::Department);
    let scopes: Vec<Scope> = [Some(Scope::Instance), above, Some(scope)].into_iter().flatten().collect();
    let frame = WorkFrame::around(access, "tab-people").await?;
    let maker = RowMaker {
        texts: context.texts(),
        departments: &departments,
        visitor: access.visitor.signed_in().map(|staff| staff.session.staff),
        rights: access.rights,
        changes: Some(scope),
    };
    let people =
        context.store.people(&scopes).await?.into_iter().map(|person| maker.person(person)).collect();
    let links = links(context, &maker, &[scope]).await?;
    Ok(PeoplePage {
        t: context.texts(),
        slug: access.slug.to_string(),
        may_organise: access.rights.may_organise(),
        may_assign: frame.instance.may_organise() && !departments.is_empty(),
        frame,
        people,
        links,
        departments,
        department,
        done: false,
        made: None,
        refused: Refused::default(),
    })
}

/// The page again, with what is wrong.
pub(super) async fn mend<C>(
    context: &Context,
    access: &Access<C>,
    refused: Refused,
) -> Result<Response, PageError> {
    let mut again = draw(context, access).await?;
    again.refused = refused;
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &again)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct InviteForm {
    #[serde(default)]
    address: String,
    role: String,
}

/// `POST /o/SLUG/people`: makes an invitation.
pub(in crate::http) async fn invite(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<InviteForm>,
) -> Result<Response, PageError> {
    let role = role_to_give(&form.role, access.rights)?;
    let Some(invited) = Invited::parse(&form.address) else {
        let refused = Refused::new(context.texts().get("address-bad"));
        return mend(&context, &access, refused.typed("address", form.address)).await;
    };
    // The instance has owners; a conversation has organisers.
    if role == Role::Owner {
        return Err(HttpError::BadForm.into());
    }
    let grant = Grant { role, scope: Scope::Conversation(access.room.conversation) };
    let by = (access.instance_actor()?, access.visitor.own_origin.as_str());
    let made = make_invitation(&context, by, grant, invited).await?;
    let mut drawn = draw(&context, &access).await?;
    drawn.made = Some(made);
    page(&drawn)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct RoleForm {
    staff: u32,
    role: String,
}

/// `POST /o/SLUG/people/role`
pub(in crate::http) async fn change_role(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<RoleForm>,
) -> Result<Response, PageError> {
    let role = role_to_give(&form.role, access.rights)?;
    let (scope, staff) = (Scope::Conversation(access.room.conversation), StaffNumber(form.staff));
    let is_of_here = context.store.people(&[scope]).await?.iter().any(|person| person.staff == staff);
    if role == Role::Owner || !is_of_here {
        return Err(HttpError::BadForm.into());
    }
    let by = access.instance_actor()?;
    let changed = context.store.give_role(by, staff, Grant { role, scope }, context.clock.now()).await?;
    done(&access, staff, changed)
}

/// Back to the page; or to where they still work, for whoever has changed their own role.
fn done(access: &Access<MayOrganise>, staff: StaffNumber, changed: Changed) -> Result<Response, PageError> {
    if changed == Changed::NotAllowed {
        return Err(HttpError::NotAllowed.into());
    }
    let is_own = access.visitor.signed_in().is_some_and(|visitor| visitor.session.staff == staff);
    let to = if is_own { "/desk".to_owned() } else { format!("/o/{}/people?done=1", access.slug) };
    Ok(Redirect::to(&to).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct PersonForm {
    staff: u32,
}

/// `POST /o/SLUG/people/remove`
pub(in crate::http) async fn remove_person(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<PersonForm>,
) -> Result<Response, PageError> {
    let scope = Scope::Conversation(access.room.conversation);
    let (by, now) = (access.instance_actor()?, context.clock.now());
    let staff = StaffNumber(form.staff);
    let changed = context.store.take_role(by, staff, scope, now).await?;
    done(&access, staff, changed)
}

/// `POST /o/SLUG/people/leave`
pub(in crate::http) async fn leave(
    access: Access<MaySeeModeration>,
    State(context): State<Context>,
    _: NoFields,
) -> Result<Response, PageError> {
    let scope = Scope::Conversation(access.room.conversation);
    let staff = access.visitor.signed_in().ok_or(HttpError::SignIn)?.session.staff;
    match context.store.take_role(access.instance_actor()?, staff, scope, context.clock.now()).await? {
        Changed::Done => Ok(Redirect::to("/account?done=1").into_response()),
        Changed::Nothing | Changed::LastOwner | Changed::NotAllowed => {
            Err(HttpError::BadInput(context.texts().get("leave-not-here")).into())
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct LinkForm {
    link: u32,
}

/// `POST /o/SLUG/people/withdraw`: takes a link back.
pub(in crate::http) async fn withdraw(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<LinkForm>,
) -> Result<Response, PageError> {
    let scope = Scope::Conversation(access.room.conversation);
    let (by, now) = (access.instance_actor()?, context.clock.now());
    context.store.withdraw_link(by, form.link, scope, now).await?;
    Ok(Redirect::to(&format!("/o/{}/people?done=1", access.slug)).into_response())
}

/// `POST /o/SLUG/preview`: a link that shows the draft to whoever has it.
pub(in crate::http) async fn make_preview_link(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    _: NoFields,
) -> Result<Response, PageError> {
    let is_draft = access.room.peek(|published| published.state == ConversationState::Draft);
    if !is_draft {
        return mend(&context, &access, Refused::new(context.texts().error("not_draft"))).await;
    }
    let purpose = LinkPurpose::Preview(Scope::Conversation(access.room.conversation));
    let by = (access.instance_actor()?, access.visitor.own_origin.as_str());
    let made = make_link(&context, by, purpose, None, &format!("/preview/{}", access.slug)).await?;
    let mut drawn = draw(&context, &access).await?;
    drawn.made = Some(made);
    page(&drawn)
}
