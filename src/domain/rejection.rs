//! Why the engine did not do what a person asked: each variant is a sentence for that person.

/// A refusal of one operation. Nothing was changed, and the reason is told to who asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Votes and statements are only taken while a conversation is open.
    #[error("This conversation is not open, so nothing can be added to it now.")]
    NotOpen,
    /// The statement's number is unknown.
    #[error("There is no such statement in this conversation.")]
    UnknownStatement,
    /// The statement is not shown, so it can't be voted on.
    #[error("This statement is not open for votes.")]
    StatementNotShown,
    /// The participant's number is unknown.
    #[error("You have not joined this conversation yet.")]
    UnknownParticipant,
    /// An operation id was used for something else before.
    #[error("This operation was used for something else before, so nothing was changed. Please try again.")]
    OperationReused,
    /// Nothing that a reader could agree with.
    #[error("Please write a statement that people can agree or disagree with.")]
    StatementEmpty,
    /// Too long to be read on a phone.
    #[error("This has {found} characters. Please keep it to {max}, so that it can be read at a glance.")]
    StatementTooLong {
        /// The most characters taken.
        max: usize,
        /// How many there are.
        found: usize,
    },
    /// Word for word the same as another one.
    #[error("Statement {0} says the same already.")]
    StatementExists(super::StatementNumber),
    /// The participant has enough statements waiting for a moderator.
    #[error("You have {max} statements waiting for a moderator. Please wait until they are read.")]
    TooManyPending {
        /// How many may wait.
        max: usize,
    },
    /// The conversation holds as many statements as it may.
    #[error("This conversation has as many statements as it can hold.")]
    TooManyStatements,
    /// A title, question or the like is missing or too long.
    #[error("{field} must have between 1 and {max} characters.")]
    BadText {
        /// What was filled in wrongly.
        field: &'static str,
        /// The most characters taken.
        max: usize,
    },
    /// An agenda is asked for that was not drafted yet.
    #[error("There is no drafted agenda yet.")]
    NoAgenda,
    /// The agenda has no item with this statement, or the item can't move further.
    #[error("The agenda can't be changed that way.")]
    AgendaItem,
    /// A published agenda is frozen: a new draft is needed to change it.
    #[error("This agenda is published and no longer changes. Draft a new one to change it.")]
    AgendaFrozen,
}

impl Rejection {
    /// The stable code that clients act on (PROTOCOL, error codes).
    pub fn code(&self) -> &'static str {
        match self {
            Rejection::NotOpen => "not_open",
            Rejection::UnknownStatement => "unknown_statement",
            Rejection::StatementNotShown => "statement_not_shown",
            Rejection::UnknownParticipant => "unknown_participant",
            Rejection::OperationReused => "operation_reused",
            Rejection::StatementEmpty => "statement_empty",
            Rejection::StatementTooLong { .. } => "statement_too_long",
            Rejection::StatementExists(_) => "statement_exists",
            Rejection::TooManyPending { .. } => "too_many_pending",
            Rejection::TooManyStatements => "too_many_statements",
            Rejection::BadText { .. } => "bad_text",
            Rejection::NoAgenda => "no_agenda",
            Rejection::AgendaItem => "agenda_item",
            Rejection::AgendaFrozen => "agenda_frozen",
        }
    }
}
