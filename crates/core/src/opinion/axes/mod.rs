//! The two directions in which people differ most, and where people stand along them.

pub mod covotes;
pub mod placing;
pub mod projection;
