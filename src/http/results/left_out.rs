//! Votes that are left out of the results, and how the answers look with them.

use crate::disclosure::{LeftOut, WithAndWithout};
use crate::http::left_out::left_out_words;
use crate::live::Contents;
use crate::texts::Texts;

/// What is told of votes that are left out.
pub(super) struct LeftOutView {
    pub sets: Vec<LeftOutLine>,
    /// Statements whose answers can be compared, the most different first.
    pub rows: Vec<LeftOutRow>,
    /// The most that the share of those who agree differs by, in percentage points.
    pub apart: u32,
}

/// A set of people.
pub(super) struct LeftOutLine {
    pub what: String,
    pub reason: String,
    pub since: String,
}

/// A statement, and the percent who agree without them and with them.
pub(super) struct LeftOutRow {
    pub text: String,
    pub without: u32,
    pub with: u32,
}

impl LeftOutView {
    /// `None` where nothing is left out.
    pub fn of(left_out: &LeftOut, contents: &Contents, texts: &Texts) -> Option<Self> {
        let sets = left_out.sets.iter().map(|set| LeftOutLine {
            what: left_out_words(set.basis, set.people, texts),
            reason: set.reason.to_string(),
            since: texts.day(&set.at),
        });
        let mut compared: Vec<&WithAndWithout> = left_out.statements.iter().collect();
        compared.sort_by_key(|one| (std::cmp::Reverse(one.apart()), one.number));
        let row = |one: &&WithAndWithout| {
            let text = contents.statement(one.number)?.text.to_string();
            Some(LeftOutRow { text, without: one.without.percents()[0], with: one.with.percents()[0] })
        };
        let view = Self {
            sets: sets.collect(),
            rows: compared.iter().filter_map(row).collect(),
            apart: left_out.most_apart(),
        };
        (!view.sets.is_empty()).then_some(view)
    }
}
