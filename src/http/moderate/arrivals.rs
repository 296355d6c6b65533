//! How many statements came in on each of the last days.

use crate::domain::Timestamp;
use crate::texts::{Texts, iso_day};

/// Days that are shown.
const DAYS: usize = 11;
const DAY_US: i64 = 24 * 3_600 * 1_000_000;
const HOUR_US: i64 = 3_600 * 1_000_000;

/// How many statements came in.
pub(super) struct Arrivals {
    /// Each day with its name and its number, today last.
    pub days: Vec<(String, u32)>,
    /// In the last hour.
    pub last_hour: u32,
}

impl Arrivals {
    /// From the moments at which they did.
    pub fn of(moments: impl Iterator<Item = Timestamp>, now: Timestamp, texts: &Texts) -> Self {
        let day_of = |ago: usize| Timestamp(now.0 - DAY_US * i64::try_from(ago).unwrap_or(0));
        let days: Vec<Timestamp> = (0..DAYS).rev().map(day_of).collect();
        let names: Vec<String> = days.iter().map(|day| iso_day(*day)).collect();
        let mut counts = vec![0u32; DAYS];
        let mut last_hour = 0;
        for moment in moments {
            last_hour += u32::from((0..=HOUR_US).contains(&(now.0 - moment.0)));
            let name = iso_day(moment);
            if let Some(count) = names.iter().position(|day| *day == name).and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
        let days = days.iter().map(|day| texts.day(day)).zip(counts);
        Self { days: days.collect(), last_hour }
    }

    /// The bars: each with its place and its height in percent.
    pub fn bars(&self) -> Vec<(usize, u32)> {
        let most = self.most().max(1);
        self.days.iter().enumerate().map(|(at, (_, count))| (at, 100 * count / most)).collect()
    }

    /// How many came on the day on which most came.
    pub fn most(&self) -> u32 {
        self.days.iter().map(|(_, count)| *count).max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_statement_is_on_its_day_and_older_ones_on_none() {
        let now = Timestamp(1_800_000_000_000_000);
        let moments = [0, HOUR_US / 2, 2 * DAY_US, 2 * DAY_US, 30 * DAY_US].map(|ago| Timestamp(now.0 - ago));
        let found = Arrivals::of(moments.into_iter(), now, Texts::english());
        let counts: Vec<u32> = found.days.iter().map(|(_, count)| *count).collect();
        assert_eq!((counts.iter().sum::<u32>(), counts[DAYS - 3], found.last_hour), (4, 2, 2));
        assert_eq!(found.bars()[DAYS - 3], (DAYS - 3, 100));
    }
}
