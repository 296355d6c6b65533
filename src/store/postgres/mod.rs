//! PostgreSQL: where it is, its schema, the one statement that appends, and what can be wrong with it.

pub(in crate::store) mod address;
pub(in crate::store) mod append;
pub(in crate::store) mod hosts;
mod open;
mod problems;

pub use address::{ServerAddress, ServerAddressError};
