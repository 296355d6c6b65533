//! A form that was refused: why, and what was typed, so that it stands in its field again.

use crate::domain::Rejection;
use crate::texts::Texts;

/// Nothing was refused where it has no reason.
#[derive(Default)]
pub(super) struct Refused {
    /// Why, in words.
    pub why: Option<String>,
    /// The fields by their ids, and what was typed there.
    typed: Vec<(String, String)>,
}

impl Refused {
    /// A refusal with nothing that was typed.
    pub fn new(why: String) -> Self {
        Self { why: Some(why), typed: Vec::new() }
    }

    /// What the conversation does not let happen.
    pub fn because(why: &Rejection, texts: &Texts) -> Self {
        Self::new(texts.refusal(why))
    }

    /// The same with what was typed in the field of this id.
    pub fn typed(mut self, field: impl Into<String>, text: impl Into<String>) -> Self {
        self.typed.push((field.into(), text.into()));
        self
    }

    /// What stands in a field: what was typed there, or what is saved.
    pub fn or<'a>(&'a self, field: &str, saved: &'a str) -> &'a str {
        let typed = self.typed.iter().find(|(name, _)| name == field);
        typed.map_or(saved, |(_, text)| text)
    }

    /// The same for a field whose id ends in a number.
    pub fn or_numbered<'a>(&'a self, field: &str, number: &u32, saved: &'a str) -> &'a str {
        self.or(&format!("{field}-{number}"), saved)
    }

    /// Whether something was typed there.
    pub fn is_in(&self, field: &str, number: &u32) -> bool {
        let field = format!("{field}-{number}");
        self.typed.iter().any(|(name, _)| *name == field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stands_in_its_own_field() {
        let refused = Refused::new("too long".into()).typed("what-3", "x");
        assert_eq!(refused.or_numbered("what", &3, "saved"), "x");
        assert_eq!(refused.or_numbered("what", &4, "saved"), "saved");
        assert!(refused.is_in("what", &3) && !refused.is_in("what", &4));
    }
}
