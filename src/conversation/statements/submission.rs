//! What participants can ask of statements.

use crate::conversation::provenance::Language;
use crate::domain::{OperationId, StatementNumber};

/// A statement as somebody submits it.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Its words.
    pub text: String,
    /// The client's name of this operation.
    pub op: Option<OperationId>,
    /// The language that it is written in, where that is known.
    pub language: Option<Language>,
    /// The statement that it was made from.
    pub derived_from: Option<StatementNumber>,
}

impl Submission {
    /// Words of which nothing else is known.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), op: None, language: None, derived_from: None }
    }
}

/// What a participant can ask of statements. Their own statement is identified by the
/// commitment to its words, because its number stays secret until it is shown.
#[derive(Clone, Debug)]
pub enum StatementsAct {
    /// To submit one.
    Submit(Submission),
    /// To take one's own back.
    Withdraw {
        /// The commitment of its words.
        words: String,
    },
    /// To take one's own back and submit it in other words.
    Reword {
        /// The commitment of its words.
        words: String,
        /// What it is to say.
        new: Submission,
    },
}
