//! The results as files, for anybody who wants to compute on: what the page shows, and nothing else.

use std::collections::HashMap;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::MayTakePart;
use crate::conversation::ExclusionBasis;
use crate::disclosure::{LeftOut, LeftOutSet, PublicTally, ResultGroup, Results, StatementResult};
use crate::domain::StatementNumber;
use crate::edge::{Access, ApiError, Context, HttpError, Query};
use crate::http::api_words::ErrorAnswer;
use crate::http::csv_file;
use crate::http::lists::{ListQuery, PageOf};
use crate::live::{Board, BoardStatement};
use crate::texts::{SiteBrand, iso_moment};

use super::reader::{NotRead, Reader};
use super::standings::{Standing, standings};

/// The form of the file: it grows, and what is there keeps its meaning.
const FORMAT: u32 = 1;

/// Everything that is published of a conversation.
#[derive(Serialize, ToSchema)]
struct ResultsFile<'a> {
    format: u32,
    conversation: ConversationPart<'a>,
    as_of: AsOf,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'a str>,
    method: &'static str,
    #[schema(value_type = Object)]
    columns: serde_json::Value,
    counts: CountsPart,
    /// Counts of fewer people are never there.
    privacy_min: u32,
    groups: Vec<GroupPart<'a>>,
    /// Groups that are too small to be shown.
    hidden_groups: usize,
    /// Sets of people whose votes moderators left out.
    left_out: Vec<LeftOutPart>,
    statements: Vec<StatementPart<'a>>,
}

#[derive(Serialize, ToSchema)]
struct LeftOutPart {
    since: String,
    /// By what they were found.
    #[schema(value_type = String)]
    basis: ExclusionBasis,
    /// Null where they are too few to say.
    people: Option<u32>,
    reason: String,
}

#[derive(Serialize, ToSchema)]
struct ConversationPart<'a> {
    slug: &'a str,
    question: &'a str,
    organiser: &'a str,
}

#[derive(Serialize, ToSchema)]
struct AsOf {
    at: String,
    /// The position in the log, and the hash of the event there.
    event: u64,
    head: String,
}

#[derive(Serialize, ToSchema)]
struct CountsPart {
    people: u32,
    votes: u64,
    statements: usize,
    on_the_map: u32,
}

#[derive(Serialize, ToSchema)]
struct GroupPart<'a> {
    label: &'a str,
    people: u32,
    percent: u32,
    /// What is typical of it, the most telling first.
    typical: Vec<TypicalPart>,
}

#[derive(Serialize, ToSchema)]
struct TypicalPart {
    #[schema(value_type = u32)]
    statement: StatementNumber,
    agrees: bool,
}

#[derive(Clone, Copy, Serialize, ToSchema)]
pub(in crate::http) struct VotesPart {
    pub agree: u32,
    pub pass: u32,
    pub disagree: u32,
}

#[derive(Serialize, ToSchema)]
struct StatementPart<'a> {
    #[schema(value_type = u32)]
    number: StatementNumber,
    text: &'a str,
    from_organiser: bool,
    about_the_person: bool,
    /// Null where too few people voted.
    votes: Option<VotesPart>,
    /// Those of each group, in the order of `groups`; null where they are hidden.
    groups: Vec<Option<VotesPart>>,
    /// The same with the votes that are left out, where enough are.
    #[serde(skip_serializing_if = "Option::is_none")]
    votes_with_left_out: Option<VotesPart>,
    /// How it stands among the groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    standing: Option<&'static str>,
    /// The agreement of the group that agrees least, in percent, with chance allowed for.
    #[serde(skip_serializing_if = "Option::is_none")]
    least_agreement: Option<u32>,
    /// At least so many percent of those who voted on it marked it as important; told at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    important_percent: Option<u32>,
}

/// What the method is, in plain words.
const METHOD: &str = "Each person's votes are a row of a table. A principal component analysis finds the two \
    directions in which people differ most, k-means the groups. A statement is agreed on where the lower end of \
    the 90 % Wilson interval is above one half in every group. Groups and counts of fewer people than privacy_min \
    are left out, and whatever would give them away. OPINION.md in Boule's source has every formula.";

fn columns() -> serde_json::Value {
    serde_json::json!({
        "number": "the number of the statement, the same on every page",
        "text": "the words of the statement",
        "from_organiser": "whether the organiser wrote it",
        "about_the_person": "whether it is about the person who votes; such statements make no groups",
        "votes": "current votes of everybody; people in no group are left out where they are few",
        "groups": "current votes of each group",
        "votes_with_left_out": "the votes of everybody, and those that moderators left out; where enough of these are there",
        "standing": "agreed, rejected, differs, one_group or unclear; left out where none of them is clear",
        "least_agreement": "percent, of statements that are agreed on or rejected",
        "important_percent": "at least so many percent of those who voted on it marked it as important; in tenths, at \
            the end, where enough did and enough did not",
    })
}

impl From<PublicTally> for VotesPart {
    fn from(cell: PublicTally) -> Self {
        let votes = cell.votes();
        Self { agree: votes.agree, pass: votes.pass, disagree: votes.disagree }
    }
}

fn left_out(left_out: &LeftOut) -> Vec<LeftOutPart> {
    let part = |set: &LeftOutSet| LeftOutPart {
        since: iso_moment(set.at),
        basis: set.basis,
        people: set.people,
        reason: set.reason.to_string(),
    };
    left_out.sets.iter().map(part).collect()
}

fn statements<'a>(board: &'a Board, results: &'a Results, left_out: &LeftOut) -> Vec<StatementPart<'a>> {
    let with: HashMap<_, _> = left_out.statements.iter().map(|one| (one.number, one.with)).collect();
    let standings = standings(results);
    let important: HashMap<_, _> = board.important().into_iter().map(|f| (f.number, f.tenths * 10)).collect();
    let part = |(row, statement): (&StatementResult, &'a BoardStatement)| {
        let (standing, least_agreement) = standings.get(&row.number).copied().unzip();
        StatementPart {
            number: row.number,
            text: &statement.text,
            from_organiser: statement.seed,
            about_the_person: statement.meta,
            votes: row.cells.overall.map(VotesPart::from),
            groups: row.cells.groups.iter().map(|cell| cell.map(VotesPart::from)).collect(),
            votes_with_left_out: with.get(&row.number).copied().map(VotesPart::from),
            standing: standing.map(Standing::as_str),
            least_agreement: least_agreement.flatten(),
            important_percent: important.get(&row.number).copied(),
        }
    };
    let rows = results.statements.iter();
    rows.filter_map(|row| Some((row, board.contents.statement(row.number)?))).map(part).collect()
}

fn file<'a>(slug: &'a str, board: &'a Board, results: &'a Results) -> ResultsFile<'a> {
    let (published, text) = (&board.published, &board.contents.conversation.text);
    let aside = published.left_out(results);
    let group = |group: &'a ResultGroup| GroupPart {
        label: &group.label,
        people: group.size,
        percent: group.percent,
        typical: group
            .typical
            .iter()
            .map(|typical| TypicalPart { statement: typical.number, agrees: typical.agrees })
            .collect(),
    };
    ResultsFile {
        format: FORMAT,
        conversation: ConversationPart {
            slug,
            question: text.question.text(),
            organiser: text.organiser.text(),
        },
        as_of: AsOf {
            at: iso_moment(published.at),
            event: published.version.0,
            head: published.head.to_string(),
        },
        licence: SiteBrand::current().licence.as_deref(),
        method: METHOD,
        columns: columns(),
        counts: CountsPart {
            people: published.counts.participants,
            votes: published.counts.votes,
            statements: board.contents.shown().count(),
            on_the_map: published.shared_map().placed,
        },
        privacy_min: results.min,
        groups: results.groups.iter().map(group).collect(),
        hidden_groups: results.hidden_groups,
        left_out: left_out(&aside),
        statements: statements(board, results, &aside),
    }
}

/// `GET /c/SLUG/results.json`
pub(in crate::http) async fn send_json(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, NotRead> {
    let reader = Reader::of(&access, &context).await?;
    let board = &reader.board;
    let results = board.results().await;
    let file = file(access.slug.as_str(), board, &results);
    let named = format!("attachment; filename=\"{}-results.json\"", access.slug);
    let answer = ([(header::CONTENT_DISPOSITION, named)], axum::Json(file)).into_response();
    Ok(reader.remember(answer))
}

/// `GET /c/SLUG/results.csv`
pub(in crate::http) async fn send_csv(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, NotRead> {
    let reader = Reader::of(&access, &context).await?;
    let board = &reader.board;
    let results = board.results().await;
    let mut head: Vec<String> =
        ["number", "text", "from_organiser", "about_the_person", "standing", "important_percent"]
            .into_iter()
            .chain(["agree", "pass", "disagree"])
            .map(str::to_owned)
            .collect();
    for group in &results.groups {
        head.extend(["agree", "pass", "disagree"].map(|answer| format!("group_{}_{answer}", group.label)));
    }
    let cells = |votes: &Option<VotesPart>| match votes {
        Some(votes) => [votes.agree, votes.pass, votes.disagree].map(|n| n.to_string()),
        None => [const { String::new() }; 3],
    };
    let aside = board.published.left_out(&results);
    let rows = statements(board, &results, &aside).into_iter().map(|statement| {
        let mut row = vec![
            statement.number.to_string(),
            statement.text.to_owned(),
            statement.from_organiser.to_string(),
            statement.about_the_person.to_string(),
            statement.standing.unwrap_or_default().to_owned(),
            statement.important_percent.map(|percent| percent.to_string()).unwrap_or_default(),
        ];
        row.extend(std::iter::once(&statement.votes).chain(&statement.groups).flat_map(cells));
        row
    });
    Ok(reader.remember(csv_file::send(&format!("{}-results", access.slug), &head, rows)?))
}

/// What is published, with a page of the statements.
#[derive(Serialize, ToSchema)]
struct ResultsPage<'a> {
    #[serde(flatten)]
    place: PageOf,
    #[serde(flatten)]
    file: ResultsFile<'a>,
}

/// `GET /api/v1/c/SLUG/results`: what is published, a page of statements at a time.
#[utoipa::path(
    get,
    path = "/api/v1/c/{slug}/results",
    params(("slug" = String, Path, description = "the conversation’s name in addresses"), ("page" = Option<usize>, Query, description = "counted from 1")),
    responses(
        (status = 200, body = ResultsPage, description = "what is published, a page of statements at a time"),
        (status = 403, body = ErrorAnswer, description = "results are not shown to this caller yet"),
        (status = 404, body = ErrorAnswer, description = "no such conversation"),
    )
)]
pub(in crate::http) async fn list_results(
    access: Access<MayTakePart>,
    Query(asked): Query<ListQuery>,
) -> Result<Response, ApiError> {
    let reader = Reader::admitted(&access).await?.ok_or(HttpError::NotAllowed)?;
    let board = &reader.board;
    let results = board.results().await;
    let mut file = file(access.slug.as_str(), board, &results);
    let (place, statements) = PageOf::of(&asked, std::mem::take(&mut file.statements));
    file.statements = statements;
    Ok(reader.remember(axum::Json(ResultsPage { place, file }).into_response()))
}
