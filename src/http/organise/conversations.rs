//! The list of conversations, and making a new one.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::{MayOrganise, MaySeeOrganising};
use crate::conversation::{Brief, LiveUpdates, RecordedActor, ResultsRule, Settings};
use crate::domain::{ModerationRule, Role, Slug};
use crate::edge::{Context, Form, HttpError, PageError, Query, Staff, page};
use crate::http::assets;
use crate::http::conversation_list::ConversationList;
use crate::http::paging::ListPage;
use crate::live::RoomError;
use crate::store::Listing;
use crate::texts::Texts;

/// The words and rules of a conversation, as the form sends them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct ConversationForm {
    #[serde(default)]
    pub slug: String,
    pub question: String,
    #[serde(default)]
    pub description: String,
    pub organiser: String,
    /// Missing where it is fixed.
    pub promise: Option<String>,
    /// A rule a line; missing where they are fixed.
    pub policy: Option<String>,
    pub results: ResultsRule,
    pub moderation: ModerationRule,
    /// A checkbox: sent only when ticked.
    pub listed: Option<String>,
}

impl ConversationForm {
    /// A new form, with the default rules.
    fn empty(texts: &Texts) -> Self {
        Self::of(&Brief { policy: texts.default_policy(), ..Brief::default() }, false)
    }

    /// A form that says what is so. What was promised at the opening has no field afterwards.
    pub fn of(brief: &Brief, fixed: bool) -> Self {
        let Settings { results, moderation, listed, .. } = brief.settings;
        Self {
            slug: String::new(),
            question: brief.question.clone(),
            description: brief.description.clone(),
            organiser: brief.organiser.clone(),
            promise: (!fixed).then(|| brief.promise.clone()),
            policy: (!fixed).then(|| brief.policy.join("\n")),
            results,
            moderation,
            listed: listed.then(|| "on".into()),
        }
    }

    /// What it asks for; what the form has no field for stays as it is.
    pub fn brief(self, before: Brief) -> Brief {
        let listed = self.listed.is_some();
        let settings =
            Settings { results: self.results, moderation: self.moderation, listed, ..before.settings };
        let Self { question, description, organiser, .. } = self;
        let promise = self.promise.unwrap_or(before.promise);
        let policy = self.policy.map(|rules| rules.lines().map(str::to_owned).collect());
        let policy = policy.unwrap_or(before.policy);
        Brief { question, description, organiser, promise, policy, schedule: before.schedule, settings }
    }
}

#[derive(Template)]
#[template(path = "organise/conversations.html")]
struct ConversationsPage<'a> {
    t: &'a Texts,
    style: String,
    role: Role,
    list: ConversationList,
    form: ConversationForm,
    error: Option<String>,
    /// A draft was deleted a moment ago.
    deleted: bool,
}

/// `GET /o`
pub(in crate::http) async fn show_conversations(
    Staff { visitor, .. }: Staff<MaySeeOrganising>,
    State(context): State<Context>,
    Query(list): Query<ListPage>,
) -> Result<Response, PageError> {
    draw(&context, visitor.role, list, ConversationForm::empty(context.texts()), None).await
}

/// `POST /o`
pub(in crate::http) async fn create_conversation(
    Staff { visitor, .. }: Staff<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<ConversationForm>,
) -> Result<Response, PageError> {
    let slug = match Slug::parse(form.slug.trim()) {
        Ok(slug) => slug,
        Err(error) => return mend(&context, visitor.role, form, context.texts().bad_address(&error)).await,
    };
    let settings = Settings { live: LiveUpdates::Auto, ..Settings::default() };
    let before = Brief { policy: context.texts().default_policy(), settings, ..Brief::default() };
    let by = RecordedActor::Staff(visitor.staff.ok_or(HttpError::NotAllowed)?);
    match context.rooms.create(by, slug.clone(), &form.clone().brief(before)).await {
        Ok(_) => Ok(Redirect::to(&format!("/o/{slug}")).into_response()),
        Err(RoomError::Rejected(rejection)) => {
            mend(&context, visitor.role, form, context.texts().refusal(&rejection)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The form again, with what is wrong about it.
async fn mend(
    context: &Context,
    role: Role,
    form: ConversationForm,
    error: String,
) -> Result<Response, PageError> {
    let mut response = draw(context, role, ListPage::default(), form, Some(error)).await?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

async fn draw(
    context: &Context,
    role: Role,
    asked: ListPage,
    form: ConversationForm,
    error: Option<String>,
) -> Result<Response, PageError> {
    let list = ConversationList::read(&context.store, Listing::Every, asked).await?;
    let (style, deleted) = (assets::url("boule.css"), asked.deleted.is_some());
    page(&ConversationsPage { t: context.texts(), style, role, list, form, error, deleted })
}
