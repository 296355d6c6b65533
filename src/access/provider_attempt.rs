//! Somebody on their way to a provider and back. Their own browser holds how far they are, signed: whoever begins
//! a thousand ways uses nothing up here.

use hmac::{Hmac, Mac};
use openidconnect::{CsrfToken, Nonce, PkceCodeVerifier, RedirectUrl};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::{Timestamp, TokenHash};

/// How long somebody may take at the provider, in seconds.
pub(super) const LIFE_S: i64 = 10 * 60;
/// How long a signature is.
const SIGNATURE: usize = 32;

/// What somebody wants who signs in.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Wish {
    /// Where they wanted to go.
    pub to: String,
    /// The key of an invitation that they come by.
    pub invitation: Option<String>,
    /// The hash of the session of whoever joins their account with the provider.
    pub join: Option<String>,
}

/// How far they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct Attempt {
    /// The hash of what the provider sends back with the code.
    pub state: String,
    pub nonce: String,
    pub verifier: String,
    pub redirect: String,
    pub wish: Wish,
    expires_at: Timestamp,
}

impl Attempt {
    /// Somebody sets out now.
    pub fn new(
        state: &CsrfToken,
        nonce: &Nonce,
        verifier: PkceCodeVerifier,
        redirect: &RedirectUrl,
        wish: Wish,
        now: Timestamp,
    ) -> Self {
        Self {
            state: TokenHash::of(state.secret()).to_string(),
            nonce: nonce.secret().clone(),
            verifier: verifier.into_secret(),
            redirect: redirect.to_string(),
            wish,
            expires_at: Timestamp(now.0 + LIFE_S * 1_000_000),
        }
    }
}

/// What attempts are signed with: the same on every node, since another one may be asked when somebody comes back.
pub(super) struct AttemptKey([u8; 32]);

impl AttemptKey {
    /// From the secret that all nodes share with the provider.
    pub fn of(secret: &str) -> Self {
        Self(
            Sha256::new()
                .chain_update(b"boule: attempts to sign in\n")
                .chain_update(secret)
                .finalize()
                .into(),
        )
    }

    fn mac(&self) -> Hmac<Sha256> {
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0);
        Hmac::new((&block).into())
    }

    /// What a browser holds of an attempt.
    pub fn sign(&self, attempt: &Attempt) -> postcard::Result<String> {
        let written = postcard::to_stdvec(attempt)?;
        let signature = self.mac().chain_update(&written).finalize().into_bytes();
        Ok(hex::encode(signature) + &hex::encode(written))
    }

    /// The attempt that a browser holds, as long as it lasts; none where it was not signed here.
    pub fn check(&self, held: &str, now: Timestamp) -> Option<Attempt> {
        let held = hex::decode(held).ok()?;
        let (signature, written) = held.split_at_checked(SIGNATURE)?;
        self.mac().chain_update(written).verify_slice(signature).ok()?;
        let attempt: Attempt = postcard::from_bytes(written).ok()?;
        Some(attempt).filter(|attempt| attempt.expires_at > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_holds_counts_only_as_it_was_signed_and_for_minutes() {
        let (key, now) = (AttemptKey::of("secret"), Timestamp(1_000));
        let wish = Wish { join: Some("session".into()), ..Wish::default() };
        let attempt = Attempt {
            state: "state".into(),
            nonce: "nonce".into(),
            verifier: "verifier".into(),
            redirect: "https://town.example/sign-in/back".into(),
            wish,
            expires_at: Timestamp(2_000),
        };
        let held = key.sign(&attempt).unwrap();
        assert_eq!(key.check(&held, now).as_ref(), Some(&attempt));
        assert_eq!(AttemptKey::of("secret").check(&held, now), Some(attempt), "another node");
        assert_eq!(key.check(&held, Timestamp(2_000)), None, "it is over");
        assert_eq!(AttemptKey::of("another").check(&held, now), None, "signed by another site");
        for at in 0..held.len() {
            let mut other = held.clone().into_bytes();
            other[at] = if other[at] == b'0' { b'1' } else { b'0' };
            assert_eq!(key.check(&String::from_utf8(other).unwrap(), now), None, "changed at {at}");
        }
        for cut in [0, 1, 40, 64, held.len() - 2] {
            assert_eq!(key.check(&held[..cut], now), None, "cut at {cut}");
        }
    }
}
