//! Audits of any slate, also of one picked by hand: whom does it leave out?
//!
//! It knows approvals and the slate, not the rule that chose it. Sources: Aziz et al. 2017
//! (justified representation), Brill & Peters 2023 (EJR+, which is checked in polynomial time).

use super::approvals::Approvals;
use crate::domain::StatementNumber;

/// People who are entitled to more than the slate gives them, and what they agree on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BlockingGroup {
    /// A statement that they all approve of and that isn't on the slate.
    pub statement: StatementNumber,
    /// How many they are.
    pub voters: usize,
    /// How many statements such a group is entitled to: each of them has fewer.
    pub entitled: usize,
}

/// What an audit finds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Audit {
    /// Voters in all.
    pub voters: usize,
    /// Voters who approve of nothing on the slate.
    pub unserved: usize,
    /// A cohesive group of at least voters/places with nothing at all; `None`: JR holds.
    pub justified_representation: Option<BlockingGroup>,
    /// A group of at least ℓ · voters/places who each have fewer than ℓ; `None`: EJR+ holds.
    pub extended: Option<BlockingGroup>,
}

impl Audit {
    /// The share of voters who have nothing on the slate, 0 … 1.
    pub fn unserved_share(&self) -> f64 {
        self.unserved as f64 / self.voters.max(1) as f64
    }
}

/// Audits a slate for `places` places.
pub fn audit(approvals: &Approvals, slate: &[StatementNumber], places: usize) -> Audit {
    let served = approvals.satisfaction(slate);
    Audit {
        voters: approvals.voters(),
        unserved: served.iter().filter(|count| **count == 0).count(),
        justified_representation: justified_representation(approvals, slate, places),
        extended: blocking(approvals, slate, places, places),
    }
}

/// The largest group that blocks justified representation: at least voters/places people who
/// have nothing on the slate and all approve of one statement. `None` when there is none.
pub fn justified_representation(
    approvals: &Approvals,
    slate: &[StatementNumber],
    places: usize,
) -> Option<BlockingGroup> {
    blocking(approvals, slate, places, 1)
}

/// The largest group of ℓ · voters/places, ℓ ≤ `most`, who each have fewer than ℓ statements and
/// share one that is not on the slate. Of equally large ones the lowest statement.
fn blocking(
    approvals: &Approvals,
    slate: &[StatementNumber],
    places: usize,
    most: usize,
) -> Option<BlockingGroup> {
    let served = approvals.satisfaction(slate);
    let mut worst: Option<BlockingGroup> = None;
    for (index, statement) in approvals.candidates().iter().enumerate() {
        if slate.contains(statement) {
            continue;
        }
        let mut owned = vec![0usize; most];
        for voter in approvals.supporters(index) {
            if let Some(count) = owned.get_mut(served[*voter] as usize) {
                *count += 1;
            }
        }
        let mut voters = 0;
        for (fewer, count) in owned.iter().enumerate() {
            voters += count;
            let entitled = fewer + 1;
            // voters ≥ entitled · n / places, in whole numbers
            let large = voters > 0 && voters * places >= entitled * approvals.voters();
            if large && worst.is_none_or(|worst| voters > worst.voters) {
                worst = Some(BlockingGroup { statement: *statement, voters, entitled });
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
        let approvals = Approvals::new((0..9).map(S), voters);
        let majority: Vec<S> = (0..5).map(S).collect();
        let found = audit(&approvals, &majority, 5);
        let blocking = BlockingGroup { statement: S(7), voters: 40, entitled: 1 };
        assert_eq!(found.justified_representation, Some(blocking));
        assert_eq!((found.unserved, found.unserved_share()), (40, 0.4));
        let fair = audit(&approvals, &[S(0), S(1), S(2), S(3), S(7)], 5);
        assert_eq!((fair.justified_representation, fair.extended, fair.unserved), (None, None, 0));
    }

    #[test]
    fn a_large_minority_with_one_item_has_jr_but_not_ejr_plus() {
        let voters = (0..100).map(|i| if i < 60 { (0..5).map(S).collect() } else { vec![S(7), S(8)] });
        let approvals = Approvals::new((0..9).map(S), voters);
        let found = audit(&approvals, &[S(0), S(1), S(2), S(3), S(7)], 5);
        assert_eq!(found.justified_representation, None);
        assert_eq!(found.extended, Some(BlockingGroup { statement: S(8), voters: 40, entitled: 2 }));
    }
}
