//! First statements: one by one, or many from a file, which are shown before they are added.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::MayOrganise;
use crate::conversation::{Act, SeedVerdict, SeedsAct};
use crate::domain::{Slug, StatementNumber, clean_line};
use crate::edge::{Access, Context, Form, HttpError, Multipart, PageError, page};
use crate::exchange::csv::{Delimiter, Encoding};
use crate::exchange::csv::{Problem, SheetError};
use crate::exchange::seeds::{MAX_SEEDS, Question, Seed, SeedList, SeedPart, SeedsError, read_seeds};
use crate::http::refused::Refused;
use crate::http::work_frame::WorkFrame;
use crate::live::{RoomError, RoomHandle};
use crate::texts::Texts;

use super::one::mend;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct SeedForm {
    text: String,
    /// A checkbox: sent only when ticked.
    meta: Option<String>,
}

/// `POST /o/SLUG/seed`
pub(in crate::http) async fn add_seed(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Form(form): Form<SeedForm>,
) -> Result<Response, PageError> {
    match access.try_act(Act::seed(form.text.clone(), form.meta.is_some())).await? {
        Ok(_) => Ok(Redirect::to(&format!("/o/{}?added=1#seeds", access.slug)).into_response()),
        Err(RoomError::Rejected(why)) => {
            let refused = Refused::because(&why, context.texts());
            mend(&context, &access, refused.typed("seed-text", form.text)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// What is sent of a file: the file itself, or its text again with the answer to a question.
#[derive(Default)]
struct Upload {
    name: String,
    bytes: Vec<u8>,
    part: SeedPart,
    /// How the file was written, when it is sent again as text.
    encoding: Option<Encoding>,
}

impl Upload {
    async fn read(Multipart(mut form): Multipart) -> Result<Self, HttpError> {
        let mut sent = Self::default();
        let (mut column, mut has_header) = (None, false);
        while let Some(field) = form.next_field().await? {
            match field.name().unwrap_or_default() {
                "column" => column = Some(field.text().await?),
                "header" => has_header = true,
                "name" => sent.name = field.text().await?,
                "encoding" => sent.encoding = Encoding::of_code(&field.text().await?),
                _ => {
                    if let Some(name) = field.file_name() {
                        sent.name = name.to_owned();
                    }
                    sent.bytes = field.bytes().await?.to_vec();
                }
            }
        }
        sent.part = match column.as_deref() {
            None => SeedPart::Known,
            Some("lines") => SeedPart::Lines,
            Some(number) => match number.parse() {
                Ok(number) => SeedPart::Column(number, has_header),
                Err(_) => return Err(HttpError::BadForm),
            },
        };
        Ok(sent)
    }
}

/// Why a list of statements can't be read.
fn words_of_list(error: &SeedsError, texts: &Texts) -> String {
    let row = |line: u64, problem: &Problem| {
        let what = match problem {
            Problem::TextAfterQuote => texts.get("list-text-after-quote"),
            Problem::QuoteNeverClosed => texts.get("list-open-quote"),
            _ => texts.get("list-too-long"),
        };
        texts.msg("list-row").id("line", line).text("what", &what).to_string()
    };
    match error {
        SeedsError::Sheet(SheetError::NotText) => texts.get("list-not-text"),
        SeedsError::Sheet(SheetError::NotAWorkbook) => texts.get("list-no-workbook"),
        SeedsError::Sheet(SheetError::WorkbookTooLarge) => texts.get("list-workbook-too-large"),
        SeedsError::Sheet(SheetError::Row { line, problem }) => row(*line, problem),
        SeedsError::Empty | SeedsError::Which(_) => texts.get("list-empty"),
        SeedsError::TooMany => texts.msg("list-too-many").num("max", MAX_SEEDS).to_string(),
    }
}

/// A line of a file, and what would become of it.
struct Line {
    line: u64,
    text: String,
    fate: SeedFate,
}

enum SeedFate {
    New,
    Here(StatementNumber),
    Repeats(u64),
    Bad(String),
}

struct Preview {
    name: String,
    lines: Vec<Line>,
    new: usize,
    here: usize,
    bad: usize,
    how: String,
    /// What will be added, as JSON.
    statements: String,
}

#[derive(Template)]
#[template(path = "organise/seeds-preview.html")]
struct PreviewPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: &'a Slug,
    view: Preview,
}

#[derive(Template)]
#[template(path = "organise/seeds-question.html")]
struct QuestionPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: &'a Slug,
    name: &'a str,
    question: &'a Question,
}

/// `POST /o/SLUG/seeds`: shows what a file would add, or asks which column holds the statements.
pub(in crate::http) async fn preview_seeds(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    form: Multipart,
) -> Result<Response, PageError> {
    let sent = Upload::read(form).await?;
    let frame = WorkFrame::around(&access, "tab-run").await?;
    // Away from those who serve others: a workbook is unpacked.
    let (bytes, part) = (sent.bytes, sent.part);
    let read = tokio::task::spawn_blocking(move || read_seeds(&bytes, part)).await;
    match read.map_err(|_| HttpError::BadForm)? {
        Ok(list) => {
            let list = SeedList { encoding: sent.encoding.unwrap_or(list.encoding), ..list };
            let view = judged(&access.room, sent.name, list, context.texts()).await?;
            page(&PreviewPage { t: context.texts(), frame, slug: &access.slug, view })
        }
        Err(SeedsError::Which(question)) => {
            let (name, question) = (sent.name.as_str(), &question);
            page(&QuestionPage { t: context.texts(), frame, slug: &access.slug, name, question })
        }
        Err(error) => mend(&context, &access, Refused::new(words_of_list(&error, context.texts()))).await,
    }
}

/// What the conversation says of each line.
async fn judged(
    room: &RoomHandle,
    name: String,
    list: SeedList,
    texts: &Texts,
) -> Result<Preview, HttpError> {
    let how = how_it_was_read(&list, texts);
    let seeds = list.seeds;
    let wanted: Vec<String> = seeds.iter().map(|seed| seed.text.clone()).collect();
    let verdicts = room.read(move |state| state.desk.judge_seeds(&wanted)).await?;
    let line_of = |index: usize| seeds.get(index).map_or(0, |seed: &Seed| seed.line);
    let mut new = Vec::new();
    let line = |(seed, verdict): (&Seed, SeedVerdict)| {
        let fate = match verdict {
            SeedVerdict::New(text) => {
                new.push(text);
                SeedFate::New
            }
            SeedVerdict::Here(number) => SeedFate::Here(number),
            SeedVerdict::Repeats(index) => SeedFate::Repeats(line_of(index)),
            SeedVerdict::Bad(why) => SeedFate::Bad(texts.refusal(&why)),
        };
        Line { line: seed.line, text: clean_line(&seed.text), fate }
    };
    let lines: Vec<Line> = seeds.iter().zip(verdicts).map(line).collect();
    let bad = lines.iter().filter(|line| matches!(line.fate, SeedFate::Bad(_))).count();
    let statements = serde_json::to_string(&new).map_err(|_| HttpError::BadForm)?;
    let here = lines.len() - new.len() - bad;
    Ok(Preview { name, new: new.len(), here, bad, how, statements, lines })
}

fn how_it_was_read(list: &SeedList, texts: &Texts) -> String {
    let letters = match list.encoding {
        Encoding::Utf8 => "read-utf8",
        Encoding::Utf16 => "read-utf16",
        Encoding::Windows1252 => "read-windows",
        Encoding::Workbook => "read-workbook",
    };
    let parted = match list.delimiter {
        Some(Delimiter::Comma) => "read-commas",
        Some(Delimiter::Semicolon) => "read-semicolons",
        Some(Delimiter::Tab) => "read-tabs",
        None => "read-one-column",
    };
    let column = match &list.column {
        Some(name) => texts.msg("read-column").text("name", name).to_string(),
        None => texts.get("read-no-heading"),
    };
    let parted = if list.encoding == Encoding::Workbook { String::new() } else { texts.get(parted) };
    [texts.get(letters), parted, column]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// `POST /o/SLUG/seeds/add`: adds what was shown, all or none. What came in meanwhile is passed over.
pub(in crate::http) async fn add_seeds(
    access: Access<MayOrganise>,
    State(context): State<Context>,
    Multipart(mut form): Multipart,
) -> Result<Response, PageError> {
    let mut texts: Vec<String> = Vec::new();
    while let Some(field) = form.next_field().await.map_err(HttpError::from)? {
        if field.name() == Some("statements") {
            let json = field.text().await.map_err(HttpError::from)?;
            texts = serde_json::from_str(&json).map_err(|_| HttpError::BadForm)?;
        }
    }
    if texts.is_empty() || texts.len() > MAX_SEEDS {
        return Err(HttpError::BadForm.into());
    }
    match access.try_act(SeedsAct::AddMany(texts)).await? {
        Ok(saved) => {
            let (added, here) = saved.counts();
            let to = format!("/o/{}?added={added}&here={here}#seeds", access.slug);
            Ok(Redirect::to(&to).into_response())
        }
        Err(RoomError::Rejected(why)) => {
            let why = context
                .texts()
                .msg("seeds-none-added")
                .text("why", &context.texts().refusal(&why))
                .to_string();
            mend(&context, &access, Refused::new(why)).await
        }
        Err(error) => Err(error.into()),
    }
}
