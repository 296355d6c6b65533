//! Drafts an agenda from votes and their map, by the balanced rule (ASSEMBLY §1).
//!
//! It lets the slate rules choose among the candidates, and writes down the
//! reason of each statement, on the agenda or not. It changes nothing by hand: organisers do,
//! through events. Invariant: every statement of the map is on it once or left out once.

use super::approvals::Approvals;
use super::ballots::Ballots;
use super::candidates::Candidates;
use super::choose::{Choosing, Rule};
use super::slate::Phase;
use crate::domain::agenda::{Agenda, AgendaItem, GroupTally, ItemReason, Omission, OmissionReason};
use crate::domain::{ModerationRule, Seq, StatementNumber};
use crate::opinion::map::opinion_map::MapStatement;
use crate::opinion::{OpinionMap, Votes};

/// Drafts an agenda of at most `places` items. `map` is the map of `votes`, at `map_version`.
/// It has version 1; who keeps it gives it the next one. The voters are the placed people who agree with at least one candidate.
/// Under [`ModerationRule::Before`] statements that wait for a moderator are no candidates.
pub fn draft(
    votes: &Votes,
    map: &OpinionMap,
    map_version: Seq,
    moderation: ModerationRule,
    places: u32,
) -> Agenda {
    let candidates = Candidates::of(map, moderation, &[]);
    let choosing = choosing(votes, map, &candidates, Rule::Balanced, places, |_| 1);
    let [observed, _] = choosing.readings();
    let mut served = vec![false; observed.voters()];
    let mut items = Vec::new();
    for choice in choosing.slate() {
        let Some(statement) = map.statement(choice.statement) else { continue };
        let supporters: Vec<usize> = observed
            .index(choice.statement)
            .map(|index| observed.supporters(index).collect())
            .unwrap_or_default();
        let unserved = supporters.iter().filter(|voter| !served[**voter]).count() as u32;
        supporters.iter().for_each(|voter| served[*voter] = true);
        items.push(item(statement, map, choice.phase, supporters.len() as u32, unserved));
    }
    let left_out = left_out(map, &items, &candidates, observed);
    Agenda {
        version: 1,
        map_version,
        places,
        voters: u32::try_from(observed.people()).unwrap_or(u32::MAX),
        candidates: candidates.open.len() as u32,
        items,
        left_out,
    }
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

fn item(
    statement: &MapStatement,
    map: &OpinionMap,
    phase: Phase,
    supporters: u32,
    unserved: u32,
) -> AgendaItem {
    AgendaItem {
        statement: statement.id,
        reason: match phase {
            // Rounded down: "at least".
            Phase::Bridging => ItemReason::Bridging {
                lowest_share_permille: (statement.lowest_group_bound * 1000.0).floor() as u32,
            },
            Phase::EqualShares | Phase::Thiele => ItemReason::Proportional { supporters, unserved },
            Phase::Completion => ItemReason::Completion { supporters, unserved },
        },
        overall: statement.tally(),
        groups: map
            .groups
            .iter()
            .zip(&statement.groups)
            .map(|(group, tally)| GroupTally { label: group.label.clone(), size: group.size, tally: *tally })
            .collect(),
        changes: Vec::new(),
    }
}

fn left_out(
    map: &OpinionMap,
    items: &[AgendaItem],
    candidates: &Candidates,
    observed: &Approvals,
) -> Vec<Omission> {
    let is_supported = |statement| observed.index(statement).is_some_and(|index| observed.support(index) > 0);
    let why = |statement: StatementNumber| match candidates.barred.get(&statement) {
        Some(why) => *why,
        None if is_supported(statement) => OmissionReason::NotChosen,
        None => OmissionReason::NoSupport,
    };
    map.statements
        .iter()
        .filter(|statement| items.iter().all(|item| item.statement != statement.id))
        .map(|statement| Omission { statement: statement.id, why: why(statement.id) })
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

    #[test]
    fn every_statement_is_on_the_agenda_or_left_out_with_its_reason() {
        let votes = conversation();
        let map = compute(&votes, &CheckedParams::default());
        assert_eq!(map.k.chosen, 2);
        let agenda = draft(&votes, &map, Seq(9), ModerationRule::Before, 4);
        assert_eq!((agenda.voters, agenda.candidates, agenda.items.len()), (70, 9, 4));
        assert_eq!(agenda.items[0].statement, StatementNumber(8));
        let bound = map.statement(StatementNumber(8)).map_or(0.0, |s| s.lowest_group_bound);
        let reason = ItemReason::Bridging { lowest_share_permille: (bound * 1000.0) as u32 };
        assert_eq!(agenda.items[0].reason, reason);
        assert!(matches!(agenda.items[1].reason, ItemReason::Proportional { unserved: 0, .. }));
        assert_eq!(agenda.items[0].groups[0].label, "A");
        assert_eq!(agenda.items[0].overall.agree, 70);
        let why = |number: u32| agenda.left_out.iter().find(|l| l.statement.0 == number).map(|l| l.why);
        assert_eq!(why(9), Some(OmissionReason::TooFewVotes));
        assert_eq!(why(10), Some(OmissionReason::Rejected));
        assert_eq!(why(11), Some(OmissionReason::Meta));
        assert_eq!(why(12), Some(OmissionReason::NotAccepted), "everybody agrees, and no moderator read it");
        assert_eq!(agenda.items.len() + agenda.left_out.len(), 13);
        let after = draft(&votes, &map, Seq(9), ModerationRule::After, 4);
        assert!(after.position(StatementNumber(12)).is_some());
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
}
