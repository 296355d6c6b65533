//! A statement that more people see first, for a while.

use serde::{Deserialize, Serialize};

use crate::domain::Timestamp;

/// For how long a statement is shown to more people first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Pin {
    /// From when.
    pub from: Timestamp,
    /// For so many hours.
    pub hours: u32,
}

const HOUR_US: i64 = 3_600_000_000;
/// How many times as likely as without it a statement is drawn when it has just been pinned.
const BOOST: f64 = 10.0;

impl Pin {
    /// Until when.
    pub fn until(self) -> Timestamp {
        Timestamp(self.from.0.saturating_add(i64::from(self.hours).saturating_mul(HOUR_US)))
    }

    /// By what the weight in the draw is multiplied: 10 at first, 1 at the end, and in a straight line between them.
    pub fn boost(self, now: Timestamp) -> f64 {
        let whole = (self.until().0 - self.from.0).max(1) as f64;
        let left = ((self.until().0 - now.0) as f64 / whole).clamp(0.0, 1.0);
        1.0 + (BOOST - 1.0) * left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_fades_in_a_straight_line_and_is_over_at_its_end() {
        let pin = Pin { from: Timestamp(1_000), hours: 10 };
        let at = |hours: i64| pin.boost(Timestamp(1_000 + hours * HOUR_US));
        assert_eq!([at(-1), at(0), at(5), at(10), at(99)], [10.0, 10.0, 5.5, 1.0, 1.0]);
        assert_eq!(pin.until(), Timestamp(1_000 + 10 * HOUR_US));
    }
}
