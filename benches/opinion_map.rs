//! How long a complete opinion map takes: `cargo bench`. Public Polis exports when they are at hand
//! (see tests/reference), and seeded crowds of three leanings.

use std::path::PathBuf;

use boule::domain::{Choice, Moderation, ParticipantNumber, StatementNumber};
use boule::exchange::polis;
use boule::opinion::{Params, ParticipantVotes, StatementInput, Votes, compute};
use divan::{Bencher, black_box};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

fn main() {
    divan::main();
}

#[divan::bench(args = ["vtaiwan.uberx", "american-assembly.bowling-green"], sample_count = 20)]
fn polis_export(bencher: Bencher, name: &str) {
    let named = std::env::var_os("BOULE_REFERENCE_DATA").map(PathBuf::from);
    let data = named.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data").into());
    let Ok(export) = polis::read_export(&data.join("polis").join(name)) else {
        eprintln!("SKIPPED: {name} is not in {}", data.display());
        return;
    };
    let votes = export.votes();
    bencher.bench_local(|| compute(black_box(&votes), &Params::default()));
}

#[divan::bench(args = [(1_000, 100), (10_000, 300), (50_000, 500)], sample_count = 5)]
fn crowd_at_ten_percent(bencher: Bencher, (people, statements): (u32, u32)) {
    let votes = crowd(people, statements, 0.1);
    bencher.bench_local(|| compute(black_box(&votes), &Params::default()));
}

/// Three leanings of unequal size that agree with two thirds of their own statements.
fn crowd(people: u32, statements: u32, density: f64) -> Votes {
    let mut rng = StdRng::seed_from_u64(1);
    let participants = (0..people).map(|person| {
        let leaning = [0, 0, 0, 1, 1, 2][(person % 6) as usize];
        let voted = (0..statements).filter(|_| rng.gen_bool(density)).collect::<Vec<u32>>();
        let votes = voted.into_iter().map(|statement| {
            let agree = if statement % 3 == leaning { 0.75 } else { 0.35 };
            let choice = match rng.gen_range(0.0..1.0) {
                pass if pass < 0.1 => Choice::Pass,
                agrees if agrees < 0.1 + 0.9 * agree => Choice::Agree,
                _ => Choice::Disagree,
            };
            (StatementNumber(statement), choice)
        });
        ParticipantVotes { number: ParticipantNumber(person), votes: votes.collect() }
    });
    let participants = participants.collect();
    let number =
        |n| StatementInput { number: StatementNumber(n), moderation: Moderation::Accepted, meta: false };
    Votes { statements: (0..statements).map(number).collect(), participants }
}
