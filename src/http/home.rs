//! The first page: the instance's public conversations.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::rights_anywhere;
use crate::domain::Rights;
use crate::edge::{Context, PageError, Query, Visitor, page};
use crate::store::Listing;

use super::assets;
use super::conversation_list::ConversationList;
use super::paging::ListPage;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage<'a> {
    t: &'a Texts,
    style: String,
    rights: Rights,
    list: ConversationList,
}

/// `GET /`
pub(super) async fn show_home(
    visitor: Visitor,
    State(context): State<Context>,
    Query(asked): Query<ListPage>,
) -> Result<Response, PageError> {
    let list = ConversationList::read(&context.store, Listing::Public, asked).await?;
    let rights = rights_anywhere(visitor.grants());
    page(&HomePage { t: context.texts(), style: assets::url("boule.css"), rights, list })
}
