//! Pages about the site itself: as everybody reads them, and as whoever owns the instance fills them in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::assets;
use super::done_query::DoneQuery;
use super::work_frame::WorkFrame;
use crate::access::{MayOversee, MayOwn};
use crate::edge::{Anybody, Context, Form, HttpError, OnInstance, PageError, Query, page, page_with_status};
use crate::texts::{Block, Locale, SitePage, Texts, blocks, has_gaps};

/// The longest page, in bytes.
const MAX_BYTES: usize = 100_000;

#[derive(Template)]
#[template(path = "site-page.html")]
struct ReadPage<'a> {
    t: &'a Texts,
    style: String,
    /// The language that the page is written in.
    language: &'static str,
    blocks: Vec<Block>,
    title: String,
    has_gaps: bool,
}

/// `GET /about/PAGE`
pub(super) async fn show_site_page(
    _: Anybody,
    State(context): State<Context>,
    Path(word): Path<String>,
) -> Result<Response, PageError> {
    let asked = SitePage::parse(&word).ok_or(HttpError::NotFound)?;
    let texts = context.texts();
    let (text, _) = text_of(&context, asked, Locale::current().of_site_pages()).await?;
    let outside = &context.outside;
    let unknown = |what: &str| format!("[{}]", texts.get(what));
    let site = outside.public_url.clone().unwrap_or_else(|| unknown("page-gap-site"));
    let contact = outside.contact.clone().unwrap_or_else(|| unknown("page-gap-contact"));
    let text = text.replace("{site}", &site).replace("{contact}", &contact);
    let blocks = blocks(&text);
    let title = blocks.iter().find_map(|block| match block {
        Block::Title(title) => Some(title.clone()),
        _ => None,
    });
    page(&ReadPage {
        t: texts,
        style: assets::url("boule.css"),
        language: Locale::current().of_site_pages().tag(),
        blocks,
        title: title.unwrap_or_else(|| texts.get(&format!("page-{}", asked.as_str()))),
        has_gaps: has_gaps(&text),
    })
}

/// The text of a page, and whether it is the instance's own.
async fn text_of(context: &Context, asked: SitePage, locale: Locale) -> Result<(String, bool), HttpError> {
    let own = context.store.site_page(asked.as_str(), locale.tag()).await?;
    let is_own = own.is_some();
    Ok((own.unwrap_or_else(|| asked.template(locale).to_owned()), is_own))
}

/// One page in one language, in the list.
struct PageRow {
    word: &'static str,
    name: String,
    language: &'static str,
    language_name: &'static str,
    is_own: bool,
    has_gaps: bool,
}

#[derive(Template)]
#[template(path = "people/site-pages.html")]
struct ListPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    done: bool,
    rows: Vec<PageRow>,
}

/// `GET /pages`
pub(super) async fn show_site_pages(
    access: OnInstance<MayOversee>,
    State(context): State<Context>,
    Query(after): Query<DoneQuery>,
) -> Result<Response, PageError> {
    let texts = context.texts();
    let mut rows = Vec::new();
    for (one, locale) in
        SitePage::ALL.into_iter().flat_map(|one| Locale::WITH_SITE_PAGES.map(|locale| (one, locale)))
    {
        let (text, is_own) = text_of(&context, one, locale).await?;
        rows.push(PageRow {
            word: one.as_str(),
            name: texts.get(&format!("page-{}", one.as_str())),
            language: locale.tag(),
            language_name: locale.name(),
            is_own,
            has_gaps: has_gaps(&text),
        });
    }
    let frame = WorkFrame::of(&access.person, "tab-pages");
    page(&ListPage { t: texts, frame, done: after.is_done(), rows })
}

#[derive(Template)]
#[template(path = "people/site-page.html")]
struct EditPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    word: &'static str,
    name: String,
    language: &'static str,
    language_name: &'static str,
    text: String,
    is_own: bool,
    may_own: bool,
    error: Option<String>,
}

/// Which page, in which language.
fn asked(word: &str, language: &str) -> Result<(SitePage, Locale), HttpError> {
    let locale = Locale::WITH_SITE_PAGES.into_iter().find(|locale| locale.tag() == language);
    SitePage::parse(word).zip(locale).ok_or(HttpError::NotFound)
}

/// `GET /pages/PAGE/LANGUAGE`
pub(super) async fn show_site_page_form(
    access: OnInstance<MayOversee>,
    State(context): State<Context>,
    Path((word, language)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (one, locale) = asked(&word, &language)?;
    let (text, is_own) = text_of(&context, one, locale).await?;
    page(&form(&context, &access, (one, locale), (text, is_own)))
}

fn form<'a, C>(
    context: &Context,
    access: &OnInstance<C>,
    (one, locale): (SitePage, Locale),
    (text, is_own): (String, bool),
) -> EditPage<'a> {
    let texts = context.texts();
    EditPage {
        t: texts,
        frame: WorkFrame::of(&access.person, "tab-pages"),
        word: one.as_str(),
        name: texts.get(&format!("page-{}", one.as_str())),
        language: locale.tag(),
        language_name: locale.name(),
        text,
        is_own,
        may_own: access.rights.may_own(),
        error: None,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SitePageForm {
    #[serde(default)]
    text: String,
    /// Back to what Boule brings.
    reset: Option<String>,
}

/// `POST /pages/PAGE/LANGUAGE`
pub(super) async fn change_site_page(
    access: OnInstance<MayOwn>,
    State(context): State<Context>,
    Path((word, language)): Path<(String, String)>,
    Form(sent): Form<SitePageForm>,
) -> Result<Response, PageError> {
    let (one, locale) = asked(&word, &language)?;
    let text = match sent.reset {
        Some(_) => None,
        None if sent.text.trim().is_empty() || sent.text.len() > MAX_BYTES => {
            let mut again = form(&context, &access, (one, locale), (sent.text, true));
            again.error = Some(context.texts().get("page-bad"));
            return page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &again);
        }
        None => Some(sent.text.replace("\r\n", "\n")),
    };
    let (by, now) = (access.person.instance_actor(), context.clock.now());
    let key = (one.as_str(), locale.tag());
    context.store.change_site_page(by, key, text.as_deref(), now).await?;
    Ok(Redirect::to("/pages?done=1").into_response())
}
