//! How soon a server takes votes after a restart, and what a large conversation weighs.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Args;

use boule::cli::client::Site;
use boule::domain::{Choice, Slug};
use boule::store::{DataDir, Store};
use boule_measure::resident;

use super::filled::{Filled, SLUG, Server};

/// A conversation with many votes, and a server that is started on it
///
/// It writes a log of its own into an empty directory, starts `boule serve` on it and asks it over
/// its sockets: from the start of the process to the first acknowledged vote, and to the first map.
/// Once from the log alone, and once with the snapshot that a running server keeps.
#[derive(Args)]
pub(super) struct RestartBench {
    #[command(flatten)]
    filled: Filled,
    /// An empty directory for it [default: a temporary one]
    #[arg(long, value_name = "DIR")]
    data: Option<std::path::PathBuf>,
}

/// What one start took.
struct Start {
    listening: Duration,
    first_vote: Duration,
    first_map: Duration,
    memory_mb: Option<f64>,
}

impl RestartBench {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let random = format!("boule-restart-{}", std::process::id());
        let dir = self.data.clone().unwrap_or_else(|| std::env::temp_dir().join(random));
        if std::fs::read_dir(&dir).is_ok_and(|mut files| files.next().is_some()) {
            bail!("{} is not empty", dir.display());
        }
        let measured = self.measure(&dir).await;
        if self.data.is_none() {
            // What can't be removed is only left behind.
            let _ = std::fs::remove_dir_all(&dir);
        }
        measured.map(|()| ExitCode::SUCCESS)
    }

    async fn measure(&self, dir: &Path) -> anyhow::Result<()> {
        eprintln!("restart: writes a log of {} votes", self.filled.votes);
        self.filled.write_log(dir).await?;
        boule::say!(
            "{} votes by {} people on {} statements",
            self.filled.votes,
            self.filled.people,
            self.filled.statements
        );
        boule::say!(
            "{:<24} {:>12} {:>12} {:>12} {:>10}",
            "",
            "listening",
            "first vote",
            "first map",
            "memory"
        );
        report("from the log alone", &start(dir).await?);
        let data = DataDir::lock(dir)?;
        let store = Store::open(&data).await?;
        let slug = Slug::parse(SLUG)?;
        let id = store.conversation(&slug).await?.context("the conversation is gone")?;
        let began = Instant::now();
        let kept = store.keep_snapshot(id).await?;
        let took = began.elapsed();
        store.close().await;
        drop((store, data));
        if !kept {
            boule::say!("a log as short as this has no snapshot");
            return Ok(());
        }
        report("with a snapshot", &start(dir).await?);
        let size = std::fs::read_dir(dir.join("snapshots"))?.flatten().filter_map(|f| f.metadata().ok());
        let bytes: u64 = size.map(|file| file.len()).sum();
        boule::say!(
            "the snapshot has {:.1} MB and took {:.2} s to make",
            bytes as f64 / 1e6,
            took.as_secs_f64()
        );
        Ok(())
    }
}

async fn start(dir: &Path) -> anyhow::Result<Start> {
    let began = Instant::now();
    let server = Server::start(dir, &[])?;
    let listening = began.elapsed();
    let site = Site::new(&server.address, SLUG, None);
    let (ticket, _) = site.join(None).await?;
    let mut client = site.connect(Some(&ticket)).await?;
    let next = client.welcome.pointer("/next/number").and_then(serde_json::Value::as_u64);
    let answer = client.vote(next.context("no statement was offered")?, Choice::Agree).await?;
    if answer.get("t").and_then(serde_json::Value::as_str) != Some("ack") {
        bail!("the first vote was answered with {answer}");
    }
    let first_vote = began.elapsed();
    // The socket that voted may have had it before the ack: another one asks.
    site.connect(None).await?.wait_for("map").await?;
    let first_map = began.elapsed();
    // What was needed to start is given back by then.
    tokio::time::sleep(Duration::from_secs(2)).await;
    Ok(Start {
        listening,
        first_vote,
        first_map,
        memory_mb: resident(server.id()).map(|bytes| bytes as f64 / 1e6),
    })
}

fn report(what: &str, start: &Start) {
    let seconds = |time: Duration| format!("{:.2} s", time.as_secs_f64());
    let memory = start.memory_mb.map_or("?".into(), |mb| format!("{mb:.0} MB"));
    boule::say!(
        "{what:<24} {:>12} {:>12} {:>12} {memory:>10}",
        seconds(start.listening),
        seconds(start.first_vote),
        seconds(start.first_map)
    );
}
