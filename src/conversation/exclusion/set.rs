//! A set of people whose votes are left out.

use serde::{Deserialize, Serialize};

use crate::domain::{ParticipantNumber, PersonalText, Seq, StatementNumber, Tally, Timestamp};

/// By what people were found.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExclusionBasis {
    /// Their votes are the same.
    Copies,
    /// They give the same answer to everything.
    StraightLine,
    /// They came at once.
    Burst,
    /// They came by the same channel.
    Channel,
    /// A moderator named statements that they wrote.
    ByHand,
}

/// A set of people whose votes do not count.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Exclusion {
    /// The place in the log at which it was left out.
    pub set: Seq,
    /// When.
    pub at: Timestamp,
    /// Who, by number.
    pub people: Vec<ParticipantNumber>,
    /// By what they were found.
    pub basis: ExclusionBasis,
    /// Why.
    pub reason: PersonalText,
    /// Their votes at that moment; `None` once one of them asked that theirs be erased: without theirs, a difference would tell them.
    pub votes: Option<Vec<(StatementNumber, Tally)>>,
}
