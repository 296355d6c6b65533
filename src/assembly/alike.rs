//! Statements that say nearly the same: by their words, which somebody else compares, and by how people voted.
//!
//! "More bicycle lanes" and "no more bicycle lanes" have nearly the same words, and opposite votes: so both have to be alike. It is
//! a proposal all the same; people say whether it is right.

use std::collections::BTreeMap;

use super::choose::Choosing;
use super::slate::statements;
use crate::domain::StatementNumber;

/// What is known of statements that are alike.
pub struct Likeness<'a> {
    /// The statements whose words are nearly those of this one, the nearest first.
    pub by_words: &'a dyn Fn(StatementNumber) -> Vec<StatementNumber>,
    /// Sets that people say belong together.
    pub together: Vec<Vec<StatementNumber>>,
    /// Pairs that people say mean something else: the lower number first.
    pub apart: Vec<[StatementNumber; 2]>,
}

impl Likeness<'_> {
    /// Nothing is alike.
    pub fn none() -> Self {
        Self { by_words: &|_| Vec::new(), together: Vec::new(), apart: Vec::new() }
    }

    fn are_apart(&self, one: StatementNumber, other: StatementNumber) -> bool {
        self.apart.contains(&[one.min(other), one.max(other)])
    }
}

/// So many people have to have voted on both.
const ENOUGH: u32 = 7;
/// Of those, so many of a hundred have to agree with both or with neither.
const SAME: u32 = 85;
/// After so many drafts, what is found then is left as it is.
const ROUNDS: usize = 4;

/// The sets of candidates that count as one, the one that stands for each first: those that people put together, and
/// those around what the rule would choose.
pub(super) fn sets_of(choosing: &Choosing, likeness: &Likeness<'_>) -> Vec<Vec<StatementNumber>> {
    let is_candidate = |number: &StatementNumber| choosing.ballots().row(*number).is_some();
    let together = likeness.together.iter().map(|set| set.iter().copied().filter(is_candidate).collect());
    let mut sets: Vec<Vec<StatementNumber>> = together.filter(|set: &Vec<_>| set.len() > 1).collect();
    let mut looked_at: BTreeMap<StatementNumber, ()> = BTreeMap::new();
    for _ in 0..ROUNDS {
        let heads: Vec<Vec<StatementNumber>> = sets.iter().map(|set| led(choosing, set)).collect();
        let slate = statements(&choosing.joined(&heads).slate());
        let new: Vec<StatementNumber> =
            slate.into_iter().filter(|number| looked_at.insert(*number, ()).is_none()).collect();
        let mut found = false;
        for number in new {
            for other in (likeness.by_words)(number) {
                found |= join(&mut sets, number, other, choosing, likeness);
            }
        }
        if !found {
            return heads;
        }
    }
    sets.iter().map(|set| led(choosing, set)).collect()
}

/// Puts another candidate to the set of this one where all of the set are alike with it.
fn join(
    sets: &mut Vec<Vec<StatementNumber>>,
    number: StatementNumber,
    other: StatementNumber,
    choosing: &Choosing,
    likeness: &Likeness<'_>,
) -> bool {
    let is_taken = sets.iter().any(|set| set.contains(&other));
    if number == other || is_taken || choosing.ballots().row(other).is_none() {
        return false;
    }
    let alike = |one: &StatementNumber| {
        let (both, same) = choosing.ballots().compared(*one, other);
        both >= ENOUGH && 100 * same >= SAME * both && !likeness.are_apart(*one, other)
    };
    match sets.iter_mut().find(|set| set.contains(&number)) {
        Some(set) => {
            let fits = set.iter().all(alike);
            if fits {
                set.push(other);
            }
            fits
        }
        None => {
            let fits = alike(&number);
            if fits {
                sets.push(vec![number, other]);
            }
            fits
        }
    }
}

/// A set with the one first that stands for all: the one that the groups agree on most surely, where they do on one; else the one
/// with most support; of equals, the lowest.
fn led(choosing: &Choosing, set: &[StatementNumber]) -> Vec<StatementNumber> {
    let [observed, _] = choosing.readings();
    let bridges = |number: StatementNumber| {
        let bound = choosing.bound_of(number);
        if bound > 0.5 { bound } else { 0.0 }
    };
    let support = |number: StatementNumber| observed.index(number).map_or(0, |index| observed.support(index));
    let mut ranked: Vec<(f64, u64, StatementNumber)> =
        set.iter().map(|number| (bridges(*number), support(*number), *number)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(a.2.cmp(&b.2)));
    ranked.into_iter().map(|(_, _, number)| number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assembly::{Ballots, Candidate, Rule};
    use crate::opinion::Votes;
    use StatementNumber as S;

    /// 0 and 1 are the same to everybody, 2 is their opposite; 3 is what thirty others want.
    fn choosing(places: u32) -> Choosing {
        let mut rows = vec!["++--"; 40];
        rows.extend(["--++"; 30]);
        let candidates: Vec<Candidate> = (0..4).map(|number| Candidate::alone(S(number))).collect();
        let ballots = Ballots::new(&Votes::drawn(&rows), &candidates, vec!["A".into()], |_| Some(0));
        Choosing::new(ballots, Rule::Proportional, places, |_| 1, 1.64)
    }

    fn likeness<'a>(by_words: &'a dyn Fn(S) -> Vec<S>, apart: Vec<[S; 2]>) -> Likeness<'a> {
        Likeness { by_words, together: Vec::new(), apart }
    }

    #[test]
    fn a_near_duplicate_takes_no_second_place() {
        let all_alike = |_| (0..4).map(S).collect();
        let choosing = choosing(2);
        assert_eq!(statements(&choosing.slate()), [S(0), S(2)], "alone, each camp gets a place");
        let three = self::choosing(3);
        assert_eq!(
            statements(&three.slate()),
            [S(0), S(2), S(1)],
            "and the larger one a second, for the same"
        );
        let sets = sets_of(&three, &likeness(&all_alike, Vec::new()));
        assert_eq!(sets, [vec![S(0), S(1)], vec![S(2), S(3)]]);
        assert_eq!(statements(&three.joined(&sets).slate()), [S(0), S(2)]);
    }

    #[test]
    fn opposites_with_the_same_words_stay_apart_and_so_does_what_people_part() {
        let all_alike = |_| (0..4).map(S).collect();
        let sets = sets_of(&choosing(3), &likeness(&all_alike, vec![[S(0), S(1)]]));
        assert_eq!(sets, [vec![S(2), S(3)]], "0 and 2 have no vote in common, and 0 and 1 were parted");
        assert!(sets_of(&choosing(3), &Likeness::none()).is_empty());
    }

    #[test]
    fn what_people_put_together_is_one_whatever_its_votes_say() {
        let together = vec![vec![S(3), S(0)], vec![S(9)]];
        let sets = sets_of(&choosing(3), &Likeness { together, ..Likeness::none() });
        assert_eq!(sets, [vec![S(0), S(3)]], "the one with more support stands for both");
    }
}
