//! What is asked of a load: puts a server under load over real WebSockets, and holds what it acknowledged
//! against its log.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::bail;
use clap::{ArgAction, Args, ValueEnum};
use hdrhistogram::Histogram;
use jiff::SignedDuration;

use boule::store::Store;

use boule::cli::DataArgs;

use crate::drive::CrowdReport;
use crate::ledger::{self, Fate};
use crate::report::Report;
use crate::target::Target;
use crate::times::{Times, histogram};
use crate::{bare, machine, maps, stage};

/// Put a running server under load, and check that it kept its word
///
/// It makes a conversation of its own on the server, as an organiser does, joins, opens sockets and
/// votes. At the end it reads the server's log and checks that every acknowledged vote is in it
/// exactly once. It comes with the operator's key and is exempt from rate limits. Exit code 1 when
/// the server did not keep its word.
///
/// Without --rate each voter votes again as soon as the last vote was acknowledged (closed loop).
/// With --rate votes are due at random moments, and times count from those (open loop).
///
/// With --bare the same load goes to a server without anything in it: what is left when a server has
/// no work. Compare only runs that were made one after the other.
#[derive(Args)]
pub(crate) struct Load {
    #[command(flatten)]
    pub(crate) data: DataArgs,
    /// The server's address
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    pub(crate) url: String,
    /// Another node on the same database: people come there, and it passes them on to --url, where the conversation was made
    #[arg(long, value_name = "URL", requires = "through_key", conflicts_with = "bare")]
    pub(crate) through: Option<String>,
    /// The file with that node's operator's key
    #[arg(long, value_name = "FILE", requires = "through")]
    pub(crate) through_key: Option<std::path::PathBuf>,
    /// Voters: one socket, one person, one vote in flight each
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(0..=50_000))]
    pub(crate) sockets: u32,
    /// How long votes are measured, such as 15s, 500ms or 2m
    #[arg(long, default_value = "15s", value_parser = duration)]
    pub(crate) duration: Duration,
    /// Over how long sockets are opened
    #[arg(long, default_value = "0s", value_parser = duration)]
    pub(crate) ramp: Duration,
    /// Votes a second in all, in an open loop
    #[arg(long, value_name = "PER_SECOND")]
    pub(crate) rate: Option<f64>,
    /// Votes in all that are cast before the measurement
    #[arg(long, value_name = "VOTES", default_value_t = 0)]
    pub(crate) warm_up: u32,
    /// People in the conversation; those beyond the voters join and stay silent
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    pub(crate) participants: u32,
    /// Its statements
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) statements: u32,
    /// How many of a hundred votes change an earlier one
    #[arg(long, value_name = "PERCENT", default_value_t = 10, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(crate) revotes: u32,
    /// Sockets that only watch
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=50_000))]
    pub(crate) watchers: u32,
    /// Sockets that never read, with small buffers
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=50_000))]
    pub(crate) slow: u32,
    /// Readers of the results page, a second: each comes once
    #[arg(long, value_name = "PER_SECOND", conflicts_with = "bare", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub(crate) readers: Option<u32>,
    /// Instead of voters: this many newcomers at once, each of whom joins, connects, votes and leaves
    #[arg(long, value_name = "AT_ONCE", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub(crate) newcomers: Option<u32>,
    /// Instead of a running server: a bare one in this process, which answers at once and does
    /// nothing else
    #[arg(long, conflicts_with_all = ["url", "data", "config", "not_loopback"])]
    pub(crate) bare: bool,
    /// The seed of choices and moments
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Say it twice to put a server under load that is not on this machine
    #[arg(long, action = ArgAction::Count)]
    pub(crate) not_loopback: u8,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Format {
    /// For programs
    Json,
    /// For people
    Table,
}

impl Load {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        if self.rate.is_some_and(|rate| !(rate > 0.0 && rate <= 1e6)) {
            bail!("--rate must be above 0 and at most 1000000 votes a second");
        }
        if self.rate.is_some() && self.sockets == 0 {
            bail!("--rate needs voters: --sockets must be above 0");
        }
        let all = self.descriptors();
        if rlimit::increase_nofile_limit(all).unwrap_or(0) < all {
            bail!("this system does not let one process open {all} sockets; raise its limit (ulimit -n)");
        }
        let report = if self.bare { self.against_bare().await? } else { self.against_boule().await? };
        match self.format {
            Format::Json => boule::say!("{}", report.json()?),
            Format::Table => boule::say!("{}", report.table()),
        }
        Ok(if report.ok != Some(false) && !report.server_ended {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(1)
        })
    }

    /// File descriptors that it takes at most: a bare server has its ends in this process, too.
    fn descriptors(&self) -> u64 {
        let voters = self.newcomers.unwrap_or(self.sockets);
        let ends = if self.bare { 2 } else { 1 };
        u64::from(voters + self.watchers + self.slow) * ends + 512
    }

    async fn against_boule(&self) -> anyhow::Result<Report> {
        let target = Target::resolve(&self.url, self.not_loopback).await?;
        let dir = self.data.beside()?;
        eprintln!("load: makes a conversation with {} statements", self.statements);
        let mut stage = stage::set(&dir, &target, self.statements).await?;
        if let (Some(through), Some(key)) = (&self.through, &self.through_key) {
            stage.wire.target = Target::resolve(through, self.not_loopback).await?;
            stage.wire.operator_key = std::fs::read_to_string(key)?.trim().to_owned();
        }
        let sync_ms = machine::sync_ms(dir.path());
        let page = format!("http://{}/c/{}/results", stage.wire.target.address, stage.wire.slug);
        let brought = self.drive(&stage.wire, Some(&dir), Some(page)).await?;
        eprintln!("load: reads the log");
        let store = Store::open_beside(&dir).await?;
        let verdict = ledger::verify(&store, stage.conversation, &brought.ledgers).await?;
        store.close().await;
        Ok(self.report(brought, Some(verdict), sync_ms, stage.wire.slug))
    }

    async fn against_bare(&self) -> anyhow::Result<Report> {
        let bare = bare::BareServer::start(self.statements)?;
        let brought = self.drive(&bare.wire, None, None).await?;
        Ok(self.report(brought, None, None, bare.wire.slug.clone()))
    }

    fn report(
        &self,
        brought: CrowdReport,
        verdict: Option<ledger::Verdict>,
        sync_ms: Option<f64>,
        slug: String,
    ) -> Report {
        let VoteCounts { acked, refused, unanswered, latencies } = VoteCounts::of(&brought.ledgers);
        let (began, ended) = brought.measured.unwrap_or_else(|| (Instant::now(), Instant::now()));
        let duration_s = ended.duration_since(began).as_secs_f64();
        let newcomers = self.newcomers.map(|n| n as usize);
        let sockets = if newcomers.is_some() { 0 } else { self.sockets as usize };
        let everybody = sockets + self.watchers as usize;
        let mode = match (newcomers, self.rate) {
            (Some(_), _) => "newcomers",
            _ if sockets == 0 => "watch",
            (_, Some(_)) => "open",
            _ => "closed",
        };
        let reasons = counted_reasons(brought.refusals.into_iter());
        let mut report = Report {
            mode,
            bare: self.bare,
            acked,
            verdict,
            refused,
            unanswered,
            turned_away: brought.turned_away,
            disconnected: brought.disconnected,
            rate_per_s: acked as f64 / duration_s.max(1e-9),
            times: (acked > 0).then(|| Times::of(&latencies)),
            sockets,
            watchers: self.watchers as usize,
            slow: self.slow as usize,
            at_once: newcomers,
            participants: (self.participants as usize).max(sockets),
            statements: self.statements,
            revotes_percent: self.revotes,
            wanted_rate_per_s: self.rate,
            duration_s,
            sync_ms,
            reads: brought.reads.clone(),
            maps: maps::times(&brought.arrivals, &brought.ledgers, (began, ended)),
            cpu_us_per_vote: brought.cpu_s.filter(|_| acked > 0).map(|cpu| cpu * 1e6 / acked as f64),
            memory: brought.memory,
            memory_per_socket: None,
            memory_per_socket_loaded: None,
            rate_limits: if self.bare { "none" } else { "exempt, by the operator's key" },
            slug,
            server_ended: everybody > 0 && brought.disconnected >= everybody,
            ok: verdict.map(|verdict| verdict.is_good()),
            latencies: (acked > 0).then_some(latencies),
            reasons,
        };
        report.fill_in_memory();
        report
    }
}

/// What became of all votes.
struct VoteCounts {
    acked: u64,
    refused: u64,
    unanswered: u64,
    latencies: Histogram<u64>,
}

impl VoteCounts {
    fn of(ledgers: &[ledger::Ledger]) -> Self {
        let mut counted = Self { acked: 0, refused: 0, unanswered: 0, latencies: histogram() };
        for sent in ledgers.iter().flat_map(|ledger| &ledger.sent) {
            match sent.fate {
                Fate::Acked if sent.measured => {
                    counted.acked += 1;
                    let us = u64::try_from(sent.latency.as_micros()).unwrap_or(u64::MAX);
                    counted.latencies.saturating_record(us.max(1));
                }
                Fate::Acked => {}
                Fate::Unanswered => counted.unanswered += 1,
                Fate::Refused => counted.refused += 1,
            }
        }
        counted
    }
}

/// How often each reason was given.
fn counted_reasons(all: impl Iterator<Item = String>) -> Vec<(String, u64)> {
    let mut reasons: Vec<(String, u64)> = Vec::new();
    for why in all {
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, n)) => *n += 1,
            None => reasons.push((why, 1)),
        }
    }
    reasons
}

/// No load runs longer.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// Reads `15s`, `500ms`, `2m`, or a plain number of seconds.
fn duration(text: &str) -> Result<Duration, String> {
    let seconds = text.parse::<u32>().map(|seconds| SignedDuration::from_secs(seconds.into()));
    let duration = seconds
        .or_else(|_| text.parse::<SignedDuration>())
        .map_err(|_| "use a number and ms, s, m or h, such as 15s".to_owned())?;
    match Duration::try_from(duration) {
        Ok(duration) if duration <= LONGEST => Ok(duration),
        _ => Err("between nothing and 24h".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        load: Load,
    }

    #[test]
    fn every_socket_has_a_descriptor_and_of_a_bare_server_two() {
        let descriptors = |line: &str| {
            let words = std::iter::once("load").chain(line.split_whitespace());
            <Line as clap::Parser>::try_parse_from(words).unwrap().load.descriptors() - 512
        };
        assert_eq!(descriptors("--sockets 5 --watchers 7 --slow 2"), 14);
        assert_eq!(descriptors("--sockets 5000 --newcomers 64 --watchers 1"), 65);
        assert_eq!(descriptors("--bare --newcomers 4096"), 8192);
    }

    #[test]
    fn durations_read_with_their_units() {
        assert_eq!(duration("15s").unwrap(), Duration::from_secs(15));
        assert_eq!(duration("500ms").unwrap(), Duration::from_millis(500));
        assert_eq!(duration("1.5m").unwrap(), Duration::from_secs(90));
        assert_eq!(duration("15").unwrap(), Duration::from_secs(15));
        for bad in ["", "s", "3d", "-1s", "25h", "1.5"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }
}
