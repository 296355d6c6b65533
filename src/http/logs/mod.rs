//! What staff did, for whoever may look: the log of one conversation, that of the instance, and what everybody
//! may see of decisions on statements.

mod entry;
mod filter;
mod heads;
mod of_conversation;
mod of_instance;
mod public;
mod sentences;

pub(super) use entry::Names;
pub(super) use heads::send_heads;
pub(super) use of_conversation::{send_csv as send_conversation_csv, show_log as show_conversation_log};
pub(super) use of_instance::{send_csv as send_instance_csv, show_log as show_instance_log};
pub(super) use public::show_moderation;
