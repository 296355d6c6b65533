//! The published agenda, for programs.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::MayTakePart;
use crate::disclosure::{PublicBacked, ToldClaim, ToldCoverage, ToldReading};
use crate::domain::StatementNumber;
use crate::edge::{Access, ApiError, Context, HttpError};
use crate::http::api_words::ErrorAnswer;
use crate::http::results::{VotesPart, may_read, own};
use crate::texts::iso_moment;

use super::source::AgendaSource;
use super::view::{AgendaView, BackedView};

/// The published agenda.
#[derive(Serialize, ToSchema)]
struct AgendaAnswer {
    version: u32,
    /// The position in the log up to which votes were read.
    map_version: u64,
    published_at: String,
    /// When the meeting begins; null where that is not set.
    starts_at: Option<String>,
    items: Vec<AgendaItemAnswer>,
    /// Whom it left out on the day of its publication; null where that is hidden or not known.
    coverage: Option<CoverageAnswer>,
}

#[derive(Serialize, ToSchema)]
struct CoverageAnswer {
    /// So many people who agree with a statement are enough for an item; null where they are too few to say.
    enough: Option<u32>,
    /// With the votes that were cast only.
    cast: ReadingAnswer,
    /// With what people are likely to think of what they did not see.
    likely: ReadingAnswer,
}

#[derive(Serialize, ToSchema)]
struct ReadingAnswer {
    /// The share of people who agree with something on it, at least.
    served_percent: u32,
    /// How many agree with nothing on it, at least; 0 where they are too few to say.
    nothing: u32,
    /// People who are enough for an item and have nothing.
    left_out: Option<ClaimAnswer>,
    /// People who are enough for one item more than they have.
    wanting: Option<ClaimAnswer>,
}

#[derive(Serialize, ToSchema)]
struct ClaimAnswer {
    /// The statement that would serve them.
    #[schema(value_type = u32)]
    statement: StatementNumber,
    /// How many they are, at least.
    people: u32,
}

impl From<&ToldCoverage> for CoverageAnswer {
    fn from(told: &ToldCoverage) -> Self {
        let [cast, likely] = told.readings.each_ref().map(ReadingAnswer::from);
        Self { enough: told.enough, cast, likely }
    }
}

impl From<&ToldReading> for ReadingAnswer {
    fn from(told: &ToldReading) -> Self {
        let claim = |claim: &ToldClaim| ClaimAnswer { statement: claim.statement, people: claim.people };
        Self {
            served_percent: told.served,
            nothing: told.nothing,
            left_out: told.left_out.as_ref().map(claim),
            wanting: told.wanting.as_ref().map(claim),
        }
    }
}

#[derive(Serialize, ToSchema)]
struct AgendaItemAnswer {
    number: u32,
    /// What the meeting is asked; null where the first statement stands for it.
    question: Option<String>,
    goal: &'static str,
    /// 0 where no time is set.
    minutes: u32,
    /// Where it comes from, where it is not from the votes.
    origin: Option<String>,
    /// The one that stands for all of them first.
    statements: Vec<AgendaStatementAnswer>,
}

#[derive(Serialize, ToSchema)]
struct AgendaStatementAnswer {
    #[schema(value_type = u32)]
    statement: StatementNumber,
    text: String,
    /// Why it is there, in a sentence.
    why: String,
    /// Null where they are hidden.
    votes: Option<VotesPart>,
}

/// `GET /api/v1/c/SLUG/agenda`: the published agenda.
#[utoipa::path(
    get,
    path = "/api/v1/c/{slug}/agenda",
    params(("slug" = String, Path, description = "the conversation’s name in addresses")),
    responses(
        (status = 200, body = AgendaAnswer),
        (status = 404, body = ErrorAnswer, description = "no such conversation, or no agenda yet"),
    )
)]
pub(in crate::http) async fn list_agenda(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, ApiError> {
    let board = access.room.board().await?;
    let (_, own_votes) = own(&access.room, &access.visitor).await?;
    let contents = &board.contents;
    let published = contents.agenda.latest().ok_or(HttpError::NotFound)?;
    let has_numbers = may_read(&access, &contents.conversation, own_votes);
    let results = board.results().await;
    let source = AgendaSource::from(published);
    let view = AgendaView::new(source, contents, has_numbers.then_some(&*results), context.texts());
    let statement = |(backed, told): (&BackedView, &PublicBacked)| AgendaStatementAnswer {
        statement: told.number,
        text: backed.row.text.clone(),
        why: backed.why.clone(),
        votes: told.votes.map(VotesPart::from),
    };
    let items = source.agenda.items.iter().zip(view.items.iter().zip(&view.told.items));
    let answer = AgendaAnswer {
        version: published.version,
        map_version: view.told.map_version,
        published_at: iso_moment(published.at),
        starts_at: source.agenda.session.starts_at.map(iso_moment),
        coverage: view.left.as_ref().map(CoverageAnswer::from),
        items: items
            .map(|(item, (shown, told))| AgendaItemAnswer {
                number: item.number.0,
                question: shown.question.clone(),
                goal: item.plan.goal.as_str(),
                minutes: item.plan.minutes,
                origin: shown.origin.clone(),
                statements: shown.statements().zip(&told.statements).map(statement).collect(),
            })
            .collect(),
    };
    Ok(axum::Json(answer).into_response())
}
