//! Those who read the results page, as browsers do, while others vote.

use std::sync::Arc;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use serde::Serialize;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::times::{Times, histogram};

/// Reads that are under way at once, at most; who would be one more is counted as having failed.
const AT_ONCE: usize = 512;
/// A read that takes longer has failed.
const WITHIN: Duration = Duration::from_secs(10);

/// What readers found.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Reads {
    /// How many were to come, a second.
    pub wanted_per_s: f64,
    /// Pages that came whole.
    pub read: u64,
    /// Pages that did not, or not in time.
    pub failed: u64,
    /// The size of one, as it was sent.
    pub bytes: u64,
    /// From the moment a page was due to its last byte.
    pub times: Option<Times>,
}

/// One page that came.
struct Page {
    took: Duration,
    bytes: u64,
}

/// Reads a page so many times a second until then, at even distances.
pub(super) async fn read(url: String, per_second: f64, until: Instant) -> anyhow::Result<Reads> {
    let client = reqwest::Client::builder().timeout(WITHIN).build()?;
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    let mut reading: JoinSet<Option<Page>> = JoinSet::new();
    let mut failed = 0;
    let mut due = Instant::now();
    while due < until {
        tokio::time::sleep_until(due.into()).await;
        match Arc::clone(&permits).try_acquire_owned() {
            Ok(permit) => {
                let (client, url) = (client.clone(), url.clone());
                reading.spawn(async move {
                    let page = page(&client, &url, due).await;
                    drop(permit);
                    page
                });
            }
            Err(_) => failed += 1,
        }
        due += Duration::from_secs_f64(1.0 / per_second);
    }
    let mut reads = Reads { wanted_per_s: per_second, read: 0, failed, bytes: 0, times: None };
    let mut spread: Histogram<u64> = histogram();
    while let Some(done) = reading.join_next().await {
        match done? {
            Some(page) => {
                reads.read += 1;
                reads.bytes = page.bytes;
                spread.saturating_record(u64::try_from(page.took.as_micros()).unwrap_or(u64::MAX).max(1));
            }
            None => reads.failed += 1,
        }
    }
    reads.times = (reads.read > 0).then(|| Times::of(&spread));
    Ok(reads)
}

async fn page(client: &reqwest::Client, url: &str, due: Instant) -> Option<Page> {
    // As browsers ask; nothing is unpacked here.
    let answer = client.get(url).header("accept-encoding", "gzip, deflate, br").send().await.ok()?;
    let answer = answer.error_for_status().ok()?;
    let bytes = answer.bytes().await.ok()?.len() as u64;
    Some(Page { took: due.elapsed(), bytes })
}
