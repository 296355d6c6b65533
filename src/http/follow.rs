//! One mail when there is something new: asked for on a page, confirmed by mail, called off with one click. A GET
//! shows a button, so that a mail scanner confirms nothing.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::assets;
use super::done_query::DoneQuery;
use super::public_frame::PublicFrame;
use crate::access::MayTakePart;
use crate::clock::random_token;
use crate::domain::{EmailAddress, TokenHash};
use crate::edge::{Access, Context, Form, HttpError, PageError, Query, Visitor, page};
use crate::notify::MailWords;
use crate::store::{FollowTopic, Follower};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "follow/asked.html")]
struct AskedPage<'a> {
    t: &'a Texts,
    style: String,
    frame: PublicFrame,
    /// What is wrong with the address, where something is.
    error: Option<String>,
    address: String,
    topic: &'static str,
    words: String,
    is_asked: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FollowForm {
    address: String,
    topic: String,
    /// Names the statement that a decision is waited for.
    #[serde(default)]
    words: String,
}

#[derive(Default, Deserialize)]
pub(super) struct FollowQuery {
    #[serde(default)]
    topic: String,
    #[serde(default)]
    words: String,
    done: Option<u32>,
}

/// `GET /c/SLUG/follow`
pub(super) async fn show_follow(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Query(asked): Query<FollowQuery>,
) -> Result<Response, PageError> {
    let topic = FollowTopic::of_word(&asked.topic).unwrap_or(FollowTopic::Results);
    let form = FollowForm { address: String::new(), topic: topic.as_str().to_owned(), words: asked.words };
    draw(&access, &context, form, None, asked.done.is_some()).await
}

async fn draw(
    access: &Access<MayTakePart>,
    context: &Context,
    form: FollowForm,
    error: Option<String>,
    is_asked: bool,
) -> Result<Response, PageError> {
    if !context.outside.sends_mail {
        return Err(HttpError::NotFound.into());
    }
    let board = access.room.board().await?;
    let FollowForm { address, topic, words } = form;
    page(&AskedPage {
        t: context.texts(),
        style: assets::url("boule.css"),
        frame: PublicFrame::of(access.slug.as_str(), &board, None, context.texts()),
        error,
        address,
        topic: FollowTopic::of_word(&topic).unwrap_or(FollowTopic::Results).as_str(),
        words,
        is_asked,
    })
}

/// `POST /c/SLUG/follow`: asks for a mail. What is answered does not tell whether the address is known here.
pub(super) async fn ask_to_follow(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Form(form): Form<FollowForm>,
) -> Result<Response, PageError> {
    if !context.outside.sends_mail {
        return Err(HttpError::NotFound.into());
    }
    let topic = FollowTopic::of_word(&form.topic).ok_or(HttpError::BadForm)?;
    let Some(address) = EmailAddress::parse(form.address.trim()) else {
        let why = context.texts().get("follow-bad-address");
        return draw(&access, &context, form, Some(why), false).await;
    };
    // A decision is waited for by whoever wrote the statement.
    let words = match topic {
        FollowTopic::Decision if is_own(&access, &form.words).await? => form.words,
        FollowTopic::Decision => return Err(HttpError::NotFound.into()),
        FollowTopic::Results | FollowTopic::Answers => String::new(),
    };
    let visitor = &access.visitor;
    context.limiter.take_submission(visitor.identity, visitor.network).map_err(HttpError::TooFast)?;
    let (key, now, texts) = (random_token(), context.clock.now(), context.texts());
    let new = Follower {
        key: TokenHash::of(&key),
        conversation: access.room.conversation,
        topic,
        words,
        address: address.clone(),
        language: texts.language.to_owned(),
        created_at: now,
        confirmed_at: None,
    };
    let board = access.room.board().await?;
    let question = board.contents.conversation.text.question.text();
    let mail = MailWords::new(texts, &context.site_in_mail()).follow_asked(address, topic, (question, &key));
    if !context.store.add_follower(&new, &mail).await? {
        tracing::debug!("a follower was not taken: asked too often, or there already");
    }
    Ok(Redirect::to(&format!("/c/{}/follow?topic={}&done=1", access.slug, topic.as_str())).into_response())
}

/// Whether somebody's own statement has these words.
async fn is_own(access: &Access<MayTakePart>, words: &str) -> Result<bool, PageError> {
    let (identity, words) = (access.visitor.identity, words.to_owned());
    let own = access.room.read(move |state| {
        let participant = identity.and_then(|token| state.desk.participant_of(&token));
        let own = participant.map(|participant| state.desk.record.statements_of(participant));
        own.is_some_and(|mut own| own.any(|(_, text)| text.commitment() == words))
    });
    Ok(own.await?)
}

#[derive(Default, Deserialize)]
pub(super) struct KeyQuery {
    #[serde(default)]
    key: String,
}

#[derive(Template)]
#[template(path = "follow/key.html")]
struct KeyPage<'a> {
    t: &'a Texts,
    style: String,
    key: &'a str,
    /// What is waited for, and whether that is confirmed; nothing where the link is not good any more.
    follower: Option<(FollowTopic, bool)>,
    is_done: bool,
}

/// `GET /follow?key=KEY`
pub(super) async fn show_follow_key(
    _: Visitor,
    State(context): State<Context>,
    Query(asked): Query<KeyQuery>,
    Query(after): Query<DoneQuery>,
) -> Result<Response, PageError> {
    let follower = context.store.follower(TokenHash::of(&asked.key)).await?;
    page(&KeyPage {
        t: context.texts(),
        style: assets::url("boule.css"),
        key: &asked.key,
        follower: follower.map(|follower| (follower.topic, follower.confirmed_at.is_some())),
        is_done: after.is_done(),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyForm {
    key: String,
}

/// `POST /follow`: the address is theirs.
pub(super) async fn confirm_follow(
    _: Visitor,
    State(context): State<Context>,
    Form(form): Form<KeyForm>,
) -> Result<Response, PageError> {
    context.store.confirm_follower(TokenHash::of(&form.key), context.clock.now()).await?;
    let key = if form.key.bytes().all(|b| b.is_ascii_hexdigit()) { form.key.as_str() } else { "" };
    Ok(Redirect::to(&format!("/follow?key={key}")).into_response())
}

/// `POST /follow/stop?key=KEY`: no mail, by a button of a page or of a mail program (RFC 8058).
pub(super) async fn stop_following(
    _: Visitor,
    State(context): State<Context>,
    Query(asked): Query<KeyQuery>,
) -> Result<Response, PageError> {
    context.store.remove_follower(TokenHash::of(&asked.key)).await?;
    Ok(Redirect::to("/follow?done=1").into_response())
}
