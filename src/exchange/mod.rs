//! Conversations from elsewhere and to elsewhere. Files come in as plain values and as the events
//! of a conversation, and a folded record goes out as files; nothing here stores or serves them.

pub mod csv;
pub mod groups;
pub mod polis;
pub mod polis_math;
pub mod rows;
pub mod seeds;
pub mod table_file;
