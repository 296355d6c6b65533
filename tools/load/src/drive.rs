//! Drives a load: opens the sockets, says when to vote, and brings everything home.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use rand::{Rng, SeedableRng, rngs::StdRng};
use tokio::sync::{mpsc, watch};
use tokio::task::{JoinHandle, JoinSet};

use boule::store::DataDir;

use super::ledger::Ledger;
use super::load::Load;
use super::maps::Arrivals;
use super::readers::{self, Reads};
use super::report::Memory;
use super::voter::{self, Phase, Plan, Voter};
use super::wire::Wire;
use super::{audience, machine, newcomers};

/// After the measurement maps are looked at for this long, so that late votes have theirs.
const LINGER: Duration = Duration::from_secs(2);
/// A server's memory is read after this much quiet.
const QUIET: Duration = Duration::from_millis(500);
const WARM_UP_WITHIN: Duration = Duration::from_secs(300);

/// Sockets that are open, and how to tell them what to do.
struct Crowd {
    phases: watch::Sender<Phase>,
    voters: JoinSet<voter::VoterReport>,
    due: Vec<mpsc::UnboundedSender<Instant>>,
    warm: mpsc::UnboundedReceiver<()>,
    watchers: JoinSet<(Arrivals, bool)>,
    /// Held, and never read.
    slow: Vec<audience::DeafSocket>,
}

/// What the crowd brought home.
#[derive(Default)]
pub(super) struct CrowdReport {
    pub ledgers: Vec<Ledger>,
    pub arrivals: Vec<Arrivals>,
    pub refusals: Vec<String>,
    pub disconnected: usize,
    pub turned_away: u64,
    pub measured: Option<(Instant, Instant)>,
    pub memory: Memory,
    /// The server's time on a core during the measurement, in seconds.
    pub cpu_s: Option<f64>,
    pub reads: Option<Reads>,
}

impl Load {
    /// `dir` is the directory of the server, if its memory is looked at.
    /// `page` is what readers read.
    pub(super) async fn drive(
        &self,
        wire: &Wire,
        dir: Option<&DataDir>,
        page: Option<String>,
    ) -> anyhow::Result<CrowdReport> {
        let plan = Plan { statements: self.statements, revotes: self.revotes, seed: self.seed };
        let plan = &Arc::new(plan);
        let memory = || dir.and_then(machine::server_memory);
        let silent =
            if self.newcomers.is_some() { 0 } else { self.participants.saturating_sub(self.sockets) };
        self.join_the_silent(wire, silent).await?;
        tokio::time::sleep(QUIET).await;
        let before = memory();
        let mut crowd = self.gather(wire, plan).await?;
        tokio::time::sleep(QUIET).await;
        let connected = memory();
        self.warm_up(&mut crowd).await;
        eprintln!("load: measures for {:?}", self.duration);
        let cpu_before = dir.and_then(machine::server_cpu_s);
        let began = Instant::now();
        let until = began + self.duration;
        let reading = self.readers.zip(page);
        let reading = reading.map(|(n, page)| tokio::spawn(readers::read(page, f64::from(n), until)));
        let mut brought = self.measure(&crowd, wire, plan, until).await;
        if let Some(reading) = reading {
            brought.reads = Some(reading.await.context("the readers' task failed")??);
        }
        // The last votes that were begun are answered, too.
        let ended = Instant::now();
        brought.cpu_s =
            dir.and_then(machine::server_cpu_s).zip(cpu_before).map(|(after, before)| after - before);
        crowd.phases.send_replace(Phase::Linger);
        tokio::time::sleep(LINGER).await;
        brought.memory = Memory { before, connected, loaded: memory() };
        brought.measured = Some((began, ended));
        crowd.phases.send_replace(Phase::Leave);
        while let Some(done) = crowd.voters.join_next().await {
            let report = done.context("a voter's task failed")?;
            brought.ledgers.push(report.ledger);
            brought.arrivals.push(report.arrivals);
            brought.refusals.extend(report.refusals);
            brought.disconnected += usize::from(report.is_gone);
        }
        while let Some(done) = crowd.watchers.join_next().await {
            let (arrivals, is_gone) = done.context("a watcher's task failed")?;
            brought.arrivals.push(arrivals);
            brought.disconnected += usize::from(is_gone);
        }
        drop(crowd.slow);
        Ok(brought)
    }

    /// People who are in the conversation and say nothing.
    async fn join_the_silent(&self, wire: &Wire, silent: u32) -> anyhow::Result<()> {
        let open = |number: usize| {
            let wire = wire.clone();
            async move {
                let mut stream = wire.connect(number).await?;
                wire.join(&mut stream).await.map(|_| ())
            }
        };
        audience::open_all(silent as usize, Duration::ZERO, open).await?;
        Ok(())
    }

    /// Opens all sockets.
    async fn gather(&self, wire: &Wire, plan: &Arc<Plan>) -> anyhow::Result<Crowd> {
        let voters = if self.newcomers.is_some() { 0 } else { self.sockets as usize };
        eprintln!("load: opens {} sockets", voters + self.watchers as usize + self.slow as usize);
        let (phases, listening) = watch::channel(Phase::Wait);
        let (warmed, warm) = mpsc::unbounded_channel();
        let slow = audience::open_all(self.slow as usize, self.ramp, |number| {
            let wire = wire.clone();
            async move { audience::never_read(&wire, number).await }
        });
        let slow = slow.await.context("a slow reader could not connect")?;
        let watchers = audience::open_all(self.watchers as usize, self.ramp, |number| {
            let wire = wire.clone();
            async move { audience::watch(&wire, number).await }
        });
        let watchers = watchers.await.context("a watcher could not connect")?;
        let opened = audience::open_all(voters, self.ramp, |number| {
            let (wire, plan) = (wire.clone(), Arc::clone(plan));
            async move { Voter::join(&wire, number, plan).await }
        });
        let opened = opened.await.context("a voter could not connect")?;
        let mut crowd =
            Crowd { phases, voters: JoinSet::new(), due: Vec::new(), warm, watchers: JoinSet::new(), slow };
        for socket in watchers {
            crowd.watchers.spawn(audience::listen(socket, listening.clone()));
        }
        for voter in opened {
            let (due, moments) = mpsc::unbounded_channel();
            crowd.due.push(due);
            crowd.voters.spawn(voter.run(listening.clone(), moments, warmed.clone()));
        }
        Ok(crowd)
    }

    async fn warm_up(&self, crowd: &mut Crowd) {
        let voters = crowd.voters.len();
        if self.warm_up == 0 || voters == 0 {
            return;
        }
        eprintln!("load: casts {} votes first", self.warm_up);
        let votes = self.warm_up.div_ceil(u32::try_from(voters).unwrap_or(u32::MAX));
        crowd.phases.send_replace(Phase::WarmUp { votes });
        let all = async {
            for _ in 0..voters {
                crowd.warm.recv().await;
            }
        };
        if tokio::time::timeout(WARM_UP_WITHIN, all).await.is_err() {
            eprintln!("load: not everybody was done in time; measures all the same");
        }
        tokio::time::sleep(LINGER).await;
    }

    /// Votes until then.
    async fn measure(&self, crowd: &Crowd, wire: &Wire, plan: &Arc<Plan>, until: Instant) -> CrowdReport {
        let mut brought = CrowdReport::default();
        if let Some(at_once) = self.newcomers {
            let wire = wire.clone();
            let arrived = newcomers::send(wire, Arc::clone(plan), at_once as usize, until).await;
            brought.ledgers = arrived.ledgers;
            brought.refusals = arrived.refusals;
            brought.turned_away = arrived.turned_away;
            return brought;
        }
        match self.rate {
            Some(rate) if !crowd.due.is_empty() => {
                crowd.phases.send_replace(Phase::Open);
                let (due, seed) = (crowd.due.clone(), self.seed);
                // A thread: the runtime's timers are a millisecond coarse.
                let pacing: JoinHandle<()> =
                    tokio::task::spawn_blocking(move || pace(rate, until, &due, seed));
                // It can only end.
                let _ = pacing.await;
            }
            None if !crowd.due.is_empty() => {
                crowd.phases.send_replace(Phase::Closed { until });
                tokio::time::sleep_until(until.into()).await;
            }
            _ => tokio::time::sleep_until(until.into()).await,
        }
        brought
    }
}

/// Makes votes due at random moments, so many a second on average, each for a voter at random.
fn pace(rate: f64, until: Instant, voters: &[mpsc::UnboundedSender<Instant>], seed: u64) {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut due = Instant::now();
    loop {
        let unit: f64 = rng.r#gen();
        due += Duration::from_secs_f64(-(1.0 - unit).ln() / rate);
        if due >= until {
            return;
        }
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        // Who is gone votes no more.
        let _ = voters[rng.gen_range(0..voters.len())].send(due);
    }
}
