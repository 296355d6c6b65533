//! My votes, each of which can be changed, and my statements with what became of them. A statement that
//! nobody else has voted on can be taken back or worded anew.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::MayTakePart;
use crate::clock::random_token;
use crate::conversation::{ConversationState, Identity, Statement, StatementsAct, Submission};
use crate::domain::{Choice, Moderation, OperationId, ParticipantNumber, StatementNumber, TokenHash};
use crate::edge::limiter::too_many_statements;
use crate::edge::{Access, Context, Form, HttpError, PageError, Query, page};
use crate::http::assets;
use crate::http::public_frame::{PublicFrame, PublicTab};
use crate::live::{RoomError, RoomState};
use crate::texts::Texts;

struct OwnVote {
    number: StatementNumber,
    text: String,
    choice: Choice,
    important: bool,
}

struct OwnStatement {
    text: String,
    moderation: Moderation,
    reason: Option<String>,
    /// The operation of the form that words it anew.
    op: String,
    /// Its number, once it is shown.
    shown: Option<StatementNumber>,
    /// Names it in forms, where it can still be taken back. Its number is not told before it is shown.
    words: Option<String>,
    /// What moderators made from it, with the name of each in forms, where it can still be taken back.
    made: Vec<(StatementNumber, String, Option<String>)>,
    /// Names it for a mail that says what was decided, while nothing was.
    waits: Option<String>,
}

struct View {
    votes: Vec<OwnVote>,
    statements: Vec<OwnStatement>,
    /// Why moderators left their votes out of the results.
    left_out: Option<String>,
    /// The votes are out as a file: what is left out stays left out.
    is_final: bool,
}

/// What the address says of the step before.
#[derive(Debug, Default, Deserialize)]
pub(in crate::http) struct MineQuery {
    /// A statement was taken back.
    withdrawn: Option<u32>,
    /// A statement was worded anew.
    reworded: Option<u32>,
    /// Everything of theirs was erased.
    erased: Option<u32>,
}

/// A statement's new words that were not taken, and why.
struct RefusedRewording {
    words: String,
    text: String,
    why: String,
}

impl RefusedRewording {
    fn is_of(&self, statement: &OwnStatement) -> bool {
        statement.words.as_deref() == Some(self.words.as_str())
    }
}

#[derive(Template)]
#[template(path = "participate/mine.html")]
struct MinePage<'a> {
    t: &'a Texts,
    style: String,
    /// Takes votes that wait in this browser out of it, once all was erased.
    erased_script: String,
    frame: PublicFrame,
    view: View,
    after: MineQuery,
    refused: Option<RefusedRewording>,
    sends_mail: bool,
}

impl MinePage<'_> {
    /// What was refused of a statement.
    fn refused_of(&self, statement: &OwnStatement) -> Option<&RefusedRewording> {
        self.refused.as_ref().filter(|refused| refused.is_of(statement))
    }

    /// What stands in the form that words a statement anew: what was written there last, where it was refused.
    fn text_to_reword<'a>(&'a self, statement: &'a OwnStatement) -> &'a str {
        let written = self.refused_of(statement).map(|refused| refused.text.as_str());
        written.filter(|text| !text.is_empty()).unwrap_or(&statement.text)
    }

    /// What was refused of a statement that is not among those that can be changed.
    fn refused_of_none(&self) -> Option<&RefusedRewording> {
        let is_of_none = |refused: &&RefusedRewording| !self.view.statements.iter().any(|s| refused.is_of(s));
        self.refused.as_ref().filter(is_of_none)
    }
}

/// `GET /c/SLUG/mine`
pub(in crate::http) async fn show_mine(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Query(after): Query<MineQuery>,
) -> Result<Response, PageError> {
    draw(&context, &access, after, None).await
}

async fn draw(
    context: &Context,
    access: &Access<MayTakePart>,
    after: MineQuery,
    refused: Option<RefusedRewording>,
) -> Result<Response, PageError> {
    let Access { slug, room, visitor, .. } = access;
    let identity = visitor.identity;
    let view = room.read(move |state| view(state, identity)).await?;
    let style = assets::url("boule.css");
    let erased_script = assets::url("erased.js");
    let board = room.board().await?;
    let frame = PublicFrame::of(slug.as_str(), &board, Some(PublicTab::Mine), context.texts());
    let sends_mail = context.outside.sends_mail;
    page(&MinePage { t: context.texts(), style, erased_script, frame, view, after, refused, sends_mail })
}

fn view(state: &RoomState, identity: Option<TokenHash>) -> View {
    let record = &state.desk.record;
    let participant = identity.and_then(|token| state.desk.participant_of(&token));
    let own = participant.and_then(|p| record.participants.get(&p));
    let votes = own.into_iter().flat_map(|own| own.votes.iter()).filter_map(|vote| {
        let shown = state.shown(vote.statement)?;
        let important = own.is_some_and(|own| own.marks(shown.number));
        Some(OwnVote { number: shown.number, text: shown.text, choice: vote.choice, important })
    });
    // In the order in which they were submitted: that of numbers would tell which of them waited already.
    let own = |participant| {
        let own = record.statements.values().filter_map(move |s| Some((s.submitted_by(participant)?, s)));
        let mut own: Vec<_> = own.collect();
        own.sort_by_key(|(submitted, _)| *submitted);
        own.into_iter().filter_map(move |(_, s)| own_statement(state, s, participant))
    };
    let statements = participant.into_iter().flat_map(own);
    let left_out = participant.and_then(|participant| record.exclusion_of(participant));
    View {
        votes: votes.collect(),
        statements: statements.collect(),
        left_out: left_out.map(|set| set.reason.text().to_owned()),
        is_final: record.conversation.published.rows.is_some(),
    }
}

fn own_statement(state: &RoomState, s: &Statement, participant: ParticipantNumber) -> Option<OwnStatement> {
    let words = s.words_of(participant)?;
    let is_open = state.desk.record.conversation.state == ConversationState::Open;
    let is_shown = state.desk.record.is_shown(s);
    let can_go = is_open && s.can_be_withdrawn(is_shown);
    // Once it is shown, it has the words that everybody sees.
    let text = if is_shown { s.text.text() } else { words.text() };
    Some(OwnStatement {
        text: text.to_owned(),
        moderation: s.moderation,
        reason: s.reason.as_ref().map(|reason| reason.text().to_owned()),
        op: random_token(),
        shown: is_shown.then_some(s.number),
        words: can_go.then(|| words.commitment().to_owned()),
        made: made_from(state, s.number, participant),
        waits: (s.moderation == Moderation::Pending).then(|| words.commitment().to_owned()),
    })
}

/// What moderators made from somebody's statement, as far as it is shown.
fn made_from(
    state: &RoomState,
    source: StatementNumber,
    participant: ParticipantNumber,
) -> Vec<(StatementNumber, String, Option<String>)> {
    let record = &state.desk.record;
    let is_open = record.conversation.state == ConversationState::Open;
    let made = record.shown().filter(|one| one.derived_from == Some(source) && one.author.is_none());
    let view = |one: &Statement| {
        let can_go = is_open && record.can_be_withdrawn_by(participant, one);
        let words = can_go.then(|| one.text.commitment().to_owned());
        (one.number, one.text.text().to_owned(), words)
    };
    made.map(view).collect()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct WithdrawForm {
    words: String,
}

/// `POST /c/SLUG/mine/withdraw`
pub(in crate::http) async fn withdraw_statement(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Form(form): Form<WithdrawForm>,
) -> Result<Response, PageError> {
    let identity = Identity::Token(access.visitor.identity.ok_or(HttpError::NotAllowed)?);
    let WithdrawForm { words } = form;
    match access.room.act(identity, StatementsAct::Withdraw { words: words.clone() }).await {
        Ok(_) => Ok(Redirect::to(&format!("/c/{}/mine?withdrawn=1", access.slug)).into_response()),
        Err(RoomError::Rejected(why)) => {
            let refused = RefusedRewording { words, text: String::new(), why: context.texts().refusal(&why) };
            mend(&context, &access, refused, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::http) struct RewordForm {
    words: String,
    text: String,
    op: Option<OperationId>,
}

/// `POST /c/SLUG/mine/reword`
pub(in crate::http) async fn reword_statement(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Form(form): Form<RewordForm>,
) -> Result<Response, PageError> {
    let identity = access.visitor.identity.ok_or(HttpError::NotAllowed)?;
    let RewordForm { words, text, op } = form;
    let limiter = &context.limiter;
    let refused = |why: String| RefusedRewording { words: words.clone(), text: text.clone(), why };
    if let Err(wait) = limiter.take_submission(access.visitor.identity, access.visitor.network) {
        let refused = refused(too_many_statements(wait, context.texts()));
        return mend(&context, &access, refused, StatusCode::TOO_MANY_REQUESTS).await;
    }
    let reword = StatementsAct::Reword {
        words: words.clone(),
        new: Submission { op, ..Submission::new(text.clone()) },
    };
    match access.room.act(Identity::Token(identity), reword).await {
        Ok(_) => Ok(Redirect::to(&format!("/c/{}/mine?reworded=1", access.slug)).into_response()),
        Err(error) => {
            // Nothing new was made of it.
            limiter.give_back_submission(access.visitor.identity, access.visitor.network);
            match error {
                RoomError::Rejected(why) => {
                    let refused = refused(context.texts().refusal(&why));
                    mend(&context, &access, refused, StatusCode::UNPROCESSABLE_ENTITY).await
                }
                error => Err(error.into()),
            }
        }
    }
}

/// The page again, with what was written still in the form and the reason beside it.
async fn mend(
    context: &Context,
    access: &Access<MayTakePart>,
    refused: RefusedRewording,
    status: StatusCode,
) -> Result<Response, PageError> {
    let mut response = draw(context, access, MineQuery::default(), Some(refused)).await?;
    *response.status_mut() = status;
    Ok(response)
}
