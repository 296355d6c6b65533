//! PostgreSQL: where it is, its schema, the one statement that appends, and what can be wrong with it.

pub(in crate::store) mod address;
pub(in crate::store) mod append;
pub(in crate::store) mod hosts;
mod kept_connection;
pub(in crate::store) mod kept_rows;
mod open;
mod problems;
pub(in crate::store) mod register;

pub use address::{ServerAddress, ServerAddressError};
pub use register::Register;
