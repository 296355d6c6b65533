//! What takes longer than a map and comes after it: are the groups real, what would be found
//! again, and which statements bridge. A status of the map, never another partition.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::bootstrap::{Resampled, bootstrap};
use super::bridging::{Factorisation, factorise};
use super::compute::Computed;
use super::geometry::rounded;
use super::null::{Chance, chance};
use super::opinion_map::{Direction, OpinionMap};
use super::params::Params;
use super::representative::strengths;
use super::vote_matrix::VoteMatrix;
use super::work::{Stopped, Work};
use crate::domain::{StatementNumber, Tally};

/// Whether the groups are to be believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// They are more than chance makes, and would be found again.
    Clear,
    /// Only one of the two.
    Fragile,
    /// Neither: the map is shown without groups.
    NoClearGroups,
}

/// Where the groups are in other samples of the same public.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BootstrapSummary {
    /// Resamples of people.
    pub resamples: u32,
    /// The median adjusted Rand index of their groups with the map's.
    pub median_ari: f64,
    /// The share of resamples with so many groups.
    pub k: BTreeMap<u32, f64>,
}

/// What chance makes of the same participation.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NullSummary {
    /// Shufflings of the votes within each statement.
    pub shuffles: u32,
    /// The best silhouette of the map.
    pub silhouette: f64,
    /// The best silhouette that 95 % of the shuffles do not exceed.
    pub silhouette_95: f64,
    /// The share of shuffles whose best silhouette is at least the map's.
    pub share_at_least: f64,
}

/// The factorisation that assumes no groups.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BridgingSummary {
    /// The mean vote, agree 1, pass ½, disagree 0.
    pub mean: f64,
    /// Sweeps over the votes.
    pub sweeps: u32,
    /// Whether it settled within the cap on sweeps.
    pub converged: bool,
}

/// One live statement.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct StatementAfterwork {
    /// Its number.
    pub id: StatementNumber,
    /// Votes on it, passes included.
    pub seen: u32,
    /// Its bridging score: how far people agree with it who disagree otherwise.
    pub bridging: f64,
    /// How far it divides the public, whatever the groups.
    pub divisiveness: f64,
    /// How far the groups' mean votes are apart at most, 0 … 1.
    pub gap: f64,
    /// The share of resamples in which it is an agreement across groups.
    pub consensus_agree: f64,
    /// The share of resamples in which it is a disagreement across groups.
    pub consensus_disagree: f64,
}

/// A representative statement of the map.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RepresentativeAfterwork {
    /// The group.
    pub group: u32,
    /// The statement.
    pub statement: StatementNumber,
    /// Its side.
    pub direction: Direction,
    /// The share of resamples in which it is representative of the group that is this one there.
    pub inclusion: f64,
    /// Whether it is more than chance makes at its rank.
    pub strong: bool,
}

/// Everything that comes after a map.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Afterwork {
    /// Whether the groups are to be believed.
    pub status: Status,
    /// Resamples.
    pub bootstrap: BootstrapSummary,
    /// Shuffles.
    pub null: NullSummary,
    /// The factorisation.
    pub bridging: BridgingSummary,
    /// The live statements, by number.
    pub statements: Vec<StatementAfterwork>,
    /// The map's representative statements.
    pub representative: Vec<RepresentativeAfterwork>,
}

/// Votes from which a statement's place among the others says something.
const WELL_KNOWN: u32 = 30;

impl Afterwork {
    /// The statements with enough votes to be listed by their scores.
    pub fn well_known(&self) -> Vec<&StatementAfterwork> {
        self.statements.iter().filter(|statement| statement.seen >= WELL_KNOWN).collect()
    }

    /// What bridges, best first: statements with enough votes that most agree with, more than the
    /// average statement when what divides people is taken out.
    pub fn bridges(&self, map: &OpinionMap) -> Vec<&StatementAfterwork> {
        let most_agree = |id| map.statement(id).is_some_and(|s| 2 * s.agree > s.tally().seen());
        let mut bridges = self.well_known();
        bridges.retain(|statement| statement.bridging > 0.0 && most_agree(statement.id));
        bridges.sort_by(|a, b| b.bridging.total_cmp(&a.bridging).then(a.id.cmp(&b.id)));
        bridges
    }
}

/// The share of shuffles that may reach the map's silhouette.
const CHANCE: f64 = 0.05;
/// The median adjusted Rand index from which groups count as found again.
const FOUND_AGAIN: f64 = 0.6;

/// Computes it for a map of these votes.
pub fn afterwork(
    matrix: &VoteMatrix,
    computed: &Computed,
    params: &Params,
    work: &Work<'_>,
) -> Result<Afterwork, Stopped> {
    let Computed { map, stages } = computed;
    let factors = factorise(matrix, &stages.projection, stages.weights.as_deref(), params, work)?;
    let resampled = bootstrap(matrix, stages, params, work)?;
    let chance = chance(matrix, stages, params, work)?;
    let silhouette = stages.grouping.best_silhouette();
    let share_at_least = chance.share_at_least(silhouette);
    let median_ari = resampled.median_agreement();
    let status = match (map.k.chosen >= 2, share_at_least <= CHANCE, median_ari >= FOUND_AGAIN) {
        (true, true, true) => Status::Clear,
        (true, true, false) | (true, false, true) => Status::Fragile,
        _ => Status::NoClearGroups,
    };
    let share = |times: u32| rounded(f64::from(times) / resampled.agreements.len().max(1) as f64);
    Ok(Afterwork {
        status,
        bootstrap: BootstrapSummary {
            resamples: resampled.agreements.len() as u32,
            median_ari,
            k: resampled.group_counts.iter().map(|(k, times)| (*k, share(*times))).collect(),
        },
        null: NullSummary {
            shuffles: chance.silhouettes.len() as u32,
            silhouette: rounded(silhouette),
            silhouette_95: rounded(super::compare::quantile(&chance.silhouettes, 0.95)),
            share_at_least: rounded(share_at_least),
        },
        bridging: BridgingSummary {
            mean: rounded(factors.mean),
            sweeps: factors.sweeps,
            converged: factors.converged,
        },
        statements: statements(matrix, computed, &factors, &resampled),
        representative: representative(map, &resampled, &chance),
    })
}

fn statements(
    matrix: &VoteMatrix,
    computed: &Computed,
    factors: &Factorisation,
    resampled: &Resampled,
) -> Vec<StatementAfterwork> {
    let times = |statement, direction| {
        let times = resampled.consensus.get(&(statement, direction)).copied().unwrap_or(0);
        rounded(f64::from(times) / resampled.agreements.len().max(1) as f64)
    };
    let live = computed.stages.projection.centring.live.iter().enumerate();
    live.map(|(place, &column)| {
        let id = matrix.statements()[column].number;
        StatementAfterwork {
            id,
            seen: computed.map.statements.get(column).map_or(0, |s| s.tally().seen()),
            bridging: rounded(factors.intercepts.get(place).copied().unwrap_or_default()),
            divisiveness: rounded(factors.factors.get(place).map_or(0.0, |factor| factor.abs())),
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

fn representative(map: &OpinionMap, resampled: &Resampled, chance: &Chance) -> Vec<RepresentativeAfterwork> {
    let live = map.statements.iter().filter(|statement| statement.x.is_some());
    let tallies: Vec<_> = live.map(|statement| (statement.id, statement.groups.clone())).collect();
    let strong = chance.strong(&strengths(&tallies, map.groups.len()));
    let strong: HashMap<(u8, StatementNumber), ()> = strong.into_iter().map(|pair| (pair, ())).collect();
    let groups = map.groups.iter().flat_map(|group| group.representative.iter().map(move |r| (group.id, r)));
    groups
        .map(|(group, listed)| {
            let (statement, direction) = (listed.statistics.statement, listed.statistics.direction);
            let times =
                resampled.representative.get(&(group as u8, statement, direction)).copied().unwrap_or(0);
            RepresentativeAfterwork {
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
    use crate::opinion::compute::compute_with;
    use crate::opinion::property_tests::votes_from_grid;
    use crate::opinion::synthetic::Public;

    fn after(matrix: &VoteMatrix) -> (Computed, Afterwork) {
        let params = Params { resamples: 30, shuffles: 30, ..Params::default() };
        let computed = compute_with(matrix, &params, &Work::alone()).expect("it is wanted");
        let after = afterwork(matrix, &computed, &params, &Work::on(2)).expect("it is wanted");
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
        let mut votes = votes_from_grid(&grid.iter().map(String::as_str).collect::<Vec<_>>());
        let (_, one) = after(&VoteMatrix::new(&votes));
        votes.participants.iter_mut().for_each(|p| p.number.0 = p.number.0 * 31 % 71);
        let (_, other) = after(&VoteMatrix::new(&votes));
        assert_eq!(one, other);
    }

    #[test]
    fn pure_noise_has_no_clear_groups_and_two_camps_have() {
        let noise = Public { participants: 300, statements: 25, density: 0.6, seed: 9 }.matrix();
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
        let (computed, after) = after(&VoteMatrix::new(&votes_from_grid(&grid)));
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
            let (_, after) = after(&VoteMatrix::new(&votes_from_grid(grid)));
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
