//! What comes on the agenda by itself: rules that organisers set before, and that everybody can read.

use serde::{Deserialize, Serialize};

use super::words::{MAX_NAME, Words};
use crate::domain::{Field, PersonalText, Rejection, Timestamp};

/// The most items that one draft from the votes may have.
pub const MAX_PLACES: u32 = 50;
/// All of the base, in hundredths of a percent.
pub const WHOLE: u32 = 10_000;

/// What comes on the agenda by itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaTriggers<T> {
    /// The draft from the votes is made then, and stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub freeze: Option<Freeze>,
    /// What so many people agree with becomes an item.
    #[serde(default = "Option::default", skip_serializing_if = "Option::is_none")]
    pub threshold: Option<Threshold<T>>,
}

/// A moment at which the draft from the votes is made, and stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Freeze {
    /// When.
    pub at: Timestamp,
    /// How many items it is to have.
    pub places: u32,
}

/// How many people have to agree with a statement: a share of a base that is declared.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold<T> {
    /// The share, in hundredths of a percent.
    pub share: u32,
    /// How many people the base has.
    pub base: u32,
    /// Who they are: those who live here, the members.
    pub of: T,
}

impl<T> Default for AgendaTriggers<T> {
    fn default() -> Self {
        Self { freeze: None, threshold: None }
    }
}

impl<T> Threshold<T> {
    /// So many people are needed: of a fraction of one, all of them.
    pub fn needed(&self) -> u32 {
        let exact = u64::from(self.base) * u64::from(self.share);
        u32::try_from(exact.div_ceil(u64::from(WHOLE))).unwrap_or(u32::MAX)
    }
}

impl AgendaTriggers<String> {
    /// Checks them, and commits to their words. Of fewer than `min` people nothing is told, so none is on an agenda because of
    /// them.
    pub(super) fn committed(
        &self,
        min: u32,
        salt: &mut dyn FnMut() -> [u8; 16],
    ) -> Result<AgendaTriggers<PersonalText>, Rejection> {
        if self.freeze.is_some_and(|freeze| !(1..=MAX_PLACES).contains(&freeze.places)) {
            return Err(Rejection::BadPlaces { max: MAX_PLACES });
        }
        let threshold = match &self.threshold {
            Some(threshold) => {
                if threshold.share > WHOLE || threshold.needed() < min {
                    return Err(Rejection::BadThreshold { min });
                }
                let of = Words(salt).needed(Field::Base, &threshold.of, MAX_NAME)?;
                Some(Threshold { share: threshold.share, base: threshold.base, of })
            }
            None => None,
        };
        Ok(AgendaTriggers { freeze: self.freeze, threshold })
    }
}
