//! My votes, each of which can be changed, and my statements with what became of them.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::domain::{Choice, Moderation, RejectReason, StatementNumber, TokenHash};
use crate::http::error::{PageError, page};
use crate::http::extract::{Visitor, public_room};
use crate::http::request::Path;
use crate::http::{Context, Texts};
use crate::live::RoomState;

struct OwnVote {
    number: StatementNumber,
    text: String,
    choice: Choice,
}

struct OwnStatement {
    text: String,
    moderation: Moderation,
    reason: Option<RejectReason>,
}

struct View {
    question: String,
    votes: Vec<OwnVote>,
    statements: Vec<OwnStatement>,
}

#[derive(Template)]
#[template(path = "participate/mine.html")]
struct MinePage<'a> {
    t: &'a Texts,
    style: String,
    slug: &'a str,
    view: View,
}

/// `GET /c/SLUG/mine`
pub(in crate::http) async fn show_mine(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let (slug, room) = public_room(&context, &slug, &visitor).await?;
    let identity = visitor.identity;
    let view = room.read(move |state| view(state, identity)).await?;
    page(&MinePage { t: context.texts, style: context.assets.url("boule.css"), slug: slug.as_str(), view })
}

fn view(state: &RoomState, identity: Option<TokenHash>) -> View {
    let question = state.record.conversation.text.question.text().to_owned();
    let participant = identity.and_then(|token| state.participant_of(&token));
    let own = participant.and_then(|p| state.record.participants.get(&p));
    let votes = own.into_iter().flat_map(|own| own.votes.iter()).filter_map(|vote| {
        let shown = state.shown(vote.statement)?;
        Some(OwnVote { number: shown.number, text: shown.text, choice: vote.choice })
    });
    let statements =
        state.record.statements.values().filter(|s| participant.is_some() && s.author == participant);
    let statements = statements.map(|s| OwnStatement {
        text: s.text.text().to_owned(),
        moderation: s.moderation,
        reason: s.reason,
    });
    View { question, votes: votes.collect(), statements: statements.collect() }
}
