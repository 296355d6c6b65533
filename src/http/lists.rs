//! Lists for programs, a page at a time, so that a client can build again what it knew.

use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::api_words::{ChoiceWord, ErrorAnswer, ModerationWord};
use super::paging::Pages;
use crate::access::MayTakePart;
use crate::conversation::Statement;
use crate::domain::{Choice, Moderation, ParticipantNumber, StatementNumber};
use crate::edge::{Access, ApiError, Query};
use crate::live::{BoardStatement, RoomState};

/// Entries on a page.
const PER_PAGE: usize = 500;

/// Which page the address asks for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct ListQuery {
    pub page: Option<usize>,
}

/// Where a page is among the others.
#[derive(Serialize, ToSchema)]
pub(super) struct PageOf {
    page: usize,
    pages: usize,
    total: usize,
}

impl PageOf {
    /// The page that is asked for, and the part of a list on it.
    pub fn of<T>(asked: &ListQuery, all: Vec<T>) -> (Self, Vec<T>) {
        let pages = Pages::new(asked.page, all.len(), PER_PAGE);
        let place = Self { page: pages.page, pages: pages.pages, total: pages.total };
        (place, all.into_iter().skip(pages.skip()).take(pages.take()).collect())
    }
}

#[derive(Serialize, ToSchema)]
struct StatementsAnswer {
    #[serde(flatten)]
    place: PageOf,
    statements: Vec<ListedStatement>,
}

#[derive(Serialize, ToSchema)]
struct ListedStatement {
    #[schema(value_type = u32)]
    number: StatementNumber,
    text: String,
    from_organiser: bool,
    about_the_person: bool,
}

impl From<&BoardStatement> for ListedStatement {
    fn from(statement: &BoardStatement) -> Self {
        Self {
            number: statement.number,
            text: statement.text.to_string(),
            from_organiser: statement.seed,
            about_the_person: statement.meta,
        }
    }
}

/// `GET /api/v1/c/SLUG/statements`: those on which people vote, by number.
#[utoipa::path(
    get,
    path = "/api/v1/c/{slug}/statements",
    params(("slug" = String, Path, description = "the conversation’s name in addresses"), ("page" = Option<usize>, Query, description = "counted from 1")),
    responses(
        (status = 200, body = StatementsAnswer),
        (status = 404, body = ErrorAnswer, description = "no such conversation"),
    )
)]
pub(super) async fn list_statements(
    Access { room, .. }: Access<MayTakePart>,
    Query(asked): Query<ListQuery>,
) -> Result<Response, ApiError> {
    let board = room.board().await?;
    let (place, shown) = PageOf::of(&asked, board.contents.shown().collect());
    let statements = shown.into_iter().map(ListedStatement::from).collect();
    Ok(axum::Json(StatementsAnswer { place, statements }).into_response())
}

#[derive(Serialize, ToSchema)]
struct MineAnswer {
    #[serde(flatten)]
    place: PageOf,
    votes: Vec<OwnVote>,
    statements: Vec<OwnStatement>,
}

#[derive(Serialize, ToSchema)]
struct OwnVote {
    #[schema(value_type = u32)]
    statement: StatementNumber,
    #[schema(value_type = ChoiceWord)]
    choice: Choice,
    important: bool,
}

#[derive(Serialize, ToSchema)]
struct OwnStatement {
    /// Null until it is shown: it would tell whether others wait.
    #[schema(value_type = Option<u32>)]
    number: Option<StatementNumber>,
    text: String,
    #[schema(value_type = ModerationWord)]
    moderation: Moderation,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// `GET /api/v1/c/SLUG/mine`: the caller's own votes, by statement, and own statements.
#[utoipa::path(
    get,
    path = "/api/v1/c/{slug}/mine",
    params(("slug" = String, Path, description = "the conversation’s name in addresses"), ("page" = Option<usize>, Query, description = "counted from 1")),
    responses(
        (status = 200, body = MineAnswer),
        (status = 404, body = ErrorAnswer, description = "no such conversation"),
    )
)]
pub(super) async fn list_mine(
    Access { room, visitor, .. }: Access<MayTakePart>,
    Query(asked): Query<ListQuery>,
) -> Result<Response, ApiError> {
    let identity = visitor.identity;
    let own = room.read(move |state| {
        let participant = identity.and_then(|token| state.desk.participant_of(&token));
        participant.map(|participant| own(state, participant)).unwrap_or_default()
    });
    let (votes, statements) = own.await?;
    let (place, votes) = PageOf::of(&asked, votes);
    Ok(axum::Json(MineAnswer { place, votes, statements }).into_response())
}

fn own(state: &RoomState, participant: ParticipantNumber) -> (Vec<OwnVote>, Vec<OwnStatement>) {
    let record = &state.desk.record;
    let person = record.participants.get(&participant);
    let votes = person.into_iter().flat_map(|person| person.votes.iter());
    let shown = votes.filter(|vote| state.shown(vote.statement).is_some());
    let important = |number| person.is_some_and(|person| person.marks(number));
    let own_vote = |vote: crate::domain::CurrentVote| OwnVote {
        statement: vote.statement,
        choice: vote.choice,
        important: important(vote.statement),
    };
    let votes = shown.map(own_vote).collect();
    let mut statements: Vec<_> = record
        .statements
        .values()
        .filter_map(|statement| Some((statement.submitted_by(participant)?, statement)))
        .collect();
    // In the order in which they were submitted: that of numbers would tell which of them waited already.
    statements.sort_by_key(|(submitted, _)| *submitted);
    let own_statement = |(_, statement): (_, &Statement)| {
        let words = statement.words_of(participant)?;
        let is_shown = record.is_shown(statement);
        let text = if is_shown { statement.text.text() } else { words.text() };
        Some(OwnStatement {
            number: is_shown.then_some(statement.number),
            text: text.to_owned(),
            moderation: statement.moderation,
            reason: statement.reason.as_ref().map(|reason| reason.text().to_owned()),
        })
    };
    (votes, statements.into_iter().filter_map(own_statement).collect())
}
