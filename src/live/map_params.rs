//! What a conversation's map is made with.

use crate::conversation::Settings;
use crate::opinion::CheckedParams;

/// What a conversation's map is made with.
pub fn map_params(settings: &Settings) -> CheckedParams {
    CheckedParams::default().of_people(settings.weigh_copies, Vec::new())
}
