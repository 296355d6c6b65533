//! What backups, sign-ins and erasures cost whoever votes meanwhile, and how soon a backup takes votes again.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};
use clap::Args;
use tokio::task::JoinSet;

use boule::cli::client::Site;
use boule::domain::Choice;
use boule_measure::{product, resident};

use super::filled::{Filled, SLUG, Server};
use super::median;

/// Sockets that vote.
const SOCKETS: u32 = 100;
/// How long votes are measured in each state.
const MEASURED: Duration = Duration::from_secs(10);

/// Backups, sign-ins and erasures beside votes
///
/// It writes a log of its own, starts `boule serve` on it, and votes at a rate in an open loop: alone, during a
/// backup, and during sign-ins that all come at once. Then one person is erased, the backup is brought back into
/// another directory, and everything is checked.
#[derive(Args)]
pub(super) struct KeepBench {
    #[command(flatten)]
    filled: Filled,
    /// Votes a second in all
    #[arg(long, default_value_t = 1_000)]
    rate: u32,
    /// Sign-ins that come at once
    #[arg(long, default_value_t = 500)]
    sign_ins: u32,
}

/// Acks of one state, in milliseconds from when their vote was due.
struct Acks(Vec<f64>);

impl Acks {
    fn p99(&mut self) -> f64 {
        self.0.sort_by(f64::total_cmp);
        self.0.get(self.0.len() * 99 / 100).copied().unwrap_or(f64::NAN)
    }
}

impl KeepBench {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let home = std::env::temp_dir().join(format!("boule-keep-{}", std::process::id()));
        std::fs::create_dir_all(&home)?;
        let measured = self.measure(&home).await;
        // What can't be removed is only left behind.
        let _ = std::fs::remove_dir_all(&home);
        measured.map(|()| ExitCode::SUCCESS)
    }

    async fn measure(&self, home: &Path) -> anyhow::Result<()> {
        let (data, file) = (home.join("data"), home.join("backup.zip"));
        eprintln!("keep: writes a log of {} votes", self.filled.votes);
        self.filled.write_log(&data).await?;
        let server = Server::start(&data, &["--trusted-proxies", "127.0.0.1"])?;
        let site = Site::new(&server.address, SLUG, None);
        let mut voters = self.voters(&data, &server.address).await?;
        voters.during(Duration::from_secs(3)).await?;
        boule::say!("{:<34} {:>10} {:>12} {:>10}", "", "took", "p99 of acks", "memory");
        let memory =
            || resident(server.id()).map_or("?".into(), |bytes| format!("{:.0} MB", bytes as f64 / 1e6));
        let mut alone = voters.during(MEASURED).await?;
        let before = alone.p99();
        boule::say!("{:<34} {:>10} {before:>9.1} ms {:>10}", "votes alone", "-", memory());

        let (took, mut acks) = self.beside(&mut voters, backup(data.clone(), file.clone())).await?;
        report("a backup", took, acks.p99(), before, &memory());
        let (took, mut acks) =
            self.beside(&mut voters, sign_ins(server.address.clone(), self.sign_ins)).await?;
        report(&format!("{} sign-ins at once", self.sign_ins), took, acks.p99(), before, &memory());
        let erased = self.erasures(&site, &server.address).await?;
        boule::say!("{:<34} {:>7.3} s (median of 5)", "one person erased", erased);
        drop(voters);
        drop(server);
        self.bring_back(home, &file).await?;
        let checked = boule(&["check", "--data"], &data)?;
        ensure!(checked.status.success(), "boule check: {}", String::from_utf8_lossy(&checked.stdout));
        boule::say!("boule check finds nothing wrong afterwards");
        Ok(())
    }

    async fn voters(&self, data: &Path, address: &str) -> anyhow::Result<Voters> {
        let key = std::fs::read_to_string(data.join("operator.key"))?;
        let site = Site::new(address, SLUG, Some(key.trim().to_owned()));
        let apart = Duration::from_secs_f64(f64::from(SOCKETS) / f64::from(self.rate));
        Voters::connect(&site, apart, self.filled.statements).await
    }

    /// What some work took, and the acks meanwhile.
    async fn beside(
        &self,
        voters: &mut Voters,
        work: impl Future<Output = anyhow::Result<()>> + Send + 'static,
    ) -> anyhow::Result<(f64, Acks)> {
        let began = Instant::now();
        let work = tokio::spawn(async move {
            work.await?;
            anyhow::Ok(began.elapsed().as_secs_f64())
        });
        let mut acks = Vec::new();
        while !work.is_finished() {
            acks.extend(voters.during(Duration::from_millis(500)).await?.0);
        }
        Ok((work.await??, Acks(acks)))
    }

    /// Somebody votes and writes, and is erased: the middle of five times.
    async fn erasures(&self, site: &Site, address: &str) -> anyhow::Result<f64> {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
        let mut times = Vec::new();
        for number in 0..5_u64 {
            let (ticket, token) = site.join(None).await?;
            let token = token.context("no token was given")?;
            let mut client = site.connect(Some(&ticket)).await?;
            client.vote(number, Choice::Agree).await?;
            let began = Instant::now();
            let erased = http
                .post(format!("http://{address}/c/{SLUG}/mine/erase"))
                .header("origin", format!("http://{address}"))
                .header("cookie", format!("boule={token}"))
                .header("content-type", "application/x-www-form-urlencoded");
            let answer = erased.send().await?;
            ensure!(answer.status().as_u16() == 303, "the erasure was answered with {}", answer.status());
            times.push(began.elapsed().as_secs_f64());
        }
        Ok(median(times))
    }

    async fn bring_back(&self, home: &Path, file: &Path) -> anyhow::Result<()> {
        let to = home.join("restored");
        let began = Instant::now();
        let mut command = Command::new(product()?);
        command
            .arg("restore")
            .arg(file)
            .arg("--erasures")
            .arg(home.join("data.erasures"))
            .arg("--data")
            .arg(&to);
        let restored = command.output()?;
        ensure!(restored.status.success(), "boule restore: {}", String::from_utf8_lossy(&restored.stderr));
        let unpacked = began.elapsed();
        let server = Server::start(&to, &[])?;
        let site = Site::new(&server.address, SLUG, None);
        let (ticket, _) = site.join(None).await?;
        site.connect(Some(&ticket)).await?.vote(0, Choice::Agree).await?;
        let (unpacked, voted) = (unpacked.as_secs_f64(), began.elapsed().as_secs_f64());
        boule::say!(
            "{:<34} {unpacked:>7.1} s, first vote after {voted:.1} s; its logs end as the backup says",
            "a restore"
        );
        Ok(())
    }
}

fn report(what: &str, took: f64, p99: f64, before: f64, memory: &str) {
    let ratio = p99 / before;
    boule::say!("{what:<34} {took:>8.1} s {p99:>9.1} ms {memory:>10}  ({ratio:.2} of alone)");
}

fn boule(arguments: &[&str], data: &Path) -> anyhow::Result<Output> {
    Ok(Command::new(product()?).args(arguments).arg(data).output()?)
}

async fn backup(data: PathBuf, file: PathBuf) -> anyhow::Result<()> {
    let done = tokio::task::spawn_blocking(move || {
        Command::new(product()?).arg("backup").arg(&file).arg("--data").arg(&data).output()
    });
    let done = done.await??;
    ensure!(done.status.success(), "boule backup: {}", String::from_utf8_lossy(&done.stderr));
    boule::say!("{}", String::from_utf8_lossy(&done.stdout).lines().next().unwrap_or_default());
    Ok(())
}

/// Sign-ins of people from as many networks: nobody has such an account, which takes as long as if they had.
async fn sign_ins(address: String, count: u32) -> anyhow::Result<()> {
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let mut asked = JoinSet::new();
    for number in 0..count {
        let (a, b) = (number / 250, number % 250 + 1);
        let form = format!("address=person-{number}%40town.example&password=four+plain+words+here");
        let request = http
            .post(format!("http://{address}/sign-in"))
            .header("origin", format!("http://{address}"))
            .header("x-forwarded-for", format!("198.{}.{b}.1", 18 + a))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        asked.spawn(async move { anyhow::Ok(request.send().await?.status().as_u16()) });
    }
    let mut answers = std::collections::BTreeMap::new();
    while let Some(answer) = asked.join_next().await {
        *answers.entry(answer??).or_insert(0_u32) += 1;
    }
    boule::say!("sign-ins were answered (422: refused after a hash; 503: too many waited): {answers:?}");
    Ok(())
}

/// People who vote in an open loop.
struct Voters {
    acks: Arc<Mutex<Vec<f64>>>,
    tasks: JoinSet<anyhow::Result<()>>,
}

impl Voters {
    async fn connect(site: &Site, apart: Duration, statements: u32) -> anyhow::Result<Self> {
        let (acks, mut tasks) = (Arc::new(Mutex::new(Vec::new())), JoinSet::new());
        for number in 0..SOCKETS {
            let (ticket, _) = site.join(None).await?;
            let mut client = site.connect(Some(&ticket)).await?;
            let kept = Arc::clone(&acks);
            tasks.spawn(async move {
                let first = Instant::now() + apart.mul_f64(f64::from(number) / f64::from(SOCKETS));
                for vote in 0_u32.. {
                    let due = first + apart * vote;
                    tokio::time::sleep_until(due.into()).await;
                    let statement = u64::from((number * 7 + vote) % statements);
                    let choice = Choice::ALL[(vote % 3) as usize];
                    let answer = client.vote(statement, choice).await?;
                    if answer.get("t").and_then(serde_json::Value::as_str) != Some("ack") {
                        bail!("a vote was answered with {answer}");
                    }
                    let ms = due.elapsed().as_secs_f64() * 1e3;
                    kept.lock().unwrap_or_else(PoisonError::into_inner).push(ms);
                }
                Ok(())
            });
        }
        Ok(Self { acks, tasks })
    }

    /// The acks of this time.
    async fn during(&mut self, time: Duration) -> anyhow::Result<Acks> {
        self.acks.lock().unwrap_or_else(PoisonError::into_inner).clear();
        tokio::time::sleep(time).await;
        if let Some(ended) = self.tasks.try_join_next() {
            ended?.context("a voter gave up")?;
        }
        Ok(Acks(std::mem::take(&mut *self.acks.lock().unwrap_or_else(PoisonError::into_inner))))
    }
}
