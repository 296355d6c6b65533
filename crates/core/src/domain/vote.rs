//! What a participant says of a statement.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A vote's choice. Agree is +1 everywhere in Boule; a pass is a real vote; unseen is no vote.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(i8)]
pub enum Choice {
    /// −1
    Disagree = -1,
    /// 0: seen, and neither agreed nor disagreed
    Pass = 0,
    /// +1
    Agree = 1,
}

impl Choice {
    /// All choices, in the order in which they are offered.
    pub const ALL: [Choice; 3] = [Choice::Agree, Choice::Disagree, Choice::Pass];

    /// −1, 0 or +1.
    pub fn value(self) -> i8 {
        self as i8
    }

    /// The choice with this value.
    pub fn from_value(value: i64) -> Option<Self> {
        match value {
            -1 => Some(Choice::Disagree),
            0 => Some(Choice::Pass),
            1 => Some(Choice::Agree),
            _ => None,
        }
    }

    /// The choice's word in forms, frames and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Choice::Agree => "agree",
            Choice::Disagree => "disagree",
            Choice::Pass => "pass",
        }
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Current votes on one statement, counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tally {
    /// Current votes that agree.
    pub agree: u32,
    /// Current votes that disagree.
    pub disagree: u32,
    /// Current votes that pass.
    pub pass: u32,
}

impl Tally {
    /// All current votes, passes included: the number of people who saw and answered.
    pub fn seen(&self) -> u32 {
        self.agree + self.disagree + self.pass
    }

    /// Counts one more vote.
    pub fn add(&mut self, choice: Choice) {
        *self.of_mut(choice) += 1;
    }

    /// Takes one vote back. The vote must have been counted before.
    pub fn remove(&mut self, choice: Choice) {
        let count = self.of_mut(choice);
        debug_assert!(*count > 0, "a vote that was never counted is taken back");
        *count = count.saturating_sub(1);
    }

    /// The count of one choice.
    pub fn of(&self, choice: Choice) -> u32 {
        match choice {
            Choice::Agree => self.agree,
            Choice::Disagree => self.disagree,
            Choice::Pass => self.pass,
        }
    }

    fn of_mut(&mut self, choice: Choice) -> &mut u32 {
        match choice {
            Choice::Agree => &mut self.agree,
            Choice::Disagree => &mut self.disagree,
            Choice::Pass => &mut self.pass,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_counts_as_seen_but_not_as_agreement() {
        let mut tally = Tally::default();
        tally.add(Choice::Pass);
        tally.add(Choice::Agree);
        assert_eq!((tally.seen(), tally.agree), (2, 1));
        tally.remove(Choice::Agree);
        assert_eq!((tally.seen(), tally.agree, tally.pass), (1, 0, 1));
    }

    #[test]
    fn only_minus_one_zero_and_one_are_choices() {
        for choice in Choice::ALL {
            assert_eq!(Choice::from_value(choice.value().into()), Some(choice));
        }
        assert_eq!(Choice::from_value(2), None);
        assert_eq!(Choice::from_value(i64::MIN), None);
    }
}
