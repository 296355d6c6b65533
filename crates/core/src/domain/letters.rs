//! Which letter each opinion group has on the map that people see, and who is in it.
//!
//! Letters follow people while a conversation runs. They are kept beside the log, so that after a
//! restart, and in an export, “B” is still the group that was B. They decide nothing: without them
//! groups are lettered by their size.

use serde::{Deserialize, Serialize};

use super::id::ParticipantNumber;

/// The letters of a map.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Letters {
    /// The groups' letters.
    pub groups: Vec<String>,
    /// Who is on the map, by number.
    pub people: Vec<LetteredPerson>,
}

/// Somebody on the map.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct LetteredPerson {
    /// Who.
    pub number: ParticipantNumber,
    /// The place of their group among the letters.
    pub group: u32,
    /// Where they stand, so that the picture keeps its direction too.
    pub at: [f32; 2],
}
