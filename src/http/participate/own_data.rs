//! What is one's own: taken away as a file, or erased for good. Whoever rather asks the organiser has a code.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::MayTakePart;
use crate::conversation::{ForgettingAct, Identity};
use crate::edge::{Access, Context, HttpError, NoFields, PageError, page};
use crate::http::assets;
use crate::http::own_data::OwnData;
use crate::http::public_frame::{PublicFrame, PublicTab};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "participate/erase.html")]
struct ErasePage<'a> {
    t: &'a Texts,
    style: String,
    frame: PublicFrame,
    /// What the visitor tells the organiser, so that nobody else's is erased; nothing for somebody unknown.
    code: Option<String>,
    erases_votes: bool,
    votes: usize,
    statements: usize,
}

/// `GET /c/SLUG/mine/erase`: what is destroyed and what stays, before anything is.
pub(in crate::http) async fn show_erase(
    access: Access<MayTakePart>,
    State(context): State<Context>,
) -> Result<Response, PageError> {
    let Access { slug, room, visitor, .. } = &access;
    let identity = visitor.identity;
    let (erases_votes, code, votes, statements) = room
        .read(move |state| {
            let record = &state.desk.record;
            let text = &record.conversation.text;
            let known = identity.and_then(|token| Some((token, state.desk.participant_of(&token)?)));
            let own = known.and_then(|(_, participant)| record.participants.get(&participant));
            let is_own =
                |participant| move |s: &&crate::conversation::Statement| s.words_of(participant).is_some();
            let written = known.map_or(0, |(_, p)| record.statements.values().filter(is_own(p)).count());
            let code = known.map(|(token, _)| token.within(record.conversation.id).request_code());
            let votes = own.map_or(0, |own| own.votes.iter().count());
            (text.terms.erases_votes, code, votes, written)
        })
        .await?;
    let board = room.board().await?;
    page(&ErasePage {
        t: context.texts(),
        style: assets::url("boule.css"),
        frame: PublicFrame::of(slug.as_str(), &board, Some(PublicTab::Mine), context.texts()),
        code,
        erases_votes,
        votes,
        statements,
    })
}

/// `POST /c/SLUG/mine/erase`
pub(in crate::http) async fn erase_own(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    _: NoFields,
) -> Result<Response, PageError> {
    let identity = access.visitor.identity.ok_or(HttpError::NotAllowed)?;
    // Whoever votes again afterwards is somebody new: not again and again.
    let taken = context.limiter.take_submission(Some(identity), access.visitor.network);
    taken.map_err(HttpError::TooFast)?;
    access.room.act(Identity::Token(identity), ForgettingAct::Own).await?;
    Ok(Redirect::to(&format!("/c/{}/mine?erased=1", access.slug)).into_response())
}

/// `POST /c/SLUG/mine/data`: it reads the whole log, so that it is counted as writing a statement is.
pub(in crate::http) async fn send_own_data(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    _: NoFields,
) -> Result<Response, PageError> {
    let identity = access.visitor.identity.ok_or(HttpError::NotAllowed)?;
    let taken = context.limiter.take_submission(Some(identity), access.visitor.network);
    taken.map_err(HttpError::TooFast)?;
    let known = access.room.read(move |state| state.desk.participant_of(&identity)).await?;
    let participant = known.ok_or(HttpError::NotAllowed)?;
    let address = format!("{}/c/{}", access.visitor.own_origin, access.slug);
    let data = OwnData::collect(&context, &access.room, participant, address).await?;
    Ok(data.send(access.slug.as_str())?)
}
