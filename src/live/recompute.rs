//! When the map is computed again. PURE: moments are durations since the room opened.
//!
//! A vote shows soon, but not every vote makes a map: the room waits for a quiet gap, never longer
//! than a longest wait, and never computes more often than the map's own cost allows. In small
//! conversations votes show in batches, so that nobody can read one vote off a difference.

use std::time::Duration;

use crate::conversation::{LiveUpdates, ResultsRule, Settings};

/// How the map follows the votes.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// No vote for this long, and the map is computed.
    pub quiet_gap: Duration,
    /// A vote never waits longer than this, once the map may be computed.
    pub longest_wait: Duration,
    /// Maps are at least this far apart.
    pub min_interval: Duration,
    /// The share of a core that maps may take: a map that cost `c` is followed by a pause of
    /// `c × pause_per_cost`.
    pub pause_per_cost: u32,
    /// Batches are at least this far apart.
    pub batch_interval: Duration,
    /// A batch has new votes of at least this many people.
    pub batch_people: u64,
    /// A map that takes longer is given up, and the last one stays.
    pub deadline: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            quiet_gap: Duration::from_millis(100),
            longest_wait: Duration::from_millis(400),
            min_interval: Duration::from_millis(500),
            pause_per_cost: 3,
            batch_interval: Duration::from_secs(5),
            batch_people: 5,
            deadline: Duration::from_secs(20),
        }
    }
}

/// People placed from whom on votes may show at once.
const IMMEDIATE_FROM_PLACED: u32 = 50;

/// Whether votes show at once or in batches.
pub fn is_immediate(settings: &Settings, placed: u32) -> bool {
    match settings.live {
        LiveUpdates::Immediate => true,
        LiveUpdates::Batched => false,
        LiveUpdates::Auto => settings.results == ResultsRule::Always && placed >= IMMEDIATE_FROM_PLACED,
    }
}

/// What has happened since the last map.
#[derive(Clone, Copy, Debug, Default)]
pub struct Staleness {
    first_change: Option<Duration>,
    last_change: Duration,
    new_people: u64,
    last_map: Duration,
    rest_until: Duration,
}

impl Staleness {
    /// Something changed that the map depends on; votes of so many people have changed in all since the
    /// last map.
    pub fn changed(&mut self, now: Duration, people: u64) {
        self.first_change.get_or_insert(now);
        self.last_change = now;
        self.new_people = people;
    }

    /// A map is being computed from what is known now.
    pub fn started(&mut self) {
        self.first_change = None;
        self.new_people = 0;
    }

    /// A map was published.
    pub fn published(&mut self, now: Duration, cost: Duration, pace: &Pace) {
        self.last_map = now;
        self.spent(now, cost, pace);
    }

    /// So much was computed, whether or not anything new is published for it.
    pub fn spent(&mut self, now: Duration, cost: Duration, pace: &Pace) {
        self.rest_until = now + cost * pace.pause_per_cost;
    }

    /// When something changed last; 0 when nothing has.
    pub fn last_change(&self) -> Duration {
        self.last_change
    }

    /// Since when something has waited for a map.
    pub fn waits_since(&self) -> Option<Duration> {
        self.first_change
    }

    /// When the next map is due; `None` while there is nothing to show, or too little to show
    /// without showing who voted.
    pub fn due(&self, pace: &Pace, immediate: bool) -> Option<Duration> {
        let first = self.first_change?;
        if immediate {
            let soon = (self.last_change + pace.quiet_gap).min(first + pace.longest_wait);
            return Some(soon.max(self.earliest(pace)));
        }
        // A statement that was accepted or rejected shows with the next batch, or by itself when no
        // vote would show with it.
        let enough = self.new_people >= pace.batch_people || self.new_people == 0;
        enough.then(|| self.earliest(pace).max(self.last_map + pace.batch_interval))
    }

    /// Before that, no map may follow the last one: their cost would be more than their share.
    pub fn earliest(&self, pace: &Pace) -> Duration {
        (self.last_map + pace.min_interval).max(self.rest_until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    #[test]
    fn nothing_new_makes_no_map() {
        assert_eq!(Staleness::default().due(&Pace::default(), true), None);
    }

    #[test]
    fn a_vote_shows_after_a_quiet_gap_and_at_the_latest_after_the_longest_wait() {
        let mut stale = Staleness::default();
        stale.changed(MS(10_000), 1);
        assert_eq!(stale.due(&Pace::default(), true), Some(MS(10_100)));
        for n in 1..9 {
            stale.changed(MS(10_000 + n * 90), 1);
        }
        assert_eq!(stale.due(&Pace::default(), true), Some(MS(10_400)));
    }

    #[test]
    fn maps_keep_their_distance_and_costly_ones_a_larger_one() {
        let mut stale = Staleness::default();
        let pace = Pace::default();
        stale.published(MS(10_000), MS(10), &pace);
        stale.changed(MS(10_001), 1);
        assert_eq!(stale.due(&Pace::default(), true), Some(MS(10_500)));
        stale.spent(MS(10_000), MS(1_000), &pace);
        assert_eq!(stale.due(&Pace::default(), true), Some(MS(13_000)));
    }

    #[test]
    fn a_batch_waits_for_votes_of_five_people_and_five_seconds() {
        let mut stale = Staleness::default();
        stale.published(MS(1_000), MS(1), &Pace::default());
        stale.changed(MS(1_100), 4);
        assert_eq!(stale.due(&Pace::default(), false), None);
        stale.changed(MS(1_200), 5);
        assert_eq!(stale.due(&Pace::default(), false), Some(MS(6_000)));
        stale.started();
        stale.changed(MS(7_000), 0);
        assert_eq!(stale.due(&Pace::default(), false), Some(MS(6_000)), "a rejection alone shows");
    }

    #[test]
    fn votes_show_at_once_only_in_the_open_and_among_fifty() {
        let open = Settings { results: ResultsRule::Always, ..Settings::default() };
        assert!(is_immediate(&open, 50) && !is_immediate(&open, 49));
        assert!(!is_immediate(&Settings::default(), 5_000));
        assert!(is_immediate(&Settings { live: LiveUpdates::Immediate, ..Settings::default() }, 0));
    }
}
