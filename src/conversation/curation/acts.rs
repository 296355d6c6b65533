//! What moderators can ask for.

use crate::domain::{Seq, StatementNumber};

/// What moderators can ask for, beside accepting and rejecting.
#[derive(Clone, Debug)]
pub enum CurationAct {
    /// To show other words in the place of a statement: one new statement for each text. It is rejected itself; its votes stay
    /// where they are.
    Derive {
        /// Which.
        from: StatementNumber,
        /// The decision on it that whoever asks has seen, [`Seq`] 0 for none.
        seen: Seq,
        /// The new words.
        texts: Vec<String>,
    },
    /// To take back the statements that were made of this one and that nobody voted on; it is again what it was.
    Restore {
        /// Which.
        from: StatementNumber,
    },
    /// To ask people another statement that says the same in the place of this one; to ask them both again, where it is none.
    Merge {
        /// Which.
        statement: StatementNumber,
        /// The one that says the same.
        into: Option<StatementNumber>,
    },
    /// To say that a statement is about the person, or that it is not.
    Classify {
        /// Which.
        statement: StatementNumber,
        /// About the person.
        meta: bool,
    },
    /// To show a statement to more people first, for so many hours; 0 for no longer.
    Pin {
        /// Which.
        statement: StatementNumber,
        /// For how long.
        hours: u32,
    },
    /// To take no new statements, or to take them again.
    Pause {
        /// No new statements.
        paused: bool,
    },
    /// To show nothing more of whoever wrote this before a moderator has read it, or as the rule says.
    Hold {
        /// One of theirs.
        statement: StatementNumber,
        /// Nothing before it was read.
        held: bool,
    },
}
