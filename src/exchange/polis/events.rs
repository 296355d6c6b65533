//! An export as the events of a conversation, and events as an export's votes.
//!
//! It does not know the store: it gives no place, time or hash. Invariant: folding the events of
//! an export gives its current votes.

use super::{ImportedStatement, ImportedVote, PolisExport, order};
use crate::conversation::{
    ConversationClosed, ConversationCreated, ConversationOpened, ConversationText, Event, EventBody,
    NewEvent, ParticipantJoined, RecordedActor, ResultsRule, Schedule, Settings, Source, StatementModerated,
    StatementSubmitted, Terms, VoteCast, VoteEffect,
};
use crate::domain::{Moderation, PersonalText, Slug};

/// The events of an imported conversation, in order. It is opened and closed at the very end: what
/// was imported is over and can only be read, and an import that breaks off is still a draft.
pub fn to_events(export: &PolisExport, slug: &Slug, salt: &mut dyn FnMut() -> [u8; 16]) -> Vec<NewEvent> {
    let participants = export.participants();
    let known = u32::try_from(participants.len()).unwrap_or(u32::MAX);
    let summary = &export.summary;
    let text = ConversationText::plain(&summary.topic, &summary.description, salt);
    let opened = ConversationOpened {
        promise: text.promise.clone(),
        policy: Vec::new(),
        terms: Terms::default(),
        schedule: Schedule::default(),
    };
    let created = ConversationCreated {
        format: ConversationCreated::FORMAT,
        slug: slug.clone(),
        text,
        schedule: Schedule::default(),
        settings: settings(export),
        source_url: summary.url.clone(),
        onlookers: summary.views.unwrap_or(0).saturating_sub(known),
    };
    let mut bodies: Vec<EventBody> = vec![created.into()];
    bodies.extend(participants.into_iter().map(|participant| ParticipantJoined::new(participant).into()));
    for statement in &export.statements {
        bodies.push(submitted(statement, salt()).into());
        bodies.extend(moderated(statement).map(EventBody::from));
    }
    bodies.extend(order::by_time(&export.votes).iter().map(|vote| cast(vote).into()));
    bodies.push(opened.into());
    bodies.push(ConversationClosed {}.into());
    bodies.into_iter().map(|body| NewEvent::new(RecordedActor::Import, body)).collect()
}

/// The rules under which the votes were cast, as far as the export shows them.
fn settings(export: &PolisExport) -> Settings {
    Settings { results: ResultsRule::Always, moderation: export.moderation, ..Settings::default() }
}

fn source(at_ms: Option<i64>) -> Source {
    at_ms.map_or(Source::ImportUntimed, Source::ImportAtMs)
}

fn submitted(statement: &ImportedStatement, salt: [u8; 16]) -> StatementSubmitted {
    StatementSubmitted {
        author: statement.author,
        seed: statement.seed,
        meta: statement.meta,
        source: source(statement.submitted_at_ms),
        ..StatementSubmitted::new(statement.number, PersonalText::new(statement.text.clone(), salt))
    }
}

fn moderated(statement: &ImportedStatement) -> Option<StatementModerated> {
    let (statement, to) = (statement.number, statement.moderation);
    (to != Moderation::Pending).then_some(StatementModerated { statement, to, rule: None })
}

fn cast(vote: &ImportedVote) -> VoteCast {
    VoteCast {
        source: source(vote.at_ms),
        important: vote.important,
        ..VoteCast::new(vote.participant, vote.statement, vote.choice)
    }
}

/// The votes among stored events, in the order of the log, without those that were taken back with their
/// statement.
pub fn vote_log<'a>(events: impl Iterator<Item = &'a Event>) -> Vec<ImportedVote> {
    let mut votes: Vec<ImportedVote> = Vec::new();
    for event in events {
        match (event.what.body.on_votes(), event.what.by) {
            (VoteEffect::Cast { participant, statement, choice, source, important }, _) => {
                let at_ms = source.moment_ms(event.at);
                votes.push(ImportedVote { statement, participant, choice, at_ms, important });
            }
            (VoteEffect::TakenBack(statement), RecordedActor::Participant(goes)) => {
                votes.retain(|vote| (vote.statement, vote.participant) != (statement, goes));
            }
            (VoteEffect::Erased(gone), _) => votes.retain(|vote| vote.participant != gone),
            (
                VoteEffect::TakenBack(_),
                RecordedActor::Staff(_) | RecordedActor::System | RecordedActor::Import,
            )
            | (VoteEffect::Nothing, _) => {}
        }
    }
    votes
}
