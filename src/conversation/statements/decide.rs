//! What becomes of statements that participants submit, take back and word anew.

use super::events::{StatementSeconded, StatementSubmitted, StatementWithdrawn};
use super::submission::{StatementsAct, Submission};
use crate::conversation::actor::{Identity, RecordedActor};
use crate::conversation::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use crate::conversation::membership::{ParticipantJoined, known_or_admitted};
use crate::conversation::participant::OperationOutcome;
use crate::conversation::payload::Entry;
use crate::conversation::statement::{Statement, clean_statement_text};
use crate::conversation::voting::VoteCast;
use crate::domain::{
    Choice, Moderation, OperationId, ParticipantNumber, PersonalText, Rejection, StatementNumber,
};

/// A participant's statements that may wait for a moderator at once.
const MAX_PENDING_PER_AUTHOR: usize = 10;
/// Statements in one conversation that are shown or wait, as many as Polis holds. Rejected ones take
/// nobody's place.
const MAX_STATEMENTS: usize = 10_000;
/// How many of these only organisers can add.
const FOR_ORGANISERS: usize = 1_000;
/// Statements in all, rejected ones included: as many as an import takes. Floods are slowed down by the
/// rates of submissions long before.
const MAX_EVER: usize = 90_000;

/// Whose statement it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::conversation) enum StatementAuthor {
    Participant,
    Organiser,
}

/// What is written of statements.
pub(in crate::conversation) trait StatementBody:
    From<StatementSubmitted>
    + From<StatementSeconded>
    + From<StatementWithdrawn>
    + From<VoteCast>
    + From<ParticipantJoined>
{
}

impl<B> StatementBody for B where
    B: From<StatementSubmitted>
        + From<StatementSeconded>
        + From<StatementWithdrawn>
        + From<VoteCast>
        + From<ParticipantJoined>
{
}

pub(in crate::conversation) fn decide<B: StatementBody>(
    desk: &Desk,
    identity: Identity,
    act: &StatementsAct,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection> {
    desk.check_open()?;
    match act {
        StatementsAct::Submit(_) if desk.record.conversation.submissions_paused => {
            Err(Rejection::SubmissionsPaused)
        }
        StatementsAct::Submit(new) => submit(desk, identity, new, pending, given),
        StatementsAct::Withdraw { words } => {
            let (participant, statement) = desk.own(identity, words)?;
            withdraw(desk, participant, statement, words, pending)?;
            Ok(Decided::changed(1))
        }
        StatementsAct::Reword { words, new } => {
            let participant = desk.known(identity).map_err(|_| Rejection::UnknownParticipant)?;
            if let Some(OperationOutcome::Submitted(statement)) =
                new.op.as_ref().and_then(|op| pending.done(desk, participant, op))
            {
                return Ok(Decided::Submitted { participant, statement });
            }
            let (_, statement) = desk.own(identity, words)?;
            let own = statement.words_of(participant).map(PersonalText::text);
            if own
                == Some(
                    clean_statement_text(&new.text, desk.record.conversation.settings.max_characters)?
                        .as_str(),
                )
            {
                return Ok(Decided::Submitted { participant, statement: statement.number });
            }
            let text = check_new(desk, participant, &new.text, Some(statement))?;
            withdraw(desk, participant, statement, words, pending)?;
            Ok(take(desk, participant, new, (text, Some(statement)), pending, given))
        }
    }
}

fn submit<B: StatementBody>(
    desk: &Desk,
    identity: Identity,
    new: &Submission,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection> {
    let participant = known_or_admitted(desk, identity, pending, || desk.check_submittable(&new.text))?;
    match new.op.as_ref().and_then(|op| pending.done(desk, participant, op)) {
        Some(OperationOutcome::Submitted(statement)) => {
            return Ok(Decided::Submitted { participant, statement });
        }
        Some(OperationOutcome::Voted { .. }) => return Err(Rejection::OperationReused),
        None => {}
    }
    if !desk.record.participants.contains_key(&participant) && !pending.admits(participant) {
        return Err(Rejection::UnknownParticipant);
    }
    let text = check_new(desk, participant, &new.text, None)?;
    Ok(take(desk, participant, new, (text, None), pending, given))
}

/// A participant's words as they would be taken. `instead` is the statement they are replacing.
fn check_new(
    desk: &Desk,
    participant: ParticipantNumber,
    text: &str,
    instead: Option<&Statement>,
) -> Result<String, Rejection> {
    let instead = instead.map(|statement| statement.number);
    let text = desk.check_words(text, instead)?;
    let is_own = |twin: &&Statement| twin.words_of(participant).is_some() && Some(twin.number) != instead;
    if desk.twins.of_text(&desk.record, &text).iter().any(is_own) {
        return Err(Rejection::SubmittedAlready);
    }
    let waits = |s: &&Statement| s.words_of(participant).is_some() && Some(s.number) != instead;
    if desk.record.waiting().filter(waits).count() >= MAX_PENDING_PER_AUTHOR {
        return Err(Rejection::TooManyPending { max: MAX_PENDING_PER_AUTHOR });
    }
    Ok(text)
}

/// A new statement with its author's agreement, or one more person for a statement that is waiting.
fn take<B: StatementBody>(
    desk: &Desk,
    participant: ParticipantNumber,
    new: &Submission,
    (text, instead): (String, Option<&Statement>),
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Decided {
    let by = RecordedActor::Participant(participant);
    // The statement that goes away with it is no twin, unless others keep it.
    let goes = instead.filter(|instead| instead.seconds.is_empty()).map(|instead| instead.number);
    let twins = desk.twins.of_text(&desk.record, &text);
    // What waits only because its author is held is nobody else's: that it waits would tell that it is there.
    let held = desk.record.held_authors.contains(&participant);
    let twin = twins
        .iter()
        .filter(|twin| held || !twin.held)
        .map(|twin| twin.number)
        .find(|twin| Some(*twin) != goes);
    let text = PersonalText::new(text, (given.salt)());
    let op = new.op.clone();
    let number = desk.record.next_statement();
    let agrees = |statement| Entry::new(by, VoteCast::new(participant, statement, Choice::Agree));
    if let Some(statement) = twin {
        let seconded = StatementSeconded { statement, number, participant, text, op };
        pending.events.extend([Entry::new(by, seconded), agrees(statement)]);
        return Decided::Submitted { participant, statement };
    }
    let submitted = StatementSubmitted {
        author: Some(participant),
        op,
        language: new.language.clone(),
        derived_from: new.derived_from,
        held,
        ..StatementSubmitted::new(number, text)
    };
    pending.events.extend([Entry::new(by, submitted), agrees(number)]);
    Decided::Submitted { participant, statement: number }
}

fn withdraw<B: From<StatementWithdrawn>>(
    desk: &Desk,
    participant: ParticipantNumber,
    statement: &Statement,
    words: &str,
    pending: &mut PendingEvents<B>,
) -> Result<(), Rejection> {
    if statement.moderation == Moderation::Rejected {
        return Err(Rejection::DecidedAlready);
    }
    if !desk.record.can_be_withdrawn_by(participant, statement) {
        return Err(Rejection::OthersVoted);
    }
    let withdrawn = StatementWithdrawn { statement: statement.number };
    pending.events.push(Entry::new(RecordedActor::Participant(participant), withdrawn));
    pending.forgotten.push(words.to_owned());
    let is_made_of_theirs = statement.words_of(participant).is_none();
    if is_made_of_theirs || statement.author == Some(participant) && statement.seconds.is_empty() {
        pending.forgotten.extend(desk.record.words_quoting(&[statement.number]));
    }
    Ok(())
}

impl Desk {
    /// Whether a statement with these words would be taken now, whoever submits it.
    pub fn check_submittable(&self, text: &str) -> Result<(), Rejection> {
        self.check_open()?;
        if self.record.conversation.submissions_paused {
            return Err(Rejection::SubmissionsPaused);
        }
        self.check_words(text, None).map(|_| ())
    }

    /// Cleans a participant's words, or refuses them. Words already shown are refused. Words that are
    /// waiting are not, nor are those of the statement being replaced.
    fn check_words(&self, text: &str, instead: Option<StatementNumber>) -> Result<String, Rejection> {
        let text = clean_statement_text(text, self.record.conversation.settings.max_characters)?;
        let is_shown = |twin: &&&Statement| self.record.is_shown(twin) && Some(twin.number) != instead;
        match self.twins.of_text(&self.record, &text).iter().find(is_shown) {
            Some(shown) => Err(Rejection::StatementExists(shown.number)),
            None if self.room_for(StatementAuthor::Participant) == 0 => Err(Rejection::TooManyStatements),
            None => Ok(text),
        }
    }

    /// The statement that a repeated submission made.
    pub fn submission_of(&self, participant: ParticipantNumber, op: &OperationId) -> Option<StatementNumber> {
        match self.record.participants.get(&participant)?.done(op)? {
            OperationOutcome::Submitted(statement) => Some(statement),
            OperationOutcome::Voted { .. } => None,
        }
    }

    /// Somebody's own statement, by the commitment of their words.
    fn own(&self, identity: Identity, words: &str) -> Result<(ParticipantNumber, &Statement), Rejection> {
        let participant = self.known(identity).map_err(|_| Rejection::UnknownParticipant)?;
        let is_own = |s: &&Statement| {
            let own = s.words_of(participant).or_else(|| self.record.made_of_theirs(participant, s));
            own.is_some_and(|own| own.commitment() == words)
        };
        let own = self.record.statements.values().find(is_own);
        Ok((participant, own.ok_or(Rejection::UnknownStatement)?))
    }

    /// How many more statements are taken.
    pub(in crate::conversation) fn room_for(&self, writer: StatementAuthor) -> usize {
        let kept = if writer == StatementAuthor::Participant { FOR_ORGANISERS } else { 0 };
        let all = &self.record.statements;
        let here = all.values().filter(|s| s.moderation != Moderation::Rejected).count();
        (MAX_STATEMENTS.saturating_sub(here)).min(MAX_EVER.saturating_sub(all.len())).saturating_sub(kept)
    }
}
