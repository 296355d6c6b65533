//! The page on which people vote: the question, one statement, and the map once it may be seen.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use serde::Deserialize;

use crate::access::MayTakePart;
use crate::clock::{random_bytes, random_token};
use crate::conversation::{ConversationState, ResultsRule};
use crate::domain::{Choice, ModerationRule, ParticipantNumber, Rights, StatementNumber};
use crate::edge::{Access, Context, HttpError, PageError, Path, Query, page};

use crate::http::assets;
use crate::http::information_view::InformationView;
use crate::http::map_view::{MapView, OwnMarks};
use crate::http::promise_view::PromiseView;
use crate::http::public_frame::{PublicFrame, PublicTab};
use crate::live::{Progress, RoomState};
use crate::opinion::findings::priority::DrawRng;
use crate::texts::Texts;

use super::card::{Card, card};
use super::embed::{self, EmbedQuery};
use super::similar::SimilarStatement;
use super::steps::{Place, Steps};
use super::told::Told;

/// A statement with more characters is set smaller.
const LONG: usize = 140;

/// What the address says of the step before.
#[derive(Debug, Default, Deserialize)]
pub(in crate::http) struct ConversationQuery {
    /// A vote on this statement was saved.
    voted: Option<u32>,
    /// This statement was submitted.
    submitted: Option<u32>,
}

/// What the room knows for this page.
pub(super) struct View {
    pub state: ConversationState,
    pub waits_for_moderator: bool,
    /// Whether no new statements are taken.
    pub is_paused: bool,
    pub progress: Progress,
    pub results: bool,
    rule: ResultsRule,
    after_n: u32,
    pub card: Option<Card>,
    pub last: Option<Card>,
    pub joined: bool,
}

impl View {
    /// How somebody voted on the statement in the card.
    fn chosen(&self) -> Option<Choice> {
        self.card.as_ref()?.choice
    }

    /// Whether the statement in the card is marked as important.
    fn is_marked(&self) -> bool {
        self.card.as_ref().is_some_and(|card| card.important)
    }

    /// What was answered last.
    fn last_choice(&self) -> Option<Choice> {
        self.last.as_ref()?.choice
    }

    /// How many own votes the results ask for.
    fn after_n(&self) -> u32 {
        if self.rule == ResultsRule::AfterN { self.after_n } else { 0 }
    }

    /// Whether the statement needs a smaller size, so that the answers stay where they are.
    fn is_long(&self) -> bool {
        self.card.as_ref().is_some_and(|card| card.shown.text.chars().count() > LONG)
    }
}

/// A statement that was not taken, and why: for a reason, or because others say nearly the same.
pub(super) struct RefusedStatement {
    pub text: String,
    pub why: String,
    pub similar: Vec<SimilarStatement>,
}

#[derive(Template)]
#[template(path = "participate/conversation.html")]
struct ConversationPage<'a> {
    t: &'a Texts,
    style: String,
    /// The style sheet itself, for whoever comes for the first time.
    first_style: Option<&'static str>,
    script: String,
    frame: PublicFrame,
    promise: PromiseView,
    /// What people should read before they vote.
    information: Option<InformationView>,
    /// Whether people can mark what is important to them.
    asks_important: bool,
    steps: Steps,
    /// What somebody sees who has voted enough, where results are not kept for the end.
    place: Option<Place>,
    view: View,
    map: MapView,
    own: OwnMarks,
    voted: bool,
    submitted: bool,
    refused: Option<RefusedStatement>,
    limit: u32,
    /// Within how many hours moderators read, where statements wait for them.
    takes_hours: Option<u32>,
    submit_op: String,
    /// Whether the card shows a statement whose vote is being changed.
    changing: bool,
    /// The address to hand on.
    address: String,
    /// What the addresses of forms end in, where somebody came through a named link.
    by: String,
    sends_mail: bool,
    /// What became of the statement that was asked for.
    told: Option<Told>,
}

impl ConversationPage<'_> {
    /// Whether what was written was not taken for a reason.
    fn is_refused(&self) -> bool {
        self.refused.as_ref().is_some_and(|refused| !refused.why.is_empty())
    }

    /// Whether others say nearly the same as what was written.
    fn has_similar(&self) -> bool {
        self.refused.as_ref().is_some_and(|refused| !refused.similar.is_empty())
    }
}

/// `GET /c/SLUG`
pub(in crate::http) async fn show_conversation(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Query(after): Query<ConversationQuery>,
    Query(embedded): Query<EmbedQuery>,
) -> Result<Response, PageError> {
    if embedded.is_embedded() {
        return embed::show(&access, &context, &embedded).await;
    }
    draw(&context, &access, after, None, None).await
}

/// `GET /c/SLUG/s/N`: one statement, to vote on it or to change the vote.
pub(in crate::http) async fn show_statement(
    access: Access<MayTakePart>,
    State(context): State<Context>,
    Path((_, statement)): Path<(String, u32)>,
) -> Result<Response, PageError> {
    draw(&context, &access, ConversationQuery::default(), Some(StatementNumber(statement)), None).await
}

/// Draws the page; with a statement's text that was refused, to be mended.
pub(super) async fn draw(
    context: &Context,
    access: &Access<MayTakePart>,
    after: ConversationQuery,
    wanted: Option<StatementNumber>,
    refused: Option<RefusedStatement>,
) -> Result<Response, PageError> {
    let Access { slug, room, visitor, rights, .. } = access;
    let (identity, rights) = (visitor.identity, *rights);
    let rng = DrawRng::new(u64::from_be_bytes(random_bytes()));
    let board = room.board().await?;
    let own = room.read(move |state| {
        let participant = identity.and_then(|token| state.desk.participant_of(&token));
        (view(state, participant, rights, wanted, rng), participant)
    });
    let (view, participant) = own.await?;
    let published = room.latest();
    let map = if view.results { MapView::new(&published, context.texts()) } else { MapView::withheld() };
    let place = if published.shared_map().missing == 0 { Place::OnMap } else { Place::WhenThereAreMore };
    let place = (view.rule != ResultsRule::AtClose).then_some(place);
    let own = participant.filter(|_| view.results);
    let own = own.and_then(|own| OwnMarks::of(&published, own, context.texts()));
    if wanted.is_some() && view.card.is_none() {
        return Err(HttpError::NotFound.into());
    }
    let told = match wanted {
        Some(number) => {
            let has_voted = view.card.as_ref().is_some_and(|card| card.choice.is_some());
            Told::of((access, context), &board, number, (view.progress.voted, has_voted)).await?
        }
        None => None,
    };
    let (style, policy) = assets::first_style();
    let is_first = visitor.identity.is_none();
    let mut answer = page(&ConversationPage {
        first_style: is_first.then_some(style),
        told,
        sends_mail: context.outside.sends_mail,
        t: context.texts(),
        style: assets::url("boule.css"),
        script: assets::url("participate.js"),
        frame: PublicFrame::of(slug.as_str(), &board, Some(PublicTab::Vote), context.texts()),
        steps: Steps::of(view.progress, place.map(|place| (place, view.after_n()))),
        place,
        promise: PromiseView::of(&board.contents.conversation, context.clock.now(), context.texts()),
        information: InformationView::of(&board, context.texts()),
        asks_important: board.contents.conversation.settings.important,
        voted: after.voted.is_some() && view.last.is_some(),
        submitted: after.submitted.is_some(),
        refused,
        limit: board.contents.conversation.settings.max_characters,
        takes_hours: board.contents.moderation_takes_hours.filter(|_| view.waits_for_moderator),
        submit_op: random_token(),
        address: format!("{}/c/{slug}", visitor.own_origin),
        by: visitor
            .came_by()
            .filter(|_| participant.is_none())
            .map_or(String::new(), |by| format!("?by={}", by.as_str())),
        changing: wanted.is_some() && view.card.as_ref().is_some_and(|card| card.choice.is_some()),
        view,
        map,
        own: own.unwrap_or_else(OwnMarks::nobody),
    })?;
    if is_first {
        answer.extensions_mut().insert(policy);
    }
    Ok(answer)
}

fn view(
    state: &RoomState,
    participant: Option<ParticipantNumber>,
    rights: Rights,
    wanted: Option<StatementNumber>,
    rng: DrawRng,
) -> View {
    let conversation = &state.desk.record.conversation;
    let progress = state.progress(participant);
    let shown = match wanted {
        Some(number) => state.shown(number),
        None => state.next_shown(participant, &[], rng),
    };
    let last = participant
        .and_then(|p| state.desk.record.participants.get(&p))
        .and_then(|p| state.shown(p.last_vote?));
    View {
        state: conversation.state,
        is_paused: conversation.submissions_paused,
        waits_for_moderator: conversation.settings.moderation == ModerationRule::Before
            || participant.is_some_and(|own| state.desk.record.held_authors.contains(&own)),
        progress,
        results: conversation.settings.shows_results(conversation.state, rights, progress.voted),
        rule: conversation.settings.results,
        after_n: conversation.settings.after_n,
        card: shown.map(|shown| card(state, participant, shown)),
        last: last.map(|shown| card(state, participant, shown)),
        joined: participant.is_some(),
    }
}
