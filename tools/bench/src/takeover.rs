//! How soon another node answers when the one that has a large conversation dies, or hangs.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Args;

use boule::cli::client::Site;
use boule::domain::{Choice, Slug};
use boule::store::{DataDir, ServerAddress, Store};

use super::filled::{Filled, SLUG, Server};

/// Two nodes on one PostgreSQL server: the one that has a conversation is killed, and then stopped, again and again
///
/// Run it by `tools/postgres.sh run`, or with a server of your own in BOULE_STORE. From the moment at which the one
/// is killed, somebody tries to vote at the other: what is measured is the first acknowledgement.
#[derive(Args)]
pub(super) struct TakeoverBench {
    #[command(flatten)]
    filled: Filled,
    /// How often a node is killed
    #[arg(long, default_value_t = 50)]
    kills: u32,
    /// How often a node is stopped and goes on (SIGSTOP, SIGCONT)
    #[arg(long, default_value_t = 10)]
    pauses: u32,
}

/// Somebody who votes at whichever node is there.
struct Voter {
    token: Option<String>,
    votes: u64,
    statements: u64,
}

impl Voter {
    /// Until it is acknowledged; how long that took.
    async fn vote(&mut self, address: &str) -> anyhow::Result<Duration> {
        let began = Instant::now();
        self.votes += 1;
        let (op, statement) = (format!("takeover-{}", self.votes), self.votes % self.statements);
        while began.elapsed() < Duration::from_secs(60) {
            let tried = async {
                let mut client = Site::new(address, SLUG, None).come_as(&mut self.token).await?;
                client.vote_as(&op, statement, Choice::Agree).await
            };
            if let Ok(Ok(answer)) = tokio::time::timeout(Duration::from_secs(10), tried).await
                && answer.get("t").and_then(serde_json::Value::as_str) == Some("ack")
            {
                return Ok(began.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        bail!("nobody answers at {address}")
    }
}

impl TakeoverBench {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let url = std::env::var("BOULE_STORE").context("BOULE_STORE names no server")?;
        let address = ServerAddress::parse(&url)?;
        let random = format!("boule-takeover-{}", std::process::id());
        let base = std::env::temp_dir().join(random);
        let dirs = ["a", "b", "own"].map(|name| base.join(name));
        let data = DataDir::lock_for(&dirs[2], Some(address))?;
        let store = Store::open(&data).await?;
        if store.conversation(&Slug::parse(SLUG)?).await?.is_none() {
            eprintln!("takeover: writes a log of {} votes", self.filled.votes);
            self.filled.write_into(&store).await?;
        }
        let id = store.conversation(&Slug::parse(SLUG)?).await?.context("the conversation is gone")?;
        store.keep_snapshot(id).await?;
        let start = |at: usize| Server::start(&dirs[at], &["--node", "127.0.0.1:0"]);
        let mut nodes = [start(0)?, start(1)?];
        let mut voter = Voter { token: None, votes: 0, statements: u64::from(self.filled.statements) };
        let mut owner = 0;
        voter.vote(&nodes[owner].address).await?;
        let mut killed = Vec::new();
        for _ in 0..self.kills {
            // Its way to the owner was used before, as it would be while people vote.
            voter.vote(&nodes[1 - owner].address).await?;
            nodes[owner].kill()?;
            killed.push(voter.vote(&nodes[1 - owner].address).await?);
            nodes[owner] = start(owner)?;
            owner = 1 - owner;
        }
        let mut paused = Vec::new();
        for _ in 0..self.pauses {
            voter.vote(&nodes[1 - owner].address).await?;
            nodes[owner].signal("STOP")?;
            paused.push(voter.vote(&nodes[1 - owner].address).await?);
            nodes[owner].signal("CONT")?;
            tokio::time::sleep(Duration::from_secs(2)).await;
            owner = 1 - owner;
        }
        boule::say!("{} votes; another node acknowledges a vote after the owner", self.filled.votes);
        report("was killed", killed);
        report("hangs", paused);
        let end = store.log_end(id).await?.head;
        let chained = store.record_of(id).await?.context("the conversation is gone")?;
        if chained.seq != end {
            bail!("the log ends at {end}, and its fold at {}", chained.seq);
        }
        store.close().await;
        // What can't be removed is only left behind.
        let _ = std::fs::remove_dir_all(&base);
        Ok(ExitCode::SUCCESS)
    }
}

/// Times in words.
pub(super) fn report(what: &str, mut took: Vec<Duration>) {
    if took.is_empty() {
        return;
    }
    took.sort_unstable();
    let at = |part: f64| took[((took.len() - 1) as f64 * part).round() as usize].as_millis();
    boule::say!(
        "  {what:<12} p50 {} ms, p99 {} ms, the longest {} ms, of {}",
        at(0.5),
        at(0.99),
        at(1.0),
        took.len()
    );
}
