//! Whom an agenda leaves out, as those who make it may read it. PURE.
//!
//! Organisers can ask this of any agenda, and so of two that differ in one item. Numbers of people are therefore rounded down to
//! multiples of the publication minimum, and are said as "at least": what one person supports is not to be read off a difference.

use crate::assembly::{Audit, Blocking, Coverage};
use crate::domain::StatementNumber;

/// Whom an agenda leaves out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldCoverage {
    /// So many people who agree on a statement are enough for an item; `None` where there are no items.
    pub enough: Option<u32>,
    /// With votes that were cast, and as people are likely to think.
    pub readings: [ToldReading; 2],
    /// What those want who support nothing on it: statements, and how many at least support each.
    pub wanted: Vec<(StatementNumber, u32)>,
}

/// The same in one reading of the votes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldReading {
    /// The share of people who support an item, at least, in whole percents.
    pub served: u32,
    /// The same of each group that is large enough, by letter.
    pub groups: Vec<(String, u32)>,
    /// How many support nothing on it, at least; 0 where they are too few to say.
    pub nothing: u32,
    /// People who are enough for an item and have nothing.
    pub left_out: Option<ToldClaim>,
    /// People who are enough for one more than they have.
    pub wanting: Option<ToldClaim>,
}

/// People who are entitled to more.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldClaim {
    /// The statement that would serve them.
    pub statement: StatementNumber,
    /// How many they are, at least.
    pub people: u32,
    /// The group that most of them are of.
    pub group: Option<String>,
    /// The most items that any of them has.
    pub have: u32,
}

impl ToldCoverage {
    /// What may be told where nothing is told of fewer than `min` people.
    pub fn new(coverage: &Coverage, min: u32) -> Self {
        let people = coverage.audits[0].verdict.people;
        let enough = people.div_ceil(u64::from(coverage.places.max(1)));
        let wanted = coverage.wanted.iter().map(|(statement, people)| (*statement, rounded(*people, min)));
        Self {
            // Of fewer people than the minimum nothing is said, not even that they have nothing.
            enough: (coverage.places > 0 && enough >= u64::from(min))
                .then(|| u32::try_from(enough).unwrap_or(u32::MAX)),
            readings: coverage.audits.each_ref().map(|audit| ToldReading::new(audit, min)),
            wanted: wanted.filter(|(_, people)| *people > 0).collect(),
        }
    }
}

impl ToldReading {
    fn new(audit: &Audit, min: u32) -> Self {
        let verdict = &audit.verdict;
        let shown = audit.groups.iter().filter(|group| group.people >= u64::from(min));
        let groups: Vec<(String, u32)> =
            shown.map(|group| (group.label.clone(), share(group.people, group.unserved, min))).collect();
        Self {
            served: share(verdict.people, verdict.unserved, min),
            // One group is none to tell apart.
            groups: if groups.len() > 1 { groups } else { Vec::new() },
            nothing: rounded(verdict.unserved, min),
            left_out: verdict.justified_representation.and_then(|blocking| claim(blocking, audit, min)),
            wanting: verdict.extended.and_then(|blocking| claim(blocking, audit, min)),
        }
    }
}

/// A claim of enough people to be told of.
fn claim(blocking: Blocking, audit: &Audit, min: u32) -> Option<ToldClaim> {
    let people = rounded(blocking.people, min);
    if people == 0 {
        return None;
    }
    // The members are those of the worse of two claims.
    let is_counted = audit.verdict.justified_representation.or(audit.verdict.extended) == Some(blocking);
    let labels = audit.groups.iter().map(|group| &group.label);
    let most = labels.zip(&audit.blocking_by_group).filter(|_| is_counted && audit.groups.len() > 1);
    let most =
        most.max_by_key(|(_, members)| **members).filter(|(_, members)| 2 * **members > blocking.people);
    let group = most.map(|(label, _)| label.clone());
    Some(ToldClaim { statement: blocking.statement, people, group, have: blocking.have })
}

/// A number of people, rounded down to a multiple of `min`.
fn rounded(people: u64, min: u32) -> u32 {
    let people = u32::try_from(people).unwrap_or(u32::MAX);
    people - people % min.max(1)
}

/// The share of people who have something, at least, in whole percents.
fn share(people: u64, unserved: u64, min: u32) -> u32 {
    let served = u64::from(rounded(people.saturating_sub(unserved), min));
    u32::try_from(100 * served / people.max(1)).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assembly::{Bench, GroupServed, Likeness, Reading, Verdict};
    use crate::disclosure::public_tests::SamplePublic;
    use crate::domain::{ModerationRule, Seq};
    use crate::opinion::{CheckedParams, compute};

    fn audit(people: u64, unserved: u64) -> Audit {
        let blocking = Blocking { statement: StatementNumber(3), people: unserved, have: 0 };
        let verdict = Verdict {
            people,
            unserved,
            justified_representation: (unserved > 0).then_some(blocking),
            extended: None,
        };
        let group = |label: &str, people: u64, unserved: u64| GroupServed {
            label: label.into(),
            people,
            unserved,
            mean: 1.0,
        };
        let groups = vec![group("A", people - 4, unserved), group("B", 4, 0)];
        Audit { reading: Reading::Observed, verdict, groups, blocking_by_group: vec![unserved, 0] }
    }

    #[test]
    fn numbers_of_people_are_rounded_down_and_small_groups_are_not_named() {
        let told = |unserved: u64| {
            let audits = [audit(64, unserved), audit(64, unserved)];
            ToldCoverage::new(&Coverage { places: 3, audits, wanted: Vec::new() }, 5)
        };
        let found = told(23);
        assert_eq!(found.enough, Some(22));
        let [observed, _] = &found.readings;
        assert_eq!((observed.nothing, observed.served), (20, 62), "40 of 64");
        assert!(observed.groups.is_empty(), "B has four people, and one group is none to tell apart");
        let left_out = observed.left_out.as_ref().expect("who has nothing");
        assert_eq!((left_out.people, left_out.group.as_deref()), (20, Some("A")));
        // One person more or less is not seen.
        assert_eq!(told(23), told(24));
        assert_eq!(told(3).readings[0].nothing, 0);
    }

    #[test]
    fn what_is_told_is_never_more_than_what_is_so() {
        for seed in 0..40 {
            let public = SamplePublic { camps: 3, people: 50, statements: 12, seen: 70, noise: 10, seed };
            let votes = public.votes(50);
            let map = compute(&votes, &CheckedParams::default());
            let bench = Bench::new(&votes, &map, Seq(1), ModerationRule::Before, 4, &Likeness::none());
            let items: Vec<_> = bench.propose().statements().map(|backed| vec![backed.statement]).collect();
            for items in [&items[..], &items[..items.len().min(1)], &[]] {
                let coverage = bench.coverage(items);
                let told = ToldCoverage::new(&coverage, 5);
                for (audit, told) in coverage.audits.iter().zip(&told.readings) {
                    let verdict = &audit.verdict;
                    assert!(u64::from(told.nothing) <= verdict.unserved && told.nothing % 5 == 0);
                    assert!(
                        u64::from(told.served) * verdict.people <= 100 * (verdict.people - verdict.unserved)
                    );
                    let enough = verdict.justified_representation.filter(|blocking| blocking.people >= 5);
                    assert_eq!(told.left_out.is_some(), enough.is_some());
                }
            }
        }
    }
}
