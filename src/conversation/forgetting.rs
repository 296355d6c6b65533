//! Forgetting: what somebody wrote and every way from them to their number are destroyed, at their own wish, by
//! the organiser for them, or on the date that was promised; and in the end the conversation itself.
//!
//! The log keeps what it committed to, so that the chain verifies afterwards.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::actor::{Actor, Identity, RecordedActor};
use super::agenda::record::AgendaRecord;
use super::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use super::effects::{Effects, MapChange};
use super::participant::{Participant, Particulars};
use super::payload::{
    ApplyResult, Header, ListingChange, Payload, Permission, Phase, VoteEffect, by_staff, words_in,
};
use super::provenance::is_false;
use super::record::ConversationRecord;
use super::rules::{ConversationClosed, ConversationDeleted};
use super::settings::ConversationState;
use super::statement::Statement;
use crate::domain::{
    CurrentVotes, ParticipantNumber, PersonalText, Rejection, Seq, StatementNumber, Timestamp,
};

/// What can be asked to be forgotten.
#[derive(Clone, Debug)]
pub enum ForgettingAct {
    /// Everything that is one's own.
    Own,
    /// Everything of somebody who asked the organiser for it.
    Person(ParticipantNumber),
    /// The links to everybody, and words that were never shown: the promised date has come.
    Links,
    /// The whole conversation, at this moment; nothing calls it off.
    PlanDeletion(Option<Timestamp>),
    /// The whole conversation, since that moment has come.
    Delete(Box<LastResults>),
}

/// What stays of a conversation for everybody to read, and the event of its log that this was copied at.
#[derive(Clone, Debug)]
pub struct LastResults {
    /// As JSON.
    pub results: String,
    /// Nothing may have happened since: whoever was erased meanwhile would be in it.
    pub at: Seq,
}

/// Somebody's words were destroyed, and every way from them to their number.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParticipantErased {
    /// Who it was.
    pub participant: ParticipantNumber,
    /// Whether their votes count no more.
    #[serde(default, skip_serializing_if = "is_false")]
    pub votes: bool,
}

/// The links to everybody who took part were destroyed, and the words of statements that are not shown.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinksDestroyed {}

/// The conversation will be deleted, or stays after all.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeletionPlanned {
    /// When; nothing where it was called off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

impl ConversationRecord {
    /// Statements that are somebody's, with their words for each.
    pub fn statements_of(
        &self,
        participant: ParticipantNumber,
    ) -> impl Iterator<Item = (StatementNumber, &PersonalText)> {
        self.statements.values().filter_map(move |s| Some((s.number, s.words_of(participant)?)))
    }

    /// The commitments of all words that somebody wrote, or that say something about them.
    pub fn words_about(&self, participant: ParticipantNumber) -> Vec<String> {
        let written = self.statements_of(participant).map(|(_, words)| words);
        let own = self.participants.get(&participant).and_then(Participant::particulars);
        let said = own.into_iter().flat_map(Particulars::words);
        let words = written.chain(said).map(|words| words.commitment().to_owned());
        // A statement that others wrote, too, stays theirs.
        let is_alone =
            |statement: &&Statement| statement.author == Some(participant) && statement.seconds.is_empty();
        let gone: Vec<_> =
            self.statements.values().filter(is_alone).map(|statement| statement.number).collect();
        words.chain(self.words_quoting(&gone)).collect()
    }

    /// The commitments of all words that are destroyed with the links: nobody was ever shown them.
    pub fn words_unshown(&self) -> Vec<String> {
        let statements = self.statements.values().flat_map(|statement| {
            let own = (!self.is_shown(statement)).then_some(&statement.text);
            own.into_iter().chain(statement.seconds.iter().map(|second| &second.text))
        });
        let said = self.participants.values().filter_map(Participant::particulars);
        let words = statements.chain(said.flat_map(Particulars::words));
        let unshown = self.statements.values().filter(|statement| !self.is_shown(statement));
        let unshown: Vec<_> = unshown.map(|statement| statement.number).collect();
        let quotes = self.words_quoting(&unshown);
        words.map(|words| words.commitment().to_owned()).chain(quotes).collect()
    }

    /// The commitments of words elsewhere that repeat those of these statements.
    pub(super) fn words_quoting(&self, statements: &[StatementNumber]) -> Vec<String> {
        AgendaRecord::clone(&self.agenda).forget_quotes_of(statements)
    }

    /// Forgets words elsewhere that repeat those of statements which have none any more.
    pub(super) fn forget_quotes_of_withdrawn(&mut self) {
        if self.agenda.draft.is_none() {
            return;
        }
        let withdrawn = self.statements.values().filter(|statement| statement.withdrawn);
        let withdrawn: Vec<_> = withdrawn.map(|statement| statement.number).collect();
        if !withdrawn.is_empty() {
            Arc::make_mut(&mut self.agenda).forget_quotes_of(&withdrawn);
        }
    }
}

impl Payload for ParticipantErased {
    const WHO: Permission = Permission::Anybody;
    const WHEN: Phase = Phase::AnyTime;

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        let gone = self.participant;
        let own = record.participants.get_mut(&gone).ok_or("a participant")?;
        let before = own.particulars.take().unwrap_or_default();
        let important = if self.votes { Default::default() } else { before.important };
        own.particulars = Some(Box::new(Particulars { erased: true, important, ..Particulars::default() }));
        own.ops.clear();
        own.last_vote = None;
        let votes = if self.votes { std::mem::take(&mut own.votes) } else { CurrentVotes::default() };
        if self.votes {
            record.forget_excluded_votes_of(gone);
        }
        for vote in votes.iter() {
            let statement = record.statements.get_mut(&vote.statement).ok_or("a statement")?;
            statement.tally.remove(vote.choice);
            effects.on_map(MapChange::Unvote(gone, vote.statement));
        }
        let statements: Vec<_> = record.statements_of(gone).map(|(number, _)| number).collect();
        for number in &statements {
            record.statements.get_mut(number).ok_or("a statement")?.lose(gone);
            effects.on_map(MapChange::Statement(*number));
            effects.on_words(*number);
            effects.queue = true;
        }
        record.forget_quotes_of_withdrawn();
        if !statements.is_empty() || !votes.is_empty() {
            record.votes_seq = header.seq;
        }
        effects.unlink(gone);
        Ok(())
    }

    fn implied_by(&self) -> Option<RecordedActor> {
        None
    }

    fn on_votes(&self) -> VoteEffect {
        if self.votes { VoteEffect::Erased(self.participant) } else { VoteEffect::Nothing }
    }

    words_in!();
}

impl Payload for LinksDestroyed {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        let rule = record.conversation.settings.moderation;
        for statement in record.statements.values_mut() {
            statement.seconds.clear();
            if !statement.withdrawn && !statement.is_shown_by(rule) {
                Statement::withdraw(statement);
                effects.on_map(MapChange::Statement(statement.number));
                effects.on_words(statement.number);
            }
        }
        record.forget_quotes_of_withdrawn();
        for own in record.participants.values_mut() {
            own.ops.clear();
            if let Some(particulars) = own.particulars.as_deref_mut() {
                (particulars.cohort, particulars.place) = (None, None);
            }
        }
        record.votes_seq = header.seq;
        record.conversation.links_destroyed = Some(header.at);
        (effects.queue, effects.rules, effects.all_unlinked) = (true, true, true);
        Ok(())
    }

    words_in!();

    fn listing(&self) -> Option<ListingChange<'_>> {
        Some(ListingChange::LinksDestroyed)
    }
}

impl Payload for DeletionPlanned {
    by_staff!(AnyTime);

    fn apply(self, record: &mut ConversationRecord, _: Header, effects: &mut Effects) -> ApplyResult {
        record.conversation.deletes_at = self.at;
        effects.rules = true;
        Ok(())
    }

    words_in!();

    fn listing(&self) -> Option<ListingChange<'_>> {
        Some(ListingChange::DeletionPlanned(self.at))
    }
}

pub(super) fn decide<B>(
    desk: &Desk,
    actor: &Actor,
    act: &ForgettingAct,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection>
where
    B: From<ParticipantErased>
        + From<LinksDestroyed>
        + From<DeletionPlanned>
        + From<ConversationClosed>
        + From<ConversationDeleted>,
{
    let conversation = &desk.record.conversation;
    match act {
        ForgettingAct::Own => {
            let known = desk.known(actor.visitor()?).map_err(|_| Rejection::UnknownParticipant)?;
            return erase(desk, actor, RecordedActor::Participant(known), known, pending, given);
        }
        ForgettingAct::Person(participant) => {
            return erase(desk, actor, actor.in_charge()?, *participant, pending, given);
        }
        ForgettingAct::Links => {
            let by = actor.in_charge()?;
            match conversation.state {
                ConversationState::Draft | ConversationState::Deleted => return Err(Rejection::NotOpen),
                ConversationState::Open => pending.push(actor, given, by, ConversationClosed {})?,
                ConversationState::Closed => {}
            }
            if conversation.links_destroyed.is_some() {
                return Ok(Decided::changed(0));
            }
            pending.forgotten = desk.record.words_unshown();
            pending.push(actor, given, by, LinksDestroyed {})?;
        }
        ForgettingAct::PlanDeletion(at) => {
            let by = actor.in_charge()?;
            match conversation.state {
                ConversationState::Draft => return Err(Rejection::NotOpen),
                ConversationState::Open => return Err(Rejection::StillOpen),
                ConversationState::Closed | ConversationState::Deleted => {}
            }
            if conversation.deletes_at == *at {
                return Ok(Decided::changed(0));
            }
            pending.push(actor, given, by, DeletionPlanned { at: *at })?;
        }
        ForgettingAct::Delete(last) => {
            let by = actor.in_charge()?;
            if conversation.deletes_at.is_none() || conversation.state != ConversationState::Closed {
                return Err(Rejection::NotDraft);
            }
            if desk.record.seq != last.at {
                return Err(Rejection::ChangedMeanwhile);
            }
            pending.kept = Some(last.results.clone());
            pending.push(actor, given, by, ConversationDeleted {})?;
        }
    }
    Ok(Decided::changed(1))
}

/// Erases one person. Whoever was erased already stays so.
fn erase<B: From<ParticipantErased>>(
    desk: &Desk,
    actor: &Actor,
    by: RecordedActor,
    participant: ParticipantNumber,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection> {
    let own = desk.record.participants.get(&participant).ok_or(Rejection::UnknownParticipant)?;
    if own.is_erased() {
        return Ok(Decided::changed(0));
    }
    pending.forgotten = desk.record.words_about(participant);
    let votes = desk.record.conversation.text.terms.erases_votes;
    pending.push(actor, given, by, ParticipantErased { participant, votes })?;
    Ok(Decided::changed(1))
}

impl Desk {
    /// Nobody acts as somebody who was erased: a page that was open then is that of nobody.
    pub(super) fn check_not_erased(&self, actor: &Actor) -> Result<(), Rejection> {
        let Actor::Visitor(Identity::Participant(participant)) = actor else { return Ok(()) };
        match self.record.participants.get(participant) {
            Some(own) if own.is_erased() => Err(Rejection::UnknownParticipant),
            _ => Ok(()),
        }
    }
}
