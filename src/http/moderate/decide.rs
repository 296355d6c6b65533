//! What moderators decide on one statement.

use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::MayModerate;
use crate::conversation::{ModerationAct, ModerationTarget};
use crate::domain::{Moderation, Rejection, Seq, StatementNumber};
use crate::edge::{Access, Form, HttpError, PageError};
use crate::live::RoomError;
use crate::texts::Texts;

use super::listed::{Known, listed};
use super::place::Place;

/// A decision: `accept`, `pending`, `reject`, or `rule-N` for the rule of the policy that statements are rejected by.
pub(super) fn decision(word: &str) -> Result<(Moderation, Option<u32>), PageError> {
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

/// A decision on one statement, and from where in which list it was made.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct DecisionForm {
    statement: StatementNumber,
    decision: String,
    /// The decision on it that was seen, by its place in the log; 0 for none.
    seen: Option<u64>,
    #[serde(default)]
    show: String,
    #[serde(default)]
    order: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    written: String,
}

/// `POST /m/SLUG/moderate`
pub(in crate::http) async fn moderate_statement(
    access: Access<MayModerate>,
    Form(form): Form<DecisionForm>,
) -> Result<Response, PageError> {
    let slug = access.slug.as_str();
    let (to, rule) = decision(&form.decision)?;
    let statement = form.statement;
    let place = Place::of([&form.show, &form.order, &form.q, &form.written]);
    // Where one goes from here, by the list that was seen.
    let board = access.room.board().await?;
    let known = Known::of(&place, &access.room, &board).await;
    let before = listed(&place, &board.contents, &known);
    let here = before.iter().position(|one| one.number == statement);
    let which = ModerationTarget::One { statement, seen: form.seen.map(Seq) };
    let done = match access.try_act(ModerationAct::Decide { which, to, rule }).await? {
        Ok(saved) => (saved.counts().0 > 0).then_some(saved.seq),
        Err(RoomError::Rejected(Rejection::ChangedMeanwhile)) => {
            let (late, at) = (("late", statement.to_string()), ("at", statement.to_string()));
            return Ok(Redirect::to(&place.href(slug, &[at, late])).into_response());
        }
        Err(error) => return Err(error.into()),
    };
    let next = match here {
        // What is put back is looked at again.
        _ if to == Moderation::Pending => Some(statement),
        Some(here) => {
            let beside = before.get(here + 1).or_else(|| before.get(here.checked_sub(1)?));
            beside.map(|one| one.number)
        }
        None => None,
    };
    let done = done.map(|seq| [("done", statement.to_string()), ("seq", seq.to_string())]);
    let next = next.map(|next| ("at", next.to_string()));
    let more: Vec<_> = next.into_iter().chain(done.into_iter().flatten()).collect();
    Ok(Redirect::to(&place.href(slug, &more)).into_response())
}
