//! `boule-bench reading`: what a reader waits for in a conversation with many statements, and how long it takes to
//! find statements that say nearly the same.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::ensure;
use clap::Args;

use boule::domain::StatementNumber;
use boule::similar::SimilarIndex;

use super::filled::{Filled, SLUG, Server};
use super::median;

/// How long pages of results take in a conversation with 10,000 statements, and a search for similar ones
///
/// A server that was built beside this tool runs on loopback. Each line has its bound beside it: the answer of
/// `/health`, which is a request and nothing else.
#[derive(Args)]
pub(crate) struct Reading {
    #[command(flatten)]
    filled: Filled,
    /// Requests of each kind
    #[arg(long, default_value_t = 21, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    rounds: u32,
}

/// Words of which statements are made for the search.
const WORDS: [&str; 24] = [
    "bicycle",
    "lanes",
    "along",
    "river",
    "parking",
    "library",
    "Sundays",
    "open",
    "trees",
    "school",
    "buses",
    "night",
    "market",
    "square",
    "noise",
    "houses",
    "rents",
    "young",
    "people",
    "playground",
    "bridge",
    "build",
    "more",
    "should",
];

impl Reading {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let dir = tempdir()?;
        self.filled.write_log(&dir).await?;
        let server = Server::start(&dir, &[])?;
        let base = format!("http://{}", server.address);
        let client = reqwest::Client::new();
        let results = format!("{base}/c/{SLUG}/results");
        boule::say!("{} statements, {} votes", self.filled.statements, self.filled.votes);
        // Until the map is there, the page is another.
        let begun = Instant::now();
        while !text(&client, &results).await?.contains("class=\"area") {
            ensure!(begun.elapsed().as_secs() < 300, "no map within five minutes");
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
        self.line(&client, "a request and nothing else", |_| format!("{base}/health")).await?;
        self.line(&client, "results, as kept for all", |_| results.clone()).await?;
        let table = format!("{results}/statements");
        self.line(&client, "first page of the table, as kept for all", |_| table.clone()).await?;
        self.line(&client, "another page, drawn anew", |n| format!("{table}?sort=gap&page={}", n + 2))
            .await?;
        self.line(&client, "words looked for, drawn anew", |n| format!("{table}?q=number+{n}")).await?;
        self.line(&client, "all of it as JSON", |_| format!("{results}.json")).await?;
        drop(server);
        std::fs::remove_dir_all(&dir)?;
        self.similar();
        Ok(ExitCode::SUCCESS)
    }

    async fn line(
        &self,
        client: &reqwest::Client,
        what: &str,
        address: impl Fn(u32) -> String,
    ) -> anyhow::Result<()> {
        let mut times = Vec::new();
        for round in 0..self.rounds {
            let begun = Instant::now();
            text(client, &address(round)).await?;
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        boule::say!("{what:<44} {:>8.2} ms", median(times));
        Ok(())
    }

    fn similar(&self) {
        let texts: Vec<String> = (0..self.filled.statements).map(sentence).collect();
        let mut index = SimilarIndex::default();
        let begun = Instant::now();
        index.hold((0..).map(StatementNumber).zip(texts.iter().map(String::as_str)));
        let building = begun.elapsed().as_secs_f64() * 1e3;
        let mut times = Vec::new();
        for round in 0..self.rounds {
            let asked = sentence(round.wrapping_mul(7_919).wrapping_add(3));
            let begun = Instant::now();
            std::hint::black_box(index.nearest(&asked, 3, 0.35));
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        let begun = Instant::now();
        index.set(StatementNumber(self.filled.statements), "One statement more");
        let one_more = begun.elapsed().as_secs_f64() * 1e3;
        boule::say!("{:<44} {:>8.2} ms", "similar statements: a search", median(times));
        boule::say!("{:<44} {building:>8.2} ms", "similar statements: the whole index");
        boule::say!("{:<44} {one_more:>8.2} ms", "similar statements: one more in it");
    }
}

/// A sentence of words that others have too, so that a search has much to compare.
fn sentence(number: u32) -> String {
    let word =
        |at: u32| WORDS[(number.wrapping_mul(2_654_435_761).rotate_left(at * 5) >> 7) as usize % WORDS.len()];
    (0..12).map(word).collect::<Vec<_>>().join(" ")
}

async fn text(client: &reqwest::Client, address: &str) -> anyhow::Result<String> {
    Ok(client.get(address).send().await?.error_for_status()?.text().await?)
}

fn tempdir() -> anyhow::Result<std::path::PathBuf> {
    let dir = std::env::temp_dir().join(format!("boule-bench-reading-{}", std::process::id()));
    // Only its owner may look into it, as everywhere.
    std::os::unix::fs::DirBuilderExt::mode(&mut std::fs::DirBuilder::new(), 0o700).create(&dir)?;
    Ok(dir)
}
