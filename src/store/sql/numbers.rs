//! Numbers as the engines keep them.

use crate::domain::{Seq, StaffNumber};
use crate::store::error::StoreError;

/// A Seq as a BIGINT. A log never comes near 2^63 events.
pub(in crate::store) fn stored_seq(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}

pub(in crate::store) fn read_seq(stored: i64) -> Seq {
    Seq(u64::try_from(stored).unwrap_or(0))
}

/// A number of staff.
pub(in crate::store) fn staff_number(stored: i64) -> Result<StaffNumber, StoreError> {
    let number = u32::try_from(stored).map_err(|_| StoreError::damaged("a number of staff is not one"));
    number.map(StaffNumber)
}
