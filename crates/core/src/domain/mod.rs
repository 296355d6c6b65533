//! The words of Boule: ids, times, choices and tallies, roles, rejections, texts that can be erased,
//! hashes. PURE: no I/O, no clock, no randomness, and no knowledge of any other module.

pub mod address;
pub mod agenda;
pub mod agenda_audit;
pub mod chain;
pub mod cleaning;
pub mod current_votes;
pub mod direction;
pub mod id;
pub mod letters;
pub mod moderation;
pub mod personal_text;
pub mod proposal;
pub mod rejection;
pub mod role;
pub mod token;
pub mod vote;
pub mod vote_source;

pub use address::EmailAddress;
pub use agenda::{Agenda, AgendaItem, Background, Evidence, Goal, Plan, Session};
pub use agenda_audit::{AgendaAudit, AuditedClaim, AuditedGroup, AuditedReading, WantedStatement};
pub use chain::ChainHash;
pub use cleaning::{clean_line, twin_key};
pub use current_votes::{CurrentVote, CurrentVotes};
pub use direction::isolated;
pub use id::{
    ConversationId, DepartmentNumber, ItemNumber, OperationId, ParticipantNumber, Seq, Slug, SlugError,
    StaffNumber, StatementNumber, Timestamp,
};
pub use moderation::{Moderation, ModerationRule};
pub use personal_text::PersonalText;
pub use proposal::{
    BackedStatement, Firmness, GroupTally, ItemReason, Omission, OmissionReason, Proposal, ProposedItem,
};
pub use rejection::{Field, Rejection};
pub use role::{Rights, Role};
pub use token::TokenHash;
pub use vote::{Choice, Tally};
pub use vote_source::{StatementInput, VoteSource};
