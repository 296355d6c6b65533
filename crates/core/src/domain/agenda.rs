//! An assembly's agenda, drafted from the votes of a conversation. Plain data: the rules that
//! choose its items are in `assembly`.

use serde::{Deserialize, Serialize};

use super::id::{Seq, StatementNumber};
use super::vote::Tally;

/// An agenda: drafted, then published and frozen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Agenda {
    /// 1, 2, 3, …: each draft has a new one.
    pub version: u32,
    /// The log up to which votes were read.
    pub map_version: Seq,
    /// How many items were asked for.
    pub places: u32,
    /// People whose votes counted.
    pub voters: u32,
    /// Statements that could have been chosen.
    pub candidates: u32,
    /// The items in their order.
    pub items: Vec<AgendaItem>,
    /// Statements left out, with the reason.
    pub left_out: Vec<Omission>,
}

/// One item: a statement, and the votes that put it there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AgendaItem {
    /// The statement.
    pub statement: StatementNumber,
    /// The rule that chose it.
    pub reason: ItemReason,
    /// Its votes overall.
    pub overall: Tally,
    /// Its votes by opinion group, letter by letter.
    pub groups: Vec<GroupTally>,
    /// What the organiser changed by hand, in order.
    pub changes: Vec<ItemChange>,
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
}

/// A change made by hand.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemChange {
    /// One place towards the beginning.
    MovedUp,
    /// One place towards the end.
    MovedDown,
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
    /// The organiser took it off.
    RemovedByHand,
}

impl Agenda {
    /// Where a statement's item stands.
    pub fn position(&self, statement: StatementNumber) -> Option<usize> {
        self.items.iter().position(|item| item.statement == statement)
    }

    /// Moves an item by one position and notes it on the item. `None` when it can't move that way.
    pub fn move_item(&mut self, statement: StatementNumber, change: ItemChange) -> Option<()> {
        let from = self.position(statement)?;
        let to = match change {
            ItemChange::MovedUp => from.checked_sub(1)?,
            ItemChange::MovedDown => from + 1,
        };
        if to >= self.items.len() {
            return None;
        }
        self.items.swap(from, to);
        self.items.get_mut(to)?.changes.push(change);
        Some(())
    }
}
