//! A made-up public for benches and tests: three leanings of unequal size, statements that lean
//! one way or another, and numbers of votes as skewed as real ones. Seeded: the same every time.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256Plus;

use crate::domain::{Choice, Moderation, ParticipantNumber, StatementNumber};
use crate::opinion::votes::input::StatementInput;
use crate::opinion::votes::vote_matrix::VoteMatrix;

/// What public to make up.
#[derive(Clone, Copy, Debug)]
pub struct SyntheticPublic {
    /// People.
    pub participants: u32,
    /// Statements.
    pub statements: u32,
    /// The share of all votes that could be cast which is cast.
    pub density: f64,
    /// The seed of everything.
    pub seed: u64,
}

/// The shares of the three leanings.
const LEANINGS: [f64; 3] = [0.5, 0.3, 0.2];

impl SyntheticPublic {
    /// The statements, all accepted.
    pub fn listed(&self) -> Vec<StatementInput> {
        let input = |n| StatementInput {
            number: StatementNumber(n),
            moderation: Moderation::Accepted,
            meta: false,
            shown: true,
        };
        (0..self.statements).map(input).collect()
    }

    /// Everybody's votes.
    pub fn matrix(&self) -> VoteMatrix {
        let mut random = Xoshiro256Plus::seed_from_u64(self.seed);
        let agreement = self.agreement(&mut random);
        let expected = f64::from(self.participants) * f64::from(self.statements) * self.density;
        let mut matrix =
            VoteMatrix::of_statements(&self.listed(), self.participants as usize, (expected * 1.02) as usize);
        let mut votes = Vec::new();
        // In range: `agreement` has an entry for each statement, and a leaning is 0, 1 or 2.
        for person in 0..self.participants {
            let leaning = pick(&mut random);
            // A few vote on nearly everything, most on little: the square of an even number has
            // the mean ⅓ and a long tail.
            let u: f64 = random.r#gen();
            let share = (3.0 * self.density * u * u).clamp(0.0, 1.0);
            votes.clear();
            let mut statement = gap(&mut random, share);
            while statement < self.statements as usize {
                let choice = Self::choice(&mut random, agreement[statement][leaning]);
                votes.push((StatementNumber(statement as u32), choice));
                statement += 1 + gap(&mut random, share);
            }
            if votes.is_empty() && self.statements > 0 {
                // A participant has voted at least once.
                let statement = random.gen_range(0..self.statements);
                let choice = Self::choice(&mut random, agreement[statement as usize][leaning]);
                votes.push((StatementNumber(statement), choice));
            }
            matrix.add_person(ParticipantNumber(person), votes.iter().copied());
        }
        matrix
    }

    /// How likely each leaning is to agree with each statement.
    fn agreement(&self, random: &mut Xoshiro256Plus) -> Vec<[f64; 3]> {
        (0..self.statements)
            .map(|_| {
                let base: f64 = random.gen_range(0.25..0.75);
                let divides: f64 = random.gen_range(0.0..0.35);
                let side = random.gen_range(0..3);
                [0, 1, 2].map(|leaning| {
                    (if leaning == side { base + divides } else { base - divides / 2.0 }).clamp(0.03, 0.97)
                })
            })
            .collect()
    }

    fn choice(random: &mut Xoshiro256Plus, agree: f64) -> Choice {
        match random.r#gen::<f64>() {
            pass if pass < 0.15 => Choice::Pass,
            rest if (rest - 0.15) / 0.85 < agree => Choice::Agree,
            _ => Choice::Disagree,
        }
    }

    /// Votes that come later: who, on what, and what.
    pub fn more_votes(&self, votes: usize, seed: u64) -> Vec<(ParticipantNumber, StatementNumber, Choice)> {
        let mut random = Xoshiro256Plus::seed_from_u64(self.seed ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut one = || {
            let person = ParticipantNumber(random.gen_range(0..self.participants.max(1)));
            let statement = StatementNumber(random.gen_range(0..self.statements.max(1)));
            // In range: there are three choices.
            (person, statement, Choice::ALL[random.gen_range(0..3)])
        };
        (0..votes).map(|_| one()).collect()
    }
}

fn pick(random: &mut Xoshiro256Plus) -> usize {
    let u: f64 = random.r#gen();
    if u < LEANINGS[0] { 0 } else { 1 + usize::from(u >= LEANINGS[0] + LEANINGS[1]) }
}

/// Statements passed over before the next one that is voted on, when each is with this chance.
fn gap(random: &mut Xoshiro256Plus, probability: f64) -> usize {
    if probability >= 1.0 {
        return 0;
    }
    let u: f64 = random.gen_range(f64::MIN_POSITIVE..1.0);
    (libm::log(u) / libm::log1p(-probability)).min(1e9) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_is_as_dense_as_it_was_asked_to_be_and_the_same_every_time() {
        let public = SyntheticPublic { participants: 3000, statements: 200, density: 0.1, seed: 4 };
        let matrix = public.matrix();
        let density = matrix.votes() as f64 / (3000.0 * 200.0);
        assert!((density - 0.1).abs() < 0.01, "{density}");
        let again = public.matrix();
        assert!((0..matrix.rows()).all(|row| matrix.row(row).eq(again.row(row))));
        assert_eq!(public.more_votes(9, 1), public.more_votes(9, 1));
        assert_ne!(public.more_votes(9, 1), public.more_votes(9, 2));
    }
}
