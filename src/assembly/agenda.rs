//! Drafts an agenda from votes and their map, by the balanced rule (ASSEMBLY §1).
//!
//! It decides which statements are candidates, lets the slate rules choose, and writes down the
//! reason of each statement, on the agenda or not. It changes nothing by hand: organisers do,
//! through events. Invariant: every statement of the map is on it once or left out once.

use super::approvals::Approvals;
use super::slate::{Phase, balanced};
use crate::domain::agenda::{Agenda, AgendaItem, GroupTally, ItemReason, Omission, OmissionReason};
use crate::domain::{Moderation, ModerationRule, Seq, StatementNumber};
use crate::opinion::findings::consensus::seen_by_every_group;
use crate::opinion::map::opinion_map::MapStatement;
use crate::opinion::{OpinionMap, ParticipantVotes, Votes};

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
    let barred = |statement: &MapStatement| barred(statement, map, moderation);
    let candidates: Vec<&MapStatement> =
        map.statements.iter().filter(|statement| barred(statement).is_none()).collect();
    let is_placed = |p: &ParticipantVotes| map.group_of(p.number).is_some();
    let approvals = Approvals::observed(votes, candidates.iter().map(|s| s.id), is_placed);
    let chosen = balanced(&approvals, &bridging(&candidates), places as usize);

    let mut served = vec![false; approvals.voters()];
    let mut items = Vec::with_capacity(chosen.len());
    for choice in &chosen {
        let Some(statement) = map.statement(choice.statement) else { continue };
        let supporters = approvals.index(choice.statement).map_or(&[][..], |p| approvals.supporters(p));
        let unserved = supporters.iter().filter(|voter| !served[**voter]).count() as u32;
        supporters.iter().for_each(|voter| served[*voter] = true);
        items.push(item(statement, map, choice.phase, supporters.len() as u32, unserved));
    }
    let is_supported = |statement: StatementNumber| {
        approvals.index(statement).is_some_and(|index| !approvals.supporters(index).is_empty())
    };
    let left_out = left_out(map, &items, |statement| {
        let unsupported = (!is_supported(statement.id)).then_some(OmissionReason::NoSupport);
        barred(statement).or(unsupported)
    });
    Agenda {
        version: 1,
        map_version,
        places,
        voters: approvals.voters() as u32,
        candidates: candidates.len() as u32,
        items,
        left_out,
    }
}

/// Why a statement can't be a candidate.
fn barred(statement: &MapStatement, map: &OpinionMap, moderation: ModerationRule) -> Option<OmissionReason> {
    let sizes: Vec<u32> = map.groups.iter().map(|group| group.size).collect();
    if statement.moderation == Moderation::Rejected {
        Some(OmissionReason::Rejected)
    } else if statement.moderation == Moderation::Pending && moderation == ModerationRule::Before {
        Some(OmissionReason::NotAccepted)
    } else if statement.meta {
        Some(OmissionReason::Meta)
    } else if !seen_by_every_group(&statement.groups, &sizes, map.engine.params.findings.exposure_votes) {
        Some(OmissionReason::TooFewVotes)
    } else {
        None
    }
}

/// Candidates that a majority of every group is known to agree with, the surest first. Where
/// fewer bridge than there are places for it, the places go to Equal Shares.
fn bridging(candidates: &[&MapStatement]) -> Vec<StatementNumber> {
    let mut bridging: Vec<&MapStatement> =
        candidates.iter().copied().filter(|s| s.lowest_group_bound > 0.5).collect();
    bridging.sort_by(|a, b| b.lowest_group_bound.total_cmp(&a.lowest_group_bound).then(a.id.cmp(&b.id)));
    bridging.into_iter().map(|statement| statement.id).collect()
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
            Phase::EqualShares => ItemReason::Proportional { supporters, unserved },
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
    barred: impl Fn(&MapStatement) -> Option<OmissionReason>,
) -> Vec<Omission> {
    map.statements
        .iter()
        .filter(|statement| items.iter().all(|item| item.statement != statement.id))
        .map(|statement| Omission {
            statement: statement.id,
            why: barred(statement).unwrap_or(OmissionReason::NotChosen),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Choice, ParticipantNumber};
    use crate::opinion::{CheckedParams, StatementInput, compute};

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
