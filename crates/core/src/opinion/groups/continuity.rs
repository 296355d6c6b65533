//! Continuity of the live map (OPINION §B5): presentation, not maths. PURE.
//!
//! Between two maps of a conversation letters follow people, so that "B" stays "B", and axes keep
//! their direction, so that the picture does not flip. Positions' distances, groups and numbers
//! stay as computed. `analyse` never goes through here; an export takes the letters that pages show.

use std::collections::HashMap;

use crate::domain::letters::{LetteredPerson, Letters};
use crate::opinion::map::opinion_map::{Group, OpinionMap, label};
use crate::opinion::map::participant::{MapParticipant, Placement};

impl OpinionMap {
    /// Turns and letters this map like the one before it, as far as the same people are on both.
    #[must_use]
    pub fn continued_from(mut self, before: &OpinionMap) -> OpinionMap {
        for axis in 0..2 {
            if self.is_flipped(before, axis) {
                self.flip(axis);
            }
        }
        self.take_letters(before);
        self
    }

    /// The same where all that is known of the one before are its letters and its people.
    #[must_use]
    pub fn continued_from_letters(self, before: &Letters) -> OpinionMap {
        let mut map = OpinionMap::nothing();
        // They come from a file: what is in no group, or has no letter, is passed over.
        let is_sound = |label: &String| !label.is_empty() && label.bytes().all(|b| b.is_ascii_uppercase());
        if !before.groups.iter().all(is_sound) {
            return self;
        }
        let in_a_group = |person: &&LetteredPerson| (person.group as usize) < before.groups.len();
        map.participants = before
            .people
            .iter()
            .filter(in_a_group)
            .map(|person| MapParticipant {
                id: person.number,
                votes: 0,
                placement: Some(Placement { at: person.at.map(f64::from), radius: 0.0, group: person.group }),
                straight_liner: false,
                excluded: false,
            })
            .collect();
        map.groups = before
            .groups
            .iter()
            .zip(0..)
            .map(|(label, id)| Group {
                id,
                label: label.clone(),
                size: 0,
                centre: [0.0; 2],
                hull: Vec::new(),
                below_threshold: false,
                representative: Vec::new(),
            })
            .collect();
        self.continued_from(&map)
    }

    /// The letters of this map, to be kept.
    pub fn letters(&self) -> Letters {
        let lettered = |person: &MapParticipant| {
            let Placement { at, group, .. } = person.placement?;
            Some(LetteredPerson { number: person.id, group, at: at.map(|x| x as f32) })
        };
        Letters {
            groups: self.groups.iter().map(|group| group.label.clone()).collect(),
            people: self.participants.iter().filter_map(lettered).collect(),
        }
    }

    /// The same people on both maps. Both lists are by number, so one walk finds them.
    fn shared_with<'a>(
        &'a self,
        before: &'a OpinionMap,
    ) -> impl Iterator<Item = (Placement, Placement)> + 'a {
        let mut then = before.participants.iter().peekable();
        self.participants.iter().filter_map(move |now| {
            while then.next_if(|then| then.id < now.id).is_some() {}
            let then = then.next_if(|then| then.id == now.id)?;
            now.placement.zip(then.placement)
        })
    }

    /// Whether people stand on the other side of an axis than before: the sign of the sum of
    /// products of their coordinates.
    fn is_flipped(&self, before: &OpinionMap, axis: usize) -> bool {
        // In range: an axis is 0 or 1.
        self.shared_with(before).map(|(now, then)| now.at[axis] * then.at[axis]).sum::<f64>() < 0.0
    }

    fn flip(&mut self, axis: usize) {
        // 0 − x and not −x: no −0 in published numbers.
        let turn = |value: &mut f64| *value = 0.0 - *value;
        // In range: an axis is 0 or 1.
        for placement in self.participants.iter_mut().filter_map(|person| person.placement.as_mut()) {
            turn(&mut placement.at[axis]);
        }
        for statement in &mut self.statements {
            [&mut statement.x, &mut statement.y][axis].iter_mut().for_each(turn);
        }
        for group in &mut self.groups {
            turn(&mut group.centre[axis]);
            group.hull.iter_mut().for_each(|corner| turn(&mut corner[axis]));
        }
    }

    /// Gives each group the letter of the group before it that shares most people with it, the
    /// largest overlap first; new groups get letters that are free.
    fn take_letters(&mut self, before: &OpinionMap) {
        let groups = before.groups.len().max(1);
        let mut shared = vec![0u32; groups * self.groups.len().max(1)];
        // In range: the group of a place is below the number of groups of its map (see `Place`).
        for (now, then) in self.shared_with(before) {
            shared[now.group as usize * groups + then.group as usize] += 1;
        }
        let pairs = shared.into_iter().enumerate().filter(|(_, people)| *people > 0);
        let mut pairs: Vec<((u32, u32), u32)> =
            pairs.map(|(at, people)| (((at / groups) as u32, (at % groups) as u32), people)).collect();
        pairs.sort_by_key(|((now, then), people)| (std::cmp::Reverse(*people), *now, *then));
        let mut letters: HashMap<u32, String> = HashMap::new();
        let mut taken: Vec<String> = Vec::new();
        for ((now, then), _) in pairs {
            let Some(letter) = before.groups.get(then as usize).map(|group| group.label.clone()) else {
                continue;
            };
            if !letters.contains_key(&now) && !taken.contains(&letter) {
                taken.push(letter.clone());
                letters.insert(now, letter);
            }
        }
        for group in &mut self.groups {
            group.label = letters.remove(&group.id).unwrap_or_else(|| {
                let free = (0..).map(label).find(|letter| !taken.contains(letter)).unwrap_or_default();
                taken.push(free.clone());
                free
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::{Choice, Moderation, ParticipantNumber, StatementNumber};
    use crate::opinion::{CheckedParams, ParticipantVotes, StatementInput, Votes, compute};

    /// Two crowds, `first` and `second` people, that disagree about everything.
    fn crowds(first: u32, second: u32, flipped: bool) -> Votes {
        let statements = (0..10)
            .map(|n| StatementInput {
                number: StatementNumber(n),
                moderation: Moderation::Accepted,
                meta: false,
                shown: true,
            })
            .collect();
        let participants = (0..100)
            .filter(|n| *n < first || (*n >= 50 && *n < 50 + second))
            .map(|n| ParticipantVotes {
                number: ParticipantNumber(n),
                votes: (0..10)
                    .map(|s| {
                        let agrees = (n < 50) == (s < 6 || n % 5 == s % 5);
                        (StatementNumber(s), if agrees == flipped { Choice::Disagree } else { Choice::Agree })
                    })
                    .collect(),
            })
            .collect();
        Votes { statements, participants }
    }

    #[test]
    fn letters_follow_people_when_the_other_crowd_becomes_the_larger_one() {
        let before = compute(&crowds(30, 20, false), &CheckedParams::default());
        let cold = compute(&crowds(30, 40, false), &CheckedParams::default());
        let person = ParticipantNumber(0);
        let letter = |map: &super::OpinionMap| map.group_of(person).map(|group| group.label.clone());
        assert_eq!(letter(&before).as_deref(), Some("A"));
        assert_eq!(letter(&cold).as_deref(), Some("B"), "a cold map letters by size");
        let live = cold.clone().continued_from(&before);
        assert_eq!(letter(&live).as_deref(), Some("A"));
        assert_eq!(live.counts, cold.counts);
        assert_eq!(live.k, cold.k);
    }

    #[test]
    fn axes_keep_their_direction_and_distances_stay() {
        let before = compute(&crowds(30, 20, false), &CheckedParams::default());
        let turned = compute(&crowds(30, 20, true), &CheckedParams::default()).continued_from(&before);
        for (now, then) in turned.participants.iter().zip(&before.participants) {
            assert!(
                now.placement.zip(then.placement).is_some_and(|(now, then)| now.at[0] * then.at[0] > 0.0)
            );
        }
        assert_eq!(before.clone().continued_from(&before), before, "nothing to turn");
    }

    #[test]
    fn letters_that_were_damaged_are_passed_over() {
        let map = compute(&crowds(9, 5, false), &CheckedParams::default());
        let mut letters = map.letters();
        letters.people[0].group = 200;
        let labels = |map: &super::OpinionMap| map.groups.iter().map(|g| g.label.clone()).collect::<Vec<_>>();
        assert_eq!(labels(&map.clone().continued_from_letters(&letters)), labels(&map));
        letters.groups[0] = "<b>".into();
        assert_eq!(labels(&map.clone().continued_from_letters(&letters)), labels(&map));
    }
}
