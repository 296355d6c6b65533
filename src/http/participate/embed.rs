//! Voting in a frame of another site: the question, one statement and its answers, without any script. Who somebody
//! is, the browser keeps for that site alone; where it keeps nothing, the form does, for a day.

use askama::Template;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::access::MayTakePart;
use crate::clock::{random_bytes, random_token};
use crate::conversation::{Ballot, ConversationState, Identity};
use crate::domain::{ParticipantNumber, TokenHash};
use crate::edge::{Access, Context, PageError, make_room_for_newcomer, new_day_token, page, read_day_token};
use crate::http::assets;
use crate::http::information_view::InformationView;
use crate::http::public_frame::{PublicFrame, PublicTab};
use crate::live::{RoomError, RoomState};
use crate::opinion::findings::priority::DrawRng;
use crate::texts::Texts;

use super::card::{Card, card};
use super::steps::Steps;

/// Whether a page is shown in a frame.
#[derive(Debug, Default, Deserialize)]
pub(in crate::http) struct EmbedQuery {
    embed: Option<u8>,
    /// A vote was saved a moment ago.
    voted: Option<u32>,
}

impl EmbedQuery {
    /// Whether it is.
    pub fn is_embedded(&self) -> bool {
        self.embed == Some(1)
    }
}

struct View {
    is_open: bool,
    card: Option<Card>,
    steps: Steps,
}

#[derive(Template)]
#[template(path = "participate/embed.html")]
struct EmbedPage<'a> {
    t: &'a Texts,
    style: String,
    script: String,
    frame: PublicFrame,
    information: Option<InformationView>,
    asks_important: bool,
    view: View,
    /// Who somebody is, where the browser has kept nothing yet.
    token: Option<String>,
    told: Option<String>,
}

/// What comes with a page in a frame.
#[derive(Default)]
struct Drawn {
    /// Who somebody is by the token of the form.
    token: Option<(String, TokenHash)>,
    /// What was said.
    told: Option<String>,
}

/// `GET /c/SLUG?embed=1`
pub(super) async fn show(
    access: &Access<MayTakePart>,
    context: &Context,
    asked: &EmbedQuery,
) -> Result<Response, PageError> {
    let told = asked.voted.map(|_| context.texts().get("vote-saved"));
    let mut answer = draw(access, context, Drawn { token: None, told }).await?;
    // Where the browser keeps it, the next visit to the other site finds the votes.
    if access.visitor.identity.is_none()
        && let Some(cookie) = access.visitor.embed_cookie(&random_token())
    {
        answer.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(answer)
}

async fn draw(access: &Access<MayTakePart>, context: &Context, drawn: Drawn) -> Result<Response, PageError> {
    let (room, texts) = (&access.room, context.texts());
    let board = room.board().await?;
    let identity = access.visitor.identity.or(drawn.token.as_ref().map(|(_, hash)| *hash));
    let rng = DrawRng::new(u64::from_be_bytes(random_bytes()));
    let view = room.read(move |state| {
        let participant = identity.and_then(|token| state.desk.participant_of(&token));
        view(state, participant, rng)
    });
    let view = view.await?;
    let token = match (access.visitor.identity, drawn.token) {
        (Some(_), _) => None,
        (None, Some((token, _))) => Some(token),
        (None, None) => Some(new_day_token(room.conversation, context.clock.now())),
    };
    page(&EmbedPage {
        t: texts,
        style: assets::url("boule.css"),
        script: assets::url("embed.js"),
        frame: PublicFrame::of(access.slug.as_str(), &board, Some(PublicTab::Vote), texts),
        information: InformationView::of(&board, texts),
        asks_important: board.contents.conversation.settings.important,
        view,
        token,
        told: drawn.told,
    })
}

fn view(state: &RoomState, participant: Option<ParticipantNumber>, rng: DrawRng) -> View {
    View {
        is_open: state.desk.record.conversation.state == ConversationState::Open,
        card: state.next_shown(participant, &[], rng).map(|shown| card(state, participant, shown)),
        steps: Steps::of(state.progress(participant), None),
    }
}

/// A vote that was cast in a frame.
pub(super) async fn cast(
    access: &Access<MayTakePart>,
    context: &Context,
    (ballot, token): (Ballot, Option<String>),
) -> Result<Response, PageError> {
    let (room, visitor, now) = (&access.room, &access.visitor, context.clock.now());
    let held = token.and_then(|token| {
        let hash = read_day_token(&token, room.conversation, now)?;
        Some((token, hash))
    });
    let Some(who) = visitor.identity.or(held.as_ref().map(|(_, hash)| *hash)) else {
        // The page has stood there for more than a day.
        let told = Some(context.texts().get("embed-expired"));
        return draw(access, context, Drawn { token: None, told }).await;
    };
    make_room_for_newcomer(context, room, who, visitor.network).await?;
    let statement = ballot.statement;
    let told = match room.act(Identity::Token(who), ballot).await {
        Ok(_) => context.texts().get("vote-saved"),
        Err(RoomError::Rejected(why)) => {
            let told = Some(context.texts().refusal(&why));
            let mut refused = draw(access, context, Drawn { token: held, told }).await?;
            *refused.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(refused);
        }
        Err(error) => return Err(error.into()),
    };
    if visitor.identity.is_some() {
        let to = format!("/c/{}?embed=1&voted={statement}", access.slug);
        return Ok(Redirect::to(&to).into_response());
    }
    draw(access, context, Drawn { token: held, told: Some(told) }).await
}
