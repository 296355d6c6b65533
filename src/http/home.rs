//! The first page: the instance's public conversations.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::domain::Role;
use crate::edge::{Context, PageError, Query, Visitor, page};
use crate::store::{ConversationSummary, Listing};

use super::assets;
use super::paging::{CONVERSATIONS_PER_PAGE, ListPage, Pages};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    t: &'a Texts,
    style: String,
    role: Role,
    conversations: Vec<ConversationSummary>,
    pages: Pages,
}

/// `GET /`
pub(super) async fn show_home(
    State(context): State<Context>,
    visitor: Visitor,
    Query(list): Query<ListPage>,
) -> Result<Response, PageError> {
    let total = context.store.count_conversations(Listing::Public).await?;
    let pages = Pages::new(list.page, total, CONVERSATIONS_PER_PAGE);
    let conversations = context.store.conversations(Listing::Public, pages.skip(), pages.take()).await?;
    page(&HomePage {
        t: context.texts(),
        style: assets::url("boule.css"),
        role: visitor.role,
        conversations,
        pages,
    })
}
