//! A rolling upgrade: what people notice of it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Args;

use boule::cli::client::{Client, Site};
use boule::clock::random_token;
use boule::conversation::EventBody;
use boule::domain::{Choice, Slug};
use boule::store::{DataDir, ServerAddress, Store};

use super::filled::{Filled, SLUG, Server};

/// How often each person votes.
const VOTES_EVERY: Duration = Duration::from_secs(2);
/// Who is not answered within this time goes elsewhere, as a page does.
const PATIENCE: Duration = Duration::from_secs(10);
/// Between two nodes: sockets come back meanwhile.
const APART: Duration = Duration::from_secs(5);

/// Three nodes on one PostgreSQL server, each in turn stopped, replaced and started, while people vote
///
/// Run it by `tools/postgres.sh run`, or with a server of your own in BOULE_STORE. In the end all that was acknowledged
/// is held against the log.
#[derive(Args)]
pub(super) struct UpgradeBench {
    #[command(flatten)]
    filled: Filled,
    /// People with a page that is open, who vote every two seconds
    #[arg(long, default_value_t = 1_000)]
    sockets: usize,
    /// People without scripts, who send forms
    #[arg(long, default_value_t = 8)]
    forms: usize,
    /// The program of the version before; without it, the nodes are only started again
    #[arg(long, value_name = "FILE")]
    old: Option<PathBuf>,
}

/// What all people know and tell.
#[derive(Default)]
struct Shared {
    sites: Mutex<Vec<Site>>,
    is_over: AtomicBool,
    /// The operations that were acknowledged.
    acknowledged: Mutex<Vec<String>>,
    /// Forms that somebody had to send again by hand.
    pressed_twice: AtomicU64,
    sent_forms: AtomicU64,
    /// How long each socket was away, each time.
    away: Mutex<Vec<Duration>>,
    statements: u64,
}

impl Shared {
    fn site(&self, number: usize) -> anyhow::Result<Site> {
        let sites = locked(&self.sites);
        sites.get(number % sites.len().max(1)).cloned().context("there is no node")
    }

    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Acquire)
    }

    /// What somebody votes in a round: each time another vote than before.
    fn ballot(&self, person: usize, round: u64) -> (u64, Choice) {
        let choice = Choice::ALL[((round / self.statements) as usize + person) % 3];
        (round % self.statements, choice)
    }
}

fn locked<T>(shared: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl UpgradeBench {
    pub(super) async fn run(self) -> anyhow::Result<ExitCode> {
        let url = std::env::var("BOULE_STORE").context("BOULE_STORE names no server")?;
        let base = std::env::temp_dir().join(format!("boule-upgrade-{}", std::process::id()));
        let data = DataDir::lock_for(&base.join("own"), Some(ServerAddress::parse(&url)?))?;
        let store = Store::open(&data).await?;
        if store.conversation(&Slug::parse(SLUG)?).await?.is_some() {
            bail!("there is a conversation already: give it an empty database");
        }
        self.filled.write_into(&store).await?;
        let id = store.conversation(&Slug::parse(SLUG)?).await?.context("the conversation is gone")?;
        let new = boule_measure::product()?;
        let dirs: Vec<PathBuf> = (0..3).map(|at| base.join(at.to_string())).collect();
        let before = self.old.as_deref().unwrap_or(&new);
        let mut nodes = dirs.iter().map(|dir| started(before, dir)).collect::<anyhow::Result<Vec<_>>>()?;
        let shared = Arc::new(Shared { statements: self.filled.statements.into(), ..Shared::default() });
        *locked(&shared.sites) =
            nodes.iter().zip(&dirs).map(|(node, dir)| site_of(node, dir)).collect::<anyhow::Result<_>>()?;
        let sockets = (0..self.sockets)
            .map(|person| tokio::spawn(Person::new(person, Arc::clone(&shared)).vote_on_a_page()));
        let forms = (0..self.forms)
            .map(|person| tokio::spawn(vote_by_forms(self.sockets + person, Arc::clone(&shared))));
        let people: Vec<_> = sockets.chain(forms).collect();
        tokio::time::sleep(APART).await;
        locked(&shared.away).clear();
        for at in 0..nodes.len() {
            let (Some(node), Some(dir)) = (nodes.get_mut(at), dirs.get(at)) else { continue };
            node.signal("TERM")?;
            node.wait()?;
            *node = started(&new, dir)?;
            if let Some(site) = locked(&shared.sites).get_mut(at) {
                *site = site_of(node, dir)?;
            }
            tokio::time::sleep(APART).await;
        }
        shared.is_over.store(true, Ordering::Release);
        for person in people {
            person.await??;
        }
        let events = store.events(id).await?;
        let mut times = HashMap::<&str, u64>::new();
        for event in &events {
            if let EventBody::VoteCast(vote) = &event.what.body
                && let Some(op) = &vote.op
            {
                *times.entry(op.as_str()).or_default() += 1;
            }
        }
        let acknowledged = std::mem::take(&mut *locked(&shared.acknowledged));
        let in_log = |op: &String| times.get(op.as_str()).copied().unwrap_or(0);
        let lost = acknowledged.iter().filter(|op| in_log(op) == 0).count();
        let twice = acknowledged.iter().filter(|op| in_log(op) > 1).count();
        boule::say!(
            "3 nodes replaced one after the other; {} people with sockets, {} with forms; {} votes acknowledged",
            self.sockets,
            self.forms,
            acknowledged.len()
        );
        boule::say!(
            "  lost {lost}, twice {twice}; forms to be sent again by hand {} of {}",
            shared.pressed_twice.load(Ordering::Acquire),
            shared.sent_forms.load(Ordering::Acquire)
        );
        super::takeover::report("sockets away", std::mem::take(&mut *locked(&shared.away)));
        drop(nodes);
        store.close().await;
        // What can't be removed is only left behind.
        let _ = std::fs::remove_dir_all(&base);
        Ok(if lost + twice == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn started(program: &Path, dir: &Path) -> anyhow::Result<Server> {
    Server::start_program(program, dir, &["--node", "127.0.0.1:0"])
}

/// With the operator's key: all people come from one network here, and its rates are not what is measured.
fn site_of(node: &Server, dir: &Path) -> anyhow::Result<Site> {
    let key = std::fs::read_to_string(dir.join("operator.key"))?;
    Ok(Site::new(&node.address, SLUG, Some(key.trim().to_owned())))
}

/// Somebody with a page that is open.
struct Person {
    number: usize,
    shared: Arc<Shared>,
    token: Option<String>,
    /// Where they try next.
    at: usize,
}

impl Person {
    fn new(number: usize, shared: Arc<Shared>) -> Self {
        Self { number, shared, token: None, at: number }
    }

    /// A socket at some node; the last one was lost a moment ago.
    async fn come(&mut self) -> anyhow::Result<Client> {
        let lost = Instant::now();
        loop {
            self.at += 1;
            let site = self.shared.site(self.at)?;
            let connecting = tokio::time::timeout(PATIENCE, site.come_as(&mut self.token));
            if let Ok(Ok(client)) = connecting.await {
                locked(&self.shared.away).push(lost.elapsed());
                return Ok(client);
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }

    async fn vote_on_a_page(mut self) -> anyhow::Result<()> {
        // Not all in the same moment.
        tokio::time::sleep(VOTES_EVERY / 1_000 * (self.number as u32 % 1_000)).await;
        let mut client = self.come().await?;
        for round in 0.. {
            if self.shared.is_over() {
                break;
            }
            let (statement, choice) = self.shared.ballot(self.number, round);
            let op = format!("{}-{round}", self.number);
            loop {
                match tokio::time::timeout(PATIENCE, client.vote_as(&op, statement, choice)).await {
                    Ok(Ok(answer)) if answer.get("t").is_some_and(|t| t == "ack") => break,
                    Ok(Ok(_)) => tokio::time::sleep(Duration::from_millis(100)).await,
                    Ok(Err(_)) | Err(_) => client = self.come().await?,
                }
            }
            locked(&self.shared.acknowledged).push(op);
            let next = tokio::time::Instant::now() + VOTES_EVERY;
            // A page that loses its socket meanwhile opens another one.
            while let Ok(heard) = tokio::time::timeout_at(next, client.next()).await {
                if !matches!(heard, Ok(Some(_))) {
                    client = self.come().await?;
                }
            }
        }
        Ok(())
    }
}

/// Somebody without scripts, behind a balancer: a node that does not listen is passed over, and no request is sent twice.
async fn vote_by_forms(number: usize, shared: Arc<Shared>) -> anyhow::Result<()> {
    let redirect = reqwest::redirect::Policy::none();
    // A balancer sends no form over a connection that waited: it may be closed at that moment.
    let browser = reqwest::Client::builder().cookie_store(true).redirect(redirect).pool_max_idle_per_host(0);
    let browser = browser.build()?;
    for round in 0.. {
        if shared.is_over() {
            break;
        }
        let (statement, choice) = shared.ballot(number, round);
        let op = random_token();
        let form = format!("statement={statement}&choice={}&op={op}", choice.as_str());
        let mut at = number + round as usize;
        let mut is_saved = false;
        while !is_saved {
            let address = shared.site(at)?.address;
            let request = browser.post(format!("http://{address}/c/{SLUG}/vote")).body(form.clone());
            let request = request.header("content-type", "application/x-www-form-urlencoded");
            let answer = request.header("origin", format!("http://{address}")).send().await;
            at += 1;
            match answer {
                Err(error) if error.is_connect() => continue,
                Ok(answer) if answer.status() == 303 => is_saved = true,
                other => {
                    let status = other.as_ref().map(reqwest::Response::status);
                    eprintln!("upgrade: a form was not saved: {status:?}");
                    shared.pressed_twice.fetch_add(1, Ordering::AcqRel);
                    tokio::time::sleep(Duration::from_millis(500)).await;
                }
            }
        }
        shared.sent_forms.fetch_add(1, Ordering::AcqRel);
        locked(&shared.acknowledged).push(op);
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    Ok(())
}
