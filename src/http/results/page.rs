//! The results: the map, the groups, what people agree on across them, where they differ.
//!
//! The page is drawn once for everybody and kept on the board; what is one visitor's own is put in.

use std::cmp::Reverse;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::MayTakePart;
use crate::conversation::{ConversationState, Decision, ResultsRule};
use crate::disclosure::{Contrast, Gap, Results, Stability, StatementResult};
use crate::domain::{Moderation, ParticipantNumber, StatementNumber, Timestamp};
use crate::edge::{Access, Context, PageError, Query, Visitor, page};
use crate::http::assets;
use crate::http::drawn::send;
use crate::http::map_view::{MapView, OwnMarks};
use crate::http::paging::Pages;
use crate::http::public_frame::{PublicFrame, PublicTab};
use crate::live::{Board, BoardStatement, Counts, Page, RoomHandle};
use crate::opinion::MapNote;
use crate::texts::{Locale, RequestLocale, Texts};

use super::rows::{BridgeRow, ConsensusRow, GroupSection, ResultRows, Row};

/// Statements of the table that one page shows.
const ROWS_PER_PAGE: usize = 100;
/// Statements that are listed where groups differ.
const MOST_DIVISIVE: usize = 10;

/// The order of the table of all statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::http) enum Sort {
    /// By number.
    #[default]
    Number,
    /// Most agreed with first.
    Agree,
    /// Most voted on first.
    Votes,
    /// Where the groups differ most first.
    Gap,
}

impl Sort {
    /// Every order, with its word in the address and its message.
    const ALL: [(Sort, &'static str, &'static str); 4] = [
        (Sort::Number, "number", "sort-number"),
        (Sort::Agree, "agree", "sort-agree"),
        (Sort::Votes, "votes", "sort-votes"),
        (Sort::Gap, "gap", "sort-gap"),
    ];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(sort, ..)| *sort == self).map_or("number", |(_, word, _)| word)
    }
}

#[derive(Debug, Default, Deserialize)]
pub(in crate::http) struct Options {
    #[serde(default)]
    sort: Sort,
    /// The page of the table.
    page: Option<usize>,
}

impl Options {
    /// The address of this part of the results, to which more can be added.
    fn address(&self, slug: &str) -> String {
        let mut address = format!("/c/{slug}/results?");
        if self.sort != Sort::default() {
            address += &format!("sort={}&", self.sort.word());
        }
        if let Some(page) = self.page.filter(|page| *page > 1) {
            address += &format!("page={page}&");
        }
        address
    }
}

struct View {
    counts: Counts,
    head: String,
    computed_at: String,
    rejected: usize,
    /// What moderators decided after the end.
    late: Vec<LateDecision>,
    agree: Vec<ConsensusRow>,
    disagree: Vec<ConsensusRow>,
    sections: Vec<GroupSection>,
    divisive: Vec<Row>,
    /// The part of the table that this page shows.
    rows: Vec<Row>,
    pages: Pages,
    privacy_min: u32,
    /// How much of the votes' variance the map's two directions show, in percent.
    explained: u32,
    silhouette: Option<String>,
    too_few_to_tell: bool,
    /// Whether the map has groups that it does not show, because chance makes as good ones.
    has_unclear_groups: bool,
    bridges: Vec<BridgeRow>,
    /// How sure the groups are, and the version of the map that this was found out of.
    stability: Option<(Stability, u64)>,
}

impl View {
    /// The message about a consensus statement: of groups, or of everybody.
    fn consensus_words(&self, row: &ConsensusRow, side: &str) -> &'static str {
        match (self.sections.len() > 1, side == "agree") {
            (_, true) if row.numbers.is_none() => "consensus-words-agree-plain",
            (_, false) if row.numbers.is_none() => "consensus-words-disagree-plain",
            (true, true) => "consensus-words-agree",
            (true, false) => "consensus-words-disagree",
            (false, true) => "consensus-words-agree-all",
            (false, false) => "consensus-words-disagree-all",
        }
    }

    /// Whether more people of one group agree than of another; else more disagree.
    #[expect(clippy::unused_self, reason = "templates call methods only")]
    fn gap_agrees(&self, row: &Row) -> bool {
        row.gap.as_ref().is_none_or(|gap| gap.agrees)
    }

    /// The message before what people agree on most.
    fn lead_most(&self) -> &'static str {
        match self.sections.len() {
            0 | 1 => "lead-most-all",
            2 => "lead-most-both",
            _ => "lead-most-groups",
        }
    }

    /// The message about two groups that differ.
    #[expect(clippy::unused_self, reason = "templates call methods only")]
    fn gap_words(&self, gap: &Gap) -> &'static str {
        if gap.agrees { "divisive-words-agree" } else { "divisive-words-disagree" }
    }

    /// How far groups that were found again agree, with two decimals.
    fn agreement(&self) -> String {
        self.stability.map_or(String::new(), |(stability, _)| format!("{:.2}", stability.agreement))
    }

    /// Whether there are groups that can be doubted.
    fn is_divided(&self) -> bool {
        self.sections.len() > 1 || self.has_unclear_groups
    }
}

#[derive(Template)]
#[template(path = "results/results.html")]
struct ResultsPage<'a> {
    t: &'a Texts,
    style: String,
    script: String,
    frame: PublicFrame,
    view: View,
    map: MapView,
    own: OwnMarks,
    sort: Sort,
    orders: [(Sort, &'static str, &'static str); 4],
}

impl ResultsPage<'_> {
    /// The address of another page of the table.
    fn pages_href(&self) -> String {
        format!("?sort={}&page=", self.sort.word())
    }
}

/// Shown to those who may not see the results yet.
#[derive(Template)]
#[template(path = "results/later.html")]
struct LaterPage<'a> {
    t: &'a Texts,
    style: String,
    frame: PublicFrame,
    at_close: bool,
    after_n: u32,
    own_votes: u32,
}

/// `GET /c/SLUG/map`
pub(in crate::http) async fn show_map(access: Access<MayTakePart>) -> Response {
    Redirect::to(&format!("/c/{}/results#map", access.slug)).into_response()
}

/// `GET /c/SLUG/results`
pub(in crate::http) async fn show_results(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Query(options): Query<Options>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let board = access.room.board().await?;
    let (participant, own_votes) = own(&access.room, &access.visitor).await?;
    let conversation = &board.contents.conversation;
    if !conversation.settings.shows_results(conversation.state, access.rights, own_votes) {
        return later(&context, access.slug.as_str(), &board, own_votes);
    }
    // An address can name any page; only pages that exist get an entry in the cache.
    let asked = Pages::new(options.page, board.contents.shown().count(), ROWS_PER_PAGE).page;
    let options = Options { page: Some(asked), ..options };
    let name = format!("results {} {} {asked}", context.texts().language, options.sort.word());
    // Everybody is shown this page, by whatever address they came: its links are those of its own.
    let here = Some(options.address(access.slug.as_str()));
    let shared = RequestLocale { locale: Locale::current(), here };
    let drawing = async || shared.by(draw(&context, access.slug.as_str(), &board, options)).await;
    let drawn = board.page(&name, drawing).await?;
    let own = participant.and_then(|own| OwnMarks::of(&board.published, own, context.texts()));
    match own {
        Some(own) => Ok(Html(drawn.with(&own.in_order())).into_response()),
        None => Ok(send(&drawn, &headers).await),
    }
}

/// Who asks, and how many votes they have cast.
pub(super) async fn own(
    room: &RoomHandle,
    visitor: &Visitor,
) -> Result<(Option<ParticipantNumber>, u32), PageError> {
    let Some(token) = visitor.identity else { return Ok((None, 0)) };
    let own = room.read(move |state| {
        let participant = state.desk.participant_of(&token);
        (participant, state.progress(participant).voted)
    });
    Ok(own.await?)
}

fn later(context: &Context, slug: &str, board: &Board, own_votes: u32) -> Result<Response, PageError> {
    let conversation = &board.contents.conversation;
    let settings = &conversation.settings;
    page(&LaterPage {
        t: context.texts(),
        style: assets::url("boule.css"),
        frame: PublicFrame::of(slug, board, Some(PublicTab::Results), context.texts()),
        at_close: settings.results == ResultsRule::AtClose,
        after_n: settings.after_n,
        own_votes,
    })
}

async fn draw(
    context: &Context,
    slug: &str,
    board: &std::sync::Arc<Board>,
    options: Options,
) -> Result<Page, PageError> {
    let results = board.results().await;
    let rows = ResultRows::of(board, &results);
    let all = sorted(&results, options.sort);
    let pages = Pages::new(options.page, all.len(), ROWS_PER_PAGE);
    let shown: Vec<_> = all.into_iter().skip(pages.skip()).take(pages.take()).collect();
    let (contents, published) = (&board.contents, &board.published);
    let (conversation, map) = (&contents.conversation, published.shared_map());
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let view = View {
        // A new one shows before the next map counts it.
        counts: Counts { statements: count(contents.shown().count()), ..published.counts },
        head: published.head.to_string(),
        computed_at: utc(published.at.as_ms()),
        rejected: contents.rejected().count(),
        late: late_decisions(board),
        agree: rows.consensus(&results.agree),
        disagree: rows.consensus(&results.disagree),
        sections: rows.sections(),
        divisive: rows.divisive(MOST_DIVISIVE),
        rows: rows.listed(&shown),
        pages,
        privacy_min: conversation.settings.privacy_min,
        explained: map.explained_percent,
        silhouette: map.silhouette.map(|silhouette| format!("{silhouette:.2}")),
        too_few_to_tell: map.note == Some(MapNote::TooFewPeople),
        has_unclear_groups: published.unclear_groups() > 1,
        bridges: rows.bridges(),
        stability: published.stability().map(|(stability, version)| (stability, version.0)),
    };
    let drawn = ResultsPage {
        t: context.texts(),
        style: assets::url("boule.css"),
        script: assets::url("results.js"),
        frame: PublicFrame::of(slug, board, Some(PublicTab::Results), context.texts()),
        view,
        map: MapView::new(published),
        own: OwnMarks::slots(),
        sort: options.sort,
        orders: Sort::ALL,
    };
    let parts = OwnMarks::parts(&drawn.render()?);
    Ok(Page::new(parts, &OwnMarks::nobody().in_order()))
}

/// Every statement in this order. Where the votes are not shown, the order does not show them either.
fn sorted(results: &Results, sort: Sort) -> Vec<&StatementResult> {
    let mut all: Vec<&StatementResult> = results.statements.iter().collect();
    let overall = |row: &StatementResult| row.cells.overall;
    match sort {
        Sort::Number => {}
        Sort::Agree => all.sort_by_cached_key(|row| {
            (Reverse(overall(row).map(|cell| (cell.percents()[0], cell.n()))), row.number)
        }),
        Sort::Votes => all.sort_by_key(|row| (Reverse(overall(row).map(|cell| cell.n())), row.number)),
        Sort::Gap => all.sort_by_key(|row| (Reverse(row.least_gap()), row.number)),
    }
    all
}

/// A decision that changed what is shown when no more votes were taken.
struct LateDecision {
    number: StatementNumber,
    moderation: Moderation,
    day: String,
}

/// Decisions after the end of a conversation that is over, the latest first.
fn late_decisions(board: &Board) -> Vec<LateDecision> {
    if board.contents.conversation.state != ConversationState::Closed {
        return Vec::new();
    }
    let decided = board.contents.statements.iter().filter_map(|s| Some((s, s.decision?)));
    let mut late: Vec<_> = decided.filter(|(_, decision)| decision.after_close).collect();
    late.sort_by_key(|(_, decision)| Reverse(decision.seq));
    let day = |at: Timestamp| utc(at.as_ms()).split(' ').next().unwrap_or_default().to_owned();
    let shown = |(s, decision): (&BoardStatement, Decision)| LateDecision {
        number: s.number,
        moderation: s.moderation,
        day: day(decision.at),
    };
    late.into_iter().map(shown).collect()
}

/// A moment as people read it, in UTC.
pub(super) fn utc(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms)
        .map(|moment| moment.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
        .unwrap_or_default()
}
