//! A new password, and what is wrong with it.

use crate::access::{BadPassword, MAX_PASSWORD, MIN_PASSWORD, check_password};
use crate::texts::Texts;

/// What is wrong with a password, in words.
pub(super) fn problem_with(password: &str, address: &str, texts: &Texts) -> Option<String> {
    let why = check_password(password, address).err()?;
    Some(match why {
        BadPassword::TooShort => texts.msg("password-too-short").num("min", MIN_PASSWORD).to_string(),
        BadPassword::TooLong => texts.msg("password-too-long").num("max", MAX_PASSWORD).to_string(),
        BadPassword::TooCommon => texts.get("password-too-common"),
    })
}
