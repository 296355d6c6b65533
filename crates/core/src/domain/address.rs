//! E-mail addresses of staff: what they sign in with.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An e-mail address in small letters, as it is compared and stored. Whether anybody reads it, only a mail
/// can tell.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The longest address that mail takes (RFC 5321), in bytes.
    pub const MAX_LEN: usize = 254;

    /// Reads what somebody typed.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        // A letter of another alphabet may become one of this one: K, the Kelvin sign.
        if text.chars().any(|c| !c.is_ascii() && c.to_lowercase().any(|small| small.is_ascii())) {
            return None;
        }
        let text = text.to_lowercase();
        let (name, host) = text.rsplit_once('@')?;
        // Letters, digits and what RFC 5322 lets stand without quotes: nothing that is not seen.
        let plain = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
        let fits = (1..=64).contains(&name.len())
            && text.len() <= Self::MAX_LEN
            && name.split('.').all(|part| !part.is_empty() && part.chars().all(plain))
            && host.split('.').all(|part| !part.is_empty() && !part.starts_with('-') && !part.ends_with('-'))
            && host.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '-');
        fits.then_some(Self(text))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the @: how a list names somebody in little room.
    pub fn name(&self) -> &str {
        self.0.split('@').next().unwrap_or_default()
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_read_and_what_could_break_a_header_is_not() {
        for (typed, read) in [
            (" Clerk@Eastmere.Example ", "clerk@eastmere.example"),
            ("o'neil+say@town.gov.uk", "o'neil+say@town.gov.uk"),
            ("büro@städte.example", "büro@städte.example"),
        ] {
            assert_eq!(EmailAddress::parse(typed).unwrap().as_str(), read);
        }
        for bad in [
            "",
            "clerk",
            "@town.example",
            "clerk@",
            "clerk@town..example",
            "anna..smith@town.example",
            ".anna@town.example",
            "anna.@town.example",
            "a b@town.example",
            "a@town.example\r\nBcc: all@town.example",
            "<a@town.example>",
            "a@b@town.example",
            "a@-town.example",
            "clerk\u{200b}@town.example",
            "kr\u{202e}elc@town.example",
            &format!("{}@town.example", "a".repeat(250)),
        ] {
            assert_eq!(EmailAddress::parse(bad), None, "{bad:?}");
        }
    }
}
