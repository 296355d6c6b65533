//! A Polis result in the shape of a map, so that both presets print the same JSON.
//!
//! Shares are Polis's smoothed ones. What Polis has and a map has not is in [`PolisDetails`].

use super::repness::{ConsensusEntry, RepnessEntry};
use super::result::PolisResult;
use crate::domain::Tally;
use crate::opinion::findings::consensus::lowest_group_bound;
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::map::direction::Direction;
use crate::opinion::map::opinion_map::{
    Consensus, ConsensusStatement, ENGINE_VERSION, Engine, Group, MapCounts, MapNote, MapStatement,
    OpinionMap, PcaSummary, RepresentativeStatement, Selection, StatementStatistics, label,
};
use crate::opinion::map::params::{FindingParams, Preset};
use crate::opinion::map::participant::{MapParticipant, Placement};
use crate::opinion::map::polis_details::{PolisBaseCluster, PolisDetails, PolisParticipant};
use crate::opinion::numeric::geometry::{Point, convex_hull, rounded, rounded_point};
use crate::opinion::numeric::significance::wilson;
use crate::opinion::votes::input::Votes;

impl PolisResult {
    /// The published map.
    pub fn map(&self, votes: &Votes) -> OpinionMap {
        map(self, votes)
    }
}

fn map(result: &PolisResult, votes: &Votes) -> OpinionMap {
    let params = CheckedParams::default();
    let groups = groups(result, &params.findings);
    let placed = result.group_of_row.iter().flatten().count() as u32;
    OpinionMap {
        engine: Engine {
            name: "boule".to_owned(),
            version: ENGINE_VERSION.to_owned(),
            preset: Preset::Polis,
            params: params.clone(),
        },
        counts: counts(result, placed),
        pca: PcaSummary {
            explained_variance_ratio: result.projection.explained.map(rounded),
            passes: result.projection.passes,
            converged: result.projection.converged,
        },
        k: Selection {
            chosen: result.groups.k as u32,
            silhouette: result.groups.silhouettes.iter().map(|(k, s)| (*k as u32, rounded(*s))).collect(),
            eligible: result.groups.silhouettes.keys().map(|k| *k as u32).collect(),
            settling: None,
        },
        note: note(result),
        consensus: consensus(result, &params.findings),
        statements: statements(result, votes, &params.findings),
        participants: participants(result),
        groups,
        validation: None,
        polis: Some(details(result)),
    }
}

fn counts(result: &PolisResult, placed: u32) -> MapCounts {
    let mut counts = MapCounts {
        participants: result.votes.rows() as u32,
        placed,
        statements: result.votes.statements.len() as u32,
        ..MapCounts::default()
    };
    for tally in result.votes.tallies() {
        counts.agree += u64::from(tally.agree);
        counts.pass += u64::from(tally.pass);
        counts.disagree += u64::from(tally.disagree);
    }
    counts.votes = counts.agree + counts.pass + counts.disagree;
    counts
}

fn note(result: &PolisResult) -> Option<MapNote> {
    let notes = [
        (result.votes.rows() == 0, MapNote::NoVotes),
        (result.projection.explained[0] == 0.0, MapNote::IdenticalVotes),
        (!result.projection.converged, MapNote::PcaNotConverged),
        (result.projection.is_line(), MapNote::OneDimension),
        (!result.projection.distinct, MapNote::ArbitraryAxes),
    ];
    notes.into_iter().find(|(holds, _)| *holds).map(|(_, note)| note)
}

fn groups(result: &PolisResult, params: &FindingParams) -> Vec<Group> {
    let members = members(result);
    let listed = members.iter().zip(&result.repness).enumerate();
    listed
        .map(|(id, (members, repness))| {
            // In range: members are rows, and each row has a position.
            let points: Vec<Point> =
                members.iter().map(|&row| rounded_point(result.positions[row])).collect();
            Group {
                id: id as u32,
                label: label(id as u32),
                size: members.len() as u32,
                centre: rounded_point(middle(result, members)),
                hull: convex_hull(&points),
                below_threshold: (members.len() as u32) < params.privacy_min,
                representative: repness
                    .iter()
                    .map(|entry| representative(result, id, entry, params))
                    .collect(),
            }
        })
        .collect()
}

/// The rows of each group.
fn members(result: &PolisResult) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); result.groups.k];
    for (row, group) in result.group_of_row.iter().enumerate() {
        if let Some(members) = group.and_then(|group| members.get_mut(group)) {
            members.push(row);
        }
    }
    members
}

fn middle(result: &PolisResult, rows: &[usize]) -> Point {
    // In range: callers have rows, each has a position, and an axis is 0 or 1.
    let mean = |axis: usize| {
        rows.iter().map(|&row| result.positions[row][axis]).sum::<f64>() / rows.len().max(1) as f64
    };
    [mean(0), mean(1)]
}

fn side(
    result: &PolisResult,
    column: usize,
    direction: Direction,
    tally: &Tally,
    [share, test]: [f64; 2],
    params: &FindingParams,
) -> StatementStatistics {
    StatementStatistics {
        statement: result.statement(column),
        direction,
        agree: tally.agree,
        disagree: tally.disagree,
        pass: tally.pass,
        seen: tally.seen(),
        share: rounded(share),
        interval: wilson(direction.of(tally), tally.seen(), params.wilson_z).map(rounded),
        test: rounded(test),
    }
}

fn representative(
    result: &PolisResult,
    group: usize,
    entry: &RepnessEntry,
    params: &FindingParams,
) -> RepresentativeStatement {
    // In range: the entry was made from this group and this column.
    let tally = &result.group_votes[group][entry.column];
    let values = [entry.p_success, entry.p_test];
    RepresentativeStatement {
        statistics: side(result, entry.column, entry.direction, tally, values, params),
        repness: rounded(entry.repness),
        repness_test: rounded(entry.repness_test),
    }
}

fn consensus(result: &PolisResult, params: &FindingParams) -> Consensus {
    let tallies = result.votes.tallies();
    let listed = |entries: &[ConsensusEntry], direction: Direction| {
        // In range: the column of an entry is a column of the votes.
        let one = |entry: &ConsensusEntry| {
            let by_group: Vec<Tally> = result.group_votes.iter().map(|votes| votes[entry.column]).collect();
            let values = [entry.p_success, entry.p_test];
            ConsensusStatement {
                statistics: side(result, entry.column, direction, &tallies[entry.column], values, params),
                lowest_group_bound: rounded(lowest_group_bound(&by_group, direction, params.wilson_z)),
                margin: None,
            }
        };
        entries.iter().map(one).collect()
    };
    let [agree, disagree] = &result.consensus;
    Consensus { agree: listed(agree, Direction::Agree), disagree: listed(disagree, Direction::Disagree) }
}

fn statements(result: &PolisResult, votes: &Votes, params: &FindingParams) -> Vec<MapStatement> {
    let tallies = result.votes.tallies();
    let mut listed = votes.statements.clone();
    listed.sort_by_key(|statement| statement.number);
    listed.dedup_by_key(|statement| statement.number);
    // In range: a column is an index into the statements, and every list by column is as long.
    let one = |statement: &crate::opinion::StatementInput| {
        let column = result.votes.statements.binary_search(&statement.number).ok();
        let by_group: Vec<Tally> = result
            .group_votes
            .iter()
            .map(|votes| column.map(|column| votes[column]).unwrap_or_default())
            .collect();
        let all = column.map(|column| tallies[column]).unwrap_or_default();
        let position = column.map(|column| result.statement_positions[column]);
        let disagree = |tally: &Tally| (f64::from(tally.disagree) + 1.0) / (f64::from(tally.seen()) + 2.0);
        MapStatement {
            group_informed_consensus: rounded(column.map_or(0.0, |column| result.group_informed[column])),
            group_informed_consensus_disagree: rounded(by_group.iter().map(disagree).product()),
            lowest_group_bound: rounded(lowest_group_bound(&by_group, Direction::Agree, params.wilson_z)),
            groups: by_group,
            extremity: rounded(position.map_or(0.0, |[x, y]| (x * x + y * y).sqrt())),
            priority: rounded(column.map_or(0.0, |column| result.priorities[column])),
            x: position.map(|p| rounded(p[0])),
            y: position.map(|p| rounded(p[1])),
            ..MapStatement::of(statement, &all)
        }
    };
    listed.iter().map(one).collect()
}

fn participants(result: &PolisResult) -> Vec<MapParticipant> {
    // In range: every list by row is as long as the participants.
    let rows = result.votes.participants.iter().enumerate();
    let mut participants: Vec<MapParticipant> = rows
        .map(|(row, id)| MapParticipant {
            id: *id,
            votes: result.votes.by_row[row].len() as u32,
            placement: result.group_of_row[row].map(|group| Placement {
                at: rounded_point(result.positions[row]),
                radius: f32::NAN,
                group: group as u32,
            }),
            straight_liner: false,
            excluded: false,
        })
        .collect();
    participants.sort_by_key(|participant| participant.id);
    participants
}

fn details(result: &PolisResult) -> PolisDetails {
    let mut base_clusters: Vec<PolisBaseCluster> = result
        .base
        .centres
        .iter()
        .enumerate()
        .map(|(index, centre)| PolisBaseCluster {
            centre: rounded_point(*centre),
            members: Vec::new(),
            group: result.groups.group_of.get(index).map(|group| *group as u32),
        })
        .collect();
    // In range: `cluster_of` holds indices of centres, and `clustered` has a row for each member.
    for (member, cluster) in result.base.cluster_of.iter().enumerate() {
        base_clusters[*cluster].members.push(result.votes.participants[result.clustered[member]]);
    }
    let everybody: Vec<usize> = (0..result.votes.rows()).collect();
    let all = middle(result, &everybody);
    let mut participants = Vec::new();
    for members in members(result) {
        let own = middle(result, &members);
        for row in members {
            participants.push(standing(result, row, own, all));
        }
    }
    participants.sort_by_key(|participant| participant.id);
    let best = |(group, repness): (usize, &Vec<RepnessEntry>)| {
        let best = repness.iter().find(|entry| entry.best_agree)?;
        Some((group as u32, result.statement(best.column)))
    };
    PolisDetails {
        base_clusters,
        participants,
        best_agree: result.repness.iter().enumerate().filter_map(best).collect(),
    }
}

fn standing(result: &PolisResult, row: usize, own: Point, all: Point) -> PolisParticipant {
    let length = |a: Point| (a[0] * a[0] + a[1] * a[1]).sqrt();
    let minus = |a: Point, b: Point| [a[0] - b[0], a[1] - b[1]];
    // In range: `row` is a member of a group, and members are rows.
    let at = result.positions[row];
    let outwards = minus(own, all);
    let (beyond, far) = (minus(at, own), length(outwards));
    let extremeness = if far > 0.0 { (beyond[0] * outwards[0] + beyond[1] * outwards[1]) / far } else { 0.0 };
    PolisParticipant {
        id: result.votes.participants[row],
        n_votes: result.votes.by_row[row].len() as u32,
        centricness: rounded(1.0 - length(minus(at, all))),
        coreness: rounded(1.0 - length(beyond)),
        extremeness: rounded(extremeness),
    }
}
