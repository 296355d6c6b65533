//! Secrets that browsers and programs hold: only their hashes are kept.

use std::fmt;

use sha2::{Digest, Sha256};

use super::chain::ChainHash;
use super::id::ConversationId;

/// The hash of a secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// Hashes a token. 128 random bits need no salt and no slow hash.
    pub fn of(token: &str) -> Self {
        Self(Sha256::digest(token.as_bytes()).into())
    }

    /// What is stored of it in one conversation: a hash of its own, so that nobody who reads the
    /// database can tell that two participants of two conversations hold the same token.
    pub fn within(self, conversation: ConversationId) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(conversation.to_string());
        hasher.update(self.0);
        Self(hasher.finalize().into())
    }

    /// What somebody tells the organiser to be known by, made of what is stored of their token here: 60 bits,
    /// in five groups. The token does not follow from it, and it is worth nothing in another conversation.
    pub fn request_code(self) -> String {
        let code = self.derived("boule request code");
        let groups: Vec<&str> = (0..5).filter_map(|n| code.get(n * 3..n * 3 + 3)).collect();
        groups.join("-")
    }

    /// Whether this is the code of this token, however it was typed.
    pub fn has_request_code(self, typed: &str) -> bool {
        let plain = |code: &str| code.to_lowercase().replace(|c: char| !c.is_ascii_hexdigit(), "");
        plain(&self.request_code()) == plain(typed)
    }

    /// What is noted outside the data directory once the link was destroyed: only who has a backup from before
    /// can hold it against anything.
    pub fn erasure_id(self) -> String {
        self.derived("boule erasure")
    }

    fn derived(self, purpose: &str) -> String {
        let mut hasher = Sha256::new();
        hasher.update(purpose);
        hasher.update(self.0);
        ChainHash(hasher.finalize().into()).to_string()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_token_is_another_one_in_another_conversation() {
        let token = TokenHash::of("secret");
        let [here, there] = [1, 2].map(|n| token.within(ConversationId::from_stored(n)));
        assert_ne!(here, there);
        assert_ne!(here, token);
        assert_eq!(here, TokenHash::of("secret").within(ConversationId::from_stored(1)));
    }
}
