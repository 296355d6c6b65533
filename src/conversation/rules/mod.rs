//! A conversation's words and rules, its opening and its end.
//!
//! What people are promised, and the policy by which statements are rejected, are fixed when the
//! conversation opens: nobody votes under one promise and is held to another.

mod events;

pub use events::*;

use super::actor::Actor;
use super::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use super::settings::ConversationState;
use super::text::{Brief, ConversationText};
use crate::domain::{Rejection, Slug};

/// What can be asked about the conversation itself.
#[derive(Clone, Debug)]
pub enum RulesAct {
    /// To change its words and rules.
    Change(Box<Brief>),
    /// To give a draft a new address.
    Rename(Slug),
    /// To open it for votes, for the first time or again.
    Open,
    /// To close it.
    Close,
    /// To delete a draft.
    Delete,
}

pub(super) fn decide<B>(
    desk: &Desk,
    actor: &Actor,
    act: &RulesAct,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection>
where
    B: From<ConversationChanged>
        + From<ConversationRenamed>
        + From<ConversationDeleted>
        + From<ConversationOpened>
        + From<ConversationClosed>,
{
    let by = actor.in_charge()?;
    let conversation = &desk.record.conversation;
    match act {
        RulesAct::Change(brief) => {
            let text = ConversationText::checked(brief, given.salt)?.keeping(&conversation.text);
            let changed =
                ConversationChanged { text, schedule: brief.schedule, settings: brief.settings.checked() };
            check_fixed(desk, &changed)?;
            if conversation.state == ConversationState::Draft {
                // Nobody else has read them.
                let kept = changed.text.words();
                let gone = conversation.text.words().into_iter().filter(|words| !kept.contains(words));
                pending.forgotten = gone.map(|words| words.commitment().to_owned()).collect();
            }
            pending.push(actor, given, by, changed)?;
        }
        RulesAct::Rename(slug) => {
            desk.check_draft()?;
            if *slug == conversation.slug {
                return Ok(Decided::changed(0));
            }
            pending.push(actor, given, by, ConversationRenamed { slug: slug.clone() })?;
        }
        RulesAct::Delete => {
            desk.check_draft()?;
            // Its words go with it: all that there are beside its log.
            pending.push(actor, given, by, ConversationDeleted {})?;
        }
        RulesAct::Open => {
            if conversation.state == ConversationState::Open {
                return Ok(Decided::changed(0));
            }
            let ConversationText { promise, policy, .. } = conversation.text.clone();
            let opened = ConversationOpened { promise, policy, schedule: conversation.schedule };
            pending.push(actor, given, by, opened)?;
        }
        RulesAct::Close => match conversation.state {
            ConversationState::Draft | ConversationState::Deleted => return Err(Rejection::NotOpen),
            ConversationState::Open => pending.push(actor, given, by, ConversationClosed {})?,
            ConversationState::Closed => return Ok(Decided::changed(0)),
        },
    }
    Ok(Decided::changed(1))
}

/// What people were promised when it opened stays as it is.
fn check_fixed(desk: &Desk, changed: &ConversationChanged) -> Result<(), Rejection> {
    let before = &desk.record.conversation;
    let is_kept = changed.text.promise == before.text.promise
        && changed.text.policy == before.text.policy
        && changed.schedule == before.schedule;
    if before.state == ConversationState::Draft || is_kept { Ok(()) } else { Err(Rejection::Promised) }
}
