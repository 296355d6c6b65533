//! The list of conversations, and making a new one.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::domain::{LiveUpdates, ModerationRule, ResultsRule, Role, Settings, Slug};
use crate::http::error::{PageError, page};
use crate::http::extract::Visitor;
use crate::http::paging::{CONVERSATIONS_PER_PAGE, ListPage, Pages};
use crate::http::request::{Form, Query};
use crate::http::{Context, Texts};
use crate::live::{NewConversation, RoomError};
use crate::store::{ConversationSummary, Listing, StoreError};

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
    pub results: ResultsRule,
    pub moderation: ModerationRule,
    /// A checkbox: sent only when ticked.
    pub listed: Option<String>,
}

impl ConversationForm {
    /// A new form, with the default rules.
    fn empty() -> Self {
        let Settings { results, moderation, .. } = Settings::default();
        let (slug, question) = (String::new(), String::new());
        let (description, organiser) = (String::new(), String::new());
        Self { slug, question, description, organiser, results, moderation, listed: Some("on".into()) }
    }

    /// What it asks for; rules that the form has no field for stay as they are.
    pub fn conversation(self, slug: Slug, before: Settings) -> NewConversation {
        let listed = self.listed.is_some();
        let settings = Settings { results: self.results, moderation: self.moderation, listed, ..before };
        let Self { question, description, organiser, .. } = self;
        NewConversation { slug, question, description, organiser, settings }
    }
}

#[derive(Template)]
#[template(path = "organise/conversations.html")]
struct ConversationsPage<'a> {
    t: &'a Texts,
    style: String,
    role: Role,
    conversations: Vec<ConversationSummary>,
    pages: Pages,
    form: ConversationForm,
    error: Option<String>,
}

/// `GET /o`
pub(in crate::http) async fn show_conversations(
    State(context): State<Context>,
    visitor: Visitor,
    Query(list): Query<ListPage>,
) -> Result<Response, PageError> {
    visitor.authorise(Role::may_see_organising)?;
    draw(&context, visitor.role, list, ConversationForm::empty(), None).await
}

/// `POST /o`
pub(in crate::http) async fn create_conversation(
    State(context): State<Context>,
    visitor: Visitor,
    Form(form): Form<ConversationForm>,
) -> Result<Response, PageError> {
    visitor.authorise(Role::may_organise)?;
    let slug = match Slug::parse(form.slug.trim()) {
        Ok(slug) => slug,
        Err(error) => return mend(&context, visitor.role, form, error.to_string()).await,
    };
    let settings = Settings { live: LiveUpdates::Auto, ..Settings::default() };
    let new = form.clone().conversation(slug.clone(), settings);
    match context.gateway.rooms.create(new).await {
        Ok(_) => Ok(Redirect::to(&format!("/o/{slug}")).into_response()),
        Err(RoomError::Rejected(rejection)) => {
            mend(&context, visitor.role, form, rejection.to_string()).await
        }
        Err(RoomError::NotSaved(StoreError::Conflict(why))) => mend(&context, visitor.role, form, why).await,
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
    list: ListPage,
    form: ConversationForm,
    error: Option<String>,
) -> Result<Response, PageError> {
    let total = context.store.count_conversations(Listing::Every).await?;
    let pages = Pages::new(list.page, total, CONVERSATIONS_PER_PAGE);
    let conversations = context.store.conversations(Listing::Every, pages.skip(), pages.take()).await?;
    let style = context.assets.url("boule.css");
    page(&ConversationsPage { t: context.texts, style, role, conversations, pages, form, error })
}
