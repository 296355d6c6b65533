//! Which statement each moderator has before them, so that two do not read the same one without knowing. Nothing is locked: who
//! decides second is told. In memory only, and over after two minutes without a sign of life.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::domain::{StaffNumber, StatementNumber};

/// After so long without another page, somebody is taken to have left.
const LEFT_AFTER: Duration = Duration::from_secs(120);

/// Who looks at what.
#[derive(Default)]
pub(super) struct Looking(Mutex<HashMap<StaffNumber, (StatementNumber, Instant)>>);

impl Looking {
    /// Somebody has this statement before them. The statements that others have.
    pub fn look(&self, who: StaffNumber, at: Option<StatementNumber>, now: Instant) -> Vec<StatementNumber> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (_, since)| now.saturating_duration_since(*since) < LEFT_AFTER);
        match at {
            Some(at) => drop(all.insert(who, (at, now))),
            None => drop(all.remove(&who)),
        }
        let mut others: Vec<StatementNumber> =
            all.iter().filter(|(other, _)| **other != who).map(|(_, (at, _))| *at).collect();
        others.sort_unstable();
        others
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_told_until_somebody_goes_on_or_leaves() {
        let (looking, now) = (Looking::default(), crate::clock::Clock::system().instant());
        let [ada, grace] = [1, 2].map(StaffNumber);
        assert!(looking.look(ada, Some(StatementNumber(7)), now).is_empty());
        assert_eq!(looking.look(grace, Some(StatementNumber(7)), now), [StatementNumber(7)]);
        assert_eq!(looking.look(ada, Some(StatementNumber(8)), now), [StatementNumber(7)]);
        assert_eq!(looking.look(grace, None, now), [StatementNumber(8)]);
        assert!(looking.look(grace, None, now + LEFT_AFTER).is_empty());
    }
}
