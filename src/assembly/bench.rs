//! What an agenda is made of: the candidates, who supports what, and each statement's votes, as one map has them.
//!
//! From it the balanced rule proposes a draft (ASSEMBLY §1), and any agenda that organisers make of one is audited. It changes
//! nothing by hand: organisers do, through events. Invariant: every statement of the map is proposed once or left out once.

use std::collections::BTreeMap;

use super::alike::{Likeness, sets_of};
use super::approvals::Approvals;
use super::audit::{Audit, count, wanted_by_unserved};
use super::ballots::Ballots;
use super::candidates::Candidates;
use super::choose::{Choosing, Rule};
use super::slate::Phase;
use crate::domain::{
    AgendaAudit, BackedStatement, Firmness, GroupTally, ItemReason, ModerationRule, Omission, OmissionReason,
    Proposal, ProposedItem, Seq, StatementNumber, WantedStatement,
};
use crate::opinion::map::opinion_map::{ConsensusStatement, MapStatement};
use crate::opinion::{OpinionMap, Votes};

/// What an agenda is made of.
#[derive(Clone, Debug)]
pub struct Bench {
    /// The position in the log up to which votes were read.
    pub map_version: Seq,
    candidates: Candidates,
    choosing: Choosing,
    /// Candidates that count as one when a draft is made, the one that stands for them first.
    sets: Vec<Vec<StatementNumber>>,
    /// Those that people say belong together.
    together: Vec<Vec<StatementNumber>>,
    places: u32,
    /// Every statement of the map, by number.
    backed: BTreeMap<StatementNumber, BackedStatement>,
    /// The lowest bound of any group's share of agreement, in thousandths.
    bounds: BTreeMap<StatementNumber, u32>,
    /// The fewest organised newcomers who could end what all groups agree on.
    newcomers: BTreeMap<StatementNumber, u32>,
}

/// Statements that are named of those whom an agenda leaves out.
const MOST_WANTED: usize = 3;
/// How often people are drawn again, to see how firmly an item stands.
const SAMPLES: u32 = 200;
/// What that may cost, in people by candidates by places: a second or two. Where it would be more, fewer samples are drawn.
const SAMPLE_WORK: u64 = 3_000_000_000;
/// Fewer samples than these say too little.
const FEWEST_SAMPLES: u32 = 50;

impl Bench {
    /// From votes and their map, at `map_version`, for a draft of at most `places` items. Under [`ModerationRule::Before`] statements
    /// that wait for a moderator are no candidates.
    pub fn new(
        votes: &Votes,
        map: &OpinionMap,
        map_version: Seq,
        moderation: ModerationRule,
        places: u32,
        likeness: &Likeness<'_>,
    ) -> Self {
        let candidates = Candidates::of(map, moderation, &[]);
        let choosing = choosing(votes, map, &candidates, Rule::Balanced, places, |_| 1);
        // Rounded down: "at least".
        let bound =
            |statement: &MapStatement| (statement.lowest_group_bound * 1000.0).floor().max(0.0) as u32;
        let margin = |one: &ConsensusStatement| Some((one.statistics.statement, one.margin?.newcomers));
        Self {
            map_version,
            candidates,
            newcomers: map.consensus.agree.iter().filter_map(margin).collect(),
            sets: if places > 0 { sets_of(&choosing, likeness) } else { Vec::new() },
            together: likeness.together.clone(),
            choosing,
            places,
            backed: map.statements.iter().map(|statement| (statement.id, backed(statement, map))).collect(),
            bounds: map.statements.iter().map(|statement| (statement.id, bound(statement))).collect(),
        }
    }

    /// A statement with its votes, as if the organiser had added it.
    pub fn backed(&self, statement: StatementNumber) -> Option<&BackedStatement> {
        self.backed.get(&statement)
    }

    /// The same of all.
    pub fn all_backed(&self) -> impl Iterator<Item = &BackedStatement> {
        self.backed.values()
    }

    /// The same of all, to tell their votes otherwise.
    pub fn backed_mut(&mut self) -> impl Iterator<Item = &mut BackedStatement> {
        self.backed.values_mut()
    }

    /// Drafts an agenda by the balanced rule. The voters are the placed people who agree with at least one candidate.
    pub fn propose(&self) -> Proposal {
        self.propose_until(&|| false)
    }

    /// The same; when it is told to stop, how firmly items stand is not looked into.
    pub fn propose_until(&self, stop: &dyn Fn() -> bool) -> Proposal {
        let choosing = self.choosing.joined(&self.sets);
        let [observed, _] = choosing.readings();
        let samples = samples_of(choosing.work());
        let again = choosing.inclusion_until(samples, stop).filter(|_| samples > 0);
        let mut served = vec![false; observed.voters()];
        let mut items = Vec::new();
        for choice in choosing.slate() {
            let Some(backed) = self.backed(choice.statement) else { continue };
            let index = observed.index(choice.statement);
            let supporters: Vec<usize> =
                index.map(|index| observed.supporters(index).collect()).unwrap_or_default();
            let unserved = supporters.iter().filter(|voter| !served[**voter]).count() as u32;
            supporters.iter().for_each(|voter| served[*voter] = true);
            let supporters = supporters.len() as u32;
            let reason = match choice.phase {
                Phase::Bridging => ItemReason::Bridging {
                    lowest_share_permille: self.bounds.get(&choice.statement).copied().unwrap_or(0),
                },
                Phase::EqualShares | Phase::Thiele => ItemReason::Proportional { supporters, unserved },
                Phase::Completion => ItemReason::Completion { supporters, unserved },
            };
            let newcomers = self.newcomers.get(&choice.statement).copied();
            let firmness = again.as_ref().map(|again| Firmness {
                samples,
                chosen: again.get(&choice.statement).copied().unwrap_or(0),
                newcomers: newcomers.filter(|_| choice.phase == Phase::Bridging),
            });
            let head = BackedStatement { reason, firmness, ..backed.clone() };
            let set = self.sets.iter().find(|set| set.first() == Some(&choice.statement));
            let others = set.into_iter().flatten().skip(1).filter_map(|number| self.backed(*number));
            let others = others.map(|one| self.with_reason(choice.statement, one));
            items.push(ProposedItem { statements: std::iter::once(head).chain(others).collect() });
        }
        Proposal {
            map_version: self.map_version,
            places: self.places,
            voters: u32::try_from(observed.people()).unwrap_or(u32::MAX),
            candidates: self.candidates.open.len() as u32,
            left_out: left_out(self.backed.keys(), &items, &self.candidates, self.choosing.readings()[0]),
            items,
        }
    }

    /// A draft of no items: what an agenda begins with that comes about otherwise.
    pub fn propose_nothing(&self) -> Proposal {
        let [observed, _] = self.choosing.readings();
        Proposal {
            map_version: self.map_version,
            places: 0,
            voters: count(observed.people()),
            candidates: self.candidates.open.len() as u32,
            left_out: Vec::new(),
            items: Vec::new(),
        }
    }

    /// A statement that goes with another one: because people say so, or because they are alike.
    fn with_reason(&self, head: StatementNumber, one: &BackedStatement) -> BackedStatement {
        let says_so = self.together.iter().any(|set| set.contains(&head) && set.contains(&one.statement));
        let reason = if says_so { ItemReason::ByHand } else { ItemReason::Alike };
        BackedStatement { reason, ..one.clone() }
    }

    /// Whom an agenda of these items leaves out; the statements of an item count as one. An item without statements counts nobody.
    pub fn coverage(&self, items: &[Vec<StatementNumber>]) -> AgendaAudit {
        let items: Vec<Vec<StatementNumber>> =
            items.iter().filter(|item| !item.is_empty()).cloned().collect();
        let places = u32::try_from(items.len()).unwrap_or(u32::MAX);
        let readings = self.choosing.readings().map(|reading| reading.joined(&items));
        // The first that counts stands for an item; another may have been taken down, or have too few votes.
        let counted = |item: &Vec<StatementNumber>| item.iter().copied().find(|number| self.counts(*number));
        let slate: Vec<StatementNumber> = items.iter().filter_map(counted).collect();
        let ballots = self.choosing.ballots();
        let audits = Audit::both(ballots, readings.each_ref(), &slate, places);
        let wanted = wanted_by_unserved(&readings[0], &slate, MOST_WANTED).into_iter();
        AgendaAudit {
            map_version: self.map_version,
            places,
            readings: audits.each_ref().map(Audit::recorded),
            wanted: wanted
                .map(|(statement, people)| WantedStatement { statement, people: count(people) })
                .collect(),
        }
    }

    /// Whether a statement counts in what is audited: it is a candidate.
    pub fn counts(&self, statement: StatementNumber) -> bool {
        self.choosing.readings()[0].index(statement).is_some()
    }
}

/// How often people are drawn again where one choice costs so much.
fn samples_of(work: u64) -> u32 {
    let affordable = u32::try_from(SAMPLE_WORK / work.max(1)).unwrap_or(u32::MAX).min(SAMPLES);
    if work > 0 && affordable >= FEWEST_SAMPLES { affordable } else { 0 }
}

/// What a slate is chosen from: the placed people's votes on the candidates.
pub fn choosing(
    votes: &Votes,
    map: &OpinionMap,
    candidates: &Candidates,
    rule: Rule,
    budget: u32,
    cost: impl Fn(StatementNumber) -> u32,
) -> Choosing {
    let labels = map.groups.iter().map(|group| group.label.clone()).collect();
    let group_of = |number| Some(map.participant(number)?.group()? as usize);
    let ballots = Ballots::new(votes, &candidates.open, labels, group_of);
    Choosing::new(ballots, rule, budget, cost, map.engine.params.findings.wilson_z)
}

fn backed(statement: &MapStatement, map: &OpinionMap) -> BackedStatement {
    let groups = map.groups.iter().zip(&statement.groups);
    BackedStatement {
        statement: statement.id,
        reason: ItemReason::ByHand,
        overall: statement.tally(),
        groups: groups
            .map(|(group, tally)| GroupTally { label: group.label.clone(), size: group.size, tally: *tally })
            .collect(),
        firmness: None,
    }
}

fn left_out<'a>(
    statements: impl Iterator<Item = &'a StatementNumber>,
    items: &[ProposedItem],
    candidates: &Candidates,
    observed: &Approvals,
) -> Vec<Omission> {
    let is_supported = |statement| observed.index(statement).is_some_and(|index| observed.support(index) > 0);
    let why = |statement: StatementNumber| match candidates.barred.get(&statement) {
        Some(why) => *why,
        None if is_supported(statement) => OmissionReason::NotChosen,
        None => OmissionReason::NoSupport,
    };
    statements
        .filter(|statement| {
            !items.iter().flat_map(|item| &item.statements).any(|on| on.statement == **statement)
        })
        .map(|statement| Omission { statement: *statement, why: why(*statement) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Choice, Moderation, ParticipantNumber};
    use crate::opinion::{CheckedParams, ParticipantVotes, StatementInput, compute};

    /// 40 and 30 people who disagree on 0–7, agree on 8, and mostly haven't seen 9.
    fn conversation() -> Votes {
        let statements = (0..13)
            .map(|number| StatementInput {
                number: StatementNumber(number),
                moderation: match number {
                    10 => Moderation::Rejected,
                    12 => Moderation::Pending,
                    _ => Moderation::Accepted,
                },
                meta: number == 11,
                shown: number != 10,
            })
            .collect();
        let participants = (0..70)
            .map(|person| {
                let camp = u32::from(person >= 40);
                let mut votes: Vec<(StatementNumber, Choice)> = (0..8)
                    .map(|s| {
                        (StatementNumber(s), if s % 2 == camp { Choice::Agree } else { Choice::Disagree })
                    })
                    .collect();
                // A little noise, so that people do not all stand on two points.
                votes[(person % 8) as usize].1 = Choice::Pass;
                votes.push((StatementNumber(8), Choice::Agree));
                if person < 20 {
                    votes.push((StatementNumber(9), Choice::Agree));
                }
                votes.push((StatementNumber(10), Choice::Agree));
                votes.push((StatementNumber(11), Choice::Agree));
                votes.push((StatementNumber(12), Choice::Agree));
                ParticipantVotes { number: ParticipantNumber(person), votes }
            })
            .collect();
        Votes { statements, participants }
    }

    fn draft(
        votes: &Votes,
        map: &OpinionMap,
        version: Seq,
        moderation: ModerationRule,
        places: u32,
    ) -> Proposal {
        Bench::new(votes, map, version, moderation, places, &Likeness::none()).propose()
    }

    #[test]
    fn every_statement_is_on_the_agenda_or_left_out_with_its_reason() {
        let votes = conversation();
        let map = compute(&votes, &CheckedParams::default());
        assert_eq!(map.k.chosen, 2);
        let agenda = draft(&votes, &map, Seq(9), ModerationRule::Before, 4);
        assert_eq!((agenda.voters, agenda.candidates, agenda.items.len()), (70, 9, 4));
        let head = |at: usize| &agenda.items[at].statements[0];
        assert_eq!(head(0).statement, StatementNumber(8));
        let bound = map.statement(StatementNumber(8)).map_or(0.0, |s| s.lowest_group_bound);
        let reason = ItemReason::Bridging { lowest_share_permille: (bound * 1000.0) as u32 };
        assert_eq!(head(0).reason, reason);
        assert!(matches!(head(1).reason, ItemReason::Proportional { unserved: 0, .. }));
        let firmness = head(0).firmness.expect("it was looked into");
        assert_eq!((firmness.samples, firmness.chosen), (SAMPLES, SAMPLES), "everybody agrees");
        let margin = map.consensus.agree.iter().find(|one| one.statistics.statement == StatementNumber(8));
        let margin = margin.and_then(|one| one.margin).map(|margin| margin.newcomers);
        assert!(margin.is_some() && firmness.newcomers == margin);
        assert_eq!(head(1).firmness.and_then(|firmness| firmness.newcomers), None, "not all agree on it");
        assert_eq!(head(0).groups[0].label, "A");
        assert_eq!(head(0).overall.agree, 70);
        let why = |number: u32| agenda.left_out.iter().find(|l| l.statement.0 == number).map(|l| l.why);
        assert_eq!(why(9), Some(OmissionReason::TooFewVotes));
        assert_eq!(why(10), Some(OmissionReason::Rejected));
        assert_eq!(why(11), Some(OmissionReason::Meta));
        assert_eq!(why(12), Some(OmissionReason::NotAccepted), "everybody agrees, and no moderator read it");
        assert_eq!(agenda.items.len() + agenda.left_out.len(), 13);
        let after = draft(&votes, &map, Seq(9), ModerationRule::After, 4);
        assert!(after.statements().any(|backed| backed.statement == StatementNumber(12)));
    }

    #[test]
    fn an_empty_conversation_has_an_empty_agenda() {
        let votes = Votes::default();
        let map = compute(&votes, &CheckedParams::default());
        let agenda = draft(&votes, &map, Seq(0), ModerationRule::Before, 10);
        assert!(agenda.items.is_empty() && agenda.left_out.is_empty());
        let votes = conversation();
        let map = compute(&votes, &CheckedParams::default());
        assert!(draft(&votes, &map, Seq(0), ModerationRule::Before, 0).items.is_empty());
    }

    #[test]
    fn an_agenda_by_hand_is_told_whom_it_leaves_out_and_what_they_want() {
        let votes = conversation();
        let map = compute(&votes, &CheckedParams::default());
        let bench = Bench::new(&votes, &map, Seq(9), ModerationRule::Before, 4, &Likeness::none());
        let s = StatementNumber;
        // What the first forty want, and nothing for the other thirty.
        let found = bench.coverage(&[vec![s(0)], vec![s(2)], Vec::new()]);
        assert_eq!(found.places, 2);
        let [observed, _] = &found.readings;
        assert!(observed.unserved >= 30, "{observed:?}");
        let wanted = found.wanted[0];
        assert_eq!((wanted.statement, wanted.people), (s(8), observed.unserved), "all agree on 8");
        assert_eq!(bench.coverage(&[vec![s(8)]]).readings[0].unserved, 0);
        // Two statements of one item are one: they take one place together.
        let joined = bench.coverage(&[vec![s(0), s(1)]]);
        let neither = |person: &&ParticipantVotes| {
            !person.votes.contains(&(s(0), Choice::Agree)) && !person.votes.contains(&(s(1), Choice::Agree))
        };
        let neither = votes.participants.iter().filter(neither).count() as u32;
        assert!(neither < 30, "one of each camp's");
        assert_eq!((joined.places, joined.readings[0].unserved), (1, neither));
        assert!(bench.counts(s(8)) && !bench.counts(s(9)), "too few have seen 9");
    }
}
