//! The demo's conversation on servers that run already, such as several nodes behind a balancer.

use anyhow::Context;

use super::statements;
use crate::clock::{Clock, random_bytes};
use crate::conversation::{
    ConversationCreated, ConversationOpened, NewEvent, RecordedActor, StatementModerated, StatementSubmitted,
};
use crate::domain::{ConversationId, Moderation, PersonalText, Seq, Slug, StatementNumber};
use crate::store::{NewEvents, Store};

/// Records an open conversation with the organiser's statements.
pub(super) async fn record(store: &Store, slug: &Slug) -> anyhow::Result<()> {
    let mut salt = random_bytes::<16>;
    let brief = super::brief(statements::QUESTION, statements::DESCRIPTION, statements::ORGANISER);
    let created = ConversationCreated::new(slug.clone(), &brief, &mut salt)?;
    let opened = ConversationOpened {
        promise: created.text.promise.clone(),
        policy: created.text.policy.clone(),
        terms: created.text.terms.clone(),
        schedule: created.schedule,
    };
    let mut events = vec![NewEvent::new(RecordedActor::System, created)];
    for (number, seed) in (0..).map(StatementNumber).zip(statements::SEEDS) {
        let text = PersonalText::new(seed.text.to_owned(), salt());
        let submitted = StatementSubmitted { seed: true, ..StatementSubmitted::new(number, text) };
        let accepted = StatementModerated { statement: number, to: Moderation::Accepted, rule: None };
        events.push(NewEvent::new(RecordedActor::System, submitted));
        events.push(NewEvent::new(RecordedActor::System, accepted));
    }
    events.push(NewEvent::new(RecordedActor::System, opened));
    let conversation = ConversationId::from_random(random_bytes());
    let new = NewEvents::new(conversation, Seq(0), Clock::system().now(), events);
    store.record(new).await.context("the demo's conversation can't be made")?;
    Ok(())
}
