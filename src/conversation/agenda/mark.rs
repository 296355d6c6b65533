//! Short marks of how something stands, so that two people who change the same do not overwrite each other unseen.

use sha2::{Digest, Sha256};

use super::edit::AgendaEdit;
use crate::domain::{Plan, Session};

/// Half a hash: enough to tell two wordings apart.
const MARK: usize = 8;

/// A mark of words.
pub(super) fn mark_of<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let joined = words.collect::<Vec<_>>().join("\u{1f}");
    hex::encode(&Sha256::digest(joined)[..MARK])
}

pub(super) fn mark_of_plan(plan: Plan) -> String {
    format!("{} {}", plan.goal.as_str(), plan.minutes)
}

pub(super) fn mark_of_session(session: Session) -> String {
    let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
    format!("{} {}", number(session.minutes.map(i64::from)), number(session.starts_at.map(|at| at.0)))
}

impl AgendaEdit<String> {
    /// A mark of what it would make of what it changes: the same as what stands there, and nothing would change.
    pub fn mark(&self) -> String {
        match self {
            Self::Question { text, .. } => mark_of(text.iter().map(String::as_str)),
            Self::Plan { plan, .. } => mark_of_plan(*plan),
            Self::Background { background, .. } => {
                mark_of(background.parts().map(|part| part.map_or("", String::as_str)))
            }
            Self::Session { session } => mark_of_session(*session),
            Self::Add { .. }
            | Self::AddOwn { .. }
            | Self::Move { .. }
            | Self::Remove { .. }
            | Self::Join { .. }
            | Self::Split { .. }
            | Self::Confirm { .. }
            | Self::Undo
            | Self::Redo => String::new(),
        }
    }
}
