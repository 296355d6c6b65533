//! What happens in a conversation from minute to minute, for its moderators: votes, newcomers, groups as they were before.
//!
//! In memory only, of the last day, and gone with the process. Networks are known by a number that nobody can turn into an address,
//! made under a key that is another one each day.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::PublishedMap;
use crate::conversation::{EventBody, NewEvent};
use crate::disclosure::{GroupNumbers, SetName, SharedGroup, WatchNumbers, letter_index};
use crate::domain::{ParticipantNumber, Seq, Timestamp};
use crate::opinion::watch::{BurstParams, bursts};

const MINUTE_US: i64 = 60_000_000;
const DAY_MINUTES: i64 = 24 * 60;
/// Networks that are counted apart; those that come later that day are not.
const MOST_NETWORKS: usize = 20_000;
/// Channels that are counted apart.
const MOST_CHANNELS: usize = 200;
/// Groups as they were are kept so many minutes apart, and of the last hour all of these.
const GROUPS_APART: i64 = 10;

/// Counts by the minute, of the last day.
#[derive(Clone, Debug, Default)]
struct Minutes(VecDeque<(i64, u32)>);

impl Minutes {
    fn add(&mut self, minute: i64, count: u32) {
        match self.0.back_mut() {
            Some((last, so_far)) if *last >= minute => *so_far += count,
            _ => self.0.push_back((minute, count)),
        }
        while self.0.front().is_some_and(|(first, _)| *first <= minute - DAY_MINUTES) {
            self.0.pop_front();
        }
    }

    /// Whether there was none in the day before this minute.
    fn is_over(&self, minute: i64) -> bool {
        self.0.back().is_none_or(|(last, _)| *last <= minute - DAY_MINUTES)
    }

    /// How many in the minutes after `from` up to `until`.
    fn between(&self, from: i64, until: i64) -> u32 {
        self.0.iter().filter(|(minute, _)| *minute > from && *minute <= until).map(|(_, count)| *count).sum()
    }

    /// The moments of all of them, in microseconds: those of one minute at its beginning.
    fn moments(&self) -> Vec<i64> {
        self.0
            .iter()
            .flat_map(|(minute, count)| std::iter::repeat_n(minute * MINUTE_US, *count as usize))
            .collect()
    }
}

/// The groups of a map, and who was in which.
#[derive(Clone, Debug)]
struct GroupsThen {
    /// When.
    at: Timestamp,
    version: Seq,
    /// The letter of each participant's group by its place in the alphabet, by number; [`NOBODY`] for those in none.
    letters: Vec<u8>,
}

const NOBODY: u8 = u8::MAX;

impl GroupsThen {
    fn of(map: &PublishedMap) -> Self {
        let most = map.map.participants.last().map_or(0, |last| last.id.0 as usize + 1);
        let mut letters = vec![NOBODY; most];
        for person in &map.map.participants {
            let Some(placement) = person.placement else { continue };
            let group = map.map.groups.iter().find(|group| group.id == placement.group);
            let letter = group.map(|group| letter_index(&group.label));
            let letter = letter.and_then(|letter| u8::try_from(letter).ok()).unwrap_or(NOBODY);
            if let Some(slot) = letters.get_mut(person.id.0 as usize) {
                *slot = letter;
            }
        }
        Self { at: map.at, version: map.version, letters }
    }

    /// How many were in a group.
    fn size(&self, letter: u32) -> u32 {
        let in_it = self.letters.iter().filter(|one| u32::from(**one) == letter).count();
        u32::try_from(in_it).unwrap_or(u32::MAX)
    }

    /// Those who are in a group in both, and of them those who are in another one.
    fn moved(&self, later: &Self) -> (u32, u32) {
        let both = self.letters.iter().zip(&later.letters).filter(|(a, b)| **a != NOBODY && **b != NOBODY);
        let (all, moved) = both.fold((0, 0), |(all, moved), (a, b)| (all + 1, moved + u32::from(a != b)));
        (all, moved)
    }
}

/// What is kept, and since when.
#[derive(Default)]
struct Kept {
    since: Option<Timestamp>,
    votes: Minutes,
    newcomers: Minutes,
    /// The last newcomer of each minute: they are numbered as they come.
    last_newcomers: VecDeque<(i64, ParticipantNumber)>,
    channels: BTreeMap<Option<String>, Minutes>,
    /// The day of the key, and the key.
    key: Option<(i64, RandomState)>,
    networks: HashMap<u64, Minutes>,
    groups: VecDeque<GroupsThen>,
}

impl Kept {
    fn note_channel(&mut self, minute: i64, channel: Option<String>) {
        if self.channels.len() >= MOST_CHANNELS && !self.channels.contains_key(&channel) {
            self.channels.retain(|_, came| !came.is_over(minute));
        }
        if self.channels.len() < MOST_CHANNELS || self.channels.contains_key(&channel) {
            self.channels.entry(channel).or_default().add(minute, 1);
        }
    }

    fn note_newcomer(&mut self, minute: i64, number: ParticipantNumber) {
        match self.last_newcomers.back_mut() {
            Some((last, newest)) if *last >= minute => *newest = number,
            _ => self.last_newcomers.push_back((minute, number)),
        }
        while self.last_newcomers.front().is_some_and(|(first, _)| *first <= minute - DAY_MINUTES) {
            self.last_newcomers.pop_front();
        }
    }
}

/// What happens in one conversation.
#[derive(Default)]
pub(super) struct Activity {
    kept: Mutex<Kept>,
    /// Names sets of people on pages, without a number of theirs.
    names: RandomState,
}

impl Activity {
    /// What a set of people is called on pages, by the first of them.
    pub fn name_of(&self, set: &[ParticipantNumber]) -> SetName {
        SetName(self.names.hash_one(set.first()))
    }

    /// Those who came in the stretch that began then, where many came at once.
    pub fn who_came(&self, from: Timestamp) -> Option<std::ops::RangeInclusive<u32>> {
        let params = BurstParams::default();
        let kept = self.kept();
        let is_burst = bursts(&kept.newcomers.moments(), params).iter().any(|burst| burst.from == from.0);
        let until = from.0 + params.stretch;
        let minute = |at: i64| at.div_euclid(MINUTE_US);
        let before = kept.last_newcomers.iter().rfind(|(at, _)| *at < minute(from.0));
        let last = kept.last_newcomers.iter().rfind(|(at, _)| *at < minute(until))?;
        is_burst.then(|| before.map_or(0, |(_, number)| number.0 + 1)..=last.1.0)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Events were stored.
    pub fn note_events<'a>(&self, events: impl Iterator<Item = &'a NewEvent>, now: Timestamp) {
        let minute = now.0.div_euclid(MINUTE_US);
        let mut kept = self.kept();
        kept.since.get_or_insert(now);
        let mut votes = 0;
        for event in events {
            match &event.body {
                EventBody::VoteCast(_) => votes += 1,
                EventBody::ParticipantJoined(joined) => {
                    kept.newcomers.add(minute, 1);
                    kept.note_newcomer(minute, joined.participant);
                    kept.note_channel(
                        minute,
                        joined.channel.as_ref().map(|channel| channel.as_str().to_owned()),
                    );
                }
                _ => {}
            }
        }
        if votes > 0 {
            kept.votes.add(minute, votes);
        }
    }

    /// Somebody came from a network for the first time.
    pub fn note_network(&self, network: &impl Hash, now: Timestamp) {
        let minute = now.0.div_euclid(MINUTE_US);
        let day = minute.div_euclid(DAY_MINUTES);
        let mut kept = self.kept();
        if kept.key.as_ref().is_none_or(|(of, _)| *of != day) {
            kept.key = Some((day, RandomState::new()));
            kept.networks.clear();
        }
        let Some((_, key)) = &kept.key else { return };
        let number = key.hash_one(network);
        if kept.networks.len() < MOST_NETWORKS || kept.networks.contains_key(&number) {
            kept.networks.entry(number).or_default().add(minute, 1);
        }
    }

    /// A map is shown.
    pub fn note_map(&self, map: &PublishedMap) {
        let mut kept = self.kept();
        kept.since.get_or_insert(map.at);
        let apart = |then: &GroupsThen| map.at.0 - then.at.0 >= GROUPS_APART * MINUTE_US;
        if map.map.groups.is_empty() || !kept.groups.back().is_none_or(apart) {
            return;
        }
        kept.groups.push_back(GroupsThen::of(map));
        // Of the hours before the last one, one an hour.
        let hour = 60 * MINUTE_US;
        let mut last_hour = i64::MIN;
        kept.groups.retain(|then| {
            let age = map.at.0 - then.at.0;
            let of_hour = then.at.0.div_euclid(hour);
            let is_kept =
                age <= 25 * hour && (age <= hour + 2 * GROUPS_APART * MINUTE_US || of_hour != last_hour);
            last_hour = if is_kept { of_hour } else { last_hour };
            is_kept
        });
    }

    /// What is counted now.
    pub fn now(&self, map: &PublishedMap, now: Timestamp) -> WatchNumbers {
        let minute = now.0.div_euclid(MINUTE_US);
        // Before the lock: votes wait for it.
        let groups_now = GroupsThen::of(map);
        let kept = self.kept();
        let in_last = |minutes: &Minutes, last: i64| minutes.between(minute - last, minute);
        let channels = kept.channels.iter().map(|(channel, came)| (channel.clone(), in_last(came, 60)));
        let known_minutes = (now.0 - kept.since.unwrap_or(now).0) / MINUTE_US;
        let usual = |minutes: &Minutes, stretch: i64| {
            let before = minutes.between(minute - DAY_MINUTES, minute - stretch);
            let stretches = (known_minutes.min(DAY_MINUTES) - stretch) as f64 / stretch as f64;
            // Of less than an hour nothing is usual yet.
            (known_minutes - stretch >= 60).then(|| f64::from(before) / stretches)
        };
        let then = |ago: i64| {
            let before = Timestamp(now.0 - ago * MINUTE_US);
            let known = || kept.groups.iter().filter(|then| then.version != map.version);
            let earliest = || known().next().filter(|then| now.0 - then.at.0 >= GROUPS_APART * MINUTE_US);
            known().rfind(|then| then.at <= before).or_else(earliest)
        };
        let mut then: Vec<&GroupsThen> = [60, DAY_MINUTES].into_iter().filter_map(then).collect();
        // Where nothing is known from yesterday, both are the same.
        then.dedup_by_key(|then| then.version);
        let moved = |then: &&GroupsThen| {
            let (all, moved) = then.moved(&groups_now);
            (then.at, all, moved)
        };
        let group = |group: &SharedGroup| GroupNumbers {
            label: group.label.clone(),
            letter: group.letter,
            size: group.size,
            before: then.iter().map(|then| (then.at, then.size(group.letter))).collect(),
        };
        let groups: Vec<GroupNumbers> = map.shared_map().groups.iter().map(group).collect();
        WatchNumbers {
            votes: (in_last(&kept.votes, 10), usual(&kept.votes, 10)),
            newcomers: (in_last(&kept.newcomers, 60), usual(&kept.newcomers, 60)),
            channels: channels.filter(|(_, came)| *came > 0).collect(),
            from_one_network: kept.networks.values().map(|came| in_last(came, 20)).max().unwrap_or(0),
            burst: bursts(&kept.newcomers.moments(), BurstParams::default()).pop(),
            moved: if groups.is_empty() { Vec::new() } else { then.iter().map(moved).collect() },
            groups,
            copies: map.oddities.copies.iter().map(|set| (self.name_of(set), set.len())).collect(),
            straight_liners: map.oddities.straight_liners.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{Channel, ParticipantJoined, RecordedActor, VoteCast};
    use crate::domain::{Choice, StatementNumber};

    fn vote() -> NewEvent {
        let vote = VoteCast::new(ParticipantNumber(1), StatementNumber(1), Choice::Agree);
        NewEvent::new(vote.by(), vote)
    }

    #[test]
    fn votes_and_newcomers_are_counted_by_the_minute_and_forgotten_after_a_day() {
        let activity = Activity::default();
        let at = |minute: i64| Timestamp(minute * MINUTE_US + 7);
        let channel = Channel::parse("poster");
        let joined = ParticipantJoined { channel, ..ParticipantJoined::new(ParticipantNumber(1)) };
        let joined = NewEvent::new(RecordedActor::Participant(ParticipantNumber(1)), joined);
        activity.note_events([&vote(), &vote(), &joined].into_iter(), at(1_000));
        activity.note_events([&vote()].into_iter(), at(1_005));
        let map = PublishedMap::for_tests();
        let now = activity.now(&map, at(1_009));
        assert_eq!((now.votes.0, now.newcomers.0), (3, 1));
        assert_eq!(now.channels, [(Some("poster".to_owned()), 1)]);
        let now = activity.now(&map, at(1_100));
        assert_eq!(now.votes, (0, Some(3.0 / 9.0)), "three in nine times ten minutes");
        activity.note_events([&vote()].into_iter(), at(1_005 + DAY_MINUTES));
        assert_eq!(activity.kept().votes.between(0, 9_999), 1);
    }

    #[test]
    fn a_channel_that_nobody_came_by_for_a_day_makes_room_for_another() {
        let mut kept = Kept::default();
        let name = |n: usize| Some(format!("channel-{n}"));
        for n in 0..MOST_CHANNELS {
            kept.note_channel(i64::from(n >= 10), name(n));
        }
        kept.note_channel(DAY_MINUTES - 1, name(MOST_CHANNELS));
        assert!(!kept.channels.contains_key(&name(MOST_CHANNELS)), "all are of this day");
        kept.note_channel(DAY_MINUTES, name(MOST_CHANNELS));
        assert!(kept.channels.contains_key(&name(MOST_CHANNELS)) && !kept.channels.contains_key(&name(0)));
        assert_eq!(kept.channels.len(), MOST_CHANNELS - 9);
    }

    #[test]
    fn who_came_at_once_is_known_by_their_numbers() {
        let activity = Activity::default();
        let at = |minute: i64| Timestamp(minute * MINUTE_US + 7);
        let mut number = 0;
        let mut come = |minute: i64, count: u32| {
            for _ in 0..count {
                let participant = ParticipantNumber(number);
                let joined = NewEvent::new(
                    RecordedActor::Participant(participant),
                    ParticipantJoined::new(participant),
                );
                activity.note_events([&joined].into_iter(), at(minute));
                number += 1;
            }
        };
        for minute in (1_000..1_200).step_by(10) {
            come(minute, 1);
        }
        come(1_203, 10);
        come(1_207, 20);
        come(1_211, 3);
        let from = Timestamp(1_200 * MINUTE_US);
        assert_eq!(activity.who_came(from), Some(20..=49));
        assert_eq!(activity.who_came(Timestamp(1_190 * MINUTE_US)), None, "few came then");
    }

    #[test]
    fn networks_are_told_apart_under_a_key_of_the_day() {
        let activity = Activity::default();
        let map = PublishedMap::for_tests();
        for n in 0..6 {
            activity.note_network(&"192.0.2.1", Timestamp(n));
            activity.note_network(&n, Timestamp(n));
        }
        assert_eq!(activity.now(&map, Timestamp(9)).from_one_network, 6);
        let tomorrow = Timestamp(DAY_MINUTES * MINUTE_US);
        activity.note_network(&"192.0.2.1", tomorrow);
        assert_eq!(activity.now(&map, tomorrow).from_one_network, 1);
    }
}
