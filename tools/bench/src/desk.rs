//! `boule-bench desk`: how long those wait who moderate and organise, in a conversation with many statements.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, ensure};
use clap::Args;
use reqwest::redirect::Policy;

use boule::clock::{Clock, random_bytes, random_token};
use boule::domain::{EmailAddress, Role, TokenHash};
use boule::instance::{Grant, InstanceActor, Link, LinkPurpose, Scope};
use boule::store::{DataDir, Store};

use super::filled::{Filled, SLUG, Server};
use super::median;

/// How long the pages of moderators and organisers take, with many statements on the map and many that wait
///
/// A server that was built beside this tool runs on loopback. Each line has its bound beside it: the answer of
/// `/health`, which is a request and nothing else.
#[derive(Args)]
pub(crate) struct Desk {
    #[command(flatten)]
    filled: Filled,
    /// Requests of each kind
    #[arg(long, default_value_t = 21, value_parser = clap::value_parser!(u32).range(1..=1_000))]
    rounds: u32,
}

impl Desk {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let dir = std::env::temp_dir().join(format!("boule-bench-desk-{}", std::process::id()));
        // Only its owner may look into it, as everywhere.
        std::os::unix::fs::DirBuilderExt::mode(&mut std::fs::DirBuilder::new(), 0o700).create(&dir)?;
        self.filled.write_log(&dir).await?;
        let key = owner(&dir).await?;
        let server = Server::start(&dir, &[])?;
        let base = format!("http://{}", server.address);
        let client = reqwest::Client::builder().cookie_store(true).redirect(Policy::none()).build()?;
        let visit = Visit { client, base, rounds: self.rounds };
        visit.post("/enter", &format!("key={key}")).await?;
        boule::say!(
            "{} statements, {} that wait, {} votes",
            self.filled.statements,
            self.filled.waiting,
            self.filled.votes
        );
        visit.line("a request and nothing else", "/health").await?;
        visit.line("the moderators' queue", &format!("/m/{SLUG}")).await?;
        let begun = Instant::now();
        visit.post(&format!("/o/{SLUG}/agenda"), "places=12").await?;
        boule::say!("{:<44} {:>8.0} ms", "a draft of 12 items, once", begun.elapsed().as_secs_f64() * 1e3);
        visit.line("the page on which an agenda is made", &format!("/o/{SLUG}/agenda")).await?;
        visit.line("the same, with words looked for", &format!("/o/{SLUG}/agenda?q=number+7")).await?;
        drop(server);
        std::fs::remove_dir_all(&dir)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// A key that lets the owner in, once.
async fn owner(dir: &Path) -> anyhow::Result<String> {
    let data = DataDir::lock(dir)?;
    let store = Store::open(&data).await?;
    let (now, key) = (Clock::system().now(), random_token());
    let address = EmailAddress::parse("bench@example.org").context("a good address")?;
    let account = store.add_account(&address, random_bytes(), now).await?;
    let grant = Grant { role: Role::Owner, scope: Scope::Instance };
    store.give_role(InstanceActor::CommandLine, account, grant, now).await?;
    let link = Link::new(LinkPurpose::SignIn(account), None, now);
    store.add_link(InstanceActor::CommandLine, TokenHash::of(&key), &link, random_bytes()).await?;
    store.close().await;
    Ok(key)
}

/// The owner's browser.
struct Visit {
    client: reqwest::Client,
    base: String,
    rounds: u32,
}

impl Visit {
    async fn post(&self, path: &str, form: &str) -> anyhow::Result<()> {
        let request = self.client.post(format!("{}{path}", self.base)).header("origin", &self.base);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = request.body(form.to_owned()).send().await?;
        ensure!(answer.status().is_redirection(), "{path}: {}", answer.status());
        Ok(())
    }

    async fn line(&self, what: &str, path: &str) -> anyhow::Result<()> {
        let mut times = Vec::new();
        for _ in 0..self.rounds {
            let begun = Instant::now();
            let answer = self.client.get(format!("{}{path}", self.base)).send().await?;
            ensure!(answer.status().is_success(), "{path}: {}", answer.status());
            answer.bytes().await?;
            times.push(begun.elapsed().as_secs_f64() * 1e3);
        }
        boule::say!("{what:<44} {:>8.2} ms", median(times));
        Ok(())
    }
}
