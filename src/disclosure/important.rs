//! What people marked as important. PURE.
//!
//! A mark stands with a vote, and few set any: so it is told at the end only, in tenths, of statements that enough
//! people marked and enough did not.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::table::ListedStatement;
use crate::domain::StatementNumber;

/// A statement matters to many from so many tenths on of those who voted on it.
const MANY_TENTHS: u32 = 2;

/// A statement that matters to many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ImportantFinding {
    /// The statement.
    pub number: StatementNumber,
    /// At least so many tenths of those who voted on it marked it.
    pub tenths: u32,
}

/// What matters to many, most first. `marks` are how many marked a statement, of how many who voted on it.
pub fn important(
    listed: &[ListedStatement],
    marks: &BTreeMap<StatementNumber, (u32, u32)>,
    min: u32,
) -> Vec<ImportantFinding> {
    let finding = |listed: &ListedStatement| {
        let (marked, voted) = *marks.get(&listed.number)?;
        let enough = marked >= min && voted.saturating_sub(marked) >= min;
        let tenths = marked * 10 / voted.max(1);
        (enough && tenths >= MANY_TENTHS).then_some(ImportantFinding { number: listed.number, tenths })
    };
    let mut found: Vec<_> = listed.iter().filter_map(finding).collect();
    // By what is told: an exact order would tell more.
    found.sort_by_key(|finding| (Reverse(finding.tenths), finding.number));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_few_marked_or_nearly_all_is_not_told_and_equals_stand_by_number() {
        let listed: Vec<_> = (1..=6)
            .map(|n| ListedStatement { number: StatementNumber(n), meta: false, is_merged: false })
            .collect();
        let marks = [(1, (4, 20)), (2, (10, 20)), (3, (18, 20)), (4, (11, 21)), (5, (19, 100))];
        let marks = marks.into_iter().map(|(number, of)| (StatementNumber(number), of)).collect();
        let told: Vec<_> = important(&listed, &marks, 5).iter().map(|f| (f.number.0, f.tenths)).collect();
        assert_eq!(told, [(2, 5), (4, 5)]);
    }
}
