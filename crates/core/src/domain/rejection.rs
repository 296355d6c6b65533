//! Why the engine did not do what a person asked. The sentences here are for logs and the command line;
//! people are told in their language, by the code and its arguments (`texts`).

use std::fmt;

/// A text that somebody fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What is asked.
    Question,
    /// Who asks.
    Organiser,
    /// What people should know first.
    Description,
    /// What becomes of the answers.
    Promise,
    /// A reason for rejecting statements.
    Rule,
    /// Why somebody of the staff did something.
    Reason,
    /// What became of something that was promised.
    Answer,
    /// A name.
    Name,
    /// The organiser's line above the results.
    Headline,
    /// What people should read before they vote.
    Information,
    /// Where an item of an agenda comes from.
    Origin,
    /// Something to read for the members of a meeting.
    Evidence,
    /// Notes for whoever leads a meeting.
    Notes,
    /// What colleagues say to each other of an agenda.
    Comment,
    /// Whose share a threshold is.
    Base,
}

impl Field {
    /// The key of its message.
    pub fn key(self) -> &'static str {
        match self {
            Field::Question => "field-question",
            Field::Organiser => "field-organiser",
            Field::Description => "field-description",
            Field::Promise => "field-promise",
            Field::Rule => "field-rule",
            Field::Reason => "field-reason",
            Field::Answer => "field-answer",
            Field::Name => "field-name",
            Field::Headline => "field-headline",
            Field::Information => "field-information",
            Field::Origin => "field-origin",
            Field::Evidence => "field-evidence",
            Field::Notes => "field-notes",
            Field::Comment => "field-comment",
            Field::Base => "field-base",
        }
    }
}

/// For logs and the command line.
impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Field::Question => "The question",
            Field::Organiser => "The name of who asks",
            Field::Description => "The description",
            Field::Promise => "The promise",
            Field::Rule => "Each reason for rejecting a statement",
            Field::Reason => "The reason",
            Field::Answer => "The answer",
            Field::Name => "The name",
            Field::Headline => "The headline",
            Field::Information => "The information",
            Field::Origin => "Where it comes from",
            Field::Evidence => "What there is to read",
            Field::Notes => "The notes",
            Field::Comment => "The comment",
            Field::Base => "The name of those whose share counts",
        })
    }
}

/// A refusal of one operation. Nothing was changed, and the reason is told to who asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The act needs an open conversation.
    #[error("This conversation is not open, so this can't be done now.")]
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
    #[error("Something went wrong in your browser, so nothing was changed. Please try again.")]
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
    #[error("Statement {0} already says the same.")]
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
    /// Moderators take no new statements for now.
    #[error("No new statements are taken at the moment. Please try again later.")]
    SubmissionsPaused,
    /// One of two statements counts for another already.
    #[error("One of these two statements is already counted as the same as another one.")]
    MergedAlready,
    /// New words for a statement that are none, or too many.
    #[error("Please write at least one statement, and at most {max}.")]
    BadParts {
        /// The most.
        max: usize,
    },
    /// Too long a time.
    #[error("This can be done for at most {max} hours.")]
    BadHours {
        /// The most.
        max: u32,
    },
    /// Too few people to leave their votes out.
    #[error(
        "Votes can be left out of at least {min} people who have voted and are counted, so that nobody's own votes can be worked out."
    )]
    TooFewPeople {
        /// The fewest.
        min: u32,
    },
    /// A title, question or the like is missing or too long.
    #[error("{field} must have between 1 and {max} characters.")]
    BadText {
        /// What was filled in wrongly.
        field: Field,
        /// The most characters taken.
        max: usize,
    },
    /// The participant has submitted the same already.
    #[error("You have submitted this statement already.")]
    SubmittedAlready,
    /// The statement was voted on by others, so its author can't take it back.
    #[error("Somebody else has voted on this statement, so it stays as it is.")]
    OthersVoted,
    /// A moderator rejected the statement, so its author can't change it or take it back.
    #[error("A moderator has rejected this statement, so you can't change it or take it back.")]
    DecidedAlready,
    /// Only a draft can be changed in this way.
    #[error("Only a draft can be changed in this way: this conversation has been opened.")]
    NotDraft,
    /// Something has happened since what this rests on was read.
    #[error("Something has changed meanwhile. Please try again.")]
    ChangedMeanwhile,
    /// The conversation was deleted.
    #[error("This conversation was deleted.")]
    Deleted,
    /// Only what is closed can be deleted.
    #[error("This conversation is still open. Close it first.")]
    StillOpen,
    /// The links to those who took part were destroyed, so nobody could come back to their votes.
    #[error("The links to those who took part were destroyed, as promised: it can't be opened again.")]
    LinksDestroyed,
    /// What people were promised is changed after the opening only with a reason that everybody reads.
    #[error("What people were promised is changed after the opening only with a reason.")]
    ReasonNeeded,
    /// No such step is promised.
    #[error("Nothing like that was promised.")]
    UnknownStep,
    /// The list of dates is too long.
    #[error("A promise has at most {max} dates.")]
    TooManySteps {
        /// The most there may be.
        max: usize,
    },
    /// As many results are kept as may be.
    #[error("At most {max} results of one conversation are kept.")]
    TooManySnapshots {
        /// The most there may be.
        max: usize,
    },
    /// Votes as rows are released once.
    #[error("The votes were released already. That happens once.")]
    RowsReleased,
    /// Not everybody who voted was told that votes would be released as rows.
    #[error("The promise at the opening did not say that votes would be released, so they are not.")]
    RowsNotPromised,
    /// The policy has no such rule.
    #[error("That reason is not on this conversation's list.")]
    UnknownRule,
    /// A policy of too many rules.
    #[error("Please list at most {max} reasons for rejecting a statement.")]
    TooManyRules {
        /// How many there may be.
        max: usize,
    },
    /// Another conversation has this address.
    #[error("Another conversation already has the address “{0}”.")]
    AddressTaken(super::Slug),
    /// Whoever asks is not allowed to do this.
    #[error("You are not allowed to do this.")]
    NotAllowed,
    /// A description or the like, which may be empty, is too long.
    #[error("{field} can have at most {max} characters.")]
    TextTooLong {
        /// What was filled in wrongly.
        field: Field,
        /// The most characters taken.
        max: usize,
    },
    /// An agenda is asked for that was not drafted yet.
    #[error("There is no drafted agenda yet.")]
    NoAgenda,
    /// The agenda has no such item, or that can't be done with it.
    #[error("That item is not on the agenda, or that can't be done with it.")]
    AgendaItem,
    /// The statement belongs to an item already.
    #[error("This statement is on the agenda already.")]
    OnAgendaAlready,
    /// An agenda of too many items.
    #[error("An agenda has at most {max} items.")]
    TooManyItems {
        /// How many there may be.
        max: usize,
    },
    /// An item with too many things to read.
    #[error("An item has at most {max} things to read.")]
    TooMuchToRead {
        /// How many there may be.
        max: usize,
    },
    /// A draft of no items, or of too many.
    #[error("Please ask for 1 to {max} items.")]
    BadPlaces {
        /// How many there may be.
        max: u32,
    },
    /// A threshold that too few people reach, or that all together do not reach.
    #[error("Please set a threshold of at least {min} people and at most all of them.")]
    BadThreshold {
        /// How many have to be needed.
        min: u32,
    },
    /// The draft from the votes stays as it is.
    #[error("The draft from the votes was fixed on the date that was set. No other one is made.")]
    AgendaFrozen,
    /// An address that no browser would open.
    #[error("A link begins with https:// or http://.")]
    BadLink,
    /// More minutes than a meeting has.
    #[error("Please give a time of at most {max} minutes.")]
    TooManyMinutes {
        /// The most there may be.
        max: u32,
    },
    /// Nothing was changed that could be taken back, or put back.
    #[error("There is nothing to undo here.")]
    NothingToUndo,
    /// The agenda is published as it stands.
    #[error("This agenda is published as it stands.")]
    AgendaPublished,
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
            Rejection::SubmissionsPaused => "submissions_paused",
            Rejection::MergedAlready => "merged_already",
            Rejection::BadParts { .. } => "bad_parts",
            Rejection::BadHours { .. } => "bad_hours",
            Rejection::TooFewPeople { .. } => "too_few_people",
            Rejection::BadText { .. } | Rejection::TextTooLong { .. } => "bad_text",
            Rejection::SubmittedAlready => "submitted_already",
            Rejection::OthersVoted => "others_voted",
            Rejection::DecidedAlready => "decided_already",
            Rejection::NotDraft => "not_draft",
            Rejection::ChangedMeanwhile => "changed_meanwhile",
            Rejection::Deleted => "deleted",
            Rejection::StillOpen => "still_open",
            Rejection::LinksDestroyed => "links_destroyed",
            Rejection::ReasonNeeded => "reason_needed",
            Rejection::UnknownStep => "unknown_step",
            Rejection::TooManySteps { .. } => "too_many_steps",
            Rejection::TooManySnapshots { .. } => "too_many_snapshots",
            Rejection::RowsReleased => "rows_released",
            Rejection::RowsNotPromised => "rows_not_promised",
            Rejection::UnknownRule => "unknown_rule",
            Rejection::TooManyRules { .. } => "too_many_rules",
            Rejection::AddressTaken(_) => "address_taken",
            Rejection::NotAllowed => "not_allowed",
            Rejection::NoAgenda => "no_agenda",
            Rejection::AgendaItem => "agenda_item",
            Rejection::OnAgendaAlready => "on_agenda_already",
            Rejection::TooManyItems { .. } => "too_many_items",
            Rejection::TooMuchToRead { .. } => "too_much_to_read",
            Rejection::BadPlaces { .. } => "bad_places",
            Rejection::BadThreshold { .. } => "bad_threshold",
            Rejection::AgendaFrozen => "agenda_frozen",
            Rejection::BadLink => "bad_link",
            Rejection::TooManyMinutes { .. } => "too_many_minutes",
            Rejection::NothingToUndo => "nothing_to_undo",
            Rejection::AgendaPublished => "agenda_published",
        }
    }
}
