//! The words of an agenda, checked and committed to.

use crate::domain::{Background, Evidence, Field, PersonalText, Plan, Rejection, clean_line};

/// The most things to read for one item.
pub const MAX_EVIDENCE: usize = 20;
/// The longest name of where something comes from, and of what there is to read.
pub(super) const MAX_NAME: usize = 200;
/// The longest link.
const MAX_LINK: usize = 1_000;
/// The longest reason for taking something off.
pub(super) const MAX_REASON: usize = 1_000;
/// The longest notes.
const MAX_NOTES: usize = 4_000;
/// The most minutes of a meeting, and of an item.
pub const MAX_MINUTES: u32 = 10_000;

/// A plan with a time that a meeting can have.
pub(super) fn checked_plan(plan: Plan) -> Result<Plan, Rejection> {
    if plan.minutes > MAX_MINUTES { Err(Rejection::TooManyMinutes { max: MAX_MINUTES }) } else { Ok(plan) }
}

/// Makes words that can be erased.
pub(super) struct Words<'a>(pub &'a mut dyn FnMut() -> [u8; 16]);

impl Words<'_> {
    fn commit(&mut self, text: String) -> PersonalText {
        PersonalText::new(text, (self.0)())
    }

    /// A line that has to be there.
    pub fn needed(&mut self, field: Field, text: &str, max: usize) -> Result<PersonalText, Rejection> {
        let text = clean_line(text);
        let fits = (1..=max).contains(&text.chars().count());
        if fits { Ok(self.commit(text)) } else { Err(Rejection::BadText { field, max }) }
    }

    /// A line that may be empty: then there is none.
    pub fn maybe(
        &mut self,
        field: Field,
        text: Option<&str>,
        max: usize,
    ) -> Result<Option<PersonalText>, Rejection> {
        let text = clean_line(text.unwrap_or_default());
        if text.chars().count() > max {
            return Err(Rejection::TextTooLong { field, max });
        }
        Ok((!text.is_empty()).then(|| self.commit(text)))
    }

    /// What there is to know of an item.
    pub fn background(
        &mut self,
        background: &Background<String>,
    ) -> Result<Background<PersonalText>, Rejection> {
        if background.evidence.len() > MAX_EVIDENCE {
            return Err(Rejection::TooMuchToRead { max: MAX_EVIDENCE });
        }
        let notes = background.notes.as_deref().unwrap_or_default();
        let notes = notes.lines().map(clean_line).collect::<Vec<_>>().join("\n").trim().to_owned();
        if notes.chars().count() > MAX_NOTES {
            return Err(Rejection::TextTooLong { field: Field::Notes, max: MAX_NOTES });
        }
        let evidence = background.evidence.iter().map(|one| self.evidence(one));
        let evidence = evidence.collect::<Result<Vec<_>, _>>()?;
        Ok(Background { evidence, notes: (!notes.is_empty()).then(|| self.commit(notes)) })
    }

    fn evidence(&mut self, one: &Evidence<String>) -> Result<Evidence<PersonalText>, Rejection> {
        let link = one.link.as_deref().map(str::trim).filter(|link| !link.is_empty());
        let opens = |link: &str| link.starts_with("https://") || link.starts_with("http://");
        if link.is_some_and(|link| !opens(link) || link.contains(char::is_whitespace)) {
            return Err(Rejection::BadLink);
        }
        Ok(Evidence {
            title: self.needed(Field::Evidence, &one.title, MAX_NAME)?,
            by: self.maybe(Field::Evidence, one.by.as_deref(), MAX_NAME)?,
            link: self.maybe(Field::Evidence, link, MAX_LINK)?,
        })
    }
}
