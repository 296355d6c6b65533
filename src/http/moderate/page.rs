//! The moderators' workbench: a list, one of its statements in full with what can be decided, and the live groups.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::{Capability, MaySeeModeration};
use crate::conversation::MAX_PARTS;
use crate::disclosure::Results;
use crate::domain::{Moderation, Rights, Seq, StatementNumber, Timestamp};
use crate::edge::{Access, Context, HttpError, PageError, Query, Staff, page};
use crate::http::assets;
use crate::http::conversation_list::ConversationList;
use crate::http::map_view::{MapView, OwnMarks};
use crate::http::paging::{ListPage, Pages};
use crate::http::work_frame::WorkFrame;
use crate::live::{Board, BoardStatement, Counts, RoomHandle};
use crate::store::Listing;
use crate::texts::Texts;

use super::alike::Alike;
use super::arrivals::Arrivals;
use super::extras::{Extras, PIN_HOURS};
use super::listed::{History, Known, counted, listed, writer_name};
use super::place::{DeskQuery, ManyDecided, Order, Place, Show};
use super::rows::{RowView, Rows, several};
use super::watch::stands_out;

/// Statements of a list that one page shows.
const ON_A_PAGE: usize = 50;
/// Statements that say nearly the same as the one that is shown in full.
const MOST_ALIKE: usize = 4;

/// The statement that is shown in full.
struct Detail {
    number: StatementNumber,
    text: String,
    moderation: Moderation,
    reason: Option<String>,
    when: Option<String>,
    writer: Option<(String, History)>,
    seed: bool,
    votes: u32,
    /// The decision that stands, by its place in the log; 0 for none.
    seen: Seq,
    /// A colleague has it before them.
    is_looked_at: bool,
    alike: Vec<Alike>,
    extras: Extras,
    /// The statements before and after it in the list.
    before: Option<String>,
    after: Option<String>,
}

/// What was decided last.
struct Last {
    number: StatementNumber,
    text: String,
    moderation: Moderation,
    seen: Seq,
    /// The decision that takes it back to what was so before.
    undo: &'static str,
}

struct View {
    question: String,
    place: Place,
    /// The rules by which statements are rejected.
    policy: Vec<String>,
    waiting: usize,
    counts: [(Show, String, Option<usize>, String); 5],
    orders: [(Order, String, String); 4],
    /// The languages of the list, where there are several: code, name, how many.
    languages: Vec<(&'static str, &'static str, usize)>,
    rows: Vec<RowView>,
    pages: Pages,
    detail: Option<Detail>,
    last: Option<Last>,
    /// Whether a colleague had decided on the statement meanwhile.
    late: bool,
    many: Option<(ManyDecided, usize)>,
    arrivals: Arrivals,
    people: Counts,
    /// What takes back what was done last beside accepting and rejecting.
    reverse: Option<&'static str>,
    /// Whether no new statements are taken.
    is_paused: bool,
    /// The numbers of the first and the last that wait.
    range: Option<(StatementNumber, StatementNumber)>,
}

#[derive(Template)]
#[template(path = "moderate/desk.html")]
struct DeskPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    script: String,
    slug: &'a str,
    rights: Rights,
    view: View,
    map: MapView,
    own: OwnMarks,
    refused: Option<Refused>,
    /// Whether something in what happens asks for a look.
    stands_out: bool,
}

/// What was asked for and not done, with what was typed.
pub(super) struct Refused {
    pub why: String,
    pub texts: String,
}

impl DeskPage<'_> {
    /// What stands in the field for other words: what was typed last, where it was refused.
    fn words_to_derive<'a>(&'a self, detail: &'a Detail) -> &'a str {
        let typed = self.refused.as_ref().map(|refused| refused.texts.as_str());
        typed.filter(|typed| !typed.is_empty()).unwrap_or(&detail.text)
    }

    /// The address of the other pages of the list, which ends before the number of one.
    fn pages_href(&self) -> String {
        self.view.place.href(self.slug, &[("page", String::new())])
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
pub(in crate::http) async fn show_desk(
    access: Access<MaySeeModeration>,
    State(context): State<Context>,
    Query(asked): Query<DeskQuery>,
) -> Result<Response, PageError> {
    draw(&access, &context, &asked, None).await
}

/// Draws the workbench; with what was refused, to be mended.
pub(super) async fn draw<C: Capability>(
    access: &Access<C>,
    context: &Context,
    asked: &DeskQuery,
    refused: Option<Refused>,
) -> Result<Response, PageError> {
    let board = access.room.board().await?;
    let known = Known::of(&asked.place(), &access.room, &board).await;
    let slug = access.slug.as_str();
    let now = context.clock.now();
    let mut view = view(&board, &known, asked, (slug, now), context.texts());
    mark_looked_at(access, &mut view)?;
    if let Some(detail) = &mut view.detail {
        detail.alike = alike(&access.room, &board, detail.number, &view.place, slug, context.texts()).await?;
    }
    page(&DeskPage {
        t: context.texts(),
        frame: WorkFrame::with(access, &board, "tab-moderate"),
        script: assets::url("moderate.js"),
        slug,
        rights: access.rights,
        view,
        map: MapView::new(&board.published, context.texts()),
        own: OwnMarks::nobody(),
        refused,
        stands_out: stands_out(&access.room.watch(), &board.contents.conversation.settings),
    })
}

/// Marks what colleagues have before them. Who only reads holds nothing.
fn mark_looked_at<C: Capability>(access: &Access<C>, view: &mut View) -> Result<(), HttpError> {
    let at = view.detail.as_ref().map(|detail| detail.number);
    let at = at.filter(|_| access.rights.may_moderate());
    let others = access.room.look_at(access.staff()?, at);
    view.rows.iter_mut().for_each(|row| row.is_looked_at = others.contains(&row.number));
    if let Some(detail) = &mut view.detail {
        detail.is_looked_at = others.contains(&detail.number);
    }
    Ok(())
}

fn view(
    board: &Board,
    known: &Known,
    asked: &DeskQuery,
    (slug, now): (&str, Timestamp),
    texts: &Texts,
) -> View {
    let Board { contents, published, .. } = board;
    let place = asked.place();
    let (all, results) = (listed(&place, contents, known), known.results.as_deref());
    let languages = known.languages_of(place.show, contents);
    let first = asked.page.unwrap_or(1).saturating_sub(1).saturating_mul(ON_A_PAGE);
    let first = all.get(first).or_else(|| all.first()).copied();
    let first = first.filter(|_| !asked.is_strict);
    let at = asked.at.and_then(|number| contents.statement(number)).or(first);
    let index = at.and_then(|at| all.iter().position(|one| one.number == at.number));
    // The page that was asked for, or that of the statement that is shown in full.
    let pages = Pages::new(asked.page.or(index.map(|index| index / ON_A_PAGE + 1)), all.len(), ON_A_PAGE);
    let neighbour = |step: isize| {
        // From one that is not in the list, the way on leads to its beginning.
        let to = index.map_or((step > 0).then_some(0), |index| index.checked_add_signed(step))?;
        Some(place.href(slug, &[("at", all.get(to)?.number.to_string())]))
    };
    let detail = at.map(|at| Detail::of(at, board, [neighbour(-1), neighbour(1)], (now, texts)));
    // Whatever was decided since is not taken back.
    let is_own = |one: &&BoardStatement| asked.seq == Some(seen_of(one).0);
    let last = asked.done.and_then(|number| contents.statement(number)).filter(is_own).map(Last::of);
    let shown = u32::try_from(contents.shown().count()).unwrap_or(u32::MAX);
    let waiting: Vec<StatementNumber> = contents.waiting().map(|one| one.number).collect();
    View {
        question: contents.conversation.text.question.text().to_owned(),
        policy: contents.conversation.text.policy.iter().map(|rule| rule.text().to_owned()).collect(),
        counts: counts(&place, contents, results, slug, texts),
        orders: Order::ALL.map(|order| {
            let there = Place { order, ..place.clone() };
            (order, texts.get(order_key(order, place.show)), there.href(slug, &[]))
        }),
        rows: Rows { place: &place, at: at.map(|at| at.number), known, slug, now, texts }
            .of(&all, &pages, &languages),
        languages: several(&languages),
        pages,
        detail,
        last,
        late: asked.late.is_some() && asked.late == at.map(|at| at.number),
        many: asked.many().map(|many| (many, contents.decided_between(many.was, many.after, many.last))),
        arrivals: Arrivals::of(
            contents.statements.iter().filter(|one| !one.seed).filter_map(|one| one.submitted_at),
            now,
            texts,
        ),
        people: Counts { statements: shown, ..published.counts },
        reverse: asked
            .reverse()
            .filter(|act| is_of_all(act) || asked.at.is_some() && asked.at == at.map(|at| at.number)),
        is_paused: contents.conversation.submissions_paused,
        range: waiting.first().copied().zip(waiting.last().copied()),
        waiting: waiting.len(),
        place,
    }
}

impl Detail {
    fn of(
        at: &BoardStatement,
        board: &Board,
        [before, after]: [Option<String>; 2],
        (now, texts): (Timestamp, &Texts),
    ) -> Self {
        let history = |writer| (writer_name(writer, texts), History::of(writer, &board.contents));
        Self {
            number: at.number,
            text: at.text.to_string(),
            moderation: at.moderation,
            reason: at.reason.as_ref().map(ToString::to_string),
            when: at.submitted_at.map(|moment| texts.moment(&moment)),
            writer: at.writer.map(history),
            seed: at.seed,
            votes: board.published.voters_on(at.number),
            seen: seen_of(at),
            is_looked_at: false,
            alike: Vec::new(),
            extras: Extras::of(at, &board.contents, now, texts),
            before,
            after,
        }
    }
}

impl Last {
    fn of(one: &BoardStatement) -> Self {
        let (number, moderation, seen) = (one.number, one.moderation, seen_of(one));
        let before = one.decision.map(|decision| decision.before);
        let undo = if before == Some(Moderation::Accepted) { "accept" } else { "pending" };
        Self { number, text: one.text.to_string(), moderation, seen, undo }
    }
}

/// The decision on a statement that stands, by its place in the log; 0 for none.
fn seen_of(one: &BoardStatement) -> Seq {
    one.decision.map_or(Seq(0), |decision| decision.seq)
}

/// How many statements each list has, whatever words are looked for; `None` where that would have to be computed.
fn counts(
    place: &Place,
    contents: &crate::live::Contents,
    results: Option<&Results>,
    slug: &str,
    texts: &Texts,
) -> [(Show, String, Option<usize>, String); 5] {
    Show::ALL.map(|show| {
        let there = Place { show, order: Order::default(), ..place.clone() };
        let key = match show {
            Show::Waiting => "desk-waiting",
            Show::Accepted => "desk-accepted",
            Show::Rejected => "desk-rejected",
            Show::Flagged => "desk-flagged",
            Show::Unclear => "desk-unclear",
        };
        let is_known = match show {
            Show::Waiting | Show::Accepted | Show::Rejected => true,
            Show::Flagged => place.show == show,
            Show::Unclear => results.is_some(),
        };
        let count = is_known.then(|| counted(show, contents, results));
        (show, texts.get(key), count, there.href(slug, &[]))
    })
}

fn order_key(order: Order, show: Show) -> &'static str {
    match (order, show) {
        (Order::Oldest, Show::Waiting | Show::Flagged) => "order-oldest",
        (Order::Oldest, Show::Accepted | Show::Rejected) => "order-decided",
        (Order::Oldest, Show::Unclear) => "order-passed",
        (Order::Newest, _) => "order-newest",
        (Order::Writer, _) => "order-author",
        (Order::Alike, _) => "order-alike",
    }
}

/// Whether what takes it back is about no single statement.
fn is_of_all(reverse: &str) -> bool {
    matches!(reverse, "pause" | "unpause")
}

/// What says nearly the same: also what waits.
async fn alike(
    room: &RoomHandle,
    board: &Board,
    number: StatementNumber,
    place: &Place,
    slug: &str,
    texts: &Texts,
) -> Result<Vec<Alike>, PageError> {
    let Some(at) = board.contents.statement(number) else { return Ok(Vec::new()) };
    let found = room.similar_with_waiting(at.text.to_string(), MOST_ALIKE + 1).await?;
    let others = found.into_iter().filter(|one| one.number != number).take(MOST_ALIKE);
    let view = |one: BoardStatement| {
        let href = place.href(slug, &[("at", one.number.to_string())]);
        Alike::new(&one, at, board.published.voters_on(one.number), href, texts)
    };
    Ok(others.map(view).collect())
}
