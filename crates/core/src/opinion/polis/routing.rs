//! Polis's priorities of statements (OPINION §11).

use super::votes::PolisVotes;
use crate::domain::Tally;
use crate::opinion::findings::priority::newness;
use crate::opinion::numeric::geometry::Point;
use crate::opinion::votes::tallies::sum;

/// The priority of meta statements.
const META: f64 = 49.0;

/// Each column's priority; only the votes of grouped people count.
pub(super) fn priorities(votes: &PolisVotes, group_votes: &[Vec<Tally>], positions: &[Point]) -> Vec<f64> {
    // In range: every list by column has an entry for each statement.
    (0..votes.statements.len())
        .map(|column| {
            if votes.meta[column] {
                return META;
            }
            let tally = sum(group_votes.iter().map(|votes| &votes[column]));
            let [x, y] = positions[column];
            let [agree, pass, seen] = [tally.agree, tally.pass, tally.seen()].map(f64::from);
            priority(agree, pass, seen, (x * x + y * y).sqrt())
        })
        .collect()
}

/// [(1 − (P+1)/(S+2)) · (E+1) · (A+1)/(S+2) · newness]²
fn priority(agree: f64, pass: f64, seen: f64, extremity: f64) -> f64 {
    let decided = 1.0 - (pass + 1.0) / (seen + 2.0);
    let importance = decided * (extremity + 1.0) * (agree + 1.0) / (seen + 2.0);
    let boosted = importance * newness(seen);
    boosted * boosted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priorities_have_the_published_values() {
        for (agree, pass, seen, extremity, expected) in [
            (0.0, 0.0, 0.0, 0.0, 5.0625),
            (1.0, 0.0, 1.0, 0.0, 12.529_726_250_088_045),
            (20.0, 3.0, 20.0, 0.0, 1.372_383_204_699_132_4),
            (18.0, 3.0, 20.0, 1.0, 4.493_699_200_874_257),
            (60.0, 10.0, 100.0, 1.75, 2.152_850_052_967_644),
        ] {
            let found = priority(agree, pass, seen, extremity);
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    }
}
