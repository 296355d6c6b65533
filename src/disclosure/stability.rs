//! How sure the groups are, in numbers that speak of no single vote. PURE.

use crate::opinion::Validation;

/// What came of asking whether the groups are real.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stability {
    /// Samples of the people whose groups were found again.
    pub resamples: u32,
    /// Those of them with as many groups.
    pub again: u32,
    /// How far their groups agree: the median adjusted Rand index.
    pub agreement: f64,
    /// Shuffles of the votes.
    pub shuffles: u32,
    /// Those of them whose groups are told apart as well.
    pub as_good: u32,
}

impl Stability {
    /// Of a map with so many groups.
    pub fn of(validation: &Validation, groups: usize) -> Self {
        let (bootstrap, null) = (&validation.bootstrap, &validation.null);
        let again = bootstrap.k.get(&(groups as u32)).copied().unwrap_or(0.0);
        let of = |share: f64, all: u32| (share * f64::from(all)).round() as u32;
        Self {
            resamples: bootstrap.resamples,
            again: of(again, bootstrap.resamples),
            agreement: bootstrap.median_ari,
            shuffles: null.shuffles,
            as_good: of(null.share_at_least, null.shuffles),
        }
    }
}
