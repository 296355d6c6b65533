//! The results: the map, the groups, what people agree on across them, where they differ.

use std::cmp::Reverse;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::conversation::{ConversationState, Decision, Statement};
use crate::domain::{Moderation, Role, StatementNumber, Timestamp, TokenHash};
use crate::http::error::{HttpError, PageError, page};
use crate::http::extract::{Visitor, public_room};
use crate::http::map_view::MapView;
use crate::http::request::{Path, Query};
use crate::http::{Context, Texts};
use crate::live::{Counts, Published, RoomState};

use super::rows::{GroupSection, Others, Row, Rows};

/// The order of the table of all statements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
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

#[derive(Debug, Default, Deserialize)]
pub(in crate::http) struct Options {
    #[serde(default)]
    sort: Sort,
}

struct View {
    question: String,
    state: ConversationState,
    counts: Counts,
    /// Whether this visitor may see the results now; the rest is empty when not.
    open: bool,
    at_close: bool,
    after_n: u32,
    own_votes: u32,
    head: String,
    computed_at: String,
    rejected: u32,
    /// What moderators decided after the end.
    late: Vec<LateDecision>,
    has_agenda: bool,
    agree: Vec<Row>,
    disagree: Vec<Row>,
    sections: Vec<GroupSection>,
    divisive: Vec<Row>,
    all: Vec<Row>,
    privacy_min: u32,
    /// How much of the votes' variance the map's two directions show, in percent.
    explained: u32,
    silhouette: String,
    too_few_to_tell: bool,
    /// The groups that the map has and does not show, because chance makes as good ones.
    unclear_groups: u32,
    bridging: Vec<Row>,
    stability: Option<Stability>,
}

impl View {
    /// The message about a consensus statement: of groups, of parts that are no groups, or of all.
    fn consensus_words(&self, row: &Row, side: &str) -> &'static str {
        match (self.sections.len() > 1, self.unclear_groups > 1, side == "agree") {
            (true, _, true) if row.consensus.is_none() => "consensus-words-agree-hidden",
            (true, _, false) if row.consensus.is_none() => "consensus-words-disagree-hidden",
            (false, _, true) if row.consensus.is_none() => "consensus-words-agree-plain",
            (false, _, false) if row.consensus.is_none() => "consensus-words-disagree-plain",
            (true, _, true) => "consensus-words-agree",
            (true, _, false) => "consensus-words-disagree",
            (false, true, true) => "consensus-words-agree-parts",
            (false, true, false) => "consensus-words-disagree-parts",
            (false, false, true) => "consensus-words-agree-all",
            (false, false, false) => "consensus-words-disagree-all",
        }
    }

    /// Whether there are groups that can be doubted.
    fn is_divided(&self) -> bool {
        self.sections.len() > 1 || self.unclear_groups > 1
    }
}

/// How sure the groups are, in numbers.
struct Stability {
    version: u64,
    resamples: u32,
    again: u32,
    agreement: String,
    shuffles: u32,
    as_good: u32,
}

impl Stability {
    fn of(published: &Published) -> Option<Self> {
        let known = published.known_of_groups()?;
        let (bootstrap, null) = (&known.afterwork.bootstrap, &known.afterwork.null);
        let again = bootstrap.k.get(&(known.groups as u32)).copied().unwrap_or(0.0);
        let of = |share: f64, all: u32| (share * f64::from(all)).round() as u32;
        Some(Self {
            version: known.version.0,
            resamples: bootstrap.resamples,
            again: of(again, bootstrap.resamples),
            agreement: format!("{:.2}", bootstrap.median_ari),
            shuffles: null.shuffles,
            as_good: of(null.share_at_least, null.shuffles),
        })
    }
}

#[derive(Template)]
#[template(path = "results/results.html")]
struct ResultsPage<'a> {
    t: &'a Texts,
    style: String,
    script: String,
    slug: &'a str,
    view: View,
    map: MapView,
    sort: Sort,
}

/// `GET /c/SLUG/map`
pub(in crate::http) async fn show_map(Path(slug): Path<String>) -> Result<Response, PageError> {
    let slug = crate::domain::Slug::parse(&slug).map_err(|_| HttpError::NotFound)?;
    Ok(Redirect::to(&format!("/c/{slug}/results#map")).into_response())
}

/// `GET /c/SLUG/results`
pub(in crate::http) async fn show_results(
    State(context): State<Context>,
    Path(slug): Path<String>,
    Query(options): Query<Options>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let (slug, room) = public_room(&context, &slug, &visitor).await?;
    let (identity, role) = (visitor.identity, visitor.role);
    let (mut view, map) = room.read(move |state| view(state, identity, role)).await?;
    sort(&mut view.all, options.sort);
    page(&ResultsPage {
        t: context.texts,
        style: context.assets.url("boule.css"),
        script: context.assets.url("results.js"),
        slug: slug.as_str(),
        view,
        map,
        sort: options.sort,
    })
}

fn sort(rows: &mut [Row], sort: Sort) {
    match sort {
        Sort::Number => rows.sort_by_key(|row| row.number),
        // Where the votes are not shown, the order does not show them either.
        Sort::Agree => rows.sort_by_key(|row| {
            let shown = (!row.few).then_some((row.overall.agree_percent, row.overall.n));
            (Reverse(shown), row.number)
        }),
        Sort::Votes => rows.sort_by_key(|row| (Reverse((!row.few).then_some(row.overall.n)), row.number)),
        Sort::Gap => rows.sort_by_key(|row| (Reverse(row.least_gap()), row.number)),
    }
}

fn view(state: &RoomState, identity: Option<TokenHash>, role: Role) -> (View, MapView) {
    let participant = identity.and_then(|token| state.desk.participant_of(&token));
    let conversation = &state.desk.record.conversation;
    let settings = conversation.settings;
    let own_votes = state.progress(participant).voted;
    let open = settings.shows_results(conversation.state, role, own_votes);
    let rows = Rows::of(state);
    let published = &state.map.map;
    let consensus = &published.consensus;
    // What waits is not counted: its number would tell when somebody submits something new.
    let is_rejected = |s: &&Statement| s.moderation == Moderation::Rejected && !s.withdrawn;
    let rejected = state.desk.record.statements.values().filter(is_rejected).count();
    let mut view = View {
        question: conversation.text.question.text().to_owned(),
        state: conversation.state,
        counts: Counts { statements: shown_count(state), ..state.map.counts },
        open,
        at_close: settings.results == crate::conversation::ResultsRule::AtClose,
        after_n: settings.after_n,
        own_votes,
        head: state.map.head.to_string(),
        computed_at: utc(state.map.at.as_ms()),
        rejected: u32::try_from(rejected).unwrap_or(u32::MAX),
        late: late_decisions(state),
        has_agenda: state.desk.record.agenda.published.is_some(),
        agree: Vec::new(),
        disagree: Vec::new(),
        sections: Vec::new(),
        divisive: Vec::new(),
        all: Vec::new(),
        privacy_min: settings.privacy_min,
        explained: (published.pca.explained_variance_ratio.iter().sum::<f64>() * 100.0).round() as u32,
        silhouette: published
            .k
            .silhouette
            .get(&published.k.chosen)
            .map_or(String::new(), |s| format!("{s:.2}")),
        too_few_to_tell: published.note == Some(crate::opinion::MapNote::TooFewPeople),
        unclear_groups: if state.map.shows_groups() { 0 } else { published.k.chosen },
        bridging: Vec::new(),
        stability: None,
    };
    if open {
        view.agree = rows.consensus(&consensus.agree);
        view.disagree = rows.consensus(&consensus.disagree);
        view.sections = rows.sections();
        view.divisive = rows.divisive(10);
        view.all = rows.all();
        view.bridging = rows.bridging(5);
        view.stability = Stability::of(&state.map);
    }
    let map = if open { MapView::new(&state.map, participant) } else { MapView::withheld() };
    (view, map)
}

/// A decision that changed what is shown when no more votes were taken.
struct LateDecision {
    number: StatementNumber,
    moderation: Moderation,
    day: String,
}

/// Decisions after the end of a conversation that is over, the latest first.
fn late_decisions(state: &RoomState) -> Vec<LateDecision> {
    if state.desk.record.conversation.state != ConversationState::Closed {
        return Vec::new();
    }
    let late = state.desk.record.statements.values().filter_map(|s| Some((s, s.decision?)));
    let mut late: Vec<_> = late.filter(|(_, decision)| decision.after_close).collect();
    late.sort_by_key(|(_, decision)| Reverse(decision.seq));
    let day = |at: Timestamp| utc(at.as_ms()).split(' ').next().unwrap_or_default().to_owned();
    let shown = |(s, decision): (&Statement, Decision)| LateDecision {
        number: s.number,
        moderation: s.moderation,
        day: day(decision.at),
    };
    late.into_iter().map(shown).collect()
}

/// Statements that are shown now: a new one shows before the next map counts it.
fn shown_count(state: &RoomState) -> u32 {
    u32::try_from(state.desk.record.shown().count()).unwrap_or(u32::MAX)
}

/// A moment as people read it, in UTC.
pub(super) fn utc(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms)
        .map(|moment| moment.strftime("%Y-%m-%d %H:%M:%S UTC").to_string())
        .unwrap_or_default()
}
