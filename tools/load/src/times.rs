//! Times, and how they are summed up.

use hdrhistogram::Histogram;
use serde::Serialize;

/// Times up to a minute, to three digits, in microseconds.
pub(super) fn histogram() -> Histogram<u64> {
    // These bounds are in order and the digits are few: it can be made.
    let mut histogram = Histogram::new_with_bounds(1, 60_000_000, 3).unwrap_or_else(|_| auto());
    histogram.auto(true);
    histogram
}

#[allow(clippy::expect_used, reason = "3 digits are among the 0 to 5 that there may be")]
fn auto() -> Histogram<u64> {
    Histogram::new(3).expect("3 digits")
}

/// Times in milliseconds.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Times {
    pub p50_ms: f64,
    pub p90_ms: f64,
    pub p95_ms: f64,
    pub p99_ms: f64,
    pub p999_ms: f64,
    pub max_ms: f64,
}

impl Times {
    pub fn of(histogram: &Histogram<u64>) -> Self {
        let at = |quantile| histogram.value_at_quantile(quantile) as f64 / 1e3;
        Self {
            p50_ms: at(0.5),
            p90_ms: at(0.9),
            p95_ms: at(0.95),
            p99_ms: at(0.99),
            p999_ms: at(0.999),
            max_ms: histogram.max() as f64 / 1e3,
        }
    }
}
