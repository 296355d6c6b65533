//! A conversation's record: the fold of its event log (I4).
//!
//! The live room, the export, the check and a restart all fold the same events with the same
//! [`ConversationRecord::apply`], so they can't disagree. It decides nothing: what is in the log
//! happened.

use std::collections::{BTreeMap, VecDeque};

use rustc_hash::{FxHashMap, FxHashSet};

use super::agenda::{Agenda, LeftOut, WhyLeftOut};
use super::chain::ChainHash;
use super::conversation::{Conversation, ConversationState};
use super::current_votes::CurrentVotes;
use super::event::{Event, EventBody, Source};
use super::id::{ConversationId, OperationId, ParticipantNumber, Seq, StatementNumber, Timestamp};
use super::statement::{Decision, Moderation, Statement};
use super::vote::Choice;

/// How many of a participant's latest operation ids are remembered. A client keeps one operation
/// in flight per statement, so a repeat is never older than this.
const REMEMBERED_OPS: usize = 64;

/// One participant as the log makes them.
#[derive(Clone, Debug, Default)]
pub struct Participant {
    /// Current votes, in the order of their statements.
    pub votes: CurrentVotes,
    /// The statement of the latest vote on somebody else's, which can be changed with one tap.
    pub last_vote: Option<StatementNumber>,
    pub(super) ops: VecDeque<(ShortName, Done)>,
}

/// Stands for an operation's name: a hash, so that a million remembered ones stay small. Two names
/// of one participant that meet in it (once in 2^64) would only get a refusal.
type ShortName = u64;

/// What an operation did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Done {
    /// Cast this vote.
    Voted(StatementNumber, Choice),
    /// Submitted this statement.
    Submitted(StatementNumber),
}

impl Participant {
    /// What this operation did, if it was done already.
    pub fn done(&self, op: &OperationId) -> Option<Done> {
        let wanted = op.short();
        self.ops.iter().rev().find(|(name, _)| *name == wanted).map(|(_, done)| *done)
    }

    fn remember(&mut self, op: Option<&OperationId>, done: Done) {
        if let Some(op) = op {
            if self.ops.len() >= REMEMBERED_OPS {
                self.ops.pop_front();
            }
            self.ops.push_back((op.short(), done));
        }
    }
}

/// Why events can't be folded: the log is not what this program writes.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FoldError {
    /// The first event is not the conversation's creation.
    #[error("event {0} comes before the conversation was created")]
    NotCreated(Seq),
    /// A gap, or an event out of order.
    #[error("event {found} follows event {last}")]
    Gap {
        /// The last event folded.
        last: Seq,
        /// The one that came.
        found: Seq,
    },
    /// An event speaks of something that is not there.
    #[error("event {seq} speaks of {what}, which is not there")]
    Dangling {
        /// The event.
        seq: Seq,
        /// What is missing.
        what: &'static str,
    },
}

/// Everything that is known of one conversation, at one place in its log.
#[derive(Clone, Debug)]
pub struct ConversationRecord {
    /// Its words and rules.
    pub conversation: Conversation,
    /// Its statements by number.
    pub statements: BTreeMap<StatementNumber, Statement>,
    /// Its participants by number.
    pub participants: FxHashMap<ParticipantNumber, Participant>,
    /// The latest agenda, drafted or published.
    pub draft: Option<Agenda>,
    /// The latest published agenda, and when it was published.
    pub published: Option<(Agenda, Timestamp)>,
    /// The last event folded.
    pub seq: Seq,
    /// Its hash.
    pub head: ChainHash,
    /// Vote events so far, re-votes included.
    pub vote_events: u64,
    /// The place in the log of the last event that can change the map.
    pub votes_seq: Seq,
    pub(super) next_participant: u32,
    pub(super) next_statement: u32,
}

impl ConversationRecord {
    /// Folds a whole log, or the beginning of one.
    pub fn fold(
        id: ConversationId,
        events: impl IntoIterator<Item = Event>,
    ) -> Result<Option<Self>, FoldError> {
        let mut record: Option<Self> = None;
        for event in events {
            match record.as_mut() {
                None => record = Some(Self::created(id, event)?),
                Some(record) => record.apply(event)?,
            }
        }
        Ok(record)
    }

    /// The record after a conversation's first event.
    pub fn created(id: ConversationId, event: Event) -> Result<Self, FoldError> {
        let EventBody::ConversationCreated { slug, text, settings, source_url, onlookers } = event.body
        else {
            return Err(FoldError::NotCreated(event.seq));
        };
        if event.seq != Seq(1) {
            return Err(FoldError::Gap { last: Seq(0), found: event.seq });
        }
        let state = ConversationState::Draft;
        Ok(Self {
            conversation: Conversation { id, slug, text, settings, state, source_url, onlookers },
            statements: BTreeMap::new(),
            participants: FxHashMap::default(),
            draft: None,
            published: None,
            seq: event.seq,
            head: event.hash,
            vote_events: 0,
            votes_seq: event.seq,
            next_participant: 0,
            next_statement: 0,
        })
    }

    /// Folds the next event. One that was folded before changes nothing.
    pub fn apply(&mut self, event: Event) -> Result<(), FoldError> {
        if event.seq <= self.seq {
            return Ok(());
        }
        if event.seq != self.seq.next() {
            return Err(FoldError::Gap { last: self.seq, found: event.seq });
        }
        let (seq, at, hash) = (event.seq, event.at, event.hash);
        self.fold_body(seq, at, event.body).map_err(|what| FoldError::Dangling { seq, what })?;
        self.seq = seq;
        self.head = hash;
        Ok(())
    }

    /// The number that the next newcomer gets.
    pub fn next_participant(&self) -> ParticipantNumber {
        ParticipantNumber(self.next_participant)
    }

    /// The number that the next statement gets.
    pub fn next_statement(&self) -> StatementNumber {
        StatementNumber(self.next_statement)
    }

    /// Whether participants see and vote on a statement in this state.
    pub fn is_shown(&self, statement: &Statement) -> bool {
        self.conversation.settings.moderation.shows(statement.moderation)
    }

    /// The statements that participants see, by number.
    pub fn shown(&self) -> impl Iterator<Item = &Statement> {
        self.statements.values().filter(|statement| self.is_shown(statement))
    }

    /// Current votes on statements that are shown, and the people who cast them.
    pub fn totals(&self) -> (u64, u32) {
        let votes = self.shown().map(|s| u64::from(s.tally.seen())).sum();
        let hidden: FxHashSet<StatementNumber> = self
            .statements
            .values()
            .filter(|s| s.tally.seen() > 0 && !self.is_shown(s))
            .map(|s| s.number)
            .collect();
        // Nearly everybody's first vote is on something that is shown.
        let voted = |own: &&Participant| own.votes.iter().any(|vote| !hidden.contains(&vote.statement));
        let voters = self.participants.values().filter(voted).count();
        (votes, u32::try_from(voters).unwrap_or(u32::MAX))
    }

    fn fold_body(&mut self, seq: Seq, at: Timestamp, body: EventBody) -> Result<(), &'static str> {
        match body {
            EventBody::VoteCast { participant, statement, choice, op, .. } => {
                self.fold_vote(participant, statement, choice, op.as_ref())?;
                self.vote_events += 1;
                self.votes_seq = seq;
            }
            EventBody::ParticipantJoined { participant } => {
                self.participants.entry(participant).or_default();
                self.next_participant = self.next_participant.max(participant.0 + 1);
            }
            EventBody::StatementSubmitted { statement, author, seed, meta, text, source, op } => {
                if let Some(author) = author {
                    let author = self.participants.get_mut(&author).ok_or("an author")?;
                    author.remember(op.as_ref(), Done::Submitted(statement));
                }
                let submitted_at_ms = match source {
                    Source::Live => Some(at.as_ms()),
                    source => source.moment_ms(at),
                };
                self.next_statement = self.next_statement.max(statement.0 + 1);
                self.statements.insert(
                    statement,
                    Statement {
                        number: statement,
                        author,
                        seed,
                        meta,
                        text,
                        submitted_at_ms,
                        moderation: Moderation::Pending,
                        reason: None,
                        decision: None,
                        tally: Default::default(),
                    },
                );
            }
            EventBody::StatementModerated { statement, to, reason } => {
                let after_close = self.conversation.state == ConversationState::Closed;
                let statement = self.statements.get_mut(&statement).ok_or("a statement")?;
                statement.moderation = to;
                statement.reason = reason;
                statement.decision = Some(Decision { seq, at, after_close });
                self.votes_seq = seq;
            }
            EventBody::ConversationOpened {} => {
                self.conversation.state = ConversationState::Open;
                // What was decided after the last end is before the next one.
                let decisions = self.statements.values_mut().filter_map(|s| s.decision.as_mut());
                decisions.for_each(|decision| decision.after_close = false);
            }
            EventBody::ConversationClosed {} => self.conversation.state = ConversationState::Closed,
            EventBody::ConversationChanged { text, settings } => {
                if settings.moderation != self.conversation.settings.moderation {
                    self.votes_seq = seq;
                }
                self.conversation.text = text;
                self.conversation.settings = settings;
            }
            EventBody::ConversationCreated { .. } => return Err("a second creation"),
            agenda => self.fold_agenda(at, agenda)?,
        }
        Ok(())
    }

    fn fold_vote(
        &mut self,
        participant: ParticipantNumber,
        statement: StatementNumber,
        choice: Choice,
        op: Option<&OperationId>,
    ) -> Result<(), &'static str> {
        let own = Some(participant);
        let participant = self.participants.get_mut(&participant).ok_or("a participant")?;
        let statement = self.statements.get_mut(&statement).ok_or("a statement")?;
        if let Some(before) = participant.votes.set(statement.number, choice) {
            statement.tally.remove(before);
        }
        statement.tally.add(choice);
        // The agreement that comes with one's own statement is no vote to take back.
        if statement.author != own {
            participant.last_vote = Some(statement.number);
        }
        participant.remember(op, Done::Voted(statement.number, choice));
        Ok(())
    }

    fn fold_agenda(&mut self, at: Timestamp, body: EventBody) -> Result<(), &'static str> {
        match body {
            EventBody::AgendaDrafted { agenda } => self.draft = Some(agenda),
            EventBody::AgendaItemMoved { statement, change, .. } => {
                let draft = self.draft.as_mut().ok_or("an agenda")?;
                draft.move_item(statement, change).ok_or("an agenda item")?;
            }
            EventBody::AgendaItemRemoved { statement, .. } => {
                let draft = self.draft.as_mut().ok_or("an agenda")?;
                let at = draft.position(statement).ok_or("an agenda item")?;
                draft.items.remove(at);
                draft.left_out.push(LeftOut { statement, why: WhyLeftOut::RemovedByHand });
            }
            EventBody::AgendaPublished { .. } => {
                let draft = self.draft.clone().ok_or("an agenda")?;
                self.published = Some((draft, at));
            }
            _ => {}
        }
        Ok(())
    }
}
