//! What stands beside a statement of the workbench: what it was made from and what was made from it, the one that is asked in its
//! place, for how long it comes first.

use crate::domain::{ModerationRule, StatementNumber, Timestamp};
use crate::live::{BoardStatement, Contents};
use crate::texts::Texts;

/// For how long a statement can be shown to more people first, in hours.
pub(super) const PIN_HOURS: [u32; 3] = [6, 24, 72];

/// What stands beside a statement.
pub(super) struct Extras {
    pub derived_from: Option<StatementNumber>,
    /// What a moderator made from it.
    pub derived: Vec<(StatementNumber, String)>,
    /// The one that says the same, and whether people are asked it now.
    pub same_as: Option<(StatementNumber, bool)>,
    pub meta: bool,
    /// People are asked it.
    pub is_asked: bool,
    /// Until when more people see it first.
    pub pinned_until: Option<String>,
    /// Whether what its author writes is read before it is shown; nothing where that is so of everybody, or nobody wrote it.
    pub is_held: Option<bool>,
}

impl Extras {
    /// Of one statement.
    pub fn of(at: &BoardStatement, contents: &Contents, now: Timestamp, texts: &Texts) -> Self {
        let derived = contents.made_from(at.number);
        let shows_at_once = contents.conversation.settings.moderation == ModerationRule::After;
        Self {
            derived_from: at.derived_from,
            derived: derived.map(|one| (one.number, one.text.to_string())).collect(),
            same_as: at.merged_into.map(|into| (into, at.same_as.is_some())),
            meta: at.meta,
            is_asked: at.is_asked(),
            pinned_until: at.pin.filter(|pin| pin.until() > now).map(|pin| texts.moment(&pin.until())),
            is_held: (shows_at_once && at.writer.is_some()).then_some(at.is_held),
        }
    }
}
