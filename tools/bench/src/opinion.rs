//! `boule-bench opinion`: how long maps take, and what bounds them.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use serde::Serialize;

use super::{Format, machine, median};
use boule::exchange::polis;
use boule::opinion::votes::synthetic::SyntheticPublic;
use boule::opinion::{self, CheckedParams, InputChange, LiveMap, VoteMatrix, Work};

/// How long opinion maps take: cold, after more votes, and what comes after
///
/// Without --from, the votes are those of a made-up public: three leanings of unequal size, and
/// numbers of votes as skewed as real ones. “Cold” is a complete map from votes in memory, in the
/// form in which the core takes them; “refresh” is the next map after --more votes.
#[derive(Args)]
pub(crate) struct OpinionBench {
    /// People of the made-up public
    #[arg(long, default_value_t = 50_000)]
    participants: u32,
    /// Its statements
    #[arg(long, default_value_t = 500)]
    statements: u32,
    /// The share of all possible votes that is cast, 0 to 1
    #[arg(long, default_value_t = 0.1)]
    density: f64,
    /// The seed of everything that is made up
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// A Polis export instead of a made-up public
    #[arg(long, value_name = "DIR", conflicts_with_all = ["participants", "statements", "density", "growth"])]
    from: Option<PathBuf>,
    /// Instead of one public, five that grow from a hundred thousand votes to fifty million
    #[arg(long, conflicts_with_all = ["participants", "statements", "density"])]
    growth: bool,
    /// Threads
    #[arg(long, default_value_t = 1)]
    threads: usize,
    /// Votes that come before a refresh
    #[arg(long, default_value_t = 1000)]
    more: usize,
    /// How often each thing is timed; the median is printed
    #[arg(long, default_value_t = 5)]
    repeat: usize,
    /// Also time the bootstrap of 100 and the 50 shuffles
    #[arg(long)]
    validation: bool,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// What was measured. Times in milliseconds, sizes in bytes.
#[derive(Serialize)]
struct Figures {
    participants: usize,
    statements: usize,
    votes: usize,
    threads: usize,
    /// Making the matrix from whatever it came from.
    matrix_ms: f64,
    /// A complete map.
    cold_ms: f64,
    cold_ns_per_vote: f64,
    /// Keeping the sums that make refreshes cheap, once; null where they are not kept.
    prepare_ms: Option<f64>,
    /// Taking in the new votes.
    apply_ms: f64,
    /// A complete map after them.
    refresh_ms: f64,
    /// The bridging factorisation.
    bridging_ms: f64,
    bootstrap_ms: Option<f64>,
    shuffles_ms: Option<f64>,
    votes_bytes: usize,
    peak_rss_bytes: u64,
    /// The most that a cold map held beyond what was there before it.
    peak_above_votes_bytes: u64,
    passes: u32,
    groups: u32,
    /// Codes read by one cold map, and the share of the memory's bandwidth that is.
    bytes_streamed: usize,
    bandwidth_bytes_per_s: f64,
    bandwidth_share: f64,
}

/// The publics of `--growth`: people, statements, density; fifty votes a person in each.
const GROWTH: [(u32, u32, f64); 5] = [
    (2_000, 500, 0.1),
    (10_000, 500, 0.1),
    (40_000, 500, 0.1),
    (200_000, 1000, 0.05),
    (1_000_000, 1000, 0.05),
];

/// What a machine of some tens of gigabytes takes.
const MOST_VOTES: f64 = 1e9;
const MOST_PEOPLE: u32 = 20_000_000;
const MOST_STATEMENTS: u32 = 1_000_000;
const MOST_MORE: usize = 10_000_000;

impl OpinionBench {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        anyhow::ensure!((0.0..=1.0).contains(&self.density), "--density should be between 0 and 1");
        anyhow::ensure!(self.threads > 0 && self.repeat > 0, "--threads and --repeat should be at least 1");
        let expected = f64::from(self.participants) * f64::from(self.statements) * self.density;
        anyhow::ensure!(
            expected <= MOST_VOTES && self.participants <= MOST_PEOPLE && self.statements <= MOST_STATEMENTS,
            "--participants, --statements and --density should make {MOST_VOTES:e} votes of {MOST_PEOPLE} people \
             on {MOST_STATEMENTS} statements at most"
        );
        anyhow::ensure!(self.more <= MOST_MORE, "--more should be {MOST_MORE} at most");
        let bandwidth = machine::bandwidth(self.threads);
        let figures = if self.growth {
            GROWTH
                .iter()
                .map(|&(participants, statements, density)| {
                    self.measure(
                        Some(SyntheticPublic { participants, statements, density, seed: self.seed }),
                        bandwidth,
                    )
                })
                .collect::<anyhow::Result<Vec<_>>>()?
        } else if self.from.is_some() {
            vec![self.measure(None, bandwidth)?]
        } else {
            let Self { participants, statements, density, seed, .. } = self;
            vec![self.measure(Some(SyntheticPublic { participants, statements, density, seed }), bandwidth)?]
        };
        match (self.format, &figures[..]) {
            (Format::Json, [one]) => boule::say!("{}", serde_json::to_string_pretty(one)?),
            (Format::Json, all) => boule::say!("{}", serde_json::to_string_pretty(all)?),
            (Format::Table, all) if self.growth => growth_table(all),
            (Format::Table, all) => all.iter().for_each(table),
        }
        Ok(ExitCode::SUCCESS)
    }

    fn measure(&self, public: Option<SyntheticPublic>, bandwidth: f64) -> anyhow::Result<Figures> {
        let (params, work) = (CheckedParams::default(), Work::on(self.threads));
        let started = Instant::now();
        let matrix = match (public, &self.from) {
            (Some(public), _) => public.matrix(),
            (None, Some(dir)) => VoteMatrix::new(&polis::read_export(dir)?.votes()),
            (None, None) => anyhow::bail!("there is nothing to measure"),
        };
        let matrix_ms = ms(started);
        anyhow::ensure!(matrix.rows() > 0 && matrix.columns() > 0, "there are no votes to measure with");
        // One map that is not counted: caches, page tables.
        drop(opinion::compute_with(&matrix, &params, &work)?);
        let (before, _) = machine::memory();
        machine::forget_peak();
        let mut cold = Vec::new();
        let mut last = None;
        for _ in 0..self.repeat {
            drop(last.take());
            let started = Instant::now();
            last = Some(opinion::compute_with(&matrix, &params, &work)?);
            cold.push(ms(started));
        }
        let (_, peak) = machine::memory();
        let Some(computed) = last else { anyhow::bail!("nothing was measured") };
        let bridging = self.times(|| {
            let stages = &computed.stages;
            opinion::findings::bridging::factorise(&matrix, &stages.projection, None, &params.bridging, &work)
                .map(drop)
        })?;
        let (bootstrap_ms, shuffles_ms) = if self.validation {
            let stages = &computed.stages;
            let bootstrap = self.times(|| {
                opinion::validation::bootstrap::bootstrap(&matrix, stages, &params, &work).map(drop)
            })?;
            let shuffles = self
                .times(|| opinion::validation::null::null_model(&matrix, stages, &params, &work).map(drop))?;
            (Some(bootstrap), Some(shuffles))
        } else {
            (None, None)
        };
        let cold_ms = median(cold);
        let (passes, groups) = (computed.map.pca.passes, computed.map.k.chosen);
        drop(computed);
        // Axes, and the four looks that every map takes at all votes: counts, places, groups.
        let bytes_streamed = matrix.bytes() * (passes as usize + 3);
        let figures = Figures {
            participants: matrix.rows(),
            statements: matrix.columns(),
            votes: matrix.votes(),
            threads: self.threads,
            matrix_ms,
            cold_ms,
            cold_ns_per_vote: cold_ms * 1e6 / matrix.votes().max(1) as f64,
            prepare_ms: None,
            apply_ms: 0.0,
            refresh_ms: 0.0,
            bridging_ms: bridging,
            bootstrap_ms,
            shuffles_ms,
            votes_bytes: matrix.bytes(),
            peak_rss_bytes: peak,
            peak_above_votes_bytes: peak.saturating_sub(before),
            passes,
            groups,
            bytes_streamed,
            bandwidth_bytes_per_s: bandwidth,
            bandwidth_share: bytes_streamed as f64 / (cold_ms / 1e3) / bandwidth,
        };
        self.refresh(matrix, public, figures)
    }

    /// The next maps of a conversation that goes on.
    fn refresh(
        &self,
        matrix: VoteMatrix,
        public: Option<SyntheticPublic>,
        mut figures: Figures,
    ) -> anyhow::Result<Figures> {
        let (params, work) = (CheckedParams::default(), Work::on(self.threads));
        let people = matrix.participants().to_vec();
        let statements: Vec<_> = matrix.statements().iter().map(|statement| statement.number).collect();
        let mut live = LiveMap::new(matrix);
        let started = Instant::now();
        live.prepare(&work);
        figures.prepare_ms = live.is_prepared().then(|| ms(started));
        let seed = public.map_or(self.seed, |public| public.seed);
        let crowd = SyntheticPublic {
            participants: people.len() as u32,
            statements: statements.len() as u32,
            density: self.density,
            seed,
        };
        let (mut apply, mut refresh) = (Vec::new(), Vec::new());
        for round in 0..=self.repeat as u64 {
            let votes = crowd.more_votes(self.more, round);
            let started = Instant::now();
            for (person, statement, choice) in votes {
                let (person, statement) = (people[person.0 as usize], statements[statement.0 as usize]);
                anyhow::ensure!(
                    live.apply(InputChange::Vote(person, statement, choice)),
                    "a vote was not taken"
                );
            }
            apply.push(ms(started));
            let started = Instant::now();
            drop(live.refresh(&params, &work)?);
            refresh.push(ms(started));
        }
        figures.apply_ms = median(apply.split_off(1));
        figures.refresh_ms = median(refresh.split_off(1));
        Ok(figures)
    }

    /// The median time of something.
    fn times<E>(&self, mut job: impl FnMut() -> Result<(), E>) -> Result<f64, E> {
        let mut times = Vec::new();
        for _ in 0..self.repeat {
            let started = Instant::now();
            job()?;
            times.push(ms(started));
        }
        Ok(median(times))
    }
}

fn ms(started: Instant) -> f64 {
    started.elapsed().as_secs_f64() * 1e3
}

fn megabytes(bytes: f64) -> f64 {
    bytes / 1e6
}

fn table(f: &Figures) {
    boule::say!(
        "{} people, {} statements, {} votes; {} threads",
        f.participants,
        f.statements,
        f.votes,
        f.threads
    );
    boule::say!("  votes into rows       {:>10.1} ms", f.matrix_ms);
    boule::say!(
        "  cold map              {:>10.2} ms   {:.2} ns a vote, {} passes for the axes, {} groups",
        f.cold_ms,
        f.cold_ns_per_vote,
        f.passes,
        f.groups
    );
    match f.prepare_ms {
        Some(prepare) => boule::say!("  keeping sums, once    {prepare:>10.1} ms"),
        None => {
            boule::say!(
                "  keeping sums                   –      too many statements or votes: each map is cold"
            );
        }
    }
    boule::say!("  new votes taken in    {:>10.2} ms", f.apply_ms);
    boule::say!("  map after them        {:>10.2} ms", f.refresh_ms);
    boule::say!("  bridging              {:>10.2} ms", f.bridging_ms);
    for (what, time) in [("bootstrap of 100", f.bootstrap_ms), ("50 shuffles", f.shuffles_ms)] {
        if let Some(time) = time {
            boule::say!("  {what:<20}  {time:>10.1} ms");
        }
    }
    boule::say!(
        "  memory: votes {:.1} MB, a cold map {:.1} MB above them, peak of the process {:.1} MB",
        megabytes(f.votes_bytes as f64),
        megabytes(f.peak_above_votes_bytes as f64),
        megabytes(f.peak_rss_bytes as f64)
    );
    boule::say!(
        "  bound: {:.1} MB of votes read in a cold map, {:.0} % of the {:.1} GB/s that memory gives",
        megabytes(f.bytes_streamed as f64),
        f.bandwidth_share * 100.0,
        f.bandwidth_bytes_per_s / 1e9
    );
}

fn growth_table(all: &[Figures]) {
    boule::say!(
        "{:>10} {:>10} {:>12} {:>10} {:>10} {:>11} {:>10}",
        "people",
        "statements",
        "votes",
        "cold ms",
        "ns a vote",
        "refresh ms",
        "peak MB"
    );
    for f in all {
        boule::say!(
            "{:>10} {:>10} {:>12} {:>10.2} {:>10.2} {:>11.2} {:>10.1}",
            f.participants,
            f.statements,
            f.votes,
            f.cold_ms,
            f.cold_ns_per_vote,
            f.refresh_ms,
            megabytes(f.peak_rss_bytes as f64)
        );
    }
}
