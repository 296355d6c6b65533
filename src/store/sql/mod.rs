//! The store's texts, as far as both engines speak them: `$n` for what is bound, and no word of one of them alone. What differs
//! is in `sqlite/` and `postgres/`.

pub(in crate::store) mod commit;
mod copy;
pub(in crate::store) mod dialect;
mod documents;
pub(in crate::store) mod ends;
mod followers;
mod forget;
mod forget_notes;
pub(in crate::store) mod heads;
mod inserts;
mod instance;
mod kept_results;
mod listing;
mod log;
pub(in crate::store) mod numbers;
mod outbox;
pub(in crate::store) mod parts;
pub(in crate::store) mod queue;
mod snapshots;
pub(in crate::store) mod steps;
pub(in crate::store) mod store;
mod tokens;
pub(in crate::store) mod write_access;
mod writer;

pub use instance::JournalFilter;
pub use listing::{ConversationSummary, DueAct, Listing};
pub use log::{LogEnd, StoredEvent, Words};
pub use store::Store;
