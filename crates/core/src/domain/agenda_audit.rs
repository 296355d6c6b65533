//! Whom an agenda leaves out, as it is found from the votes and kept with what is published. Plain data.

use serde::{Deserialize, Serialize};

use super::id::{Seq, StatementNumber};

/// Whom an agenda leaves out.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgendaAudit {
    /// The log up to which votes were read.
    pub map_version: Seq,
    /// How many items from the votes it has: so many places are shared out.
    pub places: u32,
    /// With the votes that were cast only, and with what people are likely to think of what they did not see.
    pub readings: [AuditedReading; 2],
    /// What those want who have said that they support something, and nothing on it: the most wanted first.
    pub wanted: Vec<WantedStatement>,
}

/// What is found in one reading of the votes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditedReading {
    /// People whose votes count.
    pub people: u32,
    /// Those of them who support nothing on the agenda.
    pub unserved: u32,
    /// The same of each opinion group, in the order of their letters.
    pub groups: Vec<AuditedGroup>,
    /// People who are enough for an item and have nothing: where there are none, representation is justified (JR).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<AuditedClaim>,
    /// People who are enough for one item more than any of them has: where there are none, EJR+ holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanting: Option<AuditedClaim>,
}

/// What an opinion group has on an agenda.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditedGroup {
    /// Its letter.
    pub label: String,
    /// Its people.
    pub people: u32,
    /// Those of them who support nothing on it.
    pub unserved: u32,
}

/// People who are entitled to more than an agenda gives them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditedClaim {
    /// A statement that they all support and that is not on it.
    pub statement: StatementNumber,
    /// How many they are.
    pub people: u32,
    /// The most items that any of them supports.
    pub have: u32,
    /// The opinion group that more than half of them are of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// A statement, and how many want it of those who have nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WantedStatement {
    /// The statement.
    pub statement: StatementNumber,
    /// How many.
    pub people: u32,
}
