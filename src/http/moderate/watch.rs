//! What happens now, for moderators: votes and newcomers beside what is usual, groups as they were, statements worth a look, and what
//! stands out, each with what it means and what to do.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::MaySeeModeration;
use crate::conversation::Settings;
use crate::disclosure::{Results, ToldWatch};
use crate::domain::{StatementNumber, Timestamp};
use crate::edge::{Access, Context, PageError, Query, page};
use crate::http::done_query::DoneQuery;
use crate::http::left_out::left_out_words;
use crate::http::work_frame::WorkFrame;
use crate::live::{Board, BoardStatement};
use crate::texts::Texts;

use super::listed::{MANY_PASS, pass_percent};

/// Statements of each kind that are worth a look.
const MOST: usize = 5;
const DAY_US: i64 = 24 * 3_600 * 1_000_000;
/// So many times as many as usual, and at least so many, are many more than usual.
const MANY_TIMES: u32 = 3;
const MANY: u32 = 20;

/// A statement worth a look, and why.
struct WorthALook {
    number: StatementNumber,
    text: String,
    why: String,
}

/// A group's line: its letter, its place, and how it stands.
struct GroupLine {
    label: String,
    letter: u32,
    size: u32,
    changes: Vec<String>,
}

/// A set of people whose votes are left out.
struct LeftOutLine {
    set: u64,
    what: String,
    reason: Arc<str>,
    since: String,
}

struct View {
    question: String,
    told: ToldWatch,
    /// Votes and newcomers, in words.
    votes: String,
    newcomers: String,
    /// What the desk says, too.
    stands_out: bool,
    many_votes: bool,
    many_newcomers: bool,
    groups: Vec<GroupLine>,
    moved: Vec<String>,
    burst: Option<(String, Timestamp)>,
    left_out: Vec<LeftOutLine>,
    statements: Vec<WorthALook>,
}

/// Whether something asks for a second look, by what is told or by what the organiser asked for.
pub(super) fn stands_out(told: &ToldWatch, settings: &Settings) -> bool {
    let is_odd = told.burst.is_some() || !told.copies.is_empty() || told.straight_liners.is_some();
    is_odd || is_many(told.votes) || are_many_new(told, settings)
}

/// Whether more came than usual, or as many as the organiser wants to hear of.
fn are_many_new(told: &ToldWatch, settings: &Settings) -> bool {
    is_many(told.newcomers) || told.alarms_of_newcomers(settings)
}

fn is_many((count, usual): (u32, Option<u32>)) -> bool {
    count >= MANY && usual.is_some_and(|usual| count >= MANY_TIMES * usual)
}

/// How many, and as many as usual; of fewer than five no number.
fn counted(keys: [&str; 2], (count, usual): (u32, Option<u32>), texts: &Texts) -> String {
    let said = texts.msg(keys[usize::from(count == 0)]).num("n", count).to_string();
    let usual = match usual {
        Some(usual) => texts.msg("watch-usual").num("usual", usual).to_string(),
        None => texts.get("watch-usual-unknown"),
    };
    format!("{said} {usual}")
}

impl View {
    /// Whether nothing asks for a second look.
    fn is_quiet(&self) -> bool {
        !self.stands_out && self.told.from_one_network.is_none()
    }
}

#[derive(Template)]
#[template(path = "moderate/watch.html")]
struct WatchPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: &'a str,
    /// Votes were left out, or count again.
    done: bool,
    /// Their right, and nothing is out that counts them.
    may_leave_out: bool,
    view: View,
}

/// `GET /m/SLUG/watch`
pub(in crate::http) async fn show_watch(
    access: Access<MaySeeModeration>,
    State(context): State<Context>,
    Query(after): Query<DoneQuery>,
) -> Result<Response, PageError> {
    let board = access.room.board().await?;
    let results = board.results().await;
    let texts = context.texts();
    let now = context.clock.now();
    let conversation = &board.contents.conversation;
    page(&WatchPage {
        t: texts,
        frame: WorkFrame::with(&access, &board, "tab-moderate"),
        slug: access.slug.as_str(),
        done: after.is_done(),
        may_leave_out: access.rights.may_moderate() && conversation.published.rows.is_none(),
        view: view(&board, &results, access.room.watch(), now, texts),
    })
}

fn view(board: &Board, results: &Results, told: ToldWatch, now: Timestamp, texts: &Texts) -> View {
    let moved = |(since, percent): &(Timestamp, Option<u32>)| {
        let since = texts.moment(since);
        match percent {
            Some(percent) => {
                texts.msg("watch-moved").num("percent", *percent).text("since", &since).to_string()
            }
            None => texts.msg("watch-moved-hardly").text("since", &since).to_string(),
        }
    };
    let burst = told.burst.map(|(at, people, usual)| {
        let msg = texts.msg("watch-burst").text("when", &texts.moment(&at));
        (msg.num("n", people).num("usual", usual).to_string(), at)
    });
    let left_out = board.contents.left_out.iter().map(|one| LeftOutLine {
        set: one.set.0,
        what: left_out_words(one.basis, one.people, texts),
        reason: Arc::clone(&one.reason),
        since: texts.moment(&one.at),
    });
    let groups = told.groups.iter().map(|group| GroupLine {
        label: group.label.clone(),
        letter: group.letter,
        size: group.size,
        changes: group.change.iter().map(|(since, change)| changed(*since, *change, texts)).collect(),
    });
    View {
        question: board.contents.conversation.text.question.text().to_owned(),
        votes: counted(["watch-votes", "watch-votes-few"], told.votes, texts),
        newcomers: counted(["watch-newcomers", "watch-newcomers-few"], told.newcomers, texts),
        many_votes: is_many(told.votes),
        stands_out: stands_out(&told, &board.contents.conversation.settings),
        many_newcomers: are_many_new(&told, &board.contents.conversation.settings),
        groups: groups.collect(),
        moved: told.moved.iter().map(moved).collect(),
        burst,
        left_out: left_out.collect(),
        statements: worth_a_look(board, results, now, texts),
        told,
    }
}

fn changed(since: Timestamp, change: i64, texts: &Texts) -> String {
    let key = match change {
        0 => "watch-group-same",
        1.. => "watch-group-more",
        _ => "watch-group-fewer",
    };
    let count = u32::try_from(change.unsigned_abs()).unwrap_or(u32::MAX);
    texts.msg(key).num("n", count).text("since", &texts.moment(&since)).to_string()
}

/// What came since yesterday and splits or bridges, and what many pass on.
fn worth_a_look(board: &Board, results: &Results, now: Timestamp, texts: &Texts) -> Vec<WorthALook> {
    let is_new = |one: &&BoardStatement| one.submitted_at.is_some_and(|at| now.0 - at.0 < DAY_US);
    let why = |one: &BoardStatement| {
        let is_in =
            |side: &[crate::disclosure::ConsensusFinding]| side.iter().any(|f| f.number == one.number);
        let is_new = is_new(&one);
        if is_new && (is_in(&results.agree) || is_in(&results.disagree)) {
            return Some(texts.get("watch-new-bridges"));
        }
        if is_new && results.differ.contains(&one.number) {
            return Some(texts.get("watch-new-splits"));
        }
        let pass = pass_percent(one.number, Some(results)).filter(|percent| *percent >= MANY_PASS)?;
        Some(texts.msg("watch-unclear").num("percent", pass).to_string())
    };
    let found = board.contents.shown().filter_map(|one| {
        Some(WorthALook { number: one.number, text: one.text.to_string(), why: why(one)? })
    });
    let mut found: Vec<WorthALook> = found.collect();
    // The latest first.
    found.reverse();
    found.truncate(MOST);
    found
}
