//! Which statements say the same, word for word. PURE.

use rustc_hash::FxHashMap;

use crate::domain::{ConversationRecord, Moderation, StatementNumber, twin_key};

/// Statements by what they say, so that a new one need not be held against ten thousand others.
#[derive(Default)]
pub(super) struct Twins(FxHashMap<String, Vec<StatementNumber>>);

impl Twins {
    pub fn of(record: &ConversationRecord) -> Self {
        let mut twins = Self::default();
        for statement in record.statements.values() {
            twins.add(statement.number, statement.text.text());
        }
        twins
    }

    pub fn add(&mut self, number: StatementNumber, text: &str) {
        self.0.entry(twin_key(text)).or_default().push(number);
    }

    /// A statement that says the same and was not rejected: the number of a rejected one leads nowhere.
    pub fn of_text(&self, record: &ConversationRecord, text: &str) -> Option<StatementNumber> {
        let is_there = |number: &&StatementNumber| {
            record.statements.get(number).is_some_and(|s| s.moderation != Moderation::Rejected)
        };
        self.0.get(&twin_key(text))?.iter().find(is_there).copied()
    }
}
