//! The hash chain of a log: each event's hash covers the one before it (I6).

use std::fmt;

use sha2::{Digest, Sha256};

use super::id::{Seq, Timestamp};

/// A SHA-256, printed as 64 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ChainHash(pub [u8; 32]);

impl ChainHash {
    /// The hash before a log's first event: that of its name. A conversation's log is named by its id.
    pub fn genesis(log: impl fmt::Display) -> Self {
        Self(Sha256::digest(log.to_string()).into())
    }

    /// The hash of a document that stands beside a log.
    pub fn of_text(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }

    /// `SHA-256(previous | log | seq | at | kind | payload)`, fields separated by `|`, numbers in
    /// decimal, hashes in hex.
    pub fn of_event(
        previous: ChainHash,
        log: impl fmt::Display,
        seq: Seq,
        at: Timestamp,
        kind: &str,
        payload: &str,
    ) -> Self {
        let mut hasher = Sha256::new();
        hasher.update(previous.to_string());
        hasher.update(format!("|{log}|{seq}|{}|{kind}|", at.0));
        hasher.update(payload);
        Self(hasher.finalize().into())
    }

    /// Reads 64 hex digits.
    pub fn parse(text: &str) -> Option<Self> {
        let mut out = [0; 32];
        hex::decode_to_slice(text, &mut out).ok()?;
        Some(Self(out))
    }
}

impl fmt::Display for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = [0u8; 64];
        // Two digits for each of 32 bytes: they always fit.
        hex::encode_to_slice(self.0, &mut out).map_err(|_| fmt::Error)?;
        f.write_str(std::str::from_utf8(&out).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChainHash({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::super::id::ConversationId;
    use super::*;

    #[test]
    fn a_hash_depends_on_every_field_and_reads_back() {
        let id = ConversationId::from_random([1; 8]);
        let genesis = ChainHash::genesis(id);
        let hash =
            |seq, at, kind, payload| ChainHash::of_event(genesis, id, Seq(seq), Timestamp(at), kind, payload);
        let base = hash(1, 2, "vote_cast", "{}");
        assert_eq!(ChainHash::parse(&base.to_string()), Some(base));
        for other in [
            hash(2, 2, "vote_cast", "{}"),
            hash(1, 3, "vote_cast", "{}"),
            hash(1, 2, "vote", "{}"),
            hash(1, 2, "vote_cast", "{} "),
        ] {
            assert_ne!(base, other);
        }
    }
}
