//! What moderators do: read what waits, accept it, or reject it with a reason.

mod queue;

pub(super) use queue::{moderate_many, moderate_statement, show_conversations, show_queue};
