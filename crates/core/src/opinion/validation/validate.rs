//! What takes longer than a map and comes after it: are the groups real, what would be found
//! again, and which statements bridge. A status of the map, never another partition.

use std::collections::HashMap;

use crate::domain::{StatementNumber, Tally};
use crate::opinion::findings::bridging::{Factorisation, factorise};
use crate::opinion::findings::representative::strengths;
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::map::direction::Direction;
use crate::opinion::map::opinion_map::OpinionMap;
use crate::opinion::map::validation::{
    BootstrapSummary, BridgingSummary, NullSummary, RepresentativeValidation, StatementValidation, Status,
    Validation,
};
use crate::opinion::numeric::geometry::rounded;
use crate::opinion::numeric::work::{Stopped, Work};
use crate::opinion::pipeline::stages::ComputedMap;
use crate::opinion::validation::bootstrap::{BootstrapTotals, bootstrap};
use crate::opinion::validation::null::{NullModel, null_model};
use crate::opinion::votes::vote_matrix::VoteMatrix;

/// The share of shuffles that may reach the map's silhouette.
const SIGNIFICANCE: f64 = 0.05;
/// The median adjusted Rand index from which groups count as found again.
const FOUND_AGAIN: f64 = 0.6;

/// Computes it for a map of these votes.
pub fn validate(
    matrix: &VoteMatrix,
    computed: &ComputedMap,
    params: &CheckedParams,
    work: &Work<'_>,
) -> Result<Validation, Stopped> {
    let ComputedMap { map, stages } = computed;
    let factors = factorise(matrix, &stages.projection, stages.weights.as_deref(), &params.bridging, work)?;
    let resampled = bootstrap(matrix, stages, params, work)?;
    let null = null_model(matrix, stages, params, work)?;
    let silhouette = stages.grouping.best_silhouette();
    let share_at_least = null.share_at_least(silhouette);
    let median_ari = resampled.median_agreement();
    let status = match (map.k.chosen >= 2, share_at_least <= SIGNIFICANCE, median_ari >= FOUND_AGAIN) {
        (true, true, true) => Status::Clear,
        (true, true, false) | (true, false, true) => Status::Fragile,
        _ => Status::NoClearGroups,
    };
    let share = |times: u32| rounded(f64::from(times) / resampled.agreements.len().max(1) as f64);
    Ok(Validation {
        status,
        bootstrap: BootstrapSummary {
            resamples: resampled.agreements.len() as u32,
            median_ari,
            k: resampled.group_counts.iter().map(|(k, times)| (*k, share(*times))).collect(),
        },
        null: NullSummary {
            shuffles: null.silhouettes.len() as u32,
            silhouette: rounded(silhouette),
            silhouette_95: rounded(crate::opinion::numeric::compare::quantile(&null.silhouettes, 0.95)),
            share_at_least: rounded(share_at_least),
        },
        bridging: BridgingSummary {
            mean: rounded(factors.mean),
            sweeps: factors.sweeps,
            converged: factors.converged,
        },
        statements: statements(matrix, computed, &factors, &resampled),
        representative: representative(map, &resampled, &null),
    })
}

fn statements(
    matrix: &VoteMatrix,
    computed: &ComputedMap,
    factors: &Factorisation,
    resampled: &BootstrapTotals,
) -> Vec<StatementValidation> {
    let times = |statement, direction| {
        let times = resampled.consensus.get(&(statement, direction)).copied().unwrap_or(0);
        rounded(f64::from(times) / resampled.agreements.len().max(1) as f64)
    };
    let live = computed.stages.projection.centring.live.iter().enumerate();
    live.map(|(index, &column)| {
        // In range: a live column is a column of the matrix.
        let id = matrix.statements()[column].number;
        StatementValidation {
            id,
            seen: computed.map.statements.get(column).map_or(0, |s| s.tally().seen()),
            bridging: rounded(factors.intercepts.get(index).copied().unwrap_or_default()),
            divisiveness: rounded(factors.factors.get(index).map_or(0.0, |factor| factor.abs())),
            gap: rounded(computed.map.statements.get(column).map_or(0.0, |s| gap(&s.groups))),
            consensus_agree: times(id, Direction::Agree),
            consensus_disagree: times(id, Direction::Disagree),
        }
    })
    .collect()
}

/// How far the groups' mean votes are apart at most; 0 when fewer than two have votes.
pub fn gap(groups: &[Tally]) -> f64 {
    let seen = groups.iter().filter(|tally| tally.seen() > 0);
    let mean = |t: &Tally| (f64::from(t.agree) - f64::from(t.disagree)) / f64::from(t.seen());
    let [low, high] = seen
        .map(mean)
        .fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], mean| [low.min(mean), high.max(mean)]);
    if low < high { (high - low) / 2.0 } else { 0.0 }
}

fn representative(
    map: &OpinionMap,
    resampled: &BootstrapTotals,
    null: &NullModel,
) -> Vec<RepresentativeValidation> {
    let live = map.statements.iter().filter(|statement| statement.x.is_some());
    let tallies: Vec<_> = live.map(|statement| (statement.id, statement.groups.clone())).collect();
    let strong = null.strong(&strengths(&tallies, map.groups.len()));
    let strong: HashMap<(u8, StatementNumber), ()> = strong.into_iter().map(|pair| (pair, ())).collect();
    let groups = map.groups.iter().flat_map(|group| group.representative.iter().map(move |r| (group.id, r)));
    groups
        .map(|(group, listed)| {
            let (statement, direction) = (listed.statistics.statement, listed.statistics.direction);
            let times =
                resampled.representative.get(&(group as u8, statement, direction)).copied().unwrap_or(0);
            RepresentativeValidation {
                group,
                statement,
                direction,
                inclusion: rounded(f64::from(times) / resampled.agreements.len().max(1) as f64),
                strong: strong.contains_key(&(group as u8, statement)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::pipeline::compute::compute_with;
    use crate::opinion::votes::input::Votes;
    use crate::opinion::votes::synthetic::SyntheticPublic;

    fn after(matrix: &VoteMatrix) -> (ComputedMap, Validation) {
        let params = CheckedParams::default().validated_by(30, 30).expect("in range");
        let computed = compute_with(matrix, &params, &Work::alone()).expect("it is wanted");
        let after = validate(matrix, &computed, &params, &Work::on(2)).expect("it is wanted");
        (computed, after)
    }

    #[test]
    fn who_has_which_number_shows_in_nothing_that_is_found_out() {
        let grid: Vec<String> = (0..70u32)
            .map(|p| {
                let one =
                    |s: u32| ['+', '-', '0', '.'][((p * p * 7 + p % 2 * 13 * s + s * s) % 11 % 4) as usize];
                (0..14).map(one).collect()
            })
            .collect();
        let mut votes = Votes::drawn(&grid.iter().map(String::as_str).collect::<Vec<_>>());
        let (_, one) = after(&VoteMatrix::new(&votes));
        votes.participants.iter_mut().for_each(|p| p.number.0 = p.number.0 * 31 % 71);
        let (_, other) = after(&VoteMatrix::new(&votes));
        assert_eq!(one, other);
    }

    #[test]
    fn pure_noise_has_no_clear_groups_and_two_camps_have() {
        let noise = SyntheticPublic { participants: 300, statements: 25, density: 0.6, seed: 9 }.matrix();
        let mut state = 7u64;
        let noise = noise.shuffled(&noise.rows_by_content(None), |below| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) as u32) % below
        });
        let (_, after_noise) = after(&noise);
        assert_eq!(after_noise.status, Status::NoClearGroups, "{after_noise:?}");
        let camps: Vec<&str> = ["++++----++", "----++++++"].into_iter().cycle().take(60).collect();
        let mixed = ["+0+--0-+-+", "-+--+0++-+", "0+++---+++", "--0-+++++0"].into_iter().cycle().take(20);
        let grid: Vec<&str> = camps.into_iter().chain(mixed).collect();
        let (computed, after) = after(&VoteMatrix::new(&Votes::drawn(&grid)));
        assert_eq!(after.status, Status::Clear, "{after:?}");
        assert_eq!(after.statements.len(), 10);
        let listed: usize = computed.map.groups.iter().map(|group| group.representative.len()).sum();
        assert_eq!(after.representative.len(), listed);
        assert!(after.representative.iter().any(|r| r.strong && r.inclusion > 0.9));
        assert!(after.statements[8].bridging > after.statements[0].bridging);
    }

    #[test]
    fn without_people_or_groups_there_is_a_status_and_every_number_is_finite() {
        for grid in [&[][..], &["+"], &["++++++++"; 30]] {
            let (_, after) = after(&VoteMatrix::new(&Votes::drawn(grid)));
            assert_eq!(after.status, Status::NoClearGroups);
            let text = serde_json::to_string(&after).expect("it is JSON");
            assert!(!text.contains("null,"), "{text}");
        }
    }

    #[test]
    fn the_gap_is_between_the_groups_that_are_furthest_apart() {
        let tally = |agree, disagree| Tally { agree, disagree, pass: 0 };
        assert_eq!(gap(&[tally(5, 0), tally(0, 5), tally(1, 1)]), 1.0);
        assert_eq!(gap(&[tally(5, 0), tally(0, 0)]), 0.0);
        assert_eq!(gap(&[]), 0.0);
    }
}
