//! Audits of any slate, also of one picked by hand: whom does it leave out?
//!
//! It knows approvals and the slate, not the rule that chose it. Sources: Aziz et al. 2017
//! (justified representation), Brill & Peters 2023 (EJR+, which is checked in polynomial time). With minutes instead
//! of places a group may claim a statement when what each of them has on the agenda and the statement together
//! take no more than the group's share of the time; with places, that is EJR+ word for word.

use super::approvals::Approvals;
use super::ballots::{Ballots, Reading};
use crate::domain::{AuditedClaim, AuditedGroup, AuditedReading, StatementNumber};

/// People who are entitled to more than the slate gives them, and what they agree on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Blocking {
    /// A statement that they all support and that isn't on the slate.
    pub statement: StatementNumber,
    /// How many they are.
    pub people: u64,
    /// The most places (or minutes) that any of them has on the slate.
    pub have: u32,
}

/// What an audit finds in one reading of the votes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// People in all.
    pub people: u64,
    /// People who support nothing on the slate.
    pub unserved: u64,
    /// The largest group that could claim an item and has nothing at all; `None`: JR holds.
    pub justified_representation: Option<Blocking>,
    /// The largest group that could claim one more; `None`: EJR+ holds.
    pub extended: Option<Blocking>,
}

impl Verdict {
    /// Audits a slate for this budget.
    pub fn of(approvals: &Approvals, slate: &[StatementNumber], budget: u32) -> Self {
        let served = approvals.satisfaction(slate);
        let nothing = served.iter().enumerate().filter(|(_, count)| **count == 0);
        Self {
            people: approvals.people(),
            unserved: nothing.map(|(voter, _)| u64::from(approvals.weight(voter))).sum(),
            justified_representation: justified_representation(approvals, slate, budget),
            extended: blocking(approvals, slate, budget, Claim::More),
        }
    }

    /// The share of people who have nothing on the slate, 0 … 1.
    pub fn unserved_share(&self) -> f64 {
        self.unserved as f64 / self.people.max(1) as f64
    }
}

/// What an opinion group has on a slate.
#[derive(Clone, PartialEq, Debug)]
pub struct GroupServed {
    /// Its letter.
    pub label: String,
    /// Its people.
    pub people: u64,
    /// Those who support nothing on the slate.
    pub unserved: u64,
    /// How many statements of the slate one of them supports on average.
    pub mean: f64,
}

/// An audit in one reading, with the groups.
#[derive(Clone, PartialEq, Debug)]
pub struct Audit {
    /// Which reading.
    pub reading: Reading,
    /// Of everybody.
    pub verdict: Verdict,
    /// Of each group, in the order of their letters.
    pub groups: Vec<GroupServed>,
    /// How many of the blocking group are of each opinion group: of the one for JR, and where there is none, of
    /// that for EJR+. Empty where nobody is left out.
    pub blocking_by_group: Vec<u64>,
}

impl Audit {
    /// Audits a slate in both readings.
    pub fn both(
        ballots: &Ballots,
        readings: [&Approvals; 2],
        slate: &[StatementNumber],
        budget: u32,
    ) -> [Self; 2] {
        let [observed, imputed] = readings;
        [(Reading::Observed, observed), (Reading::Imputed, imputed)].map(|(reading, approvals)| {
            let verdict = Verdict::of(approvals, slate, budget);
            let worst = verdict.justified_representation.or(verdict.extended);
            Self {
                reading,
                groups: groups_served(ballots, approvals, slate),
                blocking_by_group: worst
                    .map(|worst| members_by_group(ballots, approvals, slate, &worst))
                    .unwrap_or_default(),
                verdict,
            }
        })
    }
}

impl Audit {
    /// As it is kept and told.
    pub fn recorded(&self) -> AuditedReading {
        let Verdict { people, unserved, justified_representation, extended } = self.verdict;
        let group = |group: &GroupServed| AuditedGroup {
            label: group.label.clone(),
            people: count(group.people),
            unserved: count(group.unserved),
        };
        AuditedReading {
            people: count(people),
            unserved: count(unserved),
            groups: self.groups.iter().map(group).collect(),
            left_out: justified_representation.map(|blocking| self.claim(blocking)),
            wanting: extended.map(|blocking| self.claim(blocking)),
        }
    }

    fn claim(&self, blocking: Blocking) -> AuditedClaim {
        // The members are those of the worse of two claims.
        let worst = self.verdict.justified_representation.or(self.verdict.extended);
        let members = self.groups.iter().map(|group| &group.label).zip(&self.blocking_by_group);
        let most = members.filter(|_| worst == Some(blocking)).max_by_key(|(_, members)| **members);
        let most = most.filter(|(_, members)| 2 * **members > blocking.people);
        AuditedClaim {
            statement: blocking.statement,
            people: count(blocking.people),
            have: blocking.have,
            group: most.map(|(label, _)| label.clone()),
        }
    }
}

/// A number of people, as it is kept.
pub(super) fn count(people: u64) -> u32 {
    u32::try_from(people).unwrap_or(u32::MAX)
}

fn groups_served(ballots: &Ballots, approvals: &Approvals, slate: &[StatementNumber]) -> Vec<GroupServed> {
    let empty = |label: &String| GroupServed { label: label.clone(), people: 0, unserved: 0, mean: 0.0 };
    let mut groups: Vec<GroupServed> = ballots.labels().iter().map(empty).collect();
    let mut sums = vec![0u64; groups.len()];
    for (voter, count) in approvals.satisfaction(slate).into_iter().enumerate() {
        let (group, weight) = (ballots.group(voter), u64::from(approvals.weight(voter)));
        let Some(served) = groups.get_mut(group) else { continue };
        served.people += weight;
        served.unserved += if count == 0 { weight } else { 0 };
        sums[group] += weight * u64::from(count);
    }
    for (group, sum) in groups.iter_mut().zip(sums) {
        group.mean = sum as f64 / group.people.max(1) as f64;
    }
    groups
}

/// How many of a blocking group are of each opinion group.
fn members_by_group(
    ballots: &Ballots,
    approvals: &Approvals,
    slate: &[StatementNumber],
    blocking: &Blocking,
) -> Vec<u64> {
    let served = approvals.served(slate);
    let mut members = vec![0; ballots.labels().len()];
    let supporters = approvals.index(blocking.statement).map(|index| approvals.supporters(index));
    for voter in supporters.into_iter().flatten().filter(|voter| served[*voter] <= blocking.have) {
        if let Some(count) = members.get_mut(ballots.group(voter)) {
            *count += u64::from(approvals.weight(voter));
        }
    }
    members
}

/// What those support who have nothing on a slate: statements that aren't on it, and how many of them support each, the
/// most wanted first; of equals, the lower number.
pub fn wanted_by_unserved(
    approvals: &Approvals,
    slate: &[StatementNumber],
    most: usize,
) -> Vec<(StatementNumber, u64)> {
    let served = approvals.satisfaction(slate);
    let unserved = |index| {
        let supporters = approvals.supporters(index).filter(|voter| served[*voter] == 0);
        supporters.map(|voter| u64::from(approvals.weight(voter))).sum()
    };
    let candidates = approvals.candidates().iter().enumerate();
    let mut wanted: Vec<(StatementNumber, u64)> =
        candidates.map(|(index, statement)| (*statement, unserved(index))).collect();
    wanted.retain(|(_, people)| *people > 0);
    wanted.sort_by_key(|(statement, people)| (std::cmp::Reverse(*people), *statement));
    wanted.truncate(most);
    wanted
}

/// The largest group that blocks justified representation: people who
/// have nothing on the slate, all support one statement, and whose share of the budget pays for it. `None` when there is none.
pub fn justified_representation(
    approvals: &Approvals,
    slate: &[StatementNumber],
    budget: u32,
) -> Option<Blocking> {
    blocking(approvals, slate, budget, Claim::First)
}

/// What a group claims.
#[derive(Clone, Copy, PartialEq)]
enum Claim {
    /// Something at all.
    First,
    /// More than they have.
    More,
}

/// The largest group with such a claim. Of equally large ones, that of the lowest statement.
fn blocking(approvals: &Approvals, slate: &[StatementNumber], budget: u32, claim: Claim) -> Option<Blocking> {
    let served = approvals.served(slate);
    let most = served.iter().copied().max().unwrap_or(0);
    let people = u128::from(approvals.people());
    let mut worst: Option<Blocking> = None;
    // How many supporters have so much on the slate.
    let mut having = vec![0u64; most as usize + 1];
    for (index, statement) in approvals.candidates().iter().enumerate() {
        if slate.contains(statement) {
            continue;
        }
        having.fill(0);
        for voter in approvals.supporters(index) {
            having[served[voter] as usize] += u64::from(approvals.weight(voter));
        }
        let cost = approvals.cost(index);
        let mut group = 0;
        for (have, more) in (0..=most).zip(&having).filter(|(_, more)| **more > 0) {
            if have > 0 && claim == Claim::First {
                break;
            }
            group += more;
            // (have + cost) ≤ group · budget / people, in whole numbers.
            let pays = u128::from(group) * u128::from(budget) >= u128::from(have + cost) * people;
            if pays && worst.is_none_or(|worst| group > worst.people) {
                worst = Some(Blocking { statement: *statement, people: group, have });
            }
        }
    }
    worst
}

#[cfg(test)]
mod tests {
    use super::*;
    use StatementNumber as S;

    #[test]
    fn forty_of_a_hundred_with_nothing_block_a_slate_of_five_and_are_named() {
        let voters = (0..100).map(|i| if i < 60 { (0..5).map(S).collect() } else { vec![S(7)] });
        let approvals = Approvals::of_lists((0..9).map(S), voters);
        let majority: Vec<S> = (0..5).map(S).collect();
        let found = Verdict::of(&approvals, &majority, 5);
        assert_eq!(found.justified_representation, Some(Blocking { statement: S(7), people: 40, have: 0 }));
        assert_eq!((found.unserved, found.unserved_share()), (40, 0.4));
        let fair = Verdict::of(&approvals, &[S(0), S(1), S(2), S(3), S(7)], 5);
        assert_eq!((fair.justified_representation, fair.extended, fair.unserved), (None, None, 0));
    }

    #[test]
    fn a_large_minority_with_one_item_has_jr_but_not_ejr_plus() {
        let voters = (0..100).map(|i| if i < 60 { (0..5).map(S).collect() } else { vec![S(7), S(8)] });
        let approvals = Approvals::of_lists((0..9).map(S), voters);
        let found = Verdict::of(&approvals, &[S(0), S(1), S(2), S(3), S(7)], 5);
        assert_eq!(found.justified_representation, None);
        assert_eq!(found.extended, Some(Blocking { statement: S(8), people: 40, have: 1 }));
    }

    #[test]
    fn minutes_are_claimed_by_those_whose_share_pays_for_them() {
        // Forty of a hundred hold 40 of 100 minutes: enough for a statement of 40, not for one of 41.
        let voters = (0..100).map(|i| if i < 60 { vec![S(0)] } else { vec![S(7)] });
        let approvals = Approvals::of_lists([S(0), S(7)], voters);
        let of_minutes = |minutes: u32| {
            let approvals = approvals.clone().at_costs(|number| if number == S(7) { minutes } else { 60 });
            justified_representation(&approvals, &[S(0)], 100).map(|blocking| blocking.people)
        };
        assert_eq!((of_minutes(40), of_minutes(41)), (Some(40), None));
    }
}
