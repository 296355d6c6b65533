//! What the votes propose for an agenda. Plain data: the rules that choose are in `assembly`, and organisers make the
//! agenda of it.

use serde::{Deserialize, Serialize};

use super::id::{Seq, StatementNumber};
use super::vote::Tally;

/// A draft from the votes. It never changes; the agenda that is made of it does.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposal {
    /// The log up to which votes were read.
    pub map_version: Seq,
    /// How many items were asked for.
    pub places: u32,
    /// People whose votes counted.
    pub voters: u32,
    /// Statements that could have been chosen.
    pub candidates: u32,
    /// What is proposed, in this order.
    pub items: Vec<ProposedItem>,
    /// Statements left out, with the reason.
    pub left_out: Vec<Omission>,
}

/// A proposed item: a statement, with those that say nearly the same, going by their words and their votes. They were counted as
/// one: whoever agreed with one of them agreed with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProposedItem {
    /// The statement that stands for all of them first.
    pub statements: Vec<BackedStatement>,
}

/// A statement, and the votes that put it on an agenda.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackedStatement {
    /// The statement.
    pub statement: StatementNumber,
    /// The rule that chose it.
    pub reason: ItemReason,
    /// Its votes overall.
    pub overall: Tally,
    /// Its votes by opinion group, letter by letter.
    pub groups: Vec<GroupTally>,
    /// How firmly it stands where it was chosen; `None` where nothing chose it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firmness: Option<Firmness>,
}

/// How firmly a statement stands on the agenda that it was chosen for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Firmness {
    /// How often as many people were drawn again from those who voted, and an agenda was drafted from their votes.
    pub samples: u32,
    /// How often it was chosen then.
    pub chosen: u32,
    /// The fewest organised newcomers who could end the agreement of all groups, where that is why it was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newcomers: Option<u32>,
}

/// The votes of one opinion group on an item.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GroupTally {
    /// The group's letter.
    pub label: String,
    /// Its people.
    pub size: u32,
    /// Its votes on the statement.
    pub tally: Tally,
}

/// Why an item is on the agenda. Shares are in thousandths: the log holds no fractions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum ItemReason {
    /// Agreement across groups: the lowest lower bound of any group's agree share.
    Bridging {
        /// That bound, in thousandths.
        lowest_share_permille: u32,
    },
    /// Chosen by the Method of Equal Shares: the supporters could pay for it.
    Proportional {
        /// People who agreed with it.
        supporters: u32,
        /// Of those, people whom no earlier item served.
        unserved: u32,
    },
    /// Completes the slate by sequential Phragmén.
    Completion {
        /// People who agreed with it.
        supporters: u32,
        /// Of those, people whom no earlier item served.
        unserved: u32,
    },
    /// It says nearly the same as the statement that stands first.
    Alike,
    /// So many people agreed with it that it came by itself, by a rule that was set before.
    Threshold {
        /// How many were needed.
        needed: u32,
    },
    /// The organiser added it.
    ByHand,
}

/// A statement that is not on the agenda.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Omission {
    /// The statement.
    pub statement: StatementNumber,
    /// Why.
    pub why: OmissionReason,
}

/// Why a statement is not on the agenda.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OmissionReason {
    /// A moderator rejected it.
    Rejected,
    /// No moderator has read it yet.
    NotAccepted,
    /// It is about the person, not the matter.
    Meta,
    /// Too few votes in at least one group.
    TooFewVotes,
    /// Others came before it.
    NotChosen,
    /// None of those whose votes count agreed with it.
    NoSupport,
}

impl ItemReason {
    /// Whether it came on the agenda without a draft from the votes, and stays when there is a new one.
    pub fn is_no_rule_of_choice(&self) -> bool {
        match self {
            Self::Threshold { .. } | Self::ByHand => true,
            Self::Bridging { .. } | Self::Proportional { .. } | Self::Completion { .. } | Self::Alike => {
                false
            }
        }
    }
}

impl Proposal {
    /// All statements that are proposed.
    pub fn statements(&self) -> impl Iterator<Item = &BackedStatement> {
        self.items.iter().flat_map(|item| &item.statements)
    }
}
