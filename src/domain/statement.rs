//! A statement: one short sentence that people vote on, and its moderation.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::id::{ParticipantNumber, StatementNumber};
use super::personal_text::PersonalText;
use super::rejection::Rejection;
use super::vote::Tally;

/// The longest statement that a person may submit, in characters as people count them.
pub const MAX_STATEMENT_CHARACTERS: usize = 280;
/// Marks stacked on one character beyond this are dropped ("zalgo" text).
const MAX_COMBINING_MARKS: usize = 4;

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
    /// Current votes.
    pub tally: Tally,
    /// When it was submitted, in milliseconds since 1970; `None` when an import did not know.
    pub submitted_at_ms: Option<i64>,
}

/// Cleans a statement's text, or says why it can't be taken.
///
/// The result is in NFC, on one line, without control, bidirectional-override, tag or zero-width
/// characters (but for the joiners that scripts and emoji need), and between 1 and
/// [`MAX_STATEMENT_CHARACTERS`] characters long. Idempotent.
pub fn clean_statement_text(text: &str) -> Result<String, Rejection> {
    // A bound on work before anything else: no honest statement has this many bytes.
    if text.len() > MAX_STATEMENT_CHARACTERS * 64 {
        return Err(Rejection::StatementTooLong { max: MAX_STATEMENT_CHARACTERS });
    }
    let clean = clean_line(text);
    if !clean.chars().any(char::is_alphanumeric) {
        return Err(Rejection::StatementEmpty);
    }
    if clean.graphemes(true).count() > MAX_STATEMENT_CHARACTERS {
        return Err(Rejection::StatementTooLong { max: MAX_STATEMENT_CHARACTERS });
    }
    Ok(clean)
}

/// NFC, one line, single spaces, nothing invisible that could mislead a reader.
pub fn clean_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut marks = 0;
    for c in text.nfc() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        if is_hidden(c) {
            continue;
        }
        marks = if unicode_normalization::char::is_combining_mark(c) { marks + 1 } else { 0 };
        if marks <= MAX_COMBINING_MARKS {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    // Dropping a character can bring two together that compose.
    let again: String = out.nfc().collect();
    again
}

/// Characters that are never seen and can only mislead.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn scripts_and_emoji_survive_cleaning() {
        for text in ["ความคิดเห็น", "क्षत्रिय हैं", "مرحبا بالعالم", "👩‍👩‍👧 welcome", "Zażółć gęślą jaźń"]
        {
            let nfc: String = text.nfc().collect();
            assert_eq!(clean_statement_text(text), Ok(nfc));
        }
    }

    #[test]
    fn overrides_and_line_breaks_do_not_survive() {
        assert_eq!(clean_statement_text(" a\r\n\u{202e}b\u{0}\u{feff}  c "), Ok("a b c".to_owned()));
    }

    #[test]
    fn empty_and_too_long_texts_are_refused_with_their_reason() {
        for text in ["", "   ", "\u{200b}", "…!?"] {
            assert_eq!(clean_statement_text(text), Err(Rejection::StatementEmpty), "{text:?}");
        }
        let max = MAX_STATEMENT_CHARACTERS;
        assert!(clean_statement_text(&"a".repeat(max)).is_ok());
        let long = Err(Rejection::StatementTooLong { max });
        assert_eq!(clean_statement_text(&"a".repeat(max + 1)), long);
        assert_eq!(clean_statement_text(&"a".repeat(1 << 20)), long);
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in "\\PC{0,80}|.{0,60}") {
            let once = clean_line(&text);
            prop_assert_eq!(clean_line(&once), once);
        }
    }
}
