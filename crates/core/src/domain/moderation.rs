//! Whether a statement is shown: what a moderator decided, and the rule of its conversation.

use serde::{Deserialize, Serialize};

/// A statement's moderation state.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moderation {
    /// Nobody has decided yet.
    Pending,
    /// Shown, and voted on.
    Accepted,
    /// Not shown, and left out of the map.
    Rejected,
}

impl Moderation {
    /// The number that Polis exports use: −1 rejected, 0 pending, +1 accepted.
    pub fn polis(self) -> i8 {
        match self {
            Moderation::Rejected => -1,
            Moderation::Pending => 0,
            Moderation::Accepted => 1,
        }
    }

    /// The state with this Polis number.
    pub fn from_polis(value: i64) -> Option<Self> {
        match value {
            -1 => Some(Moderation::Rejected),
            0 => Some(Moderation::Pending),
            1 => Some(Moderation::Accepted),
            _ => None,
        }
    }
}

/// What happens to a submitted statement before a moderator has read it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModerationRule {
    /// It waits: only accepted statements are shown.
    Before,
    /// It is shown at once, and may be rejected later.
    After,
}

impl ModerationRule {
    /// Whether a statement in this state is shown to those who vote.
    pub fn shows(self, moderation: Moderation) -> bool {
        match moderation {
            Moderation::Accepted => true,
            Moderation::Pending => self == ModerationRule::After,
            Moderation::Rejected => false,
        }
    }
}
