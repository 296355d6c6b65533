//! What is kept of a conversation that was deleted: its published results, and what had been promised.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;

use crate::disclosure::KeptResults;
use crate::domain::Slug;
use crate::edge::{Anybody, Context, HttpError, PageError, page};
use crate::store::StoreError;
use crate::texts::Texts;

use super::assets;

#[derive(Template)]
#[template(path = "kept.html")]
struct KeptPage<'a> {
    t: &'a Texts,
    style: String,
    kept: KeptResults,
    deleted: String,
}

impl KeptPage<'_> {
    fn influence(&self) -> Option<String> {
        let level = self.kept.influence?;
        Some(self.t.get(&format!("influence-{}", level.as_str())))
    }
}

/// `GET /kept/SLUG`
pub(super) async fn show_kept(
    _: Anybody,
    State(context): State<Context>,
    Path(slug): Path<String>,
) -> Result<Response, PageError> {
    let slug = Slug::parse(&slug).map_err(|_| HttpError::NotFound)?;
    let (kept, at) = context.store.kept_results(&slug).await?.ok_or(HttpError::NotFound)?;
    let kept: KeptResults = serde_json::from_str(&kept)
        .map_err(|error| StoreError::damaged(format!("kept results can't be read: {error}")))?;
    let texts = context.texts();
    page(&KeptPage { t: texts, style: assets::url("boule.css"), kept, deleted: texts.day(&at) })
}
