//! A statement: one short sentence that people vote on, and its moderation.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::cleaning::clean_line;
use super::id::{ParticipantNumber, Seq, StatementNumber, Timestamp};
use super::personal_text::PersonalText;
use super::rejection::Rejection;
use super::vote::Tally;

/// The longest statement that a person may submit, in characters as people count them.
pub const MAX_STATEMENT_CHARACTERS: usize = 280;

/// A statement's moderation state.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moderation {
    /// Nobody has decided yet.
    Pending,
    /// Shown, and voted on.
    Accepted,
    /// Not shown, and left out of the map.
    Rejected,
}

impl Moderation {
    /// The number that Polis exports use: −1 rejected, 0 pending, +1 accepted.
    pub fn polis(self) -> i8 {
        match self {
            Moderation::Rejected => -1,
            Moderation::Pending => 0,
            Moderation::Accepted => 1,
        }
    }

    /// The state with this Polis number.
    pub fn from_polis(value: i64) -> Option<Self> {
        match value {
            -1 => Some(Moderation::Rejected),
            0 => Some(Moderation::Pending),
            1 => Some(Moderation::Accepted),
            _ => None,
        }
    }
}

/// Why a moderator rejected a statement: the published policy, one code a rule.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RejectReason {
    /// It has nothing to do with the question.
    OffTopic,
    /// Another statement says the same.
    Duplicate,
    /// People would not know what they agree to.
    Unclear,
    /// It says several things at once.
    SeveralIdeas,
    /// It attacks people instead of speaking about the matter.
    Attack,
    /// It names private persons or gives private data away.
    PersonalData,
    /// It is an advertisement.
    Advertising,
}

impl RejectReason {
    /// All reasons, in the order in which moderators see them.
    pub const ALL: [RejectReason; 7] = [
        RejectReason::OffTopic,
        RejectReason::Duplicate,
        RejectReason::Unclear,
        RejectReason::SeveralIdeas,
        RejectReason::Attack,
        RejectReason::PersonalData,
        RejectReason::Advertising,
    ];

    /// The code in forms, frames and the log; also the ending of its message's key.
    pub fn as_str(self) -> &'static str {
        match self {
            RejectReason::OffTopic => "off_topic",
            RejectReason::Duplicate => "duplicate",
            RejectReason::Unclear => "unclear",
            RejectReason::SeveralIdeas => "several_ideas",
            RejectReason::Attack => "attack",
            RejectReason::PersonalData => "personal_data",
            RejectReason::Advertising => "advertising",
        }
    }
}

/// When a moderator decided last.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Decision {
    /// The place in the log.
    pub seq: Seq,
    /// The moment.
    pub at: Timestamp,
    /// Whether the conversation was closed by then.
    pub after_close: bool,
}

/// A statement as the log makes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// Its public number.
    pub number: StatementNumber,
    /// Who wrote it; `None` for the organiser's seeds.
    pub author: Option<ParticipantNumber>,
    /// From the organiser, before anybody came.
    pub seed: bool,
    /// About the person ("I live here"), kept out of the map.
    pub meta: bool,
    /// Its words.
    pub text: PersonalText,
    /// Whether it is shown.
    pub moderation: Moderation,
    /// Why it was rejected.
    pub reason: Option<RejectReason>,
    /// The latest decision on it.
    pub decision: Option<Decision>,
    /// Current votes.
    pub tally: Tally,
    /// When it was submitted, in milliseconds since 1970; `None` when an import did not know.
    pub submitted_at_ms: Option<i64>,
}

/// Cleans a statement's text, or says why it can't be taken.
///
/// The result is in NFC, on one line, without what is never seen ([`clean_line`]), and between 1 and
/// [`MAX_STATEMENT_CHARACTERS`] characters long. Idempotent.
pub fn clean_statement_text(text: &str) -> Result<String, Rejection> {
    // A bound on work before anything else: no honest statement has this many bytes.
    if text.len() > MAX_STATEMENT_CHARACTERS * 64 {
        let found = text.chars().count();
        return Err(Rejection::StatementTooLong { max: MAX_STATEMENT_CHARACTERS, found });
    }
    let clean = clean_line(text);
    if !clean.chars().any(char::is_alphanumeric) {
        return Err(Rejection::StatementEmpty);
    }
    match clean.graphemes(true).count() {
        found if found > MAX_STATEMENT_CHARACTERS => {
            Err(Rejection::StatementTooLong { max: MAX_STATEMENT_CHARACTERS, found })
        }
        _ => Ok(clean),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_and_too_long_texts_are_refused_with_their_reason() {
        for text in ["", "   ", "\u{200b}", "…!?", "\u{3164}", "\u{ffa0}", "\u{115f}", "\u{1160}\u{200d}"] {
            assert_eq!(clean_statement_text(text), Err(Rejection::StatementEmpty), "{text:?}");
        }
        let max = MAX_STATEMENT_CHARACTERS;
        assert!(clean_statement_text(&"a".repeat(max)).is_ok());
        let long = |found| Err(Rejection::StatementTooLong { max, found });
        assert_eq!(clean_statement_text(&"a".repeat(max + 1)), long(max + 1));
        assert_eq!(clean_statement_text(&"a".repeat(1 << 20)), long(1 << 20));
    }
}
