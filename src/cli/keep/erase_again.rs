//! Erasures that a backup does not know of, done once more.

use std::collections::HashMap;

use anyhow::Context as _;

use crate::clock::{Clock, random_bytes};
use crate::conversation::{
    Act, Actor, ConversationState, DecisionInputs, Desk, Event, EventBody, ForgettingAct, PendingEvents,
    RulesAct,
};
use crate::disclosure::KeptResults;
use crate::domain::{ConversationId, ParticipantNumber, Slug, Timestamp};
use crate::instance::InstanceActor;
use crate::store::{Erasure, NewEvents, Store};

/// Does what was noted and is not so in this store. How many were done.
pub(super) async fn erase_again(store: &Store, erasures: &[Erasure]) -> anyhow::Result<usize> {
    let mut of_each: HashMap<&str, Vec<&Erasure>> = HashMap::new();
    for erasure in erasures {
        of_each.entry(erasure.conversation.as_str()).or_default().push(erasure);
    }
    let mut done = 0;
    for (id, _) in store.stored_conversations().await? {
        if let Some(erasures) = of_each.get(id.to_string().as_str()) {
            done += in_conversation(store, id, erasures).await?;
        }
    }
    for (id, slug) in store.kept_conversations().await? {
        for erasure in of_each.get(id.to_string().as_str()).into_iter().flatten() {
            done += usize::from(in_what_is_kept(store, &slug, erasure).await?);
        }
    }
    Ok(done)
}

/// Takes a statement out of what is kept of a deleted conversation. Where it was deleted after the backup, that is
/// done when the server deletes it again.
async fn in_what_is_kept(store: &Store, slug: &Slug, erasure: &Erasure) -> anyhow::Result<bool> {
    let Some(statement) = erasure.statement else { return Ok(false) };
    let erase = |kept: &str| KeptResults::stored_without(kept, statement);
    let (by, now) = (InstanceActor::CommandLine, Clock::system().now());
    Ok(store.erase_kept_statement(by, (slug, statement), erase, now).await?)
}

async fn in_conversation(store: &Store, id: ConversationId, erasures: &[&Erasure]) -> anyhow::Result<usize> {
    let record = store.record_of(id).await?.context("a conversation has no events")?;
    if record.conversation.state == ConversationState::Deleted {
        return Ok(0);
    }
    let tokens = store.participant_tokens(id).await?;
    let holders: HashMap<String, ParticipantNumber> =
        tokens.iter().map(|(token, holder)| (token.erasure_id(), *holder)).collect();
    let mut desk = Desk::new(record, tokens.into_iter().collect());
    let mut done = 0;
    for erasure in erasures {
        if erasure.statement.is_some() {
            continue;
        }
        let state = desk.record.conversation.state;
        match (&erasure.who, erasure.links) {
            (Some(who), _) => {
                let Some(participant) = holders.get(who) else { continue };
                // The same browser may have come again since, as somebody new.
                if joined_at(store, id, *participant).await?.is_none_or(|joined| joined > erasure.at) {
                    continue;
                }
                act(store, &mut desk, ForgettingAct::Person(*participant)).await?;
            }
            // A draft has no links, and its words go when it goes.
            (None, true) if state == ConversationState::Draft => continue,
            (None, true) => act(store, &mut desk, ForgettingAct::Links).await?,
            (None, false) if state == ConversationState::Draft => {
                act(store, &mut desk, RulesAct::Delete).await?;
            }
            // The server deletes it when it is started, and keeps its published results as it does.
            (None, false) => {
                if state == ConversationState::Open {
                    act(store, &mut desk, Act::close()).await?;
                }
                act(store, &mut desk, ForgettingAct::PlanDeletion(Some(Clock::system().now()))).await?;
            }
        }
        done += 1;
    }
    Ok(done)
}

/// When somebody came in.
async fn joined_at(
    store: &Store,
    id: ConversationId,
    participant: ParticipantNumber,
) -> anyhow::Result<Option<Timestamp>> {
    let events = store.events_of(id, participant).await?;
    let joins = |event: &&Event| matches!(&event.what.body, EventBody::ParticipantJoined(joined) if joined.participant == participant);
    Ok(events.iter().find(joins).map(|event| event.at))
}

/// Decides an act of the system and records what comes of it.
async fn act(store: &Store, desk: &mut Desk, act: impl Into<Act>) -> anyhow::Result<()> {
    let mut pending = PendingEvents::default();
    let mut given = DecisionInputs { salt: &mut random_bytes, offered: &|_, _| None };
    desk.decide(&Actor::System, &act.into(), &mut pending, &mut given)?;
    let PendingEvents { events, forgotten, kept, .. } = pending;
    if events.is_empty() {
        return Ok(());
    }
    let (conversation, after) = (desk.record.conversation.id, desk.record.seq);
    let at = Clock::system().now();
    let new = NewEvents { forgotten, kept, ..NewEvents::new(conversation, after, at, events) };
    let events = store.record(new).await?;
    desk.apply(events, [])?;
    Ok(())
}
