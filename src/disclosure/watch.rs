//! What moderators are told of what happens now. PURE.
//!
//! A moderator may take part, too, with several browsers. So nothing here tells how one person voted, or that one came: counts are
//! told in steps, and only where enough people are in them.

use crate::conversation::Settings;
use crate::domain::Timestamp;
use crate::opinion::watch::Burst;

/// Counts of what happens are told in steps of so many.
const STEP: u32 = 5;
/// Counts of people who give one answer to everything are told in steps of so many, from twice as many on.
const STRAIGHT_STEP: u32 = 10;

/// What a set of people is called on pages. It says nothing of them, and is another one after each start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SetName(pub u64);

/// How many people, in steps, where that may be told of at least `min` people.
pub fn told_people(count: usize, min: u32) -> Option<u32> {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    (count >= min.max(STEP)).then(|| in_steps(count, STEP))
}

/// What was counted.
#[derive(Clone, Debug, Default)]
pub struct WatchNumbers {
    /// Votes in the last ten minutes, and in ten minutes of the day before on average, where that is known.
    pub votes: (u32, Option<f64>),
    /// Newcomers in the last hour, and in an hour of the day before on average, where that is known.
    pub newcomers: (u32, Option<f64>),
    /// Newcomers of the last hour by channel.
    pub channels: Vec<(Option<String>, u32)>,
    /// The most that came from one network within twenty minutes.
    pub from_one_network: u32,
    /// The last time that many came at once, within a day.
    pub burst: Option<Burst>,
    /// The groups that may be shown.
    pub groups: Vec<GroupNumbers>,
    /// Since when; those who are on the map then and now; and of them those who are in another group.
    pub moved: Vec<(Timestamp, u32, u32)>,
    /// The sets of people with equal votes, and how many they are.
    pub copies: Vec<(SetName, usize)>,
    /// People who give one answer to everything.
    pub straight_liners: usize,
}

/// A group's size now and before.
#[derive(Clone, Debug)]
pub struct GroupNumbers {
    /// Its letter, and the letter's place in the alphabet.
    pub label: String,
    /// See `label`.
    pub letter: u32,
    /// Its people.
    pub size: u32,
    /// The same before, the latest first, with the moment.
    pub before: Vec<(Timestamp, u32)>,
}

/// What is told.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ToldWatch {
    /// Votes in the last ten minutes, and as many as usual, where that is known.
    pub votes: (u32, Option<u32>),
    /// Newcomers in the last hour, and as many as usual, where that is known.
    pub newcomers: (u32, Option<u32>),
    /// Newcomers of the last hour by channel, most first; without one for those who came by themselves.
    pub channels: Vec<(Option<String>, u32)>,
    /// How many came from one network within twenty minutes.
    pub from_one_network: Option<u32>,
    /// When many came at once, how many, and how many would be usual.
    pub burst: Option<(Timestamp, u32, u32)>,
    /// The groups.
    pub groups: Vec<ToldGroup>,
    /// Since when how many of a hundred are in another group; `None` where hardly anybody is.
    pub moved: Vec<(Timestamp, Option<u32>)>,
    /// Sets of people with equal votes, and how many they are.
    pub copies: Vec<(SetName, u32)>,
    /// People who give one answer to everything.
    pub straight_liners: Option<u32>,
}

/// A group now and before.
#[derive(Clone, PartialEq, Debug)]
pub struct ToldGroup {
    /// Its letter, and the letter's place in the alphabet.
    pub label: String,
    /// See `label`.
    pub letter: u32,
    /// Its people: a number that the results tell, too.
    pub size: u32,
    /// Since when it has how many more or fewer, in steps.
    pub change: Vec<(Timestamp, i64)>,
}

impl ToldWatch {
    /// What may be told of these numbers, of at least `min` people.
    pub fn new(numbers: &WatchNumbers, min: u32) -> Self {
        let enough = |count: u32| told_people(count as usize, min);
        let mut channels: Vec<_> = numbers
            .channels
            .iter()
            .filter_map(|(channel, came)| Some((channel.clone(), enough(*came)?)))
            .collect();
        channels.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let moved = |(since, all, moved): &(Timestamp, u32, u32)| {
            let percent = 100 * u64::from(*moved) / u64::from((*all).max(1)) / 10 * 10;
            (*since, u32::try_from(percent).ok().filter(|percent| *percent > 0 && *moved >= min.max(STEP)))
        };
        let burst = numbers.burst.map(|burst| {
            (Timestamp(burst.from), in_steps(burst.people, STEP), in_steps(burst.usual.round() as u32, STEP))
        });
        let straight = u32::try_from(numbers.straight_liners).unwrap_or(u32::MAX);
        Self {
            votes: (in_steps(numbers.votes.0, STEP), rounded(numbers.votes.1)),
            newcomers: (in_steps(numbers.newcomers.0, STEP), rounded(numbers.newcomers.1)),
            channels,
            from_one_network: enough(numbers.from_one_network),
            burst,
            groups: numbers.groups.iter().map(ToldGroup::of).collect(),
            moved: numbers.moved.iter().map(moved).collect(),
            copies: numbers.copies.iter().map(|(name, size)| (*name, in_steps(*size as u32, STEP))).collect(),
            straight_liners: (straight >= 2 * STRAIGHT_STEP).then(|| in_steps(straight, STRAIGHT_STEP)),
        }
    }
}

impl ToldWatch {
    /// Whether an organiser asked to be told of this. It goes by what is told: so a mail says no more than the page.
    pub fn alarms(&self, settings: &Settings) -> bool {
        let copies = self.copies.iter().map(|(_, people)| *people).max().unwrap_or(0);
        self.alarms_of_newcomers(settings) || reaches(copies, settings.alarm_copies)
    }

    /// The same of newcomers alone.
    pub fn alarms_of_newcomers(&self, settings: &Settings) -> bool {
        reaches(self.newcomers.0, settings.alarm_newcomers)
    }
}

impl ToldGroup {
    fn of(group: &GroupNumbers) -> Self {
        let change = |(since, before): &(Timestamp, u32)| {
            let change = i64::from(group.size) - i64::from(*before);
            (*since, change / i64::from(STEP) * i64::from(STEP))
        };
        Self {
            label: group.label.clone(),
            letter: group.letter,
            size: group.size,
            change: group.before.iter().map(change).collect(),
        }
    }
}

fn rounded(usual: Option<f64>) -> Option<u32> {
    usual.map(|usual| in_steps(usual.round() as u32, STEP))
}

/// Whether a count is what somebody asked to be told of; 0 for never.
fn reaches(count: u32, threshold: u32) -> bool {
    threshold > 0 && count >= threshold
}

/// Rounded down.
fn in_steps(count: u32, step: u32) -> u32 {
    count - count % step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_more_or_fewer_changes_nothing_but_at_a_step() {
        let told = |came: u32, moved: u32, straight: usize| {
            let numbers = WatchNumbers {
                newcomers: (came, Some(0.4)),
                channels: vec![(None, came), (Some("poster".into()), 4)],
                from_one_network: came,
                moved: vec![(Timestamp(1), 100, moved)],
                straight_liners: straight,
                ..WatchNumbers::default()
            };
            ToldWatch::new(&numbers, 5)
        };
        let all = told(9, 12, 29);
        assert_eq!(
            (all.newcomers, all.channels, all.from_one_network),
            ((5, Some(0)), vec![(None, 5)], Some(5))
        );
        assert_eq!((all.moved, all.straight_liners), (vec![(Timestamp(1), Some(10))], Some(20)));
        assert_eq!(told(5, 12, 29), told(9, 12, 29));
        let few = told(4, 4, 19);
        assert_eq!((few.newcomers.0, few.from_one_network, few.straight_liners), (0, None, None));
        assert_eq!((few.moved, few.channels), (vec![(Timestamp(1), None)], Vec::new()));
    }
}
