//! An export as the events of a conversation, and events as an export's votes.
//!
//! It does not know the store: it gives no place, time or hash. Invariant: folding the events of
//! an export gives its current votes.

use super::{ImportedStatement, ImportedVote, PolisExport, order};
use crate::domain::{
    ConversationText, Event, EventBody, Moderation, PersonalText, ResultsRule, Settings, Slug, Source,
};

/// The events of an imported conversation, in order. It is opened and closed at the very end: what
/// was imported is over and can only be read, and an import that breaks off is still a draft.
pub fn to_events(export: &PolisExport, slug: &Slug, salt: &mut dyn FnMut() -> [u8; 16]) -> Vec<EventBody> {
    let participants = export.participants();
    let known = u32::try_from(participants.len()).unwrap_or(u32::MAX);
    let summary = &export.summary;
    let created = EventBody::ConversationCreated {
        slug: slug.clone(),
        text: ConversationText {
            question: PersonalText::new(summary.topic.clone(), salt()),
            description: PersonalText::new(summary.description.clone(), salt()),
            organiser: PersonalText::new("", salt()),
        },
        settings: settings(export),
        source_url: summary.url.clone(),
        onlookers: summary.views.unwrap_or(0).saturating_sub(known),
    };
    let mut events = vec![created];
    events.extend(participants.into_iter().map(|participant| EventBody::ParticipantJoined { participant }));
    for statement in &export.statements {
        events.push(submitted(statement, salt()));
        events.extend(moderated(statement));
    }
    events.extend(order::by_time(&export.votes).iter().map(cast));
    events.push(EventBody::ConversationOpened {});
    events.push(EventBody::ConversationClosed {});
    events
}

/// The rules under which the votes were cast, as far as the export shows them.
fn settings(export: &PolisExport) -> Settings {
    Settings { results: ResultsRule::Always, moderation: export.moderation, ..Settings::default() }
}

fn source(at_ms: Option<i64>) -> Source {
    at_ms.map_or(Source::ImportUntimed, Source::ImportAtMs)
}

fn submitted(statement: &ImportedStatement, salt: [u8; 16]) -> EventBody {
    EventBody::StatementSubmitted {
        statement: statement.number,
        author: statement.author,
        seed: statement.seed,
        meta: statement.meta,
        text: PersonalText::new(statement.text.clone(), salt),
        source: source(statement.submitted_at_ms),
        op: None,
    }
}

fn moderated(statement: &ImportedStatement) -> Option<EventBody> {
    let (statement, to) = (statement.number, statement.moderation);
    (to != Moderation::Pending).then_some(EventBody::StatementModerated { statement, to, reason: None })
}

fn cast(vote: &ImportedVote) -> EventBody {
    EventBody::VoteCast {
        offered_ppm: None,
        participant: vote.participant,
        statement: vote.statement,
        choice: vote.choice,
        source: source(vote.at_ms),
        op: None,
    }
}

/// The votes among stored events, in the order of the log.
pub fn vote_log<'a>(events: impl Iterator<Item = &'a Event>) -> Vec<ImportedVote> {
    let vote = |event: &Event| match &event.body {
        &EventBody::VoteCast { participant, statement, choice, source, .. } => {
            Some(ImportedVote { statement, participant, choice, at_ms: source.moment_ms(event.at) })
        }
        _ => None,
    };
    events.filter_map(vote).collect()
}
