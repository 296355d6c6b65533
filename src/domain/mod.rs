//! The words of Boule and their rules: ids, statements, votes, events, and the fold of the
//! event log. PURE: no I/O, no clock, no randomness, and no knowledge of any other room.

pub mod agenda;
pub mod chain;
pub mod cleaning;
pub mod conversation;
pub mod current_votes;
pub mod event;
pub mod id;
pub mod letters;
pub mod personal_text;
pub mod record;
pub mod rejection;
pub mod role;
pub mod snapshot;
pub mod statement;
pub mod token;
pub mod vote;

pub use agenda::{Agenda, AgendaItem, ItemReason};
pub use chain::ChainHash;
pub use cleaning::{clean_line, twin_key};
pub use conversation::{
    Conversation, ConversationState, ConversationText, LiveUpdates, ModerationRule, ResultsRule, Settings,
};
pub use event::{Event, EventBody, Source};
pub use id::{ConversationId, OperationId, ParticipantNumber, Seq, Slug, StatementNumber, Timestamp};
pub use personal_text::PersonalText;
pub use record::ConversationRecord;
pub use rejection::Rejection;
pub use role::Role;
pub use statement::{Decision, Moderation, RejectReason, Statement};
pub use token::TokenHash;
pub use vote::{Choice, Tally};
