//! Who did what: whether each event names somebody who could have done it, and keeps what was promised.

use crate::conversation::{
    ConversationRecord, ConversationState, Event, EventBody, Mode, Permission, Phase, RecordedActor,
    Schedule, Terms, VoteCast,
};
use crate::domain::{PersonalText, StaffNumber};

/// What is remembered from event to event.
pub(super) struct Provenance {
    last_staff: StaffNumber,
    /// The promise, the policy and the schedule under which the conversation was opened.
    promised: Option<Promised>,
}

impl Provenance {
    /// Nothing seen yet; staff numbers go up to `last_staff`.
    pub fn new(last_staff: StaffNumber) -> Self {
        Self { last_staff, promised: None }
    }

    /// What is wrong with an event that follows this record, if anything.
    pub fn problem(&mut self, event: &Event, record: Option<&ConversationRecord>) -> Option<String> {
        self.unknown_actor(event, record)
            .or_else(|| self.broken_promise(event))
            .or_else(|| wrongly_named(event))
            .or_else(|| record.and_then(|record| too_late(event, record)))
            .or_else(|| record.and_then(|record| wrong_actor(event, record)))
            .map(|what| format!("event {} {what}", event.seq))
    }

    fn unknown_actor(&self, event: &Event, record: Option<&ConversationRecord>) -> Option<String> {
        match event.what.by {
            RecordedActor::Staff(staff) if staff > self.last_staff => {
                Some(format!("names the staff number {staff}, which nobody has"))
            }
            RecordedActor::Participant(participant) => {
                let joins = matches!(&event.what.body, EventBody::ParticipantJoined(_));
                let is_known = record.is_some_and(|record| record.participants.contains_key(&participant));
                (!joins && !is_known)
                    .then(|| format!("was done by participant {participant}, who never joined"))
            }
            RecordedActor::Staff(_) | RecordedActor::System | RecordedActor::Import => None,
        }
    }

    /// From the first opening on, what was promised changes only with a reason.
    fn broken_promise(&mut self, event: &Event) -> Option<String> {
        let (now, has_reason) = match &event.what.body {
            EventBody::ConversationOpened(opened) => {
                let promised = Promised::of(&opened.promise, &opened.policy, &opened.terms, opened.schedule);
                (promised, false)
            }
            EventBody::ConversationChanged(changed) if self.promised.is_some() => {
                let text = &changed.text;
                let promised = Promised::of(&text.promise, &text.policy, &text.terms, changed.schedule);
                (promised, changed.reason.is_some())
            }
            // No other kind carries a promise.
            _ => return None,
        };
        let is_kept = has_reason || self.promised.as_ref().is_none_or(|promised| *promised == now);
        self.promised = Some(now);
        (!is_kept)
            .then(|| "changes what was promised when the conversation opened, and says no reason".to_owned())
    }
}

/// What was promised: words by what the log commits to.
#[derive(PartialEq)]
struct Promised {
    words: Vec<String>,
    terms: Terms,
    schedule: Schedule,
}

impl Promised {
    fn of(promise: &PersonalText, policy: &[PersonalText], terms: &Terms, schedule: Schedule) -> Self {
        let words = std::iter::once(promise).chain(policy).map(|words| words.commitment().to_owned());
        // Words that were erased on one side and not on the other are the same words.
        let mut terms = terms.clone();
        terms.forget_words();
        Self { words: words.collect(), terms, schedule }
    }
}

/// Where a payload says whose act it is, nobody else did it, but for an import or Boule itself.
fn wrongly_named(event: &Event) -> Option<String> {
    let (by, implied) = (event.what.by, event.what.body.implied_by()?);
    let is_theirs = by == implied || matches!(by, RecordedActor::Import | RecordedActor::System);
    (!is_theirs).then(|| "was done by somebody else than its payload says".to_owned())
}

/// What only a draft lets, and nothing after the end.
fn too_late(event: &Event, record: &ConversationRecord) -> Option<String> {
    let by_participant = matches!(event.what.by, RecordedActor::Participant(_));
    let why = match (record.conversation.state, event.what.body.when()) {
        (ConversationState::Deleted, _) => "comes after the conversation was deleted",
        (ConversationState::Open | ConversationState::Closed, Phase::InDraft) => {
            "changes a conversation that was a draft no more"
        }
        (ConversationState::Draft | ConversationState::Closed, Phase::WhileOpen) if by_participant => {
            "is the act of a participant in a conversation that was not open"
        }
        (ConversationState::Draft, _)
        | (ConversationState::Open | ConversationState::Closed, Phase::WhileOpen | Phase::AnyTime) => {
            return None;
        }
    };
    Some(why.to_owned())
}

fn wrong_actor(event: &Event, record: &ConversationRecord) -> Option<String> {
    let by = event.what.by;
    if matches!(by, RecordedActor::Participant(_)) && event.what.body.who_may() == Permission::InCharge {
        return Some("was done by a participant, who may not".to_owned());
    }
    // What is asked of some kinds beyond that.
    match &event.what.body {
        EventBody::VoteCast(VoteCast { mode: Mode::Paper | Mode::Facilitator, entered_by: None, .. }) => {
            Some("was given on paper or by word of mouth, and nobody entered it".to_owned())
        }
        EventBody::StatementWithdrawn(withdrawn) => {
            let statement = record.statements.get(&withdrawn.statement)?;
            let may = match by {
                RecordedActor::Participant(participant) => {
                    let made = record.made_of_theirs(participant, statement);
                    statement.words_of(participant).or(made).is_some()
                }
                RecordedActor::Staff(_) | RecordedActor::System | RecordedActor::Import => {
                    statement.seed || (statement.derived_from.is_some() && statement.author.is_none())
                }
            };
            (!may).then(|| "takes back a statement of somebody else".to_owned())
        }
        EventBody::ParticipantErased(erased) => {
            let is_own = match by {
                RecordedActor::Participant(participant) => participant == erased.participant,
                RecordedActor::Staff(_) | RecordedActor::System => true,
                RecordedActor::Import => false,
            };
            let as_promised = erased.votes == record.conversation.text.terms.erases_votes;
            (!is_own || !as_promised).then(|| "erases somebody otherwise than was promised".to_owned())
        }
        EventBody::ConversationDeleted(_) => {
            let may = record.conversation.state == ConversationState::Draft
                || record.conversation.deletes_at.is_some_and(|at| at <= event.at);
            (!may).then(|| "deletes a conversation before its time".to_owned())
        }
        EventBody::StatementSeconded(seconded) => {
            let statement = record.statements.get(&seconded.statement)?;
            let may = statement.words_of(seconded.participant).is_none() && !record.is_shown(statement);
            (!may).then(|| "submits once more what was there for everybody to see".to_owned())
        }
        _ => None,
    }
}
