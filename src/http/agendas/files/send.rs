//! Sends the published agenda as files to everybody, and the agenda in the making to those who organise.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::access::{MaySeeOrganising, MayTakePart};
use crate::conversation::AgendaChange;
use crate::edge::{Access, Context, HttpError, PageError};
use crate::http::agendas::source::AgendaSource;
use crate::http::agendas::view::AgendaView;
use crate::http::csv_file;
use crate::http::results::{may_read, own};
use crate::texts::Locale;

use super::calendar::calendar;
use super::markdown::markdown;
use super::openslides;
use super::word::document;
use super::written::Written;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// `GET /c/SLUG/agenda.md`
pub(in crate::http) async fn send_markdown(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    let written = published(&access, &context).await?;
    Ok(file(access.slug.as_str(), "md", "text/markdown; charset=utf-8", markdown(&written).into_bytes()))
}

/// `GET /c/SLUG/agenda.csv`: as OpenSlides imports it.
pub(in crate::http) async fn send_openslides(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    csv(access.slug.as_str(), &published(&access, &context).await?)
}

/// `GET /c/SLUG/agenda.docx`
pub(in crate::http) async fn send_word(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    word(access.slug.as_str(), &published(&access, &context).await?)
}

/// `GET /c/SLUG/agenda.ics`: nothing where no date is set.
pub(in crate::http) async fn send_calendar(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    let written = published(&access, &context).await?;
    let id = format!("{}@boule", access.room.conversation);
    let event = calendar(&written, &id, context.clock.now()).ok_or(HttpError::NotFound)?;
    Ok(file(access.slug.as_str(), "ics", "text/calendar; charset=utf-8", event.into_bytes()))
}

/// `GET /o/SLUG/agenda.docx`: with the notes, for whoever leads the talk.
pub(in crate::http) async fn send_draft_word(
    access: Access<MaySeeOrganising>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    word(access.slug.as_str(), &in_the_making(&access, &context).await?)
}

/// `GET /o/SLUG/agenda.csv`: with the notes, as OpenSlides imports it.
pub(in crate::http) async fn send_draft_openslides(
    access: Access<MaySeeOrganising>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    csv(access.slug.as_str(), &in_the_making(&access, &context).await?)
}

fn csv(slug: &str, written: &Written) -> Result<Response, PageError> {
    csv_file::send(
        &format!("{slug}-agenda"),
        &openslides::COLUMNS.map(str::to_owned),
        openslides::rows(written),
    )
}

fn word(slug: &str, written: &Written) -> Result<Response, PageError> {
    let bytes = document(written, Locale::current().direction());
    let bytes = bytes.map_err(|error| HttpError::BadInput(error.to_string()))?;
    Ok(file(slug, "docx", WORD, bytes))
}

fn file(slug: &str, kind: &str, mime: &'static str, bytes: Vec<u8>) -> Response {
    let name = format!("attachment; filename=\"{slug}-agenda.{kind}\"");
    ([(header::CONTENT_TYPE, mime.to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response()
}

/// The published agenda, with what this visitor may read of its votes.
async fn published(access: &Access<MayTakePart>, context: &Context) -> Result<Written, PageError> {
    let board = access.room.board().await?;
    let (_, own_votes) = own(&access.room, &access.visitor).await?;
    let contents = &board.contents;
    let text = &contents.conversation.text;
    let latest = contents.agenda.latest().ok_or(HttpError::NotFound)?;
    let results = board.results().await;
    let told = may_read(access, &contents.conversation, own_votes).then_some(&*results);
    let texts = context.texts();
    let source = AgendaSource::from(latest);
    let view = AgendaView::new(source, contents, told, texts);
    let about = texts.msg("agenda-published-by-nobody").text("at", &texts.moment(&latest.at));
    let about = about.id("version", latest.version).to_string();
    let organiser = text.organiser.text().to_owned();
    let about = [organiser, about].into_iter().filter(|line| !line.is_empty()).collect();
    let address = format!("{}/c/{}/agenda", access.visitor.own_origin, access.slug);
    Ok(Written::new(source, &view, (text.question.text(), about, Some(address)), false, texts))
}

/// The agenda in the making, with its notes.
async fn in_the_making(access: &Access<MaySeeOrganising>, context: &Context) -> Result<Written, PageError> {
    let board = access.room.board().await?;
    let contents = &board.contents;
    let draft = contents.agenda.draft.as_ref().ok_or(HttpError::NotFound)?;
    let changes: Vec<AgendaChange> = draft.changes_by_hand().cloned().collect();
    let source = AgendaSource::of_draft(draft, &changes).ok_or(HttpError::NotFound)?;
    let results = board.results().await;
    let texts = context.texts();
    let view = AgendaView::new(source, contents, Some(&*results), texts);
    let about = vec![texts.get("agenda-unpublished")];
    let question = contents.conversation.text.question.text();
    Ok(Written::new(source, &view, (question, about, None), true, texts))
}
