//! Votes: one for each participant and statement; a new one takes the place of the last (I3).

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::actor::{Identity, RecordedActor};
use super::desk::{Decided, DecisionInputs, Desk, PendingEvents};
use super::effects::{Effects, MapChange};
use super::membership::{ParticipantJoined, known_or_admitted};
use super::participant::OperationOutcome;
use super::payload::{ApplyResult, Entry, Header, Payload, Permission, Phase, VoteEffect, words_in};
use super::provenance::{Mode, Source, is_false, is_zero};
use super::record::ConversationRecord;
use crate::domain::{
    Choice, OperationId, ParticipantNumber, PersonalText, Rejection, StaffNumber, StatementNumber,
};

/// A vote as somebody casts it.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// The statement.
    pub statement: StatementNumber,
    /// What is said of it.
    pub choice: Choice,
    /// The client's name of this operation.
    pub op: Option<OperationId>,
    /// Marked as important.
    pub important: bool,
    /// The version of the information that was seen before; 0 for none.
    pub pack: u32,
}

impl Ballot {
    /// A plain vote.
    pub fn new(statement: StatementNumber, choice: Choice) -> Self {
        Self { statement, choice, op: None, important: false, pack: 0 }
    }

    fn done(&self) -> OperationOutcome {
        OperationOutcome::Voted { statement: self.statement, choice: self.choice, important: self.important }
    }
}

/// Somebody voted, or changed a vote.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoteCast {
    /// Who votes.
    pub participant: ParticipantNumber,
    /// On which statement.
    pub statement: StatementNumber,
    /// What they say of it.
    pub choice: Choice,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Source::is_live")]
    pub source: Source,
    /// The client's name of the operation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<OperationId>,
    /// With which probability the draw offers this statement to this person, in millionths; on first
    /// votes only. It lets the bias of routing be undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered_ppm: Option<u32>,
    /// Marked as important.
    #[serde(default, skip_serializing_if = "is_false")]
    pub important: bool,
    /// How it was given.
    #[serde(default, skip_serializing_if = "Mode::is_online")]
    pub mode: Mode,
    /// Who entered it, where that is not the participant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered_by: Option<StaffNumber>,
    /// The pile of paper that it stands in; 0 for none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub batch: u32,
    /// The version of the information that was seen before; 0 for none.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub pack: u32,
}

impl VoteCast {
    /// A plain vote.
    pub fn new(participant: ParticipantNumber, statement: StatementNumber, choice: Choice) -> Self {
        Self {
            participant,
            statement,
            choice,
            source: Source::Live,
            op: None,
            offered_ppm: None,
            important: false,
            mode: Mode::Online,
            entered_by: None,
            batch: 0,
            pack: 0,
        }
    }

    /// Who cast it: the participant, unless it was entered for them or brought in.
    pub fn by(&self) -> RecordedActor {
        match (self.source, self.entered_by) {
            (Source::ImportUntimed | Source::ImportAtMs(_), _) => RecordedActor::Import,
            (Source::Live, Some(staff)) => RecordedActor::Staff(staff),
            (Source::Live, None) => RecordedActor::Participant(self.participant),
        }
    }

    fn is_plain(&self) -> bool {
        let Self { source, important, mode, entered_by, batch, pack, .. } = self;
        source.is_live()
            && !important
            && mode.is_online()
            && entered_by.is_none()
            && (*batch, *pack) == (0, 0)
    }

    /// The payload as canonical JSON. That of a plain vote is written by hand: it is the hot path, and an
    /// [`OperationId`] needs no escaping. A test holds it against the general way.
    pub(super) fn payload(&self) -> Result<String, serde_json::Error> {
        let Self { participant, statement, choice, op, offered_ppm, .. } = self;
        if !self.is_plain() {
            return serde_json::to_string(&serde_json::to_value(self)?);
        }
        // Writing to a String does not fail.
        let mut text = format!(r#"{{"choice":"{choice}","#);
        if let Some(ppm) = offered_ppm {
            let _ = write!(text, r#""offered_ppm":{ppm},"#);
        }
        if let Some(op) = op {
            let _ = write!(text, r#""op":"{}","#, op.as_str());
        }
        let _ = write!(text, r#""participant":{participant},"statement":{statement}}}"#);
        Ok(text)
    }
}

impl Payload for VoteCast {
    const WHO: Permission = Permission::Anybody;
    const WHEN: Phase = Phase::WhileOpen;

    fn apply(self, record: &mut ConversationRecord, header: Header, effects: &mut Effects) -> ApplyResult {
        let participant = record.participants.get_mut(&self.participant).ok_or("a participant")?;
        let statement = record.statements.get_mut(&self.statement).ok_or("a statement")?;
        if let Some(before) = participant.votes.set(statement.number, self.choice) {
            statement.tally.remove(before);
        }
        statement.tally.add(self.choice);
        participant.mark(statement.number, self.important);
        // The agreement that comes with one's own statement is not a vote to take back.
        if statement.words_of(self.participant).is_none() {
            participant.last_vote = Some(statement.number);
        }
        let Self { statement, choice, important, .. } = self;
        participant.remember(self.op.as_ref(), OperationOutcome::Voted { statement, choice, important });
        record.vote_events += 1;
        record.votes_seq = header.seq;
        effects.on_map(MapChange::Vote(self.participant, statement, choice));
        Ok(())
    }

    fn implied_by(&self) -> Option<RecordedActor> {
        Some(self.by())
    }

    fn on_votes(&self) -> VoteEffect {
        let Self { participant, statement, choice, source, important, .. } = *self;
        VoteEffect::Cast { participant, statement, choice, source, important }
    }

    words_in!();

    /// Votes show with the next map.
    fn is_on_pages(&self) -> bool {
        false
    }
}

/// A newcomer is admitted with their vote, in the same batch.
pub(super) fn decide<B: From<VoteCast> + From<ParticipantJoined>>(
    desk: &Desk,
    identity: Identity,
    ballot: &Ballot,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<Decided, Rejection> {
    let participant = known_or_admitted(desk, identity, pending, || check_votable(desk, ballot.statement))?;
    cast(desk, participant, ballot, pending, given)?;
    Ok(Decided::Voted { participant })
}

/// Casts or changes a vote. The same choice again, and an operation that was done already, make no event.
fn cast<B: From<VoteCast>>(
    desk: &Desk,
    participant: ParticipantNumber,
    ballot: &Ballot,
    pending: &mut PendingEvents<B>,
    given: &mut DecisionInputs<'_>,
) -> Result<(), Rejection> {
    // Marked where that is not asked for: the vote counts, the mark does not.
    let important = ballot.important && desk.record.conversation.settings.important;
    let ballot = &Ballot { important, ..ballot.clone() };
    let Ballot { statement, choice, .. } = *ballot;
    // A version that was never there was not read.
    let pack = ballot.pack.min(desk.record.conversation.published.version_to_read());
    let done = ballot.done();
    match ballot.op.as_ref().and_then(|op| pending.done(desk, participant, op)) {
        Some(before) if before == done => return Ok(()),
        Some(_) => return Err(Rejection::OperationReused),
        None => check_votable(desk, statement)?,
    }
    let stored = desk.record.participants.get(&participant);
    if stored.is_none() && !pending.admits(participant) {
        return Err(Rejection::UnknownParticipant);
    }
    let waiting = pending.votes.get(&(participant, statement)).copied();
    let stored = || {
        let own = stored?;
        Some((own.votes.on(statement)?, own.marks(statement)))
    };
    let current = waiting.or_else(stored);
    if current == Some((choice, important)) {
        return Ok(());
    }
    pending.votes.insert((participant, statement), (choice, important));
    if let Some(op) = &ballot.op {
        pending.ops.entry(participant).or_default().push((op.clone(), done));
    }
    let offered_ppm = if current.is_none() { (given.offered)(participant, statement) } else { None };
    let op = ballot.op.clone();
    let vote = VoteCast { op, offered_ppm, important, pack, ..VoteCast::new(participant, statement, choice) };
    pending.events.push(Entry::new(RecordedActor::Participant(participant), vote));
    Ok(())
}

/// Whether votes on a statement are taken now, whoever casts them.
fn check_votable(desk: &Desk, statement: StatementNumber) -> Result<(), Rejection> {
    desk.check_open()?;
    // One answer for what is hidden and what is not there: numbers must not tell how many wait.
    let shown = desk.record.statements.get(&statement).filter(|statement| desk.record.is_shown(statement));
    shown.map(|_| ()).ok_or(Rejection::StatementNotShown)
}
