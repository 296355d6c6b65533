//! What the organiser has published beside what is computed, as it stands.

use serde::{Deserialize, Serialize};

use crate::domain::{PersonalText, Timestamp};

/// Something that the organiser wrote, and since when it stands there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Headline {
    /// Its words.
    pub text: PersonalText,
    /// When it was written.
    pub at: Timestamp,
}

/// What people should read before they vote.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Information {
    /// The first is 1; votes name the one that was read before them.
    pub version: u32,
    /// Its words; none where it was taken off.
    pub text: Option<PersonalText>,
    /// When it was written.
    pub at: Timestamp,
}

/// Results that are kept as they stood.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Snapshot {
    /// The first is 1.
    pub number: u32,
    /// When they were kept.
    pub at: Timestamp,
}

/// Everybody's votes, released as rows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReleasedRows {
    /// When.
    pub at: Timestamp,
    /// How many rows.
    pub people: u32,
    /// The SHA-256 of the file, in hex digits.
    pub sha256: String,
}

/// All that the organiser has published.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Publications {
    /// The line above the results.
    pub headline: Option<Headline>,
    /// What people should read first: the latest.
    pub information: Option<Information>,
    /// Results as they stood, the earliest first.
    pub snapshots: Vec<Snapshot>,
    /// Whether rows had been promised to everybody who ever voted.
    pub rows_promised: bool,
    /// The rows, once they are out.
    pub rows: Option<ReleasedRows>,
}

impl Publications {
    /// What people should read first, where there is something.
    pub fn to_read(&self) -> Option<&Information> {
        self.information.as_ref().filter(|information| information.text.is_some())
    }

    /// Its version; 0 where there is nothing to read.
    pub fn version_to_read(&self) -> u32 {
        self.to_read().map_or(0, |information| information.version)
    }

    pub(super) fn words_mut(&mut self) -> impl Iterator<Item = &mut PersonalText> {
        let headline = self.headline.iter_mut().map(|headline| &mut headline.text);
        headline.chain(self.information.iter_mut().flat_map(|information| &mut information.text))
    }
}
