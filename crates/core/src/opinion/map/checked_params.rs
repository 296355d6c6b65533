//! The bounds of every parameter, and the proof that they were held to.

use std::ops::{Deref, RangeInclusive};

use serde::{Deserialize, Serialize};

use super::params::{Params, PeopleParams, ValidationParams};
use crate::domain::ParticipantNumber;

/// A parameter that makes no sense, or with which the maths would not end.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[error("{name} is {found}; it must be between {least} and {most}")]
pub struct ParamRangeError {
    /// The parameter.
    pub name: &'static str,
    /// What it was.
    pub found: f64,
    /// The smallest value it may have.
    pub least: f64,
    /// The largest.
    pub most: f64,
}

/// The smallest share or tolerance that is told from nothing.
const TINY: f64 = 1e-15;

impl Params {
    /// Checks each parameter. Not a number is in no range.
    pub fn check(self) -> Result<CheckedParams, ParamRangeError> {
        for (name, found, range) in self.ranges() {
            let (least, most) = range.into_inner();
            if !(least..=most).contains(&found) {
                return Err(ParamRangeError { name, found, least, most });
            }
        }
        Ok(CheckedParams(self))
    }

    /// Each parameter that has bounds, its value and its bounds: the one list of them.
    pub(in crate::opinion) fn ranges(&self) -> Vec<(&'static str, f64, RangeInclusive<f64>)> {
        let Self { projection, grouping, findings, people, validation, bridging } = self;
        let count = f64::from;
        let any = 0.0..=count(u32::MAX);
        let some = 1.0..=count(u32::MAX);
        vec![
            ("placement_votes", count(projection.placement_votes), some.clone()),
            ("pca_residual", projection.pca_residual, TINY..=0.1),
            ("pca_max_passes", count(projection.pca_max_passes), 1.0..=100_000.0),
            ("k_max", count(grouping.k_max), 2.0..=MOST_GROUPS),
            ("k_min", count(grouping.k_min), 2.0..=count(grouping.k_max)),
            ("restarts", count(grouping.restarts), 1.0..=1_000.0),
            ("inertia_tolerance", grouping.inertia_tolerance, 0.0..=0.1),
            ("grid_above", count(grouping.grid_above), any.clone()),
            ("grid_cells", count(grouping.grid_cells), 1.0..=MOST_CELLS),
            ("silhouette_sample", count(grouping.silhouette_sample), 2.0..=20_000.0),
            ("group_min", count(grouping.group_min), some.clone()),
            ("group_min_share", grouping.group_min_share, 0.0..=0.5),
            ("privacy_min", count(findings.privacy_min), some.clone()),
            ("wilson_z", findings.wilson_z, 0.01..=10.0),
            ("bh_rate", findings.bh_rate, 0.0..=1.0),
            ("representative_max", count(findings.representative_max), any.clone()),
            ("consensus_max", count(findings.consensus_max), any.clone()),
            ("exposure_votes", count(findings.exposure_votes), any),
            ("exposure_boost", findings.exposure_boost, 0.0..=1_000.0),
            ("copy_votes", count(people.copy_votes), some.clone()),
            ("straight_votes", count(people.straight_votes), some),
            ("straight_share", people.straight_share, 0.0..=1.0),
            ("resamples", count(validation.resamples), 0.0..=MOST_TIMES),
            ("shuffles", count(validation.shuffles), 0.0..=MOST_TIMES),
            ("bridging_intercepts", bridging.on_intercepts, TINY..=1_000.0),
            ("bridging_factors", bridging.on_factors, TINY..=1_000.0),
            ("bridging_sweeps", count(bridging.sweeps), 1.0..=100_000.0),
            ("bridging_tolerance", bridging.tolerance, 0.0..=1.0),
        ]
    }
}

/// The most groups tried: the silhouette of more says nothing to people.
const MOST_GROUPS: f64 = 26.0;
/// The most cells along an axis of the grid: a cell's number has two bytes.
const MOST_CELLS: f64 = 256.0;
/// The most resamples, and the most shuffles.
const MOST_TIMES: f64 = 10_000.0;

/// Parameters that were checked: the only ones that anything is computed with.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "Params", into = "Params")]
pub struct CheckedParams(Params);

impl CheckedParams {
    /// The same for a map that is thrown away: its axes need not be as exact, nor take as long.
    pub(in crate::opinion) fn coarser(&self, residual: f64, max_passes: u32) -> Self {
        let mut params = self.0.clone();
        params.projection.pca_residual = params.projection.pca_residual.max(residual);
        params.projection.pca_max_passes = params.projection.pca_max_passes.min(max_passes);
        Self(params)
    }

    /// The same, with this many resamples and shuffles to see whether groups are real.
    pub fn validated_by(&self, resamples: u32, shuffles: u32) -> Result<Self, ParamRangeError> {
        let validation = ValidationParams { resamples, shuffles };
        Params { validation, ..self.0.clone() }.check()
    }

    /// The same, where copies may be weighed down and some people count nowhere.
    pub fn of_people(&self, weigh_copies: bool, excluded: Vec<ParticipantNumber>) -> Self {
        let people = PeopleParams { weigh_copies, excluded, ..self.people.clone() };
        Self(Params { people, ..self.0.clone() })
    }

    /// The same, with everybody placed in one group: nothing is large enough to be another.
    pub fn without_groups(&self) -> Self {
        let mut params = self.0.clone();
        params.grouping.group_min = u32::MAX;
        Self(params)
    }
}

impl Deref for CheckedParams {
    type Target = Params;

    fn deref(&self) -> &Params {
        &self.0
    }
}

impl TryFrom<Params> for CheckedParams {
    type Error = ParamRangeError;

    fn try_from(params: Params) -> Result<Self, ParamRangeError> {
        params.check()
    }
}

impl From<CheckedParams> for Params {
    fn from(checked: CheckedParams) -> Self {
        checked.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::map::params::{FindingParams, GroupingParams};

    #[test]
    fn what_is_out_of_range_is_refused_by_its_name() {
        let sample =
            || Params { grouping: GroupingParams { k_max: 27, ..Default::default() }, ..Default::default() };
        assert_eq!(
            sample().check().expect_err("27 groups").to_string(),
            "k_max is 27; it must be between 2 and 26"
        );
        let crossed = GroupingParams { k_min: 5, k_max: 4, ..Default::default() };
        let crossed = Params { grouping: crossed, ..Default::default() };
        assert_eq!(crossed.check().expect_err("more than the most").name, "k_min");
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            let findings = FindingParams { wilson_z: bad, ..Default::default() };
            let params = Params { findings, ..Default::default() };
            assert_eq!(params.check().expect_err("not a quantile").name, "wilson_z");
        }
        assert_eq!(Params::default().check(), Ok(CheckedParams::default()));
    }

    #[test]
    fn each_number_has_bounds_and_what_is_read_is_checked() {
        let json = serde_json::to_value(CheckedParams::default()).expect("plain data");
        let numbers = json.as_object().expect("an object").iter().filter(|(_, value)| value.is_number());
        let mut numbers: Vec<_> =
            numbers.map(|(name, _)| name.as_str()).filter(|name| *name != "seed").collect();
        let params = Params::default();
        let mut bounded: Vec<_> = params.ranges().iter().map(|(name, ..)| *name).collect();
        numbers.sort_unstable();
        bounded.sort_unstable();
        assert_eq!(numbers, bounded);
        let mut broken = json.clone();
        broken["resamples"] = 1_000_000.into();
        assert!(serde_json::from_value::<CheckedParams>(json).is_ok());
        let error = serde_json::from_value::<CheckedParams>(broken).expect_err("too many");
        assert!(error.to_string().contains("resamples is 1000000"), "{error}");
    }
}
