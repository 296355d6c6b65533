//! SQLite, the embedded default: its file, its schema, its copies, and what can be wrong with it.

mod backup;
pub(in crate::store) mod file;
mod open;
mod problems;
mod steady;
#[cfg(test)]
mod writer_tests;

#[doc(hidden)]
pub use file::SyncMode;
pub use open::MIN_SQLITE_VERSION;
