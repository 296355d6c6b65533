//! Publics drawn at random, for tests: people in camps who vote on some of the statements.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::{
    LastPlace, LeftOut, ListedStatement, PublicAgenda, ResultSource, Results, SharedMap, WithheldVotes,
    tell_as_results_do,
};
use crate::assembly::{Bench, Likeness};
use crate::conversation::{Exclusion, ExclusionBasis};
use crate::domain::{
    Agenda, AgendaItem, BackedStatement, Background, Choice, Goal, ItemNumber, Moderation, ModerationRule,
    ParticipantNumber, PersonalText, Plan, Seq, StatementNumber, Tally, Timestamp,
};
use crate::opinion::{CheckedParams, OpinionMap, ParticipantVotes, StatementInput, Votes, compute};

/// A public, and how it votes.
#[derive(Clone, Copy, Debug)]
pub struct SamplePublic {
    pub camps: u32,
    pub people: u32,
    pub statements: u32,
    /// How much of the statements each sees, in percent.
    pub seen: u32,
    /// How many answers are drawn without regard to the camp, in percent.
    pub noise: u32,
    pub seed: u32,
}

impl SamplePublic {
    /// Any public of this many people at most.
    pub fn any(people: u32) -> impl Strategy<Value = SamplePublic> {
        (1u32..5, 0..people, 1u32..16, 5u32..101, 0u32..60, any::<u32>()).prop_map(
            |(camps, people, statements, seen, noise, seed)| SamplePublic {
                camps,
                people,
                statements,
                seen,
                noise,
                seed,
            },
        )
    }

    fn draw(&self, person: u32, statement: u32, of: u32) -> u32 {
        // Any mixing will do: these are test data.
        let mixed = (person.wrapping_mul(2_654_435_761) ^ statement.wrapping_mul(40_503) ^ self.seed)
            .wrapping_mul(2_246_822_519);
        (mixed >> 8) % of.max(1)
    }

    fn choice(&self, person: u32, statement: u32) -> Option<Choice> {
        if self.draw(person, statement, 100) >= self.seen {
            return None;
        }
        if self.draw(person + 7, statement + 13, 100) < self.noise {
            return Some(Choice::ALL[self.draw(person + 1, statement, 3) as usize]);
        }
        let camp = person % self.camps;
        Some(Choice::ALL[((camp + 2 * statement + camp * statement) % 3) as usize])
    }

    /// The votes of the first so many people.
    pub fn votes(&self, people: u32) -> Votes {
        let statements = (0..self.statements).map(|number| StatementInput {
            number: StatementNumber(number),
            moderation: Moderation::Accepted,
            meta: number % 11 == 10,
            shown: true,
        });
        let of = |person: u32| {
            (0..self.statements)
                .filter_map(move |n| Some((StatementNumber(n), self.choice(person, n)?)))
                .collect()
        };
        let people = (0..people)
            .map(|person| ParticipantVotes { number: ParticipantNumber(person), votes: of(person) });
        let people = people.filter(|person: &ParticipantVotes| !person.votes.is_empty());
        Votes { statements: statements.collect(), participants: people.collect() }
    }

    pub fn listed(&self) -> Vec<ListedStatement> {
        let listed = |number| ListedStatement {
            number: StatementNumber(number),
            meta: number % 11 == 10,
            is_merged: false,
        };
        (0..self.statements).map(listed).collect()
    }
}

/// What everybody may see of a public at one moment, and what is behind it.
pub struct PublicView {
    pub votes: Votes,
    pub withheld: WithheldVotes,
    pub map: OpinionMap,
    pub shared: SharedMap,
    pub results: Results,
    pub agenda: PublicAgenda,
}

impl PublicView {
    /// After the first so many people; letters follow those of the version before.
    pub fn of(public: &SamplePublic, people: u32, min: u32) -> Self {
        Self::after(public, people, min, None)
    }

    /// The same people, when a moderator has left out the first so many: what everybody sees then, and beside it.
    pub fn without_first(&self, public: &SamplePublic, count: usize) -> (Self, LeftOut) {
        let min = self.results.min;
        let (left, stay) = self.votes.participants.split_at(count);
        let votes = Votes { statements: self.votes.statements.clone(), participants: stay.to_vec() };
        let mut withheld = self.withheld.clone();
        let mut tallies: BTreeMap<StatementNumber, Tally> = BTreeMap::new();
        for person in left {
            let stood = LastPlace::on(&self.map, person.number);
            for (statement, choice) in &person.votes {
                tallies.entry(*statement).or_default().add(*choice);
                withheld.set_aside((*statement, person.number), Some(*choice), stood.clone());
            }
        }
        let map = compute(&votes, &CheckedParams::default()).continued_from(&self.map);
        withheld.release_set_aside(&map, min);
        let set = Exclusion {
            set: Seq(1),
            at: Timestamp(1),
            people: left.iter().map(|person| person.number).collect(),
            basis: ExclusionBasis::Burst,
            reason: PersonalText::new("Robots", [0; 16]),
            votes: Some(tallies.into_iter().collect()),
        };
        let view = Self::told(public, votes, map, withheld, min);
        let left_out = LeftOut::new(&[Arc::new(set)], &view.results, &view.withheld);
        (view, left_out)
    }

    /// After so many more people, who came in one batch; letters follow those of the version before.
    pub fn after(public: &SamplePublic, people: u32, min: u32, before: Option<&PublicView>) -> Self {
        let mut withheld = WithheldVotes::default();
        let votes = public.votes(people);
        let map = compute(&votes, &CheckedParams::default());
        let map = match before {
            Some(before) => map.continued_from(&before.map),
            None => map,
        };
        let known = before.map_or(0, |before| before.votes.participants.len());
        if before.is_some() {
            for person in &votes.participants[known..] {
                for (statement, choice) in &person.votes {
                    withheld.note(*statement, person.number, (None, Some(*choice)), Default::default());
                }
            }
            withheld.release_batches(min);
        }
        Self::told(public, votes, map, withheld, min)
    }

    fn told(public: &SamplePublic, votes: Votes, map: OpinionMap, withheld: WithheldVotes, min: u32) -> Self {
        let shared = SharedMap::new(&map, true, min);
        let results = Results::new(
            ResultSource { map: &map, divided: true, min, withheld: &withheld },
            &public.listed(),
        );
        let mut bench = bench(&votes, &map, &withheld);
        if map.groups.len() < 2 {
            tell_as_results_do(bench.backed_mut(), &map, &withheld, min);
        }
        let agenda = published(&bench, min);
        Self { withheld, votes, map, shared, results, agenda }
    }
}

/// The agenda that is drafted from a bench, with every other statement added by hand: no agenda tells more.
fn published(bench: &Bench, min: u32) -> PublicAgenda {
    let proposal = bench.propose();
    let left_out = proposal.left_out.iter().map(|left| left.statement);
    let added = left_out.step_by(2).filter_map(|number| bench.backed(number).cloned());
    let backed = proposal.statements().cloned().chain(added);
    let item = |(number, one): (u32, BackedStatement)| AgendaItem {
        number: ItemNumber(number),
        statements: vec![one],
        unconfirmed: false,
        origin: None,
        question: None,
        quotes: Vec::new(),
        plan: Plan { goal: Goal::Decide, minutes: 0 },
        background: Background::default(),
    };
    let agenda = Agenda { items: (1..).zip(backed).map(item).collect(), ..Agenda::default() };
    PublicAgenda::new(&agenda, &proposal, min, true)
}

/// What a room would make agendas of at this moment: the votes that tables count, with the groups of the
/// page, or where it has none, of everybody together.
fn bench(votes: &Votes, map: &OpinionMap, withheld: &WithheldVotes) -> Bench {
    let mut counted = votes.clone();
    for (statement, participant, before) in withheld.counted_instead() {
        // Who was left out stands nowhere, and what few of them said is not on an agenda.
        let person = counted.participants.iter_mut().find(|person| person.number == participant);
        let Some(own) = person.map(|person| &mut person.votes) else { continue };
        own.retain(|(voted, _)| *voted != statement);
        own.extend(before.map(|choice| (statement, choice)));
    }
    let map = if map.groups.len() > 1 {
        withheld.counted_map(map)
    } else {
        compute(&counted, &CheckedParams::default().without_groups()).continued_from(map)
    };
    Bench::new(&counted, &map, Seq(1), ModerationRule::Before, 5, &Likeness::none())
}
