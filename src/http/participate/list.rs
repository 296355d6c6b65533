//! All statements as a list, a page at a time, each with its answers: for those who would rather choose what to
//! vote on than be asked.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use crate::access::MayTakePart;
use crate::conversation::ConversationState;
use crate::domain::ParticipantNumber;
use crate::edge::{Access, Context, PageError, Query, page};
use crate::http::assets;
use crate::http::paging::Pages;
use crate::http::public_frame::{PublicFrame, PublicTab};
use crate::live::RoomState;
use crate::texts::Texts;

use super::card::{Card, card};

/// Statements on a page.
const PER_PAGE: usize = 20;

/// Which page is asked for, and what was done on it.
#[derive(Debug, Default, Deserialize)]
pub(in crate::http) struct ListQuery {
    page: Option<usize>,
    /// A vote on this statement was saved.
    voted: Option<u32>,
}

struct View {
    is_open: bool,
    asks_important: bool,
    voted: u32,
    pages: Pages,
    cards: Vec<Card>,
}

#[derive(Template)]
#[template(path = "participate/list.html")]
struct ListPage<'a> {
    t: &'a Texts,
    style: String,
    frame: PublicFrame,
    view: View,
    /// The version of the information that is offered to be read; 0 for none.
    pack: u32,
    saved: Option<u32>,
}

impl ListPage<'_> {
    /// Whether this statement's vote was saved a moment ago.
    fn is_saved(&self, card: &Card) -> bool {
        self.saved == Some(card.shown.number.0)
    }

    /// The address of a page, to which its number is added.
    fn href(&self) -> String {
        format!("/c/{}/list?page=", self.frame.slug)
    }
}

/// `GET /c/SLUG/list`
pub(in crate::http) async fn show_list(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Query(asked): Query<ListQuery>,
) -> Result<Response, PageError> {
    let Access { slug, room, visitor, .. } = &access;
    let identity = visitor.identity;
    let board = room.board().await?;
    let view = room.read(move |state| {
        let participant = identity.and_then(|token| state.desk.participant_of(&token));
        view(state, participant, asked.page)
    });
    let view = view.await?;
    page(&ListPage {
        t: context.texts(),
        style: assets::url("boule.css"),
        frame: PublicFrame::of(slug.as_str(), &board, Some(PublicTab::Vote), context.texts()).within(),
        pack: board.contents.conversation.published.version_to_read(),
        saved: asked.voted,
        view,
    })
}

fn view(state: &RoomState, participant: Option<ParticipantNumber>, asked: Option<usize>) -> View {
    let record = &state.desk.record;
    let pages = Pages::new(asked, record.asked().count(), PER_PAGE);
    let shown = record.asked().skip(pages.skip()).take(pages.take());
    let cards = shown.filter_map(|statement| Some(card(state, participant, state.shown(statement.number)?)));
    View {
        is_open: record.conversation.state == ConversationState::Open,
        asks_important: record.conversation.settings.important,
        voted: state.progress(participant).voted,
        cards: cards.collect(),
        pages,
    }
}
