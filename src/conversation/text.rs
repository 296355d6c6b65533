//! The words of a conversation, and their bounds.

use serde::{Deserialize, Serialize};

use super::settings::{Schedule, Settings};
use super::terms::{Terms, TermsBrief};
use crate::domain::{Field, PersonalText, Rejection, clean_line};

/// The longest question, in characters.
const MAX_QUESTION: usize = 300;
/// The longest description, and the longest promise, in characters.
const MAX_DESCRIPTION: usize = 10_000;
/// The longest name of an organiser, in characters.
const MAX_ORGANISER: usize = 120;
/// The most rules of a policy, and the longest of them, in characters.
const MAX_RULES: usize = 30;
const MAX_RULE: usize = 200;
/// The longest reason for a change, in characters.
const MAX_REASON: usize = 1_000;

/// The words of a conversation, written by its organiser.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConversationText {
    /// The question that people answer.
    pub question: PersonalText,
    /// What they should know before they answer.
    pub description: PersonalText,
    /// Who asks.
    pub organiser: PersonalText,
    /// What is promised about what becomes of the answers.
    pub promise: PersonalText,
    /// The rules by which statements are rejected.
    pub policy: Vec<PersonalText>,
    /// What is promised, in parts.
    #[serde(default, skip_serializing_if = "Terms::is_empty")]
    pub terms: Terms,
}

/// The same as an organiser fills it in.
#[derive(Clone, Debug, Default)]
pub struct Brief {
    /// The question.
    pub question: String,
    /// What people should know first.
    pub description: String,
    /// Who asks.
    pub organiser: String,
    /// What is promised about what becomes of the answers.
    pub promise: String,
    /// The rules by which statements are rejected.
    pub policy: Vec<String>,
    /// When it is meant to open and to close.
    pub schedule: Schedule,
    /// The rules of voting.
    pub settings: Settings,
    /// What is promised, in parts.
    pub terms: TermsBrief,
    /// Why it is changed after the opening: everybody reads it.
    pub reason: String,
}

impl ConversationText {
    /// Words without any check, as an import has them.
    pub fn plain(question: &str, description: &str, salt: &mut dyn FnMut() -> [u8; 16]) -> Self {
        let mut words = |text: &str| PersonalText::new(text, salt());
        Self {
            question: words(question),
            description: words(description),
            organiser: words(""),
            promise: words(""),
            policy: Vec::new(),
            terms: Terms::default(),
        }
    }

    /// Checks the words of a conversation and commits to them.
    pub(super) fn checked(brief: &Brief, salt: &mut dyn FnMut() -> [u8; 16]) -> Result<Self, Rejection> {
        let question = line(Field::Question, &brief.question, MAX_QUESTION)?;
        let organiser = line(Field::Organiser, &brief.organiser, MAX_ORGANISER)?;
        let description = paragraphs(Field::Description, &brief.description)?;
        let promise = paragraphs(Field::Promise, &brief.promise)?;
        let rules = brief.policy.iter().filter(|rule| !clean_line(rule).is_empty());
        let rules = rules.map(|rule| line(Field::Rule, rule, MAX_RULE)).collect::<Result<Vec<_>, _>>()?;
        if rules.len() > MAX_RULES {
            return Err(Rejection::TooManyRules { max: MAX_RULES });
        }
        let terms = Terms::checked(&brief.terms, salt)?;
        let mut words = |text: String| PersonalText::new(text, salt());
        Ok(Self {
            terms,
            question: words(question),
            description: words(description),
            organiser: words(organiser),
            promise: words(promise),
            policy: rules.into_iter().map(words).collect(),
        })
    }

    pub(super) fn words(&self) -> Vec<&PersonalText> {
        let own = [&self.question, &self.description, &self.organiser, &self.promise];
        own.into_iter().chain(&self.policy).chain(self.terms.words()).collect()
    }

    pub(super) fn words_mut(&mut self) -> impl Iterator<Item = &mut PersonalText> {
        let own = [&mut self.question, &mut self.description, &mut self.organiser, &mut self.promise];
        own.into_iter().chain(&mut self.policy).chain(self.terms.words_mut())
    }

    /// The same words where nothing changed: they are not committed to twice.
    pub(super) fn keeping(mut self, before: &Self) -> Self {
        let keep = |new: &mut PersonalText, old: &PersonalText| {
            if new.text() == old.text() {
                *new = old.clone();
            }
        };
        keep(&mut self.question, &before.question);
        keep(&mut self.description, &before.description);
        keep(&mut self.organiser, &before.organiser);
        keep(&mut self.promise, &before.promise);
        self.policy.iter_mut().zip(&before.policy).for_each(|(new, old)| keep(new, old));
        self.terms.keep(&before.terms);
        self
    }
}

/// Why something was changed after the opening, as everybody reads it.
pub(super) fn checked_reason(text: &str) -> Result<Option<String>, Rejection> {
    match clean_line(text) {
        text if text.is_empty() => Ok(None),
        text if text.chars().count() > MAX_REASON => {
            Err(Rejection::TextTooLong { field: Field::Reason, max: MAX_REASON })
        }
        text => Ok(Some(text)),
    }
}

fn line(field: Field, text: &str, max: usize) -> Result<String, Rejection> {
    let clean = clean_line(text);
    let fits = (1..=max).contains(&clean.chars().count());
    if fits { Ok(clean) } else { Err(Rejection::BadText { field, max }) }
}

/// Words that keep their paragraphs, or none.
fn paragraphs(field: Field, text: &str) -> Result<String, Rejection> {
    let lines: Vec<String> = text.lines().map(clean_line).collect();
    let clean = lines.join("\n").trim().to_owned();
    if clean.chars().count() > MAX_DESCRIPTION {
        return Err(Rejection::TextTooLong { field, max: MAX_DESCRIPTION });
    }
    Ok(clean)
}
