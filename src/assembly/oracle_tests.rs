//! The audit against the definitions, word for word, by trying every group of people.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;

use super::approvals::Approvals;
use super::audit::Verdict;
use crate::domain::StatementNumber as S;

const PROFILES: u64 = 12_000;
const CANDIDATES: u32 = 5;

/// Whether some group of at least ℓ · n / k people, who all approve of a statement off the slate, each approve of fewer than
/// ℓ on it; with `first`, for ℓ = 1 alone.
fn is_blocked(ballots: &[Vec<S>], slate: &[S], places: usize, first: bool) -> bool {
    let most = if first { 1 } else { places };
    (1..1usize << ballots.len()).any(|group| {
        let members: Vec<&Vec<S>> = ballots
            .iter()
            .enumerate()
            .filter(|(voter, _)| group >> voter & 1 == 1)
            .map(|(_, own)| own)
            .collect();
        (1..=most).any(|l| {
            let is_large = members.len() * places >= l * ballots.len();
            let shares = (0..CANDIDATES)
                .map(S)
                .any(|c| !slate.contains(&c) && members.iter().all(|own| own.contains(&c)));
            let has_fewer = |own: &&Vec<S>| own.iter().filter(|number| slate.contains(number)).count() < l;
            is_large && shares && members.iter().all(has_fewer)
        })
    })
}

#[test]
fn verdicts_are_those_of_trying_every_group_of_people() {
    let mut rng = Xoshiro256Plus::seed_from_u64(16);
    let mut found = [0; 3];
    for _ in 0..PROFILES {
        let people = rng.gen_range(1..8);
        let some = |rng: &mut Xoshiro256Plus, least: usize| loop {
            let bits: u32 = rng.gen_range(0..1 << CANDIDATES);
            let own: Vec<S> = (0..CANDIDATES).filter(|n| bits >> n & 1 == 1).map(S).collect();
            if own.len() >= least {
                return own;
            }
        };
        let ballots: Vec<Vec<S>> = (0..people).map(|_| some(&mut rng, 1)).collect();
        let slate = some(&mut rng, 0);
        let places = slate.len().max(1);
        let approvals = Approvals::of_lists((0..CANDIDATES).map(S), ballots.clone());
        let verdict = Verdict::of(&approvals, &slate, places as u32);
        let blocked = [true, false].map(|first| is_blocked(&ballots, &slate, places, first));
        let told = [verdict.justified_representation.is_some(), verdict.extended.is_some()];
        assert_eq!(told, blocked, "{ballots:?} and {slate:?}");
        found[usize::from(blocked[0]) + usize::from(blocked[1])] += 1;
    }
    // Each kind comes up, or the test says nothing.
    assert!(found.iter().all(|count| *count > 100), "{found:?}");
}
