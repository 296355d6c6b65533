//! The side of a statement.

use serde::{Deserialize, Serialize};

use crate::domain::Tally;

/// The side of a statement that statistics speak of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Those who agree.
    Agree,
    /// Those who disagree.
    Disagree,
}

impl Direction {
    /// The votes on this side.
    pub fn of(self, tally: &Tally) -> u32 {
        match self {
            Direction::Agree => tally.agree,
            Direction::Disagree => tally.disagree,
        }
    }
}
