//! Results as they stood on a day, under an address that stays; and everybody's votes as rows, once they are out.

use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::access::MayTakePart;
use crate::conversation::{ROWS_NAME, snapshot_name};
use crate::disclosure::{KeptLeftOut, KeptResults};
use crate::edge::{Access, Context, HttpError, PageError, Path, page};
use crate::http::assets;
use crate::http::left_out::left_out_words;
use crate::http::public_frame::{PublicFrame, PublicTab, organiser_or};
use crate::store::StoreError;
use crate::texts::Texts;

use super::reader::{NotRead, Reader};

#[derive(Template)]
#[template(path = "results/snapshot.html")]
struct SnapshotPage<'a> {
    t: &'a Texts,
    style: String,
    frame: PublicFrame,
    kept: KeptResults,
    /// Who wrote the headline.
    organiser: String,
    /// The day on which it was kept.
    day: String,
    /// Nobody takes anything out here: what is not shown any more is left out by itself.
    may_own: bool,
    slug: String,
}

impl SnapshotPage<'_> {
    fn left_out(&self, set: &KeptLeftOut) -> String {
        left_out_words(set.basis, set.people, self.t)
    }
}

/// `GET /c/SLUG/results/on/N`
pub(in crate::http) async fn show_snapshot(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Path((_, number)): Path<(String, u32)>,
) -> Result<Response, NotRead> {
    let reader = Reader::of(&access, &context).await?;
    let board = &reader.board;
    let snapshots = &board.contents.conversation.published.snapshots;
    let snapshot = snapshots.iter().find(|snapshot| snapshot.number == number);
    let snapshot = snapshot.ok_or(HttpError::NotFound).map_err(PageError::from)?;
    let stored = context.store.published_document(access.room.conversation, &snapshot_name(number)).await;
    let stored = stored.map_err(HttpError::from)?.ok_or(HttpError::NotFound)?;
    let mut kept: KeptResults = serde_json::from_str(&stored)
        .map_err(|error| StoreError::damaged(format!("kept results can't be read: {error}")))
        .map_err(HttpError::from)?;
    kept.fill(|number| {
        let shown = board.contents.statement(number).filter(|statement| statement.is_shown)?;
        Some(shown.text.to_string())
    });
    let answer = page(&SnapshotPage {
        t: context.texts(),
        style: assets::url("boule.css"),
        frame: PublicFrame::of(access.slug.as_str(), board, Some(PublicTab::Results), context.texts()),
        day: context.texts().day(&snapshot.at),
        organiser: organiser_or(&kept.organiser, context.texts()),
        slug: access.slug.to_string(),
        may_own: false,
        kept,
    })?;
    Ok(reader.remember(answer))
}

/// `GET /c/SLUG/rows.csv`: everybody's votes, where they were released.
pub(in crate::http) async fn send_rows(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, NotRead> {
    let reader = Reader::of(&access, &context).await?;
    let stored = context.store.published_document(access.room.conversation, ROWS_NAME).await;
    let rows = stored.map_err(HttpError::from)?.ok_or(HttpError::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}-rows.csv\"", access.slug)),
    ];
    Ok(reader.remember((headers, rows).into_response()))
}
