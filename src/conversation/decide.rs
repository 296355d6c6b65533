//! How an act gets through its aspect, and stored events back to the desk: one line for each aspect.

use super::act::Act;
use super::actor::Actor;
use super::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use super::effects::Effects;
use super::event::{Event, EventBody};
use super::fold::FoldError;
use super::membership::{self, MembershipAct};
use super::settings::ConversationState;
use super::{
    agenda, curation, exclusion, forgetting, moderation, publishing, rules, seeds, statements, voting,
};
use crate::domain::{ParticipantNumber, Rejection, TokenHash};

impl Act {
    /// Whether it can be decided behind others that are not on disk yet, and share their commit. Votes
    /// and joins come by the thousand; everything else is rare.
    pub fn shares_commit(&self) -> bool {
        match self {
            Act::Voting(_) | Act::Membership(MembershipAct::Join(_)) => true,
            Act::Membership(_)
            | Act::Statements(_)
            | Act::Seeds(_)
            | Act::Moderation(_)
            | Act::Curation(_)
            | Act::Exclusion(_)
            | Act::Rules(_)
            | Act::Agenda(_)
            | Act::Publishing(_)
            | Act::Forgetting(_) => false,
        }
    }
}

impl Desk {
    /// Decides an act behind what is `pending`, to which its events are added. Nothing is added where it
    /// is refused.
    pub fn decide(
        &self,
        actor: &Actor,
        act: &Act,
        pending: &mut PendingEvents<EventBody>,
        given: &mut DecisionInputs<'_>,
    ) -> Result<Decided, Rejection> {
        if self.record.conversation.state == ConversationState::Deleted {
            return Err(Rejection::Deleted);
        }
        self.check_not_erased(actor)?;
        match act {
            Act::Voting(ballot) => voting::decide(self, actor.visitor()?, ballot, pending, given),
            Act::Membership(act) => membership::decide(self, actor, act, pending, given),
            Act::Statements(act) => statements::decide(self, actor.visitor()?, act, pending, given),
            Act::Seeds(act) => seeds::decide(self, actor, act, pending, given),
            Act::Moderation(act) => moderation::decide(self, actor, act, pending, given),
            Act::Curation(act) => curation::decide(self, actor, act, pending, given),
            Act::Exclusion(act) => exclusion::decide(self, actor, act, pending, given),
            Act::Rules(act) => rules::decide(self, actor, act, pending, given),
            Act::Agenda(act) => agenda::decide(self, actor, act, pending, given),
            Act::Publishing(act) => publishing::decide(self, actor, act, pending, given),
            Act::Forgetting(act) => forgetting::decide(self, actor, act, pending, given),
        }
    }

    /// Folds events that are on disk, and tokens admitted with them.
    pub fn apply(
        &mut self,
        events: Vec<Event>,
        admitted: impl IntoIterator<Item = (TokenHash, ParticipantNumber)>,
    ) -> Result<Effects, FoldError> {
        let mut effects = Effects::default();
        for event in events {
            self.record.apply_with(event, &mut effects)?;
        }
        for number in &effects.worded {
            if let Some(statement) = self.record.statements.get(number) {
                self.twins.set(*number, statement.text.text());
            }
        }
        self.tokens.extend(admitted);
        if effects.all_unlinked {
            self.tokens.clear();
        } else if !effects.unlinked.is_empty() {
            self.tokens.retain(|_, holder| !effects.unlinked.contains(holder));
        }
        Ok(effects)
    }
}
