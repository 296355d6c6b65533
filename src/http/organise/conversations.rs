//! The list of conversations, and making a new one.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::{MayOrganise, MaySeeOrganising, rights_on_instance};
use crate::conversation::{Brief, LiveUpdates, RecordedActor, Settings};
use crate::domain::{DepartmentNumber, Rights, Slug};
use crate::edge::{Context, Form, HttpError, PageError, Query, SignedIn, Staff, page};
use crate::http::conversation_list::ConversationList;
use crate::http::paging::ListPage;
use crate::http::work_frame::WorkFrame;
use crate::instance::Scope;
use crate::live::RoomError;
use crate::store::{Department, Listing};
use crate::texts::Texts;

use super::form::{ConversationForm, slug_of};

#[derive(Template)]
#[template(path = "organise/conversations.html")]
struct ConversationsPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    list: ConversationList,
    /// Where the visitor may make a conversation: on the instance, and in these departments.
    places: Places,
    form: ConversationForm,
    error: Option<String>,
    /// A draft was deleted a moment ago.
    deleted: bool,
}

/// Where somebody may make a conversation.
struct Places {
    /// In no department.
    anywhere: bool,
    departments: Vec<Department>,
}

impl Places {
    async fn of(context: &Context, person: &SignedIn) -> Result<Self, PageError> {
        let grants = &person.staff.session.grants;
        let anywhere = rights_on_instance(grants).may_organise();
        let theirs = |number| {
            anywhere
                || grants.iter().any(|grant| {
                    grant.scope == Scope::Department(number) && Rights::from(grant.role).may_organise()
                })
        };
        let mut departments = context.store.departments().await?;
        departments.retain(|department| theirs(department.number));
        Ok(Self { anywhere, departments })
    }

    fn is_empty(&self) -> bool {
        !self.anywhere && self.departments.is_empty()
    }

    /// The department that a form names, if it may.
    fn named(&self, word: &str) -> Result<Option<DepartmentNumber>, HttpError> {
        if word.is_empty() {
            return if self.anywhere { Ok(None) } else { Err(HttpError::NotAllowed) };
        }
        let named = self.departments.iter().find(|department| department.number.to_string() == word);
        named.map(|department| Some(department.number)).ok_or(HttpError::NotAllowed)
    }
}

/// `GET /o`
pub(in crate::http) async fn show_conversations(
    Staff { person, .. }: Staff<MaySeeOrganising>,
    State(context): State<Context>,
    Query(list): Query<ListPage>,
) -> Result<Response, PageError> {
    draw(&context, &person, list, ConversationForm::empty(context.texts()), None).await
}

/// `POST /o`
pub(in crate::http) async fn create_conversation(
    Staff { person, .. }: Staff<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<ConversationForm>,
) -> Result<Response, PageError> {
    let department = Places::of(&context, &person).await?.named(&form.department)?;
    let slug = match free_slug(&context, &form).await? {
        Ok(slug) => slug,
        Err(error) => return mend(&context, &person, form, error).await,
    };
    let settings = Settings { live: LiveUpdates::Auto, ..Settings::default() };
    let before = Brief { policy: context.texts().default_policy(), settings, ..Brief::default() };
    let by = RecordedActor::Staff(person.staff.session.staff);
    match context.rooms.create(by, slug.clone(), &form.clone().brief(before)?).await {
        Ok(room) => {
            if department.is_some() {
                let (by, now) = (person.instance_actor(), context.clock.now());
                context.store.assign_conversation(by, room.conversation, department, now).await?;
            }
            Ok(Redirect::to(&format!("/o/{slug}")).into_response())
        }
        Err(RoomError::Rejected(rejection)) => {
            mend(&context, &person, form, context.texts().refusal(&rejection)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The address that was typed; where none was, one that is made of the question and that nobody has.
async fn free_slug(context: &Context, form: &ConversationForm) -> Result<Result<Slug, String>, PageError> {
    if !form.slug.trim().is_empty() {
        return Ok(Slug::parse(form.slug.trim()).map_err(|error| context.texts().bad_address(&error)));
    }
    let made = slug_of(&form.question);
    for n in 1..100 {
        let text = if n == 1 { made.clone() } else { format!("{made}-{n}") };
        let Ok(slug) = Slug::parse(&text) else { break };
        if context.store.conversation(&slug).await?.is_none() {
            return Ok(Ok(slug));
        }
    }
    Ok(Err(context.texts().get("form-slug-needed")))
}

/// The form again, with what is wrong about it.
async fn mend(
    context: &Context,
    person: &SignedIn,
    form: ConversationForm,
    error: String,
) -> Result<Response, PageError> {
    let mut response = draw(context, person, ListPage::default(), form, Some(error)).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn draw(
    context: &Context,
    person: &SignedIn,
    asked: ListPage,
    form: ConversationForm,
    error: Option<String>,
) -> Result<Response, PageError> {
    let theirs = Listing::Organised(person.staff.session.staff);
    let list = ConversationList::read(&context.store, theirs, asked).await?;
    let (t, frame) = (context.texts(), WorkFrame::of(person, "tab-conversations"));
    let (places, deleted) = (Places::of(context, person).await?, asked.deleted.is_some());
    page(&ConversationsPage { t, frame, list, places, form, error, deleted })
}
