//! Which statements say the same, word for word.

use rustc_hash::FxHashMap;

use super::record::ConversationRecord;
use super::statement::Statement;
use crate::domain::{Moderation, StatementNumber, twin_key};

/// Statements by what they say, so that a new one need not be held against ten thousand others.
#[derive(Default)]
pub(super) struct Twins {
    by_words: FxHashMap<String, Vec<StatementNumber>>,
    words: FxHashMap<StatementNumber, String>,
}

impl Twins {
    /// The twins of a record.
    pub fn of(record: &ConversationRecord) -> Self {
        let mut twins = Self::default();
        for statement in record.statements.values() {
            twins.set(statement.number, statement.text.text());
        }
        twins
    }

    /// A statement has these words now.
    pub fn set(&mut self, number: StatementNumber, text: &str) {
        let key = twin_key(text);
        if let Some(before) = self.words.insert(number, key.clone())
            && let Some(same) = self.by_words.get_mut(&before)
        {
            same.retain(|other| *other != number);
        }
        self.by_words.entry(key).or_default().push(number);
    }

    /// Which statements share their words.
    #[cfg(test)]
    pub fn shared(&self) -> std::collections::BTreeMap<String, std::collections::BTreeSet<StatementNumber>> {
        let all = self.by_words.iter().filter(|(_, same)| !same.is_empty());
        all.map(|(words, same)| (words.clone(), same.iter().copied().collect())).collect()
    }

    /// The statements that say the same and were not rejected, by number: that of a rejected one leads
    /// nowhere.
    pub fn of_text<'a>(&self, record: &'a ConversationRecord, text: &str) -> Vec<&'a Statement> {
        let same = self.by_words.get(&twin_key(text));
        let there = same.into_iter().flatten().filter_map(|number| record.statements.get(number));
        let mut there: Vec<_> = there.filter(|s| s.moderation != Moderation::Rejected).collect();
        there.sort_unstable_by_key(|statement| statement.number);
        there
    }
}
