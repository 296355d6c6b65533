//! The opinion map: the whole published result, as plain data.
//!
//! Its JSON is public (`boule analyse` prints it): numbers of statements and people are integers,
//! fractions are rounded to 6 decimals and always finite. It knows no formulas.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::direction::Direction;
use super::polis_details::PolisDetails;
use super::validation::{StatementValidation, Validation};
use crate::domain::{Moderation, ParticipantNumber, StatementInput, StatementNumber, Tally};
use crate::opinion::map::checked_params::CheckedParams;
use crate::opinion::map::params::Preset;
use crate::opinion::map::participant::{MapParticipant, Placement};

/// The version of the formulas and of the JSON. 0.2.0 says `validation` where 0.1.0 said `afterwork`, and
/// a consensus statement has no `repness`, which was always null.
pub const ENGINE_VERSION: &str = "0.2.0";

/// What computed a map.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Engine {
    /// "boule".
    pub name: String,
    /// [`ENGINE_VERSION`].
    pub version: String,
    /// The set of formulas.
    pub preset: Preset,
    /// Every constant.
    pub params: CheckedParams,
}

/// How much went into a map. Votes are current votes, those on rejected and meta statements
/// included.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct MapCounts {
    /// People with at least one vote.
    pub participants: u32,
    /// People on the map.
    pub placed: u32,
    /// People left out of the map by hand; their votes count nowhere below.
    pub excluded: u32,
    /// People on the map who nearly always gave the same answer.
    pub straight_liners: u32,
    /// Statements with at least one vote.
    pub statements: u32,
    /// All votes.
    pub votes: u64,
    /// Votes that agree.
    pub agree: u64,
    /// Votes that pass.
    pub pass: u64,
    /// Votes that disagree.
    pub disagree: u64,
}

/// The axes.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct PcaSummary {
    /// Each axis' share of the votes' variance, 0 … 1.
    pub explained_variance_ratio: [f64; 2],
    /// Passes over the votes.
    pub passes: u32,
    /// Whether the tolerance was met.
    pub converged: bool,
}

/// The number of groups, and what spoke for it.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Selection {
    /// The number of groups; 0 when nobody is placed.
    pub chosen: u32,
    /// The mean silhouette of each number that was tried.
    pub silhouette: BTreeMap<u32, f64>,
    /// The numbers whose groups are all large enough.
    pub eligible: Vec<u32>,
    /// On the live map: the number that would be chosen now, and is not shown before it has been
    /// so for a while.
    pub settling: Option<u32>,
}

/// Why there are no groups, or why the axes mean less than they seem to. The most important one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MapNote {
    /// Nobody has voted on a live statement.
    NoVotes,
    /// Too few people are placed to form two groups.
    TooFewPeople,
    /// Everybody voted alike, as far as they voted.
    IdenticalVotes,
    /// The axes did not converge within the cap on passes.
    PcaNotConverged,
    /// No division into groups holds: everyone placed is one group.
    NoClearGroups,
    /// All variance is along the first axis: the second is empty.
    OneDimension,
    /// Two directions explain equally much: the axes could be turned.
    ArbitraryAxes,
}

/// One side of one statement, counted.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct StatementStatistics {
    /// The statement.
    pub statement: StatementNumber,
    /// The side.
    pub direction: Direction,
    /// Votes that agree.
    pub agree: u32,
    /// Votes that disagree.
    pub disagree: u32,
    /// Votes that pass.
    pub pass: u32,
    /// All votes, passes included.
    pub seen: u32,
    /// The side's share of all votes, 0 … 1.
    pub share: f64,
    /// The share's Wilson 90 % interval.
    pub interval: [f64; 2],
    /// The z-value of "more than half".
    pub test: f64,
}

impl StatementStatistics {
    /// All its votes.
    pub fn tally(&self) -> Tally {
        Tally { agree: self.agree, disagree: self.disagree, pass: self.pass }
    }
}

/// A statement that a group stands for.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RepresentativeStatement {
    /// Its counts in the group.
    #[serde(flatten)]
    pub statistics: StatementStatistics,
    /// The side's share in the group over its share in all other groups.
    pub repness: f64,
    /// The z-value of "more than in the other groups".
    pub repness_test: f64,
}

/// The least number of coordinated newcomers that would end a consensus.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Margin {
    /// The smaller of the two below.
    pub newcomers: u32,
    /// By joining the group that is nearest to the line, and voting against.
    pub joining: u32,
    /// By forming a group of their own.
    pub founding: u32,
}

/// A statement that every group agrees (or disagrees) with.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ConsensusStatement {
    /// Its counts among everyone placed.
    #[serde(flatten)]
    pub statistics: StatementStatistics,
    /// The lowest of the groups' Wilson lower bounds.
    pub lowest_group_bound: f64,
    /// How many organised newcomers would be needed to end it; null where newcomers make no groups:
    /// in the preset `polis`, and with groups from outside.
    pub margin: Option<Margin>,
}

/// What people agree on across groups.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Consensus {
    /// The surest agreement first.
    pub agree: Vec<ConsensusStatement>,
    /// The surest disagreement first.
    pub disagree: Vec<ConsensusStatement>,
}

/// An opinion group.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Group {
    /// 0, 1, 2, … by size.
    pub id: u32,
    /// A, B, C, …
    pub label: String,
    /// Its people.
    pub size: u32,
    /// The mean position of its people.
    pub centre: [f64; 2],
    /// The outline of their positions, counter-clockwise.
    pub hull: Vec<[f64; 2]>,
    /// Too small to be published.
    pub below_threshold: bool,
    /// What it stands for, the most telling first.
    pub representative: Vec<RepresentativeStatement>,
}

/// A statement on the map.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MapStatement {
    /// Its number.
    pub id: StatementNumber,
    /// Its moderation.
    pub moderation: Moderation,
    /// About the person, kept out of the map.
    pub meta: bool,
    /// Votes that agree.
    pub agree: u32,
    /// Votes that disagree.
    pub disagree: u32,
    /// Votes that pass.
    pub pass: u32,
    /// Votes of each group.
    pub groups: Vec<Tally>,
    /// Geometric mean of the groups' agree shares, pseudo-count ½.
    pub group_informed_consensus: f64,
    /// The same of disagree shares.
    pub group_informed_consensus_disagree: f64,
    /// "At least this share of every group agrees": the lowest Wilson lower bound.
    pub lowest_group_bound: f64,
    /// Its distance from the middle of the map; 0 when it isn't on it.
    pub extremity: f64,
    /// Its weight when the next statement is drawn; 0 when rejected.
    pub priority: f64,
    /// Where somebody would stand who only agreed with it; null when it isn't on the map.
    pub x: Option<f64>,
    /// See `x`.
    pub y: Option<f64>,
}

impl MapStatement {
    /// A statement and its votes; what is computed from them is nothing yet.
    pub fn of(statement: &StatementInput, all: &Tally) -> Self {
        Self {
            id: statement.number,
            moderation: statement.moderation,
            meta: statement.meta,
            agree: all.agree,
            disagree: all.disagree,
            pass: all.pass,
            groups: Vec::new(),
            group_informed_consensus: 0.0,
            group_informed_consensus_disagree: 0.0,
            lowest_group_bound: 0.0,
            extremity: 0.0,
            priority: 0.0,
            x: None,
            y: None,
        }
    }

    /// Its current votes.
    pub fn tally(&self) -> Tally {
        Tally { agree: self.agree, disagree: self.disagree, pass: self.pass }
    }
}

/// The opinion map at one version.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OpinionMap {
    /// What computed it.
    pub engine: Engine,
    /// What went in.
    pub counts: MapCounts,
    /// The axes.
    pub pca: PcaSummary,
    /// The number of groups.
    pub k: Selection,
    /// What a reader must know before reading it.
    pub note: Option<MapNote>,
    /// The opinion groups, A first.
    pub groups: Vec<Group>,
    /// Agreement across groups.
    pub consensus: Consensus,
    /// All statements, by number.
    pub statements: Vec<MapStatement>,
    /// People with at least one vote, by number.
    pub participants: Vec<MapParticipant>,
    /// What takes longer: whether groups are real, bridging, margins; null until it is there.
    pub validation: Option<Validation>,
    /// What only Polis has; null in Boule's own preset.
    pub polis: Option<PolisDetails>,
}

impl OpinionMap {
    /// A map of nothing.
    pub fn nothing() -> Self {
        Self {
            engine: Engine {
                name: "boule".to_owned(),
                version: ENGINE_VERSION.to_owned(),
                preset: Preset::Boule,
                params: CheckedParams::default(),
            },
            counts: MapCounts::default(),
            pca: PcaSummary::default(),
            k: Selection::default(),
            note: Some(MapNote::NoVotes),
            groups: Vec::new(),
            consensus: Consensus::default(),
            statements: Vec::new(),
            participants: Vec::new(),
            validation: None,
            polis: None,
        }
    }

    /// A participant's row; `None` for people who never voted.
    pub fn participant(&self, number: ParticipantNumber) -> Option<&MapParticipant> {
        let index = self.participants.binary_search_by_key(&number, |p| p.id).ok()?;
        self.participants.get(index)
    }

    /// A participant's group; `None` when they aren't placed.
    pub fn group_of(&self, number: ParticipantNumber) -> Option<&Group> {
        self.groups.get(self.participant(number)?.group()? as usize)
    }

    /// What bridges, best first: statements with enough votes that most agree with, more than the
    /// average statement when what divides people is taken out.
    pub fn bridges<'a>(&self, known: &'a Validation) -> Vec<&'a StatementValidation> {
        let most_agree = |id| self.statement(id).is_some_and(|s| 2 * s.agree > s.tally().seen());
        let mut bridges = known.well_known();
        bridges.retain(|statement| statement.bridging > 0.0 && most_agree(statement.id));
        bridges.sort_by(|a, b| b.bridging.total_cmp(&a.bridging).then(a.id.cmp(&b.id)));
        bridges
    }

    /// A statement's row.
    pub fn statement(&self, number: StatementNumber) -> Option<&MapStatement> {
        let index = self.statements.binary_search_by_key(&number, |s| s.id).ok()?;
        self.statements.get(index)
    }

    /// Where everyone placed stands.
    pub fn placed(&self) -> impl Iterator<Item = Placement> {
        self.participants.iter().filter_map(|p| p.placement)
    }
}

/// A group's letter: 0 is A, 25 is Z, 26 is AA.
pub fn label(group: u32) -> String {
    let letter = char::from(b'A' + (group % 26) as u8);
    if group < 26 { letter.to_string() } else { format!("{}{letter}", label(group / 26 - 1)) }
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn labels_are_letters_and_never_run_out() {
        assert_eq!([0, 4, 25, 26, 51, 52].map(label), ["A", "E", "Z", "AA", "AZ", "BA"]);
        assert!(!label(u32::MAX).is_empty());
    }
}
