//! The results: what people agree on, where they differ, the map, the groups, and how sure all that is.
//!
//! The page is drawn once for everybody and kept on the board; what is one visitor's own is put in.

use std::cmp::Reverse;

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::access::MayTakePart;
use crate::conversation::{Conversation, ConversationState, Decision};
use crate::disclosure::{ConsensusFinding, Contrast, Results, Stability};
use crate::domain::{Choice, Moderation, StatementNumber};
use crate::edge::{Access, Context, PageError};
use crate::http::assets;
use crate::http::drawn::send;
use crate::http::map_view::{MapView, OwnMarks};
use crate::http::public_frame::{PublicFrame, PublicTab};
use crate::live::{Board, BoardStatement, Counts, Page};
use crate::opinion::MapNote;
use crate::texts::{Locale, RequestLocale, Texts};

use super::findings::{Finding, FindingKind, Whole, findings};
use super::left_out::LeftOutView;
use super::reader::{NotRead, Reader};
use super::rows::{GroupSection, ImportantRows, Listed, ResultRows, SureRow};
use super::timeline::{TimelineEntry, timeline};

/// Statements that both say yes to, and no to, that the page shows.
const AGREED: [usize; 2] = [8, 2];
/// Statements where groups differ.
const DIFFERING: usize = 6;
/// Statements that one group needs.
const OF_ONE_GROUP: usize = 4;
/// Statements that are unclear.
const UNCLEAR: usize = 3;
/// Statements that matter to many.
const IMPORTANT: usize = 5;
/// Statements in a group's card.
const TYPICAL: usize = 3;

struct View {
    counts: Counts,
    /// Statements that groups are made by: none about the person.
    about_the_matter: usize,
    head: String,
    computed_at: String,
    rejected: usize,
    /// What moderators decided after the end.
    late: Vec<LateDecision>,
    whole: Whole,
    findings: Vec<Finding>,
    yes: Listed,
    no: Listed,
    /// Whether people with the same votes count less on the map.
    weighs_copies: bool,
    /// What people agree on most surely, and the message before it.
    surest: Option<(&'static str, String)>,
    differ: Listed,
    one_group: Listed,
    unclear: Listed,
    important: ImportantRows,
    /// The organiser's own line, and the day on which it was written.
    headline: Option<(String, String)>,
    timeline: Vec<TimelineEntry>,
    /// Everybody's votes, once they are out: how many people, since when, and the file's hash.
    rows: Option<(u32, String, String)>,
    rows_promised: bool,
    left_out: Option<LeftOutView>,
    sure: Vec<SureRow>,
    sections: Vec<GroupSection>,
    privacy_min: u32,
    /// How much of the votes' variance the map's two directions show, in percent.
    explained: u32,
    silhouette: Option<String>,
    too_few_to_tell: bool,
    /// Whether the map has groups that it does not show, because chance makes as good ones.
    has_unclear_groups: bool,
    stability: Option<Stability>,
}

impl View {
    /// Statements that people agree on, and those that they disagree with.
    fn agreed(&self) -> usize {
        self.yes.all + self.no.all
    }

    /// How far groups that were found again agree, with two decimals.
    fn agreement(&self) -> String {
        self.stability.map_or(String::new(), |stability| format!("{:.2}", stability.agreement))
    }

    /// Whether there are groups that can be doubted.
    fn is_divided(&self) -> bool {
        self.sections.len() > 1 || self.has_unclear_groups
    }

    /// People who took part and are not on the map.
    fn unplaced(&self, map: &MapView) -> u32 {
        self.counts.participants.saturating_sub(map.placed)
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
    sends_mail: bool,
}

impl ResultsPage<'_> {
    /// The address of the table of all statements.
    fn table_href(&self) -> String {
        format!("/c/{}/results/statements", self.frame.slug)
    }
}

/// `GET /c/SLUG/map`
pub(in crate::http) async fn show_map(access: Access<MayTakePart>) -> Response {
    Redirect::to(&format!("/c/{}/results#map", access.slug)).into_response()
}

/// `GET /c/SLUG/results`
pub(in crate::http) async fn show_results(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    headers: HeaderMap,
) -> Result<Response, NotRead> {
    let reader = Reader::of(&access, &context).await?;
    let board = &reader.board;
    let name = format!("results {}", context.texts().language);
    // Everybody is shown this page, by whatever address they came: its links are those of its own.
    let here = Some(format!("/c/{}/results?", access.slug));
    let shared = RequestLocale { locale: Locale::current(), here };
    let drawing = async || shared.by(draw(&context, access.slug.as_str(), board)).await;
    let drawn = board.page(&name, drawing).await?;
    let own = reader.participant.and_then(|own| OwnMarks::of(&board.published, own, context.texts()));
    let answer = match own {
        Some(own) => Html(drawn.with(&own.in_order())).into_response(),
        None => send(&drawn, &headers).await,
    };
    Ok(reader.remember(answer))
}

async fn draw(context: &Context, slug: &str, board: &std::sync::Arc<Board>) -> Result<Page, PageError> {
    let drawn = ResultsPage {
        t: context.texts(),
        style: assets::url("boule.css"),
        script: assets::url("results.js"),
        frame: PublicFrame::of(slug, board, Some(PublicTab::Results), context.texts()),
        view: view(slug, board, context.texts()).await,
        map: MapView::new(&board.published, context.texts()),
        own: OwnMarks::slots(),
        sends_mail: context.outside.sends_mail,
    };
    let parts = OwnMarks::parts(&drawn.render()?);
    Ok(Page::new(parts, &OwnMarks::nobody().in_order()))
}

/// The organiser's own line above the results, and since when it stands there.
fn headline(conversation: &Conversation, texts: &Texts) -> Option<(String, String)> {
    let headline = conversation.published.headline.as_ref()?;
    Some((headline.text.text().to_owned(), texts.day(&headline.at)))
}

/// Everybody's votes, where they were released.
fn released(conversation: &Conversation, texts: &Texts) -> Option<(u32, String, String)> {
    let rows = conversation.published.rows.as_ref()?;
    Some((rows.people, texts.day(&rows.at), rows.sha256.clone()))
}

async fn view(slug: &str, board: &std::sync::Arc<Board>, texts: &Texts) -> View {
    let results = board.results().await;
    let rows = ResultRows::of(board, &results);
    let (contents, published) = (&board.contents, &board.published);
    let (conversation, map) = (&contents.conversation, published.shared_map());
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let [yes, no] = [(true, AGREED[0]), (false, AGREED[1])].map(|(agrees, most)| rows.agreed(agrees, most));
    let differ = rows.differing(DIFFERING);
    View {
        // A new one shows before the next map counts it.
        counts: Counts { statements: count(contents.shown().count()), ..published.counts },
        left_out: LeftOutView::of(&published.left_out(&results), contents, texts),
        about_the_matter: contents.shown().filter(|statement| !statement.meta).count(),
        head: published.head.to_string(),
        computed_at: texts.moment(&published.at),
        rejected: contents.rejected().count(),
        late: late_decisions(board, texts),
        whole: Whole::of(results.groups.len(), results.hidden_groups),
        findings: findings(&yes, &no, &differ),
        one_group: rows.of_one_group(OF_ONE_GROUP, &differ),
        unclear: rows.unclear(UNCLEAR),
        important: rows.important(&board.important(), IMPORTANT),
        headline: headline(conversation, texts),
        timeline: timeline(slug, board, texts),
        rows: released(conversation, texts),
        rows_promised: conversation.published.rows_promised,
        sure: rows.sure(AGREED),
        sections: rows.sections(TYPICAL),
        weighs_copies: contents.conversation.settings.weigh_copies,
        surest: surest(&results, &yes, &no),
        yes,
        no,
        differ,
        privacy_min: conversation.settings.privacy_min,
        explained: map.explained_percent,
        silhouette: map.silhouette.map(|silhouette| format!("{silhouette:.2}")),
        too_few_to_tell: map.note == Some(MapNote::TooFewPeople),
        has_unclear_groups: published.unclear_groups() > 1,
        stability: published.stability().map(|(stability, _)| stability),
    }
}

/// What people agree on most surely: a yes or a no, whichever is surer.
fn surest(results: &Results, yes: &Listed, no: &Listed) -> Option<(&'static str, String)> {
    let bound = |side: &[ConsensusFinding]| Some(side.first()?.numbers.as_ref()?.lowest_bound);
    let is_no = yes.rows.is_empty() || bound(&results.disagree) > bound(&results.agree);
    let (key, listed) = if is_no { ("lead-most-no", no) } else { ("lead-most", yes) };
    Some((key, listed.rows.first()?.text.clone()))
}

/// A decision that changed what is shown when no more votes were taken.
struct LateDecision {
    number: StatementNumber,
    moderation: Moderation,
    day: String,
}

/// Decisions after the end of a conversation that is over, the latest first.
fn late_decisions(board: &Board, texts: &Texts) -> Vec<LateDecision> {
    if board.contents.conversation.state != ConversationState::Closed {
        return Vec::new();
    }
    let decided = board.contents.statements.iter().filter_map(|s| Some((s, s.decision?)));
    let mut late: Vec<_> = decided.filter(|(_, decision)| decision.after_close).collect();
    late.sort_by_key(|(_, decision)| Reverse(decision.seq));
    let shown = |(s, decision): (&BoardStatement, Decision)| LateDecision {
        number: s.number,
        moderation: s.moderation,
        day: texts.day(&decision.at),
    };
    late.into_iter().map(shown).collect()
}
