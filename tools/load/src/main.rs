//! `boule-load`: puts a running server under load over real WebSockets, and holds what it acknowledged
//! against its log.

mod audience;
mod bare;
mod bare_server;
mod drive;
mod ledger;
mod load;
mod machine;
mod maps;
mod newcomers;
mod readers;
mod report;
mod stage;
mod target;
mod times;
mod voter;
mod wire;

use std::process::ExitCode;

use clap::Parser;

/// The command line.
#[derive(Parser)]
#[command(name = "boule-load", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    load: load::Load,
}

#[tokio::main]
async fn main() -> ExitCode {
    Cli::parse().load.run().await.unwrap_or_else(|error| {
        eprintln!("boule-load: {error:#}");
        ExitCode::from(2)
    })
}
