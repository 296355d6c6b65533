//! What an agenda can be chosen from: statements, and statements that count as one.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::OmissionReason;
use crate::domain::{Moderation, ModerationRule, StatementNumber};
use crate::opinion::OpinionMap;
use crate::opinion::findings::consensus::seen_by_every_group;
use crate::opinion::map::opinion_map::MapStatement;

/// One statement, or several that people said are the same. Its number is the lowest of theirs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    number: StatementNumber,
    statements: Vec<StatementNumber>,
}

impl Candidate {
    /// A statement for itself.
    pub fn alone(statement: StatementNumber) -> Self {
        Self { number: statement, statements: vec![statement] }
    }

    /// Statements that count as one; `None` without any.
    pub fn of(statements: impl IntoIterator<Item = StatementNumber>) -> Option<Self> {
        let statements: Vec<_> = statements.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        Some(Self { number: *statements.first()?, statements })
    }

    /// What it is called by.
    pub fn number(&self) -> StatementNumber {
        self.number
    }

    /// Its statements, by number.
    pub fn statements(&self) -> &[StatementNumber] {
        &self.statements
    }
}

/// What may be chosen, and why everything else may not.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Candidates {
    /// By number.
    pub open: Vec<Candidate>,
    /// Statements that are no candidates.
    pub barred: BTreeMap<StatementNumber, OmissionReason>,
}

impl Candidates {
    /// Every statement of the map that may be on an agenda. `same` are sets of statements that people said are the same: what of
    /// them may be chosen is one candidate.
    pub fn of(map: &OpinionMap, moderation: ModerationRule, same: &[Vec<StatementNumber>]) -> Self {
        let mut barred = BTreeMap::new();
        let mut open: BTreeSet<StatementNumber> = BTreeSet::new();
        for statement in &map.statements {
            match bar(statement, map, moderation) {
                Some(why) => drop(barred.insert(statement.id, why)),
                None => drop(open.insert(statement.id)),
            }
        }
        let mut candidates: Vec<Candidate> = Vec::new();
        for set in same {
            let of_set: Vec<StatementNumber> =
                set.iter().copied().filter(|number| open.remove(number)).collect();
            candidates.extend(Candidate::of(of_set));
        }
        candidates.extend(open.into_iter().map(Candidate::alone));
        candidates.sort_by_key(Candidate::number);
        Self { open: candidates, barred }
    }
}

/// Why a statement can't be a candidate. Under [`ModerationRule::Before`] what waits for a moderator is none.
fn bar(statement: &MapStatement, map: &OpinionMap, moderation: ModerationRule) -> Option<OmissionReason> {
    let sizes: Vec<u32> = map.groups.iter().map(|group| group.size).collect();
    if statement.moderation == Moderation::Rejected {
        Some(OmissionReason::Rejected)
    } else if statement.moderation == Moderation::Pending && moderation == ModerationRule::Before {
        Some(OmissionReason::NotAccepted)
    } else if statement.meta {
        Some(OmissionReason::Meta)
    } else if !seen_by_every_group(&statement.groups, &sizes, map.engine.params.findings.exposure_votes) {
        Some(OmissionReason::TooFewVotes)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_that_count_as_one_have_the_lowest_number() {
        let s = StatementNumber;
        let merged = Candidate::of([s(9), s(3), s(9)]).unwrap();
        assert_eq!((merged.number(), merged.statements()), (s(3), &[s(3), s(9)][..]));
        assert_eq!(Candidate::of([]), None);
    }
}
