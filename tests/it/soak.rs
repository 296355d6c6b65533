//! A server that runs on and on keeps no more memory, descriptors, threads or log than it needs.

use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use boule::cli::client::Site;
use boule::domain::Choice;
use tempfile::TempDir;
use tokio::time::sleep;

use crate::app::{TestApp, open_settings};

const PEOPLE: usize = 32;
const STATEMENTS: usize = 40;
/// Between two votes of one person.
const PAUSE: Duration = Duration::from_millis(250);
/// Votes after which a person goes and comes back.
const STAY: usize = 12;
const SAMPLES: u32 = 40;
/// Connections of requests, and readers of the database, come and go.
const MORE_DESCRIPTORS: u64 = 16;
/// Threads that compute maps come and go.
const MORE_TASKS: u64 = 8;
/// What a short run may grow by: it is hardly warm.
const SHORT_RUN_KIB: u64 = 2 * 1024;
const MAX_WAL: u64 = 64 * 1024 * 1024;

/// A number from the environment, for long runs.
pub fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// A server in a process of its own, which ends with this.
pub struct Server {
    child: Child,
    pub address: String,
    dir: TempDir,
}

impl Server {
    /// Serves an open conversation `c` with this many statements; everybody sees the results.
    pub async fn start(statements: usize) -> Self {
        let app = TestApp::spawn().await;
        drop(app.conversation("c", statements, open_settings()).await);
        app.app.stop().await;
        let dir = app.dir;
        let (child, address) = crate::process::serve(dir.path());
        Self { child, address, dir }
    }

    /// Its conversation, for programs of the operator: no rate limits.
    fn site(&self) -> Site {
        let key = std::fs::read_to_string(self.dir.path().join("operator.key")).unwrap();
        Site::new(&self.address, "c", Some(key))
    }

    /// What it holds of the machine's memory.
    pub fn memory_kib(&self) -> u64 {
        let status = std::fs::read_to_string(self.proc("status")).unwrap();
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        resident.trim().trim_end_matches(" kB").parse().unwrap()
    }

    fn sample(&self) -> Sample {
        let count = |what| std::fs::read_dir(self.proc(what)).unwrap().count() as u64;
        let wal = std::fs::metadata(self.dir.path().join("boule.sqlite-wal"));
        Sample {
            memory_kib: self.memory_kib(),
            descriptors: count("fd"),
            tasks: count("task"),
            wal: wal.map_or(0, |wal| wal.len()),
        }
    }

    fn proc(&self, what: &str) -> String {
        format!("/proc/{}/{what}", self.child.id())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a server holds at one moment.
#[derive(Clone, Copy, Debug)]
struct Sample {
    memory_kib: u64,
    descriptors: u64,
    tasks: u64,
    wal: u64,
}

/// One person votes and votes, goes now and then, and comes back.
async fn take_part(site: Site, person: usize, end: Instant, acks: Arc<AtomicU64>) {
    let (ticket, token) = site.join(None).await.unwrap();
    let mut client = site.connect(Some(&ticket)).await.unwrap();
    // Not all at the same moment.
    sleep(PAUSE * person as u32 / PEOPLE as u32).await;
    let mut round = 0;
    while Instant::now() < end {
        let statement = ((person * 7 + round) % STATEMENTS) as u64;
        let choice = Choice::ALL[(round / STATEMENTS + person) % 3];
        let ack = client.vote_as(&format!("soak-{round}"), statement, choice).await.unwrap();
        assert_eq!(ack["t"], "ack", "person {person}, round {round}: {ack}");
        acks.fetch_add(1, Ordering::Relaxed);
        round += 1;
        if (round + person).is_multiple_of(STAY) {
            client.leave().await;
            let (ticket, _) = site.join(token.as_deref()).await.unwrap();
            client = site.connect(Some(&ticket)).await.unwrap();
        }
        sleep(PAUSE).await;
    }
    client.leave().await;
}

fn median(samples: &[Sample]) -> u64 {
    let mut memory: Vec<u64> = samples.iter().map(|sample| sample.memory_kib).collect();
    memory.sort_unstable();
    memory[memory.len() / 2]
}

fn most(samples: &[Sample], of: impl Fn(&Sample) -> u64) -> u64 {
    samples.iter().map(of).max().unwrap()
}

fn check(samples: &[Sample], seconds: u64) {
    let quarter = samples.len() / 4;
    let (second, last) = (&samples[quarter..2 * quarter], &samples[3 * quarter..]);
    let (before, after) = (median(second), median(last));
    // A server of 22 MB reaches 5 % by SQLite's caches alone (2 MB a connection), which fill slowly.
    let caches = if seconds < 600 { SHORT_RUN_KIB } else { 0 };
    let allowed = before + before / 20 + caches;
    println!("memory: {before} KiB in the second quarter, {after} KiB in the last, {allowed} KiB allowed");
    let descriptors = (most(second, |s| s.descriptors), most(last, |s| s.descriptors));
    let tasks = (most(second, |s| s.tasks), most(last, |s| s.tasks));
    let wal = most(samples, |s| s.wal);
    println!("at most: descriptors {descriptors:?}, tasks {tasks:?}, write-ahead log {wal} bytes");
    assert!(after <= allowed, "the memory grows: {before} KiB, then {after} KiB");
    assert!(descriptors.1 <= descriptors.0 + MORE_DESCRIPTORS, "descriptors grow: {descriptors:?}");
    assert!(tasks.1 <= tasks.0 + MORE_TASKS, "threads grow: {tasks:?}");
    assert!(wal <= MAX_WAL, "the write-ahead log has {wal} bytes");
}

#[cfg_attr(not(target_os = "linux"), ignore = "reads /proc")]
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_runs_on_does_not_grow() {
    let seconds = number("BOULE_TEST_SOAK_SECONDS", 12).max(4);
    let server = Server::start(STATEMENTS).await;
    let (began, length) = (Instant::now(), Duration::from_secs(seconds));
    let acks = Arc::new(AtomicU64::new(0));
    let site = server.site();
    let people: Vec<_> = (0..PEOPLE)
        .map(|person| tokio::spawn(take_part(site.clone(), person, began + length, Arc::clone(&acks))))
        .collect();
    let mut samples = Vec::new();
    for moment in 1..=SAMPLES {
        // Just before the end, when everybody is still there.
        let at = length.mul_f64(f64::from(moment) / f64::from(SAMPLES + 1));
        sleep(at.saturating_sub(began.elapsed())).await;
        let sample = server.sample();
        let Sample { memory_kib, descriptors, tasks, wal } = sample;
        println!(
            "{:7.1} s {memory_kib:8} KiB {descriptors:5} descriptors {tasks:4} tasks {wal:9} bytes of log",
            began.elapsed().as_secs_f64()
        );
        samples.push(sample);
    }
    for person in people {
        person.await.unwrap();
    }
    let acks = acks.load(Ordering::Relaxed);
    println!("{acks} votes in {seconds} s");
    assert!(acks > 8 * seconds, "only {acks} votes in {seconds} s");
    check(&samples, seconds);
}
