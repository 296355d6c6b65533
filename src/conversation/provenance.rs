//! Where a vote or a statement comes from, and how it was given.

use serde::{Deserialize, Serialize};

use crate::domain::Timestamp;

/// Where a vote or a statement comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Cast or written here; its time is that of its event.
    #[default]
    Live,
    /// From an import that did not know the time.
    ImportUntimed,
    /// From an import, at this moment in milliseconds since 1970.
    ImportAtMs(i64),
}

impl Source {
    pub(super) fn is_live(&self) -> bool {
        *self == Source::Live
    }

    /// The moment in milliseconds since 1970, for an event recorded at `at`.
    pub fn moment_ms(self, at: Timestamp) -> Option<i64> {
        match self {
            Source::Live => Some(at.as_ms()),
            Source::ImportUntimed => None,
            Source::ImportAtMs(ms) => Some(ms),
        }
    }
}

/// How somebody voted or wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// In a browser or program of their own.
    #[default]
    Online,
    /// On paper; somebody entered it.
    Paper,
    /// On a device that many share.
    Kiosk,
    /// By word of mouth; somebody entered it.
    Facilitator,
}

impl Mode {
    pub(super) fn is_online(&self) -> bool {
        *self == Mode::Online
    }
}

/// A language, by its tag (BCP 47): 1 to 35 of `A-Z a-z 0-9 -`, such as `de` or `pt-BR`.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(transparent)]
pub struct Language(String);

impl Language {
    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Checks the form of a tag, and wraps it.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=35).contains(&text.len())
            && text
                .split('-')
                .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        fits.then(|| Self(text.to_owned()))
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not the tag of a language"))
    }
}

/// For fields that are not written when nothing is to be said.
pub(super) fn is_false(value: &bool) -> bool {
    !value
}

/// The same for numbers.
pub(super) fn is_zero(value: &u32) -> bool {
    *value == 0
}
