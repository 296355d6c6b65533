//! The first page: the instance's public conversations.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::domain::Role;
use crate::store::ConversationSummary;

use super::error::{PageError, page};
use super::extract::Visitor;
use super::{Context, Texts};

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    t: &'a Texts,
    style: String,
    role: Role,
    conversations: Vec<ConversationSummary>,
}

/// `GET /`
pub(super) async fn show_home(
    State(context): State<Context>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let mut conversations = context.store.conversations().await?;
    conversations.retain(|conversation| conversation.listed && conversation.state != "draft");
    page(&HomePage {
        t: context.texts,
        style: context.assets.url("boule.css"),
        role: visitor.role,
        conversations,
    })
}
