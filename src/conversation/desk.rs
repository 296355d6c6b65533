//! Where decisions are made: what a conversation knows, and what was decided and is not on disk yet.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use super::actor::{Actor, Identity, RecordedActor};
use super::participant::OperationOutcome;
use super::payload::Entry;
use super::record::ConversationRecord;
use super::settings::ConversationState;
use super::twins::Twins;
use crate::domain::{
    Choice, Field, OperationId, ParticipantNumber, PersonalText, Rejection, StatementNumber, TokenHash,
    clean_line,
};

/// The longest reason for an act, in characters.
const MAX_WHY: usize = 1_000;

/// Everything that decisions rest on.
pub struct Desk {
    /// The fold of the log.
    pub record: ConversationRecord,
    pub(super) tokens: HashMap<TokenHash, ParticipantNumber>,
    pub(super) twins: Twins,
}

/// What decisions are given from outside, so that they stay pure.
pub struct DecisionInputs<'a> {
    /// Sixteen random bytes.
    pub salt: &'a mut dyn FnMut() -> [u8; 16],
    /// With which probability the draw would offer a statement to somebody now, in millionths.
    pub offered: &'a dyn Fn(ParticipantNumber, StatementNumber) -> Option<u32>,
}

/// What was decided and is not on disk yet. Later decisions of the same batch see it; when the disk
/// refuses, it is dropped and the desk has never seen it.
pub struct PendingEvents<B> {
    /// The events, in order. Each aspect names those that it can write.
    pub events: Vec<Entry<B>>,
    /// Tokens admitted with them, as they are stored in this conversation.
    pub admitted: HashMap<TokenHash, ParticipantNumber>,
    /// Commitments whose words go away with them.
    pub forgotten: Vec<String>,
    /// What stays for everybody to read of a conversation that is deleted with them, as JSON.
    pub kept: Option<String>,
    /// What is published with them, each under its name.
    pub documents: Vec<(String, String)>,
    pub(super) votes: FxHashMap<(ParticipantNumber, StatementNumber), (Choice, bool)>,
    pub(super) ops: FxHashMap<ParticipantNumber, Vec<(OperationId, OperationOutcome)>>,
}

/// What an act came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Decided {
    /// Somebody takes part, or did already.
    Joined {
        /// Who they are here.
        participant: ParticipantNumber,
    },
    /// A vote counts.
    Voted {
        /// Who voted.
        participant: ParticipantNumber,
    },
    /// A statement was taken.
    Submitted {
        /// Who wrote it.
        participant: ParticipantNumber,
        /// Its number; only shown to people once the statement itself is.
        statement: StatementNumber,
    },
    /// Anything else.
    Changed {
        /// How many things changed.
        changed: u32,
        /// How many were passed over, since they were there already.
        passed_over: u32,
    },
}

impl Decided {
    /// So many things changed.
    pub(super) fn changed(count: usize) -> Self {
        Decided::Changed { changed: u32::try_from(count).unwrap_or(u32::MAX), passed_over: 0 }
    }

    /// Who acted, where they take part.
    pub fn participant(&self) -> Option<ParticipantNumber> {
        match *self {
            Decided::Joined { participant }
            | Decided::Voted { participant }
            | Decided::Submitted { participant, .. } => Some(participant),
            Decided::Changed { .. } => None,
        }
    }
}

impl<B> Default for PendingEvents<B> {
    fn default() -> Self {
        Self {
            events: Vec::new(),
            admitted: HashMap::new(),
            forgotten: Vec::new(),
            kept: None,
            documents: Vec::new(),
            votes: FxHashMap::default(),
            ops: FxHashMap::default(),
        }
    }
}

impl<B> PendingEvents<B> {
    /// Whether a participant is admitted in this batch.
    pub(super) fn admits(&self, participant: ParticipantNumber) -> bool {
        self.admitted.values().any(|admitted| *admitted == participant)
    }

    /// What an operation did, on disk or decided in this batch.
    pub(super) fn done(
        &self,
        desk: &Desk,
        participant: ParticipantNumber,
        op: &OperationId,
    ) -> Option<OperationOutcome> {
        let stored = desk.record.participants.get(&participant).and_then(|p| p.done(op));
        stored.or_else(|| {
            let decided = self.ops.get(&participant)?;
            decided.iter().find(|(name, _)| name == op).map(|(_, done)| *done)
        })
    }

    /// One more event of somebody in charge, with the reason that they gave.
    pub(super) fn push(
        &mut self,
        actor: &Actor,
        given: &mut DecisionInputs<'_>,
        by: RecordedActor,
        body: impl Into<B>,
    ) -> Result<(), Rejection> {
        let why = match actor.why().map(clean_line).filter(|why| !why.is_empty()) {
            Some(why) if why.chars().count() > MAX_WHY => {
                return Err(Rejection::TextTooLong { field: Field::Reason, max: MAX_WHY });
            }
            Some(why) => Some(Box::new(PersonalText::new(why, (given.salt)()))),
            None => None,
        };
        self.events.push(Entry { by, role: actor.role(), why, body: body.into() });
        Ok(())
    }
}

impl Desk {
    /// A desk after its log was folded.
    pub fn new(record: ConversationRecord, tokens: HashMap<TokenHash, ParticipantNumber>) -> Self {
        let twins = Twins::of(&record);
        Self { record, tokens, twins }
    }

    /// Who holds this token here.
    pub fn participant_of(&self, token: &TokenHash) -> Option<ParticipantNumber> {
        self.holder_of(&token.within(self.record.conversation.id))
    }

    /// The same for a token as it is stored.
    pub(super) fn holder_of(&self, stored: &TokenHash) -> Option<ParticipantNumber> {
        self.tokens.get(stored).copied()
    }

    /// Who somebody is here, or the token of a newcomer.
    pub(super) fn known(&self, identity: Identity) -> Result<ParticipantNumber, TokenHash> {
        match identity {
            Identity::Participant(participant) => Ok(participant),
            Identity::Token(token) => self.participant_of(&token).ok_or(token),
        }
    }

    pub(super) fn check_open(&self) -> Result<(), Rejection> {
        match self.record.conversation.state {
            ConversationState::Open => Ok(()),
            ConversationState::Draft | ConversationState::Closed | ConversationState::Deleted => {
                Err(Rejection::NotOpen)
            }
        }
    }

    pub(super) fn check_draft(&self) -> Result<(), Rejection> {
        match self.record.conversation.state {
            ConversationState::Draft => Ok(()),
            ConversationState::Open | ConversationState::Closed | ConversationState::Deleted => {
                Err(Rejection::NotDraft)
            }
        }
    }
}
