//! Many at once: stretches of time in which far more people came than in those before.

/// From when on many at once are told.
#[derive(Clone, Copy, Debug)]
pub struct BurstParams {
    /// How long a stretch is, in any unit of time.
    pub stretch: i64,
    /// How many stretches before it say what is usual.
    pub before: u32,
    /// People who came in it.
    pub people: u32,
    /// How many times as many as usual.
    pub times: f64,
}

/// Minutes, in microseconds.
const MINUTE: i64 = 60_000_000;

impl Default for BurstParams {
    fn default() -> Self {
        Self { stretch: 10 * MINUTE, before: 144, people: 20, times: 6.0 }
    }
}

/// A stretch in which many came.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Burst {
    /// When it began.
    pub from: i64,
    /// How many came.
    pub people: u32,
    /// How many came in one of those before it, on average.
    pub usual: f64,
}

/// The stretches in which many came, in their order. `arrivals` are moments; those of one stretch begin at a multiple of its length.
pub fn bursts(arrivals: &[i64], params: BurstParams) -> Vec<Burst> {
    let stretch = params.stretch.max(1);
    let mut counts: std::collections::BTreeMap<i64, u32> = std::collections::BTreeMap::new();
    for arrival in arrivals {
        *counts.entry(arrival.div_euclid(stretch)).or_default() += 1;
    }
    let Some(first) = counts.keys().next().copied() else { return Vec::new() };
    let found = counts.iter().filter_map(|(at, people)| {
        let since = (at - i64::from(params.before)).max(first);
        let earlier: u32 = counts.range(since..*at).map(|(_, count)| *count).sum();
        // At the beginning nothing is usual yet.
        let known = (at - since).max(0);
        if known == 0 {
            return None;
        }
        let usual = f64::from(earlier) / known as f64;
        let is_many = *people >= params.people && f64::from(*people) >= params.times * usual;
        is_many.then_some(Burst { from: at * stretch, people: *people, usual })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: BurstParams = BurstParams { stretch: 10, before: 6, people: 20, times: 6.0 };

    #[test]
    fn six_times_as_many_as_usual_are_many_and_the_first_are_not() {
        // Fifty at the start, then two in each stretch, then thirty, then two again.
        let mut arrivals = vec![5; 50];
        for at in 1..20 {
            arrivals.extend([at * 10 + 1, at * 10 + 2]);
        }
        arrivals.extend((0..30).map(|_| 155));
        let found = bursts(&arrivals, PARAMS);
        assert_eq!(found, [Burst { from: 150, people: 32, usual: 2.0 }]);
        assert!(bursts(&[], PARAMS).is_empty());
    }
}
