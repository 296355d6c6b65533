//! The moderators' queue and the live groups beside it.

use std::cmp::Reverse;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::{MayModerate, MaySeeModeration};
use crate::conversation::{ModerationAct, ModerationTarget};
use crate::domain::{Moderation, Rights, Seq, StatementNumber};
use crate::edge::{Access, Context, Form, HttpError, PageError, Query, Staff, page};
use crate::http::assets;
use crate::http::conversation_list::ConversationList;
use crate::http::map_view::{MapView, OwnMarks};
use crate::http::paging::{ListPage, Pages};
use crate::http::work_frame::WorkFrame;
use crate::live::{Board, BoardStatement, Counts};
use crate::store::Listing;
use crate::texts::Texts;

/// Statements of each kind that one page shows.
const PAGE: usize = 50;

struct Item {
    number: StatementNumber,
    text: String,
    moderation: Moderation,
    reason: Option<String>,
    votes: u32,
    seed: bool,
}

struct View {
    question: String,
    /// The rules by which statements are rejected.
    policy: Vec<String>,
    /// Those that wait, the oldest first.
    pending: Vec<Item>,
    pending_pages: Pages,
    /// The numbers of the first and the last that wait.
    range: Option<(StatementNumber, StatementNumber)>,
    /// Those that were decided on, the latest decision first.
    decided: Vec<Item>,
    decided_pages: Pages,
    last: Option<Item>,
    /// How many of those that were rejected at once still are.
    many: usize,
    counts: Counts,
}

#[derive(Template)]
#[template(path = "moderate/queue.html")]
struct QueuePage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    script: String,
    slug: &'a str,
    rights: Rights,
    view: View,
    map: MapView,
    own: OwnMarks,
    after: QueueQuery,
}

impl QueuePage<'_> {
    /// The addresses of other pages of one list, beside this page of the other.
    fn waiting_href(&self) -> String {
        format!("/m/{}?latest={}&waiting=", self.slug, self.view.decided_pages.page)
    }

    fn latest_href(&self) -> String {
        format!("/m/{}?waiting={}&latest=", self.slug, self.view.pending_pages.page)
    }
}

/// What the address says of the step before, and which pages of the lists are shown.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(in crate::http) struct QueueQuery {
    /// The statement that was decided on last, so that it can be undone.
    decided: Option<u32>,
    /// Many were rejected at once: after this position in the log,
    after: Option<u64>,
    /// up to this one.
    last: Option<u64>,
    /// The page of those that wait.
    waiting: Option<usize>,
    /// The page of those that were decided on.
    latest: Option<usize>,
}

impl QueueQuery {
    /// Whether none of many was there to be rejected.
    fn found_none(&self) -> bool {
        self.after == self.last
    }

    /// The part of the log with decisions that can be undone together.
    fn undoable(&self) -> Option<(u64, u64)> {
        self.after.zip(self.last)
    }
}

#[derive(Template)]
#[template(path = "moderate/conversations.html")]
struct ConversationsPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    list: ConversationList,
}

/// `GET /m`
pub(in crate::http) async fn show_conversations(
    Staff { person, .. }: Staff<MaySeeModeration>,
    State(context): State<Context>,
    Query(asked): Query<ListPage>,
) -> Result<Response, PageError> {
    let theirs = Listing::Moderated(person.staff.session.staff);
    let list = ConversationList::read(&context.store, theirs, asked).await?;
    page(&ConversationsPage { t: context.texts(), frame: WorkFrame::of(&person, "tab-moderate"), list })
}

/// `GET /m/SLUG`
pub(in crate::http) async fn show_queue(
    access: Access<MaySeeModeration>,
    State(context): State<Context>,
    Query(after): Query<QueueQuery>,
) -> Result<Response, PageError> {
    let board = access.room.board().await?;
    let view = view(&board, after);
    let map = MapView::new(&board.published, context.texts());
    page(&QueuePage {
        t: context.texts(),
        frame: WorkFrame::with(&access, &board, "tab-moderate"),
        script: assets::url("moderate.js"),
        slug: access.slug.as_str(),
        rights: access.rights,
        view,
        map,
        own: OwnMarks::nobody(),
        after,
    })
}

fn view(board: &Board, after: QueueQuery) -> View {
    let Board { contents, published, .. } = board;
    let item = |s: &BoardStatement| Item {
        number: s.number,
        text: s.text.to_string(),
        moderation: s.moderation,
        reason: s.reason.as_ref().map(std::string::ToString::to_string),
        votes: published.voters_on(s.number),
        seed: s.seed,
    };
    let text = &contents.conversation.text;
    let pending: Vec<&BoardStatement> = contents.waiting().collect();
    let mut decided: Vec<&BoardStatement> =
        contents.statements.iter().filter(|s| s.moderation != Moderation::Pending).collect();
    decided.sort_unstable_by_key(|s| Reverse((s.decision.map(|decision| decision.seq), s.number)));
    let on_page = |all: &[&BoardStatement], pages: Pages| -> Vec<Item> {
        all.iter().skip(pages.skip()).take(pages.take()).map(|s| item(s)).collect()
    };
    let pending_pages = Pages::new(after.waiting, pending.len(), PAGE);
    let decided_pages = Pages::new(after.latest, decided.len(), PAGE);
    let shown = u32::try_from(contents.shown().count()).unwrap_or(u32::MAX);
    View {
        question: text.question.text().to_owned(),
        policy: text.policy.iter().map(|rule| rule.text().to_owned()).collect(),
        pending: on_page(&pending, pending_pages),
        pending_pages,
        range: pending.first().zip(pending.last()).map(|(first, last)| (first.number, last.number)),
        decided: on_page(&decided, decided_pages),
        decided_pages,
        last: after.decided.and_then(|number| contents.statement(StatementNumber(number))).map(item),
        many: after.undoable().map_or(0, |(after, last)| contents.rejected_between(Seq(after), Seq(last))),
        counts: Counts { statements: shown, ..published.counts },
    }
}

/// What a moderator says: `accept`, `pending`, `reject`, or `rule-N` for the rule of the policy that it is
/// rejected by.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct DecisionForm {
    statement: StatementNumber,
    decision: String,
    /// The page of the queue on which it stood.
    waiting: Option<usize>,
}

/// `POST /m/SLUG/moderate`
pub(in crate::http) async fn moderate_statement(
    access: Access<MayModerate>,
    Form(form): Form<DecisionForm>,
) -> Result<Response, PageError> {
    let slug = &access.slug;
    let (to, rule) = decision(&form.decision)?;
    let decided = ModerationAct::Decide { which: ModerationTarget::One(form.statement), to, rule };
    access.act(decided).await?;
    let page = form.waiting.map_or(String::new(), |page| format!("&waiting={page}"));
    Ok(Redirect::to(&format!("/m/{slug}?decided={}{page}", form.statement)).into_response())
}

/// What a moderator says of many: those that wait with these numbers are rejected, for this reason; or
/// what was decided in this part of the log is undone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct DecisionsForm {
    decision: String,
    first: Option<StatementNumber>,
    last: Option<StatementNumber>,
    after_seq: Option<u64>,
    last_seq: Option<u64>,
}

/// `POST /m/SLUG/moderate-many`
pub(in crate::http) async fn moderate_many(
    access: Access<MayModerate>,
    Form(form): Form<DecisionsForm>,
) -> Result<Response, PageError> {
    let slug = &access.slug;
    let (to, rule) = decision(&form.decision)?;
    let which = match (form.first, form.last, form.after_seq, form.last_seq, to) {
        (Some(first), Some(last), None, None, Moderation::Rejected) => {
            ModerationTarget::Waiting { first, last }
        }
        (None, None, Some(after), Some(last), Moderation::Pending) => {
            ModerationTarget::Rejected { after: Seq(after), last: Seq(last) }
        }
        _ => return Err(HttpError::BadForm.into()),
    };
    let saved = access.act(ModerationAct::Decide { which, to, rule }).await?;
    let to = match which {
        ModerationTarget::Waiting { .. } => format!("/m/{slug}?after={}&last={}", saved.after, saved.seq),
        ModerationTarget::Rejected { .. } | ModerationTarget::One(_) => format!("/m/{slug}"),
    };
    Ok(Redirect::to(&to).into_response())
}

fn decision(word: &str) -> Result<(Moderation, Option<u32>), PageError> {
    match word {
        "accept" => Ok((Moderation::Accepted, None)),
        "pending" => Ok((Moderation::Pending, None)),
        "reject" => Ok((Moderation::Rejected, None)),
        word => {
            let rule = word.strip_prefix("rule-").and_then(|rule| rule.parse().ok());
            let bad = || HttpError::BadInput(Texts::current().error("needs_rule"));
            Ok((Moderation::Rejected, Some(rule.ok_or_else(bad)?)))
        }
    }
}
