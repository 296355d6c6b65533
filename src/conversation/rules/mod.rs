//! A conversation's words and rules, its opening and its end.
//!
//! What people are promised, the rules, and the policy by which statements are rejected are fixed when the
//! conversation opens. Whatever is changed later is changed with a reason that everybody reads: nobody votes
//! under one promise and is held to another unseen.

mod events;

pub use events::*;

use super::actor::Actor;
use super::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use super::settings::ConversationState;
use super::terms::Terms;
use super::text::{Brief, ConversationText, checked_reason};
use crate::domain::{PersonalText, Rejection, Slug};

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
    /// To say what became of something that was promised.
    Answer {
        /// The number of the step.
        step: u32,
        /// The answer.
        text: String,
    },
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
        + From<ConversationClosed>
        + From<StepAnswered>,
{
    let by = actor.in_charge()?;
    let conversation = &desk.record.conversation;
    match act {
        RulesAct::Change(brief) => return change(desk, actor, brief, pending, given),
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
            if conversation.links_destroyed.is_some() {
                return Err(Rejection::LinksDestroyed);
            }
            // Later votes could be read off the difference.
            if conversation.published.rows.is_some() {
                return Err(Rejection::RowsReleased);
            }
            let ConversationText { promise, policy, terms, .. } = conversation.text.clone();
            let opened = ConversationOpened { promise, policy, terms, schedule: conversation.schedule };
            pending.push(actor, given, by, opened)?;
        }
        RulesAct::Close => match conversation.state {
            ConversationState::Draft | ConversationState::Deleted => return Err(Rejection::NotOpen),
            ConversationState::Open => pending.push(actor, given, by, ConversationClosed {})?,
            ConversationState::Closed => return Ok(Decided::changed(0)),
        },
        RulesAct::Answer { step, text } => {
            if conversation.text.terms.step(*step).is_none() {
                return Err(Rejection::UnknownStep);
            }
            let text = PersonalText::new(Terms::checked_answer(text)?, (given.salt)());
            pending.push(actor, given, by, StepAnswered { step: *step, text })?;
        }
    }
    Ok(Decided::changed(1))
}

/// After the opening each change needs a reason.
fn change<B: From<ConversationChanged>>(
    desk: &Desk,
    actor: &Actor,
    brief: &Brief,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection> {
    let (by, conversation) = (actor.in_charge()?, &desk.record.conversation);
    let text = ConversationText::checked(brief, given.salt)?.keeping(&conversation.text);
    let reason = checked_reason(&brief.reason)?.map(|reason| PersonalText::new(reason, (given.salt)()));
    let (schedule, settings) = (brief.schedule, brief.settings.checked());
    if text == conversation.text && schedule == conversation.schedule && settings == conversation.settings {
        return Ok(Decided::changed(0));
    }
    let is_draft = conversation.state == ConversationState::Draft;
    if !is_draft && reason.is_none() {
        return Err(Rejection::ReasonNeeded);
    }
    let changed = ConversationChanged { text, schedule, settings, reason: reason.filter(|_| !is_draft) };
    if conversation.state == ConversationState::Draft {
        // Nobody else has read them.
        let kept = changed.text.words();
        let gone = conversation.text.words().into_iter().filter(|words| !kept.contains(words));
        pending.forgotten = gone.map(|words| words.commitment().to_owned()).collect();
    }
    pending.push(actor, given, by, changed)?;
    Ok(Decided::changed(1))
}
