//! What a load found, for people and for programs.

use hdrhistogram::Histogram;
use serde::Serialize;

use super::ledger::Verdict;
use super::maps::MapTimes;
use super::readers::Reads;
use super::times::Times;

/// The server's memory, in bytes resident.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct Memory {
    /// Before the first socket.
    pub before: Option<u64>,
    /// With all sockets open and nothing sent.
    pub connected: Option<u64>,
    /// At the end of the measurement, with all sockets open.
    pub loaded: Option<u64>,
}

impl Memory {
    /// Of each socket, in bytes, at one of these moments.
    fn per_socket(&self, at: Option<u64>, sockets: usize) -> Option<i64> {
        let grown = i64::try_from(at?).ok()? - i64::try_from(self.before?).ok()?;
        Some(grown / i64::try_from(sockets.max(1)).ok()?)
    }
}

/// Everything that a load found.
#[derive(Serialize)]
pub(super) struct Report {
    /// `closed`, `open`, `newcomers` or `watch`.
    pub mode: &'static str,
    /// Whether it was a server without anything in it.
    pub bare: bool,
    /// Votes acknowledged in the measurement.
    pub acked: u64,
    /// None of a bare server, which stores nothing.
    #[serde(flatten)]
    pub verdict: Option<Verdict>,
    pub refused: u64,
    pub unanswered: u64,
    /// Newcomers who could not cast a vote.
    pub turned_away: u64,
    /// Sockets that the server ended, those of slow readers not among them.
    pub disconnected: usize,
    pub rate_per_s: f64,
    #[serde(flatten)]
    pub times: Option<Times>,
    pub sockets: usize,
    pub watchers: usize,
    pub slow: usize,
    pub at_once: Option<usize>,
    pub participants: usize,
    pub statements: u32,
    pub revotes_percent: u32,
    pub wanted_rate_per_s: Option<f64>,
    pub duration_s: f64,
    pub sync_ms: Option<f64>,
    pub maps: Option<MapTimes>,
    /// Those who read the results meanwhile.
    pub reads: Option<Reads>,
    /// The server's time on a core for each vote acknowledged in the measurement, in microseconds: unlike the
    /// rate it hardly depends on what else the machine does.
    pub cpu_us_per_vote: Option<f64>,
    pub memory: Memory,
    /// Of each socket, in bytes.
    pub memory_per_socket: Option<i64>,
    pub memory_per_socket_loaded: Option<i64>,
    pub rate_limits: &'static str,
    pub slug: String,
    /// Whether the server ended every socket before the load was over: then the rate means nothing.
    pub server_ended: bool,
    /// Whether everything acknowledged is in the log exactly once, where there is one.
    pub ok: Option<bool>,
    #[serde(skip)]
    pub latencies: Option<Histogram<u64>>,
    pub reasons: Vec<(String, u64)>,
}

impl Report {
    pub fn fill_in_memory(&mut self) {
        let all = self.sockets + self.watchers + self.slow;
        if all > 0 {
            self.memory_per_socket = self.memory.per_socket(self.memory.connected, all);
            self.memory_per_socket_loaded = self.memory.per_socket(self.memory.loaded, all);
        }
    }

    /// For programs.
    pub fn json(&self) -> anyhow::Result<String> {
        Ok(serde_json::to_string_pretty(self)?)
    }

    /// For people.
    pub fn table(&self) -> String {
        let mut lines = vec![self.what()];
        lines.push(format!(
            "  {} acknowledged in {:.1} s: {:.0} a second",
            self.acked, self.duration_s, self.rate_per_s
        ));
        if let Some(times) = &self.times {
            lines.push(format!("  {} (ms)", from_to(self.mode)));
            lines.push(format!("    {}", row(times)));
        }
        if let Some(histogram) = &self.latencies {
            lines.push("    spread (ms, percentile, votes up to there)".into());
            let steps = histogram.iter_quantiles(1).filter(|step| step.count_since_last_iteration() > 0);
            let mut so_far = 0;
            for step in steps.take(24) {
                so_far += step.count_since_last_iteration();
                let ms = step.value_iterated_to() as f64 / 1e3;
                lines.push(format!("    {ms:>10.3}  {:>9.5} %  {so_far:>9}", step.percentile()));
            }
        }
        if let Some(maps) = &self.maps {
            lines.push(format!("  {} maps; from the first socket's to the last's (ms)", maps.maps));
            lines.push(format!("    {}", row(&maps.fan_out)));
            if let Some(times) = &maps.vote_to_map {
                lines.push("  from a vote to everybody's map (ms)".into());
                lines.push(format!("    {}", row(times)));
            }
        }
        lines.extend(self.reads.iter().flat_map(reads));
        lines.extend(self.machine());
        lines.extend(self.troubles());
        lines.push(self.verdict());
        lines.join("\n")
    }

    fn what(&self) -> String {
        let voters = match (self.mode, self.wanted_rate_per_s, self.at_once) {
            ("open", Some(rate), _) => format!("{} voters, open loop at {rate} votes a second", self.sockets),
            ("newcomers", _, Some(at_once)) => {
                format!("newcomers, {at_once} at once: join, connect, first vote")
            }
            ("watch", ..) => "nobody votes".to_owned(),
            _ => format!("{} voters, closed loop", self.sockets),
        };
        format!(
            "{}{voters}; {} watchers, {} who never read; {} participants, {} statements, {} % revotes; rate limits: {}",
            if self.bare { "a bare server: " } else { "" },
            self.watchers,
            self.slow,
            self.participants,
            self.statements,
            self.revotes_percent,
            self.rate_limits
        )
    }

    fn machine(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(sync) = self.sync_ms {
            lines.push(format!("  a sync of this disk takes {sync:.2} ms (median)"));
        }
        if let Some(cpu) = self.cpu_us_per_vote {
            lines.push(format!("  the server's time on a core: {cpu:.1} µs a vote"));
        }
        let mb = |bytes: Option<u64>| bytes.map_or("?".into(), |bytes| format!("{:.1}", bytes as f64 / 1e6));
        let Memory { before, connected, loaded } = self.memory;
        if before.is_some() {
            let (b, c, l) = (mb(before), mb(connected), mb(loaded));
            lines.push(format!("  the server's memory: {b} MB before, {c} MB connected, {l} MB at the end"));
        }
        if let (Some(idle), Some(loaded)) = (self.memory_per_socket, self.memory_per_socket_loaded) {
            let kb = |bytes: i64| bytes as f64 / 1e3;
            lines.push(format!("    {:.1} kB a socket connected, {:.1} kB at the end", kb(idle), kb(loaded)));
        }
        lines
    }

    fn troubles(&self) -> Vec<String> {
        let counts = [
            (self.refused, "votes were refused"),
            (self.unanswered, "votes were not answered"),
            (self.turned_away, "newcomers could not vote"),
            (self.disconnected as u64, "sockets were ended by the server"),
        ];
        let counts = counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("  {n} {what}"));
        let ended = self.server_ended.then(|| {
            "  THE SERVER ENDED all sockets before the load was over; the rate means nothing".to_owned()
        });
        let counts = ended.into_iter().chain(counts);
        let reasons = self.reasons.iter().map(|(why, n)| format!("    {why}: {n}"));
        counts.chain(reasons).collect()
    }

    fn verdict(&self) -> String {
        let Some(verdict) = self.verdict else {
            return "  nothing was stored, and nothing was checked".to_owned();
        };
        let Verdict { acked_in_all, lost, duplicated, wrong, refused_stored, .. } = verdict;
        if verdict.is_good() {
            return format!("  all {acked_in_all} acknowledged votes are in the log exactly once");
        }
        format!(
            "  NOT AS PROMISED: of {acked_in_all} acknowledged votes {lost} are lost, {duplicated} twice, {wrong} wrong; {refused_stored} refused ones are stored"
        )
    }
}

fn from_to(mode: &str) -> &'static str {
    match mode {
        "open" => "from the moment a vote was due to its ack",
        "newcomers" => "from a newcomer's first packet to the ack of their first vote",
        _ => "from sending a vote to its ack",
    }
}

fn reads(reads: &Reads) -> Vec<String> {
    let Reads { wanted_per_s, read, failed, bytes, times } = reads;
    let mut lines = vec![format!(
        "  readers, {wanted_per_s} a second: {read} pages of {bytes} bytes, {failed} failed; from when one was due (ms)"
    )];
    lines.extend(times.as_ref().map(|times| format!("    {}", row(times))));
    lines
}

fn row(times: &Times) -> String {
    let Times { p50_ms, p90_ms, p95_ms, p99_ms, p999_ms, max_ms } = times;
    format!(
        "p50 {p50_ms:.2}  p90 {p90_ms:.2}  p95 {p95_ms:.2}  p99 {p99_ms:.2}  p99.9 {p999_ms:.2}  max {max_ms:.2}"
    )
}
