//! Words that people wrote: the chain commits to them, and they can be erased without breaking it.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::chain::ChainHash;

/// Words that a person wrote. In a payload they stand as `SHA-256(salt | text)`; the words and
/// the salt are kept beside the log, where they can be erased.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonalText {
    commitment: String,
    words: Option<SaltedText>,
}

#[derive(Clone, PartialEq, Eq)]
struct SaltedText {
    salt: String,
    text: Arc<str>,
}

impl PersonalText {
    /// Commits to a text with sixteen random bytes of salt.
    pub fn new(text: impl Into<String>, salt: [u8; 16]) -> Self {
        let salt = hex::encode(salt);
        let text: String = text.into();
        Self { commitment: commit(&salt, &text), words: Some(SaltedText { salt, text: text.into() }) }
    }

    /// The commitment that the chain holds: 64 hex digits.
    pub fn commitment(&self) -> &str {
        &self.commitment
    }

    /// The words, or nothing once they were erased.
    pub fn text(&self) -> &str {
        self.words.as_ref().map_or("", |words| &words.text)
    }

    /// The same, to be kept without a copy.
    pub fn shared(&self) -> Arc<str> {
        self.words.as_ref().map_or_else(|| Arc::from(""), |words| Arc::clone(&words.text))
    }

    /// The words' salt, or nothing once they were erased.
    pub fn salt(&self) -> &str {
        self.words.as_ref().map_or("", |words| &words.salt)
    }

    /// Forgets the words; the commitment stays.
    pub fn forget(&mut self) {
        self.words = None;
    }

    /// Puts the stored words back. Refuses (`false`) words that the commitment does not cover.
    pub fn restore(&mut self, salt: String, text: String) -> bool {
        let covered = commit(&salt, &text) == self.commitment;
        if covered {
            self.words = Some(SaltedText { salt, text: text.into() });
        }
        covered
    }
}

fn commit(salt: &str, text: &str) -> String {
    ChainHash(Sha256::digest(format!("{salt}|{text}")).into()).to_string()
}

impl fmt::Debug for PersonalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Never the words: a statement is a political opinion, and Debug ends up in logs.
        write!(f, "PersonalText({})", self.commitment)
    }
}

impl Serialize for PersonalText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.commitment.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PersonalText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { commitment: String::deserialize(deserializer)?, words: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_only_under_their_commitment() {
        let mut text = PersonalText::new("A secret opinion", [7; 16]);
        let salt = text.salt().to_owned();
        assert!(!text.restore(salt.clone(), "Another opinion".into()));
        assert!(text.restore(salt, "A secret opinion".into()));
    }
}
