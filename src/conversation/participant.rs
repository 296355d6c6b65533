//! One participant, as the log makes them.

use std::collections::{BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::domain::{Choice, CurrentVotes, OperationId, PersonalText, StatementNumber};

/// How many of a participant's latest operation ids are remembered. A client keeps one operation in
/// flight for each statement, so a repeat is never older than this.
const REMEMBERED_OPS: usize = 64;

/// How somebody was admitted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// As anybody is.
    #[default]
    Open,
    /// With an invitation.
    Invited,
    /// With a signed id of the city or another body.
    SignedId,
    /// Signed in with a provider.
    SignedIn,
}

impl Tier {
    pub(super) fn is_open(&self) -> bool {
        *self == Tier::Open
    }
}

/// The way somebody came by: 1 to 32 of `a-z 0-9 _ -`, such as `poster` or `newsletter-2`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Channel(String);

impl Channel {
    /// Checks and wraps a channel.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=32).contains(&text.len())
            && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-'));
        fits.then(|| Self(text.to_owned()))
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Channel {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a channel: 1 to 32 of a-z 0-9 _ -"))
    }
}

/// One participant as the log makes them.
#[derive(Clone, Debug, Default)]
pub struct Participant {
    /// Current votes, in the order of their statements.
    pub votes: CurrentVotes,
    /// The statement of the latest vote on somebody else's, which can be changed with one tap.
    pub last_vote: Option<StatementNumber>,
    pub(super) ops: VecDeque<(ShortName, OperationOutcome)>,
    /// Fields that few people need, kept apart so that a million without them cost no memory.
    pub(super) particulars: Option<Box<Particulars>>,
}

/// What is known of some participants.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Particulars {
    /// Statements whose vote is marked as important.
    pub important: BTreeSet<StatementNumber>,
    /// How they were admitted.
    pub tier: Tier,
    /// How they found the conversation.
    pub channel: Option<Channel>,
    /// Whether they had opened the results before their first vote.
    pub read_first: bool,
    /// Their cohort.
    pub cohort: Option<PersonalText>,
    /// Their district.
    pub place: Option<PersonalText>,
    /// Nothing of them is left but numbers, and nobody is they any more.
    pub erased: bool,
}

impl Particulars {
    pub(super) fn words(&self) -> impl Iterator<Item = &PersonalText> {
        self.cohort.iter().chain(&self.place)
    }

    pub(super) fn words_mut(&mut self) -> impl Iterator<Item = &mut PersonalText> {
        self.cohort.iter_mut().chain(&mut self.place)
    }
}

/// Stands for an operation's name: a hash, so that a million remembered ones stay small. Two names of
/// one participant that meet in it (once in 2^64) would only get a refusal.
pub(super) type ShortName = u64;

/// What an operation did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the fields are those of the acts")]
pub enum OperationOutcome {
    /// Cast this vote.
    Voted { statement: StatementNumber, choice: Choice, important: bool },
    /// Submitted this statement.
    Submitted(StatementNumber),
}

impl Participant {
    /// What this operation did, if it was done already.
    pub fn done(&self, op: &OperationId) -> Option<OperationOutcome> {
        let wanted = op.short();
        self.ops.iter().rev().find(|(name, _)| *name == wanted).map(|(_, done)| *done)
    }

    /// What few have.
    pub fn particulars(&self) -> Option<&Particulars> {
        self.particulars.as_deref()
    }

    /// Whether the vote on a statement is marked as important.
    pub fn marks(&self, statement: StatementNumber) -> bool {
        self.particulars().is_some_and(|own| own.important.contains(&statement))
    }

    /// Whether nothing of them is left but numbers.
    pub fn is_erased(&self) -> bool {
        self.particulars().is_some_and(|own| own.erased)
    }

    pub(super) fn mark(&mut self, statement: StatementNumber, important: bool) {
        if important {
            self.particulars.get_or_insert_default().important.insert(statement);
        } else if let Some(own) = &mut self.particulars {
            own.important.remove(&statement);
        }
    }

    pub(super) fn remember(&mut self, op: Option<&OperationId>, done: OperationOutcome) {
        if let Some(op) = op {
            if self.ops.len() >= REMEMBERED_OPS {
                self.ops.pop_front();
            }
            self.ops.push_back((op.short(), done));
        }
    }
}
