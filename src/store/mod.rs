//! What is kept: the event log, who may come in, and the files beside them. It decides nothing.
//!
//! Invariants: an event that [`Store::record`] returned is on disk (I2); Seq is gapless and given
//! in the same transaction (I5); each event's hash covers the one before it (I6). No transaction
//! and no type of an engine leaves this module; its SQL stands in `sql/`, and what SQLite and PostgreSQL say
//! differently in `sqlite/` and `postgres/`. What holds of every method on every engine is in `tests/store_contract/`.

mod batch;
mod beside;
mod data_dir;
mod erasures;
mod error;
mod follower;
mod letters;
mod mail;
mod meters;
mod open;
mod place;
mod postgres;
mod sql;
mod sqlite;
mod staff;

pub use batch::{NewEvents, NewToken};
pub use data_dir::{DataDir, DataDirError};
pub use erasures::{Erasure, ErasureRecord};
pub use error::{Cause, StoreError};
pub use follower::{CONFIRM_WITHIN_US, FollowTopic, Follower, WAIT_AT_MOST_US};
pub use mail::{MailKind, NewMail, WaitingMail};
pub use meters::StoreMeters;
pub use place::{Beat, Epoch, Joined, NodeId, NodeIntroduction, Owner, Place, RegisteredNode};
pub use postgres::{Register, ServerAddress, ServerAddressError};
pub use sql::{ConversationSummary, DueAct, JournalFilter, Listing, LogEnd, Store, StoredEvent, Words};
pub use sqlite::MIN_SQLITE_VERSION;
#[doc(hidden)]
pub use sqlite::SyncMode;
pub use staff::{
    Accepted, Account, Changed, Department, IndexedAct, LogHead, NewSession, Newcomer, OpenLink,
    PersonWithRole, Proof, SessionStage, SessionSummary, StaffSession,
};
