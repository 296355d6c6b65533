//! The second factor: codes of an app (TOTP, RFC 6238), and codes to print for whoever loses it.

use totp_rs::{Builder, Secret, Totp};

use crate::clock::random_bytes;
use crate::domain::{Timestamp, TokenHash};

/// Codes to print.
pub const RECOVERY_CODES: usize = 10;
/// Letters that nobody mistakes for another, 32 of them.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// The secret of an app that makes codes.
pub struct CodeApp(Totp);

impl CodeApp {
    /// A new secret, of 160 random bits.
    pub fn random() -> Self {
        Self::of(Secret::new_stack(random_bytes()))
    }

    /// The app with a stored secret.
    pub fn parse(base32: &str) -> Option<Self> {
        let secret = Secret::try_from_base32(base32).ok()?;
        (secret.as_bytes().len() == 20).then(|| Self::of(secret))
    }

    fn of(secret: Secret) -> Self {
        // Six digits, SHA-1, 30 seconds, one step of grace: what every app can do.
        Self(Builder::new().with_secret(secret).build_noncompliant())
    }

    /// The secret as it is stored, and typed by whoever has no camera.
    pub fn base32(&self) -> String {
        self.0.secret().to_base32()
    }

    /// What an app reads from a QR code: the name of the site and of the account stand in its list.
    pub fn uri(&self, site: &str, account: &str) -> String {
        let escaped = |text: &str| -> String {
            text.bytes()
                .map(|byte| match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                        char::from(byte).to_string()
                    }
                    byte => format!("%{byte:02X}"),
                })
                .collect()
        };
        let (site, account) = (escaped(site), escaped(account));
        format!("otpauth://totp/{site}:{account}?secret={}&issuer={site}", self.base32())
    }

    /// The time step of a code that is right now, or was half a minute ago. Each step is used once: whoever
    /// keeps the last one sees to that.
    pub fn step_of(&self, code: &str, now: Timestamp) -> Option<u64> {
        let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
        self.0.check(&digits, u64::try_from(now.0 / 1_000_000).ok()?)
    }
}

/// New codes to print: 50 random bits each, written in two parts.
pub fn new_recovery_codes() -> Vec<String> {
    let letters = |bytes: [u8; 10]| -> String {
        let letter = |byte: u8| char::from(LETTERS[usize::from(byte % 32)]); // In range: the rest is below 32.
        let code: String = bytes.into_iter().map(letter).collect();
        format!("{}-{}", code.get(..5).unwrap_or_default(), code.get(5..).unwrap_or_default())
    };
    std::iter::repeat_with(|| letters(random_bytes())).take(RECOVERY_CODES).collect()
}

/// The hash of a code to print, however it is typed.
pub fn recovery_hash(code: &str) -> TokenHash {
    let plain: String = code.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    TokenHash::of(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B: the secret "12345678901234567890", the last six of eight digits.
        let app = CodeApp::parse("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        for (second, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let now = Timestamp(second * 1_000_000);
            assert_eq!(app.step_of(code, now), Some(second as u64 / 30), "{second}");
            assert_eq!(app.step_of(&format!("{} {}", &code[..3], &code[3..]), now), Some(second as u64 / 30));
            assert_eq!(app.step_of(code, Timestamp(now.0 + 61_000_000)), None, "too late");
            assert_eq!(app.step_of("", now), None);
            assert_eq!(app.step_of("12345６", now), None);
        }
    }

    #[test]
    fn a_secret_is_new_each_time_and_its_address_can_be_read() {
        let (one, other) = (CodeApp::random(), CodeApp::random());
        assert_ne!(one.base32(), other.base32());
        assert_eq!(CodeApp::parse(&one.base32()).unwrap().base32(), one.base32());
        let uri = one.uri("Eastmere & Co", "clerk@town.example");
        assert!(uri.starts_with("otpauth://totp/Eastmere%20%26%20Co:clerk%40town.example?secret="), "{uri}");
        assert!(CodeApp::parse("").is_none() && CodeApp::parse("AAAA").is_none());
    }

    #[test]
    fn codes_to_print_differ_and_are_read_however_they_are_typed() {
        let codes = new_recovery_codes();
        let different: std::collections::BTreeSet<_> = codes.iter().collect();
        assert_eq!(different.len(), RECOVERY_CODES);
        for code in codes {
            assert_eq!(code.len(), 11);
            let typed = code.to_uppercase().replace('-', " ");
            assert_eq!(recovery_hash(&typed), recovery_hash(&code));
        }
    }
}
