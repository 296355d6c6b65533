//! Whom an agenda leaves out, as those who make it and those who read it may be told. PURE.
//!
//! Organisers can ask this of any agenda, and so of two that differ in one item; versions that are published differ, too.
//! Numbers of people are therefore rounded down to
//! multiples of the publication minimum, and are said as "at least": what one person supports is not to be read off a difference.

use crate::domain::{AgendaAudit, AuditedClaim, AuditedReading, StatementNumber};

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
    pub fn new(audit: &AgendaAudit, min: u32) -> Self {
        let enough = audit.readings[0].people.div_ceil(audit.places.max(1));
        let wanted = audit.wanted.iter().map(|one| (one.statement, rounded(one.people, min)));
        Self {
            // Of fewer people than the minimum nothing is said, not even that they have nothing.
            enough: Some(enough).filter(|enough| audit.places > 0 && *enough >= min),
            readings: audit.readings.each_ref().map(|reading| ToldReading::new(reading, min)),
            wanted: wanted.filter(|(_, people)| *people > 0).collect(),
        }
    }
}

impl ToldReading {
    fn new(reading: &AuditedReading, min: u32) -> Self {
        let shown = reading.groups.iter().filter(|group| group.people >= min);
        let groups: Vec<(String, u32)> =
            shown.map(|group| (group.label.clone(), share(group.people, group.unserved, min))).collect();
        let claim = |claim: &Option<AuditedClaim>| told_claim(claim.as_ref()?, reading.groups.len(), min);
        Self {
            served: share(reading.people, reading.unserved, min),
            // One group is none to tell apart.
            groups: if groups.len() > 1 { groups } else { Vec::new() },
            nothing: rounded(reading.unserved, min),
            left_out: claim(&reading.left_out),
            wanting: claim(&reading.wanting),
        }
    }
}

/// A claim of enough people to be told of.
fn told_claim(claim: &AuditedClaim, groups: usize, min: u32) -> Option<ToldClaim> {
    let people = rounded(claim.people, min);
    let group = claim.group.clone().filter(|_| groups > 1);
    (people > 0).then_some(ToldClaim { statement: claim.statement, people, group, have: claim.have })
}

/// A number of people, rounded down to a multiple of `min`.
fn rounded(people: u32, min: u32) -> u32 {
    people - people % min.max(1)
}

/// The share of people who have something, at least, in whole percents.
fn share(people: u32, unserved: u32, min: u32) -> u32 {
    let served = u64::from(rounded(people.saturating_sub(unserved), min));
    u32::try_from(100 * served / u64::from(people.max(1))).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assembly::{Bench, Likeness};
    use crate::disclosure::public_tests::SamplePublic;
    use crate::domain::{AuditedGroup, ModerationRule, Seq};
    use crate::opinion::{CheckedParams, compute};

    fn reading(people: u32, unserved: u32) -> AuditedReading {
        let claim = AuditedClaim {
            statement: StatementNumber(3),
            people: unserved,
            have: 0,
            group: Some("A".to_owned()),
        };
        let group =
            |label: &str, people: u32, unserved: u32| AuditedGroup { label: label.into(), people, unserved };
        let left_out = (unserved > 0).then_some(claim);
        let groups = vec![group("A", people - 4, unserved), group("B", 4, 0)];
        AuditedReading { people, unserved, groups, left_out, wanting: None }
    }

    #[test]
    fn numbers_of_people_are_rounded_down_and_small_groups_are_not_named() {
        let told = |unserved: u32| {
            let readings = [reading(64, unserved), reading(64, unserved)];
            let audit = AgendaAudit { map_version: Seq(1), places: 3, readings, wanted: Vec::new() };
            ToldCoverage::new(&audit, 5)
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
                for (so, told) in coverage.readings.iter().zip(&told.readings) {
                    assert!(told.nothing <= so.unserved && told.nothing % 5 == 0);
                    assert!(told.served * so.people <= 100 * (so.people - so.unserved));
                    let enough = so.left_out.as_ref().filter(|claim| claim.people >= 5);
                    assert_eq!(told.left_out.is_some(), enough.is_some());
                }
            }
        }
    }
}
