//! Votes that no table counts yet. PURE.
//!
//! Where votes show in batches, a statement's numbers move by the votes of several people at once or not at
//! all: else the difference of two tables would be a single vote. So of each statement the newest votes are
//! withheld until as many people as the publication minimum asks for have cast one.
//!
//! The votes of people who are left out, or counted again, are not theirs alone: many go at once. But few of them may have voted on
//! a statement, or be in a group. Those votes count on as before, however votes show, until enough others go with them.

use rustc_hash::FxHashMap;

use crate::domain::{Choice, ParticipantNumber, StatementNumber, Tally};
use crate::opinion::findings::consensus::lowest_group_bound;
use crate::opinion::{Direction, OpinionMap};

/// A vote that is withheld: what counts instead, and what will.
#[derive(Clone, PartialEq, Eq, Debug)]
struct WithheldVote {
    participant: ParticipantNumber,
    before: Option<Choice>,
    now: Option<Choice>,
    /// Where they stood on the map before.
    stood: LastPlace,
}

/// Where somebody stood on the last map: whoever was erased stands on none any more, and what they said counts on
/// until the votes on it are counted together.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum LastPlace {
    /// Nowhere.
    #[default]
    Nowhere,
    /// On the map, in the group with this letter or in none.
    OnMap(Option<String>),
}

impl LastPlace {
    /// Where somebody stands on this map.
    pub fn on(map: &OpinionMap, participant: ParticipantNumber) -> Self {
        match map.participant(participant) {
            Some(_) => LastPlace::OnMap(map.group_of(participant).map(|group| group.label.clone())),
            None => LastPlace::Nowhere,
        }
    }
}

/// What counted of somebody's vote before, and what does now.
pub type Counted = (Option<Choice>, Option<Choice>);

type ByStatement = FxHashMap<StatementNumber, Vec<WithheldVote>>;

/// The votes of each statement that are not counted yet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WithheldVotes {
    /// The newest.
    newest: ByStatement,
    /// Those of people who are left out, as long as they count on. Of each statement, nobody is in both.
    set_aside: FxHashMap<StatementNumber, FxHashMap<ParticipantNumber, WithheldVote>>,
}

impl WithheldVotes {
    /// Somebody's vote on a statement changed from `before` to `now`. However often they change it, they are
    /// one person, and what counted first counts on.
    pub fn note(
        &mut self,
        statement: StatementNumber,
        participant: ParticipantNumber,
        (before, now): Counted,
        stood: LastPlace,
    ) {
        let changes = self.newest.entry(statement).or_default();
        match changes.iter_mut().find(|change| change.participant == participant) {
            Some(change) => change.now = now,
            None => changes.push(WithheldVote { participant, before, now, stood }),
        }
    }

    /// Somebody's vote on a statement is left out.
    pub fn set_aside(
        &mut self,
        of: (StatementNumber, ParticipantNumber),
        counted: Option<Choice>,
        stood: LastPlace,
    ) {
        let (statement, participant) = of;
        // What counted was not their newest vote where that was withheld.
        let newest = self.newest.get_mut(&statement);
        let withheld = newest.and_then(|changes| {
            let at = changes.iter().position(|change| change.participant == participant)?;
            Some(changes.swap_remove(at))
        });
        let before = withheld.map_or(counted, |withheld| withheld.before);
        // Whoever was on no map was in no table.
        if before.is_none() || stood == LastPlace::Nowhere {
            return;
        }
        let change = WithheldVote { participant, before, now: None, stood };
        self.set_aside.entry(statement).or_default().insert(participant, change);
    }

    /// Somebody's vote that counted on after it was left out counts as theirs again, or is gone: what it was, and where.
    pub fn take_back(&mut self, of: (StatementNumber, ParticipantNumber)) -> Option<(Choice, LastPlace)> {
        let change = self.set_aside.get_mut(&of.0)?.remove(&of.1)?;
        Some((change.before?, change.stood))
    }

    /// Counts what may be told with this map: of the newest votes, where they show in batches, those on statements on which enough
    /// people have cast one.
    pub fn release(&mut self, map: &OpinionMap, min: u32, in_batches: bool) {
        if in_batches {
            self.release_batches(min);
        } else {
            self.newest.clear();
        }
        self.release_set_aside(map, min);
    }

    /// Lets go what was set aside, as far as enough people of one group on this map go together.
    pub(super) fn release_set_aside(&mut self, map: &OpinionMap, min: u32) {
        self.set_aside.retain(|_, changes| {
            let mut of_group: FxHashMap<Option<String>, u32> = FxHashMap::default();
            for change in changes.values() {
                *of_group.entry(change.group_on(map)).or_default() += 1;
            }
            changes.retain(|_, change| of_group.get(&change.group_on(map)).is_some_and(|count| *count < min));
            !changes.is_empty()
        });
    }

    /// Whether votes of people who were left out count on for a statement.
    pub fn counts_on(&self, statement: StatementNumber) -> bool {
        self.set_aside.get(&statement).is_some_and(|changes| !changes.is_empty())
    }

    /// Counts the votes of every statement on which enough people have cast one by now.
    pub(super) fn release_batches(&mut self, min: u32) {
        self.newest.retain(|_, changes| {
            let changed = changes.iter().filter(|change| change.before != change.now).count();
            (1..min as usize).contains(&changed)
        });
    }

    /// Forgets what counted before: the votes it was noted of are not known any more.
    pub fn release_all(&mut self) {
        *self = Self::default();
    }

    /// Each vote that is withheld, and what counts instead.
    pub fn counted_instead(
        &self,
    ) -> impl Iterator<Item = (StatementNumber, ParticipantNumber, Option<Choice>)> {
        let newest = self.newest.iter();
        let newest = newest.flat_map(|(statement, changes)| changes.iter().map(|c| (*statement, c)));
        let aside = self.set_aside.iter();
        let aside = aside.flat_map(|(statement, changes)| changes.values().map(|c| (*statement, c)));
        let changes = newest.chain(aside);
        changes.map(|(statement, change)| (statement, change.participant, change.before))
    }

    /// All that is withheld on a statement.
    fn of(&self, statement: StatementNumber) -> impl Iterator<Item = &WithheldVote> {
        let newest = self.newest.get(&statement).into_iter().flatten();
        newest.chain(self.set_aside.get(&statement).into_iter().flat_map(FxHashMap::values))
    }

    /// Whether a vote is withheld.
    #[cfg(test)]
    pub(super) fn holds(&self, statement: StatementNumber, participant: ParticipantNumber) -> bool {
        self.of(statement).any(|change| change.participant == participant)
    }

    /// The same groups with the votes that tables count: what an agenda is drafted from where votes show in
    /// batches.
    pub fn counted_map(&self, map: &OpinionMap) -> OpinionMap {
        let mut counted = map.clone();
        let z = map.engine.params.findings.wilson_z;
        for statement in &mut counted.statements {
            let (overall, groups) = self.taken_from(statement.id, map, statement.tally(), &statement.groups);
            (statement.agree, statement.pass, statement.disagree) =
                (overall.agree, overall.pass, overall.disagree);
            statement.lowest_group_bound = lowest_group_bound(&groups, Direction::Agree, z);
            statement.groups = groups;
        }
        counted
    }

    /// Everybody's votes on a statement, and those of each group, without what is withheld.
    pub fn taken_from(
        &self,
        statement: StatementNumber,
        map: &OpinionMap,
        overall: Tally,
        groups: &[Tally],
    ) -> (Tally, Vec<Tally>) {
        let (mut overall, mut groups) = (overall, groups.to_vec());
        for change in self.of(statement) {
            let group = match (map.participant(change.participant), &change.stood) {
                (Some(_), _) => map.group_of(change.participant),
                // They are gone with all their votes: what they said is not taken off by itself.
                (None, LastPlace::OnMap(label)) if change.now.is_none() => {
                    map.groups.iter().find(|group| Some(&group.label) == label.as_ref())
                }
                // Who isn't on this map yet changes nothing in it.
                (None, _) => continue,
            };
            exchange(&mut overall, change);
            if let Some(group) = group.and_then(|group| groups.get_mut(group.id as usize)) {
                exchange(group, change);
            }
        }
        (overall, groups)
    }
}

impl WithheldVote {
    /// The group on this map, or on the one before, in which it counts.
    fn group_on(&self, map: &OpinionMap) -> Option<String> {
        match (map.participant(self.participant), &self.stood) {
            (Some(_), _) => map.group_of(self.participant).map(|group| group.label.clone()),
            (None, LastPlace::OnMap(label)) => label.clone(),
            (None, LastPlace::Nowhere) => None,
        }
    }
}

/// Counts what counted before instead of what does now.
fn exchange(tally: &mut Tally, change: &WithheldVote) {
    if let Some(now) = change.now {
        let count = of(tally, now);
        *count = count.saturating_sub(1);
    }
    if let Some(before) = change.before {
        *of(tally, before) += 1;
    }
}

fn of(tally: &mut Tally, choice: Choice) -> &mut u32 {
    match choice {
        Choice::Agree => &mut tally.agree,
        Choice::Pass => &mut tally.pass,
        Choice::Disagree => &mut tally.disagree,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_is_one_however_often_they_change_their_vote() {
        let (statement, mut withheld) = (StatementNumber(1), WithheldVotes::default());
        for now in [Choice::Agree, Choice::Pass, Choice::Agree, Choice::Disagree, Choice::Pass] {
            withheld.note(statement, ParticipantNumber(3), (None, Some(now)), LastPlace::Nowhere);
        }
        withheld.release_batches(5);
        assert_eq!(withheld.newest[&statement].len(), 1);
        for person in 4..8 {
            withheld.note(
                statement,
                ParticipantNumber(person),
                (Some(Choice::Agree), None),
                LastPlace::Nowhere,
            );
        }
        withheld.release_batches(5);
        assert!(withheld.newest.is_empty(), "five people have");
        let three = ParticipantNumber(3);
        withheld.note(statement, three, (Some(Choice::Agree), Some(Choice::Pass)), LastPlace::Nowhere);
        withheld.note(statement, three, (Some(Choice::Pass), Some(Choice::Agree)), LastPlace::Nowhere);
        withheld.release_batches(5);
        assert!(withheld.newest.is_empty(), "nothing changed");
    }

    #[test]
    fn what_somebody_said_who_is_gone_with_all_their_votes_counts_until_the_votes_on_it_count_together() {
        let map = OpinionMap::nothing();
        let (statement, mut withheld) = (StatementNumber(1), WithheldVotes::default());
        let stood = LastPlace::OnMap(None);
        withheld.note(statement, ParticipantNumber(3), (Some(Choice::Agree), None), stood);
        let now = Tally { agree: 4, disagree: 2, pass: 0 };
        let counted = withheld.taken_from(statement, &map, now, &[]).0;
        assert_eq!(counted, Tally { agree: 5, ..now });
        for person in 4..8 {
            let change = (None, Some(Choice::Pass));
            withheld.note(statement, ParticipantNumber(person), change, LastPlace::Nowhere);
        }
        withheld.release_batches(5);
        assert_eq!(withheld.taken_from(statement, &map, now, &[]).0, now);
    }
}
