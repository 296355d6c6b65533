//! The straight list of steps from votes to a map.
//!
//! Each step is a module of its own; this one only passes values on and rounds what is published.
//! Stability (B6), the bridging factorisation (B8c), robustness margins (B9) and continuity (B5)
//! are not part of the map's value: they come after it, from the map and the votes.

use super::consensus::{consensus, group_informed, lowest_group_bound};
use super::geometry::{Point, convex_hull, rounded, rounded_point};
use super::grouping::{Grouping, group};
use super::input::{StatementInput, Votes};
use super::opinion_map::{
    Counts, Direction, Engine, Group, MapNote, MapParticipant, MapStatement, OpinionMap, PcaSummary,
    RepresentativeStatement, Selection, label,
};
use super::params::{Params, Preset};
use super::priority::priority;
use super::projection::{Projection, project};
use super::representative::representative;
use super::tallies::GroupTallies;
use super::vote_matrix::VoteMatrix;
use crate::domain::{Moderation, StatementNumber, Tally};

/// Computes the map of these votes. Never panics; every number in it is finite.
pub fn compute(votes: &Votes, params: &Params) -> OpinionMap {
    let matrix = VoteMatrix::new(votes);
    let live = matrix.live_tallies();
    let aside = matrix.aside_tallies();

    let projection = project(&matrix, &live, params);
    let placed = place(&matrix, &projection, params);
    let grouping = group(&placed.positions, params);
    let by_group = ByGroup::new(&matrix, &placed, &grouping);

    let live_by_group: Vec<(StatementNumber, Vec<Tally>)> =
        matrix.live_statements.iter().enumerate().map(|(c, s)| (*s, by_group.live.of(c))).collect();
    let representative = representative(&live_by_group, grouping.k, params);
    let groups = groups(&placed, &grouping, representative, params);
    let sizes: Vec<u32> = groups.iter().map(|group| group.size).collect();
    let consensus = consensus(&live_by_group, &sizes, params);
    let tallied = Tallied { live: &live, aside: &aside, by_group: &by_group };
    OpinionMap {
        engine: engine(params),
        counts: counts(&matrix, &tallied, &placed),
        pca: PcaSummary {
            explained_variance_ratio: projection.explained.map(rounded),
            passes: projection.passes,
            converged: projection.converged,
        },
        k: selection(&grouping),
        note: note(&projection, &placed, &grouping, params),
        statements: statements(votes, &matrix, &tallied, &projection, &groups, params),
        participants: participants(&matrix, &placed, &by_group),
        groups,
        consensus,
    }
}

/// Who is on the map: row numbers, and positions in the same order.
struct Placed {
    rows: Vec<usize>,
    positions: Vec<Point>,
}

/// People with enough votes on live statements get a position.
fn place(matrix: &VoteMatrix, projection: &Projection, params: &Params) -> Placed {
    let needed = (params.placement_votes as usize).min(matrix.columns()).max(1);
    let enough = matrix.live.iter().enumerate().filter(|(_, codes)| codes.len() >= needed);
    let (rows, positions) = enough.map(|(row, codes)| (row, projection.person(codes))).unzip();
    Placed { rows, positions }
}

/// Votes and people by group.
struct ByGroup {
    row_group: Vec<Option<usize>>,
    live: GroupTallies,
    aside: GroupTallies,
}

impl ByGroup {
    fn new(matrix: &VoteMatrix, placed: &Placed, grouping: &Grouping) -> Self {
        let mut row_group = vec![None; matrix.participants.len()];
        for (row, group) in placed.rows.iter().zip(&grouping.group_of) {
            row_group[*row] = Some(*group);
        }
        let aside = matrix.aside_statements.len();
        Self {
            live: GroupTallies::new(&matrix.live, matrix.columns(), &row_group, grouping.k),
            aside: GroupTallies::new(&matrix.aside, aside, &row_group, grouping.k),
            row_group,
        }
    }
}

/// Everything counted, column by column.
struct Tallied<'a> {
    live: &'a [Tally],
    aside: &'a [Tally],
    by_group: &'a ByGroup,
}

fn engine(params: &Params) -> Engine {
    Engine {
        name: "boule".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        preset: Preset::Boule,
        params: params.clone(),
    }
}

fn counts(matrix: &VoteMatrix, tallied: &Tallied<'_>, placed: &Placed) -> Counts {
    let mut counts = Counts {
        participants: matrix.participants.len() as u32,
        placed: placed.rows.len() as u32,
        statements: (matrix.live_statements.len() + matrix.aside_statements.len()) as u32,
        ..Counts::default()
    };
    for tally in tallied.live.iter().chain(tallied.aside) {
        counts.agree += u64::from(tally.agree);
        counts.pass += u64::from(tally.pass);
        counts.disagree += u64::from(tally.disagree);
    }
    counts.votes = counts.agree + counts.pass + counts.disagree;
    counts
}

fn selection(grouping: &Grouping) -> Selection {
    Selection {
        chosen: grouping.k as u32,
        silhouette: grouping.silhouettes.iter().map(|(k, s)| (*k as u32, rounded(*s))).collect(),
        eligible: grouping.eligible.iter().map(|k| *k as u32).collect(),
    }
}

fn note(projection: &Projection, placed: &Placed, grouping: &Grouping, params: &Params) -> Option<MapNote> {
    let two_groups = 2.0 * params.smallest_group(placed.rows.len());
    let notes = [
        (projection.means.is_empty(), MapNote::NoVotes),
        ((placed.rows.len() as f64) < two_groups, MapNote::TooFewPeople),
        (projection.explained[0] == 0.0, MapNote::IdenticalVotes),
        (!projection.converged, MapNote::PcaNotConverged),
        (grouping.k < 2, MapNote::NoClearGroups),
        (projection.is_line(), MapNote::OneDimension),
        (!projection.distinct, MapNote::ArbitraryAxes),
    ];
    notes.into_iter().find(|(holds, _)| *holds).map(|(_, note)| note)
}

fn groups(
    placed: &Placed,
    grouping: &Grouping,
    representative: Vec<Vec<RepresentativeStatement>>,
    params: &Params,
) -> Vec<Group> {
    let mut members: Vec<Vec<Point>> = vec![Vec::new(); grouping.k];
    for (position, group) in placed.positions.iter().zip(&grouping.group_of) {
        if let Some(members) = members.get_mut(*group) {
            members.push(*position);
        }
    }
    (0u32..)
        .zip(members.iter().zip(representative))
        .map(|(id, (members, representative))| {
            let people = members.len().max(1) as f64;
            let mean = |axis: usize| rounded(members.iter().map(|p| p[axis]).sum::<f64>() / people);
            let outline: Vec<Point> = members.iter().map(|p| rounded_point(*p)).collect();
            Group {
                id,
                label: label(id),
                size: members.len() as u32,
                centre: [mean(0), mean(1)],
                hull: convex_hull(&outline),
                below_threshold: (members.len() as u32) < params.privacy_min,
                representative,
            }
        })
        .collect()
}

fn statements(
    votes: &Votes,
    matrix: &VoteMatrix,
    tallied: &Tallied<'_>,
    projection: &Projection,
    groups: &[Group],
    params: &Params,
) -> Vec<MapStatement> {
    let mut listed = votes.statements.clone();
    listed.sort_by_key(|statement| statement.number);
    listed.dedup_by_key(|statement| statement.number);
    let nobody = vec![Tally::default(); groups.len()];
    listed
        .iter()
        .map(|statement| {
            let number = &statement.number;
            let live = matrix.live_statements.binary_search(number).ok();
            let aside = matrix.aside_statements.binary_search(number).ok();
            let (all, by_group) = match (live, aside) {
                (Some(column), _) => (tallied.live[column], tallied.by_group.live.of(column)),
                (_, Some(column)) => (tallied.aside[column], tallied.by_group.aside.of(column)),
                _ => (Tally::default(), nobody.clone()),
            };
            let position = live.map(|column| projection.statement(column));
            map_statement(statement, all, by_group, position, groups, params)
        })
        .collect()
}

fn map_statement(
    statement: &StatementInput,
    all: Tally,
    by_group: Vec<Tally>,
    position: Option<Point>,
    groups: &[Group],
    params: &Params,
) -> MapStatement {
    let extremity = position.map_or(0.0, |[x, y]| x.hypot(y));
    let sized: Vec<(Tally, u32)> = by_group.iter().copied().zip(groups.iter().map(|g| g.size)).collect();
    let weight = match statement.moderation {
        Moderation::Rejected => 0.0,
        Moderation::Pending | Moderation::Accepted => priority(&all, &sized, extremity, params),
    };
    MapStatement {
        id: statement.number,
        moderation: statement.moderation,
        meta: statement.meta,
        agree: all.agree,
        disagree: all.disagree,
        pass: all.pass,
        group_informed_consensus: rounded(group_informed(&by_group, Direction::Agree)),
        group_informed_consensus_disagree: rounded(group_informed(&by_group, Direction::Disagree)),
        lowest_group_bound: rounded(lowest_group_bound(&by_group, Direction::Agree, params.wilson_z)),
        groups: by_group,
        extremity: rounded(extremity),
        priority: rounded(weight),
        x: position.map(|p| rounded(p[0])),
        y: position.map(|p| rounded(p[1])),
    }
}

fn participants(matrix: &VoteMatrix, placed: &Placed, by_group: &ByGroup) -> Vec<MapParticipant> {
    let mut positions = vec![None; matrix.participants.len()];
    for (row, position) in placed.rows.iter().zip(&placed.positions) {
        positions[*row] = Some(rounded_point(*position));
    }
    let mut participants: Vec<MapParticipant> = matrix
        .participants
        .iter()
        .enumerate()
        .map(|(row, id)| MapParticipant {
            id: *id,
            votes: (matrix.live.row(row).len() + matrix.aside.row(row).len()) as u32,
            x: positions[row].map(|p| p[0]),
            y: positions[row].map(|p| p[1]),
            group: by_group.row_group[row].map(|group| group as u32),
        })
        .collect();
    participants.sort_by_key(|participant| participant.id);
    participants
}
