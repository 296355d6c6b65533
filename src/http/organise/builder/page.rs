//! The page on which an agenda is made.

use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::MaySeeOrganising;
use crate::clock::random_token;
use crate::conversation::{AgendaChange, AgendaDraft, Changed, MAX_ITEM_QUESTION, MAX_MINUTES, MAX_PLACES};
use crate::disclosure::ToldCoverage;
use crate::domain::{ItemNumber, Rights};
use crate::edge::{Access, Context, HttpError, PageError, Query, page};
use crate::http::agendas::{AgendaSource, AgendaView, CoverageView, ItemView, change_words};
use crate::http::logs::Names;
use crate::http::work_frame::WorkFrame;
use crate::live::{Board, RoomHandle};
use crate::texts::{Texts, local_moment};

use super::item::{ItemForm, Unsaved, goals};
use super::pool::{Pool, PoolQuery};
use super::triggers::{DEFAULT_PLACES, TriggersView};

/// How long a page waits for what the check is made of.
const PATIENCE: Duration = Duration::from_secs(5);
/// Changes that the page lists.
const MOST_CHANGES: usize = 30;

/// What a colleague said.
pub(super) struct CommentView {
    pub who: String,
    pub when: String,
    pub text: String,
}

/// What was changed.
pub(super) struct ChangeView {
    pub who: String,
    pub when: String,
    pub what: String,
}

/// An agenda in the making.
pub(super) struct Making {
    pub revision: u32,
    pub items: Vec<ItemForm>,
    /// Places that the last draft from the votes had.
    pub places: u32,
    /// Minutes that the items take, and that there are.
    pub used: u32,
    pub session: Option<u32>,
    /// When it begins, as a field holds it.
    pub starts: String,
    pub session_mark: String,
    pub changes: Vec<ChangeView>,
    pub comments: Vec<CommentView>,
    pub can_undo: bool,
    pub can_redo: bool,
    /// The published version that it stands as; `None` where it was changed since, or never published.
    pub published: Option<u32>,
    /// The version that was published last.
    pub latest: Option<u32>,
    pub coverage: Option<CoverageView>,
    pub pool: Pool,
    /// What was not saved and belongs to no item that is there.
    pub troubles: Vec<String>,
    /// What comes on it by itself.
    pub triggers: TriggersView,
    /// Names the button that is pressed on this page, and what is said in its form.
    pub ops: [String; 2],
    /// What was typed for items that are not from the votes: their questions and their origin.
    pub own: (String, String),
}

impl Making {
    /// How much of the time each item takes, where it begins and how wide it is, in percent of whichever is longer.
    pub fn bars(&self) -> Vec<(f64, f64)> {
        let whole = f64::from(self.used.max(self.session.unwrap_or(0)).max(1));
        let mut from = 0.0;
        let bar = |item: &ItemForm| {
            let width = 100.0 * f64::from(item.view.minutes) / whole;
            let bar = ((from * 10.0_f64).round() / 10.0, (width * 10.0).round() / 10.0);
            from += width;
            bar
        };
        self.items.iter().map(bar).collect()
    }

    /// Minutes that are missing.
    pub fn over(&self) -> u32 {
        self.session.map_or(0, |session| self.used.saturating_sub(session))
    }
}

#[derive(Template)]
#[template(path = "organise/agenda.html")]
pub(super) struct AgendaPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: &'a str,
    rights: Rights,
    question: String,
    making: Option<Making>,
    goals: [(&'static str, String); 3],
}

/// `GET /o/SLUG/agenda`
pub(in crate::http) async fn show_agenda(
    access: Access<MaySeeOrganising>,
    State(context): State<Context>,
    Query(asked): Query<PoolQuery>,
) -> Result<Response, PageError> {
    draw(&access, &context, &asked, Vec::new()).await
}

/// The page, with what was typed and not saved.
pub(super) async fn draw<C>(
    access: &Access<C>,
    context: &Context,
    asked: &PoolQuery,
    unsaved: Vec<Unsaved>,
) -> Result<Response, PageError> {
    let board = access.room.board().await?;
    let has_trouble = !unsaved.is_empty();
    let making = match &board.contents.agenda.draft {
        Some(draft) => Some(making(access, context, &board, draft, asked, unsaved).await?),
        None => None,
    };
    let mut drawn = page(&AgendaPage {
        t: context.texts(),
        frame: WorkFrame::with(access, &board, "tab-agenda"),
        slug: access.slug.as_str(),
        rights: access.rights,
        question: board.contents.conversation.text.question.text().to_owned(),
        making,
        goals: goals(context.texts()),
    })?;
    if has_trouble {
        *drawn.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(drawn)
}

/// Whom the agenda leaves out, where that is known in time.
async fn coverage(room: &RoomHandle, draft: &AgendaDraft, min: u32) -> Option<ToldCoverage> {
    let items = draft.agenda.items.iter().map(|item| item.numbers().collect()).collect();
    tokio::time::timeout(PATIENCE, room.coverage(items, min)).await.ok()?.ok()
}

async fn making<C>(
    access: &Access<C>,
    context: &Context,
    board: &std::sync::Arc<Board>,
    draft: &AgendaDraft,
    asked: &PoolQuery,
    unsaved: Vec<Unsaved>,
) -> Result<Making, PageError> {
    let min = board.contents.conversation.settings.privacy_min;
    let (coverage, names) = tokio::join!(coverage(&access.room, draft, min), Names::read(&context.store));
    let (results, names) = (board.results().await, names?);
    let texts = context.texts();
    let changes: Vec<AgendaChange> = draft.changes_by_hand().cloned().collect();
    let source = AgendaSource::of_draft(draft, &changes).ok_or(HttpError::NotFound)?;
    let AgendaView { told, items, .. } = AgendaView::new(source, &board.contents, Some(&*results), texts);
    let pool = Pool::new(asked, source, &told, (board, &*results), texts);
    let who = |by| names.who(by, texts);
    let comment = |item: Option<ItemNumber>| {
        let said = draft.comments.iter().filter(move |comment| comment.item == item);
        said.map(|one| CommentView {
            who: who(one.by),
            when: texts.moment(&one.at),
            text: one.text.text().to_owned(),
        })
    };
    let items = forms(draft, items, texts);
    let mut items: Vec<ItemForm> = items.into_iter().map(|item| item.with(&unsaved, texts)).collect();
    for item in &mut items {
        item.comments = comment(Some(ItemNumber(item.view.number))).collect();
    }
    let is_elsewhere = |one: &&Unsaved| draft.agenda.item(ItemNumber(one.item)).is_none();
    let change = |change: &AgendaChange| {
        let what = match change.what {
            Changed::Drafted => texts.get("changed-drafted"),
            Changed::ByHand(_) => change_words(change, &board.contents, texts)?,
        };
        Some(ChangeView { who: who(change.by), when: texts.moment(&change.at), what })
    };
    let counts = draft.changes.iter().rev().filter(|change| !change.undone);
    let (can_undo, can_redo) = draft.can_undo();
    let session = draft.agenda.session;
    let record = &board.contents.agenda;
    let latest = record.latest().map(|latest| latest.version);
    Ok(Making {
        revision: draft.revision,
        used: draft.agenda.minutes(),
        session: session.minutes,
        starts: session.starts_at.map(local_moment).unwrap_or_default(),
        session_mark: draft.mark(&crate::conversation::AgendaEdit::<String>::Session { session }),
        changes: counts.filter_map(change).take(MOST_CHANGES).collect(),
        comments: comment(None).collect(),
        can_undo,
        can_redo,
        published: latest.filter(|_| record.is_published()),
        latest,
        coverage: coverage.map(|told| CoverageView::new(&told, &board.contents, texts)),
        pool,
        troubles: unsaved.iter().filter(|one| is_elsewhere(one)).map(Unsaved::told).collect(),
        triggers: TriggersView::new(record, texts),
        ops: [random_token(), random_token()],
        own: unsaved.iter().find_map(Unsaved::own).unwrap_or_default(),
        items,
        places: if told.places == 0 { DEFAULT_PLACES } else { told.places },
    })
}

fn forms(draft: &AgendaDraft, views: Vec<ItemView>, texts: &Texts) -> Vec<ItemForm> {
    let items = draft.agenda.items.iter().zip(views).enumerate();
    let mut forms: Vec<ItemForm> =
        items.map(|(at, (item, view))| ItemForm::new(view, item, at + 1, draft, texts)).collect();
    let from_votes: Vec<(u32, String)> = forms
        .iter()
        .filter(|form| form.view.head.is_some())
        .map(|form| (form.view.number, form.name().to_owned()))
        .collect();
    for form in forms.iter_mut().filter(|form| form.view.head.is_some()) {
        form.joinable =
            from_votes.iter().filter(|(number, _)| *number != form.view.number).cloned().collect();
    }
    forms
}
