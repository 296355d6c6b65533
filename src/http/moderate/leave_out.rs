//! Leaving votes out of the results: whose, what follows, and why, before it is done; and counting them again.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::{Capability, MayModerate, MaySeeModeration};
use crate::conversation::{Channel, ExclusionAct, MAX_EXCLUSION_REASON};
use crate::disclosure::SetName;
use crate::domain::{Rejection, Seq, StatementNumber, Timestamp};
use crate::edge::{Access, Context, Form, HttpError, PageError, Query, page_with_status};
use crate::http::work_frame::WorkFrame;
use crate::live::{RoomError, Whom};
use crate::texts::Texts;

/// Statements that can be named at once.
const MOST_STATEMENTS: usize = 100;

/// Who is meant, as an address says.
#[derive(Default, Debug, Deserialize)]
#[serde(default)]
pub(in crate::http) struct WhomQuery {
    whom: String,
    set: Option<u64>,
    from: Option<i64>,
    channel: String,
    statements: String,
}

/// Who is meant, and why, as the form says.
#[derive(Default, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct LeaveOutForm {
    whom: String,
    /// A set of equal votes, by its name.
    #[serde(default)]
    set: Option<u64>,
    /// When many came at once, in microseconds.
    #[serde(default)]
    from: Option<i64>,
    #[serde(default)]
    channel: String,
    /// Numbers of statements.
    #[serde(default)]
    statements: String,
    /// Why, for everybody to read.
    #[serde(default)]
    reason: String,
    /// How many people the page told that these are.
    #[serde(default)]
    told: Option<u32>,
}

impl From<WhomQuery> for LeaveOutForm {
    fn from(asked: WhomQuery) -> Self {
        let WhomQuery { whom, set, from, channel, statements } = asked;
        Self { whom, set, from, channel, statements, ..Self::default() }
    }
}

impl LeaveOutForm {
    fn whom(&self) -> Option<Whom> {
        Some(match self.whom.as_str() {
            "copies" => Whom::Copies(SetName(self.set?)),
            "straight" => Whom::StraightLine,
            "burst" => Whom::Burst(Timestamp(self.from?)),
            "channel" => Whom::Channel(Channel::parse(self.channel.trim())?),
            "writers" => Whom::Writers(self.numbers()?),
            _ => return None,
        })
    }

    /// The statements that are named, in whatever way numbers can be set apart.
    fn numbers(&self) -> Option<Vec<StatementNumber>> {
        let parts = self.statements.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        let numbers: Option<Vec<_>> = parts.map(|part| part.parse().ok().map(StatementNumber)).collect();
        numbers.filter(|numbers| !numbers.is_empty() && numbers.len() <= MOST_STATEMENTS)
    }
}

/// Who is meant, in words.
fn who(whom: &Whom, people: Option<u32>, min: u32, texts: &Texts) -> String {
    let Some(n) = people else { return texts.msg("leave-out-few").num("min", min).to_string() };
    match whom {
        Whom::Copies(_) => texts.msg("watch-copies").num("n", n).to_string(),
        Whom::StraightLine => texts.msg("watch-straight").num("n", n).to_string(),
        Whom::Burst(from) => {
            texts.msg("leave-out-burst").num("n", n).text("when", &texts.moment(from)).to_string()
        }
        Whom::Channel(channel) => {
            texts.msg("leave-out-channel").num("n", n).text("channel", channel.as_str()).to_string()
        }
        Whom::Writers(_) => texts.msg("leave-out-writers").num("n", n).to_string(),
    }
}

#[derive(Template)]
#[template(path = "moderate/leave-out.html")]
struct LeaveOutPage<'a> {
    t: &'a Texts,
    frame: WorkFrame,
    slug: &'a str,
    asked: LeaveOutForm,
    who: String,
    /// How many people these are at least, where their votes can be left out.
    told: Option<u32>,
    error: Option<String>,
}

async fn draw<C: Capability>(
    access: &Access<C>,
    context: &Context,
    asked: LeaveOutForm,
    error: Option<String>,
) -> Result<Response, PageError> {
    let texts = context.texts();
    let board = access.room.board().await?;
    let conversation = &board.contents.conversation;
    let is_final = conversation.published.rows.is_some();
    let error = error.or_else(|| is_final.then(|| texts.get("leave-out-released")));
    let can_be = !is_final && access.rights.may_moderate();
    let (who, told, error) = match asked.whom() {
        None => (String::new(), None, Some(texts.get("leave-out-nobody"))),
        Some(whom) => match access.room.how_many(&whom).await {
            Ok(people) => {
                let who = who(&whom, people, conversation.settings.privacy_min, texts);
                (who, people.filter(|_| can_be), error)
            }
            Err(RoomError::Rejected(why)) => (String::new(), None, Some(texts.refusal(&why))),
            Err(error) => return Err(error.into()),
        },
    };
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = WorkFrame::with(access, &board, "tab-moderate");
    let slug = access.slug.as_str();
    page_with_status(status, &LeaveOutPage { t: texts, frame, slug, asked, who, told, error })
}

fn refusal(why: &Rejection, texts: &Texts) -> String {
    match why {
        Rejection::ReasonNeeded => texts.get("leave-out-why-needed"),
        Rejection::RowsReleased => texts.get("leave-out-released"),
        why => texts.refusal(why),
    }
}

/// `GET /m/SLUG/leave-out`
pub(in crate::http) async fn ask_to_leave_out(
    access: Access<MaySeeModeration>,
    State(context): State<Context>,
    Query(asked): Query<WhomQuery>,
) -> Result<Response, PageError> {
    draw(&access, &context, asked.into(), None).await
}

/// `POST /m/SLUG/leave-out`
pub(in crate::http) async fn leave_out(
    access: Access<MayModerate>,
    State(context): State<Context>,
    Form(form): Form<LeaveOutForm>,
) -> Result<Response, PageError> {
    let whom = form.whom().ok_or(HttpError::BadForm)?;
    // Others may have come since the page told how many.
    if form.told.is_some() && access.room.how_many(&whom).await.is_ok_and(|now| now != form.told) {
        return draw(&access, &context, form, Some(context.texts().get("leave-out-changed"))).await;
    }
    match access.room.leave_out(access.actor()?, &whom, form.reason.clone()).await {
        Ok(_) => Ok(Redirect::to(&format!("/m/{}/watch?done=1#left-out", access.slug)).into_response()),
        Err(RoomError::Rejected(why)) => {
            draw(&access, &context, form, Some(refusal(&why, context.texts()))).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Which set counts again.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct CountAgainForm {
    set: u64,
}

/// `POST /m/SLUG/count-again`
pub(in crate::http) async fn count_again(
    access: Access<MayModerate>,
    Form(form): Form<CountAgainForm>,
) -> Result<Response, PageError> {
    match access.try_act(ExclusionAct::Include { set: Seq(form.set) }).await? {
        Ok(_) => {}
        Err(RoomError::Rejected(why)) => {
            return Err(HttpError::BadInput(refusal(&why, Texts::current())).into());
        }
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&format!("/m/{}/watch?done=1#left-out", access.slug)).into_response())
}
