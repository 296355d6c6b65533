//! When maps arrived: how long one takes to reach everybody, and how long a vote takes to be on
//! everybody's.

use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

use super::ledger::{Fate, Ledger};
use super::times::{Times, histogram};

/// The versions that one socket got, and when.
#[derive(Default)]
pub(super) struct Arrivals(Vec<(u64, Instant)>);

impl Arrivals {
    pub fn note(&mut self, version: u64) {
        self.0.push((version, Instant::now()));
    }

    /// When this socket had a map that covers this position in the log.
    fn covered(&self, seq: u64) -> Option<Instant> {
        let at = self.0.partition_point(|(version, _)| *version < seq);
        self.0.get(at).map(|(_, when)| *when)
    }
}

/// What is known of the maps of a run.
#[derive(serde::Serialize)]
pub(super) struct MapTimes {
    /// Maps that reached every socket while the load ran.
    pub maps: usize,
    /// From a map's first arrival anywhere until every socket had it or a newer one.
    pub fan_out: Times,
    /// From sending a vote until every socket had a map that covers it.
    pub vote_to_map: Option<Times>,
}

/// Looks at the arrivals of all sockets from `began` to `ended`.
pub(super) fn times(
    all: &[Arrivals],
    ledgers: &[Ledger],
    (began, ended): (Instant, Instant),
) -> Option<MapTimes> {
    let mut versions: Vec<(u64, Instant)> = Vec::new();
    for (version, when) in all.iter().flat_map(|arrivals| &arrivals.0) {
        match versions.binary_search_by_key(version, |(v, _)| *v) {
            Ok(at) => versions[at].1 = versions[at].1.min(*when),
            Err(at) => versions.insert(at, (*version, *when)),
        }
    }
    let everybody = |seq: u64| -> Option<Instant> {
        all.iter().map(|arrivals| arrivals.covered(seq)).collect::<Option<Vec<_>>>()?.into_iter().max()
    };
    let reached: Vec<(u64, Instant, Instant)> =
        versions.iter().filter_map(|(v, first)| Some((*v, *first, everybody(*v)?))).collect();
    let mut fan_out = histogram();
    let measured = reached.iter().filter(|(_, first, _)| (began..=ended).contains(first));
    measured.for_each(|(_, first, last)| record(&mut fan_out, last.duration_since(*first)));
    let maps = fan_out.len() as usize;
    let mut vote_to_map = histogram();
    for sent in ledgers.iter().flat_map(|l| &l.sent).filter(|s| s.measured && s.fate == Fate::Acked) {
        let at = reached.partition_point(|(version, ..)| *version < sent.seq);
        if let Some((_, _, last)) = reached.get(at) {
            record(&mut vote_to_map, last.duration_since(sent.cast));
        }
    }
    (maps > 0).then(|| MapTimes {
        maps,
        fan_out: Times::of(&fan_out),
        vote_to_map: (!vote_to_map.is_empty()).then(|| Times::of(&vote_to_map)),
    })
}

fn record(histogram: &mut Histogram<u64>, time: Duration) {
    let us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    histogram.saturating_record(us.max(1));
}
