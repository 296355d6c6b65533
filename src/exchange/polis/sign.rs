//! Which number means agree: +1, as exports have it, or −1, as Polis's database has it.
//!
//! A file that was written from the database mirrors every opinion, and nothing in a vote shows it.
//! What shows it are counts that stand beside the votes, a declaration, or whoever imports. Invariant:
//! votes are turned round only when one of these says so, and never against another of them; what
//! could not be checked is told.

use super::ImportedVote;
use super::agree_is::AgreeSign;
use super::note::Note;
use crate::domain::Choice;

/// A file declares one thing, and its counts say another.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "{file}: the export says that {declared} means agree, but the counts beside the votes show {counted}; \
     say which is right with --agree-is"
)]
pub struct Contradiction {
    /// The file with the votes.
    pub file: String,
    /// What is declared.
    pub declared: AgreeSign,
    /// What the counts say.
    pub counted: AgreeSign,
}

/// What was said about the meaning of votes before they were looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Declaration {
    /// By whoever imports: this settles it.
    pub by_hand: Option<AgreeSign>,
    /// By the export itself.
    pub by_file: Option<AgreeSign>,
}

/// How far counts that stand beside votes are from those votes, in either reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Evidence {
    /// What each reading is off by, beyond what both are.
    plus: u64,
    minus: u64,
    /// What both are off by: counts that were never filled in, or are of another day.
    both: u64,
}

impl Evidence {
    /// Takes in what is said (agrees, disagrees) of some votes (+1s, −1s).
    pub fn add(&mut self, said: (u32, u32), votes: (u32, u32)) {
        let distance = |a: (u32, u32), b: (u32, u32)| u64::from(a.0.abs_diff(b.0) + a.1.abs_diff(b.1));
        let (plus, minus) = (distance(said, votes), distance(said, (votes.1, votes.0)));
        let both = plus.min(minus);
        self.plus += plus - both;
        self.minus += minus - both;
        self.both += both;
    }

    /// What two kinds of counts say of the same votes: that which settles anything, and nothing where
    /// they settle opposite things.
    pub fn or_else(self, other: Self) -> Self {
        match (self.says(), other.says()) {
            (Some(one), Some(another)) if one != another => Self::default(),
            (None, Some(_)) => other,
            _ => self,
        }
    }

    /// The reading that the counts fit at least twice as well, beyond what both are off by; nothing where
    /// they settle nothing. One count among many that were never filled in is no proof.
    pub fn says(self) -> Option<AgreeSign> {
        let Self { plus, minus, both } = self;
        if plus == minus || 2 * plus.max(minus) < both {
            None
        } else if 2 * plus <= minus {
            Some(AgreeSign::Plus)
        } else if 2 * minus <= plus {
            Some(AgreeSign::Minus)
        } else {
            None
        }
    }

    /// Whether one of the readings is what the counts say, to the vote.
    pub(super) fn is_exact(self) -> bool {
        self.both + self.plus.min(self.minus) == 0
    }

    /// That which fits better of two ways to count the same votes.
    pub fn or(self, other: Self) -> Self {
        let off = |evidence: Self| evidence.both + evidence.plus.min(evidence.minus);
        if off(other) < off(self) { other } else { self }
    }
}

/// The same for files that declare nothing.
pub fn settle_by_hand(
    file: &str,
    votes: &mut [ImportedVote],
    by_hand: Option<AgreeSign>,
    evidence: Evidence,
    notes: &mut Vec<Note>,
) -> Result<(), Contradiction> {
    settle(file, votes, Declaration { by_hand, by_file: None }, evidence, notes)
}

/// Gives the votes of a file the meaning that is settled, and tells by what.
pub(super) fn settle(
    file: &str,
    votes: &mut [ImportedVote],
    declared: Declaration,
    evidence: Evidence,
    notes: &mut Vec<Note>,
) -> Result<(), Contradiction> {
    let counted = evidence.says();
    if let (None, Some(declared), Some(counted)) = (declared.by_hand, declared.by_file, counted)
        && declared != counted
    {
        return Err(Contradiction { file: file.to_owned(), declared, counted });
    }
    let agree = declared.by_hand.or(declared.by_file).or(counted).unwrap_or(AgreeSign::Plus);
    match counted {
        None if !votes.is_empty() => {
            let said = declared.by_hand.or(declared.by_file).is_some();
            notes.push(Note::SignUnchecked { file: file.to_owned(), agree, said });
        }
        Some(counted) if counted != agree => {
            notes.push(Note::SignAgainstCounts { file: file.to_owned(), agree, counted });
        }
        _ => {}
    }
    if agree == AgreeSign::Minus {
        turn_round(votes);
        let by_counts = declared.by_hand.or(declared.by_file).is_none();
        notes.push(Note::VotesMirrored { file: file.to_owned(), by_counts });
    }
    Ok(())
}

fn turn_round(votes: &mut [ImportedVote]) {
    for vote in votes {
        vote.choice = match vote.choice {
            Choice::Agree => Choice::Disagree,
            Choice::Disagree => Choice::Agree,
            Choice::Pass => Choice::Pass,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_is_understood_or_refused() {
        for (text, agree) in [
            ("agree=+1;disagree=-1;pass=0;format=polis-export/1", Some(AgreeSign::Plus)),
            ("pass=0;agree=1;disagree=-1", Some(AgreeSign::Plus)),
            (" agree = -1 ; disagree = 1 ; pass = 0 ", Some(AgreeSign::Minus)),
            ("agree=+1;disagree=-1", None),
            ("agree=+1;agree=+1;disagree=-1;pass=0", None),
            ("agree=+1;disagree=+1;pass=0", None),
            ("agree=+1;disagree=-1;pass=0;format=polis-export/2", None),
            ("agree=yes;disagree=no;pass=0", None),
            ("agree=+1;disagree=-1;pass=0;colour=red", None),
            ("", None),
        ] {
            assert_eq!(AgreeSign::parse(text), agree, "{text}");
        }
    }

    #[test]
    fn counts_settle_a_reading_only_when_they_fit_it_clearly_better() {
        type Pair = ((u32, u32), (u32, u32));
        let says = |pairs: &[Pair]| {
            let mut evidence = Evidence::default();
            pairs.iter().for_each(|(said, votes)| evidence.add(*said, *votes));
            evidence.says()
        };
        assert_eq!(says(&[]), None);
        assert_eq!(says(&[((2, 0), (2, 0))]), Some(AgreeSign::Plus));
        assert_eq!(says(&[((2, 0), (0, 2)), ((1, 1), (1, 1))]), Some(AgreeSign::Minus));
        assert_eq!(says(&[((1, 1), (1, 1))]), None, "the same in both readings");
        assert_eq!(says(&[((0, 0), (5, 3))]), None, "counts that were never filled in");
        assert_eq!(says(&[((10, 8), (4, 8))]), None, "too old to tell");
        assert_eq!(says(&[((0, 0), (9, 2)), ((0, 1), (3, 0))]), None, "one count is no proof");
        assert_eq!(says(&[((100, 50), (75, 150))]), Some(AgreeSign::Minus), "of another day");
        assert_eq!(says(&[((10, 0), (13, 2))]), Some(AgreeSign::Plus), "a few votes came later");
    }
}
