//! The published agenda.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::conversation::Statement;
use crate::domain::Moderation;
use crate::http::agenda_view::AgendaView;
use crate::http::error::{PageError, page};
use crate::http::extract::{Visitor, public_room};
use crate::http::request::Path;
use crate::http::{Context, Texts};
use crate::live::Counts;

use super::page::utc;

/// What became of the conversation: how many of what came this far.
struct Funnel {
    rejected: u32,
    accepted: u32,
    voted_on: u32,
}

struct View {
    question: String,
    organiser: String,
    published: Option<(AgendaView, String)>,
    funnel: Funnel,
    counts: Counts,
}

#[derive(Template)]
#[template(path = "results/agenda.html")]
struct AgendaPage<'a> {
    t: &'a Texts,
    style: String,
    slug: &'a str,
    view: View,
}

/// `GET /c/SLUG/agenda`
pub(in crate::http) async fn show_agenda(
    State(context): State<Context>,
    Path(slug): Path<String>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let (slug, room) = public_room(&context, &slug, &visitor).await?;
    let texts = context.texts;
    let (identity, role) = (visitor.identity, visitor.role);
    let view = room.read(move |state| {
        let record = &state.desk.record;
        let participant = identity.and_then(|token| state.desk.participant_of(&token));
        let conversation = &record.conversation;
        let voted = state.progress(participant).voted;
        let has_numbers = conversation.settings.shows_results(conversation.state, role, voted);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let published = record.agenda.published.as_ref();
        // What waits is not counted, as on the page of results.
        let is_rejected = |s: &&Statement| s.moderation == Moderation::Rejected && !s.withdrawn;
        View {
            question: record.conversation.text.question.text().to_owned(),
            organiser: record.conversation.text.organiser.text().to_owned(),
            published: published
                .map(|(agenda, at)| (AgendaView::new(agenda, record, has_numbers, texts), utc(at.as_ms()))),
            funnel: Funnel {
                rejected: count(record.statements.values().filter(is_rejected).count()),
                accepted: count(record.shown().count()),
                voted_on: count(record.shown().filter(|s| s.tally.seen() > 0).count()),
            },
            counts: state.map.counts,
        }
    });
    let view = view.await?;
    page(&AgendaPage { t: context.texts, style: context.assets.url("boule.css"), slug: slug.as_str(), view })
}
