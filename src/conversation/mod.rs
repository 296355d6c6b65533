//! A conversation: what may happen in it and what happened. PURE.
//!
//! Somebody asks for an [`Act`]; [`Desk::decide`] turns it into events or a
//! [`Rejection`](crate::domain::Rejection); once these are on disk, [`Desk::apply`] folds them and says
//! which [`Effects`] they have. Each aspect has a file or folder with
//! its acts, its events, how they are decided and how they are folded.

// A new kind of act or event is decided and folded, or doesn't compile.
#![warn(clippy::wildcard_enum_match_arm)]

mod act;
mod actor;
mod agenda;
mod curation;
mod decide;
mod desk;
mod effects;
mod event;
mod exclusion;
mod fold;
mod forgetting;
mod membership;
mod moderation;
mod participant;
mod payload;
mod pin;
mod provenance;
mod publications;
mod publishing;
mod record;
mod rules;
mod seeds;
mod settings;
mod snapshot;
mod statement;
mod statements;
mod terms;
#[cfg(test)]
mod tests;
mod text;
mod twins;
mod voting;

// What an aspect lets others see is the face of the house: one more act or event needs no line here.
pub use act::Act;
pub use actor::{Actor, Identity, RecordedActor, StaffActor};
pub use agenda::*;
pub use curation::*;
pub use desk::{Decided, DecisionInputs, Desk, PendingEvents};
pub use effects::{Effects, MapChange};
pub use event::{Event, EventBody, NewEvent};
pub use exclusion::*;
pub use fold::FoldError;
pub use forgetting::*;
pub use membership::*;
pub use moderation::*;
pub use participant::{Channel, OperationOutcome, Participant, Particulars, Tier};
pub use payload::{Entry, Header, ListingChange, Permission, Phase, VoteEffect};
pub use pin::Pin;
pub use provenance::{Language, Mode, Source};
pub use publications::*;
pub use publishing::*;
pub use record::{Conversation, ConversationRecord};
pub use rules::*;
pub use seeds::*;
pub use settings::{
    ConversationState, LiveUpdates, MAX_STATEMENT_CHARACTERS, PRIVACY_MIN, ResultsRule, STATEMENT_CHARACTERS,
    Schedule, Settings,
};
pub use snapshot::BadSnapshot;
pub use statement::{Decision, Seconder, Statement, clean_statement_text};
pub use statements::*;
pub use terms::{Influence, PromiseChange, PromisedStep, StepAnswer, Terms, TermsBrief};
pub use text::{Brief, ConversationText};
pub use voting::*;
