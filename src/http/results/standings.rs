//! How each statement stands in the results.

use std::collections::HashMap;

use crate::disclosure::{ConsensusFinding, Results};
use crate::domain::StatementNumber;

/// How the groups stand to a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::http) enum Standing {
    Agreed,
    Rejected,
    Differs,
    OneGroup,
    Unclear,
}

impl Standing {
    /// Its name in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agreed => "agreed",
            Self::Rejected => "rejected",
            Self::Differs => "differs",
            Self::OneGroup => "one_group",
            Self::Unclear => "unclear",
        }
    }
}

/// How each statement stands of which that is clear, and the agreement of the group that agrees least.
pub(in crate::http) type Standings = HashMap<StatementNumber, (Standing, Option<u32>)>;

/// What the lists of the results say.
pub(in crate::http) fn standings(results: &Results) -> Standings {
    let least = |finding: &ConsensusFinding| finding.numbers.as_ref().map(|numbers| numbers.lowest_bound);
    let agreed = results.agree.iter().map(|finding| (finding.number, (Standing::Agreed, least(finding))));
    let rejected =
        results.disagree.iter().map(|finding| (finding.number, (Standing::Rejected, least(finding))));
    let differ = results.differ.iter().map(|number| (*number, (Standing::Differs, None)));
    let one_group = results.one_group.iter().map(|finding| (finding.number, (Standing::OneGroup, None)));
    let unclear = results.unclear.iter().map(|number| (*number, (Standing::Unclear, None)));
    agreed.chain(rejected).chain(differ).chain(one_group).chain(unclear).collect()
}
