//! Who may read the results now, and what they are told who may not yet.

use std::sync::Arc;

use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};

use crate::access::MayTakePart;
use crate::conversation::{Conversation, ConversationState, ResultsRule};
use crate::domain::ParticipantNumber;
use crate::edge::{Access, Context, HttpError, NoFields, PageError, Visitor, page};
use crate::http::assets;
use crate::http::public_frame::{PublicFrame, PublicTab};
use crate::live::{Board, RoomHandle};
use crate::texts::Texts;

/// Somebody who may read the results.
pub(super) struct Reader {
    pub board: Arc<Board>,
    /// Their number, where they take part.
    pub participant: Option<ParticipantNumber>,
    /// The cookie that keeps that they have read, where they don't take part yet.
    mark: Option<HeaderValue>,
}

/// Shown to those who may not see the results yet.
#[derive(Template)]
#[template(path = "results/later.html")]
struct LaterPage<'a> {
    t: &'a Texts,
    style: String,
    frame: PublicFrame,
    at_close: bool,
    /// Whether they can read without voting.
    can_read: bool,
    after_n: u32,
    own_votes: u32,
}

/// What somebody is answered who may not read the results yet, or who can't be answered.
pub(in crate::http) struct NotRead(Response);

impl<E: Into<PageError>> From<E> for NotRead {
    fn from(error: E) -> Self {
        Self(error.into().into_response())
    }
}

impl IntoResponse for NotRead {
    fn into_response(self) -> Response {
        self.0
    }
}

impl Reader {
    /// Has the browser of somebody who reads before they vote remember that.
    pub fn remember(&self, mut answer: Response) -> Response {
        if let Some(mark) = &self.mark {
            answer.headers_mut().append(SET_COOKIE, mark.clone());
        }
        answer
    }

    /// Somebody who asks for the results, where they may read them now.
    pub async fn admitted(access: &Access<MayTakePart>) -> Result<Option<Self>, HttpError> {
        let asker = Asker::of(access).await?;
        Ok(asker.may_read(access).then(|| asker.into_reader(access)))
    }

    /// Lets a visitor read the results, or answers why not yet.
    pub async fn of(access: &Access<MayTakePart>, context: &Context) -> Result<Self, NotRead> {
        let asker = Asker::of(access).await?;
        if asker.may_read(access) {
            return Ok(asker.into_reader(access));
        }
        let Asker { board, participant, own_votes } = asker;
        let settings = &board.contents.conversation.settings;
        let later = page(&LaterPage {
            t: context.texts(),
            style: assets::url("boule.css"),
            frame: PublicFrame::of(access.slug.as_str(), &board, Some(PublicTab::Results), context.texts()),
            at_close: settings.results == ResultsRule::AtClose,
            can_read: settings.results == ResultsRule::AfterN && participant.is_none(),
            after_n: settings.after_n,
            own_votes,
        })?;
        Err(NotRead(later.into_response()))
    }
}

/// Somebody who asks for the results.
struct Asker {
    board: Arc<Board>,
    participant: Option<ParticipantNumber>,
    own_votes: u32,
}

impl Asker {
    async fn of(access: &Access<MayTakePart>) -> Result<Self, HttpError> {
        let (participant, own_votes) = own(&access.room, &access.visitor).await?;
        Ok(Self { board: access.room.board().await?, participant, own_votes })
    }

    fn may_read(&self, access: &Access<MayTakePart>) -> bool {
        may_read(access, &self.board.contents.conversation, self.own_votes)
    }

    fn into_reader(self, access: &Access<MayTakePart>) -> Reader {
        // Once somebody takes part, what they read does not change how they came.
        let is_open = self.board.contents.conversation.state == ConversationState::Open;
        let marks = self.participant.is_none() && is_open;
        let mark = marks.then(|| access.visitor.reader_cookie(access.slug.as_str())).flatten();
        Reader { board: self.board, participant: self.participant, mark }
    }
}

/// `POST /c/SLUG/read`: somebody only wants to read. Where results wait for the end, nothing opens.
pub(in crate::http) async fn only_read(
    access: Access<MayTakePart>,
    _: NoFields,
) -> Result<Response, PageError> {
    let mut answer = Redirect::to(&format!("/c/{}/results", access.slug)).into_response();
    let (participant, _) = own(&access.room, &access.visitor).await?;
    let settings = access.room.board().await?.contents.conversation.settings;
    let may_open = settings.results == ResultsRule::AfterN && participant.is_none();
    if let Some(mark) = access.visitor.reader_cookie(access.slug.as_str()).filter(|_| may_open) {
        answer.headers_mut().append(SET_COOKIE, mark);
    }
    Ok(answer)
}

/// Whether a visitor may read results: by the rule, or because they said that they only want to read.
pub(in crate::http) fn may_read(
    access: &Access<MayTakePart>,
    conversation: &Conversation,
    own_votes: u32,
) -> bool {
    let settings = &conversation.settings;
    settings.shows_results(conversation.state, access.rights, own_votes)
        || settings.results == ResultsRule::AfterN && access.visitor.has_read(access.slug.as_str())
}

/// Who asks, and how many votes they have cast.
pub(in crate::http) async fn own(
    room: &RoomHandle,
    visitor: &Visitor,
) -> Result<(Option<ParticipantNumber>, u32), HttpError> {
    let Some(token) = visitor.identity else { return Ok((None, 0)) };
    let own = room.read(move |state| {
        let participant = state.desk.participant_of(&token);
        (participant, state.progress(participant).voted)
    });
    Ok(own.await?)
}
