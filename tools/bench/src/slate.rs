//! `boule-bench slate`: how long it takes to choose an agenda and to audit one.

use std::hint::black_box;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use boule::assembly::{
    Approvals, Candidates, Choosing, Rule, balanced, choosing, equal_shares, sequential_pav, statements,
};
use boule::domain::{ModerationRule, StatementNumber};
use boule::exchange::polis;
use boule::opinion::votes::synthetic::SyntheticPublic;
use boule::opinion::{self, CheckedParams, OpinionMap, VoteMatrix, Votes, Work};
use clap::Args;

use super::median;

/// Resamples behind how often an item would be chosen again.
const RESAMPLES: u32 = 200;

/// How long it takes to choose an agenda and to audit one
///
/// Without --from, the votes are those of a made-up public. The bound is one look at every supporter of every
/// candidate, which no rule and no audit can do without.
#[derive(Args)]
pub(crate) struct SlateBench {
    /// People of the made-up public
    #[arg(long, default_value_t = 100_000)]
    participants: u32,
    /// Its statements
    #[arg(long, default_value_t = 1_000)]
    statements: u32,
    /// The share of all possible votes that is cast, 0 to 1
    #[arg(long, default_value_t = 0.1)]
    density: f64,
    /// A Polis export instead of a made-up public
    #[arg(long, value_name = "DIR", conflicts_with_all = ["participants", "statements", "density"])]
    from: Option<PathBuf>,
    /// Places of the agenda
    #[arg(long = "k", default_value_t = 12)]
    places: u32,
    /// How often each thing is timed; the median is printed
    #[arg(long, default_value_t = 5)]
    repeat: usize,
    /// Also time the 200 resamples
    #[arg(long)]
    inclusion: bool,
}

impl SlateBench {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        anyhow::ensure!((0.0..=1.0).contains(&self.density), "--density should be between 0 and 1");
        anyhow::ensure!(self.repeat > 0 && self.places > 0, "--repeat and --k should be at least 1");
        let (votes, map) = self.public()?;
        let candidates = Candidates::of(&map, ModerationRule::After, &[]);
        let choose = || choosing(&votes, &map, &candidates, Rule::Balanced, self.places, |_| 1);
        let choosing: Choosing = choose();
        let [observed, imputed] = choosing.readings();
        boule::say!(
            "{} people, {} candidates, {} places, {} groups",
            observed.people(),
            observed.candidates().len(),
            self.places,
            map.groups.len()
        );
        let bound = |approvals: &Approvals| {
            (0..approvals.candidates().len()).map(|index| approvals.supporters(index).count()).sum::<usize>()
        };
        let order: Vec<StatementNumber> = statements(&equal_shares(imputed, self.places));
        let slate = statements(&choosing.slate());
        let mut edited = slate.clone();
        edited.pop();
        let line = |what: &str, ms: f64| boule::say!("{what:<52} {ms:>9.2} ms");
        line("bound: every supporter once, as voted", self.time(|| bound(observed)));
        line("bound: every supporter once, imputed", self.time(|| bound(imputed)));
        line("votes read in both ways", self.time(choose));
        line("Equal Shares, as voted", self.time(|| equal_shares(observed, self.places)));
        line("Equal Shares, imputed", self.time(|| equal_shares(imputed, self.places)));
        line("sequential PAV, as voted", self.time(|| sequential_pav(observed, self.places)));
        line(
            "half bridging, half Equal Shares, JR in both readings",
            self.time(|| balanced([observed, imputed], &order, self.places)),
        );
        line("the default rule from the votes on", self.time(|| choosing.slate()));
        line("audit of a slate, both readings, by group", self.time(|| choosing.audit(&slate)));
        line("audit after an edit, from the votes on", self.time(|| choose().audit(&edited)));
        if self.inclusion {
            line("200 resamples", self.time(|| choosing.inclusion(RESAMPLES)));
        }
        Ok(ExitCode::SUCCESS)
    }

    fn public(&self) -> anyhow::Result<(Votes, OpinionMap)> {
        let Self { participants, statements, density, .. } = *self;
        let matrix = match &self.from {
            Some(dir) => VoteMatrix::new(&polis::read_export(dir)?.votes()),
            None => SyntheticPublic { participants, statements, density, seed: 1 }.matrix(),
        };
        let map = opinion::compute_with(&matrix, &CheckedParams::default(), &Work::alone())?.map;
        Ok((Votes::of_matrix(&matrix), map))
    }

    /// The median time of some work, in milliseconds.
    fn time<T>(&self, work: impl Fn() -> T) -> f64 {
        let times = (0..self.repeat).map(|_| {
            let started = Instant::now();
            black_box(work());
            started.elapsed().as_secs_f64() * 1e3
        });
        median(times.collect())
    }
}
