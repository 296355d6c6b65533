//! Refusals in words.

use super::catalogue::Texts;
use crate::domain::{Rejection, Role, SlugError};

impl Texts {
    /// Why the rules said no.
    pub fn refusal(&self, rejection: &Rejection) -> String {
        let number = |key: &str, name: &'static str, n: usize| self.msg(key).num(name, n).to_string();
        match rejection {
            Rejection::StatementTooLong { max, found } => {
                self.msg("error-statement-too-long").num("found", *found).num("max", *max).to_string()
            }
            Rejection::StatementExists(statement) => {
                self.msg("error-statement-exists").id("number", statement.0).to_string()
            }
            Rejection::TooManyPending { max } => number("error-too-many-pending", "max", *max),
            Rejection::TooManyRules { max } => number("error-too-many-rules", "max", *max),
            Rejection::TooManySteps { max } => number("error-too-many-steps", "max", *max),
            Rejection::TooManyItems { max } => number("error-too-many-items", "max", *max),
            Rejection::TooMuchToRead { max } => number("error-too-much-to-read", "max", *max),
            Rejection::BadParts { max } => number("error-bad-parts", "max", *max),
            Rejection::BadHours { max } => self.msg("error-bad-hours").num("max", *max).to_string(),
            Rejection::TooFewPeople { min } => self.msg("error-too-few-people").num("min", *min).to_string(),
            Rejection::BadPlaces { max } => self.msg("error-bad-places").num("max", *max).to_string(),
            Rejection::BadThreshold { min } => self.msg("error-bad-threshold").num("min", *min).to_string(),
            Rejection::TooManyMinutes { max } => {
                self.msg("error-too-many-minutes").num("max", *max).to_string()
            }
            Rejection::TooManySnapshots { max } => number("error-too-many-snapshots", "max", *max),
            Rejection::BadText { field, max } => {
                let field = self.get(field.key());
                self.msg("error-bad-text").text("field", &field).num("max", *max).to_string()
            }
            Rejection::TextTooLong { field, max } => {
                let field = self.get(field.key());
                self.msg("error-text-too-long").text("field", &field).num("max", *max).to_string()
            }
            Rejection::AddressTaken(slug) => {
                self.msg("error-address-taken").text("slug", slug.as_str()).to_string()
            }
            Rejection::NotOpen
            | Rejection::UnknownStatement
            | Rejection::StatementNotShown
            | Rejection::UnknownParticipant
            | Rejection::OperationReused
            | Rejection::StatementEmpty
            | Rejection::TooManyStatements
            | Rejection::SubmissionsPaused
            | Rejection::MergedAlready
            | Rejection::SubmittedAlready
            | Rejection::OthersVoted
            | Rejection::DecidedAlready
            | Rejection::NotDraft
            | Rejection::ChangedMeanwhile
            | Rejection::Deleted
            | Rejection::StillOpen
            | Rejection::LinksDestroyed
            | Rejection::ReasonNeeded
            | Rejection::UnknownStep
            | Rejection::RowsReleased
            | Rejection::RowsNotPromised
            | Rejection::UnknownRule
            | Rejection::NotAllowed
            | Rejection::NoAgenda
            | Rejection::AgendaItem
            | Rejection::OnAgendaAlready
            | Rejection::BadLink
            | Rejection::NothingToUndo
            | Rejection::AgendaPublished
            | Rejection::AgendaFrozen => self.error(rejection.code()),
        }
    }

    /// The words for a stable code without arguments: `not_open` is the message `error-not-open`.
    pub fn error(&self, code: &str) -> String {
        self.get(&format!("error-{}", code.replace('_', "-")))
    }

    /// The name of a role.
    pub fn role(&self, role: &Role) -> String {
        self.get(&format!("role-{}", role.as_str()))
    }

    /// What somebody with a role may do, in a word.
    pub fn may(&self, role: &Role) -> String {
        self.get(&format!("may-{}", role.as_str()))
    }

    /// Why a text is no address.
    pub fn bad_address(&self, error: &SlugError) -> String {
        self.msg("error-bad-address").text("text", &error.0).to_string()
    }
}
