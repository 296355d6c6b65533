//! Heads of logs that somebody noted outside: what came before them can't have been changed since.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use anyhow::Context;

use crate::domain::{ConversationId, Seq};
use crate::store::LogHead;

/// Heads by their log; none is the instance's own.
#[derive(Default)]
pub(super) struct NotedHeads(HashMap<Option<ConversationId>, BTreeMap<Seq, String>>);

impl NotedHeads {
    /// Reads a file of heads, as the page of the log or `boule backup` writes it: a line each.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
        let mut heads = Self::default();
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            let head = LogHead::parse(line)
                .with_context(|| format!("{}, line {number}, is not a head of a log", path.display()))?;
            heads.0.entry(head.conversation).or_default().insert(head.seq, head.hash);
        }
        Ok(heads)
    }

    /// Those of one log.
    pub fn of(&self, log: Option<ConversationId>) -> BTreeMap<Seq, String> {
        self.0.get(&log).cloned().unwrap_or_default()
    }

    /// Logs that were noted and are not there any more.
    pub fn missing(&self, there: impl Fn(ConversationId) -> bool) -> Vec<ConversationId> {
        self.0.keys().flatten().copied().filter(|id| !there(*id)).collect()
    }
}

/// What is wrong about an event, where its hash was noted.
pub(super) fn problem_at(noted: &BTreeMap<Seq, String>, seq: Seq, hash: &str) -> Option<String> {
    let changed = noted.get(&seq).is_some_and(|noted| noted != hash);
    changed.then(|| format!("what came before event {seq} was changed after its head was noted"))
}

/// What is wrong about the end of a log, where a later head was noted.
pub(super) fn problem_of_end(noted: &BTreeMap<Seq, String>, last: Seq) -> Option<String> {
    let (seq, _) = noted.last_key_value().filter(|(seq, _)| **seq > last)?;
    Some(format!("the log was cut: it ends with event {last}, and the head of event {seq} was noted"))
}
