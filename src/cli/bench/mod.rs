//! `boule bench`: measures this program on this machine. One file a subject.

mod machine;
mod opinion;
mod restart;
mod sybils;
mod views;

use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};

/// Measure this program on this machine
///
/// Nothing is served and nothing is stored. Times are medians; the machine's own bounds are printed
/// beside them.
#[derive(Args)]
pub(super) struct Bench {
    #[command(subcommand)]
    subject: Subject,
}

#[derive(Subcommand)]
enum Subject {
    Opinion(opinion::OpinionBench),
    Restart(restart::RestartBench),
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

impl Bench {
    pub(super) fn run(self) -> anyhow::Result<ExitCode> {
        match self.subject {
            Subject::Opinion(bench) => bench.run(),
            Subject::Restart(bench) => crate::cli::block_on(bench.run()),
            Subject::Sybils(bench) => bench.run(),
            Subject::Views(bench) => bench.run(),
        }
    }
}

/// The middle of some times.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
