//! `boule-bench`: measures this program on this machine. One file a subject.

mod delay;
mod desk;
mod detectors;
mod filled;
mod keep;
mod machine;
mod opinion;
mod reading;
mod restart;
mod similar;
mod slate;
mod sybils;
mod takeover;
mod upgrade;
mod views;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// Measure this program on this machine
///
/// Nothing is served and nothing is stored. Times are medians; the machine's own bounds are printed
/// beside them.
#[derive(Parser)]
#[command(name = "boule-bench", version, max_term_width = 100)]
struct Bench {
    #[command(subcommand)]
    subject: Subject,
}

#[derive(Subcommand)]
enum Subject {
    Opinion(opinion::OpinionBench),
    Restart(restart::RestartBench),
    Takeover(takeover::TakeoverBench),
    Upgrade(upgrade::UpgradeBench),
    Delay(delay::Delay),
    Reading(reading::Reading),
    Desk(desk::Desk),
    Detectors(detectors::Detectors),
    Keep(keep::KeepBench),
    Similar(similar::Similar),
    Slate(slate::SlateBench),
    Sybils(sybils::Sybils),
    Views(views::Views),
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// For programs
    Json,
    /// For people
    Table,
}

fn main() -> ExitCode {
    Bench::parse().run().unwrap_or_else(|error| {
        eprintln!("boule-bench: {error:#}");
        ExitCode::from(2)
    })
}

impl Bench {
    fn run(self) -> anyhow::Result<ExitCode> {
        match self.subject {
            Subject::Opinion(bench) => bench.run(),
            Subject::Restart(bench) => block_on(bench.run()),
            Subject::Takeover(bench) => block_on(bench.run()),
            Subject::Upgrade(bench) => block_on(bench.run()),
            Subject::Delay(bench) => bench.run(),
            Subject::Keep(bench) => block_on(bench.run()),
            Subject::Reading(bench) => block_on(bench.run()),
            Subject::Desk(bench) => block_on(bench.run()),
            Subject::Detectors(bench) => bench.run(),
            Subject::Similar(bench) => bench.run(),
            Subject::Slate(bench) => bench.run(),
            Subject::Sybils(bench) => bench.run(),
            Subject::Views(bench) => bench.run(),
        }
    }
}

fn block_on(work: impl Future<Output = anyhow::Result<ExitCode>>) -> anyhow::Result<ExitCode> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

/// The middle of some times.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
