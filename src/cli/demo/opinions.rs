//! The simulated public: people with hidden leanings, and what they say of statements. PURE.

use rand::Rng;
use rand::distributions::{Distribution, WeightedIndex};

use crate::domain::Choice;

use super::statements::DemoStatement;

/// A person's hidden leaning: how much they want a green riverside, how much they want business
/// there, and how much they trust the council.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaning {
    green: f64,
    trade: f64,
}

/// The three crowds of the town: the middle of each, how widely its people differ, its share.
const CROWDS: [(Leaning, f64, u32); 3] = [
    (Leaning { green: 1.5, trade: -0.6 }, 0.5, 45),
    (Leaning { green: -1.3, trade: 1.2 }, 0.5, 33),
    (Leaning { green: 0.3, trade: -1.9 }, 0.45, 22),
];
/// How strongly a leaning moves a vote.
const STRENGTH: f64 = 1.6;

/// A person of the simulated public.
#[derive(Clone, Copy, Debug)]
pub(super) struct Person {
    leaning: Leaning,
    /// How often they pass.
    passing: f64,
    /// Votes after which they leave.
    pub patience: u32,
}

impl Person {
    /// Draws a person: most vote on a good part of the statements, one in eight leaves early.
    pub fn draw(rng: &mut impl Rng) -> Self {
        let shares = CROWDS.map(|(_, _, share)| share);
        let crowd = WeightedIndex::new(shares).map_or(0, |crowds| crowds.sample(rng));
        let (middle, spread, _) = CROWDS[crowd];
        let mut near = |at: f64| at + spread * noise(rng);
        let leaning = Leaning { green: near(middle.green), trade: near(middle.trade) };
        let patience = if rng.gen_bool(0.125) { rng.gen_range(1..=6) } else { rng.gen_range(12..=36) };
        Self { leaning, passing: rng.gen_range(0.03..0.16), patience }
    }

    /// What this person says of a statement.
    pub fn choice(&self, statement: &DemoStatement, rng: &mut impl Rng) -> Choice {
        if rng.gen_bool(self.passing) {
            return Choice::Pass;
        }
        let pull = self.leaning.green * statement.green + self.leaning.trade * statement.trade;
        let agree = 1.0 / (1.0 + (-(statement.appeal + STRENGTH * pull)).exp());
        if rng.gen_bool(agree) { Choice::Agree } else { Choice::Disagree }
    }
}

/// Roughly normal, with mean 0 and standard deviation 1: twelve dice.
fn noise(rng: &mut impl Rng) -> f64 {
    (0..12).map(|_| rng.gen_range(0.0..1.0)).sum::<f64>() - 6.0
}

#[cfg(test)]
mod tests {
    use super::super::statements::SEEDS;
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn the_same_seed_draws_the_same_public() {
        let draw = || {
            let mut rng = StdRng::seed_from_u64(7);
            let people: Vec<Person> = (0..20).map(|_| Person::draw(&mut rng)).collect();
            people.iter().map(|person| person.choice(&SEEDS[0], &mut rng)).collect::<Vec<_>>()
        };
        assert_eq!(draw(), draw());
    }

    #[test]
    fn people_disagree_on_what_divides_and_agree_on_what_unites() {
        let mut rng = StdRng::seed_from_u64(1);
        let people: Vec<Person> = (0..2000).map(|_| Person::draw(&mut rng)).collect();
        let mut share = |statement: &DemoStatement| {
            let agree = people.iter().filter(|p| p.choice(statement, &mut rng) == Choice::Agree).count();
            agree as f64 / people.len() as f64
        };
        let unites = SEEDS.iter().filter(|s| s.appeal >= 2.0 && s.green.abs() + s.trade.abs() < 0.3);
        for statement in unites {
            let share = share(statement);
            assert!(share > 0.7, "{}: {share}", statement.text);
        }
        let divides = SEEDS.iter().find(|s| s.green > 0.9).map(&mut share);
        assert!(divides.is_some_and(|share| (0.3..0.75).contains(&share)), "{divides:?}");
    }
}
