//! What is promised, in parts: who decides, how much the answers weigh, what it is about, what happens by when.

use serde::{Deserialize, Serialize};

use super::provenance::{Language, is_false};
use crate::domain::{Field, PersonalText, Rejection, Seq, Timestamp, clean_line};

/// The longest line of a promise, in characters.
const MAX_LINE: usize = 200;
/// The longest answer, and the longest of the longer parts, in characters.
const MAX_PART: usize = 4_000;
/// The most steps.
const MAX_STEPS: usize = 20;
/// The longest time that taking part may be said to take, in minutes.
const MAX_MINUTES: u32 = 600;
/// The longest time that moderators may promise to decide in, in hours.
const MAX_HOURS: u32 = 720;

/// How much the answers weigh: the levels of the International Association for Public Participation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Influence {
    /// Whoever decides tells people what they do.
    Inform,
    /// They listen before they decide.
    Consult,
    /// They show how what people said went into the decision.
    Involve,
    /// They work out the decision together with people.
    Collaborate,
    /// They do what people decide.
    Empower,
}

impl Influence {
    /// All levels, the weakest first.
    pub const ALL: [Influence; 5] =
        [Self::Inform, Self::Consult, Self::Involve, Self::Collaborate, Self::Empower];

    /// The level's word in forms and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Influence::Inform => "inform",
            Influence::Consult => "consult",
            Influence::Involve => "involve",
            Influence::Collaborate => "collaborate",
            Influence::Empower => "empower",
        }
    }
}

/// Something that will happen by a date.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromisedStep {
    /// Its number among the steps; it is never given to another.
    pub number: u32,
    /// What will happen.
    pub what: PersonalText,
    /// Until the end of the day that begins then.
    pub due: Timestamp,
}

/// What is promised, beside the words of the promise itself.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Who decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decides: Option<PersonalText>,
    /// How much the answers weigh.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub influence: Option<Influence>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_scope: Option<PersonalText>,
    /// What it is not about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of_scope: Option<PersonalText>,
    /// How many minutes taking part takes; 0 where nothing is said.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub minutes: u32,
    /// In which languages people can take part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<Language>,
    /// What happens with the results, by date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<PromisedStep>,
    /// Whether the votes of somebody who erases what is theirs count no more.
    #[serde(default, skip_serializing_if = "is_false")]
    pub erases_votes: bool,
    /// Whether everybody's votes may be released as rows after the end.
    #[serde(default, skip_serializing_if = "is_false")]
    pub releases_rows: bool,
    /// Within how many hours a moderator decides on a new statement; 0 where nothing is said.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub moderated_within_hours: u32,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// The same as an organiser fills it in.
#[derive(Clone, Debug, Default)]
pub struct TermsBrief {
    /// Who decides.
    pub decides: String,
    /// How much the answers weigh.
    pub influence: Option<Influence>,
    /// What it is about.
    pub in_scope: String,
    /// What it is not about.
    pub out_of_scope: String,
    /// How many minutes taking part takes.
    pub minutes: u32,
    /// In which languages people can take part.
    pub languages: Vec<Language>,
    /// What happens with the results: the number of a step that is there, what, and by when.
    pub steps: Vec<(Option<u32>, String, Timestamp)>,
    /// Whether the votes of somebody who erases what is theirs count no more.
    pub erases_votes: bool,
    /// Whether everybody's votes may be released as rows after the end.
    pub releases_rows: bool,
    /// Within how many hours a moderator decides on a new statement.
    pub moderated_within_hours: u32,
    /// The last number that an answer was given to: no other step gets it.
    pub last_answered: u32,
}

impl Terms {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Checks what is promised, and commits to its words.
    pub(super) fn checked(brief: &TermsBrief, salt: &mut dyn FnMut() -> [u8; 16]) -> Result<Self, Rejection> {
        let mut words = |text: &str, max: usize| match clean_line(text) {
            text if text.is_empty() => Ok(None),
            text if text.chars().count() > max => Err(Rejection::TextTooLong { field: Field::Promise, max }),
            text => Ok(Some(PersonalText::new(text, salt()))),
        };
        let decides = words(&brief.decides, MAX_LINE)?;
        let in_scope = words(&brief.in_scope, MAX_PART)?;
        let out_of_scope = words(&brief.out_of_scope, MAX_PART)?;
        let numbers = brief.steps.iter().filter_map(|(number, ..)| *number);
        let mut next = numbers.max().unwrap_or(0).max(brief.last_answered) + 1;
        let mut steps = Vec::new();
        for (number, what, due) in &brief.steps {
            // A step without words is taken off the list.
            let Some(what) = words(what, MAX_LINE)? else { continue };
            let number = number.unwrap_or(next);
            next = next.max(number + 1);
            steps.push(PromisedStep { number, what, due: *due });
        }
        if steps.len() > MAX_STEPS {
            return Err(Rejection::TooManySteps { max: MAX_STEPS });
        }
        steps.sort_by_key(|step| (step.due, step.number));
        Ok(Self {
            decides,
            influence: brief.influence,
            in_scope,
            out_of_scope,
            minutes: brief.minutes.min(MAX_MINUTES),
            languages: brief.languages.clone(),
            steps,
            erases_votes: brief.erases_votes,
            releases_rows: brief.releases_rows,
            moderated_within_hours: brief.moderated_within_hours.min(MAX_HOURS),
        })
    }

    /// An answer to a step, as it may be posted.
    pub(super) fn checked_answer(text: &str) -> Result<String, Rejection> {
        let lines: Vec<String> = text.lines().map(clean_line).collect();
        let clean = lines.join("\n").trim().to_owned();
        match clean.chars().count() {
            0 => Err(Rejection::BadText { field: Field::Answer, max: MAX_PART }),
            found if found > MAX_PART => Err(Rejection::TextTooLong { field: Field::Answer, max: MAX_PART }),
            _ => Ok(clean),
        }
    }

    /// The step with this number.
    pub fn step(&self, number: u32) -> Option<&PromisedStep> {
        self.steps.iter().find(|step| step.number == number)
    }

    /// Forgets the words, so that commitments alone are compared.
    pub fn forget_words(&mut self) {
        self.words_mut().for_each(PersonalText::forget);
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &PersonalText> {
        let parts = [&self.decides, &self.in_scope, &self.out_of_scope];
        parts.into_iter().flatten().chain(self.steps.iter().map(|step| &step.what))
    }

    pub(super) fn words_mut(&mut self) -> impl Iterator<Item = &mut PersonalText> {
        let parts = [&mut self.decides, &mut self.in_scope, &mut self.out_of_scope];
        parts.into_iter().flatten().chain(self.steps.iter_mut().map(|step| &mut step.what))
    }

    /// The same words where nothing changed: they are not committed to twice.
    pub(super) fn keep(&mut self, before: &Self) {
        for words in self.words_mut() {
            if let Some(same) = before.words().find(|old| old.text() == words.text()) {
                *words = same.clone();
            }
        }
    }
}

impl From<&Terms> for TermsBrief {
    fn from(terms: &Terms) -> Self {
        let text =
            |words: &Option<PersonalText>| words.as_ref().map_or_else(String::new, |w| w.text().to_owned());
        Self {
            decides: text(&terms.decides),
            influence: terms.influence,
            in_scope: text(&terms.in_scope),
            out_of_scope: text(&terms.out_of_scope),
            minutes: terms.minutes,
            languages: terms.languages.clone(),
            steps: terms
                .steps
                .iter()
                .map(|step| (Some(step.number), step.what.text().to_owned(), step.due))
                .collect(),
            erases_votes: terms.erases_votes,
            releases_rows: terms.releases_rows,
            moderated_within_hours: terms.moderated_within_hours,
            last_answered: 0,
        }
    }
}

/// Why something that was promised is another now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PromiseChange {
    /// When it was changed.
    pub at: Timestamp,
    /// Why, in the organiser's words: everybody reads it.
    pub reason: PersonalText,
}

/// A policy that was changed after the opening: decisions were made by it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EarlierPolicy {
    /// The event by which another came in its place.
    pub until: Seq,
    /// Its rules, as they were worded.
    pub rules: Vec<PersonalText>,
}

/// What the organiser says that became of a step.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct StepAnswer {
    /// Which step.
    pub step: u32,
    /// When it was posted.
    pub at: Timestamp,
    /// The answer.
    pub text: PersonalText,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(brief: &TermsBrief) -> Result<Terms, Rejection> {
        Terms::checked(brief, &mut || [7; 16])
    }

    #[test]
    fn steps_come_by_date_keep_their_numbers_and_empty_ones_go() {
        let brief = TermsBrief {
            steps: vec![
                (Some(3), "The council reads them".into(), Timestamp(30)),
                (None, "  ".into(), Timestamp(5)),
                (None, "The results are published".into(), Timestamp(10)),
                (None, "The council answers".into(), Timestamp(40)),
            ],
            minutes: 100_000,
            ..TermsBrief::default()
        };
        let terms = checked(&brief).unwrap();
        assert_eq!(terms.steps.iter().map(|step| step.number).collect::<Vec<_>>(), [4, 3, 5]);
        assert_eq!(terms.minutes, MAX_MINUTES);
        assert_eq!(terms.step(5).unwrap().what.text(), "The council answers");
        assert!(Terms::default().is_empty() && !terms.is_empty());
        let again = checked(&TermsBrief::from(&terms)).unwrap();
        assert_eq!(again, terms);
    }

    #[test]
    fn what_is_too_long_or_too_much_is_refused() {
        let long = TermsBrief { decides: "x".repeat(201), ..TermsBrief::default() };
        assert!(matches!(checked(&long), Err(Rejection::TextTooLong { max: 200, .. })));
        let steps = (0..21).map(|n| (None, format!("Step {n}"), Timestamp(n))).collect();
        let many = TermsBrief { steps, ..TermsBrief::default() };
        assert_eq!(checked(&many), Err(Rejection::TooManySteps { max: 20 }));
        assert!(Terms::checked_answer(" \n ").is_err() && Terms::checked_answer("Yes.\n\nWe will.").is_ok());
    }
}
