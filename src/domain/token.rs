//! Secrets that browsers and programs hold: only their hashes are kept.

use std::fmt;

use sha2::{Digest, Sha256};

use super::chain::ChainHash;

/// The hash of a secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// Hashes a token. 128 random bits need no salt and no slow hash.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    /// Reads a stored hash.
    pub fn parse(text: &str) -> Option<Self> {
        ChainHash::parse(text).map(|hash| Self(hash.0))
    }
}

impl fmt::Display for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ChainHash(self.0).fmt(f)
    }
}
