//! What is kept of a conversation that was deleted: its published results, and what had been promised.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::{MayOwn, rights_on_instance};
use crate::disclosure::{KeptLeftOut, KeptResults};
use crate::domain::{Slug, StatementNumber, Timestamp};
use crate::edge::{Context, Form, HttpError, OnInstance, PageError, Visitor, page};
use crate::store::StoreError;
use crate::texts::Texts;

use super::assets;
use super::left_out::left_out_words;

#[derive(Template)]
#[template(path = "kept.html")]
struct KeptPage<'a> {
    t: &'a Texts,
    style: String,
    slug: String,
    kept: KeptResults,
    deleted: String,
    /// Whether the visitor may take a statement out of it.
    may_own: bool,
}

impl KeptPage<'_> {
    /// Whether anything was said of what happens with the answers.
    fn has_promise(&self) -> bool {
        let kept = &self.kept;
        let is_said = [&kept.decides, &kept.promise].iter().any(|words| !words.is_empty());
        is_said || kept.influence.is_some() || !kept.steps.is_empty() || !kept.changes.is_empty()
    }

    fn left_out(&self, set: &KeptLeftOut) -> String {
        left_out_words(set.basis, set.people, self.t)
    }

    fn influence(&self) -> Option<String> {
        let level = self.kept.influence?;
        Some(self.t.get(&format!("influence-{}", level.as_str())))
    }
}

/// What is kept under an address, and since when.
async fn read(context: &Context, slug: &Slug) -> Result<(KeptResults, Timestamp), HttpError> {
    let (kept, at) = context.store.kept_results(slug).await?.ok_or(HttpError::NotFound)?;
    let kept = serde_json::from_str(&kept)
        .map_err(|error| StoreError::damaged(format!("kept results can't be read: {error}")))?;
    Ok((kept, at))
}

/// `GET /kept/SLUG`
pub(super) async fn show_kept(
    visitor: Visitor,
    State(context): State<Context>,
    Path(slug): Path<String>,
) -> Result<Response, PageError> {
    let slug = Slug::parse(&slug).map_err(|_| HttpError::NotFound)?;
    let (kept, at) = read(&context, &slug).await?;
    let texts = context.texts();
    page(&KeptPage {
        t: texts,
        style: assets::url("boule.css"),
        slug: slug.to_string(),
        kept,
        deleted: texts.day(&at),
        may_own: rights_on_instance(visitor.grants()).may_own(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ErasedForm {
    statement: StatementNumber,
}

/// `POST /kept/SLUG/erase`: a statement goes out of it. Its author can't do so any more: the link to them is gone.
pub(super) async fn erase_kept(
    access: OnInstance<MayOwn>,
    State(context): State<Context>,
    Path(slug): Path<String>,
    Form(form): Form<ErasedForm>,
) -> Result<Response, PageError> {
    let slug = Slug::parse(&slug).map_err(|_| HttpError::NotFound)?;
    let (by, now) = (access.person.instance_actor(), context.clock.now());
    let erase = |kept: &str| KeptResults::stored_without(kept, form.statement);
    context.store.erase_kept_statement(by, (&slug, form.statement), erase, now).await?;
    Ok(Redirect::to(&format!("/kept/{slug}")).into_response())
}
