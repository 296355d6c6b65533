//! Identities, as newtypes so that a participant can never be mistaken for a statement.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A conversation's random id: 63 random bits, printed as 16 hex digits.
///
/// It fits the BIGINT that both databases use as a key, and is never guessed by counting.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ConversationId(i64);

impl ConversationId {
    /// From eight random bytes (the sign bit is dropped).
    pub fn from_random(bytes: [u8; 8]) -> Self {
        Self(i64::from_be_bytes(bytes) & i64::MAX)
    }

    /// From the number stored in the database.
    pub fn from_stored(number: i64) -> Self {
        Self(number & i64::MAX)
    }

    /// The number to store in the database.
    pub fn stored(self) -> i64 {
        self.0
    }
}

impl fmt::Display for ConversationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for ConversationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConversationId({self})")
    }
}

/// The public name of a conversation in addresses: 1 to 64 of `a-z 0-9 . _ -`, and it begins
/// and ends with a letter or a digit.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
pub struct Slug(String);

/// Why a text is no slug.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error(
    "“{0}” can't be an address: use 1 to 64 of the characters a-z, 0-9, “.”, “_” and “-”, beginning and ending with a letter or a digit"
)]
pub struct SlugError(pub String);

impl Slug {
    /// The longest slug, in bytes.
    pub const MAX_LEN: usize = 64;

    /// Checks and wraps a slug.
    pub fn parse(text: &str) -> Result<Self, SlugError> {
        let edge = |c: Option<char>| c.is_some_and(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-".contains(c);
        let fits = text.len() <= Self::MAX_LEN
            && edge(text.chars().next())
            && edge(text.chars().next_back())
            && text.chars().all(inner);
        if fits { Ok(Self(text.to_owned())) } else { Err(SlugError(text.chars().take(80).collect())) }
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

macro_rules! number {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The largest number taken from outside: 2^31 − 1, so that it fits every
            /// database's and client's integer.
            pub const MAX: u32 = i32::MAX as u32;
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

number! {
    /// A statement's number in its conversation, in order of first appearance. Public.
    StatementNumber
}
number! {
    /// An agenda item's number in its conversation. Public.
    ItemNumber
}
number! {
    /// A participant's number in its conversation. Never public: see ARCHITECTURE, identity.
    ParticipantNumber
}
number! {
    /// A named group of conversations, and of the people who run them.
    DepartmentNumber
}
number! {
    /// A moderator's or organiser's number on this instance. The name behind it stands beside the log.
    StaffNumber
}

/// The place of an event in its conversation's log: 1, 2, 3, … without a gap (I5). 0 is "before
/// everything".
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl Seq {
    /// The next position in the log.
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The client's own name of one operation: 1 to 64 of `A-Z a-z 0-9 _ -`. Sent again, it changes
/// nothing (I3).
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(transparent)]
pub struct OperationId(String);

impl OperationId {
    /// Checks and wraps an operation id.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        fits.then(|| Self(text.to_owned()))
    }

    /// The first 64 bits of its SHA-256, to be remembered by.
    pub fn short(&self) -> u64 {
        let hash: [u8; 32] = Sha256::digest(self.0.as_bytes()).into();
        hash[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    /// The id as text; safe to put into JSON without escaping.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for OperationId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("op must be 1 to 64 of A-Z a-z 0-9 _ -"))
    }
}

/// A moment: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Whole milliseconds since 1970.
    pub fn as_ms(self) -> i64 {
        self.0.div_euclid(1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_takes_the_names_of_polis_exports_and_refuses_paths() {
        for good in ["riverside", "american-assembly.bowling-green", "15-per-hour-seattle", "a"] {
            assert_eq!(Slug::parse(good).map(|s| s.as_str().to_owned()), Ok(good.to_owned()));
        }
        for bad in ["", ".", "..", "a/b", "A", "-a", "a.", "a b", "é", &"a".repeat(65)] {
            assert!(Slug::parse(bad).is_err(), "{bad:?} must be refused");
        }
    }

    #[test]
    fn a_conversation_id_prints_and_stores_63_bits() {
        let id = ConversationId::from_random([0xff; 8]);
        assert_eq!(id.to_string(), "7fffffffffffffff");
        assert_eq!(ConversationId::from_stored(id.stored()), id);
    }

    #[test]
    fn an_operation_id_refuses_what_json_would_have_to_escape() {
        assert!(OperationId::parse("a-Z_9").is_some());
        for bad in ["", "a\"b", "a b", "\n", &"x".repeat(65)] {
            assert!(OperationId::parse(bad).is_none(), "{bad:?} must be refused");
        }
    }
}
