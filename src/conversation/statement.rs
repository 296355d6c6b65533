//! A statement: one short sentence that people vote on, as the log makes it.

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::pin::Pin;
use super::provenance::{Language, Mode};
use crate::domain::{
    Moderation, ModerationRule, ParticipantNumber, PersonalText, Rejection, Seq, StaffNumber, StatementInput,
    StatementNumber, Tally, Timestamp, clean_line,
};

/// When a moderator decided last.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Decision {
    /// The position in the log.
    pub seq: Seq,
    /// The moment.
    pub at: Timestamp,
    /// Whether the conversation was closed by then.
    pub after_close: bool,
    /// What was so before it.
    pub before: Moderation,
}

/// Somebody who submitted the same words while a statement waited.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Seconder {
    /// Who.
    pub participant: ParticipantNumber,
    /// The position in the log where they submitted it.
    pub submitted: Seq,
    /// Their own words, which may differ in punctuation and capitals; this version is shown to them.
    pub text: PersonalText,
}

/// A statement as the log makes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Statement {
    /// Its public number.
    pub number: StatementNumber,
    /// Who wrote it; `None` for the organiser's seeds.
    pub author: Option<ParticipantNumber>,
    /// The position in the log where its author submitted it.
    pub submitted: Seq,
    /// Those who wrote the same while it waited.
    pub seconds: Vec<Seconder>,
    /// From the organiser, before anybody came.
    pub seed: bool,
    /// About the person ("I live here"), kept out of the map.
    pub meta: bool,
    /// Its words.
    pub text: PersonalText,
    /// The language that it is written in, where that is known.
    pub language: Option<Language>,
    /// The statement that it was made from.
    pub derived_from: Option<StatementNumber>,
    /// How it was given.
    pub mode: Mode,
    /// Who entered it, where that is not its author.
    pub entered_by: Option<StaffNumber>,
    /// The pile of paper that it stands in; 0 for none.
    pub batch: u32,
    /// Whether it is shown.
    pub moderation: Moderation,
    /// The rule of the policy that it was rejected by, as it was worded then.
    pub reason: Option<PersonalText>,
    /// Taken back by its author, or by the organiser from a draft. It counts as rejected.
    pub withdrawn: bool,
    /// The latest decision on it.
    pub decision: Option<Decision>,
    /// Another statement that says the same and is asked in its place.
    pub same_as: Option<StatementNumber>,
    /// It is shown to more people first.
    pub pin: Option<Pin>,
    /// It is not shown before a moderator has read it, whatever the rule says.
    pub held: bool,
    /// Current votes.
    pub tally: Tally,
    /// When it was submitted, in milliseconds since 1970; `None` when an import did not know.
    pub submitted_at_ms: Option<i64>,
}

impl Statement {
    /// Whether a moderator worded it, from what somebody else had written.
    pub fn is_worded_by_moderator(&self) -> bool {
        self.derived_from.is_some() && self.author.is_none() && !self.seed
    }

    /// A statement of the organiser's that nobody has seen.
    pub(super) fn new(number: StatementNumber, submitted: Seq, text: PersonalText) -> Self {
        Self {
            number,
            author: None,
            submitted,
            seconds: Vec::new(),
            seed: false,
            meta: false,
            text,
            language: None,
            derived_from: None,
            mode: Mode::default(),
            entered_by: None,
            batch: 0,
            moderation: Moderation::Pending,
            reason: None,
            withdrawn: false,
            decision: None,
            same_as: None,
            pin: None,
            held: false,
            tally: Tally::default(),
            submitted_at_ms: None,
        }
    }

    /// Whether it is shown under a rule.
    pub fn is_shown_by(&self, rule: ModerationRule) -> bool {
        self.would_be_shown(rule, self.moderation)
    }

    /// The same, if it had been decided so.
    pub fn would_be_shown(&self, rule: ModerationRule, moderation: Moderation) -> bool {
        rule.shows(moderation) && !(self.held && moderation == Moderation::Pending)
    }

    /// The statement as the map takes it.
    pub fn input(&self, rule: ModerationRule) -> StatementInput {
        let shown = self.is_shown_by(rule);
        StatementInput { number: self.number, moderation: self.moderation, meta: self.meta, shown }
    }

    /// The words that somebody submitted, where it is theirs.
    pub fn words_of(&self, participant: ParticipantNumber) -> Option<&PersonalText> {
        if self.withdrawn {
            None
        } else if self.author == Some(participant) {
            Some(&self.text)
        } else {
            self.seconds.iter().find(|second| second.participant == participant).map(|second| &second.text)
        }
    }

    /// Somebody whose it is takes it back. It stays the statement of those who submitted the same.
    pub(super) fn lose(&mut self, goes: ParticipantNumber) {
        if self.author != Some(goes) && self.seconds.iter().any(|second| second.participant == goes) {
            self.seconds.retain(|second| second.participant != goes);
        } else if self.author.is_none() {
            // Made by a moderator from what they wrote.
            self.withdraw();
        } else if self.author != Some(goes) {
            // It is none of theirs.
        } else if self.seconds.is_empty() {
            self.withdraw();
        } else {
            let Seconder { participant, submitted, text } = self.seconds.remove(0);
            (self.author, self.submitted, self.text) = (Some(participant), submitted, text);
        }
    }

    /// Nobody's any more: it counts as rejected, and has no words.
    pub(super) fn withdraw(&mut self) {
        self.withdrawn = true;
        self.moderation = Moderation::Rejected;
        self.text.forget();
    }

    /// Where somebody submitted it, where it is theirs.
    pub fn submitted_by(&self, participant: ParticipantNumber) -> Option<Seq> {
        if self.author == Some(participant) {
            return Some(self.submitted);
        }
        self.seconds.iter().find(|second| second.participant == participant).map(|second| second.submitted)
    }

    /// Whether those who submitted it can still take it back. While a statement is not shown, nobody
    /// learns whether others have submitted it too.
    pub fn can_be_withdrawn(&self, is_shown: bool) -> bool {
        let has_others = !is_shown && !self.seconds.is_empty();
        self.moderation != Moderation::Rejected && (has_others || self.tally.seen() <= 1)
    }

    /// All its words.
    pub(super) fn words_mut(&mut self) -> impl Iterator<Item = &mut PersonalText> {
        let seconds = self.seconds.iter_mut().map(|second| &mut second.text);
        std::iter::once(&mut self.text).chain(&mut self.reason).chain(seconds)
    }
}

/// Cleans a statement's text, or says why it can't be taken.
///
/// The result is in NFC, on one line, without what is never seen ([`clean_line`]), and between 1 and
/// `max` characters long. Idempotent.
pub fn clean_statement_text(text: &str, max: u32) -> Result<String, Rejection> {
    let max = max as usize;
    // A bound on work before anything else: no honest statement has this many bytes.
    if text.len() > max * 64 {
        let found = text.chars().count();
        return Err(Rejection::StatementTooLong { max, found });
    }
    let clean = clean_line(text);
    if !clean.chars().any(char::is_alphanumeric) {
        return Err(Rejection::StatementEmpty);
    }
    match clean.graphemes(true).count() {
        found if found > max => Err(Rejection::StatementTooLong { max, found }),
        _ => Ok(clean),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_and_too_long_texts_are_refused_with_their_reason() {
        let clean_statement_text = |text: &str| clean_statement_text(text, 280);
        for text in ["", "   ", "\u{200b}", "…!?", "\u{3164}", "\u{ffa0}", "\u{115f}", "\u{1160}\u{200d}"] {
            assert_eq!(clean_statement_text(text), Err(Rejection::StatementEmpty), "{text:?}");
        }
        let max = 280;
        assert!(clean_statement_text(&"a".repeat(max)).is_ok());
        let long = |found| Err(Rejection::StatementTooLong { max, found });
        assert_eq!(clean_statement_text(&"a".repeat(max + 1)), long(max + 1));
        assert_eq!(clean_statement_text(&"a".repeat(1 << 20)), long(1 << 20));
    }
}
