//! The straight list of steps from votes to a map.
//!
//! Each step is a module of its own; this one only passes values on and rounds what is published.
//! The intermediate values are kept ([`Stages`]), because what comes after the map needs them: the
//! refresh, the bootstrap, the null test, bridging. Continuity (B5) is not part of a map's value.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Moderation, ParticipantNumber, StatementNumber, Tally};
use crate::opinion::axes::placing::Placements;
use crate::opinion::axes::projection::Projection;
use crate::opinion::findings::consensus::{group_informed, listed_consensus, lowest_group_bound};
use crate::opinion::findings::priority::priority;
use crate::opinion::findings::representative::representative;
use crate::opinion::groups::grouping::{Grouping, silhouettes_by_k};
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::map::direction::Direction;
use crate::opinion::map::opinion_map::{
    ENGINE_VERSION, Engine, Group, MapCounts, MapNote, MapStatement, OpinionMap, PcaSummary,
    RepresentativeStatement, Selection, label,
};
use crate::opinion::map::params::{FindingParams, GroupingParams, PeopleParams, Preset};
use crate::opinion::map::participant::{MapParticipant, Placement};
use crate::opinion::numeric::geometry::{Point, convex_hull, rounded, rounded_point};
use crate::opinion::numeric::work::{Stopped, Work};
use crate::opinion::pipeline::stages::{
    ComputedMap, Stages, axes, group_of_rows, live_tallies, place_and_group,
};
use crate::opinion::votes::input::{StatementInput, Votes};
use crate::opinion::votes::tallies::GroupTallies;
use crate::opinion::votes::vote_matrix::{ONE, VoteMatrix, Weight, tally};
use crate::opinion::votes::weights::row_weights;

/// Computes the map of these votes. Never panics; every number in it is finite.
pub fn compute(votes: &Votes, params: &CheckedParams) -> OpinionMap {
    compute_cold(&VoteMatrix::new(votes), params)
}

/// The same from a matrix, on this thread: what a published map is (I7).
pub fn compute_cold(matrix: &VoteMatrix, params: &CheckedParams) -> OpinionMap {
    match compute_with(matrix, params, &Work::alone()) {
        Ok(computed) => computed.map,
        // Nobody can stop work that nobody else knows of.
        Err(Stopped) => OpinionMap::nothing(),
    }
}

/// Computes a map on as many threads as there are; the result does not depend on them.
pub fn compute_with(
    matrix: &VoteMatrix,
    params: &CheckedParams,
    work: &Work<'_>,
) -> Result<ComputedMap, Stopped> {
    let weights = row_weights(matrix, &params.people);
    let (counts, projection) = axes(matrix, weights.as_deref(), params, work)?;
    let (placed, grouping) = place_and_group(matrix, &projection, weights.as_deref(), None, params, work)?;
    finish(matrix, weights, counts, projection, placed, grouping, params, work)
}

/// The map of groups that come from outside instead of being found: places, ages, another
/// clustering. Everybody with a group and a live vote is placed; a group of nobody is left out.
/// `group_of` has numbers below `names.len()`, which is at most 254.
pub fn compute_given(
    matrix: &VoteMatrix,
    group_of: &BTreeMap<ParticipantNumber, usize>,
    names: &[String],
    params: &CheckedParams,
    work: &Work<'_>,
) -> Result<ComputedMap, Stopped> {
    let weights = row_weights(matrix, &params.people).unwrap_or_else(|| vec![ONE; matrix.rows()]);
    let (counts, projection) = axes(matrix, Some(&weights), params, work)?;
    // Only who has a group is placed; the others count in the axes and in the totals.
    let given: Vec<Option<u8>> = matrix
        .participants()
        .iter()
        .map(|p| {
            group_of.get(p).filter(|group| **group < names.len()).and_then(|group| u8::try_from(*group).ok())
        })
        .collect();
    let with_group: Vec<Weight> =
        weights.iter().zip(&given).map(|(weight, group)| if group.is_some() { *weight } else { 0 }).collect();
    let placed = projection.place(matrix, Some(&with_group), 1.0, work);
    // In range: `given` has an entry for each row, and `filled` has every group that occurs.
    let mut group_of: Vec<u8> =
        placed.rows.iter().map(|row| given[*row as usize].unwrap_or_default()).collect();
    let filled: BTreeSet<u8> = group_of.iter().copied().collect();
    let number_of: BTreeMap<u8, u8> = filled.iter().copied().zip(0..).collect();
    group_of.iter_mut().for_each(|group| *group = number_of[group]);
    let grouping = Grouping { group_of, k: filled.len(), ..Grouping::default() };
    let mut computed = finish(matrix, Some(weights), counts, projection, placed, grouping, params, work)?;
    let crate::opinion::map::opinion_map::Consensus { agree, disagree } = &mut computed.map.consensus;
    agree.iter_mut().chain(disagree).for_each(|statement| statement.margin = None);
    // In range: only groups below `names.len()` were let through.
    for (group, given) in computed.map.groups.iter_mut().zip(filled) {
        group.label.clone_from(&names[usize::from(given)]);
    }
    Ok(computed)
}

/// Everything that follows from the groups.
#[expect(clippy::too_many_arguments, reason = "the values of all steps before it")]
pub(in crate::opinion) fn finish(
    matrix: &VoteMatrix,
    weights: Option<Vec<Weight>>,
    counts: Vec<u32>,
    projection: Projection,
    placed: Placements,
    grouping: Grouping,
    params: &CheckedParams,
    work: &Work<'_>,
) -> Result<ComputedMap, Stopped> {
    let group_of_row = group_of_rows(matrix.rows(), &placed, &grouping);
    let by_group = GroupTallies::new(matrix.counts_by_group(&group_of_row, grouping.k, work));
    work.go_on()?;
    let stages = Stages { weights, counts, projection, placed, grouping, group_of_row };
    Ok(ComputedMap { map: map(matrix, &stages, &by_group, params), stages })
}

fn map(matrix: &VoteMatrix, stages: &Stages, by_group: &GroupTallies, params: &CheckedParams) -> OpinionMap {
    let Stages { projection, placed, grouping, .. } = stages;
    let live_by_group: Vec<(StatementNumber, Vec<Tally>)> =
        live_tallies(matrix, &stages.projection, by_group);
    let representative = representative(&live_by_group, grouping.k, &params.findings);
    let groups = groups(placed, grouping, representative, &params.findings);
    let sizes: Vec<u32> = groups.iter().map(|group| group.size).collect();
    let consensus = listed_consensus(&live_by_group, &sizes, params);
    OpinionMap {
        engine: engine(params),
        counts: counts(matrix, stages, &params.people),
        pca: PcaSummary {
            explained_variance_ratio: projection.explained.map(rounded),
            passes: projection.passes,
            converged: projection.converged,
        },
        k: selection(grouping),
        note: note(projection, placed, grouping, &params.grouping),
        statements: statements(matrix, stages, by_group, &groups, &params.findings),
        participants: participants(matrix, stages, &params.people),
        groups,
        consensus,
        validation: None,
        polis: None,
    }
}

fn engine(params: &CheckedParams) -> Engine {
    Engine {
        name: "boule".to_owned(),
        version: ENGINE_VERSION.to_owned(),
        preset: Preset::Boule,
        params: params.clone(),
    }
}

fn counts(matrix: &VoteMatrix, stages: &Stages, params: &PeopleParams) -> MapCounts {
    let out = stages.weights.as_ref().map_or(0, |weights| weights.iter().filter(|w| **w == 0).count());
    let straight = |person: &usize| is_straight_liner(&stages.placed, *person, params);
    let mut counts = MapCounts {
        participants: (matrix.rows() - out) as u32,
        placed: stages.placed.len() as u32,
        excluded: out as u32,
        straight_liners: (0..stages.placed.len()).filter(straight).count() as u32,
        ..MapCounts::default()
    };
    for column in 0..matrix.columns() {
        let tally = tally(&stages.counts, column);
        counts.statements += u32::from(tally.seen() > 0);
        counts.agree += u64::from(tally.agree);
        counts.pass += u64::from(tally.pass);
        counts.disagree += u64::from(tally.disagree);
    }
    counts.votes = counts.agree + counts.pass + counts.disagree;
    counts
}

fn is_straight_liner(placed: &Placements, person: usize, params: &PeopleParams) -> bool {
    // In range: callers know `person` as an index into `placed`.
    placed.votes[person] >= params.straight_votes
        && f64::from(placed.most_given[person]) >= params.straight_share * f64::from(placed.votes[person])
}

fn selection(grouping: &Grouping) -> Selection {
    Selection {
        chosen: grouping.k as u32,
        silhouette: silhouettes_by_k(grouping),
        eligible: grouping.candidates.iter().filter(|c| c.eligible).map(|c| c.k as u32).collect(),
        settling: None,
    }
}

fn note(
    projection: &Projection,
    placed: &Placements,
    grouping: &Grouping,
    params: &GroupingParams,
) -> Option<MapNote> {
    let two_groups = 2.0 * params.smallest_group(placed.len());
    let notes = [
        (projection.centring.live.is_empty(), MapNote::NoVotes),
        ((placed.len() as f64) < two_groups, MapNote::TooFewPeople),
        (projection.explained[0] == 0.0, MapNote::IdenticalVotes),
        (!projection.converged, MapNote::PcaNotConverged),
        (grouping.k < 2, MapNote::NoClearGroups),
        (projection.is_line(), MapNote::OneDimension),
        (!projection.distinct, MapNote::ArbitraryAxes),
    ];
    notes.into_iter().find(|(holds, _)| *holds).map(|(_, note)| note)
}

fn groups(
    placed: &Placements,
    grouping: &Grouping,
    representative: Vec<Vec<RepresentativeStatement>>,
    params: &FindingParams,
) -> Vec<Group> {
    let mut members: Vec<Vec<Point>> = vec![Vec::new(); grouping.k];
    for ((x, y), group) in placed.x.iter().zip(&placed.y).zip(&grouping.group_of) {
        if let Some(members) = members.get_mut(usize::from(*group)) {
            members.push(rounded_point([*x, *y]));
        }
    }
    (0u32..)
        .zip(members.iter().zip(representative))
        .map(|(id, (members, representative))| {
            // Whole millionths, so that the order of people can't show in the sum.
            // In range: an axis is 0 or 1.
            let millionths =
                |axis: usize| members.iter().map(|p| (p[axis] * 1e6).round() as i64).sum::<i64>();
            let people = members.len().max(1) as f64;
            let mean = |axis: usize| rounded(millionths(axis) as f64 / 1e6 / people);
            Group {
                id,
                label: label(id),
                size: members.len() as u32,
                centre: [mean(0), mean(1)],
                hull: convex_hull(members),
                below_threshold: (members.len() as u32) < params.privacy_min,
                representative,
            }
        })
        .collect()
}

fn statements(
    matrix: &VoteMatrix,
    stages: &Stages,
    by_group: &GroupTallies,
    groups: &[Group],
    params: &FindingParams,
) -> Vec<MapStatement> {
    let live = &stages.projection.centring.live;
    let listed = matrix.statements().iter().enumerate();
    listed
        .map(|(column, statement)| {
            let position = live.binary_search(&column).ok().map(|index| stages.projection.statement(index));
            let (all, by_group) = (tally(&stages.counts, column), by_group.of(column));
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
    params: &FindingParams,
) -> MapStatement {
    let extremity = position.map_or(0.0, |[x, y]| (x * x + y * y).sqrt());
    let sized: Vec<(Tally, u32)> = by_group.iter().copied().zip(groups.iter().map(|g| g.size)).collect();
    // What nobody is shown is offered to nobody.
    let is_offered = statement.shown && statement.moderation != Moderation::Rejected;
    let weight = if is_offered { priority(&all, &sized, extremity, params) } else { 0.0 };
    MapStatement {
        group_informed_consensus: rounded(group_informed(&by_group, Direction::Agree)),
        group_informed_consensus_disagree: rounded(group_informed(&by_group, Direction::Disagree)),
        lowest_group_bound: rounded(lowest_group_bound(&by_group, Direction::Agree, params.wilson_z)),
        groups: by_group,
        extremity: rounded(extremity),
        priority: rounded(weight),
        x: position.map(|p| rounded(p[0])),
        y: position.map(|p| rounded(p[1])),
        ..MapStatement::of(statement, &all)
    }
}

fn participants(matrix: &VoteMatrix, stages: &Stages, params: &PeopleParams) -> Vec<MapParticipant> {
    let Stages { weights, placed, grouping, .. } = stages;
    // In range: `person` is an index into `placed`, `group_of` is as long, and there is a weight for each row.
    let mut next = 0;
    let rows = matrix.participants().iter().enumerate();
    rows.map(|(row, id)| {
        // Both lists are in the order of rows.
        let person = (placed.rows.get(next) == Some(&(row as u32))).then_some(next);
        next += usize::from(person.is_some());
        MapParticipant {
            id: *id,
            votes: matrix.votes_of_row(row) as u32,
            placement: person.map(|person| Placement {
                at: rounded_point([placed.x[person], placed.y[person]]),
                radius: rounded(f64::from(placed.radius[person])) as f32,
                group: u32::from(grouping.group_of[person]),
            }),
            straight_liner: person.is_some_and(|person| is_straight_liner(placed, person, params)),
            excluded: weights.as_ref().is_some_and(|weights| weights[row] == 0),
        }
    })
    .collect()
}
