//! The table of all statements: words to find, what to show, an order, and a page at a time.

use std::cmp::Reverse;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use crate::access::MayTakePart;
use crate::disclosure::{Results, StatementResult};
use crate::domain::{Choice, StatementNumber, clean_line};
use crate::edge::{Access, Context, PageError, Query};
use crate::http::assets;
use crate::http::drawn::send;
use crate::http::paging::Pages;
use crate::http::public_frame::{PublicFrame, PublicTab};
use crate::live::{Board, Page};
use crate::texts::{Locale, RequestLocale, Texts};

use super::reader::{NotRead, Reader};
use super::rows::{ResultRows, Row};

/// Statements on a page.
const ROWS_PER_PAGE: usize = 28;
/// The longest text that is looked for.
const MOST_SOUGHT: usize = 100;

/// The order of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Sort {
    /// By number.
    #[default]
    Number,
    /// Most agreed with first.
    Agree,
    /// Most disagreed with first.
    Disagree,
    /// Most voted on first.
    Votes,
    /// Where the groups differ most first.
    Gap,
}

/// Which statements are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Show {
    /// All of them.
    #[default]
    All,
    /// What people agree on.
    Yes,
    /// What people disagree with.
    No,
    /// Where groups differ.
    Differ,
    /// What one group needs.
    OneGroup,
    /// What is unclear.
    Unclear,
}

/// A choice of the form, with its word in the address and its message.
struct Named<T: 'static>(T, &'static str, &'static str);

impl Sort {
    const ALL: [Named<Sort>; 5] = [
        Named(Sort::Number, "number", "sort-number"),
        Named(Sort::Agree, "agree", "sort-agree"),
        Named(Sort::Disagree, "disagree", "sort-disagree"),
        Named(Sort::Votes, "votes", "sort-votes"),
        Named(Sort::Gap, "gap", "sort-gap"),
    ];
}

impl Show {
    const ALL: [Named<Show>; 6] = [
        Named(Show::All, "all", "show-all"),
        Named(Show::Yes, "yes", "show-yes"),
        Named(Show::No, "no", "show-no"),
        Named(Show::Differ, "differ", "show-differ"),
        Named(Show::OneGroup, "one_group", "show-one-group"),
        Named(Show::Unclear, "unclear", "show-unclear"),
    ];

    /// The statements that it shows; all where it names none.
    fn numbers(self, results: &Results) -> Option<Vec<StatementNumber>> {
        let mut numbers: Vec<StatementNumber> = match self {
            Show::All => return None,
            Show::Yes => results.agree.iter().map(|finding| finding.number).collect(),
            Show::No => results.disagree.iter().map(|finding| finding.number).collect(),
            Show::Differ => results.differ.clone(),
            Show::OneGroup => results.one_group.iter().map(|finding| finding.number).collect(),
            Show::Unclear => results.unclear.clone(),
        };
        numbers.sort_unstable();
        Some(numbers)
    }
}

fn word<T: PartialEq>(all: &[Named<T>], one: &T) -> &'static str {
    all.iter().find(|Named(named, ..)| named == one).map_or("", |Named(_, word, _)| word)
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(in crate::http) struct Asked {
    /// Words that a statement has.
    #[serde(default)]
    q: String,
    #[serde(default)]
    show: Show,
    #[serde(default)]
    sort: Sort,
    page: Option<usize>,
}

impl Asked {
    /// The same with the words cleaned as statements are, and cut to what is looked for.
    fn bounded(self) -> Self {
        let q: String = clean_line(&self.q).chars().take(MOST_SOUGHT).collect();
        Self { q, ..self }
    }

    /// The address of this list, to which a page can be added.
    fn address(&self, slug: &str) -> String {
        let mut query = url_query();
        if !self.q.is_empty() {
            query.append_pair("q", &self.q);
        }
        if self.show != Show::All {
            query.append_pair("show", word(&Show::ALL, &self.show));
        }
        if self.sort != Sort::Number {
            query.append_pair("sort", word(&Sort::ALL, &self.sort));
        }
        let query = query.finish();
        let and = if query.is_empty() { "" } else { "&" };
        format!("/c/{slug}/results/statements?{query}{and}")
    }
}

fn url_query() -> form_urlencoded::Serializer<'static, String> {
    form_urlencoded::Serializer::new(String::new())
}

#[derive(Template)]
#[template(path = "results/statements.html")]
struct StatementsPage<'a> {
    t: &'a Texts,
    style: String,
    frame: PublicFrame,
    labels: Vec<String>,
    rows: Vec<Row>,
    /// All statements that are shown to participants.
    all: usize,
    pages: Pages,
    asked: &'a Asked,
}

impl StatementsPage<'_> {
    fn pages_href(&self) -> String {
        format!("{}page=", self.asked.address(&self.frame.slug))
    }
}

/// `GET /c/SLUG/results/statements`
pub(in crate::http) async fn show_statements(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, NotRead> {
    let reader = Reader::of(&access, &context).await?;
    let board = &reader.board;
    let asked = asked.bounded();
    let slug = access.slug.as_str();
    // An address can name any page; only pages that exist are drawn.
    let address = asked.address(slug);
    let here = Some(match asked.page {
        Some(page) if page > 1 => format!("{address}page={page}&"),
        _ => address.clone(),
    });
    let shared = RequestLocale { locale: Locale::current(), here };
    let drawing = async || shared.by(draw(&context, slug, board, &asked)).await;
    // Kept for others is only what many ask for: few addresses, so that none of them takes another's place.
    let is_often_asked = asked.q.is_empty() && asked.show == Show::All && asked.page.unwrap_or(1) <= 1;
    let answer = if is_often_asked {
        let draw_shared = async || Ok::<_, PageError>(Page::new(vec![drawing().await?], &[]));
        let name = format!("statements {} {address}", context.texts().language);
        send(&*board.page(&name, draw_shared).await?, &headers).await
    } else {
        Html(drawing().await?).into_response()
    };
    Ok(reader.remember(answer))
}

async fn draw(context: &Context, slug: &str, board: &Arc<Board>, asked: &Asked) -> Result<String, PageError> {
    let results = board.results().await;
    let rows = ResultRows::of(board, &results);
    let found = found(board, &results, asked);
    let pages = Pages::new(asked.page, found.len(), ROWS_PER_PAGE);
    let shown = found.into_iter().skip(pages.skip()).take(pages.take());
    let drawn = StatementsPage {
        t: context.texts(),
        style: assets::url("boule.css"),
        frame: PublicFrame::of(slug, board, Some(PublicTab::Results), context.texts()),
        labels: results.groups.iter().map(|group| group.label.clone()).collect(),
        rows: shown.filter_map(|result| rows.row(result, Choice::Agree)).collect(),
        all: board.contents.shown().count(),
        pages,
        asked,
    };
    Ok(drawn.render()?)
}

/// The statements that are asked for, in their order.
fn found<'a>(board: &Board, results: &'a Results, asked: &Asked) -> Vec<&'a StatementResult> {
    let among = asked.show.numbers(results);
    let sought: Vec<String> = asked.q.split_whitespace().map(str::to_lowercase).collect();
    let has_words = |number: StatementNumber| {
        let text = board.contents.statement(number).map(|statement| statement.text.to_lowercase());
        text.is_some_and(|text| sought.iter().all(|word| text.contains(word)))
    };
    let is_asked_for = |row: &&StatementResult| {
        among.as_ref().is_none_or(|among| among.binary_search(&row.number).is_ok())
            && (sought.is_empty() || has_words(row.number))
    };
    sorted(results.statements.iter().filter(is_asked_for).collect(), asked.sort)
}

/// Where the votes are not shown, the order does not show them either.
fn sorted(mut rows: Vec<&StatementResult>, sort: Sort) -> Vec<&StatementResult> {
    let overall = |row: &StatementResult| row.cells.overall;
    let share = |row: &StatementResult, at: usize| overall(row).map(|cell| (cell.percents()[at], cell.n()));
    match sort {
        Sort::Number => {}
        Sort::Agree => rows.sort_by_cached_key(|row| (Reverse(share(row, 0)), row.number)),
        Sort::Disagree => rows.sort_by_cached_key(|row| (Reverse(share(row, 2)), row.number)),
        Sort::Votes => rows.sort_by_key(|row| (Reverse(overall(row).map(|cell| cell.n())), row.number)),
        Sort::Gap => rows.sort_by_key(|row| (Reverse(row.least_gap()), row.number)),
    }
    rows
}
