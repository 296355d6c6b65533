//! How long the parts of a map take: `cargo bench`. Public Polis exports when they are at hand (see
//! tests/reference), and made-up crowds of three leanings. `boule bench opinion` says more of one.

use std::path::PathBuf;

use boule::domain::Choice;
use boule::exchange::polis;
use boule::opinion::votes::synthetic::SyntheticPublic;
use boule::opinion::{CheckedParams, InputChange, LiveMap, VoteMatrix, Work, compute_with};
use divan::{Bencher, black_box};

const EXPORTS: [&str; 2] = ["vtaiwan.uberx", "american-assembly.bowling-green"];
const CROWDS: [(u32, u32); 2] = [(10_000, 300), (50_000, 500)];

fn main() {
    divan::main();
}

/// The votes of an export, as rows; `None` says that it was skipped.
fn export(name: &str) -> Option<VoteMatrix> {
    let named = std::env::var_os("BOULE_REFERENCE_DATA").map(PathBuf::from);
    let data = named.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data").into());
    let Ok(export) = polis::read_export(&data.join("polis").join(name)) else {
        eprintln!("SKIPPED: {name} is not in {}", data.display());
        return None;
    };
    Some(VoteMatrix::new(&export.votes()))
}

fn crowd((participants, statements): (u32, u32)) -> VoteMatrix {
    SyntheticPublic { participants, statements, density: 0.1, seed: 1 }.matrix()
}

#[divan::bench(args = EXPORTS, sample_count = 50)]
fn cold_map_of_an_export(bencher: Bencher, name: &str) {
    let Some(matrix) = export(name) else { return };
    bencher.bench_local(|| compute_with(black_box(&matrix), &CheckedParams::default(), &Work::alone()));
}

#[divan::bench(args = CROWDS, sample_count = 10)]
fn cold_map_of_a_crowd(bencher: Bencher, size: (u32, u32)) {
    let matrix = crowd(size);
    bencher.bench_local(|| compute_with(black_box(&matrix), &CheckedParams::default(), &Work::on(2)));
}

#[divan::bench(args = CROWDS, sample_count = 10)]
fn map_after_a_thousand_votes(bencher: Bencher, size: (u32, u32)) {
    let matrix = crowd(size);
    let people = matrix.participants().to_vec();
    let numbers: Vec<_> = matrix.statements().iter().map(|statement| statement.number).collect();
    let mut live = LiveMap::new(matrix);
    let (params, work) = (CheckedParams::default(), Work::on(2));
    live.prepare(&work);
    let mut given = 0;
    bencher.bench_local(|| {
        for vote in given..given + 1000 {
            let (person, number) = (people[vote * 7 % people.len()], numbers[vote * 13 % numbers.len()]);
            let choice = [Choice::Agree, Choice::Disagree][vote % 2];
            assert!(live.apply(InputChange::Vote(person, number, choice)), "a vote was not taken");
        }
        given += 1000;
        live.refresh(&params, &work).map(|computed| computed.map.k.chosen)
    });
}

#[divan::bench(args = EXPORTS, sample_count = 50)]
fn bridging(bencher: Bencher, name: &str) {
    let Some(matrix) = export(name) else { return };
    let (params, work) = (CheckedParams::default(), Work::alone());
    let Ok(computed) = compute_with(&matrix, &params, &work) else { return };
    let projection = &computed.stages.projection;
    bencher.bench_local(|| {
        boule::opinion::findings::bridging::factorise(&matrix, projection, None, &params.bridging, &work)
    });
}

#[divan::bench(args = EXPORTS, sample_count = 5)]
fn a_hundred_resamples(bencher: Bencher, name: &str) {
    let Some(matrix) = export(name) else { return };
    let (params, work) = (CheckedParams::default(), Work::on(2));
    let Ok(computed) = compute_with(&matrix, &params, &work) else { return };
    bencher.bench_local(|| {
        boule::opinion::validation::bootstrap::bootstrap(&matrix, &computed.stages, &params, &work)
    });
}
