//! What brings people here: a poster to print, and a picture for the wall of a room.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::assets;
use super::map_view::{MapView, OwnMarks};
use super::public_frame::PublicFrame;
use super::qr::Qr;
use crate::access::MayTakePart;
use crate::domain::Rights;
use crate::edge::{Access, Context, PageError, page};
use crate::live::Counts;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "share/poster.html")]
struct PosterPage<'a> {
    t: &'a Texts,
    style: String,
    frame: PublicFrame,
    /// The address as people type it.
    address: String,
    qr: Qr,
}

#[derive(Template)]
#[template(path = "share/wall.html")]
struct WallPage<'a> {
    t: &'a Texts,
    style: String,
    script: String,
    frame: PublicFrame,
    address: String,
    qr: Qr,
    counts: Counts,
    /// The map, where everybody may see it.
    map: Option<MapView>,
    own: OwnMarks,
    /// What people agree on most surely, where everybody may see that.
    agreed: Option<(String, u32)>,
}

/// An address without what nobody types.
fn typed(address: &str) -> String {
    address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or(address).to_owned()
}

fn address(access: &Access<MayTakePart>) -> String {
    format!("{}/c/{}", access.visitor.own_origin, access.slug)
}

/// `GET /c/SLUG/poster`: a page to print, or to save as PDF.
pub(super) async fn show_poster(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    let board = access.room.board().await?;
    let address = address(&access);
    page(&PosterPage {
        t: context.texts(),
        style: assets::url("boule.css"),
        frame: PublicFrame::of(access.slug.as_str(), &board, None, context.texts()),
        qr: Qr::of(&format!("{address}?by=poster")),
        address: typed(&address),
    })
}

/// `GET /c/SLUG/wall`: for the wall of a room. Everybody there sees it, so it shows what everybody may see.
pub(super) async fn show_wall(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    let board = access.room.board().await?;
    let conversation = &board.contents.conversation;
    let may = conversation.settings.shows_results(conversation.state, Rights::NONE, 0);
    let agreed = match may {
        true => {
            let results = board.results().await;
            let first = results.agree.first().map(|finding| finding.number);
            first.and_then(|number| {
                let [agree, ..] = results.statement(number)?.cells.overall?.percents();
                Some((board.contents.statement(number)?.text.to_string(), agree))
            })
        }
        false => None,
    };
    let address = address(&access);
    page(&WallPage {
        t: context.texts(),
        style: assets::url("boule.css"),
        script: assets::url("wall.js"),
        frame: PublicFrame::of(access.slug.as_str(), &board, None, context.texts()),
        qr: Qr::of(&format!("{address}?by=wall")),
        address: typed(&address),
        counts: board.published.counts,
        map: may.then(|| MapView::new(&board.published, context.texts())),
        own: OwnMarks::nobody(),
        agreed,
    })
}
