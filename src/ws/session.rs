//! One socket's session: hello, then commands one at a time, and news as it comes.
//!
//! It reads the next frame only when the last was answered: that is the back-pressure.

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::SinkExt;
use tokio::time::{timeout, timeout_at};

use crate::access::rights_in_conversation;
use crate::clock::random_bytes;
use crate::conversation::Ballot;
use crate::domain::{ParticipantNumber, Rights, Seq, Slug, TokenHash};
use crate::edge::words_of;
use crate::live::{RoomError, RoomHandle};
use crate::opinion::findings::priority::DrawRng;
use crate::store::StoreError;
use crate::texts::Texts;

use super::end::{End, SessionResult, reading_failed};
use super::gateway::Gateway;
use super::meters::{CodeLabel, SocketGauge};
use super::news::{News, Sources};
use super::protocol::{BadFrame, ClientFrame, MAX_SKIP, ServerFrame, VERSION, close};
use super::shown::ShownResults;
use super::view;
use crate::edge::network::Network;
use crate::edge::rate_limit::Bucket;

/// P8: bad frames in a row before the socket is closed.
const MAX_STRIKES: u32 = 3;
/// P7: after a restart clients come back within this time, each at a moment of its own.
const RETRY_SPREAD_MS: u32 = 3_000;

/// Who is on the other end.
pub(super) struct SocketVisitor {
    pub slug: Slug,
    pub room: RoomHandle,
    /// The participant's token, from a cookie or a ticket; nobody votes without one.
    pub identity: Option<TokenHash>,
    /// What they may do in this conversation.
    pub rights: Rights,
    /// The session that gives it.
    pub staff_session: Option<TokenHash>,
    /// The link that shows them a draft.
    pub preview: Option<TokenHash>,
    pub network: Network,
    pub exempt: bool,
}

/// Runs a session until either side ends it.
pub(super) async fn run(gateway: Arc<Gateway>, socket: WebSocket, visitor: SocketVisitor) {
    let _counted = SocketGauge::new(&gateway.meters);
    let mut session = Session::new(gateway, socket, visitor);
    match session.talk().await {
        Err(End::Close(code)) => session.close(code).await,
        Err(End::Left) => session.answer_goodbye().await,
        Err(End::Gone) | Ok(()) => {}
    }
}

/// What a session waits for.
enum SessionEvent {
    Message(Option<Result<Message, axum::Error>>),
    News(News),
}

pub(super) struct Session {
    pub(super) gateway: Arc<Gateway>,
    pub(super) socket: WebSocket,
    pub(super) visitor: SocketVisitor,
    /// Who they are here, once that is known.
    pub(super) participant: Option<ParticipantNumber>,
    /// Own votes on statements that are shown: they decide whether results are.
    pub(super) voted: u32,
    pub(super) bucket: Bucket,
    pub(super) opened: Instant,
    pub(super) heard: Instant,
    pub(super) strikes: u32,
    /// How long a frame may wait to be taken.
    patience: Duration,
    /// How many publications there had been when one was sent last.
    pub(super) publication: u64,
    /// What was sent of the results last.
    pub(super) shown: Option<ShownResults>,
    /// The last decision of a moderator that it has heard of, or that was there before it.
    pub(super) decided: Seq,
    /// Operations of this socket that were acknowledged.
    pub(super) acknowledged: u64,
}

/// What is wrong with a message that is no frame.
fn bad_frame(error: BadFrame) -> String {
    let texts = Texts::current();
    match error {
        BadFrame::NotAnObject => texts.error("bad_frame_no_object"),
        BadFrame::Json { column } => texts.msg("error-bad-frame-json").id("column", column).to_string(),
        BadFrame::Fields { column } => texts.msg("error-bad-frame-fields").id("column", column).to_string(),
        BadFrame::TooManySkips => texts.msg("error-bad-frame-skips").num("max", MAX_SKIP).to_string(),
    }
}

impl Session {
    fn new(gateway: Arc<Gateway>, socket: WebSocket, visitor: SocketVisitor) -> Self {
        let room_publications = visitor.room.publications();
        let bucket = Bucket::full(gateway.config.messages);
        let now = gateway.clock.instant();
        // Not the same for all: those who stopped reading together would be closed together, and
        // everybody else would wait for that.
        let longer = f64::from(u32::from_be_bytes(random_bytes())) / f64::from(u32::MAX);
        let patience = gateway.config.write_within.mul_f64(1.0 + longer);
        Self {
            gateway,
            socket,
            visitor,
            participant: None,
            voted: 0,
            bucket,
            opened: now,
            heard: now,
            strikes: 0,
            patience,
            publication: room_publications,
            shown: None,
            decided: Seq(0),
            acknowledged: 0,
        }
    }

    async fn talk(&mut self) -> SessionResult {
        // Listens first: what changes while the welcome is made is news.
        let sees_queue = self.visitor.rights.may_see_moderation();
        let closing = self.gateway.closing.clone();
        let ping = tokio::time::interval(self.gateway.config.ping_every);
        let held = self.visitor.staff_session.or(self.visitor.preview);
        let rights = held.map(|_| self.gateway.rights_changes.news());
        let (sources, seat) = Sources::of(&self.visitor.room, (sees_queue, rights), ping, closing.clone());
        // What was taken between the request and the line above is no news.
        self.check_rights().await?;
        let seen = tokio::select! {
            // P7: also who has not said hello hears of the end.
            () = closing.cancelled() => return Err(End::Close(close::RESTART)),
            seen = self.hello() => seen?,
        };
        // They may have taken their time to say hello.
        self.check_rights().await?;
        // P14: who comes back gets the newest map when it is newer than the one they saw.
        if seen.is_none_or(|seen| seen < self.visitor.room.peek(|published| published.version)) {
            self.send_published().await?;
        } else {
            patiently(self.patience, self.socket.flush()).await?;
        }
        if sees_queue {
            self.send_queue().await?;
        }
        let mut news = pin!(sources.next());
        loop {
            // The next are told of news when those who only wait have heard.
            let waits = seat.wait();
            let happened = tokio::select! {
                message = self.socket.recv() => SessionEvent::Message(message),
                (piece, sources) = &mut news => {
                    news.set(sources.next());
                    SessionEvent::News(piece)
                }
            };
            drop(waits);
            match happened {
                SessionEvent::Message(message) => self.hear(message).await?,
                SessionEvent::News(News::Published) => self.send_published().await?,
                SessionEvent::News(News::Queue) => self.send_queue().await?,
                SessionEvent::News(News::Ping) => self.keep_alive().await?,
                SessionEvent::News(News::Rights) => self.check_rights().await?,
                SessionEvent::News(News::Restart) => return Err(End::Close(close::RESTART)),
            }
        }
    }

    /// P3: the first frame says which protocol this is, and may show a ticket.
    async fn hello(&mut self) -> SessionResult<Option<Seq>> {
        let deadline = (self.gateway.clock.instant() + self.gateway.config.hello_within).into();
        let no_hello = End::Close(close::NO_HELLO);
        let text = loop {
            match timeout_at(deadline, self.socket.recv()).await {
                Err(_) => return Err(no_hello),
                Ok(Some(Ok(Message::Text(text)))) => break text,
                Ok(Some(Ok(Message::Ping(_) | Message::Pong(_)))) => {}
                Ok(Some(Ok(Message::Binary(_)))) => return Err(End::Close(close::NOT_TEXT)),
                Ok(Some(Err(error))) => return Err(reading_failed(error)),
                Ok(Some(Ok(Message::Close(_)))) => return Err(End::Left),
                Ok(None) => return Err(End::Gone),
            }
        };
        match ClientFrame::parse(text.as_str()) {
            Ok(ClientFrame::Hello { v: VERSION, ticket, seen }) => {
                self.identify(ticket.as_deref()).await?;
                Ok(seen)
            }
            Ok(_) | Err(_) => Err(no_hello),
        }
    }

    /// Finds out who this is and welcomes them. The welcome leaves with what follows it.
    async fn identify(&mut self, ticket: Option<&str>) -> SessionResult {
        if let Some(secret) = ticket {
            let now = self.gateway.clock.now();
            let ticket = self.gateway.tickets.take(secret, &self.visitor.slug, now);
            let ticket = ticket.ok_or(End::Close(close::BAD_TICKET))?;
            self.visitor.identity = Some(ticket.identity);
            self.visitor.exempt = ticket.exempt;
        }
        let (identity, rights) = (self.visitor.identity, self.visitor.rights);
        let rng = DrawRng::new(u64::from_be_bytes(random_bytes()));
        let read = self.visitor.room.read(move |state| view::welcome(state, identity, rights, rng)).await;
        let (welcome, participant, voted, last) = read.map_err(|_| End::Close(close::RESTART))?;
        self.decided = self.decided.max(last);
        self.participant = participant;
        self.voted = voted;
        patiently(self.patience, self.socket.feed(Message::Text(welcome.to_text().into()))).await
    }

    async fn hear(&mut self, message: Option<Result<Message, axum::Error>>) -> SessionResult {
        self.heard = self.gateway.clock.instant();
        match message {
            None => Err(End::Gone),
            Some(Ok(Message::Close(_))) => Err(End::Left),
            Some(Err(error)) => Err(reading_failed(error)),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
                self.wait_for_rate().await;
                Ok(())
            }
            Some(Ok(Message::Binary(_))) => Err(End::Close(close::NOT_TEXT)),
            Some(Ok(Message::Text(text))) => {
                // P11: the rate is checked before anything is read.
                if let Some(wait) = self.take_one() {
                    let wait = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).saturating_add(1);
                    let message = Texts::current().msg("error-too-many-messages").num("ms", wait).to_string();
                    self.send(ServerFrame::Error { code: "too_fast", message }).await?;
                    self.wait_for_rate().await;
                }
                self.answer(text).await
            }
        }
    }

    async fn answer(&mut self, text: Utf8Bytes) -> SessionResult {
        let frame = match ClientFrame::parse(text.as_str()) {
            Ok(frame) => frame,
            Err(error) => {
                self.strikes += 1;
                self.send(ServerFrame::Error { code: "bad_frame", message: bad_frame(error) }).await?;
                return if self.strikes < MAX_STRIKES { Ok(()) } else { Err(End::Close(close::BAD_FRAMES)) };
            }
        };
        self.strikes = 0;
        match frame {
            ClientFrame::Hello { v: VERSION, ticket: Some(ticket), .. }
                if self.visitor.identity.is_none() =>
            {
                self.identify(Some(&ticket)).await?;
                self.send_published().await
            }
            ClientFrame::Hello { .. } => {
                let message = Texts::current().error("hello_again");
                self.send(ServerFrame::Error { code: "bad_frame", message }).await
            }
            ClientFrame::Next { skip } => {
                let (participant, rights) = (self.participant, self.visitor.rights);
                let rng = DrawRng::new(u64::from_be_bytes(random_bytes()));
                let read =
                    self.visitor.room.read(move |state| view::next(state, participant, rights, &skip, rng));
                match read.await {
                    Ok(frame) => {
                        self.send(frame).await?;
                        self.count_own_votes().await
                    }
                    Err(error) => self.send_error(&error).await,
                }
            }
            ClientFrame::Vote { op, statement, choice, important, pack } => {
                self.vote(
                    Ballot { op: Some(op.clone()), important, pack, ..Ballot::new(statement, choice) },
                    op,
                )
                .await
            }
            ClientFrame::Submit { op, text } => self.submit(op, text).await,
        }
    }

    async fn keep_alive(&mut self) -> SessionResult {
        if self.gateway.clock.since(self.heard) > self.gateway.config.ping_every * 3 {
            return Err(End::Gone);
        }
        self.check_rights().await?;
        self.send_message(Message::Ping(bytes::Bytes::new())).await
    }

    /// A role ends on an open socket too: when it was taken, or its session was left or has expired, the
    /// socket closes, and whoever is there comes back as what they are now. So does a link that shows a draft.
    async fn check_rights(&mut self) -> SessionResult {
        match self.still_holds().await {
            // Where the store can't be read now, that is no reason to send anybody away.
            Ok(true) | Err(_) => Ok(()),
            Ok(false) => Err(End::Close(close::ROLE_ENDED)),
        }
    }

    /// Whether they may do what they could when they came.
    async fn still_holds(&mut self) -> Result<bool, StoreError> {
        let (store, now, here) =
            (&self.gateway.store, self.gateway.clock.now(), self.visitor.room.conversation);
        if let Some(token) = self.visitor.preview
            && store.link(token, now).await?.is_none_or(|link| !link.shows_draft(here))
        {
            return Ok(false);
        }
        let Some(token) = self.visitor.staff_session else { return Ok(true) };
        let rights = match store.staff_session(token, now).await? {
            Some(session) => rights_in_conversation(store, &session.grants, here).await?,
            None => Rights::NONE,
        };
        Ok(rights == self.visitor.rights)
    }

    async fn send_error(&mut self, error: &RoomError) -> SessionResult {
        let code = error.code();
        self.send(ServerFrame::Error { code, message: words_of(error, Texts::current()) }).await
    }

    pub(super) async fn send(&mut self, frame: ServerFrame) -> SessionResult {
        self.send_text(frame.to_text().into()).await
    }

    pub(super) async fn send_text(&mut self, text: Utf8Bytes) -> SessionResult {
        self.send_message(Message::Text(text)).await
    }

    pub(super) async fn send_message(&mut self, message: Message) -> SessionResult {
        patiently(self.patience, self.socket.send(message)).await
    }

    /// The library has queued the answer to a close frame; it must leave before the connection ends,
    /// or a browser takes its own goodbye for a broken connection.
    async fn answer_goodbye(&mut self) {
        let _ = timeout(Duration::from_secs(1), self.socket.flush()).await;
    }

    async fn close(&mut self, code: u16) {
        self.gateway.meters.closes.get_or_create(&CodeLabel::of(&code)).inc();
        let spread = u32::from_be_bytes(random_bytes()) % RETRY_SPREAD_MS;
        let retry_after_ms = if code == close::RESTART { spread } else { 1_000 + spread };
        let bye = ServerFrame::Bye { code, retry_after_ms }.to_text();
        let frame = CloseFrame { code, reason: Utf8Bytes::from_static("") };
        let say = async {
            let _ = self.socket.send(Message::Text(bye.into())).await;
            let _ = self.socket.send(Message::Close(Some(frame))).await;
        };
        let _ = timeout(Duration::from_secs(1), say).await;
    }
}

/// P7: a reader that takes nothing for too long is closed, and never slows the others.
async fn patiently(
    patience: Duration,
    sending: impl Future<Output = Result<(), axum::Error>>,
) -> SessionResult {
    match timeout(patience, sending).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(End::Gone),
        Err(_) => Err(End::Close(close::TOO_SLOW)),
    }
}
